"""Rows into the frozen values of the domain.  Called with a reading connection, from any thread."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from blipdesk.catalog.candidates import candidate_of
from blipdesk.catalog.database import AnyRow, Database
from blipdesk.catalog.due import BY_SETTING
from blipdesk.catalog.favourites import last_written
from blipdesk.catalog.ids import among
from blipdesk.catalog.keywords import removed_keywords, visible_keywords
from blipdesk.catalog.looked_at import ARE_WORDS_READ
from blipdesk.catalog.schema import CandidateRow, FolderRow, JobRow, PhotoRow, QuestionRow
from blipdesk.domain.errors import OF_THE_MODEL, Problem, ProblemKind
from blipdesk.domain.filter_tests import FAVOURITE_RATING
from blipdesk.domain.ratings import effective_rating
from blipdesk.domain.values import (
    Candidate,
    Choice,
    FileFacts,
    FileStamp,
    FolderState,
    Photo,
    PhotoState,
    PhotoTile,
    QuestionAnswer,
    Source,
    WriteTarget,
    effective_text,
)


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the catalog knows of a path: enough to see whether the file there is still the same."""

    photo_id: int
    stamp: FileStamp
    content_hash: str
    missing: bool
    sidecar: FileStamp | None = None
    """The sidecar that was read with it."""
    was_read: bool = False
    """Its facts were read once: what stands in its sidecar is known."""
    is_outdated: bool = False
    """They were read by an earlier version, which did not read all that is read now."""
    is_written_beside: bool = False
    """What was written for it stands in its sidecar."""


@dataclass(frozen=True, slots=True)
class _Jobs:
    """The queue's part of a photo's state."""

    claimed: bool = False
    queued: bool = False
    problem: Problem | None = None


_NO_JOBS = _Jobs()
_STANDS_IN_FILE = ("embedded", "sidecar", "unchanged", BY_SETTING)


def _jobs(connection: Connection, photo_ids: Sequence[int]) -> dict[int, _Jobs]:
    rows = connection.execute(
        select(
            JobRow.photo_id,
            JobRow.state,
            JobRow.problem_kind,
            JobRow.problem_message,
            JobRow.problem_remedy,
        ).where(JobRow.photo_id.in_(among(photo_ids)), JobRow.state != "done")
    )
    found: dict[int, _Jobs] = {}
    for row in rows:
        before = found.get(row.photo_id, _NO_JOBS)
        failed = row.state == "failed"
        found[row.photo_id] = _Jobs(
            claimed=before.claimed or row.state == "claimed",
            queued=before.queued or row.state in ("queued", "parked"),
            problem=problem_of(row) if failed else before.problem,
        )
    return found


def problem_of(row: AnyRow) -> Problem:
    """The problem on a failed job's row."""
    return Problem(ProblemKind(row.problem_kind), row.problem_message, row.problem_remedy or "")


def _problem(row: AnyRow, jobs: _Jobs) -> Problem | None:
    """What is wrong with a photo: nothing where a person wrote the caption that the model could not."""
    problem = jobs.problem
    return None if problem is not None and problem.kind in OF_THE_MODEL and row.user_caption else problem


def _state(row: AnyRow, folder_state: str, jobs: _Jobs) -> PhotoState:
    if row.missing:
        return PhotoState.MISSING
    if folder_state == FolderState.OFFLINE.value:
        return PhotoState.OFFLINE
    if jobs.claimed:
        return PhotoState.WORKING
    if _problem(row, jobs) is not None:
        return PhotoState.FAILED
    if jobs.queued:
        return PhotoState.QUEUED
    if row.settled_outcome in _STANDS_IN_FILE and row.settled_version == row.text_version:
        return PhotoState.WRITTEN
    caption, _ = effective_text(row.user_caption, row.file_caption, row.model_caption)
    return PhotoState.DONE if caption else PhotoState.QUEUED


