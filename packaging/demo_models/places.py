"""How each background is painted."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image, ImageDraw

from demo_models.pen import Point, Rgb, shade


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


PAINTERS: dict[str, Callable[[Canvas], None]] = {
    "beach": _beach,
    "desert": _desert,
    "meadow": _meadow,
    "night": _night,
    "room": _room,
    "snow": _snow,
    "street": _street,
    "table": _table,
}
