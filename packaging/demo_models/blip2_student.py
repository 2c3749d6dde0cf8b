"""The tiny BLIP-2 in training: its parts, with the heads and losses that teach them."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional
from transformers import Blip2ForConditionalGeneration

from demo_models.blip2_texts import FACT_SIZES, Spelt, Spot
from demo_models.scenes import BACKGROUNDS, MAX_GROUPS

_ROLES = MAX_GROUPS + 1
"""What a query has to find: the first, second or third group, or the place."""


class Asker(nn.Module):
    """The Q-Former with the heads that teach its queries."""

    def __init__(self, model: Blip2ForConditionalGeneration) -> None:
        """Take a model's queries and Q-Former."""
        super().__init__()
        width = model.config.qformer_config.hidden_size
        self.query_tokens = model.query_tokens
        self.qformer = model.qformer
        self.group_heads = nn.Linear(width, sum(FACT_SIZES))
        self.place_head = nn.Linear(width, len(BACKGROUNDS))

    def forward(self, embeds: torch.Tensor) -> torch.Tensor:
        """Let the queries read tower outputs; returns (batch, queries, width)."""
        queries = self.query_tokens.expand(len(embeds), -1, -1)
        output: torch.Tensor = self.qformer(
            query_embeds=queries, encoder_hidden_states=embeds.float()
        ).last_hidden_state
        return output

    def loss(
        self, queried: torch.Tensor, groups: torch.Tensor, places: torch.Tensor
    ) -> tuple[torch.Tensor, list[float]]:
        """Score what the queries know.

        Args:
            queried: Output of the queries.
            groups: From `facts`.
            places: From `facts`.

        Returns:
            The loss, and the share right of kind, colour, count and side.
        """
        loss, right = torch.zeros(()), [0.0] * len(FACT_SIZES)
        for role in range(MAX_GROUPS):
            scores = self.group_heads(queried[:, role::_ROLES]).split(FACT_SIZES, -1)
            for part, score in enumerate(scores):
                wanted = groups[:, role, part, None].expand(-1, score.shape[1])
                loss = loss + functional.cross_entropy(score.flatten(0, 1), wanted.flatten())
                right[part] += float((score.argmax(-1) == wanted).float().mean()) / MAX_GROUPS
        place = self.place_head(queried[:, MAX_GROUPS::_ROLES])
        wanted = places[:, None].expand(-1, place.shape[1])
        return loss / MAX_GROUPS + functional.cross_entropy(place.flatten(0, 1), wanted.flatten()), right


class Teller(nn.Module):
    """Projection and language model, with heads that teach what a question is about."""

    def __init__(self, model: Blip2ForConditionalGeneration) -> None:
        """Take a model's parts."""
        super().__init__()
        self.language_projection = model.language_projection
        self.language_model = model.language_model
        width = model.config.text_config.hidden_size
        self.named_heads = nn.Linear(width, sum(FACT_SIZES))
        self.meant_heads = nn.Linear(width, sum(FACT_SIZES))

    def loss(self, queried: torch.Tensor, texts: Spelt, offset: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
        """Score texts.

        Args:
            queried: Outputs of the queries (batch, queries, width).
            texts: What is said of each.
            offset: How much further on than right after the queries the text's positions begin.

        Returns:
            Mean cross-entropy of the words, and of what the questions are about.
        """
        decoder = self.language_model.model.decoder
        visual = self.language_projection(queried)
        inputs = torch.cat([visual, decoder.embed_tokens(texts.ids)], 1)
        positions = torch.arange(inputs.shape[1])
        positions[visual.shape[1] :] += offset
        output = decoder(
            inputs_embeds=inputs, position_ids=positions[None], use_cache=False, output_hidden_states=True
        )
        hidden = [states[:, visual.shape[1] :] for states in output.hidden_states]
        wanted = texts.targets >= 0
        scores = self.language_model.lm_head(output.last_hidden_state[:, visual.shape[1] :][wanted])
        words = functional.cross_entropy(scores, texts.targets[wanted])
        half = len(decoder.layers) // 2
        about = _facts_loss(self.named_heads, hidden[half], texts.named)
        return words, about + _facts_loss(self.meant_heads, hidden[-2], texts.meant)


def _facts_loss(heads: nn.Linear, hidden: torch.Tensor, spots: list[Spot]) -> torch.Tensor:
    if not spots:
        return torch.zeros(())
    rows, columns = [spot.row for spot in spots], [spot.column for spot in spots]
    wanted = torch.tensor([spot.facts for spot in spots])
    scores = heads(hidden[rows, columns]).split(FACT_SIZES, -1)
    parts = [functional.cross_entropy(score, wanted[:, part]) for part, score in enumerate(scores)]
    return torch.stack(parts).mean()