def read_photos(connection: Connection, photo_ids: Sequence[int]) -> list[Photo]:
    """Whole records, in the order asked for; ids that are gone are left out."""
    rows = connection.execute(
        select(
            PhotoRow.__table__,
            ARE_WORDS_READ.label("are_words_read"),
            FolderRow.state.label("folder_state"),
        )
        .join(FolderRow, FolderRow.id == PhotoRow.folder_id)
        .where(PhotoRow.id.in_(among(photo_ids)))
    ).all()
    jobs = _jobs(connection, photo_ids)
    keywords = visible_keywords(connection, photo_ids)
    candidates: dict[int, list[Candidate]] = {}
    for row in connection.execute(
        select(CandidateRow.__table__)
        .where(CandidateRow.photo_id.in_(among(photo_ids)))
        .order_by(CandidateRow.photo_id, CandidateRow.position)
    ):
        candidates.setdefault(row.photo_id, []).append(candidate_of(row))
    stars = last_written(connection, photo_ids)
    found: dict[int, Photo] = {}
    for row in rows:
        listed = keywords.get(row.id, []), candidates.get(row.id, [])
        found[row.id] = _photo(row, jobs.get(row.id, _NO_JOBS), *listed, stars.get(row.id))
    return [found[photo_id] for photo_id in photo_ids if photo_id in found]


def _photo(
    row: AnyRow, jobs: _Jobs, keywords: Sequence[Any], candidates: Sequence[Candidate], stars: int | None
) -> Photo:
    facts = FileFacts(
        taken_at=row.taken_at,
        taken_zone=row.taken_zone,
        camera=row.camera,
        lens=row.lens,
        exposure=row.exposure,
        latitude=row.latitude,
        longitude=row.longitude,
        title=row.title,
        caption=row.file_caption,
        rating=row.rating,
        keywords=tuple(keyword.name for keyword in keywords if keyword.source is Source.FILE),
        keyword_paths=tuple(json.loads(row.keyword_paths)),
        problem=row.facts_problem,
    )
    state = _state(row, row.folder_state, jobs)
    return Photo(
        id=row.id,
        folder_id=row.folder_id,
        path=row.path,
        stamp=FileStamp(row.size, row.mtime_ns, row.inode),
        content_hash=row.content_hash,
        pixel_hash=row.pixel_hash,
        format=row.format,
        width=row.width,
        height=row.height,
        added_at=row.added_at,
        state=state,
        facts=facts,
        damaged=row.damaged,
        user_caption=row.user_caption,
        file_caption=row.file_caption,
        model_caption=row.model_caption,
        model_key=row.model_key,
        captioned_at=row.captioned_at,
        candidates=tuple(candidates),
        needs_review=row.needs_review,
        reviewed=row.reviewed,
        keywords=tuple(keywords),
        problem=_problem(row, jobs),
        written=WriteTarget(row.written),
        write_note=row.write_note,
        conflict=row.conflict,
        are_words_read=row.are_words_read,
        user_rating=row.user_rating,
        written_rating=stars,
    )


_TILE_COLUMNS = (
    PhotoRow.id,
    PhotoRow.path,
    PhotoRow.user_caption,
    PhotoRow.file_caption,
    PhotoRow.model_caption,
    PhotoRow.content_hash,
    PhotoRow.width,
    PhotoRow.height,
    PhotoRow.taken_at,
    PhotoRow.missing,
    PhotoRow.settled_outcome,
    PhotoRow.settled_version,
    PhotoRow.text_version,
    PhotoRow.damaged,
    PhotoRow.needs_review,
    PhotoRow.rating,
    PhotoRow.user_rating,
    PhotoRow.written,
)


