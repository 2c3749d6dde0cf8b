"""The photo pane: what it shows of a photo, of none, of many, and of one out of reach."""

from __future__ import annotations

import itertools

import pytest
from fake_workspace import BROKEN, FakeWorkspace
from pane_steps import open_photo, settle, type_into
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from blipdesk.domain.errors import CatalogError
from blipdesk.domain.values import Keyword, PhotoState, Source
from blipdesk.ui.pane import PhotoPane
from blipdesk.ui.pane.preview import PreviewPicture

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_photo_is_shown_with_everything_known_of_it(qtbot: QtBot, pane: PhotoPane) -> None:
    open_photo(qtbot, pane)
    page = pane.page
    assert pane.header.name.text() == "IMG_20260008.jpg"
    assert page.meta.text() == "9 Jul 2026, 18:12   ·   4000 × 3000   ·   4.8 MB"
    assert page.caption.text() == "a full moon over a lake at night"
    assert page.caption.source_text == "Demo model"
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


def test_a_photo_that_could_not_be_read_is_not_shown_as_the_one_before_and_can_be_tried_again(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(photo_id: int) -> None:
        raise CatalogError("The catalog is locked.")

    open_photo(qtbot, pane)
    monkeypatch.setattr(workspace.library, "photo", locked)
    pane.show_photo(9)
    qtbot.waitUntil(lambda: bool(pane.toasts))
    assert "The catalog is locked." in pane.toasts[0][0]
    assert pane.nothing.isVisible()
    monkeypatch.undo()
    open_photo(qtbot, pane, 9)
    monkeypatch.setattr(workspace.library, "photo", locked)
    workspace.change([9], model_caption="other words")
    qtbot.waitUntil(lambda: len(pane.toasts) == 2)
    assert pane.page.isVisible(), "what is shown stays when only its refresh failed"


def test_only_the_last_of_many_quick_steps_is_shown(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.latency = 0.01
    for photo_id in range(2, 12):
        pane.show_photo(photo_id)
    qtbot.waitUntil(lambda: pane._photo is not None)
    settle(qtbot)
    assert pane.header.name.text() == "IMG_20260011.jpg"


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


def test_removing_a_photo_that_is_gone_is_asked_for_the_selected_one_only(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    asked: list[bool] = []
    pane.remove_requested.connect(lambda: asked.append(True))
    workspace.change([8], state=PhotoState.MISSING)
    open_photo(qtbot, pane)
    pane.page.banner.action.click()
    assert asked == [True]
    workspace.latency = 0.05
    pane.show_photo(9)
    pane.page.banner.action.click()
    assert asked == [True], "the selection has gone on"
    qtbot.waitUntil(lambda: pane._photo is not None and pane._photo.id == 9)


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
    workspace.asking.answer = long
    open_photo(qtbot, pane)
    pane.page.chat.ask(long)
    qtbot.waitUntil(lambda: bool(pane.page.chat.turns) and pane.page.chat.turns[-1].answer == long)
    pane.page.details.toggle.setChecked(True)
    pane.resize(width, 800)
    settle(qtbot)
    assert pane.width() == width
    for area in (pane.page._whole, pane.page._scroll):
        body = area.widget()
        assert body is not None and body.width() <= area.viewport().width()
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


@pytest.mark.parametrize("height", [468, 608, 808])
def test_no_part_lies_over_another_or_is_cut_and_the_question_field_is_in_view(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, height: int
) -> None:
    workspace.change([8], user_caption="a long caption of a long day " * 9)
    pane.setFixedHeight(height)  # it would grow to what it needs
    open_photo(qtbot, pane, 8)
    settle(qtbot)
    page = pane.page
    assert page.preview.height() >= page.preview.width() * 0.45
    parts = (page.preview, page.meta, page.caption, page.keywords, page.details.toggle, page.chat)
    for above, below in itertools.pairwise(parts):
        assert above.mapTo(page, above.rect().bottomLeft()).y() < below.mapTo(page, QPoint(0, 0)).y()
    assert page.ask_bar.visibleRegion().boundingRect() == page.ask_bar.rect()
    page._reveal(page.chat)
    assert page.chat._hint.visibleRegion().boundingRect() == page.chat._hint.rect()


def test_the_page_of_a_photo_is_made_before_one_is_chosen(open_window, qtbot):
    window = open_window(FakeWorkspace(20))
    qtbot.waitUntil(lambda: window.pane._page is not None)
    page = window.pane.page
    window.gallery.view.select_row(3)
    qtbot.waitUntil(page.isVisible)
    assert window.pane.page is page
