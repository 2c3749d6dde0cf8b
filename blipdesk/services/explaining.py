"""Where in a photo the words of a text are seen."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace

from blipdesk.domain.errors import ModelError, UsageError
from blipdesk.domain.jobs import DecodedPhoto, EngineSettings, Explanation, HeatMap
from blipdesk.domain.values import MatchScore
from blipdesk.domain.wording import later
from blipdesk.domain.words import STOP_WORDS
from blipdesk.pipeline import Pipeline
from blipdesk.pipeline.questions import where_question
from blipdesk.services.handing_on import hand_on

PICTURE_EDGE = 1600
"""Longest edge of a drawn heat map, pixels."""
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_PLACES = (
    (later("top left"), later("top"), later("top right")),
    (later("left"), later("middle"), later("right")),
    (later("bottom left"), later("bottom"), later("bottom right")),
)


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word of the text, ``text[start:end]``, and where it is seen."""

    word: str
    start: int
    end: int
    heat: HeatMap

    @property
    def hottest(self) -> tuple[float, float]:
        """The middle of the hottest cell, as shares of width (from the left) and height (from the top)."""
        cell = max(range(len(self.heat.values)), key=self.heat.values.__getitem__)
        row, column = divmod(cell, self.heat.width)
        return (column + 0.5) / self.heat.width, (row + 0.5) / self.heat.height

    @property
    def place(self) -> str:
        """The same in words: ``top left``, ``right``, ``middle``."""
        x, y = self.hottest
        return _PLACES[int(y * 3)][int(x * 3)]


@dataclass(frozen=True, slots=True)
class Seen:
    """How well a text fits a photo, and where its words (or the one asked for) are seen."""

    text: str
    match: MatchScore
    words: tuple[SeenWord, ...]
    model_key: str
    unread: str = ""
    """The end of a text that is too long for the model: it did not come to it."""
    damaged: bool = False
    """Only a part of the photo can be read."""

    def at(self, start: int, end: int) -> SeenWord | None:
        """The word that stands at ``text[start:end]``; None where the model did not come to it."""
        return next((word for word in self.words if word.start < end and start < word.end), None)

    @property
    def heat(self) -> HeatMap:
        """One map of all the words, as of one that stands in several places: the hottest of each cell."""
        first = self.words[0].heat
        cells = zip(*(seen.heat.values for seen in self.words), strict=True)
        return HeatMap(first.width, first.height, tuple(map(max, cells)))


class ExplainingService:
    """Heat maps of words, worked out by the retrieval model; nothing of them is kept."""

    def __init__(self, pipeline: Callable[[], Pipeline]) -> None:
        self._pipeline = pipeline

    def explain(self, path: str, text: str, word: str = "", engine: EngineSettings | None = None) -> Seen:
        """Where the words of a text, or only one, are seen in a photo; takes as long as it takes.

        Words that name nothing to be seen ("a", "and", "in") are left out where there are others.

        Args:
            path: a picture file; it need not be in the catalog.
            text: a caption, or any other words.
            word: only this one of them, in any case, wherever it stands.
            engine: the checkpoint that looks; None: the one of the settings.

        Raises:
            UsageError: the text has no words, or not this one.
            PhotoError: the file cannot be read.
            ModelError: there is no retrieval model, or it cannot be used.
        """
        wanted = _folded(word)
        there = dict.fromkeys(found.group() for found in _WORD.finditer(text))
        if there and word and wanted not in map(_folded, there):
            raise UsageError(
                later("The word {word} is not in “{words}”.").format(word=repr(word), words=text),
                later("Its words: {there}.").format(there=", ".join(there)),
            )
        seen = self.begin(path, text, engine).result()
        if word:
            words = [each for each in seen.words if _folded(each.word) == wanted]
        else:
            words = [each for each in seen.words if _folded(each.word) not in STOP_WORDS] or [*seen.words]
        if not words:
            raise _too_long(word)
        return replace(seen, words=tuple(words))

    def begin(self, path: str, text: str, engine: EngineSettings | None = None) -> Future[Seen]:
        """Have all words of a text looked for in a photo; immediate.  Cancelling lets the question go.

        Args:
            path: a picture file.
            text: a caption, or any other words.
            engine: the checkpoint that looks; None: the one of the settings.

        Returns:
            What was seen; :class:`PhotoError` or :class:`ModelError` as of :meth:`explain`.

        Raises:
            UsageError: the text has no words.
        """
        if not _WORD.search(text):
            raise UsageError(
                later("There are no words to look for."), later("Give some, for example: a dog on a beach")
            )
        stop, found = threading.Event(), Future[Seen]()
        decoded: list[DecodedPhoto] = []
        question = where_question(path, text, stop, engine)
        asked = self._pipeline().ask(replace(question, on_decoded=decoded.append))

        def let_go(ended: Future[Seen]) -> None:
            if ended.cancelled():
                stop.set()
                asked.cancel()

        found.add_done_callback(let_go)
        hand_on(asked, lambda answer: _seen(answer, decoded[0].damaged), found)
        return found

    def draw(self, path: str, heat: HeatMap) -> bytes:
        """A heat map over its photo, as PNG.

        Raises:
            PhotoError: the file cannot be read.
        """
        from blipdesk.imaging.heat import draw_heat

        picture = self._pipeline().load_preview_of(path, PICTURE_EDGE)
        return draw_heat(picture, heat.width, heat.height, heat.values)


