"""Small things that the catalog's tests are made of."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from blipdesk.catalog import Catalog
from blipdesk.domain.jobs import AnswerResult, CaptionCommit, CaptionResult, Job
from blipdesk.domain.values import FileFacts, FileStamp, Photo, SeenFile

# Hundreds of examples need no disk: each COMMIT waits for one.
QUICK_FOLDER = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
FIXTURES = Path(__file__).parent / "fixtures"
SHARED = Path(__file__).resolve().parents[2].parent / "shared"


CAPTIONS = (
    "a dog running on a beach",
    "a cat sleeping on a sofa",
    "two dogs and a cat",
    "a café at the beach in the evening",
    "公园里的一只狗",
    "a black-and-white photo of a train",
)


def database_of(data: Path, revision: str) -> sqlite3.Connection:
    """The catalog of a released schema, opened as a database."""
    data.mkdir()
    database = sqlite3.connect(data / "catalog.db")
    database.executescript((FIXTURES / f"catalog-{revision}.sql").read_text("utf-8"))
    return database


def seen(path: str, content: str = "", mtime: int = 1000, size: int = 10) -> SeenFile:
    return SeenFile(path, FileStamp(size, mtime * 10**9, 1), content or f"hash of {path}")


def photo_of(catalog: Catalog, photo_id: int) -> Photo:
    photo = catalog.photo(photo_id)
    assert photo is not None
    return photo


def photo_at(catalog: Catalog, path: str) -> Photo:
    photo = catalog.photo_by_path(path)
    assert photo is not None
    return photo


def add_photos(catalog: Catalog, *paths: str, root: str = "/photos") -> list[int]:
    folder = catalog.add_folder(root)
    return catalog.register(folder.id, [seen(path, mtime=1000 + n) for n, path in enumerate(paths)])


def result_of(
    job: Job,
    text: str = "a dog on a beach",
    keywords: tuple[str, ...] = ("dog", "beach"),
    facts: FileFacts | None = None,
    result: CaptionResult | None = None,
    metadata_only: bool = False,
) -> CaptionCommit:
    if result is None and not metadata_only:
        result = CaptionResult(text=text, raw_text=f"arafed {text}", keywords=keywords)
    return CaptionCommit(
        job_id=job.id,
        photo_id=job.photo_id,
        content_hash=job.content_hash,
        model_key=job.model_key,
        decoded_format="JPEG",
        width=400,
        height=300,
        pixel_hash=f"pixels of {job.content_hash}",
        damaged=False,
        facts=facts or FileFacts(),
        result=result,
    )


def caption_all(catalog: Catalog, text: str = "a dog on a beach", model: str = "m", **more: object) -> int:
    """Caption everything that waits; returns how many photos that were."""
    catalog.enqueue_pending(model)
    count = 0
    while jobs := catalog.claim(model, 16):
        for job in jobs:
            catalog.begin_attempt(job.id)
        catalog.commit_captions([result_of(job, text, **more) for job in jobs])
        count += len(jobs)
    return count


def captioned(catalog: Catalog, *captions: str) -> list[int]:
    """Photos with these captions, the later the newer; their ids."""
    ids = add_photos(catalog, *(f"/photos/{n}.jpg" for n in range(len(captions))))
    catalog.enqueue_pending("m")
    by_photo = dict(zip(ids, captions, strict=True))
    jobs = catalog.claim("m", len(captions))
    catalog.commit_captions([result_of(job, by_photo[job.photo_id], keywords=()) for job in jobs])
    return ids


def with_texts(catalog: Catalog, path: str, root: str = "/photos") -> Photo:
    (photo_id,) = add_photos(catalog, path, root=root)
    caption_all(catalog, "a dog")
    catalog.set_user_caption(photo_id, "Rex at the sea")
    catalog.add_keyword(photo_id, "Rex")
    catalog.add_question(photo_id, "what?", AnswerResult("a dog", "q", 1.0))
    return photo_at(catalog, path)


def texts(photo: Photo) -> tuple[object, ...]:
    return photo.id, photo.user_caption, photo.model_caption, photo.candidates, photo.keywords
