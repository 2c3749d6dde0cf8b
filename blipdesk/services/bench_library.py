"""A made-up library for ``blipdesk bench search``: captions, names, folders, cameras and dates of many years.

Words follow Zipf's law and one caption in five is another photo's too, as measured on captions of BLIP-large
(5,000 captions: 10 words each, 1,409 distinct words, 19 % duplicates).  The same seed gives the same library.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

_THINGS = """
    man woman dog street people table cat boy girl child train bus car horse plate pizza beach field snow
    water kitchen bathroom bed clock sign giraffe elephant zebra bear sheep cow bird boat airplane
    motorcycle bicycle truck bench umbrella frisbee kite surfboard skateboard tennis baseball player skier
    laptop phone keyboard desk chair couch television cake sandwich banana apple broccoli fruit vegetable
    glass cup bottle bowl fork knife vase flower tree grass mountain river lake ocean bridge tower
    building house window door wall floor room park market shop road sidewalk fence sky cloud sunset puppy
    kitten baby family crowd group couple teddy toy book shelf lamp mirror sink toilet refrigerator oven
    microwave basket hat helmet shirt jacket tie suit dress shoes bag suitcase backpack hydrant light pole
    traffic station track platform harbor dock island sand wave rock path hill forest barn tractor tent
    fire candle balloon wedding birthday guitar piano statue fountain castle church garden swimming pool
    squirrel duck goose owl parrot rabbit lion tiger monkey penguin seal whale butterfly bee spider snake
    turtle fish shark pumpkin corn carrot tomato onion cheese bread donut cookie coffee tea wine beer soup
    salad noodles rice egg meat barbecue picnic stadium court net racket ball goal trophy medal parade
    festival concert stage museum library school bus-stop airport tunnel windmill lighthouse ferry canoe
    kayak sailboat anchor rope ladder hammer scissors camera microphone
    """
_KINDS = """
    large small white black red brown blue green old young yellow wooden little tall colorful gray bright
    wet dirty broken empty crowded snowy sunny dark orange striped stuffed parked grassy
    """
_DOING = """
    standing sitting riding holding walking laying playing eating looking flying running jumping swimming
    talking sleeping driving wearing carrying watching cooking smiling waiting skiing surfing
    """
_PLACES = "on in near next-to under behind beside over with along"
_CAMERAS = (
    "Canon EOS R6", "Canon PowerShot G7 X", "NIKON Z 6", "NIKON D750", "SONY ILCE-7M3", "Apple iPhone 12",
    "Apple iPhone 15 Pro", "Google Pixel 8", "samsung SM-S911B", "FUJIFILM X-T4", "Panasonic DC-GH5", "",
)  # fmt: skip
_PREFIXES = ("IMG_", "DSC_", "DSCF", "P10", "PXL_2024", "_MG_")
_FIRST_DAY = datetime(2006, 1, 1, 9)
_DAYS = 7300
_PHOTOS_OF_A_FOLDER = 250
_ALIKE = 5
"""One caption in so many is one that another photo has."""


class MadeUpLibrary:
    """Records of photos, as :meth:`~blipdesk.catalog.catalog.Catalog.import_records` takes them.

    Args:
        captions: real captions to draw from; none: sentences are made up.
        seed: of everything random.
    """

    def __init__(self, captions: Sequence[str] = (), seed: int = 5) -> None:
        self._random = random.Random(seed)
        self._captions = captions
        self._things, self._kinds = _THINGS.split(), _KINDS.split()
        self._doing, self._places = _DOING.split(), _PLACES.split()
        self._weights = list(accumulate(1 / (rank + 2) for rank in range(len(self._things))))
        self._made: list[str] = []

    def records(self, count: int) -> Iterator[dict[str, Any]]:
        """So many photos, in folders by date."""
        draw = self._random
        folders = max(1, count // _PHOTOS_OF_A_FOLDER)
        for number in range(count):
            folder = number * folders // count
            taken = _FIRST_DAY + timedelta(days=folder * _DAYS / folders, seconds=draw.random() * 86400)
            name = f"{draw.choice(_PREFIXES)}{number % 10000:04}_{number}.JPG"
            caption = self.caption()
            yield {
                "path": f"/library/{taken.year}/{taken:%m} {self._thing()} {folder}/{name}",
                "caption": caption,
                "source": "model",
                "keywords": [self._thing() for _ in range(draw.randrange(4))],
                "taken": taken.isoformat(timespec="seconds"),
                "camera": draw.choice(_CAMERAS) or None,
            }

    def caption(self) -> str:
        """A caption; one in five is one that was there before."""
        draw = self._random
        if self._made and draw.randrange(_ALIKE) == 0:
            return draw.choice(self._made)
        made = self._mixed() if self._captions else self._sentence()
        if len(self._made) < 100_000:
            self._made.append(made)
        return made

    def queries(self, count: int) -> list[str]:
        """What people may type: one to four words of a caption, now and then all of it."""
        draw = self._random
        queries = []
        for number in range(count):
            words = self.caption().split()
            if number % 5:
                words = draw.sample(words, min(len(words), 1 + number % 4))
            queries.append(" ".join(words))
        return queries

    def _thing(self) -> str:
        return self._random.choices(self._things, cum_weights=self._weights)[0].replace("-", " ")

    def _sentence(self) -> str:
        draw = self._random
        words = [
            "a", draw.choice(self._kinds), self._thing(), draw.choice(self._doing),
            draw.choice(self._places), "a",
            *([draw.choice(self._kinds)] if draw.random() < 0.5 else []), self._thing(),
            *(["and", "a", self._thing()] if draw.random() < 0.4 else []),
        ]  # fmt: skip
        return " ".join(words).replace("-", " ")

    def _mixed(self) -> str:
        """The beginning of one real caption and the end of another: as many distinct ones as are wanted."""
        first, second = (self._random.choice(self._captions).split() for _ in range(2))
        return " ".join(first[: len(first) // 2 + 1] + second[len(second) // 2 :])
