"""The rows of the file's details."""

from blipdesk.ui.pane.details import DetailValue


def test_stars_are_read_out_as_a_number(qtbot):
    value = DetailValue("Rating", "★★★★☆")
    qtbot.addWidget(value)
    assert value.text() == "★★★★☆"
    assert value.accessibleName() == "Rating: 4 of 5 stars"
