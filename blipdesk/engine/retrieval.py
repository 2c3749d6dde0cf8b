"""BLIP retrieval (BlipForImageTextRetrieval): does a text match a picture, and where is each word seen.

Li et al. 2022, arXiv:2201.12086, section 3.1: ITM is a head of two logits on the text encoder's first token,
the encoder looking at the picture; ITC the cosine of the two sides' projected first tokens.  Texts begin with
[CLS] for both, as in transformers' ``BlipForImageTextRetrieval.forward`` (Salesforce's own code puts [ENC]
first for ITM; the published checkpoints' tokenizers do not have it).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from blipdesk.domain.errors import Cancelled, ModelError
from blipdesk.domain.jobs import HeatMap, PixelImage, WordHeat
from blipdesk.domain.ports import CancelToken
from blipdesk.engine.checkpoints import Checkpoint
from blipdesk.engine.loading import load_weights
from blipdesk.engine.packing import batches_of, block_mask, pack, rows_of
from blipdesk.engine.pixels import PixelTable
from blipdesk.engine.text import encodable
from blipdesk.engine.tokens import load_tokenizer
from blipdesk.engine.vision_model import Encoded, RawMatch, pixel_digest

if TYPE_CHECKING:
    import torch

HEAT_LAYER = 0.5
"""Depth of the text layer whose attention the heat maps show: the 7th of 12, as in LAVIS, the 2nd of 3.

The last layer's would tell nothing of single words: there only the first token still reaches the head.
"""
_TEXTS_AT_ONCE = 64
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def load_model(checkpoint: Checkpoint, device: str, precision: str) -> RetrievalBlip:
    """Load a BLIP retrieval checkpoint.

    Raises:
        ModelError: it is damaged, incomplete, or not what its config says.
    """
    import transformers

    module = load_weights(transformers.BlipForImageTextRetrieval, checkpoint, device, precision)
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
        patches = self._grid**2 + 1
        widths = 8 * int(vision.hidden_size) + 2 * int(vision.intermediate_size)
        self.activation_bytes = patches * widths * 4
        self._longest = int(module.config.text_config.max_position_embeddings)
        self._table = PixelTable(checkpoint, self.image_size, self._device, self._dtype)

    def encode(self, images: Sequence[PixelImage]) -> Encoded:
        """See the port: the vision tower's states."""
        import torch

        with torch.inference_mode():
            states = self._module.vision_model(pixel_values=self._table.batch(images)).last_hidden_state
        return Encoded(states, tuple(pixel_digest(image) for image in images))

    # -------------------------------------------------------------------------------------------- matching

    def match(
        self, encoded: Encoded, texts: Sequence[Sequence[str]], cancel: CancelToken
    ) -> list[list[RawMatch]]:
        """See the port; all texts of a picture are read in one sequence (:mod:`blipdesk.engine.packing`)."""
        import torch

        every = list(dict.fromkeys(text for of_picture in texts for text in of_picture))
        if not every:
            return [[] for _ in texts]
        place = {text: index for index, text in enumerate(every)}
        ids = self._ids(every)
        with torch.inference_mode():
            cosines = (self.image_features(encoded) @ self.text_features(every).T).cpu()
            logits: dict[tuple[int, int], float] = {}
            packed_texts = [[ids[place[text]] for text in of_picture] for of_picture in texts]
            for rows in batches_of(rows_of(packed_texts)):
                if cancel.is_set():
                    raise Cancelled
                packed = pack(rows, self._device)
                picked = torch.tensor([row.picture for row in rows], device=self._device)
                hidden = self._module.text_encoder(
                    input_ids=packed.ids,
                    position_ids=packed.positions,
                    attention_mask=block_mask(packed.owners, self._dtype),
                    encoder_hidden_states=encoded.states[picked],
                ).last_hidden_state
                first = packed.starts()
                found = self._margin(hidden[first[:, 0], first[:, 1]])
                keys = [(row.picture, index) for row in rows for index, _ in row.texts]
                logits.update(zip(keys, found.tolist(), strict=True))
        return [
            [
                RawMatch(logits[picture, index], float(cosines[picture, place[text]]))
                for index, text in enumerate(of_picture)
            ]
            for picture, of_picture in enumerate(texts)
        ]

    def _margin(self, first: torch.Tensor) -> torch.Tensor:
        """Match less mismatch logit of texts' first tokens, (texts,) float32."""
        both: torch.Tensor = self._module.itm_head(first).float()
        return both[:, 1] - both[:, 0]

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
            for start in range(0, len(texts), _TEXTS_AT_ONCE):
                rows = rows_of([[ids] for ids in self._ids(texts[start : start + _TEXTS_AT_ONCE])])
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
        depth = min(int(len(layers) * HEAT_LAYER), max(0, len(layers) - 2))
        attention = layers[depth].crossattention.self
        ids = torch.tensor([tokens["input_ids"]], device=self._device)
        with torch.inference_mode(False), torch.enable_grad(), _eager(attention) as weights:
            hidden = self._module.text_encoder(
                input_ids=ids, encoder_hidden_states=encoded.states[:1].clone()
            ).last_hidden_state
            logit = self._module.itm_head(hidden[:, 0])[0, 1]
            if not weights:
                raise ModelError("This precision gives no heat maps.", "Choose fp32, bf16 or fp16.")
            (gradient,) = torch.autograd.grad(logit, weights[0])
        heat = (weights[0].detach() * gradient.clamp(min=0))[0].float().mean(0)[:, 1:].cpu()
        found = []
        for word in _WORD.finditer(text):
            pieces = _pieces(tokens["offset_mapping"], word.start(), word.end())
            if pieces:
                found.append(WordHeat(word.start(), word.end(), self._map(heat[pieces].mean(0))))
        return found

    def _map(self, values: torch.Tensor) -> HeatMap:
        top = float(values.max())
        scaled = values / top if top > 0 else values
        return HeatMap(self._grid, self._grid, tuple(float(value) for value in scaled))


def _pieces(offsets: Sequence[tuple[int, int]], start: int, end: int) -> list[int]:
    """Indexes of the tokens that lie inside ``text[start:end]``; special tokens are empty."""
    return [
        index
        for index, (first, last) in enumerate(offsets)
        if first < last and first >= start and last <= end
    ]


@contextmanager
def _eager(attention: Any) -> Iterator[list[torch.Tensor]]:
    """Let one cross-attention work its weights out in the open, (1, heads, tokens, patches), as a leaf.

    The fused attention that the engine runs with does not have them.
    """
    seen: list[torch.Tensor] = []

    def forward(
        hidden_states: torch.Tensor, *_: Any, encoder_hidden_states: torch.Tensor, **__: Any
    ) -> tuple[torch.Tensor, None]:
        heads, width = attention.num_attention_heads, attention.attention_head_size

        def split(states: torch.Tensor) -> torch.Tensor:
            return states.view(*states.shape[:2], heads, width).transpose(1, 2)

        query = split(attention.query(hidden_states))
        key, value = (split(layer(encoder_hidden_states)) for layer in (attention.key, attention.value))
        scores = query @ key.transpose(-1, -2) / math.sqrt(width)
        weights = scores.softmax(-1).detach().requires_grad_()
        seen.append(weights)
        return (weights @ value).transpose(1, 2).flatten(2), None

    held = vars(attention).get("forward")
    attention.forward = forward
    try:
        yield seen
    finally:
        if held is None:
            del attention.forward
        else:
            attention.forward = held
