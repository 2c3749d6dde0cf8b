"""The keys that count wherever the keyboard is in the window, and those of the photos."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from blipdesk.ui.undoing import Undoing

if TYPE_CHECKING:
    from blipdesk.ui.main_window import MainWindow


def add_shortcuts(window: MainWindow, close: Callable[[], object]) -> None:
    """Give a window its keys; ``close`` closes it."""
    undoing = Undoing(window.pane, window.searching, (window.tags, window.trash), window)
    search, help_ = window.top_bar.search.focus, window.searching.toggle_help
    for keys, slot in (
        ("Ctrl+K", search),
        ("Ctrl+F", search),
        ("F1", help_),
        ("Ctrl+Z", undoing.undo),
        ("Ctrl+O", window.folders.choose),
        ("Ctrl+,", window.windows.open_settings),
        ("Ctrl+Q", close),
        ("Ctrl+H", window.writing.open_changes),
        ("Ctrl+J", window.activity.toggle),
        ("F5", window.folders.rescan),
        ("Ctrl+I", window.toggle_pane),
    ):
        QShortcut(QKeySequence(keys), window).activated.connect(slot)
    for keys, slot in (("/", search), ("?", help_), ("Alt+Left", window.gallery.leave_similar)):
        shortcut = QShortcut(QKeySequence(keys), window.gallery)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)
