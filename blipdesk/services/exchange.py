"""The whole catalog out and in again: JSON lines and CSV, one object a photo."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import UsageError
from blipdesk.domain.values import Candidate, Photo, QuestionAnswer, Source
from blipdesk.domain.wording import later

FIELDS = (
    "path", "caption", "source", "user_caption", "file_caption", "text", "sureness", "reviewed", "candidates",
    "keywords", "user_keywords", "file_keywords", "keyword_paths", "removed_keywords", "renamed_keywords",
    "hidden_keywords", "title", "rating", "user_rating", "taken", "latitude", "longitude", "camera", "lens",
    "exposure", "questions", "state", "error",
)  # fmt: skip
# A spreadsheet runs a cell that begins with one of these (CWE-1236); a leading apostrophe makes it text.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_PAGE = 500


def photo_record(
    photo: Photo,
    removed: Sequence[str],
    history: Sequence[QuestionAnswer],
    renames: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    """One photo as ``export`` gives it.

    ``caption`` is the machine's text and ``user_caption`` a person's, typed here or found in the file;
    ``file_caption`` is the file's own, of which whoever typed one here knew (None where they did not: that is
    still to be decided).  ``text`` is the one people see, ``source`` says who wrote that and ``sureness`` how
    well it fits the photo (None where no retrieval model looked at it); ``reviewed``: a person found the
    machine's text right.
    ``candidates`` are the captions beside it with their scores and who wrote each.  ``keywords`` are all that
    people see, ``user_keywords`` those that a person added here, ``file_keywords`` those found in the file;
    ``keyword_paths`` are those that stand in others there (``Places|France``); ``removed_keywords`` are those
    that a person took off, in lower case: nobody sees them.  ``renamed_keywords`` says of ``keywords`` what
    else is called so in the whole library, ``hidden_keywords`` which of them are not offered.  ``title``,
    ``rating`` (1 to 5, -1: rejected), ``taken`` (local time, with the zone where it is known) and what
    follows is what the file says; ``user_rating`` are the stars that a person gave here (5: a favourite; 0:
    took away), before the file's.
    """
    facts = photo.facts
    return {
        "path": photo.path,
        "caption": photo.model_caption,
        "source": photo.source.value if photo.source else None,
        "user_caption": photo.user_caption or photo.file_caption,
        "file_caption": None if photo.conflict else photo.file_caption,
        "text": photo.caption,
        "sureness": photo.sureness.value if photo.sureness else None,
        "reviewed": photo.reviewed,
        "candidates": [candidate_record(candidate) for candidate in photo.candidates],
        "keywords": [keyword.name for keyword in photo.keywords],
        "user_keywords": [keyword.name for keyword in photo.keywords if keyword.source is Source.USER],
        "file_keywords": [keyword.name for keyword in photo.keywords if keyword.source is Source.FILE],
        "keyword_paths": list(facts.keyword_paths),
        "removed_keywords": list(removed),
        "renamed_keywords": {
            old: new for keyword in photo.keywords for old, new in renames.get(keyword.name, {}).items()
        },
        "hidden_keywords": [keyword.name for keyword in photo.keywords if keyword.hidden],
        "title": facts.title,
        "rating": facts.rating,
        "user_rating": photo.user_rating,
        "taken": f"{facts.taken_at}{facts.taken_zone or ''}" if facts.taken_at else None,
        "latitude": facts.latitude,
        "longitude": facts.longitude,
        "camera": facts.camera,
        "lens": facts.lens,
        "exposure": facts.exposure,
        "questions": [_turn_record(turn) for turn in history],
        "state": photo.state.value,
        "error": str(_error(photo)) if photo.problem else None,
    }


def candidate_record(candidate: Candidate) -> dict[str, Any]:
    """One caption beside the shown one: text, source, and the scores that are known."""
    record: dict[str, Any] = {"text": candidate.text, "source": candidate.source.value}
    if candidate.score is not None:
        record["score"] = candidate.score
    return record if candidate.match is None else record | asdict(candidate.match)


def _turn_record(turn: QuestionAnswer) -> dict[str, Any]:
    record: dict[str, Any] = {"question": turn.question, "answer": turn.answer, "model": turn.model_key}
    if turn.choices:
        record["choices"] = [asdict(choice) for choice in turn.choices]
    return record | {"new": True} if turn.is_new else record


def _error(photo: Photo) -> str:
    assert photo.problem is not None
    return f"{photo.problem.message} {photo.problem.remedy}".strip()


def records(catalog: Catalog) -> Iterator[dict[str, Any]]:
    """Every photo of the catalog as :func:`photo_record`, read in pages."""
    ids = iter(catalog.all_photo_ids())
    renames: dict[str, dict[str, str]] = {}
    for old, new in catalog.keyword_renames().items():
        renames.setdefault(new, {})[old] = new
    while page := list(islice(ids, _PAGE)):
        removed, histories = catalog.removed_keywords(page), catalog.histories(page)
        for photo in catalog.photos(page):
            yield photo_record(photo, removed.get(photo.id, ()), histories.get(photo.id, ()), renames)


def write_jsonl(catalog: Catalog, out: TextIO) -> int:
    """Write JSON lines (ASCII, so that a file name of any bytes survives); returns the number of photos."""
    count = 0
    for record in records(catalog):
        out.write(json.dumps(record) + "\n")
        count += 1
    return count


def write_csv(catalog: Catalog, out: TextIO) -> int:
    """Write CSV with a header; lists are joined by ``; ``; formula cells are made text."""
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    count = 0
    for record in records(catalog):
        record["candidates"] = [candidate["text"] for candidate in record["candidates"]]
        record["renamed_keywords"] = [f"{old}: {new}" for old, new in record["renamed_keywords"].items()]
        record["questions"] = [f"{turn['question']} {turn['answer']}" for turn in record["questions"]]
        writer.writerow([cell(record[name]) for name in FIELDS])
        count += 1
    return count


def cell(value: Any) -> str:
    """A value as a cell of a table: text that no spreadsheet runs as a formula."""
    text = "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    text = text.encode("utf-8", "backslashreplace").decode()
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A field of a record that an import did not take, why, and what the person can do."""

    path: str
    field: str
    reason: str
    remedy: str


