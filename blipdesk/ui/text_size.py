"""How much larger than usual a person has the texts of the system."""

from __future__ import annotations

import sys

from PySide6.QtGui import QFontDatabase, QGuiApplication

from blipdesk.ui.motion import ask_portal

USUAL = {"win32": 9.0, "darwin": 13.0}
"""Points of the system's font as it is delivered; Windows makes that larger where texts are to be."""
USUAL_LINUX = 11.0
"""The largest of the desktops': GNOME has 11, KDE 10, Qt takes 9 where no desktop says it."""
MOST = 2.0


def scale_of(points: float, said: float = 1.0, system: str = sys.platform) -> float:
    """The scale of texts, from 1 to 2.

    >>> scale_of(9.0, system="linux"), scale_of(11.25, system="win32"), scale_of(11.0, 1.5, "linux")
    (1.0, 1.25, 1.5)

    Args:
        points: size of the system's font.
        said: the scale that the desktop says, see :func:`said_scale`.
        system: as ``sys.platform``.
    """
    return min(max(points / USUAL.get(system, USUAL_LINUX), said, 1.0), MOST)


def system_points() -> float:
    """Size of the system's font; for the GUI thread."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()


def said_scale() -> float:
    """What Wayland leaves to the programs: on X11 the dots per inch make the whole window larger.

    Waits up to a second for the desktop: for the pool.
    """
    if QGuiApplication.platformName() != "wayland":
        return 1.0
    said = ask_portal("org.gnome.desktop.interface", "text-scaling-factor")
    return float(said) if isinstance(said, int | float) else 1.0
