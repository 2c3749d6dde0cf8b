"""Settings are found by their words, and each goes back to what it was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from settings_steps import choose

from blipdesk.services.setting_specs import spec_of
from blipdesk.services.settings import Settings


def names(dialog):
    return [name for name, field in dialog.fields.items() if field in dialog.search.marked]


def pages(dialog):
    return {button.text(): button.isEnabled() for button in dialog._nav}


def test_a_word_of_the_help_finds_a_setting_and_goes_to_its_page(dialog):
    QTest.keyClicks(dialog.search, "unload")
    assert names(dialog) == ["unload_minutes"]
    assert dialog._nav[dialog.page_names.index("Model")].isChecked()
    assert pages(dialog)["Model (1)"] and not pages(dialog)["Captions"]
    area = dialog._pages.currentWidget()
    field = dialog.fields["unload_minutes"]
    top = field.mapTo(area, field.rect().topLeft()).y()
    assert 0 <= top < area.height(), "it is in sight"


def test_all_words_must_be_there_in_any_order_and_choices_count(dialog):
    dialog.search.setText("sidecar DIGIKAM")
    assert names(dialog) == ["write_target"]
    dialog.search.setText("zebra")
    assert names(dialog) == [] and all(pages(dialog).values()) and dialog.nothing_found.isVisible()
    dialog.search.setText("checksums nowhere")
    assert not dialog.search.found
    dialog.search.clear()
    assert not dialog.nothing_found.isVisible()


@pytest.mark.parametrize(
    "typed, name",
    [("write metadata", "write_target"), ("xmp exif", "write_target"), ("Theme", "theme"), ("gpu", "device")],
)
def test_a_setting_is_found_by_what_other_programs_call_it(dialog, typed, name):
    dialog.search.setText(typed)
    assert name in names(dialog)


def test_undo_finds_how_long_changes_are_kept_and_where_they_are_taken_back(dialog):
    dialog.search.setText("undo")
    assert dialog.write_back in dialog.search.marked and "journal_days" in names(dialog)


def test_a_page_of_that_name_comes_before_what_only_speaks_of_it(dialog):
    dialog.search.setText("model")
    assert dialog._nav[dialog.page_names.index("Model")].isChecked()
    assert not pages(dialog).get("Captions", False), "it has matches too, and says how many"


def test_folders_and_models_are_found_too(dialog):
    dialog.search.setText("download")
    assert dialog.models in dialog.search.marked
    dialog.search.setText("folder captions tags")
    assert dialog.folders_page in dialog.search.marked


def test_the_keys_go_from_match_to_match_and_escape_clears_before_it_closes(qtbot, dialog):
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(dialog.search.hasFocus)
    QTest.keyClicks(dialog.search, "slower")
    assert names(dialog) == ["candidates", "num_beams"]
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.fields["num_beams"].isAncestorOf(dialog.focusWidget())
    dialog.search.setFocus()
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert dialog.isVisible() and dialog.search.text() == "" and all(pages(dialog).values())
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_setting_goes_back_to_what_it_was(qtbot, dialog, workspace):
    field = dialog.fields["num_beams"]
    assert field.reset.isHidden()
    choose(field, 4)
    qtbot.waitUntil(lambda: workspace.settings.values.num_beams == 4)
    assert not field.reset.isHidden() and field.reset.accessibleName() == "Reset: Wordings to compare"
    field.reset.click()
    qtbot.waitUntil(lambda: workspace.settings.values.num_beams == Settings().num_beams)
    assert field.value() == 1 and field.reset.isHidden()


def test_a_switch_and_a_text_go_back_too(qtbot, dialog, workspace):
    for name, value in (("keep_times", False), ("prompt", "a photo of")):
        workspace.settings.change(**{name: value})
        field = dialog.fields[name]
        dialog.show_page(spec_of(name).section)
        field.show_value(value)
        assert field.reset.isVisible()
        field.reset.click()
        qtbot.waitUntil(lambda n=name: getattr(workspace.settings.values, n) == getattr(Settings(), n))
        assert field.value() == getattr(Settings(), name)
