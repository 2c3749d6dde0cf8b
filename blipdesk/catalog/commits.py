"""Results into the catalog: one transaction a batch, never over a person's text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from blipdesk.catalog.carry import came_of_own_writes
from blipdesk.catalog.database import AnyRow, Database, Transaction
from blipdesk.catalog.ids import among
from blipdesk.catalog.keywords import replace_keywords
from blipdesk.catalog.queue import queue_anew
from blipdesk.catalog.schema import (
    CandidateRow,
    JobRow,
    KeywordRow,
    PhotoKeywordRow,
    PhotoRow,
    WriteRow,
)
from blipdesk.catalog.searchtext import refresh_search
from blipdesk.catalog.text import clean, clean_or_none, fold, now, sort_time
from blipdesk.domain.errors import Problem
from blipdesk.domain.values import (
    Candidate,
    CaptionCommit,
    CaptionResult,
    DecodedPhoto,
    FileFacts,
    Source,
)


class Commits:
    """The end of a job: its caption, or its problem."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def commit_captions(self, commits: Sequence[CaptionCommit]) -> None:
        """Store the results of a batch in one transaction; committing one again changes nothing.

        A result for content that the photo no longer has is dropped, and the photo waits again.
        """
        self._database.write(lambda tx: _commit(tx, commits))

    def fail(self, job_id: int, problem: Problem, facts: DecodedPhoto | None = None) -> None:
        """Set a job aside with its reason; ``facts`` is what was decoded before it failed."""

        def fail(tx: Transaction) -> None:
            row = tx.connection.execute(
                select(JobRow.photo_id, JobRow.state, PhotoRow.mtime_ns)
                .join(PhotoRow, PhotoRow.id == JobRow.photo_id)
                .where(JobRow.id == job_id)
            ).first()
            # Not claimed: the file changed meanwhile and the job waits for the new content.
            if row is None or row.state != "claimed":
                return
            _fail(tx.connection, job_id, problem)
            if facts is not None:
                picture = {
                    "format": facts.format,
                    "width": facts.width,
                    "height": facts.height,
                    "pixel_hash": facts.pixel_hash,
                    "damaged": facts.damaged,
                }
                _store_facts(tx.connection, row.photo_id, row.mtime_ns, picture, facts.facts)
                refresh_search(tx.connection, [row.photo_id])
            tx.change.touch([row.photo_id])

        self._database.write(fail)


def _fail(connection: Connection, job_id: int, problem: Problem) -> None:
    connection.execute(
        update(JobRow)
        .where(JobRow.id == job_id)
        .values(
            state="failed",
            forced=False,
            problem_kind=problem.kind.value,
            problem_message=clean(problem.message),
            problem_remedy=clean(problem.remedy),
        )
    )


def _commit(tx: Transaction, commits: Sequence[CaptionCommit]) -> None:
    connection = tx.connection
    photos = {
        row.id: row
        for row in connection.execute(
            select(
                PhotoRow.id, PhotoRow.content_hash, PhotoRow.mtime_ns, PhotoRow.model_caption, PhotoRow.path
            ).where(PhotoRow.id.in_(among([commit.photo_id for commit in commits])))
        )
    }
    jobs = {
        row.id: row.state
        for row in connection.execute(
            select(JobRow.id, JobRow.state).where(JobRow.id.in_(among([commit.job_id for commit in commits])))
        )
    }
    kept: dict[int, CaptionResult] = {}
    touched: list[int] = []
    for commit in commits:
        photo = photos.get(commit.photo_id)
        if photo is None or jobs.get(commit.job_id) == "done":
            continue  # forgotten meanwhile; or committed before
        touched.append(photo.id)
        if photo.content_hash != commit.content_hash and not came_of_own_writes(
            connection, photo.id, commit.content_hash, photo.content_hash
        ):
            queue_anew(connection, photo.id, photo.content_hash, commit.model_key)
            continue
        _commit_one(connection, photo, commit)
        if commit.result is not None and commit.result.problem is None:
            kept[photo.id] = commit.result
    replace_keywords(
        connection, Source.MODEL, {photo_id: result.keywords for photo_id, result in kept.items()}
    )
    _replace_candidates(connection, kept)
    refresh_search(connection, touched)
    tx.change.touch(touched)
    tx.change.keywords = bool(touched)


