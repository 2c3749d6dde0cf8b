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
    context,
    counted,
    errors_in_words,
    plain,
    say,
    say_json,
    stdout_console,
)
from blipdesk.cli.written import (
    FEW,
    counts_in_words,
    say_all_written,
    say_how_to_go_on,
    say_summary,
    say_written,
)
from blipdesk.domain.errors import UsageError
from blipdesk.domain.paths import absolute_path
from blipdesk.domain.sizes import readable_size
from blipdesk.domain.writes import TAKEN_BACK, KeepText, RunKind, UndoOutcome, WriteRun
from blipdesk.services.records import undo_counts, write_counts

_DONE = (UndoOutcome.RESTORED, UndoOutcome.REMOVED, UndoOutcome.ALREADY)
_PATHS = typer.Argument(metavar="PATH", help="Folders or photos.")
_UNDO_WORDS = {
    UndoOutcome.RESTORED: "restored",
    UndoOutcome.REMOVED: "removed",
    UndoOutcome.PARTLY: "taken back in part",
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


def _perform(op: str, doing: str, asked: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """The answer of a long operation, and whether it was stopped (Ctrl+C) before its end."""
    from blipdesk.services.operations import perform

    with Bar(context.json, doing) as bar, signals_call(bar.stop):
        return perform(context.data_dir, op, bar.on_progress, **asked), bar.stopped


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
            "whole": dry_run or context.json,
        }
        done, stopped = _perform("write", "Looking at photos" if dry_run else "Writing captions", asked)
    reports = done["reports"]
    counts = write_counts(reports)
    if context.json:
        for report in reports:
            say_json(report)
        _say_skipped(done["skipped"])
        summary = {**counts, "skipped": len(done["skipped"]), "run": done["run"]}
        say_summary(summary | {"dry_run": dry_run, "interrupted": stopped})
    else:
        _say_skipped(done["skipped"])
        _say_write(reports, counts, dry_run, existing)
        if not reports and not done["skipped"]:
            say("No caption waits to be written there.")
        say_how_to_go_on(done["run"], stopped)
    if stopped:
        raise typer.Exit(INTERRUPTED)
    if counts["refused"]:
        raise typer.Exit(SOME_FAILED)


def _say_skipped(folders: Sequence[tuple[str, str]]) -> None:
    skipped = Grouped()
    for folder, reason in folders:
        if context.json:
            say_json({"skipped": folder, "reason": reason})
        else:
            skipped.add(folder, reason)
    whose = "its" if len(skipped) == 1 else "their"
    skipped.say(f"{counted(len(skipped), 'folder')} passed over, {whose} photos wait")


def _say_write(
    reports: Sequence[Mapping[str, Any]], counts: Mapping[str, int], dry_run: bool, existing: str | None
) -> None:
    if dry_run:
        for report in reports:
            say_written(report, dry_run=True)
    else:
        say_all_written(reports, existing)
    told = f": {counts_in_words(counts)}" if reports else ""
    say(f"{counted(len(reports), 'photo')} looked at{told}{'; nothing was touched' if dry_run else ''}.")


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
        done, stopped = _perform("undo", "Looking at files" if dry_run else "Taking back", asked)
    reports = done["reports"]
    if context.json:
        for report in reports:
            say_json(report)
        counts = undo_counts(reports)
        say_summary({**counts, "run": done["run"], "dry_run": dry_run, "interrupted": stopped})
    else:
        _say_undone(reports, dry_run)
        say_how_to_go_on(done["run"], stopped, taking_back=True)
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
    left, in_part, with_more = Grouped(most=None), Grouped(most=None), Grouped()
    words = _UNDO_WORDS | ({one: f"would be {_UNDO_WORDS[one]}" for one in TAKEN_BACK} if dry_run else {})
    for report in reports:
        if report["outcome"] == UndoOutcome.PARTLY:
            in_part.add(report["target_path"], report["reason"])
        elif report["outcome"] not in _DONE:
            left.add(report["target_path"], report["reason"])
        elif len(reports) <= FEW:
            say(f"{plain(report['target_path'])}: {words[UndoOutcome(report['outcome'])]}")
        if report["outcome"] in (UndoOutcome.RESTORED, UndoOutcome.REMOVED) and report["reason"]:
            with_more.add(report["target_path"], report["reason"])
    left.say(f"{counted(len(left), 'file')} not restored")
    in_part.say(f"{counted(len(in_part), 'file')} {words[UndoOutcome.PARTLY]}")
    with_more.say(f"{counted(len(with_more), 'file')} with more than was asked for")
    counts = Counter(UndoOutcome(report["outcome"]) for report in reports)
    if not reports:
        say("There is nothing to take back: blipdesk runs lists what was written.")
        return
    told = ", ".join(f"{counts[outcome]} {said}" for outcome, said in words.items() if counts[outcome])
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
                    "target": run.target.value,
                    "existing": run.existing.value,
                    "began": _moment_words(run.began_at),
                    "ended": _moment_words(run.ended_at),
                    "embedded": run.embedded,
                    "sidecars": run.sidecars,
                    "kept": run.kept,
                    "refused": run.refused,
                    "taken_back": run.taken_back,
                    "no_longer_kept": run.pruned,
                    "bytes_kept": run.bytes_kept,
                }
            )
        say_summary(
            {
                "writes": size.writes,
                "bytes_kept": size.bytes,
                "oldest": _moment_words(size.oldest_at),
                "no_longer_kept": size.pruned,
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
    kept = readable_size(size.bytes)
    say(f"{counted(size.writes, 'write')} can be taken back; {kept} of what files held are kept.")
    if size.pruned:
        say(f"{counted(size.pruned, 'write')} no longer: too old, or too many for the room in the settings.")


def _moment_words(at: float | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at).astimezone().isoformat("T", "seconds")


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
    if context.json:
        say_summary({"to_decide": len(found)})
    else:
        say(f"{counted(len(found), 'photo')} to decide.")


def _say_decided(decided: Mapping[str, Any], keep: KeepText) -> None:
    reports, counts = decided["reports"], write_counts(decided["reports"])
    if context.json:
        for report in reports:
            say_json(report)
        _say_skipped(decided["skipped"])
        summary = {"decided": decided["decided"], **counts, "skipped": len(decided["skipped"])}
        say_summary(summary | {"run": decided["run"]})
    else:
        _say_skipped(decided["skipped"])
        say_all_written(reports)
        say(f"{counted(decided['decided'], 'photo')} decided.")
        if keep is KeepText.MINE and decided["decided"] and not decided["written"]:
            say("Yours stay in BlipDesk, as the settings have it: blipdesk write --to embed puts them in.")
        say_how_to_go_on(decided["run"], interrupted=False)
    if counts["refused"]:
        raise typer.Exit(SOME_FAILED)
