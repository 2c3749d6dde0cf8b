"""BLIP-2 (Blip2ForConditionalGeneration): captions, prompted captions, answers, and chat about a photo.

Li et al. 2023, arXiv:2301.12597.  A picture is encoded into the Q-Former's output, 32 visual tokens of tens
of kilobytes; the language model (OPT or Flan-T5) goes on after them (:mod:`blipdesk.engine.language`).  In
fp32 the greedy and beam tokens are those of ``Blip2Processor`` and ``generate``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.jobs import PixelImage, Turn
from blipdesk.domain.ports import CancelToken
from blipdesk.engine import chat
from blipdesk.engine.checkpoints import Checkpoint
from blipdesk.engine.language import LanguageModel
from blipdesk.engine.pixels import PixelTable
from blipdesk.engine.tensors import load_weights
from blipdesk.engine.tokens import load_tokenizer
from blipdesk.engine.vision_model import Encoded, GeneratedAnswer, GeneratedText, Generation, tower_bytes

if TYPE_CHECKING:
    import torch

_ANSWER_TOKENS = 50


def load_model(checkpoint: Checkpoint, device: str, precision: str) -> Blip2:
    """Load a BLIP-2 checkpoint.

    Raises:
        ModelError: it is damaged, incomplete, or not what its config says.
    """
    import transformers

    module = load_module(transformers.Blip2ForConditionalGeneration, checkpoint, device, precision)
    tokenizer = load_tokenizer(checkpoint, module.get_input_embeddings().num_embeddings)
    return Blip2(module, tokenizer, checkpoint)


def load_module(model_class: Any, checkpoint: Checkpoint, device: str, precision: str) -> Any:
    """The weights of a vision tower, a Q-Former and a language model; in int8 on a processor all packed.

    The head stays as it is: words lie close together, and OPT shares it with its embeddings.

    Raises:
        ModelError: they are damaged, incomplete, or of another model.
    """
    module = load_weights(model_class, checkpoint, device, precision)
    if device == "cpu" and precision == "int8":
        from blipdesk.engine import linear

        linear.pack(module.vision_model, precision)
        linear.pack(module.qformer, precision)
        for part in module.language_model.children():
            linear.pack(part, precision, fine=True)
        linear.settle(module)
    return module


class Blip2:
    """Implements the caption and answer ports of :mod:`~blipdesk.engine.vision_model` for one BLIP-2."""

    def __init__(self, module: Any, tokenizer: Any, checkpoint: Checkpoint) -> None:
        self._module = module
        self._language = LanguageModel(module.language_model, tokenizer)
        self.tasks = checkpoint.tasks
        self.image_size = int(module.config.vision_config.image_size)
        self.activation_bytes = activation_bytes(module.config)
        weight = module.vision_model.embeddings.patch_embedding.weight
        self._table = PixelTable(checkpoint, self.image_size, weight.device, weight.dtype)

    def encode(self, images: Sequence[PixelImage]) -> Encoded:
        """See the port: the Q-Former's output."""
        import torch

        with torch.inference_mode():
            seen = self._module.vision_model(pixel_values=self._table.batch(images)).last_hidden_state
            queries = self._module.query_tokens.expand(len(images), -1, -1)
            read = self._module.qformer(query_embeds=queries, encoder_hidden_states=seen).last_hidden_state
        return Encoded(read.to(seen.dtype), tuple(image.digest for image in images))

    def caption(
        self, encoded: Encoded, generation: Generation, cancel: CancelToken
    ) -> list[list[GeneratedText]]:
        """See the port."""
        import torch

        if cancel.is_set():
            raise Cancelled
        with torch.inference_mode():
            return self._language.captions(self._visual(encoded), generation, encoded.seeds, cancel)

    def answer(
        self,
        encoded: Encoded,
        question: str,
        history: Sequence[Turn],
        on_token: Callable[[str], None],
        cancel: CancelToken,
    ) -> GeneratedAnswer:
        """See the port."""
        import torch

        room = self._language.room(encoded.states.shape[1], _ANSWER_TOKENS)
        asked = self._language.cut(question, room, chat.ask)
        prompt, left_out = chat.fit(asked, history, room, self._language.count)
        if cancel.is_set():
            return GeneratedAnswer("", True, left_out)
        with torch.inference_mode():
            visual = self._visual(encoded.select(0))
            text, stopped = self._language.say(visual, prompt, _ANSWER_TOKENS, on_token, cancel)
        return GeneratedAnswer(text, stopped, left_out)

    def rank(
        self, encoded: Encoded, question: str, choices: Sequence[str], cancel: CancelToken
    ) -> list[float]:
        """See the port."""
        import torch

        room = self._language.room(encoded.states.shape[1], _ANSWER_TOKENS)
        with torch.inference_mode():
            visual = self._visual(encoded.select(0))
            prompt = chat.ask(self._language.cut(question, room, chat.ask))
            return self._language.rank(visual, prompt, choices, _ANSWER_TOKENS, cancel)

    def _visual(self, encoded: Encoded) -> torch.Tensor:
        """Visual tokens in the language model's space."""
        visual: torch.Tensor = self._module.language_projection(encoded.states)
        return visual


def activation_bytes(config: Any) -> int:
    """Estimated working memory of a photo: the vision tower's widest layer, the language model's cache."""
    text = config.text_config
    layers = int(getattr(text, "num_hidden_layers", None) or text.num_layers)
    spoken = 2 * layers * int(text.hidden_size) * 128 * 4
    return tower_bytes(config.vision_config) + spoken + int(text.vocab_size) * 4 * 4
