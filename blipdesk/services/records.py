"""What became of files, as every command and the local door hand it on: the same fields everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import UndoOutcome, UndoReport, WriteOutcome, WriteReport

WRITE_COUNTS = {
    WriteOutcome.EMBEDDED: "embedded",
    WriteOutcome.SIDECAR: "sidecars",
    WriteOutcome.UNCHANGED: "unchanged",
    WriteOutcome.KEPT: "kept",
    WriteOutcome.REFUSED: "refused",
}
"""How summaries name what they count."""


def write_record(report: WriteReport) -> dict[str, Any]:
    """What became of one photo's file."""
    return _record(report.path, report.outcome, report.target_path, report.note)


def whole_write_record(report: WriteReport) -> dict[str, Any]:
    """The same, with what stands there before and after; all but captions where something is written."""
    writes = bool(report.target_path)
    before: dict[str, Any] = {"caption": report.before, "keywords": None, "comment": report.comment_before}
    after: dict[str, Any] = {"caption": report.after, "keywords": None, "comment": report.comment_after}
    before["rating"], after["rating"] = report.rating_before, report.rating_after
    if writes:
        before["keywords"], after["keywords"] = list(report.keywords_before), list(report.keywords_after)
    return write_record(report) | {"before": before, "after": after}


def undo_record(report: UndoReport) -> dict[str, Any]:
    """What became of one file that was to be taken back."""
    return _record(report.photo_path, report.outcome, report.target_path, report.note)


def _record(path: str, outcome: str, target_path: str, reason: str) -> dict[str, Any]:
    beside = target_path.lower().endswith(".xmp")
    return {
        "path": path,
        "outcome": str(outcome),
        "target": (WriteTarget.SIDECAR if beside else WriteTarget.EMBED).value if target_path else None,
        "target_path": target_path or None,
        "reason": reason,
    }


def write_counts(records: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many photos became what, by the names of :data:`WRITE_COUNTS`."""
    found = Counter(record["outcome"] for record in records)
    return {name: found[outcome.value] for outcome, name in WRITE_COUNTS.items()}


def undo_counts(records: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many files became what."""
    found = Counter(record["outcome"] for record in records)
    return {outcome.value: found[outcome.value] for outcome in UndoOutcome}
