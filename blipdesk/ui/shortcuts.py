"""Every key of the window: what it is, what it does, and those that count wherever the keyboard is.

The keys are bound from here, and listed from here (``dialogs/keys_list``).  Only those that belong to a part
that has the keyboard, such as the arrows in the large view, are told apart where they are pressed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from blipdesk.domain.wording import later, tr
from blipdesk.ui.undoing import Undoing

if TYPE_CHECKING:
    from blipdesk.ui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Keys:
    """What some keys do, each of them alike; ``keys`` are written as Qt reads them."""

    does: str
    keys: tuple[str, ...]

    @property
    def sequences(self) -> list[QKeySequence]:
        """The keys, to be bound."""
        return [QKeySequence(key) for key in self.keys]

    @property
    def names(self) -> list[str]:
        """The keys as they are written on a keyboard of this system."""
        return [_name(key) for key in self.keys]


SEARCH = Keys(later("Search"), ("Ctrl+F", "Ctrl+K", "/"))
HOW_TO_SEARCH = Keys(later("Help in the field"), ("F1",))
CLEAR_SEARCH = Keys(later("Clear the search"), ("Esc",))

LARGE = Keys(later("Large view"), ("Space", "Return"))
SELECT_ALL = Keys(later("Select all"), ("Ctrl+A",))
SELECT_GROUP = Keys(later("Select the group"), ("Ctrl+G",))
LARGER = Keys(later("Larger photos"), ("Ctrl++", "Ctrl+="))
SMALLER = Keys(later("Smaller photos"), ("Ctrl+-",))
USUAL_SIZE = Keys(later("Usual size"), ("Ctrl+0",))
SIMILAR = Keys(later("Find similar photos"), ("Ctrl+Shift+F",))
BACK = Keys(later("Back from them"), ("Alt+Left", "Esc"))

FAVOURITE = Keys(later("Favourite or not"), ("F",))
EDIT_CAPTION = Keys(later("Edit caption"), ("F2",))
EDIT_TAGS = Keys(later("Add tags"), ("Ctrl+T",))
CAPTION_AGAIN = Keys(later("Caption again"), ("Ctrl+R",))
COPY_CAPTION = Keys(later("Copy captions"), ("Ctrl+C",))
COPY_PHOTO = Keys(later("Copy photos"), ("Ctrl+Alt+C",))
COPY_PATH = Keys(later("Copy paths"), ("Ctrl+Shift+C",))
TRASH = Keys(later("Move to the trash"), ("Del",))

ASK = Keys(later("Ask a question"), ("Ctrl+L",))
ASK_MANY = Keys(later("Ask many photos"), ("Ctrl+Shift+L",))

THESE_KEYS = Keys(later("This list"), ("F1", "?"))
UNDO = Keys(later("Undo"), ("Ctrl+Z",))
ADD_FOLDER = Keys(later("Add a folder"), ("Ctrl+O",))
RESCAN = Keys(later("Look for new photos"), ("F5",))
ACTIVITY = Keys(later("What is being done"), ("Ctrl+J",))
CHANGES = Keys(later("Changes to photos"), ("Ctrl+H",))
SETTINGS = Keys(later("Settings"), ("Ctrl+,",))
PANE = Keys(later("Hide or show the pane"), ("Ctrl+I",))
QUIT = Keys(later("Quit"), ("Ctrl+Q",))

GROUPS: tuple[tuple[str, tuple[Keys, ...]], ...] = (
    (
        later("SEARCH"),
        (SEARCH, HOW_TO_SEARCH, Keys(later("To the photos"), ("Return", "Down")), CLEAR_SEARCH),
    ),
    (
        later("GALLERY"),
        (
            LARGE, SELECT_ALL, SELECT_GROUP, Keys(later("Group before or after"), ("Alt+Up", "Alt+Down")),
            SIMILAR, BACK, LARGER, SMALLER, USUAL_SIZE,
        ),
    ),
    (
        later("LARGE VIEW"),
        (
            Keys(later("Photo before or after"), ("Left", "Right")),
            Keys(later("First or last photo"), ("Home", "End")),
            Keys(later("Zoom"), ("+", "-")),
            Keys(later("Whole photo"), ("0",)),
            Keys(later("Full size"), ("1",)),
            Keys(later("Hide or show the caption"), ("C",)),
            Keys(later("Close"), ("Esc",)),
        ),
    ),
    (
        later("PHOTO"),
        (
            FAVOURITE, EDIT_CAPTION, Keys(later("Save the caption"), ("Ctrl+Return",)), EDIT_TAGS,
            CAPTION_AGAIN, COPY_CAPTION, COPY_PHOTO, COPY_PATH, TRASH,
        ),
    ),
    (later("QUESTIONS"), (ASK, Keys(later("Send the question"), ("Return",)), ASK_MANY)),
    (
        later("WINDOW"),
        (THESE_KEYS, UNDO, PANE, ADD_FOLDER, RESCAN, ACTIVITY, CHANGES, SETTINGS, QUIT),
    ),
)  # fmt: skip
"""All keys, in the order in which they are listed."""

_SIGNS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "-": "−"}


def _name(key: str) -> str:
    before, plus, last = key.rpartition("+") if not key.endswith("+") else (key[:-2], key[-2:-1], "+")
    named = QKeySequence(last).toString(QKeySequence.SequenceFormat.NativeText)
    named = {"Return": "Enter", "Space": tr("Space")}.get(last, _SIGNS.get(last, named))
    held = QKeySequence(f"{before}+A").toString(QKeySequence.SequenceFormat.NativeText)[:-1] if plus else ""
    return f"{held}{named}"


def bind(keys: Keys, owner: QWidget, slot: Callable[[], object]) -> QShortcut:
    """Have keys act wherever in a widget's window the keyboard is; a field keeps what can be typed."""
    shortcut = QShortcut(owner)
    shortcut.setKeys(keys.sequences)
    shortcut.activated.connect(slot)
    return shortcut


def add_shortcuts(window: MainWindow, close: Callable[[], object]) -> None:
    """Give a window its keys; ``close`` closes it."""
    undoing = Undoing(window.pane, window.searching, (window.tags, window.tagging, window.trash), window)

    def help_() -> None:
        in_field = window.top_bar.search.field.hasFocus()
        (window.searching.toggle_help if in_field else window.windows.open_keys)()

    for keys, slot in (
        (SEARCH, window.top_bar.search.focus),
        (THESE_KEYS, help_),
        (UNDO, undoing.undo),
        (ADD_FOLDER, window.folders.choose),
        (SETTINGS, window.windows.open_settings),
        (QUIT, close),
        (CHANGES, window.writing.open_changes),
        (ACTIVITY, window.activity.toggle),
        (RESCAN, window.folders.rescan),
        (PANE, window.toggle_pane),
        (EDIT_TAGS, window.chosen.edit_tags),
        (LARGER, lambda: window.gallery.view.zoom(1)),
        (SMALLER, lambda: window.gallery.view.zoom(-1)),
        (USUAL_SIZE, lambda: window.gallery.view.zoom(0)),
    ):
        bind(keys, window, slot)
    back = bind(Keys("", BACK.keys[:1]), window.gallery, window.gallery.leave_similar)
    back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
