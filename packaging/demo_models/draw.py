"""Drawing of scenes with Pillow, at 96 pixels for training and at any size for people.

The canvas is drawn larger than asked for and reduced, which gives the soft edges that a photo has after the
bicubic resize of `BlipImageProcessor`; the factor varies in training, so that the models see the same scene
through many such resizes.  One core draws about 560 training pictures a second.
"""

from __future__ import annotations

import math
import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from demo_models.pen import Pen, Rgb, shade
from demo_models.places import PAINTERS, Canvas
from demo_models.scenes import COLOURS, FLOATING, Item, Scene
from demo_models.things import DRAWERS, FEET


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
    PAINTERS[scene.background](canvas)
    for kind, item, colour in _things(scene, rng):
        x, y, radius = _spot(item, width, height)
        if kind not in FLOATING:
            canvas.draw.ellipse(_shadow_box(kind, x, y, radius), fill=(10, 12, 30, 84))
        DRAWERS[kind](Pen(canvas.draw, x, y, radius, item.angle, colour))
    return canvas.image


def _things(scene: Scene, rng: random.Random) -> list[tuple[str, Item, Rgb]]:
    """List things from the farthest to the nearest, each with its own shade of its colour."""
    pairs = sorted(
        ((item, group) for group in scene.groups for item in group.items), key=lambda pair: pair[0].y
    )
    return [(group.kind, item, shade(COLOURS[group.colour], rng)) for item, group in pairs]


def _spot(item: Item, width: int, height: int) -> tuple[float, float, float]:
    return item.x * width, item.y * height, item.size * min(width, height)


def _shadow_box(kind: str, x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    foot = y + FEET.get(kind, 0.93) * radius
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
    PAINTERS[scene.background](canvas)
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
        DRAWERS[kind](pen)
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

    The picture is painted at 1.5 to 3 times the size in the scene's aspect and then squeezed into the
    square with the bicubic filter, as `BlipImageProcessor` does to a photo.

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
