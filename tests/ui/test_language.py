"""The window in another language: chosen, changed while it runs, and missing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from own_process import run_script
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QMessageBox, QWidget

from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.domain.search import SearchHit
from blipdesk.domain.values import PhotoState, PhotoTile
from blipdesk.domain.wording import number, retold, set_translator, tr
from blipdesk.imaging.formats import describe_unsupported
from blipdesk.imaging.problems import foreign_file
from blipdesk.ui import language
from blipdesk.ui.dialogs.confirm import ask_first
from blipdesk.ui.dialogs.report_list import ReportRow
from blipdesk.ui.dialogs.text_card import TextCard
from blipdesk.ui.gallery.badges import problem_words
from blipdesk.ui.look import read_look
from blipdesk.ui.pane.details import FileDetails
from blipdesk.ui.search.reasons import reason_lines
from blipdesk.ui.toast import Toast
from blipdesk.ui.words import noted

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))
import translations

READY = "Ready"


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    language.speak("en")
    QLocale.setDefault(QLocale.system())
    set_translator(None)


@pytest.fixture(scope="module")
def compiled() -> None:
    if not translations.is_compiled():
        translations.compile_all()


@pytest.mark.usefixtures("compiled", "qapp")
def test_each_language_says_its_own_words_and_english_comes_back() -> None:
    said = [READY]
    for wished in ("ja", "zh_CN"):
        assert language.speak(wished)
        assert not language.speak(wished)  # it is spoken already
        said.append(tr(READY))
    language.speak("en")
    assert [*said, tr(READY)] == ["Ready", "準備完了", "就绪", "Ready"]


@pytest.mark.usefixtures("compiled", "qapp")
def test_a_sentence_of_another_process_is_said_again_in_the_language() -> None:
    language.speak("ja")
    assert retold("Reading captions for search: 3 of 9") == "検索用にキャプションを読み込み中: 3 / 9"
    assert retold("Something that nobody translated") == "Something that nobody translated"
    two = "a.jpg could not be removed: busy. Captions stay in the catalog."
    assert retold(two) == "a.jpg を削除できませんでした: busy。キャプションはカタログに残ります。"
    assert retold("The file is damaged: its PNG data cannot be decoded.") == (
        "ファイルは壊れています: PNG データを復号できません。"
    )
    assert retold(foreign_file("a.pdf", describe_unsupported(b"%PDF-1.7")).problem.message) == (
        "a.pdf を読み込みませんでした: PDF 文書（写真ではありません）です。"
    )


@pytest.mark.usefixtures("compiled")
def test_words_stay_when_their_file_is_made_anew_under_a_running_window(tmp_path: Path) -> None:
    script = """
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from blipdesk.domain.wording import tr
from blipdesk.ui import language
app, folder = QCoreApplication([]), Path.cwd()
words = language.resource_path("translations", "ja.qm").read_bytes()
file = folder / "translations" / "ja.qm"
file.parent.mkdir()
file.write_bytes(words)
language.resource_path = folder.joinpath
language.speak("ja")
file.write_bytes(b"")
print(ascii(tr("Ready")))
"""
    done = run_script(script, tmp_path)
    assert done.stdout.strip() == ascii("準備完了"), done.stderr


def test_without_the_compiled_files_the_window_speaks_english(
    qapp: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    language._words.cache_clear()
    monkeypatch.setattr(language, "resource_path", tmp_path.joinpath)
    language.speak("ja")
    language._words.cache_clear()
    assert tr(READY) == "Ready"


def test_numbers_follow_the_locale(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QLocale, "system", lambda: QLocale(QLocale.Language.German))
    language.speak("system")
    assert (number(2400), number(0.26, 1)) == ("2.400", "0,3")
    language.speak("ja")
    assert number(2400) == "2,400"
    monkeypatch.setattr(QLocale, "system", lambda: QLocale(QLocale.Language.C))
    language.speak("system")
    assert number(2400) == "2,400"


SCRIPT = """
import json
from dataclasses import replace
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from fake_workspace import FOLDERS, FakeWorkspace
from blipdesk.domain.values import SortOrder, ViewKind
from blipdesk.ui.browser import Browser
from blipdesk.ui.main import run
from blipdesk.ui.main_window import MainWindow
from blipdesk.ui.shell import Shell

