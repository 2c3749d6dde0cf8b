"""Texts from files, models and people are shown literally, open nothing, and every control has a name."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.domain.values import Keyword, PhotoState, QuestionAnswer, Source
from blipdesk.ui.pane import PhotoPane
from blipdesk.ui.pane.texts import set_tooltip, shown
from blipdesk.ui.tasks import wait_for_tasks

STRINGS = Path(__file__).resolve().parents[3].parent / "shared" / "corpus" / "hostile_strings.json"
OWN = [
    '<img src="file:///{LOCAL_RED_PNG}" width=300 height=300>',
    "size a<b and c>d",
    "A & B &amp; C &lt;",
    "line one\nline two\u2028three",
    "\u202egnp.exe",
    "na\udcffme",
    "nul \x00 inside",
    "x" * 30_000,
    "{} %s %1 $HOME",
]


def strings() -> list[str]:
    found = list(OWN)
    if STRINGS.is_file():
        found += json.loads(STRINGS.read_text(encoding="utf-8"))["text"]
    return found


@pytest.fixture(scope="module")
def red_png(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("red") / "red.png"
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 0, 0))
    assert image.save(str(path))
    return path


def red_pixels(widget: QWidget) -> int:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    data = bytes(image.constBits())
    return sum(found.start() % 4 == 0 for found in re.finditer(rb"\x00\x00\xff", data))


def test_the_probe_sees_a_picture_that_a_rich_label_loads(qtbot: QtBot, red_png: Path) -> None:
    label = QLabel(f'a dog <img src="file://{red_png}">')
    qtbot.addWidget(label)
    assert red_pixels(label) > 1000
    label.setTextFormat(Qt.TextFormat.PlainText)
    assert red_pixels(label) == 0


def test_the_corpus_is_here() -> None:
    if not STRINGS.is_file():
        pytest.skip("shared/corpus/hostile_strings.json is not beside the checkout")
    assert len(strings()) > len(OWN)


def test_hostile_texts_are_shown_literally_everywhere(qtbot: QtBot, red_png: Path) -> None:
    workspace = FakeWorkspace(30)
    pane = PhotoPane()
    qtbot.addWidget(pane)
    pane.resize(356, 900)
    pane.set_workspace(workspace)
    pane.show()
    for number, raw in enumerate(strings()):
        text = raw.replace("{LOCAL_RED_PNG}", str(red_png)).replace("{PORT}", "9")
        photo_id = number % 30 + 1
        with workspace.lock:
            workspace.library.edited[photo_id] = replace(
                workspace.library.photo_now(photo_id),
                path=f"/photos/{text.replace('/', '_')}",
                user_caption=text,
                width=4,
                height=3,
                keywords=(Keyword(text, Source.FILE), Keyword("k", Source.MODEL)),
                state=PhotoState.FAILED,
                problem=Problem(ProblemKind.UNREADABLE, text, text),
            )
            workspace.asking._turns[:] = [QuestionAnswer(1, photo_id, text, text, "m", 0.0, 1.0)]
        workspace.library.file_details = lambda photo, text=text: [("Camera", text)]
        workspace.asking.suggestions = lambda photo, text=text: [f"{text}?"]
        pane.show_photo(photo_id)
        qtbot.waitUntil(lambda n=photo_id: pane._photo is not None and pane._photo.id == n)
        page = pane.page
        page.details.toggle.setChecked(True)
        literal = shown(text)
        assert page.caption.editor.toPlainText().replace("\u2028", "\n") == literal.replace("\u2028", "\n")
        assert page.keywords.names == [text, "k"]
        assert page.banner.message == text
        assert page.details.rows == (("Camera", text),)
        turn = page.chat.turns[0]
        assert (turn.question, turn.reply_text) == (text, text)
        assert page.ask_bar.suggestion_chips[0].isVisible()
        assert red_pixels(pane) == 0, f"a picture was loaded for {text[:80]!r}"
        pane.show_photo(None)
    wait_for_tasks()


def test_every_label_is_plain(qtbot: QtBot) -> None:
    workspace = FakeWorkspace(30)
    pane = PhotoPane()
    qtbot.addWidget(pane)
    pane.set_workspace(workspace)
    pane.show_photo(8)
    qtbot.waitUntil(lambda: pane._photo is not None)
    labels = pane.findChildren(QLabel)
    assert len(labels) > 8
    assert [label.text() for label in labels if label.textFormat() is not Qt.TextFormat.PlainText] == []
    wait_for_tasks()


def test_tooltips_show_markup_literally(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    for text in (found for found in strings() if found.strip()):
        set_tooltip(widget, text)
        document = QTextDocument()
        document.setHtml(widget.toolTip())
        flat = document.toPlainText().replace("\u2028", " ").replace("\n", " ")
        assert " ".join(flat.split()) == " ".join(shown(text).split())


def reachable(root: QWidget) -> list[QWidget]:
    """What Tab visits, in order."""
    found: list[QWidget] = []
    widget = root.nextInFocusChain()
    while widget is not root:
        if (
            widget.isVisibleTo(root)
            and widget.isEnabled()
            and root.isAncestorOf(widget)
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def test_every_control_has_a_name_and_tab_goes_from_top_to_bottom(qtbot: QtBot) -> None:
    workspace = FakeWorkspace(30)
    workspace.asking.word_seconds = 0
    pane = PhotoPane()
    qtbot.addWidget(pane)
    pane.resize(356, 1200)
    pane.set_workspace(workspace)
    pane.show()
    pane.show_photo(8)
    qtbot.waitUntil(lambda: pane._photo is not None)
    pane.page.chat.ask("what?")
    qtbot.waitUntil(lambda: not pane.page.ask_bar.busy)
    pane.page.details.toggle.setChecked(True)
    QApplication.processEvents()
    controls = [w for kind in (QAbstractButton, QLineEdit, QPlainTextEdit) for w in pane.findChildren(kind)]
    assert len(controls) > 12
    nameless = [w for w in controls if not w.accessibleName() and w.isVisibleTo(pane)]
    assert nameless == []
    order = reachable(pane)
    assert all(widget.accessibleName() for widget in order)
    tops = [widget.mapTo(pane, widget.rect().topLeft()).y() for widget in order]
    for before, after in itertools.pairwise(tops):
        assert after >= before - 30, [w.accessibleName() for w in order]
    page = pane.page
    wanted_stops = [page.preview, *page.keywords.chips, page.keywords.add_button, page.details.toggle]
    offered = [chip for chip in page.ask_bar.suggestion_chips if not chip.isHidden()]
    wanted_stops += [page.caption.editor, *offered, page.ask_bar.field]
    for wanted in wanted_stops:
        assert wanted in order
    wait_for_tasks()
