import dataclasses

import pytest

from blipdesk.domain.errors import UsageError
from blipdesk.services.setting_specs import SETTINGS
from blipdesk.services.settings import Settings, SettingsService


class Shelf:
    """Stands in for the catalog's settings table."""

    def __init__(self, **rows):
        self.rows = rows

    def service(self):
        return SettingsService(self.rows.get, self.rows.__setitem__)


def test_a_change_survives_a_restart():
    shelf = Shelf()
    shelf.service().change(theme="dark", num_beams=3)
    assert shelf.service().values == Settings(theme="dark", num_beams=3)


@pytest.mark.parametrize(
    "change",
    [{"theme": "pink"}, {"num_beams": 0}, {"num_beams": 11}, {"device": "abacus"}, {"prompt": "a " * 500}],
)
def test_a_value_out_of_bounds_is_refused_and_changes_nothing(change):
    shelf = Shelf()
    service = shelf.service()
    with pytest.raises(UsageError):
        service.change(**change)
    assert service.values == Settings()
    assert shelf.rows == {}


def test_settings_of_another_version_are_read_as_far_as_they_fit():
    shelf = Shelf(settings={"theme": "dark", "gone": 1, "num_beams": "many"})
    assert shelf.service().values == Settings(theme="dark")


def test_a_stored_value_that_is_no_longer_allowed_falls_back_to_the_defaults():
    shelf = Shelf(settings={"theme": "pink", "first_start_done": True})
    assert shelf.service().values == Settings(first_start_done=True)


def test_a_value_that_is_no_longer_allowed_costs_no_other_choice():
    shelf = Shelf(settings={"theme": "pink", "write_target": "sidecar", "num_beams": 1000, "language": "ja"})
    assert shelf.service().values == Settings(write_target="sidecar", language="ja")


def test_every_described_setting_exists_and_its_default_is_allowed():
    names = {field.name for field in dataclasses.fields(Settings)}
    for spec in SETTINGS:
        assert spec.name in names
        assert spec.help.endswith(".")
        if spec.choices:
            assert getattr(Settings(), spec.name) in [value for value, _ in spec.choices]
