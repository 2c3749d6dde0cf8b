"""What an import looks at and brings: of photos that are there, of a record, and the rows to be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from blipdesk.domain.values import Source

Record = Mapping[str, Any]
Imported = tuple[bool, list[str]]
"""Whether a part of a record changed what a write back writes, and the fields of which not all was taken."""


@dataclass
class There:
    """What the catalog has of a photo, brought up to date record by record."""

    id: int
    user_caption: str | None
    file_caption: str | None
    model_caption: str | None
    model_key: str | None
    captioned_at: float | None
    is_looked_at: bool
    """Its file was read."""
    sureness: str | None
    reviewed: bool
    shown: dict[str, Source]
    """Who gave its keywords, by what joins their spellings."""
    removed: set[str]
    said: list[str]
    """People's captions that its file is known to say."""
    questions: set[tuple[str, str]] = field(default_factory=set)
    is_disputed: bool = False
    """Its file says what the person whose caption came in did not know."""


@dataclass
class News:
    """Rows that a page of records brings, written once all of them were looked at."""

    candidates: list[dict[str, Any]] = field(default_factory=list)
    removals: list[dict[str, Any]] = field(default_factory=list)
    keywords: list[dict[str, Any]] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)
    reviewed: list[int] = field(default_factory=list)
    """Photos whose machine's caption a person found right."""


def items_in(record: Record, name: str) -> list[Any]:
    """What a field lists."""
    value = record.get(name)
    return value if isinstance(value, list) else []


def names_in(record: Record, name: str) -> list[str]:
    """The texts that a field lists."""
    return [item for item in items_in(record, name) if isinstance(item, str)]
