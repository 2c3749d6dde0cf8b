"""What this computer says of itself: how long nobody has used it, and whether it runs on its battery.

Each system tells it in its own way; where none is known, or the way does not work, the answer is "not known"
and never an error.
"""

from __future__ import annotations

import ctypes
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

_log = logging.getLogger(__name__)

_PATIENCE = 2.0
"""Seconds that a question over D-Bus may take; it takes 10 ms."""
_MUTTER = (
    "busctl", "--user", "call", "org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core",
    "org.gnome.Mutter.IdleMonitor", "GetIdletime",
)  # fmt: skip
_HID_STATE, _ANY_INPUT = 1, 0xFFFFFFFF
"""Of CGEventSource: kCGEventSourceStateHIDSystemState and kCGAnyInputEventType."""


class _XScreenSaverInfo(ctypes.Structure):
    """As X11/extensions/scrnsaver.h has it."""

    _fields_ = (
        ("window", ctypes.c_ulong),
        ("state", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("til_or_since", ctypes.c_ulong),
        ("idle", ctypes.c_ulong),
        ("event_mask", ctypes.c_ulong),
    )


class _LastInputInfo(ctypes.Structure):
    """LASTINPUTINFO of winuser.h."""

    _fields_ = (("cbSize", ctypes.c_uint), ("dwTime", ctypes.c_uint))


class ThisComputer:
    """The computer that BlipDesk runs on."""

    def __init__(
        self,
        idle: Callable[[], float | None] | None = None,
        on_battery: Callable[[], bool] | None = None,
    ) -> None:
        self._idle = idle or idle_probe(sys.platform, os.environ)
        self._on_battery = on_battery or _runs_on_battery
        self._is_told = False

    def idle_seconds(self) -> float | None:
        """Since keyboard or pointer were last used; None where this system does not tell."""
        try:
            return self._idle()
        except (OSError, AttributeError, ValueError, subprocess.SubprocessError) as error:
            if not self._is_told:  # once: it is asked every few seconds
                _log.info("this system does not tell when it is idle: %s", error)
                self._is_told = True
            return None

    def on_battery(self) -> bool:
        """True while a battery is what it runs on."""
        return self._on_battery()

    def has_battery(self) -> bool:
        """True where there is a battery to run on."""
        return _battery() is not None


def idle_probe(platform: str, environment: Mapping[str, str]) -> Callable[[], float | None]:
    """How a system of this kind is asked; what answers None where there is no way.

    Under Wayland the X server hears only what its own windows do, so it is not asked there; of Wayland's
    desktops GNOME's tells any program, the others do not.
    """
    if platform == "win32":
        return _windows_idle
    if platform == "darwin":
        return _macos_idle
    if environment.get("WAYLAND_DISPLAY"):
        return lambda: _mutter_idle(_MUTTER)
    if environment.get("DISPLAY"):
        return lambda: _x11_idle(environment["DISPLAY"])
    return lambda: None


def _x11_idle(display_name: str) -> float | None:
    """Asked over a connection of its own, so that it never meets Qt's on another thread.

    Raises:
        OSError: the libraries are not there.
        AttributeError: they lack a function.
    """
    x11, saver = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXss.so.1")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XOpenDisplay.argtypes = (ctypes.c_char_p,)
    x11.XDefaultRootWindow.restype = ctypes.c_ulong
    x11.XDefaultRootWindow.argtypes = x11.XCloseDisplay.argtypes = (ctypes.c_void_p,)
    saver.XScreenSaverQueryInfo.argtypes = (
        ctypes.c_void_p, ctypes.c_ulong, ctypes.POINTER(_XScreenSaverInfo),
    )  # fmt: skip
    display = x11.XOpenDisplay(display_name.encode())
    if not display:
        return None
    try:
        info = _XScreenSaverInfo()
        if not saver.XScreenSaverQueryInfo(display, x11.XDefaultRootWindow(display), ctypes.byref(info)):
            return None
        return float(info.idle) / 1000
    finally:
        x11.XCloseDisplay(display)


def _mutter_idle(command: Sequence[str]) -> float | None:
    """GNOME's answer is ``t 1234``: milliseconds.

    Raises:
        OSError, ValueError, SubprocessError: it does not answer, or otherwise.
    """
    program = shutil.which(command[0])
    if program is None:
        return None
    done = subprocess.run(
        [program, *command[1:]], capture_output=True, text=True, timeout=_PATIENCE, check=True
    )
    return int(done.stdout.split()[1]) / 1000 if len(done.stdout.split()) == 2 else None


def _windows_idle() -> float | None:
    """GetLastInputInfo against the tick count, which starts anew after 49 days."""
    if sys.platform != "win32":  # for mypy: only Windows has these
        return None
    info = _LastInputInfo(ctypes.sizeof(_LastInputInfo), 0)
    if not ctypes.windll.user32.GetLastInputInfo(ctypes.byref(info)):
        return None
    return float((ctypes.windll.kernel32.GetTickCount() - info.dwTime) & 0xFFFFFFFF) / 1000


def _macos_idle() -> float | None:
    services = ctypes.CDLL("/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices")
    since = services.CGEventSourceSecondsSinceLastEventType
    since.restype, since.argtypes = ctypes.c_double, (ctypes.c_int32, ctypes.c_uint32)
    return float(since(_HID_STATE, _ANY_INPUT))


def _battery() -> object | None:
    """The battery as psutil gives it; None where there is none, or the system does not tell."""
    import psutil  # 1.4 MiB that few ever ask for

    try:
        found: object | None = psutil.sensors_battery()
    except (AttributeError, NotImplementedError, OSError, ValueError):
        return None
    return found


def _runs_on_battery() -> bool:
    # None: psutil cannot say whether the battery is being charged.
    return getattr(_battery(), "power_plugged", None) is False
