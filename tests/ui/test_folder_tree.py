"""The folders at the left: numbers change in place, what is open stays open, ten thousand cost no more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from blipdesk.domain.values import FolderNode, FolderState
from blipdesk.ui.folder_tree import FolderModel, FolderTree
from blipdesk.ui.theme import ROW

HERE, GONE = FolderState.ONLINE, FolderState.OFFLINE


def node(path: str, count: int, *children: FolderNode, state: FolderState = HERE) -> FolderNode:
    return FolderNode(path, path.rsplit("/", 1)[1], count, path.count("/") == 1, state, children)


LISBON, ICELAND = node("/pictures/2026/lisbon", 1), node("/pictures/2026/iceland", 2)
YEAR = node("/pictures/2026", 3, LISBON, ICELAND)
PICTURES, PHONE = node("/pictures", 3, YEAR), node("/phone", 1, state=GONE)


@pytest.fixture
def tree(qtbot):
    made = FolderTree()
    qtbot.addWidget(made)
    made.resize(244, 400)
    made.show_nodes([PICTURES, PHONE], {"/pictures": "Only a part is watched."})
    made.show()
    return made


def rows(tree: FolderTree) -> list[str]:
    """The names of the rows that are open, from the top."""
    found, index = [], tree.model().index(0, 0)
    while index.isValid():
        found.append(index.data())
        index = tree.indexBelow(index)
    assert tree.height() == len(found) * ROW
    return found


def row(tree: FolderTree, path: str) -> QPoint:
    return tree.visualRect(tree.model().index_of(path)).center()


def click(tree: FolderTree, place: QPoint) -> None:
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_roots_are_open_at_first_and_a_new_one_too(tree):
    assert rows(tree) == ["pictures", "2026", "phone"]
    tree.show_nodes([PICTURES, PHONE, node("/scans", 4, node("/scans/a", 4))], {})
    assert rows(tree) == ["pictures", "2026", "phone", "scans", "a"]


def test_what_is_open_stays_open_while_numbers_change_and_folders_come(tree):
    tree.setExpanded(tree.model().index_of("/pictures/2026"), True)
    assert rows(tree) == ["pictures", "2026", "lisbon", "iceland", "phone"]
    more = replace(YEAR, count=4, children=(LISBON, replace(ICELAND, count=3)))
    tree.show_nodes([replace(PICTURES, count=4, children=(more,)), PHONE], {})
    assert rows(tree) == ["pictures", "2026", "lisbon", "iceland", "phone"]
    name = Qt.ItemDataRole.AccessibleTextRole
    assert tree.model().index_of("/pictures/2026/iceland").data(name) == "iceland, 3 photos"
    new = replace(YEAR, children=(node("/pictures/2026/faro", 1), LISBON, ICELAND))
    tree.show_nodes([replace(PICTURES, children=(new,)), PHONE], {})
    assert rows(tree) == ["pictures", "2026", "faro", "lisbon", "iceland", "phone"]


def test_a_closed_folder_takes_what_is_below_it_along_and_brings_it_back(tree):
    tree.setExpanded(tree.model().index_of("/pictures/2026"), True)
    tree.setExpanded(tree.model().index_of("/pictures"), False)
    assert rows(tree) == ["pictures", "phone"]
    tree.setExpanded(tree.model().index_of("/pictures"), True)
    assert rows(tree) == ["pictures", "2026", "lisbon", "iceland", "phone"]


def test_the_folder_that_is_looked_at_is_shown_and_selected_without_a_word(tree, qtbot):
    with qtbot.assertNotEmitted(tree.chosen):
        tree.mark("/pictures/2026/lisbon")
    assert rows(tree) == ["pictures", "2026", "lisbon", "iceland", "phone"]
    assert [index.data() for index in tree.selectedIndexes()] == ["lisbon"]
    tree.mark("")
    assert tree.selectedIndexes() == []


def test_a_click_on_the_arrow_opens_and_one_on_the_name_chooses(tree, qtbot):
    qtbot.waitExposed(tree)
    with qtbot.assertNotEmitted(tree.chosen):
        click(tree, QPoint(18 + 8, row(tree, "/pictures/2026").y()))
    assert rows(tree) == ["pictures", "2026", "lisbon", "iceland", "phone"]
    with qtbot.waitSignal(tree.chosen) as chosen:
        click(tree, row(tree, "/pictures/2026/lisbon"))
    assert chosen.args == ["/pictures/2026/lisbon"]


def test_arrows_walk_and_enter_chooses(tree, qtbot):
    tree.setCurrentIndex(tree.model().index_of("/pictures"))
    QTest.keyClick(tree, Qt.Key.Key_Down)
    QTest.keyClick(tree, Qt.Key.Key_Right)
    assert "lisbon" in rows(tree)
    with qtbot.waitSignal(tree.chosen) as chosen:
        QTest.keyClick(tree, Qt.Key.Key_Return)
    assert chosen.args == ["/pictures/2026"]


def test_notes_of_a_folder_are_in_its_tooltip(tree):
    tip = Qt.ItemDataRole.ToolTipRole
    assert "Only a part is watched." in tree.model().index_of("/pictures").data(tip)
    assert "not connected" in tree.model().index_of("/phone").data(tip)
    name = tree.model().index_of("/phone").data(Qt.ItemDataRole.AccessibleTextRole)
    assert name == "phone, 1 photo, not connected"


def test_what_is_to_be_known_of_a_folder_is_read_out(tree):
    read = Qt.ItemDataRole.AccessibleTextRole
    pictures = tree.model().index_of("/pictures")
    assert pictures.data(read) == "pictures, 3 photos, Only a part is watched."
    tree.set_scanning(True)
    assert pictures.data(read).endswith("being looked through")
    assert "being looked through" not in tree.model().index_of("/phone").data(read)
    assert "looked through for photos" in pictures.data(Qt.ItemDataRole.ToolTipRole)
    tree.set_scanning(False)
    assert "looked through" not in pictures.data(Qt.ItemDataRole.ToolTipRole)


def test_the_menu_key_is_for_the_folder_that_has_the_keyboard(tree, qtbot):
    tree.setCurrentIndex(tree.model().index_of("/phone"))
    middle = tree.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, tree.mapToGlobal(middle))
    with qtbot.waitSignal(tree.menu_requested) as requested:
        QApplication.sendEvent(tree.viewport(), event)
    assert requested.args[0] == "/phone"


def test_of_ten_thousand_folders_only_the_seen_ones_make_their_texts(qtbot, monkeypatch):
    asked, data = set(), FolderModel.data
    monkeypatch.setattr(
        FolderModel, "data", lambda self, index, role=0: (asked.add(index.row()), data(self, index, role))[1]
    )
    side, tree = QScrollArea(), FolderTree()
    qtbot.addWidget(side)
    side.setWidgetResizable(True)
    side.setWidget(tree)
    side.resize(244, 600)
    for count in (1, 2):
        children = (node(f"/pictures/{number:05d}", count) for number in range(10_000))
        tree.show_nodes([node("/pictures", 10_000 * count, *children)], {})
        side.grab()
    assert tree.height() == 10_001 * ROW
    assert 10 < len(asked) < 100
