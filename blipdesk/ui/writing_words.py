"""What the window says of captions in files: where they stand, what a run wrote, what came back."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtGui import QImage

from blipdesk.domain.ratings import stars_of
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.wording import joined, later, listed, number, plural, retold, tr
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
from blipdesk.services.setting_specs import spec_of
from blipdesk.ui.dialogs.report_list import ReportRow
from blipdesk.ui.pane.texts import moment_words, readable_size
from blipdesk.ui.words import noted, photos_words, sentences

_DOT = "  ·  "
WRITTEN = {
    WriteOutcome.EMBEDDED: ("file-check", "ok", later("Into the photo")),
    WriteOutcome.SIDECAR: ("file-plus", "accent", later("Into a small file beside it")),
    WriteOutcome.UNCHANGED: ("check", "muted", later("It stands there already")),
    WriteOutcome.KEPT: ("eye", "muted", later("Left as it is")),
    WriteOutcome.REFUSED: ("warning", "warn", later("Not written")),
}
"""Mark, its colour, and words of what a write-back does."""
CHANGED_A_FILE = (WriteOutcome.EMBEDDED, WriteOutcome.SIDECAR)
"""The outcomes of a write-back that can be taken back."""
UNDONE = {
    UndoOutcome.RESTORED: ("check", "ok", later("As it was before")),
    UndoOutcome.REMOVED: ("check", "ok", later("Removed: BlipDesk had made it")),
    UndoOutcome.PARTLY: ("warning", "warn", later("Taken back in part")),
    UndoOutcome.CHANGED: ("warning", "warn", later("Something else wrote into it since: left as it is")),
    UndoOutcome.GONE: ("image-off", "warn", later("The file is not there any more")),
    UndoOutcome.PRUNED: ("clock", "warn", later("Too long ago: what stood there is not kept any more")),
    UndoOutcome.ALREADY: ("check", "muted", later("Taken back already")),
    UndoOutcome.FAILED: ("warning", "err", later("It could not be taken back")),
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
        return tr("Today, {time}", time=f"{when:%H:%M}")
    if when.date() == today - timedelta(days=1):
        return tr("Yesterday, {time}", time=f"{when:%H:%M}")
    return moment_words(when)


def _in_sentence(when: str) -> str:
    return when[0].lower() + when[1:]


def run_title(run: WriteRun) -> str:
    """What a run did, in words."""
    if run.kind == RunKind.UNDO:
        return tr("Captions taken back")
    if run.target == WriteTarget.EMBED:
        return tr("Captions written into photos")
    return tr("Captions written beside photos")


def run_counts(run: WriteRun) -> str:
    """The numbers of a run, those that are not 0."""
    if run.kind == RunKind.UNDO:
        parts = [
            (run.embedded + run.sidecars, tr("{n} file as before"), tr("{n} files as before")),
            (run.kept, tr("{n} left as it is"), tr("{n} left as they are")),
            (run.refused, tr("{n} not taken back"), tr("{n} not taken back")),
        ]
    else:
        taken_back = run.taken_back if run.taken_back < run.embedded + run.sidecars else 0
        parts = [
            (run.embedded, tr("{n} in the photo"), tr("{n} in photos")),
            (run.sidecars, tr("{n} beside the photo"), tr("{n} beside photos")),
            (run.kept, tr("{n} left as it was"), tr("{n} left as they were")),
            (run.refused, tr("{n} not written"), tr("{n} not written")),
            (taken_back, tr("{n} taken back"), tr("{n} taken back")),
        ]
    return _DOT.join(plural(count, one, many) for count, one, many in parts if count)


def journal_words(size: JournalSize, days: int, megabytes: int) -> str:
    """What is kept for taking back, and for how long.

    Args:
        size: what there is.
        days: a change older than this is let go.
        megabytes: the most that is kept.
    """
    long, room = (dict(spec_of(name).choices) for name in ("journal_days", "journal_mb"))
    rule = tr("Kept {time}, {room} at most.", time=_in_sentence(tr(long[days])), room=tr(room[megabytes]))
    if not size.writes:
        nothing = tr("Nothing to take back is kept yet.")
        return joined(nothing, rule)
    changes = plural(size.writes, tr("{n} change"), tr("{n} changes"))
    words = tr("{room} for {changes}", room=readable_size(size.bytes), changes=changes)
    if size.oldest_at:
        since = _in_sentence(when_words(size.oldest_at))
        words = tr("{words}, the oldest from {time}", words=words, time=since)
    gone = plural(
        size.pruned,
        tr("{n} older change can no longer be taken back."),
        tr("{n} older changes can no longer be taken back."),
    )
    return joined(tr("{words}.", words=words), rule, gone if size.pruned else "")


def undo_rows(reports: Sequence[UndoReport], planned: bool) -> list[ReportRow]:
    """The files of an undo, those first that do not all come back, those last that needed nothing."""
    places = {UndoOutcome.RESTORED: 1, UndoOutcome.REMOVED: 1, UndoOutcome.ALREADY: 2}
    rows = []
    for report in sorted(reports, key=lambda report: places.get(report.outcome, 0)):
        icon, ink, words = UNDONE[report.outcome]
        taken_back = report.outcome in TAKEN_BACK
        path = report.target_path or report.photo_path
        if planned and report.outcome is UndoOutcome.PARTLY:
            words = later("Is taken back in part")
        elif planned and taken_back:
            removed = report.outcome is UndoOutcome.REMOVED
            icon, ink = "undo", "accent"
            words = later("Is removed: BlipDesk made it") if removed else later("Becomes as it was before")
        note = retold(report.note)
        said = noted(tr(words), note) if taken_back or not note else note
        rows.append(ReportRow(icon, ink, os.path.basename(path), (("", said),)))
    return rows


def partly_words(reports: Sequence[UndoReport]) -> str:
    """That some files go back only a part of the way; empty where none does."""
    partly = sum(report.outcome is UndoOutcome.PARTLY for report in reports)
    words = tr("{count} of them in part only: the first in the list say why.", count=number(partly))
    return words if partly else ""


def undo_counts(reports: Sequence[UndoReport]) -> tuple[int, int]:
    """How many come back, and how many do not (what is taken back already counts for neither)."""
    found = Counter(report.outcome for report in reports)
    taken_back = sum(found[outcome] for outcome in TAKEN_BACK)
    return taken_back, len(reports) - taken_back - found[UndoOutcome.ALREADY]


def write_row(report: WriteReport, picture: QImage | None = None) -> ReportRow:
    """One photo's write-back: where to, why there, what stands there before and after, where that differs."""
    icon, ink, words = WRITTEN[report.outcome]
    said = noted(tr(words), retold(report.note))
    lines = [("", said)]
    if report.outcome in CHANGED_A_FILE:
        lines.append((tr("Now"), report.before or tr("no caption")))
        if report.after != report.before:
            lines.append((tr("Then"), report.after or tr("no caption")))
        elif report.comment_after != report.comment_before:
            lines.append((tr("Comment"), report.comment_after or tr("no comment")))
        if set(report.keywords_after) - set(report.keywords_before):
            lines.append((tr("Tags"), listed(report.keywords_after)))
        if report.rating_after != report.rating_before:
            lines.append((tr("Rating"), tr(stars_of(report.rating_after) or later("none"))))
    elif report.before:
        lines.append((tr("Now"), report.before))
    return ReportRow(icon, ink, os.path.basename(report.path), tuple(lines), picture)


