"""Queries that were perhaps meant, in one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from blipdesk.domain.periods import HOLIDAYS, MONTHS
from blipdesk.domain.search import Suggestion, SuggestionKind
from blipdesk.domain.wording import number, tr
from blipdesk.ui.pane.controls import LinkButton
from blipdesk.ui.pane.texts import plain_label, set_reading, set_tooltip, shown
from blipdesk.ui.theme import SIZE_BODY, SPACE_M, SPACE_S, font
from blipdesk.ui.words import photos_words

MOST, _FORMS = 3, 3
"""Queries that are asked about; ways to say one."""
_LINE = 20
_DATE = "date"
_BARE = frozenset(
    ("last", "past", "previous", "this", "current", "today", "yesterday", "before", "after", "since", "until")
)
"""A date that begins with one of these stands without "in"."""
_NAMES = frozenset([*MONTHS, *(word for name in HOLIDAYS for word in name.split())])
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?$|(.* )?\d\d?( |$)")
_LONGEST = 40
"""Characters of a query, however much room there is."""
_LEAST = 90
"""Pixels of a query that gives way; where there are fewer the last one is not asked about."""


def shares(wanted: Sequence[int], room: int) -> list[int]:
    """Widths in a room: what is narrow is whole, the wide ones have the rest in equal parts.

    >>> shares([50, 400, 300], 450), shares([50, 100], 450)
    ([50, 200, 200], [50, 100])
    """
    given = [0] * len(wanted)
    for left, place in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        given[place] = max(0, min(wanted[place], (room - sum(given)) // (len(wanted) - left)))
    return given


def _middle(line: str) -> str:
    """A line without its middle where it is long: what was typed otherwise may stand at either end.

    >>> _middle("dogs"), _middle("a very old man with a red hat and a small dog 2024")
    ('dogs', 'a very old man with…and a small dog 2024')
    """
    half = _LONGEST // 2
    return line if len(line) <= _LONGEST else f"{line[:half].rstrip()}…{line[-half:].lstrip()}"


def taken_words(value: str) -> str:
    """When the photos were taken that a date filter finds.

    >>> taken_words("2019"), taken_words("5 july 2020"), taken_words("last summer")
    ('taken in 2019', 'taken on 5 July 2020', 'taken last summer')
    >>> taken_words("easter 2020"), taken_words("1990s"), taken_words("2021-07-05")
    ('taken at Easter 2020', 'taken in the 1990s', 'taken on 2021-07-05')
    """
    words = value.split()
    said = " ".join(word.capitalize() if word in _NAMES else word for word in words)
    if words[0] in _BARE:
        return tr("taken {when}", when=said)
    if words[0] in _NAMES and words[0] not in MONTHS:
        return tr("taken at {when}", when=said)
    if _DAY.match(said):
        return tr("taken on {when}", when=said)
    decade = said.endswith("0s")
    return tr("taken in the {when}", when=said) if decade else tr("taken in {when}", when=said)


class MeantLink(LinkButton):
    """A query with the number of its photos; where there is little room, what is other in it."""

    def __init__(self) -> None:
        super().__init__("", size=SIZE_BODY, height=_LINE, inset=0)
        self.query = ""
        self._forms: tuple[str, ...] = ()
        self._line, self._quotes = "", ("", "")
        self.hide()

    def ask(self, meant: Suggestion) -> None:
        """Ask about a query."""
        query, label = (shown(" ".join(text.split())) for text in (meant.query, meant.label))
        is_value = meant.kind is SuggestionKind.VALUE
        name, _, value = label.partition(":") if is_value else ("keyword", ":", label)
        terms = (f'{name}:"{value}"', f"{name}:{value}")
        alone = query in (label, *terms)
        photos = meant.count if alone else None  # beside other words it finds fewer
        count = "" if photos is None else f", {photos_words(photos)}"
        self.query = meant.query
        if name == _DATE:
            self._quotes, self._line = ("", ""), taken_words(value)
            term = next((term for term in terms if term in query), "")
            words = " ".join(query.replace(term, " ", 1).split())
            of_these = tr("“{words}”", words=_middle(words)) if words else tr("photos")
            asked = tr("{photos} {taken}", photos=of_these, taken=self._line)
            short = f"{asked}?" if photos is None else f"{asked}? ({number(photos)})"
            self._forms = (short, f"{asked}?", f"{self._line}?")
            set_reading(self, tr("Did you mean {short}", short=short))
        else:
            first, _, last = tr("“{words}”").partition("{words}")
            self._quotes, self._line = (first, last), label
            whole = f"{first}{_middle(query)}{last}"
            self._forms = (f"{whole}{count}?", f"{whole}?", f"{first}{_middle(label)}{last}?")
            set_reading(self, tr("Did you mean “{query}”{count}?", query=query, count=count))
        set_tooltip(self, f"{query}{count}")

    def say(self, form: int) -> int:
        """Say it whole (0), without the number (1), or what is other alone (2); gives the pixels of that."""
        self.setText(self._forms[form])
        return self.sizeHint().width()

    def fit(self, width: int) -> None:
        """Take no more than a width."""
        if self.sizeHint().width() > width:
            metrics = QFontMetrics(font(SIZE_BODY))
            first, last = self._quotes
            room = width - metrics.horizontalAdvance(f"{first}{last}?")
            line = metrics.elidedText(self._line, Qt.TextElideMode.ElideMiddle, room)
            self.setText(f"{first}{line}{last}?")


class MeantRow(QWidget):
    """At most three queries; ``chosen`` carries the one that was pressed."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._asks = plain_label(tr("Did you mean"))
        self.links = [MeantLink() for _ in range(MOST)]
        for part in (self._asks, *self.links):
            part.setParent(self)
        for link in self.links:
            link.clicked.connect(lambda _=False, link=link: self.chosen.emit(link.query))
        self._asked = 0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def ask(self, meant: Sequence[Suggestion], query: str) -> None:
        """Ask which query was meant instead of the one that was answered; none: nothing is asked."""
        others = {" ".join(one.query.split()): one for one in reversed(meant) if one.count != 0}
        others.pop(" ".join(query.split()), None)
        asked = [*reversed(others.values())][:MOST]
        for link, one in zip(self.links, asked, strict=False):
            link.ask(one)
        self._asked = len(asked)
        self.setVisible(bool(asked))
        self._arrange()

    def _arrange(self) -> None:
        left = self._asks.sizeHint().width() + SPACE_S
        self._asks.setGeometry(0, 0, left, _LINE)
        given = self._widths(self.width() - left)
        for link in self.links:
            link.setVisible(link in given)
        for link, width in given.items():
            link.fit(width)
            link.setGeometry(left, 0, link.sizeHint().width(), _LINE)
            left += link.width() + SPACE_M

    def _widths(self, room: int) -> dict[MeantLink, int]:
        """The links that there is room for, and how much each has."""
        for count in range(self._asked, 0, -1):
            links, free, wanted = self.links[:count], room - SPACE_M * (count - 1), [0]
            for form in range(_FORMS):
                wanted = [link.say(form) for link in links]
                if sum(wanted) <= free:
                    break
            given = shares(wanted, free)
            if count == 1 or all(has >= min(_LEAST, whole) for has, whole in zip(given, wanted, strict=True)):
                return dict(zip(links, given, strict=True))
        return {}

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    @override
    def sizeHint(self) -> QSize:
        return QSize(0, _LINE)
