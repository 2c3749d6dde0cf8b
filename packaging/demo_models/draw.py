"""Drawing of scenes with Pillow, at 96 pixels for training and at any size for people.

Things are drawn in local coordinates, where u points right, v points down and the thing fills the unit circle, so one
description serves every size.  The canvas is drawn larger than asked for and reduced, which gives the soft edges that a
photo has after the bicubic resize of `BlipImageProcessor`; the factor varies in training, so that the models see the
same scene through many such resizes.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from demo_models.scenes import COLOURS, FLOATING, Item, Scene

Rgb = tuple[int, int, int]
Point = tuple[float, float]
_INK: Rgb = (38, 34, 40)
_CIRCLES = {
    n: [(math.cos(2 * math.pi * i / n), math.sin(2 * math.pi * i / n)) for i in range(n)]
    for n in (14, 28, 90)
}


def mix(one: Sequence[int], other: Sequence[int], share: float) -> Rgb:
    """Return `one` with `share` (0 to 1) of `other` mixed in."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


class Pen:
    """Draws shapes given in a thing's own coordinates onto the canvas."""

    def __init__(
        self, draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, angle: float, colour: Rgb
    ) -> None:
        """Stand at a place.

        Args:
            draw: Canvas in RGBA blending mode.
            x: Centre across, in pixels.
            y: Centre down, in pixels.
            radius: Pixels per local unit.
            angle: Turn clockwise in degrees.
            colour: The thing's colour.
        """
        self.draw, self.x, self.y, self.radius = draw, x, y, radius
        turn = math.radians(angle)
        self.cos, self.sin = math.cos(turn) * radius, math.sin(turn) * radius
        self.colour = colour
        self.light = mix(colour, (255, 255, 255), 0.38)
        self.dark = mix(colour, (20, 14, 34), 0.30)
        self.edge = mix(colour, (20, 14, 34), 0.52)
        self.circle = _CIRCLES[14 if radius < 30 else 28 if radius < 120 else 90]
        self.outline = max(1, round(radius * 0.045))

    def points(self, shape: Sequence[Point]) -> list[Point]:
        """Turn local coordinates into pixels."""
        x, y, cos, sin = self.x, self.y, self.cos, self.sin
        return [(x + u * cos - v * sin, y + u * sin + v * cos) for u, v in shape]

    def poly(self, shape: Sequence[Point], fill: Sequence[int], edge: Sequence[int] | None = None) -> None:
        """Fill a polygon, with an outline where `edge` is given."""
        points = self.points(shape)
        self.draw.polygon(points, fill=tuple(fill))
        if edge is not None:
            points += points[:2]
            self.draw.line(points, fill=tuple(edge), width=self.outline, joint="curve")

    def oval(
        self,
        u: float,
        v: float,
        across: float,
        down: float,
        fill: Sequence[int],
        edge: Sequence[int] | None = None,
    ) -> None:
        """Fill an ellipse with its centre and half-axes in local units."""
        self.poly([(u + across * c, v + down * s) for c, s in self.circle], fill, edge)

    def line(self, shape: Sequence[Point], width: float, fill: Sequence[int]) -> None:
        """Stroke a line of a width in local units."""
        self.draw.line(
            self.points(shape), fill=tuple(fill), width=max(1, round(width * self.radius)), joint="curve"
        )

    def arc(self, u: float, v: float, across: float, down: float, start: float, end: float) -> list[Point]:
        """Return the local points of an elliptic arc, angles in degrees clockwise from the right."""
        steps = max(5, len(self.circle) // 2)
        turns = (math.radians(start + (end - start) * i / steps) for i in range(steps + 1))
        return [(u + across * math.cos(t), v + down * math.sin(t)) for t in turns]


def _apple(pen: Pen) -> None:
    pen.line([(0.0, -0.45), (0.08, -0.95)], 0.13, (98, 62, 30))
    pen.oval(0.38, -0.80, 0.32, 0.15, (58, 150, 50), (30, 92, 30))
    pen.poly(
        pen.arc(-0.36, 0.0, 0.50, 0.62, 180, 330)
        + pen.arc(0.36, 0.0, 0.50, 0.62, 210, 360)
        + pen.arc(0.0, 0.02, 0.86, 0.92, 0, 180),
        pen.colour,
        pen.edge,
    )
    pen.poly(
        pen.arc(0.0, 0.02, 0.84, 0.90, 10, 120) + pen.arc(0.0, -0.10, 0.72, 0.78, 120, 10), (*pen.dark, 150)
    )
    pen.oval(-0.42, -0.18, 0.17, 0.26, (*pen.light, 230))


def _ball(pen: Pen) -> None:
    pale = (250, 250, 250) if sum(pen.colour) < 700 else (150, 155, 165)
    pen.oval(0.0, 0.0, 0.92, 0.92, pen.colour, pen.edge)
    for start in (20, 140, 260):
        pen.poly([(0.0, -0.05), *pen.arc(0.0, 0.0, 0.88, 0.88, start, start + 55)], pale)
    pen.oval(0.0, -0.05, 0.17, 0.17, pen.dark)
    pen.poly(
        pen.arc(0.0, 0.0, 0.90, 0.90, 10, 130) + pen.arc(-0.08, -0.10, 0.84, 0.84, 130, 10), (20, 14, 34, 70)
    )
    pen.oval(-0.36, -0.44, 0.2, 0.14, (255, 255, 255, 190))


def _balloon(pen: Pen) -> None:
    pen.line([(0.0, 0.42), (0.10, 0.62), (-0.06, 0.80), (0.04, 1.0)], 0.06, (240, 240, 240))
    pen.line([(0.03, 0.42), (0.13, 0.62), (-0.03, 0.80), (0.07, 1.0)], 0.05, _INK)
    pen.poly([(0.0, 0.28), (0.17, 0.48), (-0.17, 0.48)], pen.dark, pen.edge)
    pen.poly(
        pen.arc(0.0, -0.36, 0.62, 0.62, 180, 360)
        + [
            (0.58, -0.12),
            (0.44, 0.12),
            (0.22, 0.29),
            (0.0, 0.36),
            (-0.22, 0.29),
            (-0.44, 0.12),
            (-0.58, -0.12),
        ],
        pen.colour,
        pen.edge,
    )
    pen.oval(-0.26, -0.56, 0.13, 0.2, (255, 255, 255, 200))
    pen.poly(pen.arc(0.0, -0.36, 0.60, 0.60, 0, 70) + [(0.12, 0.30), (0.36, 0.02)], (*pen.dark, 120))


def _boat(pen: Pen) -> None:
    pen.line([(0.0, 0.35), (0.0, -1.0)], 0.10, (96, 62, 34))
    pen.poly([(0.09, -0.95), (0.80, 0.18), (0.09, 0.18)], (252, 250, 240), (120, 116, 120))
    pen.poly([(-0.09, -0.75), (-0.62, 0.18), (-0.09, 0.18)], (226, 222, 210), (120, 116, 120))
    pen.poly([(-1.0, 0.30), (1.0, 0.30), (0.66, 0.85), (-0.66, 0.85)], pen.colour, pen.edge)
    pen.poly([(-0.80, 0.62), (0.80, 0.62), (0.66, 0.83), (-0.66, 0.83)], pen.dark)
    pen.poly([(-0.97, 0.32), (0.97, 0.32), (0.92, 0.42), (-0.92, 0.42)], pen.light)


def _butterfly(pen: Pen) -> None:
    for side in (-1, 1):
        pen.poly(
            [
                (0.05 * side, -0.1),
                (0.45 * side, -0.82),
                (0.88 * side, -0.80),
                (0.98 * side, -0.40),
                (0.6 * side, 0.08),
            ],
            pen.colour,
            pen.edge,
        )
        pen.poly(
            [
                (0.05 * side, 0.05),
                (0.62 * side, 0.08),
                (0.78 * side, 0.48),
                (0.50 * side, 0.80),
                (0.2 * side, 0.60),
            ],
            pen.dark,
            pen.edge,
        )
        pen.oval(0.66 * side, -0.50, 0.17, 0.17, pen.light)
        pen.oval(0.50 * side, 0.42, 0.12, 0.12, pen.light)
        pen.line([(0.02 * side, -0.5), (0.22 * side, -0.95)], 0.05, _INK)
    pen.oval(0.0, 0.05, 0.11, 0.62, _INK)


def _car(pen: Pen) -> None:
    pen.poly([(-0.62, -0.08), (-0.40, -0.58), (0.34, -0.58), (0.64, -0.08)], pen.dark, pen.edge)
    pen.poly([(-0.47, -0.08), (-0.32, -0.47), (-0.04, -0.47), (-0.04, -0.08)], (196, 226, 240))
    pen.poly([(0.06, -0.08), (0.06, -0.47), (0.28, -0.47), (0.48, -0.08)], (176, 212, 232))
    pen.poly(
        [(-1.0, 0.0), (-0.92, -0.12), (0.72, -0.12), (0.98, 0.06), (1.0, 0.38), (-1.0, 0.38)],
        pen.colour,
        pen.edge,
    )
    pen.poly([(-0.97, 0.22), (0.97, 0.22), (0.98, 0.37), (-0.98, 0.37)], pen.dark)
    pen.oval(0.90, 0.10, 0.09, 0.09, (255, 244, 180))
    for u in (-0.55, 0.55):
        pen.oval(u, 0.38, 0.27, 0.27, _INK)
        pen.oval(u, 0.38, 0.12, 0.12, (190, 194, 200))


def _cat(pen: Pen) -> None:
    pen.line([(0.45, 0.70), (0.86, 0.52), (0.90, 0.08), (0.74, -0.10)], 0.18, pen.dark)
    pen.oval(0.0, 0.48, 0.56, 0.50, pen.colour, pen.edge)
    pen.oval(0.0, 0.58, 0.30, 0.36, pen.light)
    for side in (-1, 1):
        pen.poly([(0.14 * side, -0.66), (0.54 * side, -1.0), (0.56 * side, -0.36)], pen.colour, pen.edge)
        pen.poly([(0.27 * side, -0.66), (0.47 * side, -0.84), (0.47 * side, -0.5)], pen.dark)
    pen.oval(0.0, -0.34, 0.58, 0.46, pen.colour, pen.edge)
    for side in (-1, 1):
        pen.oval(0.22 * side, -0.40, 0.10, 0.13, _INK)
        pen.oval(0.24 * side, -0.44, 0.035, 0.045, (255, 255, 255))
        pen.line([(0.18 * side, -0.18), (0.64 * side, -0.24)], 0.03, _INK)
        pen.line([(0.18 * side, -0.12), (0.62 * side, -0.06)], 0.03, _INK)
        pen.oval(0.24 * side, 0.90, 0.19, 0.10, pen.light, pen.edge)
    pen.poly([(-0.08, -0.24), (0.08, -0.24), (0.0, -0.13)], (226, 96, 110))


def _cup(pen: Pen) -> None:
    pen.oval(0.62, 0.10, 0.34, 0.38, pen.dark, pen.edge)
    pen.oval(0.62, 0.10, 0.17, 0.21, (206, 206, 206))
    pen.poly(
        [
            (-0.72, -0.55),
            (0.62, -0.55),
            (0.50, 0.72),
            *pen.arc(-0.05, 0.72, 0.55, 0.14, 0, 180),
            (-0.60, 0.72),
        ],
        pen.colour,
        pen.edge,
    )
    pen.poly([(0.34, -0.5), (0.58, -0.5), (0.48, 0.72), (0.26, 0.80)], pen.dark)
    pen.poly([(-0.56, -0.3), (-0.42, -0.3), (-0.36, 0.62), (-0.48, 0.60)], pen.light)
    pen.oval(-0.05, -0.55, 0.67, 0.20, pen.light, pen.edge)
    pen.oval(-0.05, -0.53, 0.53, 0.13, (92, 54, 28))
    for u in (-0.25, 0.15):
        pen.line(
            [(u, -0.72), (u + 0.08, -0.80), (u - 0.04, -0.90), (u + 0.05, -1.0)], 0.05, (250, 250, 250, 150)
        )


def _duck(pen: Pen) -> None:
    pen.poly([(-0.55, 0.25), (-1.0, -0.10), (-0.80, 0.45)], pen.dark, pen.edge)
    pen.oval(-0.10, 0.38, 0.82, 0.50, pen.colour, pen.edge)
    pen.poly([(0.55, -0.52), (1.0, -0.40), (0.58, -0.24)], (244, 140, 24), (160, 80, 10))
    pen.oval(0.32, -0.38, 0.42, 0.42, pen.colour, pen.edge)
    pen.oval(-0.22, 0.32, 0.42, 0.24, pen.dark, pen.edge)
    pen.oval(0.44, -0.48, 0.09, 0.10, _INK)
    pen.oval(0.46, -0.51, 0.03, 0.03, (255, 255, 255))
    pen.oval(0.18, -0.58, 0.13, 0.09, (*pen.light, 220))


def _fish(pen: Pen) -> None:
    pen.poly([(-0.48, 0.0), (-1.0, -0.50), (-0.86, 0.0), (-1.0, 0.50)], pen.dark, pen.edge)
    pen.poly([(-0.20, -0.36), (0.05, -0.78), (0.35, -0.34)], pen.dark, pen.edge)
    pen.poly([(-0.10, 0.36), (0.0, 0.70), (0.28, 0.34)], pen.dark, pen.edge)
    pen.oval(0.18, 0.0, 0.80, 0.48, pen.colour, pen.edge)
    pen.oval(0.10, 0.20, 0.56, 0.18, (*pen.light, 200))
    pen.line(pen.arc(0.36, 0.0, 0.16, 0.36, 100, 260), 0.07, pen.dark)
    pen.line(pen.arc(0.04, 0.0, 0.14, 0.30, 100, 260), 0.07, pen.dark)
    pen.oval(0.64, -0.12, 0.15, 0.15, (255, 255, 255), pen.edge)
    pen.oval(0.67, -0.12, 0.08, 0.08, _INK)


def _flower(pen: Pen) -> None:
    pen.line([(0.0, -0.2), (0.04, 0.5), (0.0, 1.0)], 0.12, (46, 122, 40))
    pen.oval(0.32, 0.62, 0.32, 0.13, (66, 150, 50), (34, 96, 30))
    pen.oval(-0.32, 0.74, 0.32, 0.13, (66, 150, 50), (34, 96, 30))
    for i in range(6):
        turn = math.pi * i / 3 + 0.3
        pen.oval(0.42 * math.cos(turn), -0.38 + 0.42 * math.sin(turn), 0.27, 0.27, pen.colour, pen.edge)
    pen.oval(0.0, -0.38, 0.38, 0.38, pen.colour)
    pen.oval(0.0, -0.38, 0.24, 0.24, (122, 74, 26), (82, 46, 14))
    pen.oval(-0.06, -0.44, 0.08, 0.08, (186, 126, 50))


def _house(pen: Pen) -> None:
    pen.poly([(0.36, -0.92), (0.58, -0.92), (0.58, -0.36), (0.36, -0.50)], (136, 84, 66), (70, 40, 34))
    pen.poly([(-0.74, -0.22), (0.74, -0.22), (0.74, 0.90), (-0.74, 0.90)], pen.colour, pen.edge)
    pen.poly([(0.50, -0.22), (0.74, -0.22), (0.74, 0.88), (0.50, 0.88)], (*pen.dark, 150))
    pen.poly([(-1.0, -0.16), (0.0, -0.94), (1.0, -0.16)], (112, 66, 52), (62, 34, 28))
    pen.poly([(-0.84, -0.22), (0.0, -0.86), (0.05, -0.76), (-0.66, -0.22)], (148, 92, 72))
    pen.poly([(-0.50, 0.30), (-0.14, 0.30), (-0.14, 0.88), (-0.50, 0.88)], (92, 58, 40), _INK)
    pen.poly([(0.10, 0.06), (0.48, 0.06), (0.48, 0.46), (0.10, 0.46)], (250, 238, 170), _INK)
    pen.line([(0.29, 0.06), (0.29, 0.46)], 0.05, _INK)
    pen.line([(0.10, 0.26), (0.48, 0.26)], 0.05, _INK)
    pen.oval(-0.22, 0.60, 0.035, 0.035, (240, 210, 120))


def _kite(pen: Pen) -> None:
    tail = [(0.0, 0.42), (0.16, 0.56), (-0.12, 0.70), (0.14, 0.84), (-0.06, 1.0)]
    pen.line(tail, 0.05, _INK)
    for u, v in tail[1:4]:
        pen.poly(
            [(u - 0.16, v - 0.09), (u + 0.16, v + 0.09), (u + 0.16, v - 0.09), (u - 0.16, v + 0.09)], pen.dark
        )
    pen.poly([(0.0, -1.0), (0.70, -0.32), (0.0, 0.48), (-0.70, -0.32)], pen.colour, pen.edge)
    pen.poly([(0.0, -0.96), (0.67, -0.32), (0.0, -0.32)], pen.light)
    pen.poly([(0.0, 0.44), (-0.67, -0.32), (0.0, -0.32)], pen.dark)
    pen.line([(0.0, -0.98), (0.0, 0.46)], 0.05, _INK)
    pen.line([(-0.68, -0.32), (0.68, -0.32)], 0.05, _INK)


def _mushroom(pen: Pen) -> None:
    pen.poly(
        [(-0.26, 0.0), (0.26, 0.0), (0.36, 0.86), (0.0, 0.94), (-0.36, 0.86)], (244, 230, 202), (140, 120, 92)
    )
    pen.poly([(0.06, 0.1), (0.24, 0.1), (0.33, 0.84), (0.10, 0.90)], (216, 198, 164))
    pen.poly(
        [*pen.arc(0.0, 0.06, 0.95, 0.95, 180, 360), *pen.arc(0.0, 0.06, 0.95, 0.16, 0, 180)],
        pen.colour,
        pen.edge,
    )
    spot = (252, 250, 244) if sum(pen.colour) < 700 else (176, 160, 140)
    for u, v, size in ((-0.50, -0.20, 0.17), (0.02, -0.52, 0.19), (0.52, -0.20, 0.16), (0.04, -0.06, 0.12)):
        pen.oval(u, v, size, size * 0.85, spot)


def _star(pen: Pen) -> None:
    corners = [
        (
            math.sin(math.pi * i / 5) * (0.98, 0.44)[i % 2],
            0.06 - math.cos(math.pi * i / 5) * (0.98, 0.44)[i % 2],
        )
        for i in range(10)
    ]
    pen.poly(corners, pen.colour, pen.edge)
    for i in range(0, 10, 2):
        pen.poly([(0.0, 0.06), corners[i], corners[(i + 1) % 10]], pen.dark)
        pen.poly([(0.0, 0.06), corners[i], corners[i - 1]], pen.light)
    pen.poly([(u * 0.55, 0.03 + v * 0.55) for u, v in corners], pen.colour)


def _umbrella(pen: Pen) -> None:
    pen.line([(0.0, -0.95), (0.0, 0.72)], 0.10, (86, 60, 44))
    pen.line(pen.arc(0.18, 0.72, 0.18, 0.22, 180, 0), 0.10, (86, 60, 44))
    rim = [
        point
        for u in (0.66, 0.0, -0.66)
        for point in [(u + 0.33, 0.02), (u + 0.22, -0.10), (u, -0.16), (u - 0.22, -0.10), (u - 0.33, 0.02)]
    ]
    pen.poly([*pen.arc(0.0, 0.02, 0.99, 0.88, 180, 360), *rim], pen.colour, pen.edge)
    pen.poly([(0.0, -0.86), *pen.arc(0.0, 0.02, 0.97, 0.86, 300, 358), (0.66, -0.16), (0.33, 0.0)], pen.dark)
    pen.poly([(0.0, -0.86), (-0.30, -0.02), (0.0, -0.16), (0.30, -0.02)], pen.light)
    pen.line([(0.0, -0.84), (-0.33, 0.0)], 0.04, pen.edge)
    pen.line([(0.0, -0.84), (0.33, 0.0)], 0.04, pen.edge)


_DRAWERS: dict[str, Callable[[Pen], None]] = {
    "apple": _apple,
    "ball": _ball,
    "balloon": _balloon,
    "boat": _boat,
    "butterfly": _butterfly,
    "car": _car,
    "cat": _cat,
    "cup": _cup,
    "duck": _duck,
    "fish": _fish,
    "flower": _flower,
    "house": _house,
    "kite": _kite,
    "mushroom": _mushroom,
    "star": _star,
    "umbrella": _umbrella,
}
_FEET = {"car": 0.62, "fish": 0.62, "cup": 0.84, "boat": 0.84, "duck": 0.86, "house": 0.9}


class Canvas:
    """A background being painted, with its size, its horizon and its own chance."""

    def __init__(self, width: int, height: int, rng: random.Random) -> None:
        """Start an empty canvas of a size in pixels."""
        self.width, self.height, self.rng = width, height, rng
        self.horizon = rng.uniform(0.36, 0.50)
        self.image = Image.new("RGB", (width, height))
        self.draw = ImageDraw.Draw(self.image, "RGBA")

    def fade(self, top: float, bottom: float, first: Sequence[int], last: Sequence[int]) -> None:
        """Fill a band between two fractions of the height with a vertical gradient."""
        low, high = round(top * self.height), round(bottom * self.height)
        if high <= low:
            return
        steps = min(high - low, 256)
        share = np.linspace(0.0, 1.0, steps)[:, None]
        column = np.asarray(first) * (1 - share) + np.asarray(last) * share
        strip = Image.fromarray(column.round().astype(np.uint8)[:, None, :])
        self.image.paste(strip.resize((self.width, high - low), Image.Resampling.BILINEAR), (0, low))

    def tint(self, colour: Rgb, spread: int = 10) -> Rgb:
        """Return a colour moved a little by chance."""
        return shade(colour, self.rng, spread)

    def poly(self, shape: Sequence[Point], fill: Sequence[int]) -> None:
        """Fill a polygon given in fractions of the canvas."""
        self.draw.polygon([(x * self.width, y * self.height) for x, y in shape], fill=tuple(fill))

    def oval(self, x: float, y: float, across: float, down: float, fill: Sequence[int]) -> None:
        """Fill an ellipse whose half-axes are in fractions of the height."""
        high = self.height
        left, top = x * self.width, y * high
        self.draw.ellipse(
            (left - across * high, top - down * high, left + across * high, top + down * high), tuple(fill)
        )

    def hills(self, level: float, swing: float, fill: Sequence[int]) -> None:
        """Fill everything below a gentle wave."""
        first, second = self.rng.uniform(0, 6.3), self.rng.uniform(0, 6.3)
        line = [
            (i / 24, level + swing * (math.sin(first + i * 0.22) + 0.5 * math.sin(second + i * 0.5)))
            for i in range(25)
        ]
        self.poly([(0.0, 1.0), *line, (1.0, 1.0)], fill)

    def clouds(self, fill: Sequence[int]) -> None:
        """Put up to two clouds into the sky."""
        for _ in range(self.rng.randint(0, 2)):
            x, y, size = self.rng.random(), self.rng.uniform(0.06, 0.2), self.rng.uniform(0.03, 0.055)
            for shift, lift, part in ((-1.4, 0.1, 0.7), (0.0, -0.25, 1.1), (1.3, 0.1, 0.8)):
                self.oval(x + shift * size, y + lift * size, size * part * 1.3, size * part * 0.8, fill)

    def specks(self, number: int, top: float, size: float, fill: Sequence[int]) -> None:
        """Scatter small marks below a height."""
        for _ in range(number):
            self.oval(self.rng.random(), self.rng.uniform(top, 1.0), size * 1.6, size * 0.7, fill)


def _beach(canvas: Canvas) -> None:
    line = canvas.horizon
    canvas.fade(0.0, line, canvas.tint((108, 188, 240)), canvas.tint((206, 236, 250)))
    canvas.clouds((250, 252, 254))
    canvas.fade(line - 0.08, line + 0.08, canvas.tint((22, 122, 178)), canvas.tint((70, 190, 206)))
    canvas.hills(line + 0.07, 0.008, (238, 246, 246))
    canvas.hills(line + 0.085, 0.008, canvas.tint((222, 192, 138)))
    canvas.fade(line + 0.12, 1.0, canvas.tint((226, 198, 146)), canvas.tint((240, 218, 170)))
    canvas.specks(10, line + 0.14, 0.006, (180, 146, 96, 160))


def _desert(canvas: Canvas) -> None:
    line = canvas.horizon
    canvas.fade(0.0, line + 0.05, canvas.tint((250, 178, 104)), canvas.tint((254, 226, 168)))
    canvas.oval(canvas.rng.uniform(0.1, 0.9), line - 0.1, 0.075, 0.075, (255, 244, 204))
    canvas.hills(line, 0.03, canvas.tint((206, 136, 84)))
    canvas.hills(line + 0.10, 0.03, canvas.tint((192, 118, 66)))
    canvas.hills(line + 0.24, 0.03, canvas.tint((176, 102, 56)))


def _meadow(canvas: Canvas) -> None:
    line = canvas.horizon
    canvas.fade(0.0, line + 0.05, canvas.tint((96, 168, 236)), canvas.tint((198, 228, 250)))
    canvas.clouds((250, 252, 254))
    canvas.hills(line, 0.025, canvas.tint((130, 182, 100)))
    canvas.hills(line + 0.08, 0.02, canvas.tint((110, 176, 74)))
    canvas.hills(line + 0.22, 0.02, canvas.tint((126, 190, 80)))
    for _ in range(14):
        x, y = canvas.rng.random(), canvas.rng.uniform(line + 0.15, 1.0)
        canvas.poly([(x - 0.006, y), (x, y - 0.035), (x + 0.006, y)], (70, 136, 48, 200))


def _night(canvas: Canvas) -> None:
    line = canvas.horizon
    canvas.fade(0.0, line + 0.06, canvas.tint((10, 14, 44), 6), canvas.tint((40, 48, 98), 8))
    for _ in range(16):
        size = canvas.rng.uniform(0.003, 0.006)
        canvas.oval(canvas.rng.random(), canvas.rng.uniform(0.02, line), size, size, (236, 236, 214))
    x, y = canvas.rng.uniform(0.08, 0.92), canvas.rng.uniform(0.09, 0.15)
    canvas.oval(x, y, 0.062, 0.062, (244, 238, 206))
    canvas.oval(x + 0.022, y - 0.014, 0.052, 0.052, (18, 22, 56))
    canvas.hills(line + 0.02, 0.02, canvas.tint((30, 38, 66), 6))
    canvas.hills(line + 0.14, 0.02, canvas.tint((38, 50, 72), 6))


def _room(canvas: Canvas) -> None:
    line = canvas.horizon + 0.08
    canvas.fade(0.0, line, canvas.tint((214, 204, 186)), canvas.tint((232, 224, 208)))
    for i in range(12):
        canvas.poly(
            [(i / 12, 0), (i / 12 + 0.03, 0), (i / 12 + 0.03, line), (i / 12, line)], (196, 182, 160, 90)
        )
    x = canvas.rng.uniform(0.12, 0.68)
    canvas.poly([(x, 0.06), (x + 0.2, 0.06), (x + 0.2, 0.30), (x, 0.30)], (250, 250, 248))
    canvas.poly(
        [(x + 0.014, 0.08), (x + 0.186, 0.08), (x + 0.186, 0.28), (x + 0.014, 0.28)],
        canvas.tint((166, 206, 232)),
    )
    canvas.poly([(x + 0.094, 0.08), (x + 0.106, 0.08), (x + 0.106, 0.28), (x + 0.094, 0.28)], (250, 250, 248))
    canvas.poly([(0, line - 0.035), (1, line - 0.035), (1, line), (0, line)], (250, 248, 242))
    canvas.fade(line, 1.0, canvas.tint((128, 112, 120)), canvas.tint((150, 134, 140)))
    canvas.oval(0.5, 0.84, 0.52, 0.13, canvas.tint((172, 158, 164)))


def _snow(canvas: Canvas) -> None:
    line = canvas.horizon
    canvas.fade(0.0, line + 0.05, canvas.tint((150, 176, 204)), canvas.tint((212, 224, 238)))
    for _ in range(6):
        x, size = canvas.rng.random(), canvas.rng.uniform(0.05, 0.09)
        base = line + 0.03
        for step in (0.0, 0.7, 1.4):
            width = size * (0.55 - 0.12 * step)
            canvas.poly(
                [
                    (x - width, base - step * size),
                    (x, base - (step + 1.2) * size),
                    (x + width, base - step * size),
                ],
                (62, 98, 92),
            )
    canvas.hills(line + 0.02, 0.015, canvas.tint((222, 232, 244), 5))
    canvas.hills(line + 0.12, 0.02, canvas.tint((208, 220, 236), 5))
    canvas.hills(line + 0.28, 0.02, canvas.tint((226, 234, 246), 5))
    for _ in range(18):
        size = canvas.rng.uniform(0.004, 0.008)
        canvas.oval(canvas.rng.random(), canvas.rng.random(), size, size, (255, 255, 255, 220))


def _street(canvas: Canvas) -> None:
    line = canvas.horizon
    canvas.fade(0.0, line + 0.1, canvas.tint((172, 190, 206)), canvas.tint((214, 222, 228)))
    x = -0.02
    while x < 1.0:
        width, top = canvas.rng.uniform(0.09, 0.16), canvas.rng.uniform(0.10, line - 0.08)
        shade = canvas.tint((132, 136, 146), 14)
        canvas.poly([(x, top), (x + width, top), (x + width, line + 0.06), (x, line + 0.06)], shade)
        for row in range(4):
            y = top + 0.035 + row * 0.07
            if y < line:
                for side in (0.2, 0.6):
                    canvas.poly(
                        [
                            (x + width * side, y),
                            (x + width * (side + 0.2), y),
                            (x + width * (side + 0.2), y + 0.035),
                            (x + width * side, y + 0.035),
                        ],
                        (186, 192, 196),
                    )
        x += width + 0.008
    canvas.fade(line + 0.05, line + 0.12, canvas.tint((176, 174, 170)), canvas.tint((160, 158, 156)))
    canvas.fade(line + 0.12, 1.0, canvas.tint((74, 76, 82)), canvas.tint((92, 94, 100)))
    middle, shift = line + 0.12 + (0.88 - line) * 0.55, canvas.rng.random() * 0.2
    for i in range(6):
        start = i * 0.2 - shift
        canvas.poly(
            [
                (start, middle),
                (start + 0.1, middle),
                (start + 0.09, middle + 0.025),
                (start - 0.01, middle + 0.025),
            ],
            (232, 230, 220),
        )


def _table(canvas: Canvas) -> None:
    line = canvas.horizon
    canvas.fade(0.0, line, canvas.tint((112, 150, 148)), canvas.tint((142, 178, 174)))
    canvas.fade(line, 1.0, canvas.tint((140, 88, 48)), canvas.tint((176, 118, 68)))
    canvas.poly([(0, line - 0.012), (1, line - 0.012), (1, line + 0.014), (0, line + 0.014)], (104, 62, 32))
    for i in range(-2, 9):
        foot = 0.5 + (i / 6 - 0.5) * 1.7
        canvas.poly(
            [(i / 6, line), (i / 6 + 0.006, line), (foot + 0.01, 1.0), (foot, 1.0)], (104, 62, 32, 200)
        )
    for _ in range(7):
        x, y = canvas.rng.random(), canvas.rng.uniform(line + 0.06, 1.0)
        canvas.poly([(x, y), (x + 0.10, y + 0.004), (x, y + 0.008)], (122, 74, 38, 130))


_PAINTERS: dict[str, Callable[[Canvas], None]] = {
    "beach": _beach,
    "desert": _desert,
    "meadow": _meadow,
    "night": _night,
    "room": _room,
    "snow": _snow,
    "street": _street,
    "table": _table,
}


def paint(scene: Scene, width: int, height: int) -> Image.Image:
    """Draw a scene cleanly, without camera effects.

    Args:
        scene: What to draw.
        width: Pixels across.
        height: Pixels down; the scene's aspect is not enforced.

    Returns:
        An RGB picture, the same for the same arguments.
    """
    rng = random.Random(scene.seed * 2 + 1)
    canvas = Canvas(width, height, rng)
    _PAINTERS[scene.background](canvas)
    for kind, item, colour in _things(scene, rng):
        x, y, radius = _spot(item, width, height)
        if kind not in FLOATING:
            canvas.draw.ellipse(_shadow_box(kind, x, y, radius), fill=(10, 12, 30, 84))
        _DRAWERS[kind](Pen(canvas.draw, x, y, radius, item.angle, colour))
    return canvas.image


def _things(scene: Scene, rng: random.Random) -> list[tuple[str, Item, Rgb]]:
    """List things from the farthest to the nearest, each with its own shade of its colour."""
    pairs = sorted(
        ((item, group) for group in scene.groups for item in group.items), key=lambda pair: pair[0].y
    )
    return [(group.kind, item, shade(COLOURS[group.colour], rng)) for item, group in pairs]


def shade(colour: Rgb, rng: random.Random, spread: int = 14) -> Rgb:
    """Return a colour moved a little by chance."""
    red, green, blue = (max(0, min(255, part + rng.randint(-spread, spread))) for part in colour)
    return red, green, blue


def _spot(item: Item, width: int, height: int) -> tuple[float, float, float]:
    return item.x * width, item.y * height, item.size * min(width, height)


def _shadow_box(kind: str, x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    foot = y + _FEET.get(kind, 0.93) * radius
    return x - radius * 0.85, foot - radius * 0.10, x + radius * 0.95, foot + radius * 0.16


def portrait(scene: Scene, long_side: int) -> Image.Image:
    """Draw a scene for people: large, with rounded light on every thing, soft shadows and a lens's fall-off.

    It is the picture of `paint` but for the light, so that the models know it.

    Args:
        scene: What to draw.
        long_side: Pixels of the longer side.

    Returns:
        An RGB picture in the scene's aspect.
    """
    unit = long_side * 2 / max(scene.aspect)
    width, height = round(scene.aspect[0] * unit), round(scene.aspect[1] * unit)
    rng = random.Random(scene.seed * 2 + 1)
    canvas = Canvas(width, height, rng)
    _PAINTERS[scene.background](canvas)
    picture = canvas.image
    for kind, item, colour in _things(scene, rng):
        x, y, radius = _spot(item, width, height)
        if kind not in FLOATING:
            shadow = Image.new("L", picture.size)
            ImageDraw.Draw(shadow).ellipse(_shadow_box(kind, x, y, radius), fill=104)
            picture.paste((10, 12, 30), (0, 0), shadow.filter(ImageFilter.GaussianBlur(radius * 0.045)))
        _lit(picture, kind, item, colour, (x, y, radius))
    grain = np.random.default_rng(scene.seed)
    picture = picture.resize((width // 2, height // 2), Image.Resampling.BOX)
    pixels = np.asarray(picture, np.float32)
    down, across = np.ogrid[-1 : 1 : pixels.shape[0] * 1j, -1 : 1 : pixels.shape[1] * 1j]
    pixels = pixels * (1.03 - 0.10 * (across**2 + down**2) / 2)[:, :, None].astype(np.float32)
    pixels = pixels + 1.2 * grain.standard_normal((*pixels.shape[:2], 1), np.float32)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _lit(picture: Image.Image, kind: str, item: Item, colour: Rgb, spot: tuple[float, float, float]) -> None:
    """Draw a thing with light from the upper left.

    Drawing it once on black and once on white tells its coverage, since Pillow's canvas does not keep it.
    """
    x, y, radius = spot
    reach = math.ceil(radius * 1.25)
    left, top = math.floor(x) - reach, math.floor(y) - reach
    sides = []
    for ground in ((0, 0, 0), (255, 255, 255)):
        patch = Image.new("RGB", (reach * 2, reach * 2), ground)
        pen = Pen(ImageDraw.Draw(patch, "RGBA"), x - left, y - top, radius, item.angle, colour)
        _DRAWERS[kind](pen)
        sides.append(np.asarray(patch, np.float32))
    cover = 1 - (sides[1] - sides[0]).max(2, keepdims=True) / 255
    down, across = np.ogrid[-1.25 : 1.25 : reach * 2j, -1.25 : 1.25 : reach * 2j]
    light = 1.10 - 0.13 * (across + 1.5 * down) - 0.05 * (across**2 + down**2)
    box = (left, top, left + reach * 2, top + reach * 2)
    below = np.asarray(picture.crop(box), np.float32)
    mixed = below * (1 - cover) + sides[0] * light[:, :, None]
    picture.paste(Image.fromarray(np.clip(mixed, 0, 255).astype(np.uint8)), box[:2])


def snapshot(scene: Scene, size: int = 96) -> Image.Image:
    """Draw a scene as a small square training picture, with light, noise and blur as a camera adds them.

    The picture is painted at 1.5 to 3 times the size in the scene's aspect and then squeezed into the square with the
    bicubic filter, as `BlipImageProcessor` does to a photo.

    Args:
        scene: What to draw.
        size: Pixels of the square's side.

    Returns:
        An RGB picture of `size` by `size`.
    """
    rng = random.Random(scene.seed * 2 + 2)
    scale = rng.uniform(1.5, 2.6) * size / math.sqrt(scene.aspect[0] * scene.aspect[1])
    picture = paint(scene, round(scene.aspect[0] * scale), round(scene.aspect[1] * scale))
    picture = picture.resize((size, size), Image.Resampling.BICUBIC)
    if rng.random() < 0.25:
        picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 0.6)))
    light = rng.uniform(0.84, 1.1)
    gains = np.array([light * rng.uniform(0.97, 1.03) for _ in range(3)], np.float32)
    pixels = np.asarray(picture, np.float32) * gains + rng.uniform(-6, 6)
    noise = rng.uniform(0, 7)
    chance = np.random.default_rng(scene.seed)
    pixels += noise * chance.standard_normal(pixels.shape, np.float32)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
