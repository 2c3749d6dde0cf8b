"""How each kind of thing is drawn.

Things are drawn in local coordinates, where u points right, v points down and the thing fills the unit
circle. Outlines and shapes differ boldly between kinds, since a thing may be no more than 20 pixels wide in
training.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from demo_models.pen import Pen, Rgb

_INK: Rgb = (38, 34, 40)


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
        [
            *pen.arc(0.0, -0.36, 0.62, 0.62, 180, 360),
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
    pen.poly([*pen.arc(0.0, -0.36, 0.6, 0.6, 0, 70), (0.12, 0.3), (0.36, 0.02)], (*pen.dark, 120))


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


DRAWERS: dict[str, Callable[[Pen], None]] = {
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
FEET = {"car": 0.62, "fish": 0.62, "cup": 0.84, "boat": 0.84, "duck": 0.86, "house": 0.9}
"""Where a thing touches the ground, in local units; 0.93 for kinds not named."""
