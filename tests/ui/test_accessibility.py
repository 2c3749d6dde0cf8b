"""The real window for people who do not see it, or have no mouse: names, keys, captions read out."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QProgressBar, QScrollBar, QWidget

from blipdesk.ui import motion, text_size
from blipdesk.ui.main_window import MainWindow
from blipdesk.ui.pane.bubbles import Dots
from blipdesk.ui.state_page import StatePage
from blipdesk.ui.theme import photo_font, theme


def described(widget: QWidget) -> str:
    """A widget as a failed test names it: its class, its text, and the widgets around it."""
    text = widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""
    around = []
    parent = widget.parentWidget()
    while parent is not None and len(around) < 3:
        around.append(type(parent).__name__)
        parent = parent.parentWidget()
    return f"{type(widget).__name__}({text!r}) in {' < '.join(around)}"


def reading(widget: QObject) -> str:
    """What a screen reader says of a widget first."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name).strip() if found is not None else ""


def focusable(root: QWidget) -> list[QWidget]:
    """The controls on the screen that take the keyboard or the mouse."""
    found = []
    for widget in root.findChildren(QWidget):
        inner = isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_")
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus or isinstance(widget, QAbstractButton)
        if takes and not inner and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None:
            found.append(widget)
    return found


def by_tab(root: QWidget) -> set[QWidget]:
    """The widgets that Tab comes to."""
    chain, here = set(), root
    while (here := here.nextInFocusChain()) not in chain:
        chain.add(here)
    return {
        widget for widget in chain
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }  # fmt: skip


def without_keyboard(root: QWidget) -> list[str]:
    """The controls that Tab does not come to; of an exclusive group the chosen one stands for all."""
    reached = by_tab(root.window())
    lost = []
    for widget in focusable(root):
        group = widget.group() if isinstance(widget, QAbstractButton) else None
        stands_in = group is not None and any(button in reached for button in group.buttons())
        if widget not in reached and not stands_in:
            lost.append(described(widget))
    return lost


@pytest.fixture
def workspace() -> FakeWorkspace:
    return FakeWorkspace(120)


@pytest.fixture
def window(open_window, workspace, qtbot) -> MainWindow:
    opened = open_window(workspace)
    opened.gallery.view.select_row(3)
    qtbot.waitUntil(lambda: opened.pane._photo is not None)
    return opened


def test_every_control_of_the_window_has_a_name(window):
    assert [described(widget) for widget in focusable(window) if not reading(widget)] == []


def test_tab_comes_to_every_control_of_the_window(window):
    assert without_keyboard(window) == []


def test_every_control_of_a_dialog_has_a_name_and_a_key(dialog):
    assert [described(widget) for widget in focusable(dialog) if not reading(widget)] == []
    assert without_keyboard(dialog) == []


def test_the_caption_is_the_accessible_description_of_its_photo(window):
    view = window.gallery.view
    listed = QAccessible.queryAccessibleInterface(view)
    for row in (0, 3, 7):
        tile = view.photos.cached(view.photos.id_at(row))
        cell = listed.child(row)
        assert tile is not None
        assert cell.text(QAccessible.Text.Description) == (tile.caption or "")
        assert cell.text(QAccessible.Text.Name)


def test_less_motion_is_what_the_desktop_says():
    def desktop(**values):
        return lambda namespace, key: values.get(key.replace("-", "_"))

    assert motion.of_portal(desktop(reduced_motion=1))
    assert motion.of_portal(desktop(reduced_motion=0, enable_animations=False))
    assert not motion.of_portal(desktop(reduced_motion=0, enable_animations=True))
    assert not motion.of_portal(desktop())


def test_nothing_moves_by_itself_where_less_motion_is_wished(qtbot, monkeypatch):
    def moving() -> list[bool]:
        page, dots = StatePage(), Dots()
        for widget in (page, dots):
            qtbot.addWidget(widget)
            widget.show()
        page.show_state("folder", "Opening…", busy=True)
        return [page.busy.isVisible(), dots._timer.isActive()]

    assert moving() == [True, True]
    monkeypatch.setattr(motion, "wishes_less", lambda: True)
    monkeypatch.setattr(motion._motion, "reduced", False)
    motion.read_wish()
    assert moving() == [False, False]


def test_less_motion_can_be_chosen_here_too(open_window, qtbot):
    window = open_window(FakeWorkspace(10, motion="less"))
    assert motion.is_reduced()
    window.workspace.settings.change(motion="system")
    window.windows.setting_changed.emit("motion")
    assert not motion.is_reduced()
    bar = QProgressBar()
    qtbot.addWidget(bar)
    motion.show_busy(bar)
    assert bar.maximum() == 0
    motion.choose(True)
    motion.show_busy(bar)
    assert bar.maximum() == 1
    motion.choose(False)


def test_wayland_leaves_large_texts_to_the_program(monkeypatch):
    desktop = SimpleNamespace(platformName=lambda: "wayland")
    monkeypatch.setattr(text_size, "QGuiApplication", desktop)
    for said, scale in ((1.25, 1.25), (None, 1.0)):
        monkeypatch.setattr(text_size, "ask_portal", lambda namespace, key, said=said: said)
        assert text_size.said_scale() == scale
    desktop.platformName = lambda: "xcb"  # which makes the whole window larger
    monkeypatch.setattr(text_size, "ask_portal", lambda namespace, key: 1.25)
    assert text_size.said_scale() == 1.0


def test_texts_of_photos_are_as_large_as_those_of_the_system(open_window, qtbot):
    window = open_window(FakeWorkspace(40))
    view = window.gallery.view
    qtbot.waitUntil(lambda: len(view.photos._tiles) > 10)
    high, picture = view.grid.cell_height, view.grid.picture_size
    theme().set_text_scale(1.5)
    try:
        assert photo_font(12).pixelSize() == 18
        assert view.grid.cell_height == high + 2 * 9 and view.grid.picture_size == picture
        image = view.viewport().grab()
    finally:
        theme().set_text_scale(1.0)
    assert image.toImage() != view.viewport().grab().toImage()
    assert view.grid.cell_height == high