def check_map_path(path: str) -> None:
    """See that a heat map may be written there: a new file, or an earlier map; never over a photo.

    Raises:
        UsageError: it may not.
    """
    from blipdesk.imaging.heat import is_heat_map

    if not path.lower().endswith(".png"):
        raise UsageError(
            later("{path} is no name for a heat map.").format(path=path),
            later("Maps are PNG files: give it the ending .png."),
        )
    folder = os.path.dirname(path) or os.curdir
    if not os.path.isdir(folder):
        raise UsageError(
            later("The folder {folder} is not there.").format(folder=folder),
            later("Make it first, or name another."),
        )
    try:
        if os.path.lexists(path) and not (os.path.isfile(path) and is_heat_map(path)):
            raise UsageError(
                later("{path} is there already and is no heat map: it stays.").format(path=path),
                later("Give another name."),
            )
    except OSError as error:
        raise UsageError(
            later("{path} cannot be read ({reason}).").format(path=path, reason=error.strerror or error)
        ) from error


def write_map(path: str, png: bytes) -> None:
    """Write a drawn heat map, whole or not at all.

    Raises:
        UsageError: it cannot be written, or something else lies there by now.
    """
    check_map_path(path)
    part = ""
    try:
        handle, part = tempfile.mkstemp(prefix=".heat-", dir=os.path.dirname(path) or os.curdir)
        with open(handle, "wb") as file:
            file.write(png)
        os.chmod(part, 0o644)
        os.replace(part, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise UsageError(
            later("{path} cannot be written ({reason}).").format(path=path, reason=error.strerror or error)
        ) from error


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a text stand; those that name nothing to be seen only if there are no others.

    >>> word_spans("a dog on the beach"), word_spans("on a")
    ([(2, 5), (13, 18)], [(0, 2), (3, 4)])
    """
    found = [match.span() for match in _WORD.finditer(text)]
    return [(start, end) for start, end in found if _folded(text[start:end]) not in STOP_WORDS] or found


def _seen(explanation: Explanation, damaged: bool) -> Seen:
    text = explanation.text
    words = [
        SeenWord(text[each.start : each.end], each.start, each.end, each.heat) for each in explanation.words
    ]
    rest = text[words[-1].end :] if words else text
    unread = rest.strip() if _WORD.search(rest) else ""
    return Seen(text, explanation.match, tuple(words), explanation.model_key, unread, damaged)


def _too_long(word: str) -> ModelError:
    return ModelError(
        later("The text is too long for the model: it did not come to {value}.").format(
            value=repr(word or "any word")
        ),
        later("Give a shorter one."),
    )


def _folded(word: str) -> str:
    """What makes two spellings one word: no case, nothing around it."""
    return word.strip(" .,;:!?\"'").casefold()
