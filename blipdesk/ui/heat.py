"""Where a word of a caption is seen: asked of the model off the GUI thread, and drawn over the photo."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import Future
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QImage

from blipdesk.domain.jobs import HeatMap
from blipdesk.domain.values import Photo, Sureness
from blipdesk.domain.wording import joined, retold, tr
from blipdesk.ui.pane.awaited import Wire
from blipdesk.ui.tasks import LatestTask, single_shot
from blipdesk.ui.theme import HEAT
from blipdesk.ui.words import error_words, quoted

if TYPE_CHECKING:
    from blipdesk.services.explaining import Seen, SeenWord
    from blipdesk.services.workspace import Workspace

_DWELL_MS = 150
"""A pointer that only crosses a caption asks nothing: a model may have to be loaded for the answer."""
_SLOW_MS = 2500
_KEPT = 8
"""Captions whose answers are remembered: 0.2 MB for ten words on BLIP's grid of 24 by 24."""
_DOUBLINGS = 3
"""How often a map is smoothly doubled before it is drawn: enlarged at once, cells are seen as lozenges."""


class HeatedWord(QObject):
    """The word of a caption that is pointed at, and where it is seen.

    All words of a caption come with one answer, which is remembered.  Only the newest caption is asked about:
    another one lets the question before it go.  ``changed``: :attr:`image` and :attr:`note` are others now.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, owner: QObject) -> None:
        super().__init__(owner)
        self._workspace = workspace
        self._photo: Photo | None = None
        self._text = ""
        self._span: tuple[int, int] | None = None
        self._known: OrderedDict[tuple[int, str, str], Seen] = OrderedDict()
        self._problem = ""
        self._is_asked = False
        self._task, self._wire = LatestTask(self), Wire()
        self._wire.finished.connect(self._on_finished)
        self._future: Future[Seen] | None = None
        self._asked = _Asked()
        self._dwell = single_shot(self, _DWELL_MS, self._ask)
        self._slow = single_shot(self, _SLOW_MS, self.changed.emit)
        self._drawn: tuple[HeatMap, QImage] | None = None

    def show_caption(self, photo: Photo | None, text: str) -> None:
        """Point at no word, of this caption from now on; a question about another is let go."""
        former = None if self._photo is None else self._key(self._photo)
        self._photo, self._text = photo, text
        if photo is None or self._key(photo) != former:
            self._let_go()
            self.point_at(None)

    def point_at(self, span: tuple[int, int] | None) -> None:
        """Point at ``text[start:end]``, or at nothing."""
        if span == self._span:
            return
        self._span = span
        if span is None and not self._is_asked:
            self._dwell.stop()
        elif span is not None and self._seen is None and not self._is_asked:
            self._dwell.start()
        self.changed.emit()

    def forget(self) -> None:
        """Let everything go."""
        self.show_caption(None, "")
        self._known.clear()
        self._drawn = None

    # ------------------------------------------------------------------------------------ what is seen

    @property
    def word(self) -> SeenWord | None:
        """The word that is pointed at, once it is known where it is seen."""
        seen = self._seen
        return None if seen is None or self._span is None else seen.at(*self._span)

    @property
    def image(self) -> QImage | None:
        """Its heat, to be stretched over the whole picture."""
        word = self.word
        if word is None:
            return None
        if self._drawn is None or self._drawn[0] is not word.heat:
            self._drawn = word.heat, heat_image(word.heat)
        return self._drawn[1]

    @property
    def note(self) -> str:
        """What there is to say of it: where it is seen, or why that is not known (yet)."""
        if self._span is None or self._photo is None:
            return ""
        word, seen, found = quoted(self._text[slice(*self._span)]), self._seen, self.word
        if self._problem:
            return self._problem
        if seen is None:
            looking = tr("Looking for {word}…", word=word)
            if not self._is_asked or self._slow.isActive():
                return looking
            return joined(looking, tr("The model is busy, or has to be loaded first."))
        if found is None:
            return tr("The caption is too long for the model: it did not come to {word}.", word=word)
        if seen.match.sureness is Sureness.UNSURE:
            return tr(
                "{word}: {place}, but the caption may not fit the photo", word=word, place=retold(found.place)
            )
        return tr("{word}: {place}", word=word, place=retold(found.place))

    @property
    def _seen(self) -> Seen | None:
        return None if self._photo is None else self._known.get(self._key(self._photo))

    def _key(self, photo: Photo) -> tuple[int, str, str]:
        return photo.id, photo.content_hash, self._text

    # ------------------------------------------------------------------------------------ asking

    def _ask(self) -> None:
        photo, text, workspace = self._photo, self._text, self._workspace
        if photo is None:
            return
        path, asked = photo.path, _Asked()

        def ask() -> Future[Seen]:
            return asked.hold(workspace.explaining.begin(path, text, workspace.matching_engine(path, None)))

        self._is_asked, self._asked = True, asked
        self._slow.start()
        self._task.start(ask, self._on_begun, self._on_failed, priority=1)

    def _on_begun(self, future: Future[Seen]) -> None:
        self._future = future
        future.add_done_callback(self._wire.send_finished)

    def _on_finished(self, future: Future[Seen]) -> None:
        if future is not self._future or self._photo is None:
            return  # one has gone on meanwhile
        self._future = None
        error = future.exception()
        if isinstance(error, Exception):
            self._on_failed(error)
            return
        self._known[self._key(self._photo)] = future.result()
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        self._is_asked = False
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._problem = error_words("", error)  # asked again with the next photo, not with the next word
        self.changed.emit()

    def _let_go(self) -> None:
        self._dwell.stop()
        self._slow.stop()
        self._task.cancel()
        self._future = None
        self._asked.let_go()
        self._problem, self._is_asked = "", False


class _Asked:
    """A question that may be let go at any time, also while it is being put."""

    def __init__(self) -> None:
        self._future: Future[Seen] | None = None
        self._is_let_go = False

    def hold(self, future: Future[Seen]) -> Future[Seen]:
        """It is put now; on whatever thread."""
        self._future = future
        if self._is_let_go:
            future.cancel()
        return future

    def let_go(self) -> None:
        """Nobody waits for the answer any more."""
        self._is_let_go = True
        if self._future is not None:
            self._future.cancel()


def heat_image(heat: HeatMap) -> QImage:
    """A heat map in colours, half seen through: what is cold darkens the photo, what is hot shines on it."""
    values = bytes(round(255 * min(max(value, 0.0), 1.0)) for value in heat.values)
    image = QImage(values, heat.width, heat.height, heat.width, QImage.Format.Format_Grayscale8)
    for _ in range(_DOUBLINGS):
        image = image.scaled(
            image.size() * 2,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        ).convertToFormat(QImage.Format.Format_Grayscale8)
    indexed = QImage(
        image.constBits(), image.width(), image.height(), image.bytesPerLine(), QImage.Format.Format_Indexed8
    )
    peak = max(image.constBits()) or 1  # smoothing has lowered it
    indexed.setColorTable([_colours()[min(255 * value // peak, 255)] for value in range(256)])
    return indexed.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


@cache
def _colours() -> list[int]:
    """The colour of each heat from 0 to 255, between those of the theme."""
    found = []
    for value in range(256):
        share = value / 255
        upper = next(n for n in range(1, len(HEAT)) if share <= HEAT[n][0])
        (low, *_), (high, *_) = HEAT[upper - 1], HEAT[upper]
        part = (share - low) / (high - low)
        one, two = (_channels(*stop[1:]) for stop in (HEAT[upper - 1], HEAT[upper]))
        found.append(QColor(*(round(a + (b - a) * part) for a, b in zip(one, two, strict=True))).rgba())
    return found


def _channels(name: str, alpha: int) -> tuple[int, int, int, int]:
    colour = QColor(name)
    return colour.red(), colour.green(), colour.blue(), alpha
