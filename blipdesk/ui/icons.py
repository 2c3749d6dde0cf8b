"""The window's own icons: SVG drawn for BlipDesk, stroke 1.75 on a 24 grid, coloured by the palette."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel

from blipdesk.ui.resources import resource_path
from blipdesk.ui.theme import ICON, colors, theme

_SHAPES: dict[str, str] = {
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 20.5 20.5"/>',
    "sparkle": '<path d="M11 3.5c.8 4.6 2.3 6.2 7 7-4.7.8-6.2 2.4-7 7-.8-4.6-2.3-6.2-7-7 4.7-.8 '
    '6.2-2.4 7-7z"/><path d="M18.5 15.5v5M16 18h5"/>',
    "grid": '<rect x="3.5" y="3.5" width="7" height="7" rx="1.5"/><rect x="13.5" y="3.5" width="7" '
    'height="7" rx="1.5"/><rect x="3.5" y="13.5" width="7" height="7" rx="1.5"/>'
    '<rect x="13.5" y="13.5" width="7" height="7" rx="1.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3 2.5"/>',
    "warning": '<path d="M12 4 2.9 19.5h18.2z"/><path d="M12 10v4.5M12 17v.2"/>',
    "folder": '<path d="M3 7.5a2 2 0 0 1 2-2h4.2l2.3 2.5H19a2 2 0 0 1 2 2v7.5a2 2 0 0 1-2 '
    '2H5a2 2 0 0 1-2-2z"/>',
    "folder-plus": '<path d="M3 7.5a2 2 0 0 1 2-2h4.2l2.3 2.5H19a2 2 0 0 1 2 2v7.5a2 2 0 0 1-2 2H5a2 2 0 0 '
    '1-2-2z"/><path d="M12 11v5M9.5 13.5h5"/>',
    "drive-off": '<path d="M4 14.5 6.5 6h11l2.5 8.5v4h-16z"/><path d="M4 14.5h16M16.5 16.6v.2"/>'
    '<path d="M3 3l18 18"/>',
    "chevron-down": '<path d="M6.5 9.5 12 15l5.5-5.5"/>',
    "chevron-left": '<path d="M14.5 6.5 9 12l5.5 5.5"/>',
    "chevron-right": '<path d="M9.5 6.5 15 12l-5.5 5.5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "pencil": '<path d="M4.5 19.5 5.5 15 16 4.5a2.1 2.1 0 0 1 3 0l.5.5a2.1 2.1 0 0 1 0 3L9 18.5z"/>'
    '<path d="M13.5 7 17 10.5"/>',
    "refresh": '<path d="M19.5 11A7.6 7.6 0 0 0 5.6 8"/><path d="M5 4v4.3h4.3"/>'
    '<path d="M4.5 13a7.6 7.6 0 0 0 13.9 3"/><path d="M19 20v-4.3h-4.3"/>',
    "send": '<path d="M20.5 3.5 3.5 10l7 3.5 3.5 7z"/><path d="M20.5 3.5l-10 10"/>',
    "ask-many": '<path d="M3.5 5.5h11v8h-6l-3 3v-3h-2z"/><path d="M17.5 8.5h3v8h-2v3l-3-3h-5"/>',
    "stop": '<rect x="6.5" y="6.5" width="11" height="11" rx="2" fill="currentColor"/>',
    "pause": '<path d="M8.5 5.5v13M15.5 5.5v13"/>',
    "play": '<path d="M8 5.5v13l10.5-6.5z"/>',
    "eye": '<path d="M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12z"/>'
    '<circle cx="12" cy="12" r="3"/>',
    "eye-off": '<path d="M5 8.3A14 14 0 0 0 2.5 12C5 16.5 8.3 18.5 12 18.5a9 9 0 0 0 4-.9"/>'
    '<path d="M9.5 5.8A9 9 0 0 1 12 5.5c3.7 0 7 2 9.5 6.5a14 14 0 0 1-2.7 3.5"/><path d="M4 4l16 16"/>',
    "chip": '<rect x="6.5" y="6.5" width="11" height="11" rx="1.5"/><rect x="10" y="10" '
    'width="4" height="4"/>'
    '<path d="M9.5 3v3M14.5 3v3M9.5 18v3M14.5 18v3M3 9.5h3M3 14.5h3M18 9.5h3M18 14.5h3"/>',
    "copy": '<rect x="8.5" y="8.5" width="12" height="12" rx="2"/>'
    '<path d="M15.5 8.5v-3a2 2 0 0 0-2-2h-8a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h3"/>',
    "x": '<path d="M6.5 6.5l11 11M17.5 6.5l-11 11"/>',
    "expand": '<path d="M14 4h6v6M20 4l-6.5 6.5M10 20H4v-6M4 20l6.5-6.5"/>',
    "moon": '<path d="M20 14.2A8.5 8.5 0 0 1 9.8 4 8.5 8.5 0 1 0 20 14.2z"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 '
    '1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"/>',
    "gear": '<circle cx="12" cy="12" r="3.2"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 '
    '16.3l2.1 2.1M5.6 18.4l2.1-2.1M16.3 7.7l2.1-2.1"/><circle cx="12" cy="12" r="6.6"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "tag": '<path d="M3.5 11V5a1.5 1.5 0 0 1 1.5-1.5h6L20.5 13a1.5 1.5 0 0 1 0 2.1l-5.4 5.4a1.5 1.5 0 '
    '0 1-2.1 0z"/><path d="M8 8v.2"/>',
    "image": '<rect x="3.5" y="4.5" width="17" height="15" rx="2"/><circle cx="9" cy="9.5" r="1.5"/>'
    '<path d="M4 17l5-4.5 3.5 3 3.5-4 4.5 4.5"/>',
    "image-off": '<path d="M7.5 4.5h11a2 2 0 0 1 2 2v11M17.5 19.5h-12a2 2 0 0 1-2-2v-12"/>'
    '<path d="M4 17l5-4.5 4 3.5"/><path d="M3 3l18 18"/>',
    "trash": '<path d="M4.5 6.5h15M9.5 6.5v-2h5v2M6.5 6.5l1 13h9l1-13M10.5 10.5v5.5M13.5 10.5v5.5"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.8v.2"/>',
    "lock": '<rect x="5.5" y="10.5" width="13" height="9.5" rx="2"/><path d="M8.5 10.5V8a3.5 '
    '3.5 0 0 1 7 0v2.5"/>',
    "file-check": '<path d="M6 3.5h8l4 4v13H6z"/><path d="M9 13.5l2.2 2.2L15.5 11"/>',
    "file": '<path d="M6 3.5h8l4 4v13H6z"/><path d="M9 12.5h6M9 16h4"/>',
    "file-plus": '<path d="M6 3.5h8l4 4v13H6z"/><path d="M12 10.5v6M9 13.5h6"/>',
    "undo": '<path d="M8.5 5 4.5 9l4 4"/><path d="M4.5 9h9a5.5 5.5 0 0 1 0 11H9"/>',
    "compare": '<rect x="3.5" y="5" width="7" height="14" rx="1.5"/><rect x="13.5" y="5" width="7" '
    'height="14" rx="1.5"/><path d="M6 9h2M6 12h2M16 9h2M16 12h2M16 15h2"/>',
    "star": '<path d="M12 3.8l2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z"/>',
    "star-on": '<path d="M12 3.8l2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z" '
    'fill="currentColor"/>',
    "help": '<circle cx="12" cy="12" r="8.5"/><path d="M9.6 9.6a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.8'
    'M12 16.6v.2"/>',
    "filter": '<path d="M4 6.5h16M7 12h10M10 17.5h4"/>',
    "similar": '<rect x="3.5" y="7.5" width="13" height="13" rx="2"/>'
    '<path d="M7.5 4.5h10a2 2 0 0 1 2 2v10"/><path d="M6 17l3.2-3.2 2.3 2.2 1.5-1.6 2 2"/>',
    "camera": '<path d="M3.5 8.5a2 2 0 0 1 2-2h2.2L9.2 4.5h5.6l1.5 2h2.2a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-13'
    'a2 2 0 0 1-2-2z"/><circle cx="12" cy="12.8" r="3.6"/>',
    "more": '<circle cx="5.5" cy="12" r=".9"/><circle cx="12" cy="12" r=".9"/>'
    '<circle cx="18.5" cy="12" r=".9"/>',
    "to-top": '<path d="M5 4.5h14M12 20V9M7 13.5 12 8.5l5 5"/>',
    "groups": '<path d="M3.5 4.5h7"/><rect x="3.5" y="8" width="4.5" height="3.5" rx="1"/>'
    '<rect x="10.5" y="8" width="4.5" height="3.5" rx="1"/><path d="M3.5 15h10"/>'
    '<rect x="3.5" y="18" width="4.5" height="2.5" rx="1"/><rect x="10.5" y="18" width="4.5" height="2.5" '
    'rx="1"/><rect x="17" y="8" width="3.5" height="3.5" rx="1"/>',
    "list": '<path d="M8.5 6h12M8.5 12h12M8.5 18h12M4 6h.2M4 12h.2M4 18h.2"/>',
}

_LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><defs>
<linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#6D8BFF"/>
<stop offset="1" stop-color="#A06BFF"/></linearGradient></defs>
<rect width="32" height="32" rx="8" fill="url(#g)"/>
<path d="M8 8h16a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3h-8.5L11 26v-4H8a3 3 0 0 1-3-3v-8a3 3 0 0 1 3-3z" fill="#fff"/>
<circle cx="10.8" cy="15" r="1.7" fill="#6D6BFF"/><circle cx="16" cy="15" r="1.7" fill="#6D6BFF"/>
<circle cx="21.2" cy="15" r="1.7" fill="#6D6BFF"/></svg>"""


