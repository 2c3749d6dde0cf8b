"""InstructBLIP (InstructBlipForConditionalGeneration): captions and answers as the instruction asks for them.

Dai et al. 2023, arXiv:2305.06500, section 2.3: the Q-Former reads the instruction too and takes from the
picture what it asks for, so that what is kept of a picture is the vision tower's states.  The language model
(Vicuna or Flan-T5) goes on after the visual tokens and that instruction (:mod:`blipdesk.engine.language`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.jobs import PixelImage, Turn
from blipdesk.domain.ports import CancelToken
from blipdesk.engine import chat
from blipdesk.engine.blip2 import activation_bytes, load_module
from blipdesk.engine.checkpoints import Checkpoint
from blipdesk.engine.language import LanguageModel
from blipdesk.engine.pixels import PixelTable
from blipdesk.engine.text import encodable
from blipdesk.engine.tokens import load_tokenizer
from blipdesk.engine.vision_model import Encoded, GeneratedAnswer, GeneratedText, Generation

if TYPE_CHECKING:
    import torch

_ANSWER_TOKENS = 100
_DESCRIBE = "A short image description."
"""The instruction of a caption where the person gave none: one of those it was trained with (appendix D)."""
_CHOOSE = "Question: {} Short answer:"
"""The instruction whose answers are ranked (appendix D)."""
_QFORMER_FOLDER = "qformer_tokenizer"


def load_model(checkpoint: Checkpoint, device: str, precision: str) -> InstructBlip:
    """Load an InstructBLIP checkpoint.

    Raises:
        ModelError: it is damaged, incomplete, or not what its config says.
    """
    import transformers

    module = load_module(transformers.InstructBlipForConditionalGeneration, checkpoint, device, precision)
    tokenizer = load_tokenizer(checkpoint, module.get_input_embeddings().num_embeddings)
    words = module.qformer.embeddings.word_embeddings.num_embeddings
    folder = _QFORMER_FOLDER if (checkpoint.path / _QFORMER_FOLDER).is_dir() else ""  # else one for both
    instructions = load_tokenizer(checkpoint, words, folder)
    return InstructBlip(module, tokenizer, instructions, checkpoint)


class InstructBlip:
    """Implements the caption and answer ports of :mod:`~blipdesk.engine.vision_model` for an InstructBLIP."""

    def __init__(self, module: Any, tokenizer: Any, instructions: Any, checkpoint: Checkpoint) -> None:
        self._module = module
        self._language = LanguageModel(module.language_model, tokenizer)
        self._instructions = instructions
        self.tasks = checkpoint.tasks
        self.image_size = int(module.config.vision_config.image_size)
        self.activation_bytes = activation_bytes(module.config)
        self._queries = int(module.query_tokens.shape[1])
        self._longest = int(module.config.qformer_config.max_position_embeddings)
        weight = module.vision_model.embeddings.patch_embedding.weight
        self._table = PixelTable(checkpoint, self.image_size, weight.device, weight.dtype)

    def encode(self, images: Sequence[PixelImage]) -> Encoded:
        """See the port: the vision tower's states."""
        import torch

        with torch.inference_mode():
            states = self._module.vision_model(pixel_values=self._table.batch(images)).last_hidden_state
        return Encoded(states, tuple(image.digest for image in images))

    def caption(
        self, encoded: Encoded, generation: Generation, cancel: CancelToken
    ) -> list[list[GeneratedText]]:
        """See the port; the prompt is the instruction."""
        import torch

        if cancel.is_set():
            raise Cancelled
        told = replace(generation, prompt=generation.prompt or _DESCRIBE)
        with torch.inference_mode():
            visual = self._visual(encoded, told.prompt)
            return self._language.captions(visual, told, encoded.seeds, cancel)

    def answer(
        self,
        encoded: Encoded,
        question: str,
        history: Sequence[Turn],
        on_token: Callable[[str], None],
        cancel: CancelToken,
    ) -> GeneratedAnswer:
        """See the port; a first question is the instruction itself."""
        import torch

        room = self._language.room(self._queries, _ANSWER_TOKENS)
        question = self._language.cut(question, room, chat.ask)
        prompt, left_out = chat.fit(question, history, room, self._language.count)
        if left_out == len(history):
            prompt = question
        if cancel.is_set():
            return GeneratedAnswer("", True, left_out)
        with torch.inference_mode():
            visual = self._visual(encoded.select(0), prompt)
            text, stopped = self._language.say(visual, prompt, _ANSWER_TOKENS, on_token, cancel)
        return GeneratedAnswer(text, stopped, left_out)

    def rank(
        self, encoded: Encoded, question: str, choices: Sequence[str], cancel: CancelToken
    ) -> list[float]:
        """See the port."""
        import torch

        room = self._language.room(self._queries, _ANSWER_TOKENS)
        prompt = _CHOOSE.format(self._language.cut(question, room, _CHOOSE.format))
        with torch.inference_mode():
            visual = self._visual(encoded.select(0), prompt)
            return self._language.rank(visual, prompt, choices, _ANSWER_TOKENS, cancel)

    def _visual(self, encoded: Encoded, instruction: str) -> torch.Tensor:
        """What the Q-Former takes from the pictures for an instruction, in the language model's space."""
        words = self._instructions(
            [encodable(instruction)], return_tensors="pt", truncation=True, max_length=self._longest
        )
        device = self._module.query_tokens.device
        states = encoded.states.to(device)
        read = self._module.qformer(
            input_ids=words["input_ids"].to(device).expand(len(encoded), -1),
            query_embeds=self._module.query_tokens.expand(len(encoded), -1, -1),
            encoder_hidden_states=states,
        ).last_hidden_state[:, : self._queries]
        projection = self._module.language_projection
        visual: torch.Tensor = projection(read.to(projection.weight.dtype))
        return visual