workspace, seen = FakeWorkspace(300), []
workspace.settings.change(first_start_done=True)

def windows():
    return [w for w in QApplication.allWidgets() if isinstance(w, MainWindow)]

def shell():
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, Shell))

def dialog():
    return next((d for d in shell().findChildren(QDialog) if d.isVisible()), None)

def poll(condition, then):
    timer = QTimer(QApplication.instance(), interval=10)
    def check():
        if condition():
            timer.stop()
            then()
    timer.timeout.connect(check)
    timer.start()

def say(window):
    view, search = window.gallery.view, window.top_bar.search.field
    print(json.dumps([
        window.status.pause.accessibleName(), search.text(), search.cursorPosition(),
        window.browser.view.query, window.browser.view.kind.value, window.browser.view.order.value,
        list(view.selected_ids()), view.current_id(), view.top_row()[0] > 0, view.top_row(),
        window.splitter.sizes(), window.pane.page.ask_bar.field.text(), window.gallery.view.grid.columns,
    ]))

def ready(window):
    return window.browser.loaded and window.browser.is_ranked and window.pane.photo_id is not None

def opened():
    window, = windows()
    window.splitter.setSizes([210, 700, 500])
    window.splitter.splitterMoved.emit(210, 1)
    window.gallery.view.set_tile_width(240)
    window.top_bar.tile_width_chosen.emit(240)
    window.browser.show_row(ViewKind.FOLDER, FOLDERS[0])
    window.top_bar.search.field.setText("a ")
    window.browser.rank_now()
    poll(lambda: window.browser.is_ranked and window.gallery.model.rowCount() > 60, lambda: chosen(window))

def chosen(window):
    window.browser.set_order(SortOrder.NAME)
    poll(lambda: window.browser.loaded and window.browser.is_ranked, lambda: sorted_(window))

def sorted_(window):
    view = window.gallery.view
    view.select_rows([40, 41, 43], 41)
    view.select_row(45)
    view.show_top_row(42, 7)
    window.top_bar.search.field.setCursorPosition(2)
    poll(lambda: ready(window) and window.pane._photo is not None, lambda: typed(window))

def typed(window):
    window.pane.page.ask_bar.set_text("is it late")
    window.pane.page.caption.use_text("typed, not saved")
    say(window)
    window.windows.open_settings("Window")
    poll(lambda: dialog() is not None, lambda: choose(window))

def choose(window):
    field = dialog().fields["language"]
    field.control.setCurrentIndex(field.control.findData("ja"))
    field.control.activated.emit(field.control.currentIndex())
    poll(lambda: len(windows()) == 1 and windows()[0] is not window and ready(windows()[0])
         and windows()[0].gallery.view.selected_count() and dialog() is not None
         and windows()[0].pane._photo is not None, after)

def after():
    window, = windows()
    say(window)
    photo = window.pane.photo_id
    poll(lambda: workspace.library.photo(photo).user_caption, lambda: end(photo))

def end(photo):
    print(workspace.library.photo(photo).user_caption, dialog() is not None)
    print(len([c for c in shell().children() if isinstance(c, Browser)]), workspace.closed)
    dialog().close()
    shell().close()

def begin():
    poll(lambda: windows() and windows()[0].browser.loaded, opened)

original = Shell.__init__
def init(self, *given):
    original(self, *given)
    self.painted.connect(begin)
