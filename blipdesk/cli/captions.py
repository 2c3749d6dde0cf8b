"""What captioning gave, as a person or a script reads it: single photos, and what a run did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from blipdesk.cli.output import Grouped, context, counted, plain, say, say_json
from blipdesk.cli.written import WriteNotes, say_how_to_go_on, say_summary
from blipdesk.domain.errors import Problem
from blipdesk.domain.values import MatchScore, Photo
from blipdesk.domain.writes import WriteOutcome, WriteReport
from blipdesk.services.demo import FOR_PHOTOS, UNDERSTANDS
from blipdesk.services.records import write_record

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

_DAMAGED = "What is left was captioned."


def say_captions(photo: Photo) -> None:
    """Print the caption that people see, how well it fits, and the other candidates below it."""
    say(f"{plain(photo.path)}: {plain(photo.caption or '')}{_fit(_match_of(photo, photo.caption))}")
    for candidate in photo.candidates:
        if candidate.text != photo.caption:
            say(f"    {plain(candidate.text)}{_fit(candidate.match)}")


def _match_of(photo: Photo, text: str | None) -> MatchScore | None:
    return next((candidate.match for candidate in photo.candidates if candidate.text == text), None)


def _fit(match: MatchScore | None) -> str:
    return "" if match is None else f" ({match.sureness.value})"


def say_failed(path: str, problem: Problem) -> None:
    """Print why a photo has no new caption."""
    if context.json:
        kind, reason, remedy = problem.kind.value, problem.message, problem.remedy
        say_json({"failed": path, "kind": kind, "reason": reason, "remedy": remedy})
    else:
        say(f"  {plain(path)}: {plain(_in_words(problem))}")


def _in_words(problem: Problem) -> str:
    return f"{problem.message} {problem.remedy}".rstrip()


class Written:
    """Hears what becomes of photos' files in a run: a line each for scripts, for people the reasons.

    What could not be written may be tried once more, so that it is told at the end.

    Args:
        existing: what the command line chose for a photo with a person's caption, if anything.
    """

    def __init__(self, existing: str | None = None) -> None:
        self._existing = existing
        self._notes = WriteNotes()

    def on_written(self, report: WriteReport) -> None:
        """Take one in; called on the write-back's thread."""
        if report.outcome is WriteOutcome.REFUSED:
            return
        if context.json:
            say_json(write_record(report))
        else:
            self._notes.add(report.path, report.outcome, report.note)

    def end(self, refused: Sequence[tuple[str, str]]) -> None:
        """The run is over: these photos, each with its reason, could not be written."""
        for path, reason in refused:
            if context.json:
                say_json(write_record(WriteReport(path, WriteOutcome.REFUSED, reason, None, None)))
            else:
                self._notes.add(path, WriteOutcome.REFUSED, reason)
        self._notes.say(self._existing)


def acknowledger(workspace: Workspace) -> Callable[[str], None]:
    """What prints a photo's line, and its caption as ``export`` has it, once that is committed."""
    from blipdesk.services.exchange import candidate_record

    def acknowledge(path: str) -> None:
        record: dict[str, Any] = {"captioned": path}
        photo = workspace.catalog.photo_by_path(path)
        if photo is not None:
            sureness = photo.sureness.value if photo.sureness else None
            record |= {"caption": photo.model_caption, "text": photo.caption, "sureness": sureness}
            if len(photo.candidates) > 1:
                record["candidates"] = [candidate_record(candidate) for candidate in photo.candidates]
        say_json(record)

    return acknowledge


def report_run(summary: Any, written: Written) -> None:
    """Print what a run did: for people what there is to say, for scripts a line each and the summary."""
    if context.json:
        _print_run(summary, written)
    else:
        _say_run(summary, written)


def _print_run(summary: Any, written: Written) -> None:
    for path, problem in summary.failed:
        say_failed(path, problem)
    for path in summary.damaged:
        say_json({"damaged": path, "reason": _DAMAGED})
    for path, reason in summary.skipped:
        say_json({"skipped": path, "reason": reason})
    written.end(summary.refused)
    model = summary.model
    say_summary(
        {
            "photos_captioned": summary.captioned,
            "photos_failed": len(summary.failed),
            "unchanged": summary.unchanged,
            "embedded": summary.written,
            "sidecars": summary.sidecars,
            "skipped": len(summary.skipped),
            "kept": summary.kept,
            "refused": len(summary.refused),
            "run": summary.write_run,
            "damaged": len(summary.damaged),
            "unsure": summary.unsure,
            "needs_review": summary.needs_review,
            "not_scored": summary.not_scored,
            "model": model.model_key if model else None,
            "demo": model.demo if model else None,
            "seconds": round(summary.seconds, 2),
            "interrupted": summary.interrupted,
        }
    )


def _say_run(summary: Any, written: Written) -> None:
    skipped, failed = Grouped(), Grouped(most=None)
    for path, reason in summary.skipped:
        skipped.add(path, reason)
    for path, problem in summary.failed:
        failed.add(path, _in_words(problem))
    skipped.say(f"{counted(len(skipped), 'file')} passed over")
    if damaged := summary.damaged:
        say(f"{counted(len(damaged), 'photo')} could be read only in part; what is left was captioned:")
        for path in damaged:
            say(f"  {plain(path)}")
    failed.say(f"{counted(len(failed), 'photo')} could not be captioned")
    written.end(summary.refused)
    _say_captioned(summary)
    if summary.written or summary.sidecars:
        photos, sidecars = counted(summary.written, "photo"), counted(summary.sidecars, "sidecar file")
        say(f"Written into {photos} and {sidecars}.")
    if unsure := summary.unsure:
        verb = "may not fit its photo" if unsure == 1 else "may not fit their photos"
        others = summary.needs_review - unsure
        more = f" ({others} more in the library)" if others else ""
        say(f"{counted(unsure, 'caption')} {verb}{more}: Needs review in the window lists them.")
    if summary.not_scored:
        say(f"How well the captions fit could not be said: {plain(summary.not_scored)}")
    say_how_to_go_on(summary.write_run, summary.interrupted)


def _say_captioned(summary: Any) -> None:
    """How many photos got a caption, and from whom: nobody is to take a demo model's words for a photo's."""
    timed = summary.captioned and summary.seconds
    rate = f", {summary.captioned / summary.seconds:.1f} a second" if timed else ""
    say(f"{counted(summary.captioned, 'photo')} captioned in {summary.seconds:.1f} s{rate}.")
    if summary.captioned and summary.model is not None:
        note = f", which {UNDERSTANDS}. {FOR_PHOTOS}" if summary.model.demo else ""
        say(plain(f"Model: {summary.model.title}{note}"))
    if summary.unchanged and not summary.captioned and not summary.failed:
        kept = counted(summary.unchanged, "photo")
        say(f"{kept} known and unchanged: with other options, --again captions them anew.")
