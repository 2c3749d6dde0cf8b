"""What the window says of captions in files: where they stand, what a run wrote, what came back."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QLocale
from PySide6.QtGui import QImage

from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import (
    TAKEN_BACK,
    JournalSize,
    RunKind,
    UndoOutcome,
    UndoReport,
    WriteOutcome,
    WriteReport,
    WriteRun,
)
from blipdesk.services.settings import spec_of
from blipdesk.ui.dialogs.report_list import ReportRow
from blipdesk.ui.pane.texts import readable_size
from blipdesk.ui.words import counted, photos_words

_DOT = "  ·  "
WRITTEN = {
    WriteOutcome.EMBEDDED: ("file-check", "ok", "Into the photo"),
    WriteOutcome.SIDECAR: ("file-plus", "accent", "Into a small file beside it"),
    WriteOutcome.UNCHANGED: ("check", "muted", "It stands there already"),
    WriteOutcome.KEPT: ("eye", "muted", "Left as it is"),
    WriteOutcome.REFUSED: ("warning", "warn", "Not written"),
}
"""Mark, its colour, and words of what a write-back does."""
CHANGED_A_FILE = (WriteOutcome.EMBEDDED, WriteOutcome.SIDECAR)
"""The outcomes of a write-back that can be taken back."""
UNDONE = {
    UndoOutcome.RESTORED: ("check", "ok", "As it was before"),
    UndoOutcome.REMOVED: ("check", "ok", "Removed: BlipDesk had made it"),
    UndoOutcome.PARTLY: ("warning", "warn", "Taken back in part"),
    UndoOutcome.CHANGED: ("warning", "warn", "Something else wrote into it since: left as it is"),
    UndoOutcome.GONE: ("image-off", "warn", "The file is not there any more"),
    UndoOutcome.PRUNED: ("clock", "warn", "Too long ago: what stood there is not kept any more"),
    UndoOutcome.ALREADY: ("check", "muted", "Taken back already"),
    UndoOutcome.FAILED: ("warning", "err", "It could not be taken back"),
}


def when_words(moment: float, now: float | None = None) -> str:
    """A time as a person says it: ``Today, 18:12``, ``Yesterday, 09:30``, ``4 Jul 2026, 18:12``.

    Args:
        moment: POSIX seconds.
        now: POSIX seconds; the present where None.
    """
    when = datetime.fromtimestamp(moment)
    today = datetime.fromtimestamp(time.time() if now is None else now).date()
    if when.date() == today:
        return f"Today, {when:%H:%M}"
    if when.date() == today - timedelta(days=1):
        return f"Yesterday, {when:%H:%M}"
    month = QLocale().standaloneMonthName(when.month, QLocale.FormatType.ShortFormat)
    return f"{when.day} {month} {when.year}, {when:%H:%M}"


def _in_sentence(when: str) -> str:
    return when[0].lower() + when[1:]


def run_title(run: WriteRun) -> str:
    """What a run did, in words."""
    if run.kind == RunKind.UNDO:
        return "Captions taken back"
    if run.target == WriteTarget.EMBED:
        return "Captions written into photos"
    return "Captions written beside photos"


def run_counts(run: WriteRun) -> str:
    """The numbers of a run, those that are not 0."""
    if run.kind == RunKind.UNDO:
        restored = run.embedded + run.sidecars
        parts = [
            (restored, "file as before" if restored == 1 else "files as before"),
            (run.kept, "left as " + ("it is" if run.kept == 1 else "they are")),
            (run.refused, "not taken back"),
        ]
        return _DOT.join(f"{number:,} {words}" for number, words in parts if number)
    parts = [
        (run.embedded, "in the photo" if run.embedded == 1 else "in photos"),
        (run.sidecars, "beside the photo" if run.sidecars == 1 else "beside photos"),
        (run.kept, "left as " + ("it was" if run.kept == 1 else "they were")),
        (run.refused, "not written"),
        (run.taken_back if run.taken_back < run.embedded + run.sidecars else 0, "taken back"),
    ]
    return _DOT.join(f"{number:,} {words}" for number, words in parts if number)


def journal_words(size: JournalSize, days: int, megabytes: int) -> str:
    """What is kept for taking back, and for how long.

    Args:
        size: what there is.
        days: a change older than this is let go.
        megabytes: the most that is kept.
    """
    long, room = (dict(spec_of(name).choices) for name in ("journal_days", "journal_mb"))
    rule = f"Kept {long[days].lower()}, {room[megabytes]} at most."
    if not size.writes:
        return f"Nothing to take back is kept yet. {rule}"
    oldest = f", the oldest from {_in_sentence(when_words(size.oldest_at))}" if size.oldest_at else ""
    gone = f" {counted(size.pruned, 'older change')} can no longer be taken back." if size.pruned else ""
    return f"{readable_size(size.bytes)} for {counted(size.writes, 'change')}{oldest}. {rule}{gone}"


def undo_rows(reports: Sequence[UndoReport], planned: bool) -> list[ReportRow]:
    """The files of an undo, those first that do not all come back, those last that needed nothing."""
    places = {UndoOutcome.RESTORED: 1, UndoOutcome.REMOVED: 1, UndoOutcome.ALREADY: 2}
    rows = []
    for report in sorted(reports, key=lambda report: places.get(report.outcome, 0)):
        icon, ink, words = UNDONE[report.outcome]
        taken_back = report.outcome in TAKEN_BACK
        path = report.target_path or report.photo_path
        if planned and report.outcome is UndoOutcome.PARTLY:
            words = "Is taken back in part"
        elif planned and taken_back:
            removed = report.outcome is UndoOutcome.REMOVED
            icon, ink = "undo", "accent"
            words = "Is removed: BlipDesk made it" if removed else "Becomes as it was before"
        said = f"{words}. {report.note}" if taken_back and report.note else report.note or words
        rows.append(ReportRow(icon, ink, os.path.basename(path), (("", said),)))
    return rows


def partly_words(reports: Sequence[UndoReport]) -> str:
    """That some files go back only a part of the way; empty where none does."""
    partly = sum(report.outcome is UndoOutcome.PARTLY for report in reports)
    return f" {partly:,} of them in part only: the first in the list say why." if partly else ""


def undo_counts(reports: Sequence[UndoReport]) -> tuple[int, int]:
    """How many come back, and how many do not (what is taken back already counts for neither)."""
    found = Counter(report.outcome for report in reports)
    taken_back = sum(found[outcome] for outcome in TAKEN_BACK)
    return taken_back, len(reports) - taken_back - found[UndoOutcome.ALREADY]


def write_row(report: WriteReport, picture: QImage | None = None) -> ReportRow:
    """One photo's write-back: where to, why there, what stands there before and after, where that differs."""
    icon, ink, words = WRITTEN[report.outcome]
    said = f"{words}. {report.note}" if report.note else words
    lines = [("", said)]
    if report.outcome in CHANGED_A_FILE:
        lines.append(("Now", report.before or "no caption"))
        if report.after != report.before:
            lines.append(("Then", report.after or "no caption"))
        elif report.comment_after != report.comment_before:
            lines.append(("Comment", report.comment_after or "no comment"))
        if set(report.keywords_after) - set(report.keywords_before):
            lines.append(("Tags", ", ".join(report.keywords_after)))
    elif report.before:
        lines.append(("Now", report.before))
    return ReportRow(icon, ink, os.path.basename(report.path), tuple(lines), picture)


