"""BLIP: captions (BlipForConditionalGeneration) and answers (BlipForQuestionAnswering).

Li et al. 2022, arXiv:2201.12086.  A picture is encoded once for all its candidates and questions, with fused
attention (:mod:`~blipdesk.engine.attention`); then our own loops write (:mod:`~blipdesk.engine.generation`,
:mod:`~blipdesk.engine.blip_decoder`).  In fp32 the tokens are those of ``BlipProcessor`` and ``generate``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.jobs import PixelImage, Turn
from blipdesk.domain.ports import CancelToken
from blipdesk.engine.checkpoints import Checkpoint
from blipdesk.engine.pixels import PixelTable
from blipdesk.engine.precision import attention_kind, torch_dtype
from blipdesk.engine.tensors import load_weights
from blipdesk.engine.text import encodable
from blipdesk.engine.tokens import load_tokenizer
from blipdesk.engine.vision_model import Encoded, GeneratedAnswer, GeneratedText, Generation, tower_bytes

if TYPE_CHECKING:
    import torch

    from blipdesk.engine.generation import OnToken, Task, Written

_ANSWER = Generation(max_new_tokens=20)
_CHOICES_AT_ONCE = 32
_ROWS = 1200
"""Patches that go through the vision tower at once on a processor: two photos of BLIP's 577."""
_BATCH = 64  # and elsewhere, where a card wants them all
_TOKENS, _CANDIDATES = 40, 4
"""Tokens and texts of a photo that the estimate of its memory counts with."""


def load_model(checkpoint: Checkpoint, device: str, precision: str) -> BlipModel:
    """Load a BLIP checkpoint.

    Raises:
        ModelError: it is damaged, incomplete, or not what its config says.
    """
    import transformers

    module = load_weights(getattr(transformers, checkpoint.architecture), checkpoint, device, precision)
    tokenizer = load_tokenizer(checkpoint, module.config.text_config.vocab_size)
    return BlipModel(module, tokenizer, checkpoint, precision)


