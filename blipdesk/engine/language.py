"""The language model behind a Q-Former: it goes on after visual tokens and a prompt.

BLIP-2 and InstructBLIP end in an OPT, a Llama or a T5 (Li et al. 2023, arXiv:2301.12597, section 3.2).
Visual tokens come first, then the prompt; both are handed over as embeddings, so that no placeholder token
is needed: old checkpoints, whose settings know of none, are read as new ones are, and what comes out is new
text only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.ports import CancelToken
from blipdesk.engine.chat import QUESTION
from blipdesk.engine.text import encodable
from blipdesk.engine.vision_model import GeneratedText, Generation

if TYPE_CHECKING:
    import torch

_CONTEXT = 512
"""Tokens of a context at most, visual ones included, whatever the model's positions would take."""
_CHOICES_AT_ONCE = 16


class LanguageModel:
    """Words from embeddings; greedy, by beams or drawn, through transformers' ``generate``."""

    def __init__(self, module: Any, tokenizer: Any) -> None:
        self._module = module
        self._tokenizer = tokenizer
        config = module.config
        self._embeddings = module.get_input_embeddings()
        self._reads_apart = bool(config.is_encoder_decoder)
        positions = getattr(config, "max_position_embeddings", None) or getattr(config, "n_positions", None)
        self._context = min(_CONTEXT, int(positions or _CONTEXT))
        ends = module.generation_config.eos_token_id
        ends = config.eos_token_id if ends is None else ends
        found = [int(end) for end in ends] if isinstance(ends, list) else [int(ends)]
        if config.model_type == "llama" and tokenizer.eos_token_id is not None:
            found = [int(tokenizer.eos_token_id)]  # Vicuna's config was published with the wrong one
        self._ends = tuple(found)
        pads = (config.pad_token_id, tokenizer.pad_token_id, self._ends[0])
        self._pad = next(int(pad) for pad in pads if pad is not None and pad >= 0)
        start = config.bos_token_id
        self._start = self._ends[0] if start is None else int(start)

    # ---------------------------------------------------------------------------------------------- prompts

    def room(self, visual: int, answer: int) -> int:
        """Tokens of a prompt at most, beside visual tokens and the answer to come."""
        return max(8, self._context - visual - (0 if self._reads_apart else answer))

    def count(self, text: str) -> int:
        """Tokens of a prompt."""
        return len(self._ids(text))

    def cut(self, question: str, room: int, form: Callable[[str], str]) -> str:
        """The beginning of a question whose prompt, ``form(question)``, takes ``room`` tokens at most."""
        if self.count(form(question)) <= room:
            return question
        ids = self._tokenizer(encodable(question), add_special_tokens=False)["input_ids"]
        kept = min(len(ids), max(0, room - self.count(form(""))))
        while True:
            text = str(self._tokenizer.decode(ids[:kept])).strip()
            over = self.count(form(text)) - room  # half a character is more tokens than it was
            if over <= 0 or kept == 0:
                return text
            kept = max(0, kept - over)

    def _ids(self, prompt: str) -> list[int]:
        """The prompt's tokens with those that open or close a text, as the processor gives them."""
        if not prompt:
            return [self._start]
        rows = int(self._embeddings.num_embeddings)
        return [int(token) for token in self._tokenizer(encodable(prompt))["input_ids"] if token < rows]

    def _before(self, visual: torch.Tensor, prompt: str, room: int) -> torch.Tensor:
        """Visual tokens and prompt as embeddings, (pictures, tokens, width)."""
        import torch

        ids = torch.tensor([self._ids(prompt)[:room]], device=_device_of(self._embeddings))
        text = self._embeddings(ids).expand(len(visual), -1, -1)
        return torch.cat([visual.to(text.device, text.dtype), text], 1)

    # --------------------------------------------------------------------------------------------- captions

    def captions(
        self, visual: torch.Tensor, generation: Generation, seeds: Sequence[int], cancel: CancelToken
    ) -> list[list[GeneratedText]]:
        """Texts for each picture, best first.

        Args:
            visual: (pictures, tokens, width) in the language model's space.
            generation: how; its prompt is not repeated in the texts.
            seeds: a number per picture, for drawn texts.
            cancel: asked at each token.

        Raises:
            Cancelled: the token was set.
        """
        count = generation.candidates
        room = self.room(visual.shape[1], generation.max_new_tokens)
        before = self._before(visual, generation.prompt, room)
        if generation.sampling:
            before = before.repeat_interleave(count, 0)
        output = self._generate(before, generation, seeds, _raise_when_set(cancel))
        rows = self._new(output.sequences)
        texts = self._tokenizer.batch_decode(rows, skip_special_tokens=True)
        found = [
            GeneratedText(text.strip(), score)
            for text, score in zip(texts, self._scores(output, rows, generation.length_penalty), strict=True)
        ]
        groups = [found[index : index + count] for index in range(0, len(found), count)]
        if generation.sampling:
            return [sorted(group, key=lambda text: -(text.score or 0.0)) for group in groups]
        return groups

    def _generate(
        self,
        before: torch.Tensor,
        generation: Generation,
        seeds: Sequence[int],
        stop: Callable[[torch.Tensor], bool],
    ) -> Any:
        import torch

        limit = self._context if self._reads_apart else self._context - before.shape[1]
        longest = max(1, min(generation.max_new_tokens, limit))
        return self._module.generate(
            inputs_embeds=before,
            attention_mask=torch.ones(before.shape[:2], dtype=torch.long, device=before.device),
            max_new_tokens=longest,
            min_new_tokens=min(generation.min_new_tokens, longest) or None,
            do_sample=False,
            num_beams=generation.num_beams,
            length_penalty=generation.length_penalty,
            eos_token_id=list(self._ends),
            pad_token_id=self._pad,
            num_return_sequences=1 if generation.sampling else generation.candidates,
            logits_processor=_processors(generation, seeds),
            stopping_criteria=_criteria(stop),
            return_dict_in_generate=True,
            output_logits=generation.num_beams == 1,
            output_scores=generation.num_beams > 1,
        )

    def _new(self, sequences: torch.Tensor) -> torch.Tensor:
        """Generated tokens only: a T5's sequence opens with its start token."""
        return sequences[:, 1:] if self._reads_apart else sequences

    def _scores(self, output: Any, rows: torch.Tensor, penalty: float) -> list[float]:
        """Mean log-probability of each sequence's tokens, its end included."""
        import torch

        ended = torch.isin(rows, torch.tensor(self._ends, device=rows.device))
        counted = ended.cumsum(1) - ended.long() == 0
        lengths = counted.sum(1).clamp(min=1)
        beams = getattr(output, "sequences_scores", None)
        if beams is not None:  # divided by length ** penalty, for the search alone
            return [float(mean) for mean in beams.to(rows.device) * lengths.float() ** (penalty - 1)]
        total = torch.zeros(len(rows), device=rows.device)
        for step, logits in enumerate(output.logits[: rows.shape[1]]):
            logs = logits.to(rows.device).float().log_softmax(-1).gather(1, rows[:, step, None])[:, 0]
            total += torch.where(counted[:, step], logs, 0.0)
        return [float(mean) for mean in total / lengths]

    # ---------------------------------------------------------------------------------------------- answers

    def say(
        self,
        visual: torch.Tensor,
        prompt: str,
        longest: int,
        on_token: Callable[[str], None],
        cancel: CancelToken,
    ) -> tuple[str, bool]:
        """The likeliest words after one picture and a prompt, and whether they were stopped.

        ``on_token`` gets the text so far after each token, and last the whole of it.
        """
        stopped = False
        heard = ""

        def watch(ids: torch.Tensor) -> bool:
            nonlocal stopped, heard
            raw = str(self._tokenizer.decode(self._new(ids)[0], skip_special_tokens=True)).strip()
            said = _settled(raw)
            if len(said) > len(heard) and said.startswith(heard):
                heard = said
                on_token(said)
            stopped = stopped or cancel.is_set()
            return stopped or QUESTION in raw

        before = self._before(visual, prompt, self.room(visual.shape[1], longest))
        output = self._generate(before, Generation(max_new_tokens=longest), (), watch)
        raw = str(self._tokenizer.decode(self._new(output.sequences)[0], skip_special_tokens=True))
        text = raw.split(QUESTION, maxsplit=1)[0].strip()
        if text != heard:
            on_token(text)
        return text, stopped

    # ------------------------------------------------------------------------------------------ closed ones

    def rank(
        self, visual: torch.Tensor, prompt: str, choices: Sequence[str], longest: int, cancel: CancelToken
    ) -> list[float]:
        """The log-likelihood of each choice as all that follows one picture and a prompt.

        ``longest``: tokens of a choice that are looked at, its end included.

        Raises:
            Cancelled: the token was set.
        """
        import torch

        before = self._before(visual, prompt, self.room(visual.shape[1], longest))
        endings = [self._ending(prompt, choice, longest) for choice in choices]
        found: list[float] = []
        state = self._read(before)
        for start in range(0, len(endings), _CHOICES_AT_ONCE):
            if cancel.is_set():
                raise Cancelled
            part = endings[start : start + _CHOICES_AT_ONCE]
            length = max(len(ids) for ids in part)
            ids = torch.tensor(
                [row + [self._pad] * (length - len(row)) for row in part], device=before.device
            )
            kept = torch.tensor(
                [[1] * len(row) + [0] * (length - len(row)) for row in part], device=before.device
            )
            logs = self._logits(state, before, ids, kept).float().log_softmax(-1)
            found += [float(total) for total in (logs.gather(2, ids[..., None])[..., 0] * kept).sum(1)]
        return found

    def _ending(self, prompt: str, choice: str, longest: int) -> list[int]:
        """A choice's tokens as they stand after the prompt, closed by the token that ends a text."""
        plain: dict[str, Any] = {"add_special_tokens": False}
        choice = encodable(choice.strip())
        if self._reads_apart:
            ids = self._tokenizer(choice, **plain)["input_ids"]
        else:
            opening = self._tokenizer(encodable(prompt), **plain)["input_ids"]
            whole = self._tokenizer(f"{encodable(prompt)} {choice}", **plain)["input_ids"]
            joined = whole[: len(opening)] == opening
            ids = whole[len(opening) :] if joined else self._tokenizer(f" {choice}", **plain)["input_ids"]
        rows = int(self._embeddings.num_embeddings)
        known = [int(token) for token in ids if token < rows]
        return [*known[: longest - 1], self._ends[0]]

    def _read(self, before: torch.Tensor) -> Any:
        """What the choices share: the encoder's states, or the cache of all but the last token."""
        if self._reads_apart:
            return self._module.get_encoder()(inputs_embeds=before)
        return self._module(inputs_embeds=before[:, :-1], use_cache=True).past_key_values

    def _logits(
        self, state: Any, before: torch.Tensor, ids: torch.Tensor, kept: torch.Tensor
    ) -> torch.Tensor:
        """Logits of each token of the choices, (choices, tokens, vocabulary)."""
        import copy

        import torch

        logits: torch.Tensor
        if self._reads_apart:
            first = torch.full_like(ids[:, :1], int(self._module.config.decoder_start_token_id))
            widened = copy.copy(state)
            widened["last_hidden_state"] = state.last_hidden_state.expand(len(ids), -1, -1)
            logits = self._module(
                encoder_outputs=widened, decoder_input_ids=torch.cat([first, ids[:, :-1]], 1)
            ).logits
            return logits
        cache = copy.deepcopy(state)
        cache.batch_repeat_interleave(len(ids))
        inputs = torch.cat([before[:, -1:].expand(len(ids), -1, -1), self._embeddings(ids[:, :-1])], 1)
        mask = torch.cat(
            [torch.ones((len(ids), before.shape[1]), dtype=kept.dtype, device=kept.device), kept], 1
        )
        logits = self._module(inputs_embeds=inputs, attention_mask=mask[:, :-1], past_key_values=cache).logits
        return logits


