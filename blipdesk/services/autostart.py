"""Start with the computer: an entry where the system looks for what it starts at a login.

Linux and other desktops of freedesktop.org read ``~/.config/autostart``, Windows the Run key of the user,
macOS ``~/Library/LaunchAgents``.  No rights are needed; the system's own settings may remove the entry.
"""

from __future__ import annotations

import os
import plistlib
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from blipdesk.domain.errors import KnownError
from blipdesk.domain.wording import later
from blipdesk.services.paths import default_data_dir
from blipdesk.services.settings import SettingsService

_RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
_LABEL = "org.blipdesk.BlipDesk"


class Entry(Protocol):
    """Where a system looks for what it starts."""

    def write(self, command: Sequence[str]) -> None:
        """Have the command started at a login.

        Raises:
            OSError: the entry cannot be written.
        """
        ...

    def remove(self) -> None:
        """Have it started no more; nothing happens where it was not.

        Raises:
            OSError: the entry cannot be removed.
        """
        ...


def start_command(data_dir: Path) -> list[str]:
    """What starts this BlipDesk in the tray, over this data folder."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "blipdesk"]
    usual = data_dir.resolve() == default_data_dir().resolve()
    return [*program, *([] if usual else ["--data-dir", str(data_dir.resolve())]), "--hidden"]


def entry_of(platform: str, environment: Mapping[str, str]) -> Entry:
    """The entry of BlipDesk on a system of this kind."""
    if platform == "win32":
        return RunKey()
    home = Path(environment.get("HOME") or os.path.expanduser("~"))
    if platform == "darwin":
        return LaunchAgent(home / "Library" / "LaunchAgents" / f"{_LABEL}.plist")
    config = environment.get("XDG_CONFIG_HOME", "")
    folder = Path(config) if os.path.isabs(config) else home / ".config"  # a relative one counts as none
    return DesktopEntry(folder / "autostart" / "blipdesk.desktop")


class DesktopEntry:
    """A file in the autostart folder, as freedesktop.org's Desktop Entry Specification 1.5 has it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, command: Sequence[str]) -> None:
        """See :class:`Entry`."""
        lines = (
            "[Desktop Entry]",
            "Type=Application",
            "Name=BlipDesk",
            f"Exec={' '.join(_quoted(argument) for argument in command)}",
            "Icon=blipdesk",
            "Terminal=false",
            "X-GNOME-Autostart-enabled=true",
        )
        _replace(self._path, "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape"))

    def remove(self) -> None:
        """See :class:`Entry`."""
        self._path.unlink(missing_ok=True)


class LaunchAgent:
    """A property list of launchd."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, command: Sequence[str]) -> None:
        """See :class:`Entry`."""
        _replace(
            self._path,
            plistlib.dumps({"Label": _LABEL, "ProgramArguments": list(command), "RunAtLoad": True}),
        )

    def remove(self) -> None:
        """See :class:`Entry`."""
        self._path.unlink(missing_ok=True)


class RunKey:
    """A value of the user's Run key in the registry."""

    def write(self, command: Sequence[str]) -> None:
        """See :class:`Entry`."""
        if sys.platform == "win32":  # for mypy: only Windows has it
            import winreg

            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                winreg.SetValueEx(key, "BlipDesk", 0, winreg.REG_SZ, subprocess.list2cmdline(command))

    def remove(self) -> None:
        """See :class:`Entry`."""
        if sys.platform == "win32":
            import winreg
            from contextlib import suppress

            with (
                suppress(FileNotFoundError),
                winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY, access=winreg.KEY_SET_VALUE) as key,
            ):
                winreg.DeleteValue(key, "BlipDesk")


class Autostart:
    """Keeps the entry as the setting has it.

    Args:
        command: what is to be started.
        entry: where that is said.
        on: what the setting is; an entry that the person removed in the system's settings stays away.
    """

    def __init__(self, command: Sequence[str], entry: Entry, on: bool) -> None:
        self._command, self._entry, self._is_on = command, entry, on

    @classmethod
    def of(cls, data_dir: Path, on: bool) -> Autostart:
        """That of a library on this computer."""
        return cls(start_command(data_dir), entry_of(sys.platform, os.environ), on)

    def follow(self, settings: SettingsService) -> None:
        """Write or remove the entry where the setting was changed.

        Raises:
            KnownError: the system refuses; the setting is as it was again.
        """
        on = settings.values.start_with_system
        if on == self._is_on:
            return
        try:
            if on:
                self._entry.write(self._command)
            else:
                self._entry.remove()
        except OSError as error:
            settings.change(start_with_system=self._is_on)
            raise KnownError(
                later("BlipDesk cannot be started with the computer: {reason}.").format(
                    reason=error.strerror or error
                ),
                later("Add it in the settings of your system instead."),
            ) from error
        self._is_on = on


def _quoted(argument: str) -> str:
    """One argument of an Exec line: quoted, its field codes taken literally, escaped again as a string is."""
    if any(sign in argument for sign in "\n\r"):
        raise OSError(f"the path {argument!r} cannot stand in a desktop file")
    for sign in '\\"`$':
        argument = argument.replace(sign, f"\\{sign}")
    return '"{}"'.format(argument.replace("%", "%%").replace("\\", "\\\\"))


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.part")
    partial.write_bytes(data)
    partial.replace(path)