class BlipModel:
    """Implements the caption and answer ports of :mod:`~blipdesk.engine.vision_model` for one loaded BLIP."""

    def __init__(self, module: Any, tokenizer: Any, checkpoint: Checkpoint, precision: str) -> None:
        from blipdesk.engine import attention, linear
        from blipdesk.engine.blip_decoder import TextDecoder

        self._tokenizer = tokenizer
        self.tasks = checkpoint.tasks
        weight = next(module.parameters())
        self._device = weight.device
        self._dtype = torch_dtype(precision)
        vision, self._text = module.config.vision_config, module.config.text_config
        self.image_size = int(vision.image_size)
        patches = (self.image_size // int(vision.patch_size)) ** 2 + 1
        on_processor = self._device.type == "cpu"
        # More rows make a product no quicker, but what lies between two products leaves the cache.
        self._at_once = max(1, _ROWS // patches) if on_processor else _BATCH
        # The states, and two layouts of them while words are written; caches and scores of some candidates.
        row = 2 * int(self._text.num_hidden_layers) * int(self._text.hidden_size) * _TOKENS
        texts = _CANDIDATES * (row + 4 * int(self._text.vocab_size))
        self.activation_bytes = 4 * (patches * 3 * int(vision.hidden_size) + texts)
        if not on_processor:  # the tower takes the batch as a whole
            self.activation_bytes += tower_bytes(vision)
        self._table = PixelTable(checkpoint, self.image_size, self._device, self._dtype)
        attention.install(module, attention_kind(precision) if on_processor else None)
        self._vision = module.vision_model
        self._reader: Any = getattr(module, "text_encoder", None)
        if on_processor:
            for part in (self._vision, self._reader):
                if part is not None:
                    linear.pack(part, precision)
                    if precision == "int8":
                        linear.settle(part)
        self._writer = TextDecoder(module.text_decoder, precision)

    def encode(self, images: Sequence[PixelImage]) -> Encoded:
        """See the port: the vision tower's states."""
        import torch

        parts = [images[place : place + self._at_once] for place in range(0, len(images), self._at_once)]
        with torch.inference_mode():
            states = [self._vision(pixel_values=self._table.batch(part)).last_hidden_state for part in parts]
            joined = states[0] if len(states) == 1 else torch.cat(states)
        return Encoded(joined, tuple(image.digest for image in images))

    # ------------------------------------------------------------------------------------------- captions

    def caption(
        self, encoded: Encoded, generation: Generation, cancel: CancelToken
    ) -> list[list[GeneratedText]]:
        """See the port."""
        import torch

        from blipdesk.engine.generation import Task

        def go_on(_: torch.Tensor) -> bool:
            if cancel.is_set():
                raise Cancelled
            return False

        if cancel.is_set():
            raise Cancelled
        prompt = self._prompt_ids(generation.prompt)
        start = torch.tensor([prompt] * len(encoded), dtype=torch.long, device=self._device)
        task = Task(start, int(self._text.sep_token_id), generation, encoded.seeds)
        return [
            [GeneratedText(self._decode(text.ids), text.score) for text in texts]
            for texts in self._write(encoded.states, task, go_on)
        ]

    def _write(self, states: torch.Tensor, task: Task, on_token: OnToken) -> list[list[Written]]:
        """Texts about pictures, no longer than the decoder's positions allow."""
        import torch

        from blipdesk.engine.generation import write

        used = task.start.shape[1]
        room = max(1, min(task.generation.max_new_tokens, self._writer.positions - used))
        task = replace(task, generation=replace(task.generation, max_new_tokens=room))
        with torch.inference_mode():
            return write(self._writer.session(states, used + room), task, on_token)

    def _prompt_ids(self, prompt: str) -> list[int]:
        """``[BOS]`` and the prompt's tokens without ``[SEP]``, as ``BlipProcessor`` and ``generate`` do."""
        ids = [int(self._text.bos_token_id)]
        if prompt:
            ids += self._tokenizer(encodable(prompt))["input_ids"][1:-1][: self._writer.positions // 2]
        return ids

    def _decode(self, ids: Sequence[int]) -> str:
        return str(self._tokenizer.decode(ids, skip_special_tokens=True)).strip()

    # -------------------------------------------------------------------------------------------- answers

    def answer(
        self,
        encoded: Encoded,
        question: str,
        history: Sequence[Turn],
        on_token: Callable[[str], None],
        cancel: CancelToken,
    ) -> GeneratedAnswer:
        """See the port; BLIP's answerer takes one question at a time, without the turns before."""
        import torch

        from blipdesk.engine.generation import Task

        stopped = False

        def say(new: torch.Tensor) -> bool:
            nonlocal stopped
            said = self._decode(new.tolist())
            if said:
                on_token(said)
            stopped = cancel.is_set()
            return stopped

        if cancel.is_set():
            return GeneratedAnswer("", True, len(history))
        start = torch.full((1, 1), int(self._text.bos_token_id), dtype=torch.long, device=self._device)
        task = Task(start, int(self._text.sep_token_id), _ANSWER)
        ((text,),) = self._write(self._asked(encoded, question), task, say)
        return GeneratedAnswer(self._decode(text.ids), stopped, len(history))

    def rank(
        self, encoded: Encoded, question: str, choices: Sequence[str], cancel: CancelToken
    ) -> list[float]:
        """See the port: the rank mode of BLIP's question answering (arXiv:2201.12086, section 4.4)."""
        import torch

        asked = self._asked(encoded, question)
        longest = self._writer.positions
        found: list[float] = []
        for first in range(0, len(choices), _CHOICES_AT_ONCE):
            if cancel.is_set():
                raise Cancelled
            part = [encodable(choice) for choice in choices[first : first + _CHOICES_AT_ONCE]]
            answers = self._tokenizer(
                part, return_tensors="pt", padding=True, truncation=True, max_length=longest
            ).to(self._device)
            ids, mask = answers["input_ids"], answers["attention_mask"]
            ids[:, 0] = int(self._text.bos_token_id)
            with torch.inference_mode():
                session = self._writer.session(asked, ids.shape[1])
                session.select(torch.zeros((1, len(part)), dtype=torch.long, device=self._device))
                # Padding stands behind the answer, where no token of it looks.
                logs = self._writer.logits(session.read(ids[:, :-1])).log_softmax(-1)
                said = logs.gather(2, ids[:, 1:, None])[..., 0] * mask[:, 1:]
            found += said.sum(1).tolist()
        return found

    def _asked(self, encoded: Encoded, question: str) -> torch.Tensor:
        """The question read before the first picture, (1, tokens, width)."""
        import torch

        tokens = self._tokenizer(
            encodable(question), return_tensors="pt", truncation=True, max_length=self._writer.positions
        )
        with torch.inference_mode():
            states: torch.Tensor = self._reader(
                input_ids=tokens["input_ids"].to(self._device), encoder_hidden_states=encoded.states[:1]
            ).last_hidden_state
        return states
