"""A catalog of as many photos as a search is measured with.

Captions are recombined from those of ../shared to 200,000 different ones, as often as it takes, with the file
names, folders, cameras, dates and keywords of a family's library.  Rows go in directly, their triggers put
aside; the rest is the program's own.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from blipdesk.catalog import Catalog
from blipdesk.catalog.searchtext import search_text

SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpus"
DISTINCT = 200_000
CAMERAS = (
    ("Canon EOS R5", "RF 24-105mm F4 L IS USM"), ("Canon EOS 80D", "EF-S 18-135mm"),
    ("Nikon D750", "50mm f/1.8"), ("Nikon Z 6", "NIKKOR Z 24-70mm"), ("SONY ILCE-7M3", "FE 85mm F1.8"),
    ("Apple iPhone 12", "back camera"), ("Apple iPhone 15 Pro", "back triple camera"),
    ("Google Pixel 7", "main camera"), ("FUJIFILM X-T4", "XF35mm"),
    ("Panasonic DMC-TZ61", None), ("samsung SM-G991B", None), (None, None),
)  # fmt: skip
NAMES = (
    "IMG_{n:04}.JPG",
    "DSC_{n:04}.NEF",
    "DSC{n:05}.ARW",
    "PXL_{d}_{t}.jpg",
    "IMG_{d}_{t}.heic",
    "P{n:07}.JPG",
)
EVENTS = (
    "Summer holidays", "Birthday", "Wedding", "Beach trip", "Hiking", "Christmas", "Grandma", "Zoo", "Garden",
    "Paris", "Rome", "Skiing", "School", "New kitchen", "Camera Roll", "Football", "Concert", "Road trip",
)  # fmt: skip


def captions(chance: random.Random, distinct: int) -> list[str]:
    """Different captions: the first part of one and the last of another."""
    with (SHARED / "captions.jsonl").open(encoding="utf-8") as file:
        real = sorted({text.strip() for line in file for text in json.loads(line)["captions"]})
    found = dict.fromkeys(real[:distinct])
    while len(found) < distinct:
        one, other = chance.choice(real).split(), chance.choice(real).split()
        found[" ".join(one[: len(one) // 2] + other[len(other) // 2 :])] = None
    return list(found)


def make(data_dir: Path, photos: int) -> None:
    """A catalog of so many photos."""
    chance = random.Random(7)
    Catalog.open(data_dir).close()
    distinct = captions(chance, min(DISTINCT, photos))
    words = sorted(
        {word.lower().strip(".,") for text in distinct[:20_000] for word in text.split() if len(word) > 3}
    )
    with closing(sqlite3.connect(data_dir / "catalog.db")) as database:
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000")
        triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            database.execute(f"DROP TRIGGER {name}")
        database.execute("INSERT INTO folder (id, path, watched) VALUES (1, ?, 1)", (b"/photos",))
        keywords = words[:: max(1, len(words) // 3000)]
        database.executemany(
            "INSERT INTO keyword VALUES (?, ?, ?)", [(n, w, w) for n, w in enumerate(keywords, 1)]
        )
        fill(database, chance, photos, distinct, keywords)
        for _, statement in triggers:
            database.execute(statement)
        database.commit()
        database.execute("INSERT INTO photo_fts(photo_fts) VALUES ('rebuild')")
        database.commit()
        database.execute("ANALYZE")
        database.execute("PRAGMA journal_mode=WAL")


def fill(
    database: sqlite3.Connection, chance: random.Random, photos: int, distinct: list[str], keywords: list[str]
) -> None:
    """The rows of photos, in the order in which they were taken but for one of ten."""
    first = datetime(2009, 5, 1, 12)
    step = timedelta(days=16 * 365) / photos
    number = {word: n for n, word in enumerate(keywords, 1)}
    directories: dict[str, int] = {}
    rows: list[tuple[object, ...]] = []
    texts: list[tuple[int, str]] = []
    given: list[tuple[int, int, str]] = []
    event = EVENTS[0]
    for photo_id in range(1, photos + 1):
        if chance.random() < 0.004:
            event = chance.choice(EVENTS)
        taken = first + step * photo_id
        if chance.random() < 0.1:
            taken -= timedelta(days=chance.randrange(2000))
        directory = f"/photos/{taken:%Y}/{taken:%Y-%m} {event}"
        name = chance.choice(NAMES).format(n=photo_id % 9999, d=f"{taken:%Y%m%d}", t=f"{taken:%H%M%S%f}"[:9])
        path = f"{directory}/{photo_id % 97}{name}" if chance.random() < 0.01 else f"{directory}/{name}"
        camera, lens = chance.choice(CAMERAS)
        caption = distinct[photo_id % len(distinct)]
        own = [word for word in caption.lower().split() if word in number][:3]
        if chance.random() < 0.2:
            own.append(chance.choice(keywords))
        own = list(dict.fromkeys(own))
        stamp = taken.replace(tzinfo=UTC).timestamp()
        sure = chance.choice(("sure", "fair", "unsure", None))
        rows.append(
            (
                photo_id, directories.setdefault(directory, len(directories) + 1),
                os.fsencode(f"{path}#{photo_id}"), name.casefold(), photo_id, f"h{photo_id}", f"h{photo_id}",
                f"p{photo_id % 990_000}", "JPEG",
                1.7e9 + photo_id, stamp, taken.isoformat(), camera, lens,
                48.8 if photo_id % 3 == 0 else None, 2.3 if photo_id % 3 == 0 else None,
                5 if photo_id % 50 == 0 else None, caption, "m", sure, sure == "unsure", photo_id % 200 == 0,
            )
        )  # fmt: skip
        texts.append((photo_id, search_text(path, caption, (), own, (), camera)))
        given += [(photo_id, number[word], "model") for word in own]
        if photo_id % 50_000 == 0 or photo_id == photos:
            insert(database, rows, texts, given)
            print(f"  {photo_id} photos", file=sys.stderr)
    database.executemany(
        "INSERT INTO directory (id, path) VALUES (?, ?)",
        [(n, os.fsencode(path)) for path, n in directories.items()],
    )


def insert(database: sqlite3.Connection, *pages: list[tuple[object, ...]]) -> None:
    """Write pages of photos, texts and keywords, and empty them."""
    columns = (
        "id, directory_id, path, name, mtime_ns, content_hash, captioned_hash, pixel_hash, format, added_at,"
        " sort_time, taken_at, camera, lens, latitude, longitude, rating, model_caption, model_key, sureness,"
        " needs_review, missing"
    )
    marks = ", ".join("?" * 22)
    for page, statement in zip(
        pages,
        (
            f"INSERT INTO photo (folder_id, size, inode, width, height, has_caption, {columns})"
            f" VALUES (1, 1, 1, 4000, 3000, 1, {marks})",
            "INSERT INTO photo_text VALUES (?, ?)",
            "INSERT INTO photo_keyword (photo_id, keyword_id, source) VALUES (?, ?, ?)",
        ),
        strict=True,
    ):
        database.executemany(statement, page)
        page.clear()
