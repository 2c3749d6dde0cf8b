"""The models in the settings: downloaded, paused, gone on with, checked, removed, chosen."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shiboken6
from fake_workspace import FakeWorkspace
from settings_steps import Person

from blipdesk.domain.errors import ModelError
from blipdesk.ui.dialogs.settings import SettingsDialog
from blipdesk.ui.model_work import ModelWork

BASE = "blip-base"


@pytest.fixture
def person():
    return Person()


@pytest.fixture
def box(dialog, person):
    dialog.show_page("Model")
    dialog.models._confirm = person.confirm
    return dialog.models


def card(box, key):
    return next(card for card in box.cards if card.shown.model.key == key)


def shown(box, key):
    return [name for name, button in card(box, key).buttons.items() if not button.isHidden()]


def press(box, key, button):
    card(box, key).buttons[button].click()


def done(qtbot, box):
    qtbot.waitUntil(lambda: not box.work.busy)


def test_each_model_says_what_it_is_for_whether_it_fits_and_what_it_takes(box):
    base = card(box, BASE)
    words = f"{base.accessibleName()} {base.accessibleDescription()}"
    for part in (
        "BLIP base",
        "the first choice",
        "990",
        "Licence: BSD\u20113\u2011Clause",
        "Captions",
        "Fits in bf16",
    ):
        assert part in words
    assert shown(box, BASE) == ["download"]
    assert shown(box, "demo") == ["check"], "what comes with the program stays, and is in use"


def test_a_download_shows_how_far_it_is_and_can_be_chosen_once_it_is_here(qtbot, dialog, workspace, box):
    models = workspace.models
    models.may_go_on.clear()
    press(box, BASE, "download")
    qtbot.waitUntil(lambda: card(box, BASE).bar.value() > 0)
    assert " of " in card(box, BASE).words.text() and shown(box, BASE) == ["pause", "cancel"]
    assert not card(box, "demo").buttons["check"].isEnabled(), "one thing at a time"
    models.may_go_on.set()
    qtbot.waitUntil(lambda: card(box, BASE).shown.model.installed)
    assert "is on this computer now" in card(box, BASE).words.text()
    assert "990" in box.space.text()
    press(box, BASE, "use-caption")
    qtbot.waitUntil(lambda: workspace.settings.values.model == BASE)
    qtbot.waitUntil(lambda: shown(box, BASE) == ["check", "remove"])
    assert dialog.fields["model"].value() == BASE
    assert not card(box, BASE).buttons["remove"].isEnabled(), "it is in use"


def test_a_paused_download_goes_on_from_where_it_was(qtbot, workspace, box):
    workspace.models.may_go_on.clear()
    press(box, BASE, "download")
    qtbot.waitUntil(lambda: workspace.models.known[BASE].arrived_bytes > 400_000_000)
    press(box, BASE, "pause")
    done(qtbot, box)
    qtbot.waitUntil(lambda: shown(box, BASE) == ["download", "remove"])
    assert card(box, BASE).buttons["download"].text() == "Resume"
    arrived = workspace.models.known[BASE].arrived_bytes
    workspace.models.may_go_on.set()
    press(box, BASE, "download")
    qtbot.waitUntil(lambda: card(box, BASE).shown.model.installed)
    assert arrived > 400_000_000


def test_a_cancelled_download_leaves_nothing(qtbot, workspace, box):
    workspace.models.may_go_on.clear()
    press(box, BASE, "download")
    qtbot.waitUntil(lambda: workspace.models.known[BASE].arrived_bytes > 400_000_000)
    press(box, BASE, "cancel")
    qtbot.waitUntil(lambda: workspace.models.known[BASE].arrived_bytes == 0)
    qtbot.waitUntil(lambda: shown(box, BASE) == ["download"])


def test_what_broke_a_download_off_is_said_with_its_remedy(qtbot, workspace, box):
    workspace.models.error = ModelError("The connection was lost.", "Try again later: what has come is kept.")
    press(box, BASE, "download")
    qtbot.waitUntil(lambda: "The connection was lost." in card(box, BASE).words.text())
    assert "what has come is kept" in card(box, BASE).words.text()
    qtbot.waitUntil(lambda: shown(box, BASE) == ["download", "remove"])


def test_a_check_says_what_it_found(qtbot, workspace, box):
    press(box, "demo", "check")
    qtbot.waitUntil(lambda: "a red square" in card(box, "demo").words.text())
    assert workspace.models.checked == ["demo"]


def test_removing_asks_first_and_says_what_becomes_free(qtbot, workspace, box, person):
    models = workspace.models
    models.known[BASE] = replace(models.known[BASE], installed=True, path="/models/x")
    box.work.ended.emit("", "")
    qtbot.waitUntil(lambda: "remove" in shown(box, BASE))
    person.says = False
    press(box, BASE, "remove")
    assert models.known[BASE].installed and "990" in person.asked[0][1]
    person.says = True
    press(box, BASE, "remove")
    qtbot.waitUntil(lambda: not models.known[BASE].installed)
    qtbot.waitUntil(lambda: "are free again" in card(box, BASE).words.text())


def test_a_download_goes_on_while_the_settings_are_closed(qtbot, workspace):
    workspace.models.may_go_on.clear()
    work = ModelWork(None, workspace.models)
    first = SettingsDialog(workspace, work=work)
    qtbot.waitUntil(lambda: len(first.models.cards) == 2)
    press(first.models, BASE, "download")
    qtbot.waitUntil(lambda: work.state.done > 0)
    shiboken6.delete(first)
    again = SettingsDialog(workspace, work=work)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: len(again.models.cards) == 2)
    assert shown(again.models, BASE) == ["pause", "cancel"]
    workspace.models.may_go_on.set()
    qtbot.waitUntil(lambda: card(again.models, BASE).shown.model.installed)


def test_the_window_that_closes_stops_a_download_and_keeps_what_has_come(qtbot, open_window):
    workspace = FakeWorkspace(5)
    workspace.models.may_go_on.clear()
    window = open_window(workspace)
    window.windows.open_settings("Model")
    work = window.windows._model_work
    work.download(workspace.models.known[BASE])
    qtbot.waitUntil(lambda: workspace.models.known[BASE].arrived_bytes > 400_000_000)
    window.detach()
    assert workspace.models.known[BASE].arrived_bytes > 400_000_000
