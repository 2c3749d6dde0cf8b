"""BLIP: captions (BlipForConditionalGeneration) and answers (BlipForQuestionAnswering).

Li et al. 2022, arXiv:2201.12086.  The image is encoded once for all its candidates, then the text decoder
generates through transformers' own ``generate`` with its key-value cache: in fp32 the tokens are those of
``BlipProcessor`` and ``generate``.  transformers 5.23 runs BLIP's attention eager; there is no sdpa class.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from blipdesk.domain.errors import Cancelled, ModelError
from blipdesk.domain.jobs import PixelImage
from blipdesk.domain.ports import CancelToken
from blipdesk.engine.checkpoints import Checkpoint, read_json
from blipdesk.engine.loading import load_weights
from blipdesk.engine.registry import ANSWER
from blipdesk.engine.vision_model import GeneratedText, Generation

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
    settings = _preprocessor_settings(checkpoint)
    if len(tokenizer) > module.config.text_config.vocab_size:
        raise ModelError(f"The tokenizer of {checkpoint.title} belongs to another model.", "Get it again.")
    return BlipModel(module, tokenizer, settings, answers=ANSWER in checkpoint.tasks)


def _preprocessor_settings(checkpoint: Checkpoint) -> dict[str, Any]:
    path = checkpoint.path / "preprocessor_config.json"
    if path.is_file():
        return read_json(path, checkpoint.key)
    inner = read_json(checkpoint.path / "processor_config.json", checkpoint.key).get("image_processor")
    return inner if isinstance(inner, dict) else {}


class BlipModel:
    """Implements :class:`~blipdesk.engine.vision_model.VisionModel` for one loaded BLIP."""

    def __init__(self, module: Any, tokenizer: Any, preprocessor: dict[str, Any], *, answers: bool) -> None:
        self._module = module
        self._tokenizer = tokenizer
        self._answers = answers
        weight = next(module.parameters())
        self._device, self._dtype = weight.device, weight.dtype
        vision = module.config.vision_config
        self.image_size = int(vision.image_size)
        patches = (self.image_size // int(vision.patch_size)) ** 2 + 1
        widths = 8 * int(vision.hidden_size) + 2 * int(vision.intermediate_size)
        maps = 3 * int(vision.num_attention_heads) * patches
        self.activation_bytes = patches * (widths + maps) * 4
        self._levels = _level_table(preprocessor).to(self._device)

    # ------------------------------------------------------------------------------------------- captions

    def caption(
        self, images: Sequence[PixelImage], generation: Generation, cancel: CancelToken
    ) -> list[list[GeneratedText]]:
        """See the port."""
        import torch

        if self._answers:
            raise ModelError("This checkpoint answers questions; it cannot write captions.")
        if cancel.is_set():
            raise Cancelled
        with torch.inference_mode():
            states = self._module.vision_model(pixel_values=self._pixels(images)).last_hidden_state
            start = self._prompt_ids(generation.prompt, len(images))
            output = self._generate(states, start, generation, cancel)
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
        image: PixelImage,
        question: str,
        on_token: Callable[[str], None],
        cancel: CancelToken,
    ) -> tuple[str, bool]:
        """See the port."""
        import torch

        if not self._answers:
            raise ModelError("This checkpoint writes captions; it cannot answer questions.")
        text = self._module.config.text_config
        stopped = False

        def watch(ids: torch.Tensor) -> bool:
            nonlocal stopped
            said = self._decode(ids[0])
            if said:
                on_token(said)
            stopped = stopped or cancel.is_set()
            return stopped

        if cancel.is_set():
            return "", True
        with torch.inference_mode():
            encoded = self._tokenizer(
                question, return_tensors="pt", truncation=True, max_length=int(text.max_position_embeddings)
            )
            output = self._module.generate(
                input_ids=encoded["input_ids"].to(self._device),
                attention_mask=encoded["attention_mask"].to(self._device),
                pixel_values=self._pixels([image]),
                max_new_tokens=self._room(_ANSWER_TOKENS, 1),
                do_sample=False,
                num_beams=1,
                stopping_criteria=_criteria(watch),
            )
        return self._decode(output[0]), stopped

    def _decode(self, ids: torch.Tensor) -> str:
        return str(self._tokenizer.decode(ids, skip_special_tokens=True)).strip()

    # --------------------------------------------------------------------------------------------- pixels

    def _pixels(self, images: Sequence[PixelImage]) -> torch.Tensor:
        """Normalised input, (images, 3, size, size); from a table: every bit equals the processor's."""
        import torch

        size = self.image_size
        raw = bytearray(b"".join(image.rgb for image in images))
        levels = torch.frombuffer(raw, dtype=torch.uint8).to(self._device).view(len(images), size, size, 3)
        planes = [self._levels[channel][levels[..., channel].long()] for channel in range(3)]
        return torch.stack(planes, 1).to(self._dtype)


def _level_table(settings: dict[str, Any]) -> torch.Tensor:
    """Normalised value of each 8-bit level and channel, (3, 256) float32, as transformers computes it."""
    import numpy as np
    import torch
    from transformers.utils.constants import OPENAI_CLIP_MEAN, OPENAI_CLIP_STD  # the processor's own defaults

    mean = np.array(settings.get("image_mean") or OPENAI_CLIP_MEAN, dtype=np.float32)
    std = np.array(settings.get("image_std") or OPENAI_CLIP_STD, dtype=np.float32)
    levels = np.arange(256).astype(np.float64)
    if settings.get("do_rescale", True):
        levels = levels * float(settings.get("rescale_factor", 1 / 255))
    table = np.repeat(levels.astype(np.float32)[None], 3, axis=0)
    if settings.get("do_normalize", True):
        table = (table - mean[:, None]) / std[:, None]
    return torch.from_numpy(table.astype(np.float32))


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
