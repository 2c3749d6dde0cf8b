"""The tags of many selected photos as chips, each with how many of them have it, and a field for more."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.tagging import KeywordsAmong
from blipdesk.domain.wording import number, plural, tr
from blipdesk.ui.pane.keywords import KeywordBar, KeywordChip
from blipdesk.ui.pane.texts import plain_label
from blipdesk.ui.theme import SPACE_S


@dataclass(frozen=True, slots=True)
class TagOfMany:
    """A tag, and how many of how many photos have it."""

    name: str
    hidden: bool
    count: int
    photos: int


def chip_of_many(tag: TagOfMany) -> KeywordChip:
    """The chip of a tag that some photos have; quieter where not all do."""
    if tag.count == tag.photos:
        return KeywordChip(tag.name, tr("All of them have it"), tr("all"))
    count, photos = number(tag.count), number(tag.photos)
    says = tr("{count} of {photos} photos have it", count=count, photos=photos)
    return KeywordChip(tag.name, says, tr("{count} of {photos}", count=count, photos=photos), "muted")


class TagBarOfMany(KeywordBar):
    """:attr:`all_added` carries the names that were typed, as one edit."""

    all_added = Signal(object)

    def __init__(self) -> None:
        super().__init__(chip_of_many)
        self._everywhere: list[str] = []

    def show_among(self, among: KeywordsAmong) -> None:
        """Show what the photos have."""
        self._everywhere = [each.name for each in among.keywords if each.count == among.photos]
        self.show_keywords(
            [TagOfMany(each.name, each.hidden, each.count, among.photos) for each in among.keywords]
        )

    @property
    @override
    def names(self) -> list[str]:
        """The tags that need not be typed: all of the photos have them."""
        return self._everywhere

    @override
    def add_typed(self) -> None:
        names = self._take_typed()
        if names:
            self.all_added.emit(names)


class ManyTags(QWidget):
    """The bar below its heading, and a line about what it does not show."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = TagBarOfMany()
        self._note = plain_label("", "meta", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(plain_label(tr("TAGS"), "head"))
        column.addWidget(self.bar)
        column.addWidget(self._note)
        self._note.hide()

    def show_among(self, among: KeywordsAmong) -> None:
        """Show what the photos have, the most frequent first."""
        self.bar.show_among(among)
        rarer = (
            tr("{n} tag that fewer photos have is not shown."),
            tr("{n} tags that fewer photos have are not shown."),
        )
        self._say(plural(among.others, *rarer) if among.others else "")

    def show_counting(self) -> None:
        """The tags are being counted, which takes a while: those of the photos before are not theirs."""
        self.bar.show_among(KeywordsAmong())
        self._say(tr("Counting the tags…"))

    def _say(self, words: str) -> None:
        self._note.setText(words)
        self._note.setVisible(bool(words))
