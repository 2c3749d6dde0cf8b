"""BLIP: captions (BlipForConditionalGeneration) and answers (BlipForQuestionAnswering).

Li et al. 2022, arXiv:2201.12086.  The image is encoded once for all its candidates, then the text decoder
generates through transformers' own ``generate`` with its key-value cache: in fp32 the tokens are those of
``BlipProcessor`` and ``generate``.  transformers 5.23 runs BLIP's attention eager; there is no sdpa class.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from blipdesk.domain.errors import Cancelled, ModelError
from blipdesk.domain.jobs import PixelImage, Turn
from blipdesk.domain.ports import CancelToken
from blipdesk.engine.checkpoints import Checkpoint
from blipdesk.engine.loading import load_weights
from blipdesk.engine.pixels import PixelTable
from blipdesk.engine.vision_model import Encoded, GeneratedAnswer, GeneratedText, Generation, pixel_digest

if TYPE_CHECKING:
    import torch

_ANSWER_TOKENS = 20
_TOKENIZER_OPTIONS = {"local_files_only": True, "trust_remote_code": False}


def load_model(checkpoint: Checkpoint, device: str, precision: str) -> BlipModel:
    """Load a BLIP checkpoint.

    Raises:
        ModelError: it is damaged, incomplete, or not what its config says.
    """
    import transformers

    model_class = getattr(transformers, checkpoint.architecture)
    module = load_weights(model_class, checkpoint, device, precision)
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(str(checkpoint.path), **_TOKENIZER_OPTIONS)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"The tokenizer of {checkpoint.title} cannot be read.", "Get the checkpoint again."
        ) from error
    if len(tokenizer) > module.config.text_config.vocab_size:
        raise ModelError(f"The tokenizer of {checkpoint.title} belongs to another model.", "Get it again.")
    return BlipModel(module, tokenizer, checkpoint)


class BlipModel:
    """Implements the caption and answer ports of :mod:`~blipdesk.engine.vision_model` for one loaded BLIP."""

    def __init__(self, module: Any, tokenizer: Any, checkpoint: Checkpoint) -> None:
        self._module = module
        self._tokenizer = tokenizer
        self.tasks = checkpoint.tasks
        weight = next(module.parameters())
        self._device, self._dtype = weight.device, weight.dtype
        vision = module.config.vision_config
        self.image_size = int(vision.image_size)
        patches = (self.image_size // int(vision.patch_size)) ** 2 + 1
        widths = 8 * int(vision.hidden_size) + 2 * int(vision.intermediate_size)
        maps = 3 * int(vision.num_attention_heads) * patches
        self.activation_bytes = patches * (widths + maps) * 4
        self._table = PixelTable(checkpoint, self.image_size, self._device, self._dtype)

    def encode(self, images: Sequence[PixelImage]) -> Encoded:
        """See the port: the vision tower's states."""
        import torch

        with torch.inference_mode():
            states = self._module.vision_model(pixel_values=self._table.batch(images)).last_hidden_state
        return Encoded(states, tuple(pixel_digest(image) for image in images))

    # ------------------------------------------------------------------------------------------- captions

    def caption(
        self, encoded: Encoded, generation: Generation, cancel: CancelToken
    ) -> list[list[GeneratedText]]:
        """See the port."""
        import torch

        if cancel.is_set():
            raise Cancelled
        with torch.inference_mode():
            start = self._prompt_ids(generation.prompt, len(encoded))
            output = self._generate(encoded.states, start, generation, cancel)
            scores = _scores(output, start.shape[1], self._pad_id)
        rows = output.sequences[:, start.shape[1] :]
        texts = self._tokenizer.batch_decode(rows, skip_special_tokens=True)
        found = [GeneratedText(text.strip(), score) for text, score in zip(texts, scores, strict=True)]
        count = generation.candidates
        return [found[index : index + count] for index in range(0, len(found), count)]

    def _generate(
        self, states: torch.Tensor, start: torch.Tensor, generation: Generation, cancel: CancelToken
    ) -> Any:
        import torch

        mask = torch.ones(states.shape[:2], dtype=torch.long, device=self._device)
        return self._module.text_decoder.generate(
            input_ids=start,
            encoder_hidden_states=states,
            encoder_attention_mask=mask,
            eos_token_id=self._module.config.text_config.sep_token_id,
            pad_token_id=self._pad_id,
            max_new_tokens=self._room(generation.max_new_tokens, start.shape[1]),
            do_sample=False,
            num_beams=generation.num_beams,
            num_return_sequences=generation.candidates,
            repetition_penalty=generation.repetition_penalty,
            no_repeat_ngram_size=generation.no_repeat_ngram,
            stopping_criteria=_criteria(_raise_when_set(cancel)),
            return_dict_in_generate=True,
            output_scores=True,
        )

    @property
    def _pad_id(self) -> int:
        return int(self._module.config.text_config.pad_token_id)

    def _room(self, wanted: int, used: int) -> int:
        """New tokens that fit into the decoder's positions."""
        positions = int(self._module.config.text_config.max_position_embeddings)
        return max(1, min(wanted, positions - used))

    def _prompt_ids(self, prompt: str, count: int) -> torch.Tensor:
        """``[BOS]`` and the prompt's tokens without ``[SEP]``, as ``BlipProcessor`` and ``generate`` do."""
        import torch

        bos = int(self._module.config.text_config.bos_token_id)
        longest = int(self._module.config.text_config.max_position_embeddings) // 2
        ids = [bos]
        if prompt:
            ids += self._tokenizer(prompt)["input_ids"][1:-1][:longest]
        return torch.tensor([ids] * count, dtype=torch.long, device=self._device)

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

        stopped = False

        def watch(ids: torch.Tensor) -> bool:
            nonlocal stopped
            said = self._decode(ids[0])
            if said:
                on_token(said)
            stopped = stopped or cancel.is_set()
            return stopped

        if cancel.is_set():
            return GeneratedAnswer("", True, len(history))
        with torch.inference_mode():
            asked = self._asked(encoded, question)
            output = self._module.text_decoder.generate(
                input_ids=self._answer_start(1),
                encoder_hidden_states=asked,
                encoder_attention_mask=torch.ones(asked.shape[:2], dtype=torch.long, device=self._device),
                bos_token_id=self._module.decoder_start_token_id,
                eos_token_id=self._module.config.text_config.sep_token_id,
                pad_token_id=self._pad_id,
                max_new_tokens=self._room(_ANSWER_TOKENS, 1),
                do_sample=False,
                num_beams=1,
                stopping_criteria=_criteria(watch),
            )
        return GeneratedAnswer(self._decode(output[0]), stopped, len(history))

    def rank(
        self, encoded: Encoded, question: str, choices: Sequence[str], cancel: CancelToken
    ) -> list[float]:
        """See the port (the rank mode of BLIP's question answering)."""
        import torch

        if cancel.is_set():
            raise Cancelled
        longest = int(self._module.config.text_config.max_position_embeddings)
        answers = self._tokenizer(
            list(choices), return_tensors="pt", padding=True, truncation=True, max_length=longest
        ).to(self._device)
        ids, mask = answers["input_ids"].clone(), answers["attention_mask"]
        ids[:, 0] = self._module.decoder_start_token_id
        with torch.inference_mode():
            asked = self._asked(encoded, question)
            logits = self._module.text_decoder(
                input_ids=ids,
                attention_mask=mask,
                encoder_hidden_states=asked.expand(len(choices), -1, -1),
                encoder_attention_mask=torch.ones(
                    (len(choices), asked.shape[1]), dtype=torch.long, device=self._device
                ),
            ).logits
            logs = logits[:, :-1].float().log_softmax(-1).gather(2, ids[:, 1:, None])[..., 0]
        return [float(total) for total in (logs * mask[:, 1:]).sum(1)]

    def _asked(self, encoded: Encoded, question: str) -> torch.Tensor:
        """The question read before the picture, (1, tokens, width)."""
        import torch

        longest = int(self._module.config.text_config.max_position_embeddings)
        tokens = self._tokenizer(question, return_tensors="pt", truncation=True, max_length=longest)
        states: torch.Tensor = self._module.text_encoder(
            input_ids=tokens["input_ids"].to(self._device),
            attention_mask=tokens["attention_mask"].to(self._device),
            encoder_hidden_states=encoded.states[:1],
            encoder_attention_mask=torch.ones(
                (1, encoded.states.shape[1]), dtype=torch.long, device=self._device
            ),
            return_dict=False,
        )[0]
        return states

    def _answer_start(self, count: int) -> torch.Tensor:
        import torch

        start = int(self._module.decoder_start_token_id)
        return torch.full((count, 1), start, dtype=torch.long, device=self._device)

    def _decode(self, ids: torch.Tensor) -> str:
        return str(self._tokenizer.decode(ids, skip_special_tokens=True)).strip()


