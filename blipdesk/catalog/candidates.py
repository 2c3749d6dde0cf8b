"""Captions beside the one that people see: what a model proposed and what was there before, with scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from blipdesk.catalog.database import AnyRow
from blipdesk.catalog.ids import among
from blipdesk.catalog.schema import CandidateRow, PhotoRow
from blipdesk.catalog.text import clean
from blipdesk.domain.values import Candidate, MatchScore, Source, Sureness


def candidate_of(row: AnyRow) -> Candidate:
    """The candidate on a row."""
    match = None
    if row.sureness is not None:
        match = MatchScore(row.itm, row.itc, row.margin, Sureness(row.sureness))
    return Candidate(row.text, row.raw_text, row.score, match, Source(row.source))


def candidate_values(photo_id: int, position: int, candidate: Candidate) -> dict[str, Any]:
    """The columns of a candidate's row."""
    match = candidate.match
    return {
        "photo_id": photo_id,
        "position": position,
        "text": clean(candidate.text),
        "raw_text": clean(candidate.raw_text),
        "score": candidate.score,
        "source": candidate.source.value,
        "itm": None if match is None else match.itm,
        "itc": None if match is None else match.itc,
        "margin": None if match is None else match.margin,
        "sureness": None if match is None else match.sureness.value,
    }


def sureness_among(candidates: Iterable[Candidate], text: str) -> str | None:
    """The band of a model's caption, as the photo's row keeps it: that of the candidate of the same text."""
    for candidate in candidates:
        if (candidate.text, candidate.source) == (text, Source.MODEL) and candidate.match is not None:
            return candidate.match.sureness.value
    return None


def replace_candidates(connection: Connection, candidates: Mapping[int, Iterable[Candidate]]) -> None:
    """Let these be the candidates of their photos, and no others."""
    connection.execute(delete(CandidateRow).where(CandidateRow.photo_id.in_(among(list(candidates)))))
    rows = [
        candidate_values(photo_id, position, candidate)
        for photo_id, listed in candidates.items()
        for position, candidate in enumerate(listed)
    ]
    if rows:
        connection.execute(insert(CandidateRow), rows)


def add_proposed(connection: Connection, photo_id: int, proposed: Sequence[Candidate]) -> None:
    """Put captions that a model proposed behind the candidates that there are, each text once.

    One that was there without a match has it now, where the proposal has one.
    """
    rows = connection.execute(
        select(CandidateRow.__table__)
        .where(CandidateRow.photo_id == photo_id)
        .order_by(CandidateRow.position)
    )
    found = {(row.text, Source(row.source)): candidate_of(row) for row in rows}
    for candidate in proposed:
        key = (clean(candidate.text), candidate.source)
        there = found.get(key)
        if there is None:
            found[key] = candidate
        elif there.match is None and candidate.match is not None:
            found[key] = replace(there, match=candidate.match)
    replace_candidates(connection, {photo_id: list(found.values())})


def drop_replaced(connection: Connection, photo_ids: Sequence[int]) -> None:
    """Drop scored captions of a person or a file that are not theirs (any more): nobody is to find them."""
    for source, caption in ((Source.USER, PhotoRow.user_caption), (Source.FILE, PhotoRow.file_caption)):
        now = select(caption).where(PhotoRow.id == CandidateRow.photo_id).scalar_subquery()
        connection.execute(
            delete(CandidateRow).where(
                CandidateRow.photo_id.in_(among(photo_ids)),
                CandidateRow.source == source.value,
                or_(now.is_(None), CandidateRow.text != now),
            )
        )


def add_scores(connection: Connection, scored: Mapping[int, Sequence[Candidate]]) -> None:
    """Keep the scores of captions that were there before, beside the candidates that there are.

    The score of the model's caption that a photo has is the photo's sureness from now on.
    """
    found: dict[int, dict[tuple[str, Source], Candidate]] = {photo_id: {} for photo_id in scored}
    for row in connection.execute(
        select(CandidateRow.__table__)
        .where(CandidateRow.photo_id.in_(among(list(scored))))
        .order_by(CandidateRow.photo_id, CandidateRow.position)
    ):
        found[row.photo_id][row.text, Source(row.source)] = candidate_of(row)
    for photo_id, candidates in scored.items():
        for candidate in candidates:
            text = clean(candidate.text)
            there = found[photo_id].get((text, candidate.source), candidate)
            found[photo_id][text, candidate.source] = replace(there, match=candidate.match)
            if candidate.match is not None and candidate.source is Source.MODEL:
                connection.execute(
                    update(PhotoRow)
                    .where(PhotoRow.id == photo_id, PhotoRow.model_caption == text)
                    .values(sureness=candidate.match.sureness.value)
                )
    replace_candidates(connection, {photo_id: list(by_text.values()) for photo_id, by_text in found.items()})
