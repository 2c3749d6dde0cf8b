"""Colours, spacing and fonts of the window, and their application to Qt.

The tokens are those of the design; faint, and light ok and warn, are a little stronger, so that every ink
keeps WCAG's 4.5 on every ground that it may stand on, hovered and chosen rows too (measured by a test).
Qt's own colour scheme only works with a platform theme (plain xcb reports Unknown), so both palettes are
ours; the system is followed where it is known, else dark.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

SPACE_XS, SPACE_S, SPACE_M, SPACE_L, SPACE_XL = 4, 8, 12, 16, 24
"""The 4 px grid of gaps."""
RADIUS_CONTROL, RADIUS_INPUT, RADIUS_PREVIEW, RADIUS_BUBBLE = 8, 10, 12, 14
TOP_BAR, STATUS_BAR, SIDEBAR, PANE = 56, 36, 244, 356
SIDEBAR_LEAST, GALLERY_LEAST = 200, 320
NARROW = 1280
"""Windows below this width let go of the name in the top bar: the search field leaves the middle."""
ROW, SECTION_HEAD, SEARCH, SEARCH_WIDTH, CHIP, CHAT_INPUT, ICON = 32, 28, 36, 440, 26, 40, 18
SIZE_BRAND, SIZE_TITLE, SIZE_EDITOR, SIZE_BODY, SIZE_META, SIZE_HEAD = 16, 15, 14, 13, 12, 11
"""Font sizes in pixels."""
FAMILY = "Noto Sans"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one mode, as ``#RRGGBB``."""

    dark: bool
    bg: str
    surface: str
    raised: str
    hover: str
    line: str
    text: str
    muted: str
    faint: str
    accent: str
    soft: str
    ok: str
    warn: str
    err: str
    on_accent: str
    """Text on an accent-coloured button (contrast 7.1 dark, 5.7 light)."""
    bubble: str = "#3D5BD9"
    on_bubble: str = "#FFFFFF"
    scrim: str = "#14161A"
    """Ground of badges on pictures, painted at 84 %."""
    on_scrim: str = "#FFFFFF"

    def color(self, token: str, alpha: int = 255) -> QColor:
        """The token's colour with an alpha of 0..255."""
        color = QColor(getattr(self, token))
        color.setAlpha(alpha)
        return color


DARK = Palette(
    dark=True,
    bg="#14161A",
    surface="#1A1D22",
    raised="#22262D",
    hover="#2A2F37",
    line="#2C313A",
    text="#E7EAEE",
    muted="#9BA3AF",
    faint="#949DAA",
    accent="#7F9BFF",
    soft="#27304D",
    ok="#4CC38A",
    warn="#F2B84B",
    err="#F2707A",
    on_accent="#14161A",
)
LIGHT = Palette(
    dark=False,
    bg="#F4F5F7",
    surface="#FFFFFF",
    raised="#F0F2F5",
    hover="#E8EBF0",
    line="#DFE3E8",
    text="#1B1F24",
    muted="#5B6470",
    faint="#5F6875",
    accent="#3D5BD9",
    soft="#E4E9FB",
    ok="#177645",
    warn="#8F6000",
    err="#B4232F",
    on_accent="#FFFFFF",
)

LARGE_GROUND, LARGE_INK, LARGE_QUIET, LARGE_STAR = "#0A0B0D", "#F2F4F7", "#AEB6C2", "#F2B84B"
"""Of the large view, which is dark in both modes: a light ground changes how a photo looks."""
HEAT = (
    (0.0, LARGE_GROUND, 140),
    (0.3, "#5B1A8B", 130),
    (0.65, "#E8502F", 110),
    (1.0, "#FFD54A", 120),
)
"""Heat from 0 to 1, its colour and how much of it covers the photo, of 255: violet over red to yellow, told
apart by their lightness alone as well."""


