"""What the computer says of itself, and what becomes of a system that says nothing."""

import sys

import psutil
import pytest

from blipdesk.services.computer import ThisComputer, idle_probe


class Battery:
    def __init__(self, plugged):
        self.power_plugged = plugged


@pytest.mark.parametrize(
    ("battery", "on_battery", "has_one"),
    [
        (None, False, False),
        (Battery(True), False, True),
        (Battery(False), True, True),
        (Battery(None), False, True),
    ],
)
def test_a_computer_is_on_battery_only_where_its_battery_says_so(monkeypatch, battery, on_battery, has_one):
    monkeypatch.setattr(psutil, "sensors_battery", lambda: battery, raising=False)
    found = ThisComputer(lambda: 0.0)
    assert (found.on_battery(), found.has_battery()) == (on_battery, has_one)


def test_a_system_without_a_way_to_ask_for_its_battery_is_on_mains(monkeypatch):
    monkeypatch.delattr(psutil, "sensors_battery", raising=False)
    assert not ThisComputer(lambda: 0.0).on_battery()


def test_a_way_that_fails_is_an_answer_that_is_not_known():
    def fails():
        raise OSError("libXss.so.1: cannot open shared object file")

    assert ThisComputer(fails).idle_seconds() is None


def test_without_a_screen_nothing_tells_whether_it_is_used():
    assert idle_probe("linux", {})() is None


def test_an_x_server_that_is_not_there_tells_nothing():
    assert ThisComputer(idle_probe("linux", {"DISPLAY": ":987"})).idle_seconds() is None


def test_gnome_is_asked_under_wayland(tmp_path, monkeypatch):
    if sys.platform == "win32":
        pytest.skip("a shell script stands for busctl")
    script = tmp_path / "busctl"
    script.write_text('#!/bin/sh\n[ "$6" = GetIdletime ] && echo "t 61500"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ThisComputer(idle_probe("linux", {"WAYLAND_DISPLAY": "wayland-0"})).idle_seconds() == 61.5
    script.write_text("#!/bin/sh\necho 'Failed: no such name' >&2\nexit 1\n")
    assert ThisComputer(idle_probe("linux", {"WAYLAND_DISPLAY": "wayland-0"})).idle_seconds() is None
