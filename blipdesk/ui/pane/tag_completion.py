"""Tags that are there already, offered while one is typed: those that begin with it first, with counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from blipdesk.domain.wording import plural, tr
from blipdesk.domain.words import fold_text
from blipdesk.ui.pane.texts import set_reading, shown
from blipdesk.ui.tasks import run_in_pool
from blipdesk.ui.theme import RADIUS_CONTROL, SIZE_META, SPACE_L, SPACE_S, colors, font

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace
    from blipdesk.ui.pane.keywords import KeywordBar

KNOWN = 20_000
"""Tags that are looked through at each key, the most frequent."""
MOST = 8
"""Tags that are offered at once."""
_ROW, _WIDTH = 28, 220
_COUNT = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class KnownTag:
    """A tag of the library, as it is spelled and as it is compared, and how many photos have it."""

    name: str
    folded: str
    count: int


def known_tags(keywords: Sequence[tuple[str, int]]) -> list[KnownTag]:
    """Tags with their counts, ready to be looked through at each key; called in the pool."""
    return [KnownTag(name, fold_text(name), count) for name, count in keywords]


def read_known(workspace: Workspace, field: KeywordBar) -> None:
    """Let a field complete the tags of the library, once they are read."""
    run_in_pool(lambda: known_tags(workspace.library.top_keywords(KNOWN)), field.set_known, owner=field)


def last_part(text: str) -> tuple[str, str]:
    """What stands before the tag that is being typed, and that tag.

    >>> last_part("summer, bea"), last_part("bea")
    (('summer, ', 'bea'), ('', 'bea'))
    """
    cut = max(text.rfind(","), text.rfind(";")) + 1
    rest = text[cut:]
    typed = rest.lstrip()
    return text[: len(text) - len(typed)], typed


class TagOffers(QAbstractListModel):
    """The tags that fit what is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.before = ""
        self._known: list[KnownTag] = []
        self._offered: list[KnownTag] = []

    def set_known(self, known: list[KnownTag]) -> None:
        """Offer from these, the most frequent first."""
        self._known = known

    def look_up(self, text: str, there: Collection[str]) -> None:
        """Offer what fits the end of a text: what begins with it, then what has a word that does.

        Args:
            text: the field's; several tags may be parted by commas.
            there: names that the photo has already, folded.
        """
        self.before, typed = last_part(text)
        part = fold_text(typed.strip())
        self.beginResetModel()
        self._offered = []
        if part:
            first = [tag for tag in self._known if tag.folded.startswith(part)]
            later = [tag for tag in self._known if f" {part}" in tag.folded]
            fitting = dict.fromkeys([*first, *later])
            self._offered = [tag for tag in fitting if tag.folded not in there][:MOST]
        self.endResetModel()

    @property
    def names(self) -> list[str]:
        """What is offered now."""
        return [tag.name for tag in self._offered]

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._offered)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._offered):
            return None
        tag = self._offered[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return shown(tag.name)
        if role == _COUNT:
            return tag.count
        if role == Qt.ItemDataRole.AccessibleTextRole:
            photos = plural(tag.count, tr("{n} photo"), tr("{n} photos"))
            return tr("{name}, {photos}", name=shown(tag.name), photos=photos)
        return None


class TagCompleter(QCompleter):
    """Completes the tag behind the last comma; what comes before stays."""

    def __init__(self, offers: TagOffers, field: QLineEdit) -> None:
        super().__init__(offers, field)
        self._offers, self._field = offers, field
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(MOST)
        popup = QListView()
        popup.setMinimumWidth(_WIDTH)
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        popup.setUniformItemSizes(True)
        set_reading(popup, tr("Tags to choose from"))
        self.offered = popup
        """The list of the offers."""
        self.setPopup(popup)
        popup.setItemDelegate(_OfferDelegate(popup))  # only now: the completer brings one of its own

    @override
    def pathFromIndex(self, index: _Index) -> str:
        return self._offers.before + str(index.data(Qt.ItemDataRole.EditRole) or "")

    @override
    def splitPath(self, path: str) -> list[str]:
        return [""]  # what fits is looked up by the model itself

    def takes(self, event: QKeyEvent) -> bool:
        """True for a key of the list: Enter once an offer is chosen, Escape to close it."""
        if not self.offered.isVisible():
            return False
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return event.key() == Qt.Key.Key_Escape or (enter and self.offered.currentIndex().isValid())

    def begin(self) -> None:
        """Show the offers below the field, inside its window, or nothing where there are none."""
        if self._offers.rowCount():
            ground, line = colors().raised, colors().line
            # A padding is not in the height that QCompleter gives: it would scroll by those few pixels.
            sheet = f"QListView {{ background: {ground}; border: 1px solid {line}; padding: 0; }}"
            self.offered.setStyleSheet(sheet)
            field, window = self._field, self._field.window()
            room = window.width() - field.mapTo(window, QPoint(0, 0)).x() - SPACE_L
            self.complete(QRect(min(0, room - _WIDTH), 0, _WIDTH, field.height()))
            self.offered.setCurrentIndex(QModelIndex())  # Enter adds what is typed, until one is chosen
        else:
            self.offered.hide()


class _OfferDelegate(QStyledItemDelegate):
    """A name and, at the right, how many photos have it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._drawn = font(SIZE_META)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(_WIDTH, _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        palette, rect = colors(), option.rect
        chosen = bool(option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver))
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color("soft"))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), RADIUS_CONTROL, RADIUS_CONTROL)
        painter.setFont(self._drawn)
        metrics = QFontMetrics(self._drawn)
        count = QLocale().toString(int(index.data(_COUNT) or 0))
        middle, inner = Qt.AlignmentFlag.AlignVCenter, rect.adjusted(10, 0, -10, 0)
        painter.setPen(palette.color("muted"))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, count)
        room = inner.width() - metrics.horizontalAdvance(count) - SPACE_S
        painter.setPen(palette.color("text"))
        name = str(index.data() or "").replace("\n", " ")
        painter.drawText(inner, middle, metrics.elidedText(name, Qt.TextElideMode.ElideRight, room))
        painter.restore()