class Theme(QObject):
    """Holds the palette in force; :attr:`changed` is emitted after every switch."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode = "system"
        self.palette = DARK
        self.text_scale = 1.0
        """By how much texts on photos are larger than drawn up, as the system's font is; at least 1."""
        hints = QGuiApplication.styleHints()
        if hints is not None:
            hints.colorSchemeChanged.connect(self._on_system_changed)

    def set_mode(self, mode: str) -> Palette:
        """Switch to ``light``, ``dark`` or ``system`` and restyle the application."""
        self.mode = mode if mode in ("light", "dark") else "system"
        self._apply()
        return self.palette

    def set_text_scale(self, scale: float) -> None:
        """Make the texts of the photos larger, or no more."""
        if scale != self.text_scale:
            self.text_scale = scale
            self.changed.emit()

    def _on_system_changed(self) -> None:
        if self.mode == "system":
            self._apply()

    def _apply(self) -> None:
        palette = palette_for(self.mode)
        app = QApplication.instance()
        if isinstance(app, QApplication) and (palette is not self.palette or not app.styleSheet()):
            self.palette = palette
            app.setPalette(qt_palette(palette))
            app.setStyleSheet(style_sheet(palette))
            self.changed.emit()


@cache
def theme() -> Theme:
    """The one theme of the running application; connect to its ``changed`` to recolour icons."""
    return Theme()


def colors() -> Palette:
    """The palette in force."""
    return theme().palette


def palette_for(mode: str) -> Palette:
    """The palette of ``light``, ``dark`` or ``system`` (dark where the system does not say)."""
    if mode in ("light", "dark"):
        return LIGHT if mode == "light" else DARK
    hints = QGuiApplication.styleHints()
    light = hints is not None and hints.colorScheme() == Qt.ColorScheme.Light
    return LIGHT if light else DARK


def apply_theme(app: QApplication, mode: str) -> Palette:
    """Style the whole application: Fusion, palette, style sheet and the base font."""
    if not app.styleSheet():  # once: it is laid over the style, whose name is hidden then
        app.setStyle("Fusion")
    app.setFont(font(SIZE_BODY))
    return theme().set_mode(mode)


def font(size: int = SIZE_BODY, weight: int = 400, spacing: float = 0.0) -> QFont:
    """The shipped font at a pixel size; ``weight`` 400 or 600, ``spacing`` in pixels."""
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    if spacing:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
    return made


def photo_font(size: int, weight: int = 400) -> QFont:
    """The font of texts on and below photos: of this size in pixels, larger where the system's is."""
    return font(round(size * theme().text_scale), weight)


def set_role(widget: QWidget, role: str) -> None:
    """Give the widget one of the style sheet's roles (``muted``, ``primary``, ``chip`` ...)."""
    assert f'[role="{role}"]' in _SHEET.template, f"the style sheet knows no role {role}"
    widget.setProperty("role", role)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def qt_palette(p: Palette) -> QPalette:
    """The Fusion palette of our tokens."""
    made = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: p.bg,
        role.WindowText: p.text,
        role.Base: p.raised,
        role.AlternateBase: p.surface,
        role.Text: p.text,
        role.PlaceholderText: p.faint,
        role.Button: p.raised,
        role.ButtonText: p.text,
        role.BrightText: p.err,
        role.ToolTipBase: p.raised,
        role.ToolTipText: p.text,
        role.Highlight: p.accent,
        role.HighlightedText: p.on_accent,
        role.Link: p.accent,
        role.LinkVisited: p.accent,
        role.Light: p.hover,
        role.Midlight: p.line,
        role.Mid: p.line,
        role.Dark: p.bg,
        role.Shadow: "#000000",
        role.Accent: p.accent,
    }
    for key, value in pairs.items():
        made.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, p.color("faint", 150))
    return made


