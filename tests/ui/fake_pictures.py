"""Little drawn landscapes for the window's tests and its dev runner: no file, no model, any thread."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen, QPolygonF, QRadialGradient

Draw = Callable[[QPainter, int, int, random.Random], None]


def _gradient(p: QPainter, rect: QRectF, top: str, bottom: str) -> None:
    gradient = QLinearGradient(rect.topLeft(), rect.bottomLeft())
    gradient.setColorAt(0, QColor(top))
    gradient.setColorAt(1, QColor(bottom))
    p.fillRect(rect, gradient)


def _clouds(p: QPainter, w: int, h: int, r: random.Random) -> None:
    p.setPen(Qt.PenStyle.NoPen)
    for _ in range(5):
        x, y, size = r.uniform(0, w), r.uniform(0, h * 0.25), r.uniform(0.06, 0.16) * w
        glow = QRadialGradient(QPointF(x, y), size)
        glow.setColorAt(0, QColor(255, 255, 255, 150))
        glow.setColorAt(1, QColor(255, 255, 255, 0))
        p.setBrush(glow)
        p.drawEllipse(QPointF(x, y), size, size * 0.5)


def _hills(p: QPainter, w: int, h: int, r: random.Random, base: float, high: float, color: str) -> None:
    points = [QPointF(0, h), QPointF(0, h * base)]
    steps = 8
    points += [QPointF(w * i / steps, h * (base - r.uniform(0, high))) for i in range(1, steps + 1)]
    points.append(QPointF(w, h))
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(QColor(color))
    p.drawPolygon(QPolygonF(points))


def _disc(p: QPainter, x: float, y: float, radius: float, color: str) -> None:
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(QColor(color))
    p.drawEllipse(QPointF(x, y), radius, radius)


def beach(p: QPainter, w: int, h: int, r: random.Random) -> None:
    _gradient(p, QRectF(0, 0, w, h * 0.45), "#4aa9e8", "#c6ecfb")
    _clouds(p, w, h, r)
    _gradient(p, QRectF(0, h * 0.42, w, h * 0.26), "#169a9b", "#3bbdb5")
    _gradient(p, QRectF(0, h * 0.66, w, h * 0.34), "#f6e3ba", "#dcbb84")
    for x, color in ((0.3, "#e4582c"), (0.68, "#2c66d6")):
        p.setPen(QPen(QColor("#8a6a44"), w * 0.008))
        p.drawLine(QPointF(w * x, h * 0.55), QPointF(w * (x + 0.01), h * 0.85))
        p.setPen(Qt.PenStyle.NoPen)
        rect = QRectF(w * (x - 0.13), h * 0.44, w * 0.26, h * 0.34)
        for part in range(6):
            p.setBrush(QColor(color if part % 2 else "#fffaf0"))
            p.drawPie(rect, part * 30 * 16, 30 * 16)


def sunset(p: QPainter, w: int, h: int, r: random.Random) -> None:
    _gradient(p, QRectF(0, 0, w, h * 0.6), "#54306e", "#f08a56")
    _clouds(p, w, h, r)
    _disc(p, w * r.uniform(0.4, 0.65), h * 0.55, h * 0.06, "#ffe9b0")
    _gradient(p, QRectF(0, h * 0.6, w, h * 0.4), "#a5563f", "#20304a")
    p.setPen(QPen(QColor(255, 215, 160, 120), 2))
    for i in range(14):
        y = h * (0.62 + i * 0.027)
        half = w * r.uniform(0.02, 0.09)
        p.drawLine(QPointF(w * 0.52 - half, y), QPointF(w * 0.52 + half, y))


def sailboat(p: QPainter, w: int, h: int, r: random.Random) -> None:
    _gradient(p, QRectF(0, 0, w, h * 0.6), "#5fb0ea", "#dff3fd")
    _clouds(p, w, h, r)
    _gradient(p, QRectF(0, h * 0.58, w, h * 0.42), "#1f83a8", "#2aa0c4")
    x = w * r.uniform(0.4, 0.6)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(QColor("#ffffff"))
    p.drawPolygon(QPolygonF([QPointF(x, h * 0.22), QPointF(x, h * 0.64), QPointF(x + w * 0.13, h * 0.64)]))
    p.setBrush(QColor("#f7d8c4"))
    p.drawPolygon(
        QPolygonF([QPointF(x - 4, h * 0.3), QPointF(x - 4, h * 0.64), QPointF(x - w * 0.1, h * 0.64)])
    )
    p.setBrush(QColor("#8c2f1d"))
    hull = [(-0.14, 0.67), (0.16, 0.67), (0.1, 0.74), (-0.1, 0.74)]
    p.drawPolygon(QPolygonF([QPointF(x + w * dx, h * dy) for dx, dy in hull]))


def dunes(p: QPainter, w: int, h: int, r: random.Random) -> None:
    _gradient(p, QRectF(0, 0, w, h), "#f6a35c", "#fbd9a0")
    _disc(p, w * 0.24, h * 0.28, h * 0.07, "#fff3d2")
    for base, color in ((0.66, "#d38d4e"), (0.78, "#b9713a"), (0.92, "#95552a")):
        _hills(p, w, h, r, base, 0.1, color)


def mountains(p: QPainter, w: int, h: int, r: random.Random) -> None:
    _gradient(p, QRectF(0, 0, w, h), "#9fb9c9", "#e4ecef")
    _disc(p, w * 0.75, h * 0.22, h * 0.05, "#fff8e0")
    for base, color in ((0.55, "#93aab5"), (0.7, "#6b858f"), (0.84, "#48626b"), (0.97, "#223a40")):
        _hills(p, w, h, r, base, 0.2, color)


def meadow(p: QPainter, w: int, h: int, r: random.Random) -> None:
    _gradient(p, QRectF(0, 0, w, h * 0.55), "#4797ea", "#cfeafc")
    _clouds(p, w, h, r)
    _hills(p, w, h, r, 0.55, 0.06, "#4f8f3a")
    _gradient(p, QRectF(0, h * 0.6, w, h * 0.4), "#5a9a34", "#3f7a25")
    for _ in range(240):
        _disc(p, r.uniform(0, w), r.uniform(h * 0.6, h), r.uniform(0.004, 0.012) * w, "#f7d21e")


def night(p: QPainter, w: int, h: int, r: random.Random) -> None:
    _gradient(p, QRectF(0, 0, w, h), "#070c22", "#21386f")
    for _ in range(60):
        _disc(p, r.uniform(0, w), r.uniform(0, h * 0.5), r.uniform(0.5, 1.6), "#c9d6ff")
    _disc(p, w * 0.65, h * 0.25, h * 0.08, "#fff6cf")
    _hills(p, w, h, r, 0.66, 0.12, "#101c3d")
    _gradient(p, QRectF(0, h * 0.68, w, h * 0.32), "#162a5c", "#0a1330")


def city(p: QPainter, w: int, h: int, r: random.Random) -> None:
    _gradient(p, QRectF(0, 0, w, h), "#161a48", "#5a3f74")
    x = 0.0
    while x < w:
        width, top = r.uniform(0.05, 0.12) * w, h * r.uniform(0.35, 0.75)
        p.fillRect(QRectF(x, top, width, h - top), QColor("#12142a"))
        for _ in range(10):
            p.fillRect(
                QRectF(x + r.uniform(2, max(3, width - 5)), r.uniform(top + 3, h), 3, 4), QColor("#f3cf7a")
            )
        x += width + 2


def forest(p: QPainter, w: int, h: int, r: random.Random) -> None:
    _gradient(p, QRectF(0, 0, w, h), "#e9efb8", "#4f7f3c")
    for _ in range(16):
        x, width = r.uniform(0, w), r.uniform(0.015, 0.05) * w
        p.fillRect(QRectF(x, 0, width, h), QColor("#26301d").lighter(r.randint(80, 170)))


def coffee(p: QPainter, w: int, h: int, r: random.Random) -> None:
    _gradient(p, QRectF(0, 0, w, h), "#8b6245", "#5b3a26")
    radius = h * 0.4
    _disc(p, w * 0.5, h * 0.52, radius, "#e9e6e1")
    _disc(p, w * 0.5, h * 0.5, radius * 0.92, "#ffffff")
    _disc(p, w * 0.5, h * 0.5, radius * 0.56, "#b06f3a")
    _disc(p, w * 0.5, h * 0.5, radius * 0.3, "#f4dcc0")


def balloons(p: QPainter, w: int, h: int, r: random.Random) -> None:
    _gradient(p, QRectF(0, 0, w, h), "#5aa6ea", "#fbdcae")
    _hills(p, w, h, r, 0.9, 0.1, "#6d4b3a")
    for x, y, size, color in (
        (0.5, 0.4, 0.18, "#f0a21e"),
        (0.2, 0.55, 0.09, "#1d8f94"),
        (0.8, 0.5, 0.1, "#c2348b"),
    ):
        _disc(p, w * x, h * y, w * size, color)
        p.fillRect(
            QRectF(w * x - w * size * 0.2, h * y + w * size * 1.15, w * size * 0.4, w * size * 0.3),
            QColor("#5f4023"),
        )


SCENES: tuple[tuple[Draw, str, tuple[str, ...]], ...] = (
    (beach, "two umbrellas on a sandy beach by the sea", ("beach", "umbrella", "sea")),
    (sunset, "a sunset over the ocean with orange clouds", ("sunset", "ocean", "sky")),
    (sailboat, "a white sailboat on calm blue water", ("sailboat", "water")),
    (dunes, "sand dunes in the desert at sunrise", ("desert", "sand")),
    (balloons, "three hot air balloons flying over the hills", ("balloon", "sky")),
    (mountains, "a foggy mountain range with pine trees", ("mountain", "fog")),
    (meadow, "a field of yellow flowers under a blue sky", ("flower", "field", "sky")),
    (coffee, "a cup of coffee with latte art on a wooden table", ("coffee", "food")),
    (night, "a full moon over a lake at night", ("moon", "lake", "night")),
    (city, "a city skyline at night with lit windows", ("city", "night")),
    (forest, "sunlight shining through a forest of tall trees", ("forest", "tree")),
)


def picture(number: int, max_edge: int = 512) -> bytes:
    """The JPEG of photo ``number``; every seventh is upright (portrait)."""
    w, h = max_edge, round(max_edge * 0.75)
    if number % 7 == 3:
        w, h = h, w
    image = QImage(w, h, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    SCENES[number % len(SCENES)][0](painter, w, h, random.Random(number))
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", 85)
    return bytes(data.data())
