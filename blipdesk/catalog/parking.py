"""Queued jobs of photos that cannot be read now are parked, so that a claim never has to skip them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, TextClause, select, text, update

from blipdesk.catalog.schema import FolderRow, JobRow, PhotoRow

AFRESH = {
    "attempts": 0,
    "deaths": 0,
    "problem_kind": None,
    "problem_message": None,
    "problem_remedy": None,
}
"""A job's columns with a clean slate."""
# The plus keeps SQLite from starting at the index of `hidden`, which nearly all photos match.
_THERE = "photo.missing = 0 AND +photo.hidden = 0 AND folder.state = 'online'"
AVAILABLE = text(_THERE)
"""A photo that can be worked on: there, in sight, its root online (join the folder)."""
_UNAVAILABLE = text(f"NOT ({_THERE})")


def in_state(*states: str) -> TextClause:
    """A condition on jobs that are found by their id or photo: never by the state that a million share."""
    return text(f"+job.state IN ({', '.join(repr(state) for state in states)})")


def settle_parking(connection: Connection, scope: ColumnElement[bool]) -> None:
    """Park or unpark the queued jobs of the photos in ``scope`` (a clause on the photo)."""
    photos = select(PhotoRow.id).join(FolderRow, FolderRow.id == PhotoRow.folder_id).where(scope)
    for state, wanted, clause in (("parked", "queued", AVAILABLE), ("queued", "parked", _UNAVAILABLE)):
        connection.execute(
            update(JobRow)
            .where(in_state(state), JobRow.photo_id.in_(photos.where(clause)))
            .values(state=wanted)
        )
