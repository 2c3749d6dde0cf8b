"""Whether the person has asked for less motion, here or in the system: nothing moves by itself then.

Qt 6.11 does not tell.  Linux desktops say it through the settings portal, GNOME also by switching animations
off; Windows and macOS have a switch of their own.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QProgressBar

_WAIT_MS = 1000
_CLIENT_AREA_ANIMATION = 0x1042
"""SPI_GETCLIENTAREAANIMATION."""


@dataclass(slots=True)
class _Motion:
    reduced: bool = False
    """As the system says."""
    chosen: bool = False
    """In the settings."""


_motion = _Motion()


def is_reduced() -> bool:
    """Whether nothing is to move by itself; what the system says counts after :func:`read_wish`."""
    return _motion.reduced or _motion.chosen


def choose(less: bool) -> None:
    """Take the person's choice of the settings: less motion, whatever the system says."""
    _motion.chosen = less


def show_busy(bar: QProgressBar) -> None:
    """Have a bar move while the end of what it stands for is not known, or rest where nothing is to move."""
    bar.setRange(0, 1 if is_reduced() else 0)
    bar.setValue(0)


def read_wish() -> None:
    """Ask the system.  Waits up to a second or two for the desktop: for the pool."""
    _motion.reduced = wishes_less()


def wishes_less() -> bool:
    """What the system says; False where it does not."""
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        return _mac()
    return of_portal(ask_portal)


def of_portal(ask: Callable[[str, str], object]) -> bool:
    """What a desktop says of motion.

    Args:
        ask: the value of a setting of the portal, by namespace and key; None where it has none.
    """
    if ask("org.freedesktop.appearance", "reduced-motion") == 1:
        return True
    return ask("org.gnome.desktop.interface", "enable-animations") is False


def ask_portal(namespace: str, key: str) -> object:
    """A setting of the desktop; None where it is not there.  Waits up to a second: for the pool."""
    from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusVariant

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return None
    call = QDBusMessage.createMethodCall(
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Settings",
        "Read",
    )
    call.setArguments([namespace, key])
    answer = bus.call(call, QDBus.CallMode.Block, _WAIT_MS)
    if answer.type() != QDBusMessage.MessageType.ReplyMessage or not answer.arguments():
        return None
    value: object = answer.arguments()[0]
    while isinstance(value, QDBusVariant):  # the first version of the call wraps it twice
        value = value.variant()
    return value


def _windows() -> bool:
    moves = ctypes.c_int(1)
    asked = ctypes.CDLL("user32").SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, ctypes.byref(moves), 0)
    return bool(asked) and not moves.value


def _mac() -> bool:
    said = subprocess.run(
        ["defaults", "read", "com.apple.universalaccess", "reduceMotion"],
        capture_output=True,
        timeout=2,
        check=False,
    )
    return said.stdout.strip() == b"1"
