"""Every text in sight goes through ``tr()``: the real window and its dialogs in a language of one letter."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_library import FOLDERS
from fake_workspace import BROKEN, FakeWorkspace
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QWidget

from blipdesk.domain.values import LibraryView
from blipdesk.domain.wording import set_translator, tr
from blipdesk.ui.dialogs.crash import CrashDialog
from blipdesk.ui.dialogs.rename_tag import RenameTag

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))
import translations

NAMES = """
    BlipDesk BLIP base BSD Clause Apache MIT Ctrl English bfloat bit half huggingface Windows
    Alt Shift Enter Esc Del Home End
    Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec home ada mnt jpg IMG
"""
"""What every language writes so."""
GETTERS = ("text", "placeholderText", "toolTip", "accessibleName", "accessibleDescription", "windowTitle")


def words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]{3,}", re.sub("<[^>]*>", " ", text)))


@pytest.fixture
def one_letter() -> Iterator[None]:
    """A language that knows the texts of the sources, and writes all letters alike."""
    known = {source for source, _, _ in translations.messages(translations.FOLDER / "ja.ts")}

    def said(text: str) -> str:
        return re.sub(r"\{\w+\}|[A-Za-z]", lambda m: m[0] if "{" in m[0] else "\u3042", text)

    set_translator(lambda text: said(text) if text in known else text, templates=sorted(known))
    yield
    set_translator(None)


@pytest.fixture
def workspace() -> FakeWorkspace:
    made = FakeWorkspace(60, write_target="embed")
    made.writing.with_runs(3).with_conflicts(5)
    return made


@pytest.fixture
def data(workspace: FakeWorkspace) -> set[str]:
    """The words of the library itself, and those that the fake services say."""
    library = workspace.library
    photos = [library.photo(photo_id) for photo_id in library.ids(LibraryView())]
    said = [NAMES, *FOLDERS, BROKEN.message, BROKEN.remedy, "The drive is not connected."]
    said += ["What colour is it? How many are there?"]  # models are asked in English
    for photo in photos:
        said += [
            photo.path,
            photo.user_caption or "",
            photo.model_caption or "",
            *(keyword.name for keyword in photo.keywords),
        ]
    said += [f"{problem.message} {problem.remedy}" for problem, _ in library.problems()]
    return words(" ".join(said))


def shown(root: QWidget) -> Iterator[str]:
    """What widgets, lists and actions say, and what a screen reader says of them."""
    for widget in (root, *root.findChildren(QWidget)):
        for name in GETTERS:
            get = getattr(widget, name, None)
            yield str(get()) if callable(get) else ""
        for action in widget.actions():
            yield f"{action.text()} {action.toolTip()}"
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
        model = widget.model() if isinstance(widget, QAbstractItemView) else None
        if model is not None:
            for row in range(min(model.rowCount(), 40)):
                index = model.index(row, 0)
                yield from (str(index.data(role) or "") for role in (0, 3, 11, 12))


def english(root: QWidget, data: set[str]) -> list[str]:
    return sorted({text for text in shown(root) if words(text) - data})


def test_of_the_window(one_letter, workspace, data, open_window, qtbot):
    window = open_window(workspace)
    window.gallery.view.select_row(3)
    qtbot.waitUntil(lambda: window.pane._photo is not None)
    assert tr("Ready") == "\u3042" * 5
    assert english(window.window(), data) == []


def test_of_a_dialog(one_letter, data, dialog):
    assert english(dialog, data) == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: RenameTag("sky", False, [("sea", 2)], None),
        lambda: CrashDialog("Traceback", None, "blipdesk.log"),
    ],
)
def test_of_a_question(one_letter, data, qtbot, make):
    dialog = make()
    qtbot.addWidget(dialog)
    assert english(dialog, data | {"Traceback", "blipdesk", "log"}) == []
