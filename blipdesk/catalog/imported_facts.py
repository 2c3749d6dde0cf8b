"""What a file says of itself, from a record of another catalog: kept until the file is read here."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, func, not_, update

from blipdesk.catalog.looked_at import IS_LOOKED_AT
from blipdesk.catalog.records import number_in, text_in
from blipdesk.catalog.schema import PhotoRow
from blipdesk.catalog.text import clean, sort_time

_PHOTO = cast(Table, PhotoRow.__table__)
_TAKEN = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)([+-]\d\d:\d\d)?")
_TEXTS = ("title", "camera", "lens", "exposure")


def facts_in(record: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a record's facts; what makes no sense is left out."""
    found: dict[str, Any] = {name: text for name in _TEXTS if (text := text_in(record.get(name)))}
    taken = _TAKEN.fullmatch(str(record.get("taken")))
    if rating := rating_in(record, "rating"):
        found["rating"] = rating
    if taken and _is_date(taken[1]):
        found["taken_at"], found["taken_zone"] = taken[1], taken[2]
    latitude, longitude = number_in(record.get("latitude")), number_in(record.get("longitude"))
    if latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180:
        found["latitude"], found["longitude"] = latitude, longitude
    paths = record.get("keyword_paths")
    listed = [clean(path) for path in paths if isinstance(path, str)] if isinstance(paths, list) else []
    if listed:
        found["keyword_paths"] = json.dumps(listed)
    return found


def rating_in(record: Mapping[str, Any], name: str) -> int | None:
    """Stars of a record: 0 to 5, -1 for rejected; None: it has none, or what makes no sense."""
    rating = record.get(name)
    is_number = isinstance(rating, int) and not isinstance(rating, bool)
    return rating if is_number and -1 <= cast(int, rating) <= 5 else None


def _is_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def store_imported_facts(connection: Connection, facts: Mapping[int, Mapping[str, Any]]) -> None:
    """Store them for photos whose file was not read here; what is known of those already stays."""
    for photo_id, values in facts.items():
        columns: dict[str, Any] = {
            name: func.coalesce(_PHOTO.c[name], bindparam(f"new_{name}"))
            for name in values
            if name != "keyword_paths"
        }
        if "keyword_paths" in values:
            columns["keyword_paths"] = func.iif(
                _PHOTO.c.keyword_paths == "[]", bindparam("new_keyword_paths"), _PHOTO.c.keyword_paths
            )
        if "taken_at" in values:
            columns["sort_time"] = sort_time(values["taken_at"], 0)
        if columns:
            unread = update(_PHOTO).where(_PHOTO.c.id == photo_id, not_(IS_LOOKED_AT))
            connection.execute(
                unread.values(columns), {f"new_{name}": value for name, value in values.items()}
            )
