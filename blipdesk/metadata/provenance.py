"""Where a machine's text comes from, as our marks in a file record it: model, date, run, and by whose choice.

The record is plain text of the shape ``model=... date=... run=... beside=...``, percent-encoded so that it
may stand in an XML comment as well as in the EXIF footer.  Files of earlier versions have none.
"""

from __future__ import annotations

import datetime
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from blipdesk.domain.writes import ExistingText
from blipdesk.metadata import texts

_MAX_MODEL, _MAX_RUN = 140, 32
RECORD = re.compile(rb"(?: [a-z]{1,8}=[!-;=?-~]{1,180}){1,6}")
"""A record as it stands in an XMP mark, with the blank before each of its parts."""
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_FINGERPRINT = re.compile(r"(comment|append|replace)\.([0-9a-f]{8})")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is recorded beside a machine's text.

    Attributes:
        model_key: the model that wrote it, cut to what a record takes.
        date: when, as ISO 8601 in UTC; empty where nobody knows.
        run: the write run that put it into the file.
        existing: the choice by which it stands beside a person's caption, or instead; SKIP: there is none.
        people: a fingerprint of the captions of people to which that choice was applied.
    """

    model_key: str = ""
    date: str = ""
    run: str = ""
    existing: ExistingText = ExistingText.SKIP
    people: str = ""

    @classmethod
    def of(cls, model_key: str, made_at: float | None, run: str) -> Provenance:
        """The record of a text.

        Args:
            model_key: of the model that wrote it.
            made_at: when, in POSIX seconds.
            run: of the write run.
        """
        return cls.told(model_key, _iso(made_at), run)

    @classmethod
    def told(cls, model_key: str, date: str, run: str) -> Provenance:
        """A record by what a file says: cut to what can be told again."""
        return cls(_cut(model_key, _MAX_MODEL), date if _DATE.fullmatch(date) else "", _cut(run, _MAX_RUN))

    @classmethod
    def parse(cls, record: str) -> Provenance:
        """What :meth:`record` said; parts that nobody knows are passed over."""
        found = dict(part.partition("=")[::2] for part in record.split())
        beside = _FINGERPRINT.fullmatch(found.get("beside", ""))
        who = cls.told(unquote(found.get("model", "")), found.get("date", ""), unquote(found.get("run", "")))
        return replace(who, existing=ExistingText(beside[1]), people=beside[2]) if beside else who

    def record(self) -> str:
        """All of it in one line of ASCII; empty where nothing is known."""
        beside = f"{self.existing.value}.{self.people}" if self.people else ""
        model, run = _coded(self.model_key), _coded(self.run)
        parts = (("model", model), ("date", self.date), ("run", run), ("beside", beside))
        return " ".join(f"{name}={value}" for name, value in parts if value)

    def __bool__(self) -> bool:
        """False where nothing at all is known."""
        return self != UNKNOWN

    def tells_the_same(self, other: Provenance) -> bool:
        """Whether a text that stands with this record need not be written anew for the other.

        A later date or run alone is no news; nor is a model where either of them names none.
        """
        same_model = self.model_key == other.model_key or not (self.model_key and other.model_key)
        return same_model and (self.existing, self.people) == (other.existing, other.people)


UNKNOWN = Provenance()


def fingerprint(captions: Iterable[str]) -> str:
    """Tells whether the captions of people in a file are still the ones that they were."""
    cleaned = sorted({texts.clean(caption) for caption in captions})
    return f"{zlib.crc32(chr(0).join(cleaned).encode()):08x}"


def _iso(made_at: float | None) -> str:
    if made_at is None:
        return ""
    try:
        moment = datetime.datetime.fromtimestamp(made_at, datetime.UTC)
    except (OverflowError, OSError, ValueError):
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _coded(text: str) -> str:
    """A text without blanks, and without the hyphens that no XML comment may hold (``--`` and a last one)."""
    return re.sub(r"-(?=-|$)", "%2D", quote(text, safe="/:@+,"))


def _cut(text: str, limit: int) -> str:
    text = texts.clean(text)[:limit]
    while len(_coded(text)) > limit:
        text = text[:-1]
    return text.strip()
