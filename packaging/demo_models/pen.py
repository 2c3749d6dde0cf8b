"""A pen that draws in a thing's own coordinates, and the mixing of its colours."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from PIL import ImageDraw

Rgb = tuple[int, int, int]
Point = tuple[float, float]
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


def shade(colour: Rgb, rng: random.Random, spread: int = 14) -> Rgb:
    """Return a colour moved a little by chance."""
    red, green, blue = (max(0, min(255, part + rng.randint(-spread, spread))) for part in colour)
    return red, green, blue