def _device_of(module: Any) -> Any:
    """Where a module computes: its weights may lie in the main memory until then (accelerate's hooks)."""
    hook = getattr(module, "_hf_hook", None)
    device = getattr(hook, "execution_device", None)
    return module.weight.device if device is None else device


def _settled(raw: str) -> str:
    """Text so far without what the next token may change: half a character, the mark of a question."""
    text = raw.split(QUESTION, maxsplit=1)[0].rstrip("\ufffd")
    for length in range(len(QUESTION) - 1, 0, -1):
        if text.endswith(QUESTION[:length]):
            return text[:-length].rstrip()
    return text.rstrip()


def _raise_when_set(cancel: CancelToken) -> Callable[[Any], bool]:
    def check(_: Any) -> bool:
        if cancel.is_set():
            raise Cancelled
        return False

    return check


def _criteria(stop: Callable[[Any], bool]) -> Any:
    """A stopping criterion that asks ``stop(token ids)`` after each token."""
    import torch
    from transformers import StoppingCriteria, StoppingCriteriaList

    class Ask(StoppingCriteria):
        def __call__(self, input_ids: torch.Tensor, scores: Any, **kwargs: Any) -> torch.Tensor:
            return torch.full((input_ids.shape[0],), stop(input_ids), device=input_ids.device)

    return StoppingCriteriaList([Ask()])


def _processors(generation: Generation, seeds: Sequence[int]) -> Any:
    """What is done to the logits of each new token; penalties look at new tokens, never at the prompt's."""
    import transformers

    found = transformers.LogitsProcessorList()
    if generation.repetition_penalty != 1.0:
        found.append(transformers.RepetitionPenaltyLogitsProcessor(generation.repetition_penalty))
    if generation.no_repeat_ngram:
        found.append(transformers.NoRepeatNGramLogitsProcessor(generation.no_repeat_ngram))
    if generation.sampling:
        found.append(_draw(generation, seeds))
    return found


def _draw(generation: Generation, seeds: Sequence[int]) -> Any:
    """A logits processor that draws each row's token with that row's own numbers.

    transformers' ``do_sample`` draws all rows from one stream, so that a caption would depend on its batch.
    """
    import torch
    from transformers import LogitsProcessor

    from blipdesk.engine.generation import draw, streams

    rows = streams(seeds, generation.candidates)

    class Draw(LogitsProcessor):
        def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
            chosen = draw(scores.float(), generation, [row.random() for row in rows])
            return torch.full_like(scores, -torch.inf).scatter_(1, chosen[:, None], 0.0)

    return Draw()
