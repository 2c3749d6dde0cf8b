"""Search texts as they are written today: letters whole, vowel signs within words, Thai by characters.

Only those that differ are written anew; the full-text index and the index in memory follow by their triggers.
A text with nothing of the kind is looked at in a microsecond or two.

Revision ID: 0010
"""

from __future__ import annotations

import os

import sqlalchemy as sa
from alembic import op

from blipdesk.catalog.searchtext import respaced

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_PAGE = 20_000
_TEXTS = sa.text(
    "SELECT photo_id, search_text, path FROM photo_text JOIN photo ON photo.id = photo_id"
    " WHERE photo_id > :last ORDER BY photo_id LIMIT :page"
)
_WRITE = sa.text("UPDATE photo_text SET search_text = :text WHERE photo_id = :id")


def upgrade() -> None:
    """Go through all texts, a page at a time."""
    connection = op.get_bind()
    last = -1
    while page := connection.execute(_TEXTS, {"last": last, "page": _PAGE}).all():
        last = page[-1][0]
        changed = [
            {"id": photo_id, "text": today}
            for photo_id, text, path in page
            if (today := respaced(text, os.fsdecode(path))) != text
        ]
        if changed:
            connection.execute(_WRITE, changed)