def varied(reports: Sequence[WriteReport]) -> list[WriteReport]:
    """The same reports, one of each kind first: what is rare is seen at once."""
    first: dict[tuple[WriteOutcome, str, bool], WriteReport] = {}
    for report in reports:
        first.setdefault(_kind(report), report)
    rest = [report for report in reports if first[_kind(report)] is not report]
    return [*first.values(), *rest]


def _kind(report: WriteReport) -> tuple[WriteOutcome, str, bool]:
    return report.outcome, report.note, report.rating_before != report.rating_after


def write_summary(reports: Sequence[WriteReport], skipped: Sequence[str] = ()) -> str:
    """What a write-back of some photos did, for a short note.

    Args:
        reports: of the photos that were looked at.
        skipped: why folders were passed over with the others, one reason a folder.
    """
    if skipped:
        first, *more = skipped
        others = plural(
            len(more),
            tr("{n} other folder could not be reached either."),
            tr("{n} other folders could not be reached either."),
        )
        done = [sentences(write_summary(reports))] if reports else []
        return joined(*done, retold(first), others if more else "")
    if not reports:
        return tr("There is nothing new to write")
    if len(reports) == 1:
        return _one(reports[0])
    found = Counter(report.outcome for report in reports)
    parts = [
        tr(words, count=number(found[outcome]))
        for outcome, words in (
            (WriteOutcome.EMBEDDED, later("{count} in the photos")),
            (WriteOutcome.SIDECAR, later("{count} beside the photos")),
            (WriteOutcome.UNCHANGED, later("{count} already there")),
            (WriteOutcome.KEPT, later("{count} left as they were")),
            (WriteOutcome.REFUSED, later("{count} not written")),
        )
        if found[outcome]
    ]
    said = tr("{name}: {words}", name=photos_words(len(reports)), words=listed(parts))
    reasons = Counter(report.note for report in reports if report.outcome is WriteOutcome.REFUSED)
    if not any(reasons):
        return said
    reason = retold(reasons.most_common(1)[0][0])
    mostly = tr("Mostly: {reason}", reason=reason) if len(reasons) > 1 else reason
    return noted(said, mostly)


def _one(report: WriteReport) -> str:
    is_caption = report.before != report.after
    words = {
        WriteOutcome.EMBEDDED: later("The caption stands in the photo now")
        if is_caption
        else later("Written into the photo"),
        WriteOutcome.SIDECAR: later("The caption stands beside the photo now")
        if is_caption
        else later("Written beside the photo"),
        WriteOutcome.UNCHANGED: later("The caption stands there already"),
        WriteOutcome.KEPT: later("The photo was left as it is"),
        WriteOutcome.REFUSED: later("The caption was not written"),
    }[report.outcome]
    return noted(tr(words), retold(report.note))
