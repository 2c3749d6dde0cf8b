"""Caption again: captions to choose from, what is known of each, and one taken or not."""

from __future__ import annotations

import pytest
from fake_library import MATCHES
from fake_workspace import FakeWorkspace
from pane_steps import open_photo, settle, type_into
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from blipdesk.domain.errors import CatalogError, ModelError
from blipdesk.domain.events import Progress, RunState
from blipdesk.domain.values import Candidate, Keyword, PhotoState, Source
from blipdesk.ui.pane import PhotoPane

CAPTION = "a full moon over a lake at night"
OTHER = "a night sky"


def texts(pane: PhotoPane) -> list[str]:
    return [row.offer.text for row in pane.page.choice.rows]


def open_list(qtbot: QtBot, pane: PhotoPane, count: int = 4) -> None:
    open_photo(qtbot, pane)
    pane.page.caption.again_button.click()
    qtbot.waitUntil(lambda: len(texts(pane)) == count)


def test_the_model_is_asked_where_there_is_nothing_to_choose_yet(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_list(qtbot, pane)
    choice = pane.page.choice
    assert workspace.proposing.calls == [(8, False)]
    assert set(texts(pane)) == {CAPTION, *workspace.proposing.texts[0]}
    taken = [row.offer for row in choice.rows if row.offer.taken]
    assert [offer.text for offer in taken] == [CAPTION]
    assert taken[0].about.startswith("Sure · 99 % match · Demo model · ") and taken[0].about[-4:].isdigit()
    assert choice.rows[-1].offer.about == "Unsure · 20 % match", "the best come first"
    assert workspace.library.photo_now(8).caption == CAPTION, "nothing is changed by looking"
    choice.grab()


def test_a_caption_is_taken_with_the_keyboard_and_given_back_by_undo(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_list(qtbot, pane)
    choice = pane.page.choice
    pane.activateWindow()
    choice.rows[0].setFocus()
    while not choice.rows[-1].hasFocus():
        QTest.keyClick(pane.focusWidget(), Qt.Key.Key_Down)
    assert choice.rows[-1].offer.text == OTHER
    last = choice.rows[-1]
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect() == last.rect())  # scrolled into view
    QTest.keyClick(choice.rows[-1], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: workspace.library.photo_now(8).user_caption == OTHER)
    qtbot.waitUntil(lambda: pane.page.caption.source_text == "Demo model · chosen by you")
    assert pane.page.caption.text() == OTHER and ("Caption saved", True) in pane.toasts
    qtbot.waitUntil(lambda: [row.offer.text for row in choice.rows if row.offer.taken] == [OTHER])
    pane.undo()
    qtbot.waitUntil(lambda: pane.page.caption.text() == CAPTION)
    QTest.keyClick(choice.rows[0], Qt.Key.Key_Escape)
    assert not choice.isVisible()


def test_words_being_typed_are_saved_before_another_caption_is_taken(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_list(qtbot, pane)
    type_into(pane, " in May")
    next(row for row in pane.page.choice.rows if row.offer.text == OTHER).click()
    qtbot.waitUntil(lambda: workspace.library.photo_now(8).user_caption == OTHER)
    settle(qtbot)
    assert pane.page.caption.text() == OTHER and not pane.page.caption.dirty
    pane.undo()
    qtbot.waitUntil(lambda: pane.page.caption.text() == f"{CAPTION} in May")


def test_others_are_drawn_where_the_likeliest_are_there_already(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_list(qtbot, pane)
    qtbot.waitUntil(lambda: pane.page.choice.propose_button.text() == "Propose others")
    pane.page.choice.propose_button.click()
    qtbot.waitUntil(lambda: len(texts(pane)) == 5)
    assert workspace.proposing.calls == [(8, False), (8, True)]


def test_the_captions_of_file_and_person_can_be_chosen_too(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.change(
        [8], user_caption="mine", file_caption="of the file",
        candidates=(Candidate("of the file", "", None, MATCHES[1], Source.FILE),),
    )  # fmt: skip
    open_list(qtbot, pane, 3)
    about = {row.offer.text: row.offer.about for row in pane.page.choice.rows}
    assert about["of the file"] == "Fair · 80 % match · From the file"
    assert about["mine"] == "Written by you" and about[CAPTION].startswith("Demo model · ")
    assert workspace.proposing.calls == [], "there is something to choose from"


def test_proposals_under_way_can_be_stopped_and_come_to_their_own_photo(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.proposing.seconds = 30.0
    open_list(qtbot, pane, 1)
    choice = pane.page.choice
    assert choice.propose_button.text() == "Stop" and choice._awaited.isVisible()
    open_photo(qtbot, pane, 9)
    assert not choice.isVisible(), "the list is of one photo"
    open_photo(qtbot, pane, 8)
    pane.page.caption.again_button.click()
    assert choice.propose_button.text() == "Stop" and len(workspace.proposing.calls) == 1
    choice.propose_button.click()
    qtbot.waitUntil(lambda: choice.propose_button.text() == "Propose others")
    assert pane.toasts == [] and texts(pane) == [CAPTION]


def test_a_model_that_is_loaded_before_it_proposes_is_named(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.proposing.seconds, workspace.proposing.loads = 30.0, "blip-image-captioning-base"
    open_list(qtbot, pane, 1)
    choice = pane.page.choice
    qtbot.waitUntil(lambda: choice._awaited.text() == "BLIP image captioning base is being loaded…")
    choice.propose_button.click()
    qtbot.waitUntil(lambda: not choice._awaited.isVisible())


def test_a_caption_made_anew_waits_for_a_model_that_is_named(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_list(qtbot, pane)
    source = pane.page.caption
    pane.page.choice.anew_button.click()
    assert source.source_text.endswith(" · captioning again")
    workspace.captioning.show(Progress(RunState.LOADING_MODEL))
    qtbot.waitUntil(lambda: source.source_text == "Demo model is being loaded…")
    workspace.captioning.show(Progress(RunState.CAPTIONING))
    qtbot.waitUntil(lambda: source.source_text.endswith(" · captioning again"))


def test_a_model_that_cannot_propose_is_said_in_words(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.proposing.error = ModelError("The model is not complete.", "Import it again.")
    open_list(qtbot, pane, 1)
    qtbot.waitUntil(lambda: bool(pane.toasts))
    assert pane.toasts == [
        ("No captions could be proposed. The model is not complete. Import it again.", False)
    ]


def test_the_models_caption_itself_can_be_made_anew_and_the_one_before_brought_back(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_list(qtbot, pane)
    caption, anew = pane.page.caption, pane.page.choice.anew_button
    anew.click()
    assert caption.source_text.endswith(" · captioning again")
    qtbot.waitUntil(lambda: ("The photo will be captioned again", True) in pane.toasts)
    workspace.change([8], file_caption="news of something else")
    settle(qtbot)
    assert caption.source_text.endswith(" · captioning again")
    workspace.change([8], model_caption="a boat at noon", captioned_at=2e9, file_caption=None)
    workspace.change([8], state=PhotoState.DONE)
    qtbot.waitUntil(lambda: caption.text() == "a boat at noon" and anew.text() == "Caption anew")
    pane.undo()
    qtbot.waitUntil(lambda: caption.text() == CAPTION)


@pytest.mark.parametrize("in_list", [True, False])
def test_captioning_anew_is_stopped_where_it_was_begun(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, in_list: bool
) -> None:
    open_list(qtbot, pane)
    caption, anew = pane.page.caption, pane.page.choice.anew_button
    edits: list[int] = []
    pane.edited.connect(edits.append)
    anew.click()
    stop = anew if in_list else caption.again_button
    qtbot.waitUntil(lambda: workspace.library.photo_now(8).state is PhotoState.QUEUED)
    settle(qtbot)
    assert stop.isEnabled() and stop.accessibleName() == "Stop captioning again"
    workspace.change([8], captioned_at=1.0, keywords=(Keyword("seen", Source.MODEL),))
    qtbot.waitUntil(lambda: pane.page.keywords.names == ["seen"])
    stop.click()
    qtbot.waitUntil(lambda: ("The caption stays as it is", False) in pane.toasts)
    assert ("stop_anew", (8, 1.0)) in workspace.captioning.calls, "it tells which caption is to stay"
    qtbot.waitUntil(lambda: "captioning" not in caption.source_text)
    assert (anew.text(), caption.again_button.accessibleName()) == ("Caption anew", "Caption again")
    assert caption.text() == CAPTION and sum(edits) == 0


def test_a_caption_that_cannot_be_made_anew_is_awaited_no_longer(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_list(qtbot, pane)
    workspace.captioning.error = CatalogError("The catalog cannot be written.", "Free some space.")
    pane.page.choice.anew_button.click()
    qtbot.waitUntil(lambda: bool(pane.toasts))
    assert "captioning" not in pane.page.caption._source.text()


@pytest.mark.parametrize("state", [PhotoState.MISSING, PhotoState.OFFLINE])
def test_a_photo_out_of_reach_has_its_captions_to_choose_from_and_no_new_ones(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, state: PhotoState
) -> None:
    workspace.change([8], state=state, file_caption="of the file")
    open_photo(qtbot, pane)
    pane._page_acts._proposals.toggle()
    assert len(texts(pane)) == 2 and not pane.page.choice.propose_button.isEnabled()


def test_hostile_captions_are_shown_as_they_are(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    hostile = "<img src=x> &amp; \ud800\0 " + "w" * 3000
    workspace.change([8], candidates=(Candidate(hostile, hostile),))
    open_list(qtbot, pane, 2)
    pane.page.choice.grab()
    assert pane.page.choice.width() <= pane.width()


def test_escape_closes_the_list_and_gives_the_keyboard_back(qtbot: QtBot, pane: PhotoPane) -> None:
    open_list(qtbot, pane)
    pane.activateWindow()
    row = pane.page.choice.rows[0]
    row.setFocus()
    qtbot.waitUntil(row.hasFocus)
    QTest.keyClick(row, Qt.Key.Key_Escape)
    assert not pane.page.choice.isVisible() and pane.page.caption.again_button.hasFocus()
