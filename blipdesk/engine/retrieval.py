"""BLIP retrieval (BlipForImageTextRetrieval): does a text match a picture, and where is each word seen.

Li et al. 2022, arXiv:2201.12086, section 3.1: ITM is a head of two logits on the text encoder's first token,
the encoder looking at the picture; ITC the cosine of the two sides' projected first tokens.  Texts begin with
[CLS] for both, as in transformers' ``BlipForImageTextRetrieval.forward`` (Salesforce's own code puts [ENC]
first for ITM; the published checkpoints' tokenizers do not have it).
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from blipdesk.domain.jobs import PixelImage, WordHeat
from blipdesk.domain.ports import CancelToken
from blipdesk.engine import heat, matching
from blipdesk.engine.checkpoints import Checkpoint
from blipdesk.engine.packing import Row, batches_of, block_mask, pack, rows_of
from blipdesk.engine.pixels import PixelTable
from blipdesk.engine.tensors import load_weights
from blipdesk.engine.text import encodable
from blipdesk.engine.tokens import load_tokenizer
from blipdesk.engine.vision_model import Encoded, RawMatch, tower_bytes

if TYPE_CHECKING:
    import torch


def load_model(checkpoint: Checkpoint, device: str, precision: str) -> RetrievalBlip:
    """Load a BLIP retrieval checkpoint.

    Raises:
        ModelError: it is damaged, incomplete, or not what its config says.
    """
    import transformers

    from blipdesk.engine import attention, linear

    module = load_weights(transformers.BlipForImageTextRetrieval, checkpoint, device, precision)
    attention.install(module)
    if device == "cpu":  # the text encoder stays as it is: heat maps need its gradients
        linear.pack(module.vision_model, precision)
        if precision == "int8":
            linear.settle(module)
    tokenizer = load_tokenizer(checkpoint, module.config.text_config.vocab_size)
    return RetrievalBlip(module, tokenizer, checkpoint)


class RetrievalBlip:
    """Implements :class:`~blipdesk.engine.vision_model.RetrievalModel` for one loaded BLIP."""

    def __init__(self, module: Any, tokenizer: Any, checkpoint: Checkpoint) -> None:
        self._module = module
        self._tokenizer = tokenizer
        self.tasks = checkpoint.tasks
        weight = module.itm_head.weight
        self._device, self._dtype = weight.device, weight.dtype
        vision = module.config.vision_config
        self.image_size = int(vision.image_size)
        self._grid = self.image_size // int(vision.patch_size)
        self.activation_bytes = tower_bytes(vision)
        self._longest = int(module.config.text_config.max_position_embeddings)
        self._table = PixelTable(checkpoint, self.image_size, self._device, self._dtype)

    def encode(self, images: Sequence[PixelImage]) -> Encoded:
        """See the port: the vision tower's states."""
        import torch

        with torch.inference_mode():
            states = self._module.vision_model(pixel_values=self._table.batch(images)).last_hidden_state
        return Encoded(states, tuple(image.digest for image in images))

    # -------------------------------------------------------------------------------------------- matching

    def match(
        self, encoded: Encoded, texts: Sequence[Sequence[str]], cancel: CancelToken
    ) -> list[list[RawMatch]]:
        """See the port; all texts of a picture are read in one sequence (:mod:`blipdesk.engine.packing`)."""
        import torch

        def cosines(every: Sequence[str]) -> torch.Tensor:
            return (self.image_features(encoded) @ self.text_features(every).T).cpu()

        with torch.inference_mode():
            margins = functools.partial(self._margins, encoded)
            return matching.score(texts, self._ids, cosines, margins, cancel)

    def _margins(self, encoded: Encoded, rows: Sequence[Row]) -> list[float]:
        """Match less mismatch logits of all texts of some rows, in order."""
        import torch

        packed = pack(rows, self._device)
        picked = torch.tensor([row.picture for row in rows], device=self._device)
        hidden = self._module.text_encoder(
            input_ids=packed.ids,
            position_ids=packed.positions,
            attention_mask=block_mask(packed.owners, self._dtype),
            encoder_hidden_states=encoded.states[picked],
        ).last_hidden_state
        first = packed.starts()
        both = self._module.itm_head(hidden[first[:, 0], first[:, 1]]).float()
        margins: list[float] = (both[:, 1] - both[:, 0]).tolist()
        return margins

    def image_features(self, encoded: Encoded) -> torch.Tensor:
        """See the port."""
        import torch

        with torch.inference_mode():
            projected = self._module.vision_proj(encoded.states[:, 0])
            return torch.nn.functional.normalize(projected.float(), dim=-1)

    def text_features(self, texts: Sequence[str]) -> torch.Tensor:
        """See the port."""
        import torch

        parts = []
        with torch.inference_mode():
            for rows in batches_of(rows_of([[ids] for ids in self._ids(texts)])):
                packed = pack(rows, self._device)
                hidden = self._module.text_encoder(
                    input_ids=packed.ids,
                    position_ids=packed.positions,
                    attention_mask=block_mask(packed.owners, self._dtype),
                ).last_hidden_state
                parts.append(self._module.text_proj(hidden[:, 0]).float())
            return torch.nn.functional.normalize(torch.cat(parts), dim=-1)

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        encodings = self._tokenizer(
            [encodable(text) for text in texts], truncation=True, max_length=self._longest
        )
        return [list(ids) for ids in encodings["input_ids"]]

    # -------------------------------------------------------------------------------------------- heat maps

    def explain(self, encoded: Encoded, text: str) -> list[WordHeat]:
        """See the port: Grad-CAM (Selvaraju et al., arXiv:1610.02391) on the cross-attention.

        As in LAVIS's ``compute_gradcam``: one layer's attention of each word to each patch, times its
        positive gradient with respect to the match logit, mean over the heads.
        """
        import torch

        tokens = self._tokenizer(
            encodable(text), truncation=True, max_length=self._longest, return_offsets_mapping=True
        )
        layers = self._module.text_encoder.encoder.layer
        attention = layers[heat.depth(len(layers))].crossattention.self
        ids = torch.tensor([tokens["input_ids"]], device=self._device)
        with torch.inference_mode(False), torch.enable_grad(), heat.in_the_open(attention) as weights:
            hidden = self._module.text_encoder(
                input_ids=ids, encoder_hidden_states=encoded.states[:1].clone()
            ).last_hidden_state
            (gradient,) = torch.autograd.grad(self._module.itm_head(hidden[:, 0])[0, 1], weights)
        maps = heat.cam(weights[0], gradient)[:, 1:]
        return heat.of_words(text, tokens["offset_mapping"], maps, self._grid)
