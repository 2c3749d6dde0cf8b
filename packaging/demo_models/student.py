"""The models in training: both around one vision tower, with the heads and losses that teach them."""

from __future__ import annotations

import copy
import random

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from transformers import (
    BertTokenizer,
    BlipForConditionalGeneration,
    BlipForQuestionAnswering,
    BlipVisionModel,
)

from demo_models.models import Shape, make_config, position_grid
from demo_models.scenes import BACKGROUNDS, COLOURS, KINDS, MAX_COUNT, MAX_GROUPS, Scene

_COLOUR_IDS = {name: index for index, name in enumerate(COLOURS)}


def dense_labels(scenes: list[Scene], side: int, shifts: np.ndarray) -> torch.Tensor:
    """Tell what lies under each patch.

    Args:
        scenes: A batch of scenes.
        side: Patches along a side.
        shifts: Per scene, how far the picture was moved right and down, in fractions of the side, as
            (batch, 2).

    Returns:
        Integers (batch, 4, side * side): kind (0 is background), colour, count of the group, group from the
        left.
    """
    labels = np.zeros((len(scenes), 4, side, side), np.int64)
    line = (np.arange(side) + 0.5) / side
    for index, scene in enumerate(scenes):
        short = min(scene.aspect)
        wide, high = short / scene.aspect[0], short / scene.aspect[1]
        entries = [(item, group, number) for number, group in enumerate(scene.groups) for item in group.items]
        for item, group, number in sorted(entries, key=lambda entry: entry[0].y):
            reach = item.size * 0.86 + 0.02
            across = ((line - item.x - shifts[index, 0]) / (reach * wide)) ** 2
            down = ((line - item.y - shifts[index, 1]) / (reach * high)) ** 2
            inside = across[None, :] + down[:, None] <= 1.0
            values = (KINDS.index(group.kind) + 1, _COLOUR_IDS[group.colour], group.count - 1, number)
            labels[index, :, inside] = values
    return torch.from_numpy(labels.reshape(len(scenes), 4, -1))


class Student(nn.Module):
    """Both models around one vision tower, with the heads that teach it."""

    def __init__(self, shape: Shape, tokenizer: BertTokenizer) -> None:
        """Make untrained models of a shape."""
        super().__init__()
        config = make_config(shape, tokenizer)
        self.captioner = BlipForConditionalGeneration(copy.deepcopy(config))
        self.answerer = BlipForQuestionAnswering(copy.deepcopy(config))
        self.answerer.vision_model = self.captioner.vision_model
        self.captioner.vision_model.embeddings.position_embedding.data.copy_(position_grid(shape))
        self.sizes = (len(KINDS) + 1, len(COLOURS), MAX_COUNT, MAX_GROUPS)
        self.patch_heads = nn.Linear(shape.width, sum(self.sizes))
        self.place_head = nn.Linear(shape.width, len(BACKGROUNDS))

    def tower_loss(
        self, embeds: torch.Tensor, labels: torch.Tensor, places: torch.Tensor
    ) -> tuple[torch.Tensor, list[float]]:
        """Score what each patch knows.

        Args:
            embeds: Output of the vision tower, (batch, 1 + patches, width).
            labels: From `dense_labels`.
            places: Background ids, (batch,).

        Returns:
            The loss, and the share right of kind, colour, count and group on patches that have a thing.
        """
        scores = self.patch_heads(embeds[:, 1:]).float().split(self.sizes, -1)
        covered = labels[:, 0] > 0
        kind = functional.cross_entropy(scores[0].flatten(0, 1), labels[:, 0].flatten(), reduction="none")
        weight = torch.where(covered.flatten(), 1.0, 0.15)
        loss = (kind * weight).sum() / weight.sum()
        right = [float((scores[0].argmax(-1) == labels[:, 0])[covered].float().mean())]
        for part in (1, 2, 3):
            wanted, given = labels[:, part][covered], scores[part][covered]
            loss = loss + 0.6 * functional.cross_entropy(given, wanted)
            right.append(float((given.argmax(-1) == wanted).float().mean()))
        place = self.place_head(embeds[:, 0]).float()
        return loss + 0.3 * functional.cross_entropy(place, places), right


def window_embeds(
    model: BlipVisionModel, pixels: torch.Tensor, corners: np.ndarray, across: int
) -> torch.Tensor:
    """Run the vision tower on one square window of each picture, at the positions it has in the whole.

    Args:
        model: The vision tower.
        pixels: Whole pictures (batch, 3, side, side).
        corners: First patch column and row of each window, (batch, 2).
        across: Patches along a window's side.

    Returns:
        Output for the class token and the window's patches, (batch, 1 + across * across, width).
    """
    embeddings = model.embeddings
    patch = int(embeddings.patch_embedding.stride[0])
    side = pixels.shape[-1] // patch
    cut = torch.stack(
        [
            one[:, y * patch : (y + across) * patch, x * patch : (x + across) * patch]
            for one, (x, y) in zip(pixels, corners.tolist(), strict=True)
        ]
    )
    patches = embeddings.patch_embedding(cut).flatten(2).transpose(1, 2)
    positions = embeddings.position_embedding[0, 1:][torch.from_numpy(window_index(corners, side, across))]
    first = embeddings.class_embedding + embeddings.position_embedding[:, :1]
    hidden = torch.cat([first.expand(len(cut), -1, -1), patches + positions], 1)
    output = model.encoder(inputs_embeds=hidden)
    embeds: torch.Tensor = model.post_layernorm(output[0])
    return embeds


def window_index(corners: np.ndarray, side: int, across: int) -> np.ndarray:
    """Return the flat patch numbers of windows, (batch, across * across)."""
    line = np.arange(across)
    rows = (corners[:, 1, None, None] + line[None, :, None]) * side
    index: np.ndarray = rows + corners[:, 0, None, None] + line[None, None, :]
    return index.reshape(len(corners), -1)


def caption_loss(
    student: Student, embeds: torch.Tensor, ids: torch.Tensor, labels: torch.Tensor
) -> torch.Tensor:
    """Score captions given the tower's output; ids and labels are those of `Batches.captions`."""
    output = student.captioner.text_decoder(
        input_ids=ids,
        attention_mask=(ids != 0).long(),
        encoder_hidden_states=embeds,
        labels=labels,
        reduction="mean",
    )
    loss: torch.Tensor = output.loss
    return loss


def answer_loss(
    student: Student,
    embeds: torch.Tensor,
    asked: int,
    questions_: torch.Tensor,
    answers: torch.Tensor,
    labels: torch.Tensor,
) -> torch.Tensor:
    """Score answers, `asked` for each picture; ids and labels are those of `Batches.asked`."""
    mask = (questions_ != 0).long()
    grounded = student.answerer.text_encoder(
        input_ids=questions_,
        attention_mask=mask,
        encoder_hidden_states=embeds.repeat_interleave(asked, 0),
    )[0]
    # `generate` of BlipForQuestionAnswering lets the answer decoder see padding: so do half of the steps.
    seen = mask if random.random() < 0.5 else torch.ones_like(mask)
    output = student.answerer.text_decoder(
        input_ids=answers,
        attention_mask=(answers != 0).long(),
        encoder_hidden_states=grounded,
        encoder_attention_mask=seen,
        labels=labels,
        reduction="mean",
    )
    loss: torch.Tensor = output.loss
    return loss
