"""Colours that everybody can read, icons that are really drawn, fonts that are really shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from blipdesk.ui import icons, main, theme


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [theme.DARK, theme.LIGHT], ids=["dark", "light"])
def test_texts_keep_the_contrast_of_wcag_aa(palette):
    grounds = ("bg", "surface", "raised", "hover", "soft")
    inks = ("text", "muted", "faint", "accent", "ok", "warn", "err")
    pairs = [(ink, ground) for ink in inks for ground in grounds]
    pairs += [("on_accent", "accent"), ("on_bubble", "bubble"), ("on_scrim", "scrim")]
    weak = {
        pair: found
        for pair in pairs
        if (found := round(contrast(*(getattr(palette, token) for token in pair)), 2)) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("palette", [theme.DARK, theme.LIGHT], ids=["dark", "light"])
def test_what_shows_the_focus_and_the_choice_keeps_the_contrast_of_controls(palette):
    # The ring of the focus and of a chosen photo, the handle of a slider, the frame of a check box.
    for mark in (palette.accent, palette.text, palette.faint):
        for ground in (palette.bg, palette.surface, palette.raised, palette.hover, palette.line):
            assert contrast(mark, ground) >= 3


@pytest.mark.parametrize("name", [*icons.names(), "logo"])
def test_every_icon_draws_something(qtbot, name):
    image = icons.pixmap(name, "text", 24, 1.0).toImage()
    inked = sum(image.pixelColor(x, y).alpha() > 0 for x in range(24) for y in range(24))
    assert inked > 5


def test_the_theme_follows_the_setting(qtbot, qapp):
    theme.apply_theme(qapp, "light")
    assert theme.colors() is theme.LIGHT
    assert theme.theme().set_mode("dark") is theme.DARK
    assert qapp.palette().window().color().name().upper() == theme.DARK.bg


def test_a_system_that_does_not_say_gets_dark(qapp):
    assert theme.palette_for("system") is theme.DARK


def test_the_fonts_are_shipped(qapp):
    assert set(main.load_fonts()) == {theme.FAMILY, f"{theme.FAMILY} SemiBold"}


def test_the_style_sheet_names_files_that_exist():
    for palette in (theme.DARK, theme.LIGHT):
        assert Path(icons.style_file("chevron-down", palette.dark)).is_file()
