"""Results into the catalog: one transaction a batch, never over a person's text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, cast

from sqlalchemy import Connection, Table, and_, bindparam, case, delete, func, not_, or_, select, update

from blipdesk.catalog.candidates import add_scores, drop_replaced, replace_candidates, sureness_among
from blipdesk.catalog.carry import came_of_own_writes
from blipdesk.catalog.database import Database, Transaction
from blipdesk.catalog.favourites import rating_columns
from blipdesk.catalog.file_words import (
    caption_columns,
    known_words,
    own_words,
    persons_keywords,
    persons_title,
)
from blipdesk.catalog.ids import among
from blipdesk.catalog.keyword_given import replace_keywords
from blipdesk.catalog.keywords import settle_keywords
from blipdesk.catalog.looked_at import IS_LOOKED_AT
from blipdesk.catalog.parking import in_state
from blipdesk.catalog.queue import queue_anew
from blipdesk.catalog.schema import (
    IMPORTED_KEY,
    JobRow,
    PhotoRow,
)
from blipdesk.catalog.searchtext import refresh_search
from blipdesk.catalog.taken_out import note_taken_out
from blipdesk.catalog.text import clean, clean_or_none, now, sort_time
from blipdesk.domain.errors import Problem
from blipdesk.domain.jobs import CaptionCommit, CaptionResult, DecodedPhoto
from blipdesk.domain.values import FACTS_VERSION, Candidate, FileFacts, Source

_PHOTO = cast(Table, PhotoRow.__table__)
_FACTS_AS_READ = ("taken_at", "taken_zone", "camera", "lens", "exposure")


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
                select(JobRow.photo_id, JobRow.state).where(JobRow.id == job_id)
            ).first()
            # Not claimed: the file changed meanwhile and the job waits for the new content.
            if row is None or row.state != "claimed":
                return
            _fail(tx.connection, job_id, problem)
            if facts is not None:
                store_read(tx, row.photo_id, facts)
            tx.change.touch([row.photo_id])

        self._database.write(fail)

    def store_facts(self, photo_id: int, content_hash: str, facts: FileFacts) -> None:
        """Store what a photo's file of this content says, read anew; dropped where it has another by now."""

        def store(tx: Transaction) -> None:
            now_there = tx.connection.scalar(select(PhotoRow.content_hash).where(PhotoRow.id == photo_id))
            if now_there == content_hash:
                store_read(tx, photo_id, facts)
                note_taken_out(tx, {photo_id: (content_hash, facts)})

        self._database.write(store)


def _fail(connection: Connection, job_id: int, problem: Problem) -> None:
    connection.execute(
        update(JobRow)
        .where(JobRow.id == job_id)
        .values(
            state="failed",  # forced stays: the next try is to caption it, not to see that it has a caption
            problem_kind=problem.kind.value,
            problem_message=clean(problem.message),
            problem_remedy=clean(problem.remedy),
        )
    )


def _commit(tx: Transaction, commits: Sequence[CaptionCommit]) -> None:
    connection = tx.connection
    accepted, touched = _accept(connection, commits)
    imported = _imported(connection, accepted)  # asked before the facts are stored
    _store_facts(connection, {commit.photo_id: commit for commit in accepted})
    results: dict[int, tuple[CaptionCommit, CaptionResult]] = {}
    done = []
    for commit in accepted:
        if commit.result is not None and commit.result.problem is not None:
            _fail(connection, commit.job_id, commit.result.problem)
            continue
        done.append(commit)
        if commit.result is not None and commit.photo_id not in imported:
            results[commit.photo_id] = (commit, commit.result)
    _store_results(connection, results)
    scored = {c.photo_id: c.existing for c in done if c.existing and c.photo_id not in results}
    if scored:
        add_scores(connection, scored)
    drop_replaced(connection, touched)
    _end_jobs(connection, done)
    settle_keywords(connection, touched)
    # A photo that is captioned anew is written anew, whatever was taken out of it.
    note_taken_out(tx, {c.photo_id: (c.content_hash, c.facts) for c in accepted if c.photo_id not in results})
    refresh_search(connection, touched)
    tx.change.touch(touched)
    tx.change.keywords = bool(touched)