Shell.__init__ = init
print("status", run(lambda on_activate: workspace, ["blipdesk"], Path("look.json")))
"""


@pytest.mark.usefixtures("compiled")
def test_another_language_is_spoken_at_once_and_everything_stays_where_it_was(tmp_path: Path) -> None:
    done = run_script(SCRIPT, tmp_path)
    lines = done.stdout.splitlines()
    assert len(lines) == 5, done.stdout + done.stderr
    before, after = json.loads(lines[0]), json.loads(lines[1])
    assert (before[0], after[0]) == ("Pause", "一時停止")
    assert before[1:] == after[1:]
    assert before[8]  # scrolled
    assert lines[2:] == ["typed, not saved True", "1 False", "status 0"], done.stderr
    assert "Traceback" not in done.stderr
    assert read_look(tmp_path / "look.json")["language"] == "ja"


@pytest.mark.usefixtures("compiled", "qapp")
def test_the_notes_and_questions_of_the_window_have_their_buttons_in_the_language() -> None:
    language.speak("ja")
    window = QWidget()
    note = Toast(window, window)
    note.show_note("x", lambda: None)
    undo = note.button.text()
    note.show_work("x", lambda: None)
    ask_first(window, "?", "", "x", lambda _: None)
    box = window.findChild(QMessageBox)
    assert box is not None
    cancel = box.escapeButton().text()
    box.reject()
    assert (undo, note.button.text(), cancel) == ("元に戻す", "停止", "キャンセル")
    window.deleteLater()


@pytest.mark.usefixtures("compiled", "qapp")
def test_details_of_a_file_are_said_in_the_language_and_its_own_words_are_left() -> None:
    language.speak("ja")
    details = FileDetails()
    rows = [
        ("Camera", "Settings"),
        ("Caption written", "in the photo (There is no caption to write.)"),
        ("Format", "JPEG, damaged: only a part could be read"),
    ]
    details.show_rows(rows)
    details.toggle.click()
    assert [value.text() for value in details.values] == [
        "Settings",
        f"写真ファイルの中 ({tr('There is no caption to write.')})",
        tr("{format}, damaged: only a part could be read", format="JPEG"),
    ]
    assert "caption" not in details.values[1].text() and "damaged" not in details.values[2].text()
    details.deleteLater()


@pytest.mark.usefixtures("compiled")
def test_why_a_photo_was_found_is_said_in_the_language_where_no_word_explains_it() -> None:
    language.speak("ja")
    (line,) = reason_lines(SearchHit(1, 1.0, "meets the filters"))
    assert line.words == "絞り込みの条件に合う"


@pytest.mark.usefixtures("compiled", "qapp")
def test_a_heading_with_the_programs_name_keeps_its_letters_where_there_are_no_capitals() -> None:
    card = TextCard("", "x")
    heads = []
    for spoken in ("en", "ja"):
        language.speak(spoken)
        card.show_text("x", tr("In BlipDesk"))
        heads.append(card._head.text())
    assert heads == ["IN BLIPDESK", "BlipDesk 内"]
    card.deleteLater()


@pytest.mark.usefixtures("compiled", "qapp")
def test_a_row_of_a_report_is_read_out_with_each_sentence_ended_once() -> None:
    row = ReportRow("check", "ok", "a.jpg", (("", noted(tr("Left as it is"), "Why.")), (tr("Now"), "a cat")))
    assert row.reading == "a.jpg. Left as it is. Why. Now: a cat."
    language.speak("ja")
    row = ReportRow("check", "ok", "a.jpg", (("", tr("Into the photo")), (tr("Now"), "a cat")))
    assert row.reading == "a.jpg。写真の中へ。現在: a cat。"


@pytest.mark.usefixtures("compiled")
def test_why_a_photo_could_not_be_read_is_said_of_the_file_in_the_language() -> None:
    language.speak("ja")
    problem = Problem(ProblemKind.UNREADABLE, "a.png is damaged: its PNG data cannot be decoded.")
    tile = PhotoTile(1, "/p/a.png", None, None, PhotoState.FAILED, problem, "", None, None, None)
    assert problem_words(tile) == "ファイルは壊れています: PNG データを復号できません。"