_LEFT_OUT = {
    "path": (
        "the line does not give the whole path of a photo on this computer.",
        "Write it into the line, from the root of its drive on, and import the file again.",
    ),
    "user_caption": (
        "a person gave the photo another caption here, which stays.",
        'To take the one in the file: blipdesk edit PHOTO --caption "", then import again.',
    ),
    "file_caption": (
        "the photo's own metadata have another caption here, which stays.",
        "To take that of the line: blipdesk edit PHOTO --caption TEXT.",
    ),
    "caption": (
        "a model gave the photo another caption here, which stays.",
        "To take those in the file: import it into a new --data-dir.",
    ),
    "keywords": (
        "a person took keywords off here that the line has, and they stay off.",
        "To have one back: blipdesk edit PHOTO --add-keyword K.",
    ),
    "removed_keywords": (
        "a person added keywords here that the line says were taken off, and they stay.",
        "To take one off: blipdesk edit PHOTO --remove-keyword K.",
    ),
    "renamed_keywords": (
        "a keyword that is called otherwise there is used here by the name before, which stays.",
        "To call it so here too: blipdesk keywords rename KEYWORD NEW_NAME.",
    ),
    "hidden_keywords": (
        "a keyword that is hidden there is used here, and stays in sight.",
        "To hide it here too: blipdesk keywords hide KEYWORD.",
    ),
    "user_rating": (
        "a person rated the photo otherwise here, which stays.",
        "To change it: blipdesk edit PHOTO --favourite or --no-favourite.",
    ),
}
"""Reason and remedy by the field that was left out."""


def import_jsonl(catalog: Catalog, path: Path, on_left_out: Callable[[LeftOut], None]) -> tuple[int, int]:
    """Take the records of a file in; what is there already is never replaced.

    The file is read twice, line by line: a wrong line is found before anything is imported, and a file of
    a million photos needs no room in memory.

    Args:
        catalog: takes them in.
        path: a file that :func:`write_jsonl` wrote.
        on_left_out: gets each thing that was not taken.

    Returns:
        How many records the file has, and how many of them are in the catalog now.

    Raises:
        UsageError: the file cannot be read, or a line is no record.
        CatalogError: the catalog cannot be written.
    """

    def explain(photo: str, field: str) -> None:
        on_left_out(LeftOut(photo, field, *_LEFT_OUT[field]))

    try:
        # Only a line feed ends a line: U+2028 and kin may stand inside a caption.
        with path.open(encoding="utf-8", errors="surrogateescape", newline="\n") as lines:
            total = sum(1 for _ in read_jsonl(lines, path.name))
            lines.seek(0)
            return total, catalog.import_records(read_jsonl(lines, path.name), explain)
    except OSError as error:
        raise UsageError(
            later("{path} cannot be read ({reason}).").format(path=path, reason=error.strerror or error)
        ) from error


def read_jsonl(lines: Iterable[str], name: str) -> Iterator[dict[str, Any]]:
    """Parse records of :func:`write_jsonl`.

    Raises:
        UsageError: a line is no JSON object with a path; named with its number.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:  # the second: endless brackets
            raise UsageError(
                later("Line {number} of {name} is no JSON.").format(number=number, name=name),
                later("Nothing of it was imported."),
            ) from error
        if not isinstance(record, dict) or not isinstance(record.get("path"), str) or not record["path"]:
            raise UsageError(
                later("Line {number} of {name} names no photo.").format(number=number, name=name),
                later('Each line needs a "path".'),
            )
        yield record
