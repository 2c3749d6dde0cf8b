"""The photo pane: what it shows, and that no text a person typed is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_workspace import BROKEN, FakeWorkspace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from blipdesk.domain.errors import CatalogError
from blipdesk.domain.values import Keyword, PhotoState, Source
from blipdesk.ui.pane import PhotoPane
from blipdesk.ui.pane.preview import PreviewPicture
from blipdesk.ui.tasks import wait_for_tasks

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def workspace() -> FakeWorkspace:
    return FakeWorkspace(60)


@pytest.fixture
def pane(qtbot: QtBot, workspace: FakeWorkspace) -> PhotoPane:
    pane = PhotoPane()
    qtbot.addWidget(pane)
    pane.resize(356, 800)
    pane.set_workspace(workspace)
    pane.toasts = []
    pane.toast.connect(lambda words, undo: pane.toasts.append((words, undo)))
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


def open_photo(qtbot: QtBot, pane: PhotoPane, photo_id: int = 8) -> None:
    pane.show_photo(photo_id)
    qtbot.waitUntil(lambda: pane._photo is not None and pane._photo.id == photo_id)


def settle(qtbot: QtBot) -> None:
    """Let the pool and the coalesced events run out."""
    wait_for_tasks()
    qtbot.wait(90)
    wait_for_tasks()
    qtbot.wait(20)


def type_into(pane: PhotoPane, text: str) -> None:
    pane.page.caption.begin_edit()
    QTest.keyClicks(pane.page.caption.editor, text)


def test_a_photo_is_shown_with_everything_known_of_it(qtbot: QtBot, pane: PhotoPane) -> None:
    open_photo(qtbot, pane)
    page = pane.page
    assert pane.header.name.text() == "IMG_20260008.jpg"
    assert page.meta.text() == "9 Jul 2026, 18:12   ·   4000 × 3000   ·   4.8 MB"
    assert page.caption.text() == "a full moon over a lake at night"
    assert page.caption.source_text == "BLIP demo"
    assert page.keywords.names == ["moon", "lake", "night"]
    qtbot.waitUntil(lambda: page.preview.has_picture)
    assert ("Camera", "Fuji X100V") in page.details.rows
    assert page.ask_bar.suggestion_chips[0].text() == "What is it?"


def test_nothing_selected_shows_a_page_and_no_buttons_for_a_photo(qtbot: QtBot, pane: PhotoPane) -> None:
    assert pane.nothing.isVisible()
    assert not pane.header.next.isVisible()
    open_photo(qtbot, pane)
    pane.show_photo(None)
    assert pane.nothing.isVisible()
    assert pane.photo_id is None


def test_a_photo_that_was_forgotten_gives_the_empty_page(qtbot: QtBot, pane: PhotoPane) -> None:
    pane.show_photo(999)
    qtbot.waitUntil(lambda: pane.photo_id is None)
    assert pane.nothing.isVisible()


def test_only_the_last_of_many_quick_steps_is_shown(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.latency = 0.01
    for photo_id in range(2, 12):
        pane.show_photo(photo_id)
    qtbot.waitUntil(lambda: pane._photo is not None)
    settle(qtbot)
    assert pane.header.name.text() == "IMG_20260011.jpg"


def test_a_refresh_does_not_touch_what_is_being_typed(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    type_into(pane, ", and my dog")
    workspace.change(
        [8], model_caption="another caption by the model", keywords=(Keyword("new", Source.MODEL),)
    )
    qtbot.waitUntil(lambda: pane.page.keywords.names == ["new"])
    assert pane.page.caption.text() == "a full moon over a lake at night, and my dog"
    assert "new caption" in pane.page.caption.source_text
    QTest.keyClick(pane.page.caption.editor, Qt.Key.Key_Escape)
    assert pane.page.caption.text() == "another caption by the model"


def test_a_refresh_shows_a_new_caption_where_nothing_is_typed(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    workspace.change([8], model_caption="a better caption")
    qtbot.waitUntil(lambda: pane.page.caption.text() == "a better caption")


def test_ctrl_enter_saves_and_undo_shows_the_former_caption(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    type_into(pane, " in May")
    assert pane.page.caption.save_button.isVisible()
    QTest.keyClick(pane.page.caption.editor, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: pane.toasts == [("Caption saved", True)])
    photo = workspace.library.photo(8)
    assert photo is not None and photo.user_caption == "a full moon over a lake at night in May"
    qtbot.waitUntil(lambda: pane.page.caption.source_text == "BLIP demo · edited by you")
    assert not pane.page.caption.save_button.isVisible()
    workspace.editing.undo()
    qtbot.waitUntil(lambda: pane.page.caption.text() == "a full moon over a lake at night")


def test_an_emptied_caption_gives_the_models_back(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.change([8], user_caption="mine")
    open_photo(qtbot, pane)
    pane.page.caption.editor.setPlainText("  ")
    pane.page.caption.save_button.click()
    qtbot.waitUntil(lambda: pane.page.caption.text() == "a full moon over a lake at night")
    assert workspace.library.photo_now(8).user_caption is None


def test_escape_takes_the_changes_back(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> None:
    open_photo(qtbot, pane)
    type_into(pane, " nonsense")
    QTest.keyClick(pane.page.caption.editor, Qt.Key.Key_Escape)
    assert pane.page.caption.text() == "a full moon over a lake at night"
    assert not pane.page.caption.dirty
    assert workspace.library.photo_now(8).user_caption is None


def test_another_photo_saves_what_was_typed(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> None:
    open_photo(qtbot, pane)
    type_into(pane, " in May")
    open_photo(qtbot, pane, 9)
    qtbot.waitUntil(lambda: workspace.library.photo_now(8).user_caption is not None)
    assert workspace.library.photo_now(8).user_caption == "a full moon over a lake at night in May"
    assert workspace.library.photo_now(9).user_caption is None
    assert pane.page.caption.text() == workspace.library.photo_now(9).caption


def test_words_typed_while_the_next_photo_is_read_are_saved_too(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    workspace.latency = 0.1
    pane.show_photo(9)
    type_into(pane, " in May")
    qtbot.waitUntil(lambda: pane._photo is not None and pane._photo.id == 9)
    qtbot.waitUntil(lambda: workspace.library.photo_now(8).user_caption is not None)
    assert workspace.library.photo_now(9).user_caption is None


def test_the_end_of_the_app_saves_what_was_typed(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    type_into(pane, " in May")
    pane.set_workspace(None)
    assert workspace.library.photo_now(8).user_caption == "a full moon over a lake at night in May"


def test_a_save_that_fails_keeps_the_words(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(photo_id: int, text: str) -> None:
        raise CatalogError("The disk is full.", "Free some space.")

    open_photo(qtbot, pane)
    monkeypatch.setattr(workspace.editing, "set_caption", full)
    type_into(pane, " in May")
    pane.page.caption.save()
    qtbot.waitUntil(lambda: bool(pane.toasts))
    assert pane.toasts == [("The caption could not be saved. The disk is full. Free some space.", False)]
    assert pane.page.caption.text().endswith(" in May")
    assert pane.page.caption.dirty
    # Also when the person has gone on to another photo by then.
    open_photo(qtbot, pane, 9)
    settle(qtbot)
    monkeypatch.undo()
    open_photo(qtbot, pane, 8)
    assert pane.page.caption.text().endswith(" in May")
    assert pane.page.caption.dirty


def test_an_old_save_that_fails_does_not_replace_newer_words(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    type_into(pane, " in May")
    first = pane.page.caption.text()
    pane.page.caption.save()
    type_into(pane, " and June")
    pane.page.caption.save_failed(8, first)
    assert pane.page.caption.text().endswith(" in May and June")
    pane.page.caption.revert()
    settle(qtbot)


def test_quick_edits_before_the_end_are_all_kept(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    for name in ("one", "two", "three"):
        pane.page.keywords.added.emit(name)
    type_into(pane, " in May")
    pane.set_workspace(None)
    kept = workspace.library.photo_now(8)
    assert [keyword.name for keyword in kept.keywords][-3:] == ["one", "two", "three"]
    assert (kept.user_caption or "").endswith(" in May")


def test_a_text_read_before_the_save_does_not_come_back(qtbot: QtBot, pane: PhotoPane) -> None:
    open_photo(qtbot, pane)
    stale = pane._photo
    assert stale is not None
    type_into(pane, " in May")
    pane.page.caption.save()
    pane.page.caption.show_photo(stale)
    assert pane.page.caption.text() == "a full moon over a lake at night in May"
    pane.page.caption.show_photo(replace(stale, user_caption="a full moon over a lake at night in May"))
    pane.page.caption.show_photo(stale)  # undone
    assert pane.page.caption.text() == "a full moon over a lake at night"
    settle(qtbot)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"user_caption": "x"}, "BLIP demo · edited by you"),
        ({"user_caption": "x", "model_caption": None, "model_key": None}, "Written by you"),
        ({"file_caption": "x"}, "From the file"),
        ({"model_caption": None, "state": PhotoState.QUEUED}, "Waiting for its turn"),
        ({"model_caption": None, "state": PhotoState.WORKING}, "Being captioned…"),
        ({"state": PhotoState.QUEUED}, "BLIP demo · captioning again"),
    ],
)
def test_the_line_under_the_caption_names_its_source(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, change: dict[str, object], line: str
) -> None:
    workspace.change([8], **change)
    open_photo(qtbot, pane)
    assert pane.page.caption.source_text == line


def test_caption_again_is_asked_once_and_then_waits(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    pane.page.caption.again_button.click()
    qtbot.waitUntil(lambda: ("caption_again", (8,)) in workspace.captioning.calls)
    qtbot.waitUntil(lambda: not pane.page.caption.again_button.isEnabled())


def test_tags_are_added_and_removed(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> None:
    open_photo(qtbot, pane)
    bar = pane.page.keywords
    bar.add_button.click()
    assert bar.field.hasFocus()
    QTest.keyClicks(bar.field, "summer, Moon; late  evening;")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bar.names == ["moon", "lake", "night", "summer", "late evening"])
    assert bar.field.hasFocus(), "the next tag can be typed at once"
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.field.isVisible() and bar.add_button.isVisible()
    chip = bar.chips[1]
    assert "Found in the caption" in chip.toolTip() and "Added by you" in bar.chips[3].toolTip()
    cross = QPoint(chip.width() - 12, chip.height() // 2)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=cross)
    qtbot.waitUntil(lambda: bar.names == ["moon", "night", "summer", "late evening"])
    assert ("Tag removed", True) in pane.toasts
    assert [k.name for k in workspace.library.photo_now(8).keywords] == bar.names


def test_a_tag_is_removed_by_key_and_the_focus_stays_in_the_row(qtbot: QtBot, pane: PhotoPane) -> None:
    open_photo(qtbot, pane)
    bar = pane.page.keywords
    bar.chips[1].setFocus()
    QTest.keyClick(bar.chips[1], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bar.names == ["moon", "night"])
    assert bar.chips[1].hasFocus()


def test_a_click_on_a_tags_name_does_not_remove_it(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    QTest.mouseClick(pane.page.keywords.chips[0], Qt.MouseButton.LeftButton, pos=QPoint(12, 12))
    settle(qtbot)
    assert len(workspace.library.photo_now(8).keywords) == 3


def test_known_tags_are_offered_while_typing(qtbot: QtBot, pane: PhotoPane) -> None:
    open_photo(qtbot, pane)
    bar = pane.page.keywords
    bar.begin_add()
    completer = bar.field.completer()
    assert completer is not None
    qtbot.waitUntil(lambda: completer.model().rowCount() > 3)
    completer.setCompletionPrefix("BEA")
    assert completer.currentCompletion() == "beach"


def test_many_tags_are_folded_and_can_be_unfolded(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.change([8], keywords=tuple(Keyword(f"tag {n}", Source.MODEL) for n in range(40)))
    open_photo(qtbot, pane)
    bar = pane.page.keywords
    assert len(bar.chips) == 14
    assert bar.more_button.text() == "26 more"
    bar.more_button.click()
    assert len(bar.chips) == 40
    qtbot.waitUntil(lambda: all(bar.rect().contains(chip.geometry()) for chip in bar.chips))


def test_a_failed_photo_says_why_and_retries(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> None:
    workspace.change(
        [8], state=PhotoState.FAILED, model_caption=None, problem=BROKEN, width=None, height=None
    )
    open_photo(qtbot, pane)
    banner = pane.page.banner
    assert (banner.message, banner.remedy) == (BROKEN.message, BROKEN.remedy)
    qtbot.waitUntil(lambda: pane.page.preview.sentence == "No picture could be read")
    assert not pane.page.ask_bar.field.isEnabled()
    banner.action.click()
    qtbot.waitUntil(lambda: ("retry", (8,)) in workspace.captioning.calls)
    workspace.change([8], state=PhotoState.DONE, problem=None, model_caption="well", width=4, height=3)
    qtbot.waitUntil(lambda: not banner.isVisible())
    qtbot.waitUntil(lambda: pane.page.preview.has_picture)
    assert pane.page.ask_bar.field.isEnabled()


@pytest.mark.parametrize(
    ("state", "words"),
    [(PhotoState.OFFLINE, "drive"), (PhotoState.MISSING, "no longer")],
)
def test_a_photo_out_of_reach_keeps_its_texts_and_says_so(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, state: PhotoState, words: str
) -> None:
    workspace.change([8], state=state)
    open_photo(qtbot, pane)
    assert words in pane.page.banner.message and "kept" in pane.page.banner.remedy
    assert pane.page.banner.action.isHidden() is (state is PhotoState.OFFLINE)
    assert state is PhotoState.OFFLINE or pane.page.banner.action.text() == "Remove from the library…"
    assert pane.page.caption.text() == "a full moon over a lake at night"
    assert not pane.page.caption.again_button.isEnabled()


def test_the_picture_is_fetched_again_only_when_the_content_changed(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    real = workspace.library.thumbnail
    monkeypatch.setattr(workspace.library, "thumbnail", lambda n: calls.append(n) or real(n))
    open_photo(qtbot, pane)
    qtbot.waitUntil(lambda: pane.page.preview.has_picture)
    workspace.change([8], model_caption="other words")
    qtbot.waitUntil(lambda: pane.page.caption.text() == "other words")
    settle(qtbot)
    assert calls == [8]
    workspace.change([8], content_hash="f" * 64)
    qtbot.waitUntil(lambda: calls == [8, 8])


def test_a_photo_elsewhere_in_the_catalog_does_not_reload_the_pane(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_photo(qtbot, pane)
    settle(qtbot)
    calls: list[int] = []
    real = workspace.library.photo
    monkeypatch.setattr(workspace.library, "photo", lambda n: calls.append(n) or real(n))
    workspace.change([9], model_caption="elsewhere")
    settle(qtbot)
    assert calls == []


def test_the_buttons_and_the_picture_say_what_was_wanted(qtbot: QtBot, pane: PhotoPane) -> None:
    open_photo(qtbot, pane)
    steps: list[int] = []
    opened: list[int] = []
    pane.navigate.connect(steps.append)
    pane.open_preview.connect(opened.append)
    pane.header.previous.click()
    pane.header.next.click()
    pane.header.expand.click()
    QTest.mouseClick(pane.page.preview, Qt.MouseButton.LeftButton)
    QTest.keyClick(pane.page.preview, Qt.Key.Key_Return)
    assert (steps, opened) == ([-1, 1], [8, 8, 8])
    with qtbot.waitSignal(pane.closed):
        pane.header.close_button.click()


def test_the_preview_shows_the_whole_frame(qtbot: QtBot) -> None:
    preview = PreviewPicture()
    qtbot.addWidget(preview)
    preview.resize(328, 203)
    image = QImage(900, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for left, top in ((0, 0), (0, 588)):
        for x in range(900):
            for y in range(12):
                image.setPixelColor(left + x, top + y, QColor("red"))
    preview.show_image(image)
    shown = preview.grab().toImage()
    for y in (1, 201):
        assert shown.pixelColor(164, y).red() > 200 and shown.pixelColor(164, y).green() < 90
    assert shown.pixelColor(164, 100).green() > 200


def test_many_selected_photos_have_their_own_page(qtbot: QtBot, pane: PhotoPane) -> None:
    open_photo(qtbot, pane)
    pane.show_selection(1284)
    assert pane.many.isVisible() and "1,284 photos" in pane.many._title.text()
    with qtbot.waitSignal(pane.caption_again_requested):
        pane.many.again_button.click()
    with qtbot.waitSignal(pane.copy_captions_requested):
        pane.many.copy_button.click()
    open_photo(qtbot, pane, 8)
    assert pane.page.isVisible()


def test_the_keys_reach_caption_and_question(qtbot: QtBot, pane: PhotoPane) -> None:
    open_photo(qtbot, pane)
    pane.activateWindow()
    QTest.keyClick(pane, Qt.Key.Key_F2)
    assert pane.page.caption.editor.hasFocus()
    QTest.keyClick(pane.page.caption.editor, Qt.Key.Key_L, CTRL)
    assert pane.page.ask_bar.field.hasFocus()


@pytest.mark.parametrize("width", [356, 520])
def test_nothing_sticks_out_of_the_pane(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, width: int
) -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitän" * 8
    workspace.change([8], user_caption=long, keywords=(Keyword(long, Source.USER),), path=f"/p/{long}.jpg")
    workspace.asking.word_seconds = 0
    workspace.asking.answer = long
    open_photo(qtbot, pane)
    pane.page.chat.ask(long)
    qtbot.waitUntil(lambda: bool(pane.page.chat.turns) and pane.page.chat.turns[-1].answer == long)
    pane.page.details.toggle.setChecked(True)
    pane.resize(width, 800)
    settle(qtbot)
    assert pane.width() == width
    body = pane.page._scroll.widget()
    assert body is not None and body.width() <= pane.page._scroll.viewport().width()
    for widget in (pane.page.caption, pane.page.chat, *pane.page.keywords.chips):
        right = widget.mapTo(pane, QPoint(widget.width(), 0)).x()
        assert right <= width
    for turn in pane.page.chat.turns:
        assert turn._reply.geometry().right() <= turn.width()
        assert turn._own.geometry().left() >= 0


def test_a_changed_theme_repaints_without_losing_anything(qtbot: QtBot, pane: PhotoPane) -> None:
    from blipdesk.ui.theme import theme

    open_photo(qtbot, pane)
    type_into(pane, " in May")
    dark = pane.grab().toImage().pixelColor(4, 400)
    theme().set_mode("light")
    light = pane.grab().toImage().pixelColor(4, 400)
    assert dark.lightness() < 60 < 200 < light.lightness()
    assert pane.page.caption.text().endswith(" in May")
    pane.page.caption.revert()