def _accept(
    connection: Connection, commits: Sequence[CaptionCommit]
) -> tuple[list[CaptionCommit], list[int]]:
    """The commits that hold for what the catalog has now, and every photo that is touched.

    Dropped: photos forgotten meanwhile, jobs committed before, and content that changed meanwhile, whose
    photo waits again (unless the change was our own write).
    """
    contents = {
        row.id: row.content_hash
        for row in connection.execute(
            select(PhotoRow.id, PhotoRow.content_hash).where(
                PhotoRow.id.in_(among([commit.photo_id for commit in commits]))
            )
        )
    }
    states = {
        row.id: row.state
        for row in connection.execute(
            select(JobRow.id, JobRow.state).where(JobRow.id.in_(among([commit.job_id for commit in commits])))
        )
    }
    accepted: dict[int, CaptionCommit] = {}
    touched: dict[int, None] = {}
    for commit in commits:
        photo_id, content = commit.photo_id, contents.get(commit.photo_id)
        if content is None or states.get(commit.job_id) == "done":
            continue
        touched[photo_id] = None
        if content == commit.content_hash or came_of_own_writes(
            connection, photo_id, commit.content_hash, content
        ):
            accepted[photo_id] = commit
        else:
            queue_anew(connection, photo_id, content, commit.model_key)
    return list(accepted.values()), list(touched)


def _imported(connection: Connection, commits: Sequence[CaptionCommit]) -> set[int]:
    """Photos whose file is seen for the first time, and whose caption came from another catalog.

    That caption stays, unless the person asked for another one.
    """
    return set(
        connection.scalars(
            select(PhotoRow.id)
            .join(JobRow, JobRow.photo_id == PhotoRow.id)
            .where(
                JobRow.id.in_(among([commit.job_id for commit in commits])),
                JobRow.forced.is_(False),
                PhotoRow.model_key == IMPORTED_KEY,
                not_(IS_LOOKED_AT),
            )
        )
    )


def _store_results(
    connection: Connection, results: Mapping[int, tuple[CaptionCommit, CaptionResult]]
) -> None:
    if not results:
        return
    still_reviewed = and_(_PHOTO.c.reviewed, _PHOTO.c.model_caption == bindparam("text"))
    connection.execute(
        update(_PHOTO)
        .where(_PHOTO.c.id == bindparam("photo_id"))
        .values(
            model_caption=bindparam("text"),
            model_key=bindparam("model"),
            captioned_at=bindparam("at"),
            options=bindparam("chosen"),
            sureness=bindparam("sure"),
            reviewed=func.coalesce(still_reviewed, False),
            text_version=_PHOTO.c.text_version + 1,
        ),
        [
            {
                "photo_id": photo_id,
                "text": clean_or_none(result.text),
                "model": commit.model_key,
                "at": now(),
                "chosen": json.dumps(asdict(commit.options)),
                "sure": sureness_among(result.candidates, result.text),
            }
            for photo_id, (commit, result) in results.items()
        ],
    )
    replace_keywords(
        connection, Source.MODEL, {photo_id: result.keywords for photo_id, (_, result) in results.items()}
    )
    replace_candidates(
        connection,
        {photo_id: (*_proposed(result), *commit.existing) for photo_id, (commit, result) in results.items()},
    )


def _proposed(result: CaptionResult) -> Sequence[Candidate]:
    return result.candidates or (Candidate(result.text, result.raw_text or result.text),)


