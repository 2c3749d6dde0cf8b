"""Commands on what stands in the photos' files: write, undo, runs, conflicts.

What changes something is handed to the BlipDesk that holds the catalog, where one runs (its window, say);
what only looks reads beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from blipdesk.cli.bars import Bar, signals_call
from blipdesk.cli.output import (
    ADOBE_HELP,
    EXISTING_HELP,
    HEIC_HELP,
    INTERRUPTED,
    SOME_FAILED,
    Grouped,
    console,
    context,
    counted,
    errors_in_words,
    plain,
    say,
    say_json,
    stdout_console,
)
from blipdesk.domain.errors import Cancelled, UsageError
from blipdesk.domain.paths import absolute_path
from blipdesk.domain.writes import KeepText, RunKind, UndoOutcome, WriteOutcome, WriteRun

_FEW = 20
"""So many files are named one by one; of more, what is not well alone."""
_DONE = (UndoOutcome.RESTORED, UndoOutcome.ALREADY)
_PATHS = typer.Argument(metavar="PATH", help="Folders or photos.")
_UNDO_WORDS = {
    UndoOutcome.RESTORED: "restored",
    UndoOutcome.ALREADY: "as before already",
    UndoOutcome.CHANGED: "changed since",
    UndoOutcome.GONE: "not there",
    UndoOutcome.PRUNED: "no longer kept",
    UndoOutcome.FAILED: "failed",
}


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands on the application."""
    for function in (write, undo, runs, conflicts):
        app.command()(function)


def _perform(op: str, doing: str, asked: Mapping[str, Any]) -> tuple[list[dict[str, Any]], bool]:
    """The reports of a long operation, and whether it was stopped (Ctrl+C) before its end."""
    from blipdesk.services.operations import perform

    with Bar(context.json, doing) as bar, signals_call(bar.stop):
        try:
            return perform(context.data_dir, op, bar.on_progress, **asked), bar.stopped
        except Cancelled:  # the open window did it, and stops now; its reports went with the connection
            console.print("Stopped. What was done stands: blipdesk runs lists it.")
            return [], True


# ---------------------------------------------------------------------------------------- write


def write(
    paths: Annotated[list[str] | None, _PATHS] = None,
    to: Annotated[str | None, typer.Option(help="sidecar or embed.")] = None,
    existing: Annotated[str | None, typer.Option(help=EXISTING_HELP)] = None,
    heic: Annotated[bool | None, typer.Option("--heic/--no-heic", help=HEIC_HELP)] = None,
    adobe_names: Annotated[
        bool | None, typer.Option("--adobe-names/--no-adobe-names", help=ADOBE_HELP)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show before and after; touch nothing.")] = False,
) -> None:
    """Write captions and keywords into the photos' metadata."""
    from blipdesk.services.headless import existing_paths

    with errors_in_words():
        asked = {
            "paths": existing_paths(paths or []),
            "to": to,
            "existing": existing,
            "heic": heic,
            "adobe_names": adobe_names,
            "dry_run": dry_run,
        }
        reports, stopped = _perform("write", "Looking at photos" if dry_run else "Writing captions", asked)
    for report in reports:
        if context.json:
            say_json(report)
        else:
            _say_written(report, dry_run)
    if not context.json:
        say(f"{counted(len(reports), 'photo')} looked at{'; nothing was touched' if dry_run else ''}.")
    if stopped:
        raise typer.Exit(INTERRUPTED)
    if any(report["outcome"] == WriteOutcome.REFUSED for report in reports):
        raise typer.Exit(SOME_FAILED)


def _say_written(report: Mapping[str, Any], dry_run: bool) -> None:
    note = f" ({plain(report['note'])})" if report["note"] else ""
    say(f"{plain(report['path'])}: {report['outcome']}{note}")
    if not dry_run or not report["target_path"]:
        return
    if report["target_path"] != report["path"]:
        say(f"  where:  {plain(report['target_path'])}")
    for what, key in (("", ""), ("keywords ", "keywords_")):
        before, after = report[f"{key}before"], report[f"{key}after"]
        if before != after:
            say(f"  {what}before: {_shown(before)}")
            say(f"  {what}after:  {_shown(after)}")


def _shown(value: str | Sequence[str] | None) -> str:
    text = value if isinstance(value, str) else ", ".join(value or ())
    return plain(text) or "(nothing)"


# ---------------------------------------------------------------------------------------- undo


def undo(
    paths: Annotated[list[str] | None, _PATHS] = None,
    run: Annotated[int | None, typer.Option(help="Take this run back; blipdesk runs lists them.")] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="Take back what was written since: 2026-11-21 or 2026-11-21T18:00."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would come back; touch nothing.")
    ] = False,
) -> None:
    """Give files the bytes again that they had before BlipDesk wrote; with no options, the last run's.

    A file that another program has written since is left as it is, and named.  Captions stay in BlipDesk.
    """
    with errors_in_words():
        if run is not None and since is not None:
            raise UsageError("A run and a date are two questions.", "Give --run or --since.")
        asked = {
            "paths": [absolute_path(path) for path in paths or []],
            "run": run,
            "since": None if since is None else _moment(since),
            "dry_run": dry_run,
        }
        reports, stopped = _perform("undo", "Looking at files" if dry_run else "Taking back", asked)
    if context.json:
        for report in reports:
            say_json(report)
    else:
        _say_undone(reports, dry_run)
    if stopped:
        raise typer.Exit(INTERRUPTED)
    if not all(report["outcome"] in _DONE for report in reports):
        raise typer.Exit(SOME_FAILED)


def _moment(date: str) -> float:
    """A date, or a date and time of this computer's zone, as POSIX seconds.

    Raises:
        UsageError: it is none.
    """
    try:
        return datetime.fromisoformat(date).timestamp()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"{date!r} is no date.", "Write it as 2026-11-21 or 2026-11-21T18:00.") from error