def _raise_when_set(cancel: CancelToken) -> Callable[[Any], bool]:
    def check(_: Any) -> bool:
        if cancel.is_set():
            raise Cancelled
        return False

    return check


def _criteria(stop: Callable[[Any], bool]) -> Any:
    """A stopping criterion that asks ``stop(input_ids)`` after each token."""
    import torch
    from transformers import StoppingCriteria, StoppingCriteriaList

    class Ask(StoppingCriteria):
        def __call__(self, input_ids: torch.Tensor, scores: Any, **kwargs: Any) -> torch.Tensor:
            return torch.full((input_ids.shape[0],), stop(input_ids), device=input_ids.device)

    return StoppingCriteriaList([Ask()])


def _scores(output: Any, start: int, pad_id: int) -> list[float | None]:
    """Mean log-probability of each sequence's new tokens."""
    import torch

    beam_scores = getattr(output, "sequences_scores", None)
    if beam_scores is not None:
        return [float(score) for score in beam_scores]
    new = output.sequences[:, start:]
    total = torch.zeros(new.shape[0])
    counted = torch.zeros(new.shape[0])
    for step, logits in enumerate(output.scores[: new.shape[1]]):
        tokens = new[:, step]
        logs = logits.float().log_softmax(-1).gather(1, tokens[:, None])[:, 0].cpu()
        kept = (tokens != pad_id).float().cpu()
        total += torch.where(kept > 0, logs, 0.0)
        counted += kept
    return [float(score) for score in total / counted.clamp(min=1)]