def _end_jobs(connection: Connection, done: Sequence[CaptionCommit]) -> None:
    photos = [commit.photo_id for commit in done]
    jobs = [commit.job_id for commit in done]
    connection.execute(
        update(_PHOTO).where(_PHOTO.c.id.in_(among(photos))).values(captioned_hash=_PHOTO.c.content_hash)
    )
    connection.execute(
        update(JobRow)
        .where(JobRow.id.in_(among(jobs)))
        .values(state="done", forced=False, problem_kind=None, problem_message=None, problem_remedy=None)
    )
    # Captioned is captioned: what else waited or failed for this content has nothing left to do.
    connection.execute(
        delete(JobRow).where(
            JobRow.photo_id.in_(among(photos)),
            JobRow.id.not_in(among(jobs)),
            in_state("queued", "parked", "failed", "cancelled"),
            or_(JobRow.forced.is_(False), in_state("failed")),
        )
    )


def store_read(tx: Transaction, photo_id: int, read: DecodedPhoto | FileFacts) -> None:
    """Store what one photo's file says of itself, and what was decoded of its picture; search follows."""
    _store_facts(tx.connection, {photo_id: read})
    drop_replaced(tx.connection, [photo_id])
    settle_keywords(tx.connection, [photo_id])
    refresh_search(tx.connection, [photo_id])
    tx.change.touch([photo_id])
    tx.change.keywords = True


def _store_facts(
    connection: Connection, read_by_photo: Mapping[int, FileFacts | DecodedPhoto | CaptionCommit]
) -> None:
    """Store what files say of themselves, with what was decoded of the picture where it was.

    A caption there that we wrote ourselves is no person's; where it is an edit, the person's words that it
    stands over are kept, since taking the edit back puts them into the file again.
    """
    if not read_by_photo:
        return
    photos = known_words(connection, list(read_by_photo))
    rows = []
    keywords: dict[int, Sequence[str]] = {}
    for photo_id, read in read_by_photo.items():
        facts = read if isinstance(read, FileFacts) else read.facts
        picture = {} if isinstance(read, FileFacts) else _picture_of(read)
        photo = photos[photo_id]
        own = own_words(connection, photo, facts)
        said = (facts.caption, *facts.other_captions)
        captions = caption_columns(photo, own, said)
        title, keywords[photo_id] = persons_title(own, facts), persons_keywords(own, facts)
        values = {**picture, **_columns_of(facts, photo.mtime_ns), **captions, "title": title}
        values |= rating_columns(connection, photo, facts.rating)
        rows.append({"photo_id": photo_id, **{f"new_{name}": value for name, value in values.items()}})
    # A person's words that came into the file may have to come before ours there.
    changed = _PHOTO.c.file_caption.is_distinct_from(bindparam("new_file_caption"))
    names = (name.removeprefix("new_") for name in rows[0] if name != "photo_id")
    connection.execute(
        update(_PHOTO)
        .where(_PHOTO.c.id == bindparam("photo_id"))
        .values(
            text_version=_PHOTO.c.text_version + case((changed, 1), else_=0),
            **{name: bindparam(f"new_{name}") for name in names},
        ),
        rows,
    )
    replace_keywords(connection, Source.FILE, keywords)


def _picture_of(decoded: DecodedPhoto | CaptionCommit) -> dict[str, Any]:
    """The columns of what was decoded."""
    return {
        "format": decoded.format if isinstance(decoded, DecodedPhoto) else decoded.decoded_format,
        "width": decoded.width,
        "height": decoded.height,
        "pixel_hash": decoded.pixel_hash,
        "damaged": decoded.damaged,
    }


def _columns_of(facts: FileFacts, mtime_ns: int) -> dict[str, Any]:
    """The columns of what a file of that time says, but for texts that may be ours."""
    return {
        **{name: clean_or_none(getattr(facts, name)) for name in _FACTS_AS_READ},
        "latitude": facts.latitude,
        "longitude": facts.longitude,
        "keyword_paths": json.dumps([clean(path) for path in facts.keyword_paths]),
        "sidecar_size": facts.sidecar.size if facts.sidecar else None,
        "sidecar_mtime_ns": facts.sidecar.mtime_ns if facts.sidecar else None,
        "facts_problem": clean_or_none(facts.problem),
        "facts_version": FACTS_VERSION,
        "sort_time": sort_time(facts.taken_at, mtime_ns),
    }