def _say_undone(reports: Sequence[Mapping[str, Any]], dry_run: bool) -> None:
    grouped, with_more = Grouped("not restored"), Grouped("would be restored" if dry_run else "restored")
    for report in reports:
        if report["outcome"] not in _DONE:
            grouped.add(report["target"], report["note"])
        elif len(reports) <= _FEW:
            say(f"{plain(report['target'])}: {_UNDO_WORDS[UndoOutcome(report['outcome'])]}")
        if report["outcome"] == UndoOutcome.RESTORED and report["note"]:
            with_more.add(report["target"], report["note"])
    grouped.say()
    with_more.say()
    counts = Counter(UndoOutcome(report["outcome"]) for report in reports)
    if not reports:
        say("There is nothing to take back: blipdesk runs lists what was written.")
        return
    told = ", ".join(
        f"{counts[outcome]} {words}" for outcome, words in _UNDO_WORDS.items() if counts[outcome]
    )
    say(f"{counted(len(reports), 'file')}: {told}{'; nothing was touched' if dry_run else ''}.")


# ---------------------------------------------------------------------------------------- runs


def runs(
    limit: Annotated[int, typer.Option(min=1, help="How many, the newest first.")] = 20,
) -> None:
    """List what was written into files, and how much of it can be taken back."""
    from blipdesk.services.workspace import Workspace

    with errors_in_words(), Workspace.read(context.data_dir) as workspace:
        listed = workspace.writing.runs(limit)
        size = workspace.writing.journal_size()
    if context.json:
        for run in listed:
            say_json(
                {
                    "run": run.id,
                    "kind": run.kind.value,
                    "to": run.target.value,
                    "existing": run.existing.value,
                    "began": datetime.fromtimestamp(run.began_at).astimezone().isoformat("T", "seconds"),
                    "ended": datetime.fromtimestamp(run.ended_at).astimezone().isoformat("T", "seconds"),
                    "embedded": run.embedded,
                    "sidecars": run.sidecars,
                    "kept": run.kept,
                    "refused": run.refused,
                    "taken_back": run.taken_back,
                    "no_longer_kept": run.pruned,
                    "bytes_kept": run.bytes_kept,
                }
            )
        return
    if not listed:
        say("Nothing was written into files yet.")
        return
    table = Table(box=None, pad_edge=False)
    for title in ("Run", "When", "What", "Photos", "Sidecars", "Left alone", "Taken back"):
        table.add_column(title)
    for run in listed:
        table.add_row(*_row(run))
    stdout_console().print(table)
    say(f"{counted(size.writes, 'write')} can be taken back; {size.bytes / 1e6:.1f} MB are kept for that.")
    if size.pruned:
        say(f"{counted(size.pruned, 'write')} no longer: too old, or too many for the room in the settings.")


def _row(run: WriteRun) -> tuple[str, ...]:
    what = "undo" if run.kind is RunKind.UNDO else run.target.value
    if run.existing.value != "skip":
        what = f"{what}, {run.existing.value}"
    left = run.kept + run.refused
    when = f"{datetime.fromtimestamp(run.began_at):%Y-%m-%d %H:%M}"
    counts = (run.embedded, run.sidecars, left, run.taken_back)
    return (str(run.id), when, what, *(str(count) for count in counts))


# ---------------------------------------------------------------------------------------- conflicts


def conflicts(
    paths: Annotated[list[str] | None, _PATHS] = None,
    keep: Annotated[str | None, typer.Option(help="Decide: mine, file or both.")] = None,
    to: Annotated[str | None, typer.Option(help="With --keep: sidecar or embed.")] = None,
) -> None:
    """List photos whose file says something else than you did here; with --keep, decide which stays.

    mine: yours is written over the file's, where captions are written (--to, else the settings).  file: yours
    is dropped.  both: each stays where it is.
    """
    from blipdesk.services.operations import perform
    from blipdesk.services.workspace import Workspace

    with errors_in_words():
        tops = [absolute_path(path) for path in paths or []]
        if keep is not None and keep not in list(KeepText):
            raise UsageError(f"{keep!r} is no decision.", "Use mine, file or both.")
        if keep is not None:
            decided = perform(context.data_dir, "decide", paths=tops, keep=keep, to=to)
            _say_decided(decided, KeepText(keep))
            return
        with Workspace.read(context.data_dir) as workspace:
            found = workspace.writing.conflicts_at(tops)
    for conflict in found:
        record = {
            "path": conflict.path,
            "mine": conflict.mine,
            "file": conflict.file,
            "where": conflict.where,
        }
        if context.json:
            say_json(record)
        else:
            say(f"{plain(conflict.path)}\n  yours:   {plain(conflict.mine)}")
            say(f"  there:   {plain(conflict.file)} (in {plain(conflict.where)})")
    if not context.json:
        say(f"{counted(len(found), 'photo')} to decide.")


def _say_decided(decided: Mapping[str, Any], keep: KeepText) -> None:
    for report in decided["reports"]:
        if context.json:
            say_json(report)
        else:
            _say_written(report, dry_run=False)
    if context.json:
        say_json({"decided": decided["decided"], "written": len(decided["reports"])})
    else:
        say(f"{counted(decided['decided'], 'photo')} decided.")
        if keep is KeepText.MINE and decided["decided"] and not decided["written"]:
            say("Yours stay in BlipDesk, as the settings have it: blipdesk write --to embed puts them in.")
    refused = [report for report in decided["reports"] if report["outcome"] == WriteOutcome.REFUSED]
    if refused:
        console.print(f"{counted(len(refused), 'photo')} could not be written.")
        raise typer.Exit(SOME_FAILED)