def varied(reports: Sequence[WriteReport]) -> list[WriteReport]:
    """The same reports, one of each kind first: what is rare is seen at once."""
    first: dict[tuple[WriteOutcome, str], WriteReport] = {}
    for report in reports:
        first.setdefault((report.outcome, report.note), report)
    rest = [report for report in reports if first[report.outcome, report.note] is not report]
    return [*first.values(), *rest]


def write_summary(reports: Sequence[WriteReport], skipped: Sequence[str] = ()) -> str:
    """What a write-back of some photos did, for a short note.

    Args:
        reports: of the photos that were looked at.
        skipped: why folders were passed over with the others, one reason a folder.
    """
    if skipped:
        first, *more = skipped
        others = f" {counted(len(more), 'other folder')} could not be reached either." if more else ""
        done = f"{write_summary(reports).rstrip('.')}. " if reports else ""
        return f"{done}{first}{others}"
    if not reports:
        return "There is nothing new to write"
    if len(reports) == 1:
        return _one(reports[0])
    found = Counter(report.outcome for report in reports)
    parts = [
        f"{found[outcome]:,} {words}"
        for outcome, words in (
            (WriteOutcome.EMBEDDED, "in the photos"),
            (WriteOutcome.SIDECAR, "beside the photos"),
            (WriteOutcome.UNCHANGED, "already there"),
            (WriteOutcome.KEPT, "left as they were"),
            (WriteOutcome.REFUSED, "not written"),
        )
        if found[outcome]
    ]
    said = f"{photos_words(len(reports))}: {', '.join(parts)}"
    reasons = Counter(report.note for report in reports if report.outcome is WriteOutcome.REFUSED)
    if not any(reasons):
        return said
    return f"{said}. {'Mostly: ' if len(reasons) > 1 else ''}{reasons.most_common(1)[0][0]}"


def _one(report: WriteReport) -> str:
    words = {
        WriteOutcome.EMBEDDED: "The caption stands in the photo now",
        WriteOutcome.SIDECAR: "The caption stands beside the photo now",
        WriteOutcome.UNCHANGED: "The caption stands there already",
        WriteOutcome.KEPT: "The photo was left as it is",
        WriteOutcome.REFUSED: "The caption was not written",
    }[report.outcome]
    return f"{words}. {report.note}" if report.note else words