def names() -> tuple[str, ...]:
    """Every icon there is."""
    return tuple(_SHAPES)


def svg(name: str, color: str) -> str:
    """The SVG text of an icon in a colour (``logo`` has its own colours).

    Raises:
        KeyError: there is no such icon.
    """
    if name == "logo":
        return _LOGO
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" '
        f'color="{color}" stroke="{color}" stroke-width="1.75" stroke-linecap="round" '
        'stroke-linejoin="round">'
        f"{_SHAPES[name].replace('currentColor', color)}</svg>"
    )


@lru_cache(maxsize=512)
def _render(name: str, color: str, size: int, ratio: float) -> QPixmap:
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg(name, color).encode())).render(
        painter, QRectF(0, 0, made.width(), made.height())
    )
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def _hex(color: str) -> str:
    return color if color.startswith("#") else getattr(colors(), color)


def pixmap(name: str, color: str = "muted", size: int = ICON, ratio: float | None = None) -> QPixmap:
    """An icon drawn at ``size`` logical pixels; ``color`` is a palette token or ``#RRGGBB``.

    GUI thread only.
    """
    if ratio is None:
        screen = QGuiApplication.primaryScreen()
        ratio = screen.devicePixelRatio() if screen is not None else 1.0
    return _render(name, QColor(_hex(color)).name(), size, ratio)