_SHEET = Template("""
* { font-family: "$family"; font-size: 13px; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 1px 4px; }
QLabel { background: transparent; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="meta"] { color: $muted; font-size: 12px; }
QLabel[role="faint"] { color: $faint; font-size: 12px; }
QLabel[role="head"] { color: $faint; font-size: 11px; font-weight: 600; letter-spacing: 0.7px; }
QLabel[role="title"] { font-size: 15px; font-weight: 600; }
QLabel[role="brand"] { font-size: 16px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="error"] { color: $err; }
QLabel[role="key"] { color: $faint; font-size: 11px; border: 1px solid $line; border-radius: 4px;
    padding: 1px 6px; background: $surface; }
QWidget[role="surface"] { background: $surface; }
QFrame[role="card"] { background: $raised; border: 1px solid $line; border-radius: 10px; }

QPushButton, QToolButton { outline: none; }
QPushButton { background: $raised; border: 1px solid $line; border-radius: 8px; padding: 0 12px;
    min-height: 28px; color: $text; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $faint; background: $surface; }
QPushButton[role="primary"] { background: $accent; border-color: $accent;
    color: $on_accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border-color: $text; }
QPushButton[role="primary"]:disabled { background: $raised; border-color: $line; color: $faint; }
QPushButton[role="link"] { background: transparent; border: none; color: $accent; padding: 0 4px; }
QPushButton[role="link"]:hover { color: $text; }
QPushButton[role="link"]:focus { border: 1px solid $accent; }
QPushButton[role="on-raised"] { background: $hover; }
QPushButton[role="on-raised"]:hover { background: $line; }
QPushButton[role="chip"] { border-radius: 13px; min-height: 24px; max-height: 24px; padding: 0 10px;
    font-size: 12px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 8px; padding: 4px;
    color: $text; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $soft; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }
QToolButton[role="over-photo"] { background: rgba(38,41,47,190); border: 2px solid transparent; }
QToolButton[role="over-photo"]:hover { background: rgba(70,75,84,220); }
QToolButton[role="over-photo"]:focus { border-color: $over_photo; }

QLineEdit, QPlainTextEdit { background: $raised; border: 1px solid $line;
    border-radius: 10px; padding: 4px 10px; color: $text; selection-background-color: $accent;
    selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus { border-color: $accent; }
QLineEdit[role="bare"], QPlainTextEdit[role="bare"] { background: transparent; border: none; padding: 0; }
QComboBox { background: $raised; border: 1px solid $line; border-radius: 8px; padding: 0 10px;
    min-height: 28px; color: $text; }
QComboBox:hover { background: $hover; }
QComboBox:focus { border-color: $accent; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$chevron"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line; color: $text; outline: none;
    selection-background-color: $soft; selection-color: $text; padding: 4px; }
QCheckBox { spacing: 8px; background: transparent; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid $faint; border-radius: 4px;
    background: $raised; }
QCheckBox::indicator:hover { background: $hover; }
QCheckBox::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$check"); }

QMenu { background: $raised; border: 1px solid $line; border-radius: 8px; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 6px; color: $text; }
QMenu::item:selected { background: $soft; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }

QScrollArea, QAbstractScrollArea { border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $hover; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider::groove:horizontal { height: 4px; background: $line; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { background: $text; width: 14px; height: 14px; margin: -5px 0;
    border-radius: 7px; }
QSlider::handle:horizontal:focus { background: $accent; }
QSplitter::handle { background: $line; }
""")


def style_sheet(p: Palette) -> str:
    """The application's QSS for a palette."""
    from blipdesk.ui import icons

    accent = QColor(p.accent)
    accent_hover = accent.lighter(108) if p.dark else accent.darker(108)
    values = {name: getattr(p, name) for name in Palette.__slots__ if isinstance(getattr(p, name), str)}
    return _SHEET.substitute(
        values,
        family=FAMILY,
        over_photo=LARGE_INK,
        accent_hover=accent_hover.name(),
        chevron=icons.style_file("chevron-down", p.dark),
        check=icons.style_file("check", p.dark),
    )