def _commit_one(connection: Connection, photo: AnyRow, commit: CaptionCommit) -> None:
    picture: dict[str, Any] = {
        "format": commit.decoded_format,
        "width": commit.width,
        "height": commit.height,
        "pixel_hash": commit.pixel_hash,
        "damaged": commit.damaged,
    }
    result = commit.result
    if result is not None and result.problem is not None:
        _store_facts(connection, photo.id, photo.mtime_ns, picture, commit.facts)
        _fail(connection, commit.job_id, result.problem)
        return
    picture["captioned_hash"] = photo.content_hash
    if result is not None:
        picture |= {
            "model_caption": clean_or_none(result.text),
            "model_key": commit.model_key,
            "captioned_at": now(),
            "options": json.dumps(asdict(commit.options)),
            "text_version": PhotoRow.text_version + 1,
        }
    _store_facts(connection, photo.id, photo.mtime_ns, picture, commit.facts)
    connection.execute(
        update(JobRow)
        .where(JobRow.id == commit.job_id)
        .values(state="done", forced=False, problem_kind=None, problem_message=None, problem_remedy=None)
    )
    # Captioned is captioned: what else waited or failed for this content has nothing left to do.
    connection.execute(
        delete(JobRow).where(
            JobRow.photo_id == photo.id,
            JobRow.id != commit.job_id,
            JobRow.content_hash == photo.content_hash,
            JobRow.state.in_(("queued", "parked", "failed", "cancelled")),
            JobRow.forced.is_(False),
        )
    )


def _store_facts(
    connection: Connection, photo_id: int, mtime_ns: int, picture: dict[str, Any], facts: FileFacts
) -> None:
    """What the file says of itself.  A caption there that we wrote ourselves is no person's."""
    caption = clean_or_none(facts.caption)
    keywords: Sequence[str] = facts.keywords
    if caption is not None or keywords:
        own_texts, own_keywords = _own_texts(connection, photo_id)
        caption = None if caption is not None and caption.strip() in own_texts else caption
        keywords = [keyword for keyword in keywords if fold(keyword) not in own_keywords]
    connection.execute(
        update(PhotoRow)
        .where(PhotoRow.id == photo_id)
        .values(
            **picture,
            taken_at=clean_or_none(facts.taken_at),
            camera=clean_or_none(facts.camera),
            lens=clean_or_none(facts.lens),
            exposure=clean_or_none(facts.exposure),
            latitude=facts.latitude,
            longitude=facts.longitude,
            file_caption=caption,
            facts_problem=clean_or_none(facts.problem),
            sort_time=sort_time(facts.taken_at, mtime_ns),
        )
    )
    replace_keywords(connection, Source.FILE, {photo_id: keywords})


def _own_texts(connection: Connection, photo_id: int) -> tuple[set[str], set[str]]:
    texts: set[str] = set()
    keywords: set[str] = set()
    rows = connection.execute(
        select(WriteRow.after_text, WriteRow.keywords).where(
            WriteRow.photo_id == photo_id, WriteRow.outcome.in_(("embedded", "sidecar", "unchanged"))
        )
    ).all()
    for row in rows:
        texts.add(row.after_text.strip())
        keywords.update(fold(keyword) for keyword in json.loads(row.keywords))
    if rows:  # what stood in the file before we wrote is still the person's
        theirs = connection.scalar(select(PhotoRow.file_caption).where(PhotoRow.id == photo_id))
        texts.discard((theirs or "").strip())
        keywords.difference_update(
            connection.scalars(
                select(KeywordRow.folded)
                .join(PhotoKeywordRow, PhotoKeywordRow.keyword_id == KeywordRow.id)
                .where(PhotoKeywordRow.photo_id == photo_id, PhotoKeywordRow.source == Source.FILE.value)
            )
        )
    return texts, keywords


def _replace_candidates(connection: Connection, results: dict[int, CaptionResult]) -> None:
    if not results:
        return
    connection.execute(delete(CandidateRow).where(CandidateRow.photo_id.in_(among(list(results)))))
    rows = [
        {
            "photo_id": photo_id,
            "position": position,
            "text": clean(candidate.text),
            "raw_text": clean(candidate.raw_text),
            "score": candidate.score,
        }
        for photo_id, result in results.items()
        for position, candidate in enumerate(
            result.candidates or (Candidate(result.text, result.raw_text or result.text),)
        )
    ]
    connection.execute(insert(CandidateRow), rows)
