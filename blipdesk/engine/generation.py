"""Writing word by word: greedy, beams, and nucleus sampling, over any decoder with caches.

The loops give the tokens of transformers 5.23's ``generate``: beams as in ``GenerationMixin._beam_search``
with ``early_stopping=False``, scores changed in the order of ``_get_logits_processor``.  What is finished
leaves the batch, so that nothing is worked out for it any more.

Imports torch: family modules import this one inside functions.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import torch

from blipdesk.engine.vision_model import Generation

_NEVER = -1.0e9
"""Score of a beam that must not win; transformers' own number, so that sums round alike."""


class Decoder(Protocol):
    """A text decoder with its caches.  Rows are numbered photo by photo, equally many for each photo."""

    def feed(self, ids: torch.Tensor) -> torch.Tensor:
        """Append tokens, (rows, tokens); returns the logits of the next one, (rows, vocabulary) float32."""
        ...

    def select(self, rows: torch.Tensor) -> None:
        """Go on with these present rows, (photos, rows of each photo); rows may be left out or doubled.

        Each line holds rows of one photo.
        """
        ...


@dataclass(frozen=True, slots=True)
class Written:
    """New tokens of a text without its end token, and their mean log-probability (the end's included)."""

    ids: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be written.

    ``start`` are the tokens of each photo's prompt, (photos, tokens); ``end`` is the token that ends a text;
    ``seeds`` number the photos for sampling.
    """

    start: torch.Tensor
    end: int
    generation: Generation
    seeds: Sequence[int] = ()


OnToken = Callable[[torch.Tensor], bool]
"""Called after each token with the new ones of the first text still written; True ends the writing."""


def write(decoder: Decoder, task: Task, on_token: OnToken) -> list[list[Written]]:
    """Texts for each photo, the best first: ``candidates`` many, searched by beams or drawn, or one.

    Fewer where penalties leave no more ways to go on; an empty one where they leave none.
    ``max_new_tokens`` must fit the decoder.
    """
    if task.generation.num_beams > 1 and not task.generation.sampling:
        return _Beams(decoder, task).run(on_token)
    return _Rows(decoder, task).run(on_token)


def adjust(scores: torch.Tensor, history: torch.Tensor, new: int, task: Task) -> torch.Tensor:
    """Repetition penalty, banned n-grams and minimum length, in that order; changes ``scores`` in place.

    Args:
        scores: logits or log-probabilities, (rows, vocabulary).
        history: all tokens of the rows, prompt included.
        new: how many of them are new.
        task: what is written.
    """
    generation = task.generation
    if generation.repetition_penalty != 1.0:
        said = scores.gather(1, history)
        penalty = generation.repetition_penalty
        scores.scatter_(1, history, torch.where(said < 0, said * penalty, said / penalty))
    if generation.no_repeat_ngram:
        _ban_repeated(scores, history, generation.no_repeat_ngram)
    if new < generation.min_new_tokens:
        scores[:, task.end] = -torch.inf
    return scores


def _ban_repeated(scores: torch.Tensor, history: torch.Tensor, size: int) -> None:
    """No n-gram of ``size`` tokens twice (Paulus et al., arXiv:1705.04304)."""
    for row, tokens in enumerate(history.tolist()):
        last = tokens[len(tokens) - size + 1 :]
        for place in range(len(tokens) - size + 1):
            if tokens[place : place + size - 1] == last:
                scores[row, tokens[place + size - 1]] = -torch.inf


def nucleus(scores: torch.Tensor, temperature: float, top_p: float) -> torch.Tensor:
    """Probabilities of the likeliest tokens that together reach ``top_p``, (rows, vocabulary), the rest 0.

    Holtzman et al., arXiv:1904.09751; temperature first, as transformers' warpers do.
    """
    if temperature != 1.0:
        scores = scores / temperature
    if top_p < 1.0:
        ordered, places = scores.sort(descending=False)
        dropped = ordered.softmax(-1).cumsum(-1) <= 1 - top_p
        dropped[:, -1] = False
        scores = scores.masked_fill(dropped.scatter(1, places, dropped), -torch.inf)
    return scores.softmax(-1)


def streams(seeds: Sequence[int], each: int) -> list[random.Random]:
    """Numbers for ``each`` texts of every photo, whose words depend on its pixels and their number alone."""
    return [random.Random((seed << 16) + candidate) for seed in seeds for candidate in range(each)]


def draw(scores: torch.Tensor, generation: Generation, numbers: Sequence[float]) -> torch.Tensor:
    """A token of each row's :func:`nucleus`, (rows,), picked by a number in [0, 1).

    Summed up on the processor in double precision, which Apple's cards do not have; in single precision
    thousands of unlikely words lose their share.
    """
    heights = nucleus(scores, generation.temperature, generation.top_p).cpu().double().cumsum(-1)
    drawn = torch.tensor(numbers, dtype=torch.double)[:, None] * heights[:, -1:]
    picked = torch.searchsorted(heights, drawn, right=True)[:, 0].clamp(max=scores.shape[1] - 1)
    return picked.to(scores.device)


class _Rows:
    """Texts that do not compete: the likeliest token of each row, or one drawn at random."""

    def __init__(self, decoder: Decoder, task: Task) -> None:
        self._decoder, self._task = decoder, task
        self._each = task.generation.candidates if task.generation.sampling else 1
        count = len(task.start) * self._each
        self._said: list[list[int]] = [[] for _ in range(count)]
        self._logs = [0.0] * count
        self._tokens = [0] * count
        self._random = streams(task.seeds, self._each)
        self._owners = list(range(count))
        """The text that each present row writes; -1: none, the row only fills its line."""
        self._photos = len(task.start)

    def run(self, on_token: OnToken) -> list[list[Written]]:
        task = self._task
        logits = self._decoder.feed(task.start)
        history = task.start
        if self._each > 1:
            lines = torch.arange(len(history), device=history.device)[:, None].expand(-1, self._each)
            self._decoder.select(lines)
            logits, history = logits[lines.flatten()], history[lines.flatten()]
        for new in range(task.generation.max_new_tokens):
            totals = logits.logsumexp(-1)
            kept = logits.clone() if _changes(task.generation) else logits
            tokens = self._choose(adjust(kept, history, new, task))
            logs = logits.gather(1, tokens[:, None])[:, 0] - totals
            history = torch.cat([history, tokens[:, None]], 1)
            ended = self._note(tokens.tolist(), logs.tolist())
            if on_token(history[0, task.start.shape[1] :]) or new + 1 == task.generation.max_new_tokens:
                break
            if ended:
                if not any(owner >= 0 for owner in self._owners):
                    break
                fewer = self._shrink(history.device)
                if fewer is not None:
                    self._decoder.select(fewer)
                    history, tokens = history[fewer.flatten()], tokens[fewer.flatten()]
            logits = self._decoder.feed(tokens[:, None])
        texts = [
            Written(tuple(said), log / max(1, count))
            for said, log, count in zip(self._said, self._logs, self._tokens, strict=True)
        ]
        groups = [texts[place : place + self._each] for place in range(0, len(texts), self._each)]
        return [sorted(group, key=lambda text: -text.score) for group in groups]

    def _choose(self, scores: torch.Tensor) -> torch.Tensor:
        generation = self._task.generation
        if not generation.sampling:
            return scores.argmax(-1)
        numbers = [self._random[owner].random() if owner >= 0 else 0.0 for owner in self._owners]
        return draw(scores, generation, numbers)

    def _note(self, tokens: list[int], logs: list[float]) -> bool:
        """Keep the new tokens; returns whether a text came to its end."""
        ended = False
        for row, owner in enumerate(self._owners):
            if owner < 0:
                continue
            self._logs[owner] += logs[row]
            self._tokens[owner] += 1
            if tokens[row] == self._task.end:
                self._owners[row] = -1
                ended = True
            else:
                self._said[owner].append(tokens[row])
        return ended

    def _shrink(self, device: torch.device) -> torch.Tensor | None:
        """The rows that go on, in lines of equal length, where fewer than the present ones will do."""
        width = len(self._owners) // self._photos
        found = [
            [row for row in range(first, first + width) if self._owners[row] >= 0]
            for first in range(0, len(self._owners), width)
        ]
        lines = [line for line in found if line]  # photos whose texts are all written leave
        longest = max(len(line) for line in lines)
        if longest * len(lines) == len(self._owners):
            return None
        self._photos = len(lines)
        self._owners = [
            self._owners[line[place]] if place < len(line) else -1
            for line in lines
            for place in range(longest)
        ]
        filled = [line + line[:1] * (longest - len(line)) for line in lines]
        return torch.tensor(filled, dtype=torch.long, device=device)


def _changes(generation: Generation) -> bool:
    """True where :func:`adjust` may change scores."""
    return bool(
        generation.repetition_penalty != 1.0 or generation.no_repeat_ngram or generation.min_new_tokens
    )


class _Beams:
    """Beam search, each photo by itself.

    A photo leaves once none of its open beams can better its worst finished one; transformers goes on with
    it, but can only throw away what it finds then.
    """

    def __init__(self, decoder: Decoder, task: Task) -> None:
        self._decoder, self._task = decoder, task
        self._width = task.generation.num_beams
        photos, self._prompt = task.start.shape
        device = task.start.device
        longest = task.generation.max_new_tokens
        self._photos = torch.arange(photos, device=device)
        """The photo of each line."""
        self._open = torch.zeros((photos, self._width), device=device)
        self._open[:, 1:] = _NEVER  # all beams start alike: only the first may be continued
        self._best = torch.full((photos, self._width), _NEVER, device=device)
        self._full = torch.zeros((photos, self._width), dtype=torch.bool, device=device)
        self._done = torch.zeros((photos, self._width, longest), dtype=torch.long, device=device)
        self._lengths = torch.zeros((photos, self._width), dtype=torch.long, device=device)
        self._texts: dict[int, list[Written]] = {}

    def run(self, on_token: OnToken) -> list[list[Written]]:
        task, width = self._task, self._width
        logits = self._decoder.feed(task.start)
        lines = torch.arange(len(task.start), device=logits.device)[:, None].expand(-1, width)
        self._decoder.select(lines)
        logits, history = logits[lines.flatten()], task.start[lines.flatten()]
        for new in range(task.generation.max_new_tokens):
            history, rows = self._step(logits.log_softmax(-1), history, new)
            last = new + 1 == task.generation.max_new_tokens
            if on_token(history[0, self._prompt :]) or last:
                break
            going = self._improvable(new + 1)
            if not going.all():
                self._leave(going)
                if not len(self._photos):
                    break
                rows, history = rows[going], history.view(-1, width, history.shape[1])[going].flatten(0, 1)
            self._decoder.select(rows)
            logits = self._decoder.feed(history[:, -1:])
        self._leave(torch.zeros(len(self._photos), dtype=torch.bool))
        return [self._texts[photo] for photo in range(len(task.start))]

    def _step(self, logs: torch.Tensor, history: torch.Tensor, new: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Continue every line by one token; returns the new history and the rows it came from."""
        width, lines = self._width, len(self._photos)
        words = logs.shape[1]
        totals = adjust(logs, history, new, self._task).view(lines, width, words) + self._open[:, :, None]
        # Twice as many as beams: each beam has one way to end, so that as many as beams go on.
        top, places = totals.flatten(1).topk(2 * width)
        parents, tokens = places // words, places % words
        rows = parents + torch.arange(lines, device=logs.device)[:, None] * width
        longer = torch.cat([history[rows], tokens[:, :, None]], 2)
        last = new + 1 == self._task.generation.max_new_tokens
        ended = torch.ones_like(tokens, dtype=torch.bool) if last else tokens == self._task.end
        self._finish(top, ended, longer[:, :, self._prompt :])
        self._open, going = (top + ended * _NEVER).topk(width)
        picked = longer.gather(1, going[:, :, None].expand(-1, -1, longer.shape[2]))
        return picked.flatten(0, 1), rows.gather(1, going)

    def _finish(self, top: torch.Tensor, ended: torch.Tensor, texts: torch.Tensor) -> None:
        """Take finished texts among the best of their photo; only those of the best ``num_beams`` count."""
        length = texts.shape[2]
        counts = ended.clone()
        counts[:, self._width :] = False
        scores = top / (length**self._task.generation.length_penalty) + ~counts * _NEVER
        self._best, kept = torch.cat([self._best, scores], 1).topk(self._width)
        padded = torch.nn.functional.pad(texts, (0, self._done.shape[2] - length))
        every = torch.cat([self._done, padded], 1)
        self._done = every.gather(1, kept[:, :, None].expand(-1, -1, every.shape[2]))
        self._full = torch.cat([self._full, counts], 1).gather(1, kept)
        lengths = torch.full_like(ended, length, dtype=torch.long)
        self._lengths = torch.cat([self._lengths, lengths], 1).gather(1, kept)

    def _improvable(self, length: int) -> torch.Tensor:
        """Lines whose best open beam may yet better a finished one, were it to end now, (lines,) bool."""
        hope = self._open[:, :1] / (length**self._task.generation.length_penalty)
        worst = torch.where(self._full, self._best.min(1, keepdim=True)[0], _NEVER)
        return torch.any(hope > worst, 1)

    def _leave(self, going: torch.Tensor) -> None:
        """Write down the texts of the lines that do not go on, and keep the others."""
        penalty = self._task.generation.length_penalty
        count = self._task.generation.candidates
        for line in (~going).nonzero()[:, 0].tolist():
            texts = []
            for beam in range(count):
                length = int(self._lengths[line, beam])
                total = float(self._best[line, beam]) * length**penalty if self._full[line, beam] else _NEVER
                if total <= _NEVER / 2:
                    continue  # no more ways to go on: neither a torn text nor one twice
                ids = self._done[line, beam, :length].tolist()
                texts.append(Written(tuple(i for i in ids if i != self._task.end), total / length))
            self._texts[int(self._photos[line])] = texts or [Written((), 0.0)]
        self._photos, self._open = self._photos[going], self._open[going]
        self._best, self._full = self._best[going], self._full[going]
        self._done, self._lengths = self._done[going], self._lengths[going]
