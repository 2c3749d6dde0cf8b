"""Start with the computer: the entry that each system reads."""

import plistlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from blipdesk.domain.errors import KnownError
from blipdesk.services.autostart import Autostart, entry_of, start_command
from blipdesk.services.paths import default_data_dir
from blipdesk.services.settings import SettingsService
from blipdesk.services.workspace import Workspace

ODD = '/home/ada/My "photos" 100% $HOME `x` back\\slash'


def test_the_usual_library_is_named_by_nothing(tmp_path):
    assert start_command(default_data_dir())[1:] == ["-m", "blipdesk", "--hidden"]
    assert start_command(tmp_path)[-3:] == ["--data-dir", str(tmp_path.resolve()), "--hidden"]


def arguments(line):
    """An Exec line as a desktop reads it: the string's escapes first, then the quotes, then the codes."""
    value = line.removeprefix("Exec=").replace("\\\\", "\\")
    return [
        argument.replace("%%", "%") for argument in shlex.split(value.replace("\\`", "`").replace("\\$", "$"))
    ]


@pytest.mark.parametrize("config", ["", "relative", None])
def test_a_desktop_gets_a_file_in_its_autostart_folder(tmp_path, config):
    environment = {"HOME": str(tmp_path)}
    if config is not None:
        environment["XDG_CONFIG_HOME"] = config or str(tmp_path / "other")
    entry = entry_of("linux", environment)
    command = ["/usr/bin/python3", "-m", "blipdesk", "--data-dir", ODD, "--hidden"]
    entry.write(command)
    path = tmp_path / ("other" if config == "" else ".config") / "autostart" / "blipdesk.desktop"
    (exec_line,) = [line for line in path.read_text().splitlines() if line.startswith("Exec=")]
    assert arguments(exec_line) == command
    if shutil.which("desktop-file-validate"):
        done = subprocess.run(["desktop-file-validate", path], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "")
    entry.remove()
    entry.remove()
    assert list(path.parent.iterdir()) == []


def test_macos_gets_a_launch_agent(tmp_path):
    entry = entry_of("darwin", {"HOME": str(tmp_path)})
    entry.write(["/Applications/BlipDesk.app/Contents/MacOS/blipdesk", "--hidden"])
    (path,) = (tmp_path / "Library" / "LaunchAgents").iterdir()
    said = plistlib.loads(path.read_bytes())
    assert said["RunAtLoad"] and said["ProgramArguments"][-1] == "--hidden"
    entry.remove()
    assert not path.exists()


class Kept:
    """An entry that remembers, and may refuse."""

    def __init__(self):
        self.calls, self.refuses = [], False

    def write(self, command):
        if self.refuses:
            raise PermissionError(13, "Permission denied")
        self.calls.append(list(command))

    def remove(self):
        self.calls.append(None)


def settings_with(on):
    return SettingsService({"settings": {"start_with_system": on}}.get, lambda *_: None)


def test_only_a_change_of_the_setting_touches_the_system():
    entry = Kept()
    autostart = Autostart(["blipdesk"], entry, on=True)
    autostart.follow(settings_with(True))
    assert entry.calls == []  # what the person removed in the system's settings stays away
    autostart.follow(settings_with(False))
    autostart.follow(settings_with(False))
    autostart.follow(settings_with(True))
    assert entry.calls == [None, ["blipdesk"]]


def test_a_system_that_refuses_is_said_and_tried_again():
    entry = Kept()
    entry.refuses = True
    autostart = Autostart(["blipdesk"], entry, on=False)
    with pytest.raises(KnownError, match="Permission denied"):
        autostart.follow(settings_with(True))
    entry.refuses = False
    autostart.follow(settings_with(True))
    assert entry.calls == [["blipdesk"]]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the entry of other systems lies elsewhere")
def test_the_setting_writes_the_entry_and_is_off_again_where_it_cannot(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "config" / "autostart" / "blipdesk.desktop"
    with Workspace.open(tmp_path / "data", start=False) as workspace:
        workspace.settings.change(start_with_system=True)
        workspace.apply_settings()
        assert str(tmp_path / "data") in path.read_text()
        workspace.settings.change(start_with_system=False)
        workspace.apply_settings()
        assert not path.exists()
        path.parent.rmdir()
        Path(path.parent).write_text("no folder")
        workspace.settings.change(start_with_system=True)
        with pytest.raises(KnownError):
            workspace.apply_settings()
        assert not workspace.settings.values.start_with_system