def read_tiles(connection: Connection, photo_ids: Sequence[int]) -> list[PhotoTile]:
    """What the gallery paints, in the order asked for; ids that are gone are left out."""
    rows = connection.execute(
        select(*_TILE_COLUMNS, FolderRow.state.label("folder_state"))
        .join(FolderRow, FolderRow.id == PhotoRow.folder_id)
        .where(PhotoRow.id.in_(among(photo_ids)))
    ).all()
    jobs = _jobs(connection, photo_ids)
    found = {}
    for row in rows:
        own = jobs.get(row.id, _NO_JOBS)
        caption, source = effective_text(row.user_caption, row.file_caption, row.model_caption)
        found[row.id] = PhotoTile(
            id=row.id,
            path=row.path,
            caption=caption,
            source=source,
            state=_state(row, row.folder_state, own),
            problem=_problem(row, own),
            content_hash=row.content_hash,
            width=row.width,
            height=row.height,
            taken_at=row.taken_at,
            damaged=row.damaged,
            needs_review=row.needs_review,
            favourite=effective_rating(row.user_rating, row.rating) == FAVOURITE_RATING,
            written=row.written != WriteTarget.NONE.value,
        )
    return [found[photo_id] for photo_id in photo_ids if photo_id in found]


class Reader:
    """Single photos, pages of them, and their questions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def photo(self, photo_id: int) -> Photo | None:
        """One record, whole; None when there is none of this id."""
        found = self.photos([photo_id])
        return found[0] if found else None

    def file_of(self, photo_id: int) -> tuple[str, str] | None:
        """Path and content hash of one record's file; None when there is none of this id.

        A thumbnail needs no more, and a screen of them is read at each key of a search: 0.17 ms each,
        the whole record 1.3.
        """
        with self._database.read() as connection:
            file = select(PhotoRow.path, PhotoRow.content_hash).where(PhotoRow.id == photo_id)
            found = connection.execute(file).first()
            return None if found is None else (found.path, found.content_hash)

    def photo_by_path(self, path: str) -> Photo | None:
        """The record of a path."""
        with self._database.read() as connection:
            photo_id = connection.scalar(select(PhotoRow.id).where(PhotoRow.path == path))
            return None if photo_id is None else read_photos(connection, [photo_id])[0]

    def photos(self, photo_ids: Sequence[int]) -> list[Photo]:
        """Whole records in the order asked for; unknown ids are left out."""
        with self._database.read() as connection:
            return read_photos(connection, photo_ids)

    def tiles(self, photo_ids: Sequence[int]) -> list[PhotoTile]:
        """The gallery's cells in the order asked for; unknown ids are left out."""
        with self._database.read() as connection:
            return read_tiles(connection, photo_ids)

    def all_photo_ids(self) -> Iterator[int]:
        """Every photo of the catalog, ascending, those out of sight too; read in pages."""
        after = 0
        while True:
            with self._database.read() as connection:
                page = connection.scalars(
                    select(PhotoRow.id).where(PhotoRow.id > after).order_by(PhotoRow.id).limit(10_000)
                ).all()
            if not page:
                return
            yield from page
            after = page[-1]

    def removed_keywords(self, photo_ids: Sequence[int]) -> dict[int, list[str]]:
        """What a person took off each of these photos, in lower case; photos without any are left out."""
        with self._database.read() as connection:
            return removed_keywords(connection, photo_ids)

    def questions(self, photo_id: int) -> list[QuestionAnswer]:
        """The chat with a photo, oldest first."""
        return self.histories([photo_id]).get(photo_id, [])

    def histories(self, photo_ids: Sequence[int]) -> dict[int, list[QuestionAnswer]]:
        """The chats with these photos, oldest turn first; photos that nobody asked about are left out."""
        found: dict[int, list[QuestionAnswer]] = {}
        with self._database.read() as connection:
            for row in connection.execute(
                select(QuestionRow.__table__)
                .where(QuestionRow.photo_id.in_(among(photo_ids)))
                .order_by(QuestionRow.id)
            ):
                turn = QuestionAnswer(
                    row.id,
                    row.photo_id,
                    row.question,
                    row.answer,
                    row.model_key,
                    row.asked_at,
                    row.seconds,
                    row.stopped,
                    tuple(Choice(*choice) for choice in json.loads(row.choices or "[]")),
                    row.turns_left_out,
                    row.is_new,
                )
                found.setdefault(row.photo_id, []).append(turn)
        return found