def icon(name: str, color: str = "muted", active: str = "text", size: int = ICON) -> QIcon:
    """A QIcon with hover and disabled colours, at the screen's pixel ratio.

    Each pixmap costs 0.2 ms and the first paint shows twenty icons, so no size or state is drawn ahead.
    """
    made = QIcon()
    for mode, token in (
        (QIcon.Mode.Normal, color),
        (QIcon.Mode.Active, active),
        (QIcon.Mode.Disabled, "line"),
    ):
        made.addPixmap(pixmap(name, token, size), mode)
    return made


class _Binding(QObject):
    """Keeps one widget's icon in the colours of the theme; a child of the widget, so it goes with it."""

    def __init__(self, target: QAbstractButton | QLabel) -> None:
        super().__init__(target)
        self._target = target
        self.wanted: tuple[str, str, int, str] | None = None
        theme().changed.connect(self.paint)

    def paint(self) -> None:
        """Draw the icon in the palette in force."""
        assert self.wanted is not None
        name, color, size, active = self.wanted
        if isinstance(self._target, QLabel):
            self._target.setPixmap(pixmap(name, color, size))
        else:
            self._target.setIcon(icon(name, color, active=active, size=size))
            self._target.setIconSize(QSize(size, size))


def bind_icon(
    target: QAbstractButton | QLabel, name: str, color: str = "muted", size: int = ICON, active: str = "text"
) -> None:
    """Show an icon on a button or label and recolour it whenever the theme changes."""
    found = [child for child in target.children() if isinstance(child, _Binding)]
    binding = found[0] if found else _Binding(target)
    if binding.wanted != (name, color, size, active):
        binding.wanted = (name, color, size, active)
        binding.paint()


def app_icon() -> QIcon:
    """The application's icon at the usual sizes."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(pixmap("logo", "#000000", size, 1.0))
    return made


def style_file(name: str, dark: bool) -> str:
    """Path of an SVG file for the style sheet, which takes no pixmaps."""
    path: Path = resource_path("icons", f"{name}-{'dark' if dark else 'light'}.svg")
    return path.as_posix()
