"""BLIP-2 retrieval (Blip2ForImageTextRetrieval): the Q-Former reads a text and looks at a picture.

Li et al. 2023, arXiv:2301.12597, section 3.1: ITM is the mean over the queries of a head of two logits,
queries and text reading each other; ITC the highest cosine between a query's projected output and the text's.
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


def load_model(checkpoint: Checkpoint, device: str, precision: str) -> RetrievalBlip2:
    """Load a BLIP-2 retrieval checkpoint.

    Raises:
        ModelError: it is damaged, incomplete, or not what its config says.
    """
    import transformers

    module = load_weights(transformers.Blip2ForImageTextRetrieval, checkpoint, device, precision)
    if device == "cpu" and precision == "int8":  # the Q-Former stays as it is: heat maps need its gradients
        from blipdesk.engine import linear

        linear.pack(module.vision_model, precision)
        linear.settle(module)
    tokenizer = load_tokenizer(checkpoint, module.get_input_embeddings().num_embeddings)
    return RetrievalBlip2(module, tokenizer, checkpoint)


class RetrievalBlip2:
    """Implements :class:`~blipdesk.engine.vision_model.RetrievalModel` for one loaded BLIP-2."""

    def __init__(self, module: Any, tokenizer: Any, checkpoint: Checkpoint) -> None:
        self._module = module
        self._tokenizer = tokenizer
        self.tasks = checkpoint.tasks
        vision = module.config.vision_config
        self.image_size = int(vision.image_size)
        self._grid = self.image_size // int(vision.patch_size)
        self.activation_bytes = tower_bytes(vision)
        self._longest = int(module.config.qformer_config.max_position_embeddings)
        self._queries = int(module.query_tokens.shape[1])
        self._words = int(module.get_input_embeddings().num_embeddings)
        weight = module.vision_model.embeddings.patch_embedding.weight
        self._device = weight.device
        self._inner = module.qformer.layernorm.weight.dtype  # fp32 also where the rest is half precision
        self._table = PixelTable(checkpoint, self.image_size, weight.device, weight.dtype)

    def encode(self, images: Sequence[PixelImage]) -> Encoded:
        """See the port: the vision tower's states."""
        import torch

        with torch.inference_mode():
            states = self._module.vision_model(pixel_values=self._table.batch(images)).last_hidden_state
        return Encoded(states, tuple(image.digest for image in images))

    def match(
        self, encoded: Encoded, texts: Sequence[Sequence[str]], cancel: CancelToken
    ) -> list[list[RawMatch]]:
        """See the port; all texts of a picture are read in one sequence (:mod:`blipdesk.engine.packing`)."""
        import torch

        def cosines(every: Sequence[str]) -> torch.Tensor:
            return (self._query_features(encoded) @ self.text_features(every).T).amax(1).cpu()

        with torch.inference_mode():
            margins = functools.partial(self._margins, encoded)
            return matching.score(texts, self._ids, cosines, margins, cancel, self._queries)

    def _margins(self, encoded: Encoded, rows: Sequence[Row]) -> list[float]:
        """Match less mismatch logits of all texts of some rows.

        A row is the queries of each of its texts, then the texts: only queries look at the picture.
        """
        import torch

        packed = pack(rows, self._device)
        most = max(len(row.texts) for row in rows)
        counts = torch.tensor([[len(row.texts)] for row in rows], device=self._device)
        numbers = torch.arange(most, device=self._device).repeat_interleave(self._queries)[None]
        askers = torch.where(numbers < counts, numbers, -1)
        embedded = self._module.embeddings(
            input_ids=packed.ids,
            position_ids=packed.positions,
            query_embeds=self._module.query_tokens.repeat(len(rows), most, 1),
        )
        picked = torch.tensor([row.picture for row in rows], device=self._device)
        read = self._module.qformer(
            query_embeds=embedded,
            query_length=askers.shape[1],
            attention_mask=block_mask(torch.cat([askers, packed.owners], 1), self._inner),
            encoder_hidden_states=encoded.states[picked],
        ).last_hidden_state[:, : askers.shape[1]]
        both = self._module.itm_head(read.to(self._module.itm_head.weight.dtype)).float()
        means = both.view(len(rows), most, self._queries, 2).mean(2)
        margins = (means[..., 1] - means[..., 0]).tolist()
        return [margins[row][text] for row, held in enumerate(rows) for text in range(len(held.texts))]

    def _query_features(self, encoded: Encoded) -> torch.Tensor:
        """Each query's projected output, (pictures, queries, width) of length 1."""
        import torch

        queries = self._module.query_tokens.expand(len(encoded), -1, -1)
        read = self._module.qformer(query_embeds=queries, encoder_hidden_states=encoded.states)
        projection = self._module.vision_projection
        projected = projection(read.last_hidden_state.to(projection.weight.dtype)).float()
        return torch.nn.functional.normalize(projected, dim=-1)

    def image_features(self, encoded: Encoded) -> torch.Tensor:
        """See the port: the mean direction of the queries.

        The ITC score is the highest cosine of the 32 queries with the text.  All 32 would be 8 KB a photo and
        32 times the comparisons of a search; at a million photos their signs alone are 1 GB.  What each query
        looks for is learnt and the same for all photos, so the mean direction keeps what a photo has more of
        than others.  Which photos are nearest by it was not measured against the highest cosine, for want of
        a checkpoint of this family small enough.
        """
        import torch

        with torch.inference_mode():
            return torch.nn.functional.normalize(self._query_features(encoded).mean(1), dim=-1)

    def text_features(self, texts: Sequence[str]) -> torch.Tensor:
        """See the port."""
        import torch

        parts = []
        with torch.inference_mode():
            for rows in batches_of(rows_of([[ids] for ids in self._ids(texts)])):
                packed = pack(rows, self._device)
                embedded = self._module.embeddings(input_ids=packed.ids, position_ids=packed.positions)
                read = self._module.qformer(
                    query_embeds=embedded,
                    query_length=0,
                    attention_mask=block_mask(packed.owners, self._inner),
                ).last_hidden_state[:, 0]
                projection = self._module.text_projection
                parts.append(projection(read.to(projection.weight.dtype)).float())
            return torch.nn.functional.normalize(torch.cat(parts), dim=-1)

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        encodings = self._tokenizer(
            [encodable(text) for text in texts], truncation=True, max_length=self._longest
        )
        return [[token for token in ids if token < self._words] for ids in encodings["input_ids"]]

    def explain(self, encoded: Encoded, text: str) -> list[WordHeat]:
        """See the port.

        Words do not look at the picture here, queries do: a word's heat is what each query reads of it in a
        layer's self-attention, times what that query looks at in the same layer's cross-attention, both
        weighted by their gradients (after Chefer et al., arXiv:2103.15679, section 3.1).
        """
        import torch

        tokens = self._tokenizer(
            encodable(text), truncation=True, max_length=self._longest, return_offsets_mapping=True
        )
        looking = [layer for layer in self._module.qformer.encoder.layer if layer.has_cross_attention]
        layer = looking[heat.depth(len(looking))]
        known = [index for index, token in enumerate(tokens["input_ids"]) if token < self._words]
        ids = torch.tensor([[tokens["input_ids"][index] for index in known]], device=self._device)
        offsets = [tokens["offset_mapping"][index] for index in known]
        pair = (layer.attention.attention, layer.crossattention.attention)
        with torch.inference_mode(False), torch.enable_grad(), heat.in_the_open(*pair) as weights:
            embedded = self._module.embeddings(input_ids=ids, query_embeds=self._module.query_tokens)
            read = self._module.qformer(
                query_embeds=embedded,
                query_length=self._queries,
                encoder_hidden_states=encoded.states[:1].clone(),
            ).last_hidden_state[:, : self._queries]
            logit = self._module.itm_head(read.to(self._module.itm_head.weight.dtype)).mean(1)[0, 1]
            gradients = torch.autograd.grad(logit, weights)
        reading, seeing = (heat.cam(*both) for both in zip(weights, gradients, strict=True))
        maps = reading[: self._queries, self._queries :].T @ seeing[:, 1:]
        return heat.of_words(text, offsets, maps, self._grid)
