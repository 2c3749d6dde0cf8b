"""Each state of the window that is looked at, and how a person comes to it (see ``pictures.py``)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from fake_workspace import BROKEN, ENGINE, FakeWorkspace
from picture_steps import Act, State, choose, opened, search, settle, type_query, until
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from blipdesk.domain.conditions import WaitReason
from blipdesk.domain.errors import CatalogLockedError, Problem, ProblemKind
from blipdesk.domain.events import AskedProgress, CatalogChange, Progress, RunState
from blipdesk.domain.grouping import Grouping
from blipdesk.domain.jobs import WaitingFolder
from blipdesk.domain.values import Keyword, Source, ViewKind
from blipdesk.domain.wording import tr
from blipdesk.services.setting_specs import SETTINGS
from blipdesk.ui.dialogs.changes import ChangesDialog
from blipdesk.ui.dialogs.crash import CrashDialog
from blipdesk.ui.dialogs.first_start import FirstStartDialog
from blipdesk.ui.dialogs.settings import SettingsDialog
from blipdesk.ui.dialogs.write_preview import WritePreview
from blipdesk.ui.main_window import MainWindow

BUSY = Progress(RunState.CAPTIONING, 10_204, 12_408, 3, 1.1, 1980, "", ENGINE, 3)
TOO_LARGE = Problem(ProblemKind.TOO_LARGE, "This picture has 412 megapixels, more than 256.", "Shrink it.")
WAITING = [
    WaitingFolder(f"/home/ada/Pictures/{name}", photos)
    for name, photos in (("2026 Lisbon", 1204), ("2025 Iceland", 977), ("Family", 23))
]


# ---------------------------------------------------------------------------------------- the gallery


def shown(kind: ViewKind, row: int = 0, argument: str = "") -> Act:
    """One row of the side bar, with a photo selected."""

    def act(window: MainWindow, _: FakeWorkspace) -> None:
        window.browser.show_row(kind, argument)
        settle()
        choose(window, row)

    return act


def working(progress: Progress) -> Act:
    """The worker does that."""

    def act(window: MainWindow, workspace: FakeWorkspace) -> None:
        workspace.captioning.show(progress)
        choose(window, 9)

    return act


def found(window: MainWindow, workspace: FakeWorkspace) -> None:
    workspace.searching.maybe = range(1, 41)
    search(window, "sunset")
    choose(window, 0)


def mended(window: MainWindow, workspace: FakeWorkspace) -> None:
    search(window, "mooon")
    choose(window, 0)


def filtered(window: MainWindow, workspace: FakeWorkspace) -> None:
    workspace.searching.rank = lambda _: range(1, 40)
    search(window, "sky date:2026 sure:unsure,fair -keyword:balloon")
    choose(window, 0)
    until(lambda: len(window.gallery.filters.chips) > 1)
    window.gallery.filters.chips[1].click()


def many(window: MainWindow, workspace: FakeWorkspace) -> None:
    window.gallery.view.select_rows(range(1, 8), 7)
    window.chosen.focus(select=False)


def many_tags(window: MainWindow, workspace: FakeWorkspace) -> None:
    """A hundred tags, some of them long; one is being typed."""
    long = "a very long tag that somebody wrote who meant to write a caption"
    names = ("beach", long, "late evening", "日本の海岸", *(f"tag {number}" for number in range(110)))
    for photo_id in range(2, 9):
        mine = names[: len(names) * photo_id // 8]
        workspace.change([photo_id], keywords=tuple(Keyword(name, Source.USER) for name in mine))
    many(window, workspace)
    until(lambda: len(window.pane.many.tags.bar.chips) > 10)
    window.chosen.edit_tags()
    settle()
    QTest.keyClicks(window.pane.many.tags.bar.field, "moo")
    settle()


def menu(window: MainWindow, workspace: FakeWorkspace) -> None:
    choose(window, 1)
    view = window.gallery.view
    window.selection.show_menu(view.mapToGlobal(QPoint(120, 90)))


def grouped(window: MainWindow, workspace: FakeWorkspace) -> None:
    window.browser.set_grouping(Grouping.DAY)
    settle()
    window.gallery.view.verticalScrollBar().setValue(150)
    choose(window, 2)


def listed(window: MainWindow, workspace: FakeWorkspace) -> None:
    window.top_bar.list_button.click()
    choose(window, 3)


def starred(window: MainWindow, workspace: FakeWorkspace) -> None:
    window.pane.toggle_favourite([1, 2, 3])
    choose(window, 1)


def large(window: MainWindow, workspace: FakeWorkspace) -> None:
    choose(window, 1)
    window.windows.open_preview(window.gallery.view.current_id())


# ---------------------------------------------------------------------------------------- the pane


def typing(window: MainWindow, workspace: FakeWorkspace) -> None:
    choose(window, 7)
    window.chosen.edit_caption()
    QTest.keyClicks(window.pane.page.caption.editor, ", seen from the pier")


def captions(window: MainWindow, workspace: FakeWorkspace) -> None:
    choose(window, 7)
    window.pane.page.caption.again_button.click()
    until(lambda: len(window.pane.page.choice.rows) == 4)


def details(window: MainWindow, workspace: FakeWorkspace) -> None:
    choose(window, 7)
    window.pane.page.details.toggle.click()


def talk(window: MainWindow, workspace: FakeWorkspace, *questions: str) -> None:
    workspace.asking.word_seconds = 0.0
    bar = window.pane.page.ask_bar
    for question in questions:
        bar.field.setFocus()
        QTest.keyClicks(bar.field, question)
        QTest.keyClick(bar.field, Qt.Key.Key_Return)
        until(lambda: not bar.busy)
        settle()
        settle()


def chat(window: MainWindow, workspace: FakeWorkspace) -> None:
    choose(window, 21)
    talk(window, workspace, "How many umbrellas are there?", "What colours are they?")


def closed(window: MainWindow, workspace: FakeWorkspace) -> None:
    choose(window, 21)
    bar = window.pane.page.ask_bar
    bar.choices_button.click()
    QTest.keyClicks(bar.choices, "sunny, cloudy, at night")
    talk(window, workspace, "How is the weather?")


def answering(window: MainWindow, workspace: FakeWorkspace, loads: str = "") -> None:
    choose(window, 21)
    talk(window, workspace, "How many are there?")
    workspace.asking.word_seconds, workspace.asking.loads = 0.8, loads
    window.pane.page.ask_bar.asked.emit("What colours are they?", "")
    QTest.qWait(1500)


# ---------------------------------------------------------------------------------------- the dialogs


def first(step: int) -> State:
    """The first start, at its step."""

    def act(window: MainWindow, workspace: FakeWorkspace) -> None:
        dialog = opened(window, FirstStartDialog)
        settle()
        dialog.folder_step.add(["/home/ada/Pictures", "/mnt/phone/DCIM"])
        for _ in range(step):
            dialog.next_button.click()
            settle(150)

    return State(act, 0, (("first_start_done", False),))


def settings(page: str) -> Act:
    """A page of the settings."""

    def act(window: MainWindow, workspace: FakeWorkspace) -> None:
        workspace.writing.with_runs()
        window.windows.open_settings(page)
        settle(150)

    return act


def found_setting(window: MainWindow, workspace: FakeWorkspace) -> None:
    window.windows.open_settings()
    QTest.keyClicks(opened(window, SettingsDialog).search, "model")


def downloading(window: MainWindow, workspace: FakeWorkspace) -> None:
    workspace.models.may_go_on.clear()
    window.windows.open_settings("Model")
    dialog = opened(window, SettingsDialog)
    until(lambda: dialog.models.cards)
    dialog.models.work.download(workspace.models.known["blip-base"])
    settle()
    for area in dialog.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(250)


def preview(window: MainWindow, workspace: FakeWorkspace) -> None:
    window.windows.open_settings("Photo files")
    dialog = opened(window, SettingsDialog)
    until(dialog.write_back.write_button.isEnabled)
    dialog.write_back.write_button.click()
    asking = opened(window, WritePreview)
    until(lambda: asking.list.rows)


def changes(window: MainWindow, workspace: FakeWorkspace) -> None:
    workspace.writing.with_runs()
    window.writing.open_changes()


def undo(window: MainWindow, workspace: FakeWorkspace) -> None:
    changes(window, workspace)
    settle(150)
    opened(window, ChangesDialog).cards[0].undo_button.click()


def conflicts(window: MainWindow, workspace: FakeWorkspace) -> None:
    workspace.writing.with_conflicts(5)
    window.browser.reload()
    choose(window, 0)
    window.writing.open_conflicts()


def ask_many(window: MainWindow, workspace: FakeWorkspace) -> None:
    many(window, workspace)
    settle()
    window.asked.ask()
    QTest.keyClicks(window.asked.dialog.ask_page.field, "Is anyone smiling?")


def answered(window: MainWindow, workspace: FakeWorkspace) -> None:
    ask_many(window, workspace)
    settle()
    window.asked.dialog.ask_button.click()
    settle()
    workspace.asking_many.fail(1)
    workspace.asking_many.answer(yes=3, no=1, maybe=1)
    workspace.publish(replace(BUSY, asked=AskedProgress(1, 6, 7, 12.0)))
    workspace.publish(CatalogChange(questions=frozenset({1})))
    QTest.qWait(700)


def activity(window: MainWindow, workspace: FakeWorkspace) -> None:
    workspace.captioning.folders = list(WAITING)
    workspace.library.problems = lambda: [(BROKEN, 9), (TOO_LARGE, 1)]
    workspace.captioning.show(BUSY)
    choose(window, 9)
    window.activity.open()


def problems(window: MainWindow, workspace: FakeWorkspace) -> None:
    workspace.library.problems = lambda: [(BROKEN, 9), (TOO_LARGE, 1)]
    window.windows.open_problems()


def crash(window: MainWindow, workspace: FakeWorkspace) -> None:
    CrashDialog("Traceback (most recent call last):\n  …\nValueError: 7", window.window()).open()


def told(window: MainWindow, workspace: FakeWorkspace) -> None:
    choose(window, 7)
    window.show_toast(tr("Caption saved"), lambda: None)
    QTest.qWait(50)


WAITS = replace(BUSY, state=RunState.WAITING, waiting_for=WaitReason.MAINS)
NO_MODEL = Progress(RunState.ERROR, 0, 300, message="The model “blip-base” is not on this computer.")
EMBED = (("write_target", "embed"),)
PHONE = "/mnt/phone"
PAGES = dict.fromkeys(("Folders", *(spec.section for spec in SETTINGS)))

STATES: dict[str, State] = {
    "opening": State(lambda window, _: window.show_opening(), None),
    "locked": State(lambda w, _: w.show_open_error(CatalogLockedError("In use.", "Close it first.")), None),
    "empty": State(photos=0),
    "first-1-folder": first(0),
    "first-2-captions": first(1),
    "first-3-model": first(2),
    "first-4-trial": first(3),
    "library": State(lambda window, _: choose(window, 1)),
    "busy": State(working(BUSY)),
    "paused": State(working(replace(BUSY, state=RunState.PAUSED))),
    "waiting": State(working(WAITS)),
    "no-model": State(working(NO_MODEL)),
    "search": State(found),
    "suggestions": State(lambda window, _: type_query(window, "s")),
    "search-help": State(lambda window, _: window.searching.toggle_help()),
    "mended": State(mended),
    "nothing-found": State(lambda window, _: search(window, "zebra")),
    "filters": State(filtered),
    "selected-many": State(many),
    "selected-many-tags": State(many_tags),
    "menu": State(menu),
    "grouped": State(grouped),
    "list": State(listed),
    "favourites": State(starred),
    "review": State(shown(ViewKind.NEEDS_REVIEW)),
    "failed": State(shown(ViewKind.FAILED)),
    "missing": State(shown(ViewKind.MISSING)),
    "offline": State(shown(ViewKind.FOLDER, 1, PHONE), drive=False),
    "nothing-to-review": State(lambda w, _: w.browser.show_row(ViewKind.NEEDS_REVIEW), 5),
    "large": State(large),
    "toast": State(told),
    "caption-typed": State(typing),
    "captions-offered": State(captions),
    "captioned-anew": State(lambda w, s: (captions(w, s), w.pane.page.choice.anew_button.click())),
    "details": State(details),
    "chat": State(chat),
    "chat-closed": State(closed),
    "chat-streaming": State(answering),
    "chat-loading": State(partial(answering, loads="blip-vqa-base")),
    "ask-many": State(ask_many),
    "ask-many-answers": State(answered),
    "activity": State(activity),
    "problems": State(problems),
    "conflicts": State(conflicts, settings=EMBED),
    "write-preview": State(preview, settings=EMBED),
    "changes": State(changes, settings=EMBED),
    "undo": State(undo, settings=EMBED),
    "settings-find": State(found_setting),
    **{f"settings-{page.replace(' ', '-').lower()}": State(settings(page)) for page in PAGES},
    "models": State(downloading),
    "rename-tag": State(lambda window, _: window.tags._ask("sky", into_another=False)),
    "keys": State(lambda window, _: window.windows.open_keys()),
    "crash": State(crash),
}
