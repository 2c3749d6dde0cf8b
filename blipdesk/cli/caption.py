"""Commands that run the worker: caption, watch, write, demo, doctor."""

from __future__ import annotations

import signal
import threading
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from blipdesk.cli.output import (
    INTERRUPTED,
    SOME_FAILED,
    WRONG_USAGE,
    console,
    context,
    errors_in_words,
    plain,
    say,
    say_json,
    stdout_console,
)
from blipdesk.domain.errors import UsageError
from blipdesk.domain.events import CatalogChange, RunState
from blipdesk.domain.events import Progress as RunProgress
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import WriteOutcome

_FEW = 5


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands on the application."""
    for function in (caption, watch, write, demo, doctor):
        app.command()(function)


Model = Annotated[str | None, typer.Option(help="A model's key or a checkpoint folder.")]
Device = Annotated[str | None, typer.Option(help="auto, cpu, cuda or mps.")]
Precision = Annotated[str | None, typer.Option(help="auto, fp32, bf16, fp16 or int8.")]
BatchSize = Annotated[str, typer.Option(help="auto, or a number of photos.")]
Prompt = Annotated[str | None, typer.Option(help="Words that every caption continues.")]
Candidates = Annotated[int, typer.Option(min=1, max=20, help="Captions proposed for each photo.")]
NumBeams = Annotated[int | None, typer.Option(min=1, max=20, help="Beams of the search for words.")]
MaxNewTokens = Annotated[int, typer.Option(min=1, max=200, help="The longest caption, in tokens.")]
Write = Annotated[str | None, typer.Option(help="none, sidecar or embed.")]


def _options(workspace: Any, values: dict[str, Any], watching: bool) -> Any:
    """The run's options: the settings, and what this command line says otherwise."""
    from blipdesk.services.headless import run_options

    return run_options(workspace.settings.values, watch=watching, **values)


class _Bar:
    """A progress bar on stderr that follows the worker."""

    def __init__(self, quiet: bool) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            console=console, disable=quiet or not console.is_terminal, transient=True,
        )  # fmt: skip
        self._task = self._progress.add_task("Looking through the folders", total=None)

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def on_event(self, event: CatalogChange | RunProgress) -> None:
        if isinstance(event, RunProgress):
            words = {RunState.LOADING_MODEL: "Loading the model", RunState.CAPTIONING: "Captioning"}
            self._progress.update(
                self._task,
                description=words.get(event.state, event.message or "Looking through the folders"),
                completed=event.done,
                total=event.total or None,
            )


def caption(
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH]...", help="Folders or photos.")] = None,
    model: Model = None,
    device: Device = None,
    precision: Precision = None,
    batch_size: BatchSize = "auto",
    prompt: Prompt = None,
    candidates: Candidates = 1,
    num_beams: NumBeams = None,
    max_new_tokens: MaxNewTokens = 30,
    write: Write = None,
) -> None:
    """Scan, caption what is pending, write back where asked, and end."""
    from blipdesk.services.headless import existing_paths
    from blipdesk.services.workspace import Workspace

    values = {
        "model": model, "device": device, "precision": precision, "batch_size": batch_size, "prompt": prompt,
        "candidates": candidates, "num_beams": num_beams, "max_new_tokens": max_new_tokens, "write": write,
    }  # fmt: skip
    with errors_in_words():
        roots = existing_paths(paths or [])
        with Workspace.open(context.data_dir, start=False) as workspace:
            if not roots and not workspace.library.folders():
                raise UsageError("No folder is watched yet.", "Name one: blipdesk caption FOLDER")
            options = _options(workspace, values, watching=False)
            with _Bar(context.json) as bar, _stopped_by_signals(workspace):
                workspace.events.subscribe(bar.on_event)
                summary = workspace.run_once(roots, options, _acknowledge if context.json else lambda _: None)
    _report(summary)
    if summary.interrupted:
        raise typer.Exit(INTERRUPTED)
    if summary.failed or summary.refused:
        raise typer.Exit(SOME_FAILED)


def _acknowledge(path: str) -> None:
    say_json({"captioned": path})


class _stopped_by_signals:  # noqa: N801 - reads as a clause of the with statement
    """SIGINT and SIGTERM end the run in order: nothing in hand is lost, and it is no error."""

    def __init__(self, workspace: Any) -> None:
        self._workspace = workspace
        self._old: dict[int, Any] = {}

    def __enter__(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._old[number] = signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: object) -> None:
        self._workspace.cancel_run()
        signal.signal(number, signal.SIG_DFL)  # a second one ends at once

    def __exit__(self, *_: object) -> None:
        for number, handler in self._old.items():
            signal.signal(number, handler)


def _report(summary: Any) -> None:
    if context.json:
        for path, problem in summary.failed:
            say_json(
                {
                    "failed": path,
                    "kind": problem.kind.value,
                    "reason": problem.message,
                    "remedy": problem.remedy,
                }
            )
        for path, reason in summary.skipped:
            say_json({"skipped": path, "reason": reason})
        for path, reason in summary.refused:
            say_json({"not_written": path, "reason": reason})
        say_json(
            {
                "summary": {
                    "photos_captioned": summary.captioned,
                    "photos_failed": len(summary.failed),
                    "unchanged": summary.unchanged,
                    "embedded": summary.written,
                    "sidecars": summary.sidecars,
                    "skipped": len(summary.skipped),
                    "not_written": len(summary.refused),
                    "seconds": round(summary.seconds, 2),
                    "interrupted": summary.interrupted,
                }
            }
        )
        return
    _say_grouped("passed over", summary.skipped)
    _say_grouped("not written", summary.refused)
    if summary.failed:
        say(f"{len(summary.failed)} photos could not be captioned:")
        for path, problem in summary.failed:
            say(f"  {plain(path)}: {plain(problem.message)} {plain(problem.remedy)}".rstrip())
    rate = (
        f", {summary.captioned / summary.seconds:.1f} a second"
        if summary.captioned and summary.seconds
        else ""
    )
    say(f"{summary.captioned} photos captioned in {summary.seconds:.1f} s{rate}.")
    if summary.written or summary.sidecars:
        say(f"Written into {summary.written} photos and {summary.sidecars} sidecar files.")


def _say_grouped(what: str, entries: Sequence[tuple[str, str]]) -> None:
    """One line for each entry on stderr; many of one reason become one line with their number."""
    by_reason: dict[str, list[str]] = {}
    for path, reason in entries:
        by_reason.setdefault(reason, []).append(path)
    for reason, paths in by_reason.items():
        if len(paths) > _FEW:
            console.print(plain(f"{len(paths)} files {what}, {paths[0]} and others: {reason}"))
        else:
            for path in paths:
                console.print(plain(f"{path} {what}: {reason}"))


def watch(
    model: Model = None,
    device: Device = None,
    precision: Precision = None,
    batch_size: BatchSize = "auto",
    prompt: Prompt = None,
    candidates: Candidates = 1,
    num_beams: NumBeams = None,
    max_new_tokens: MaxNewTokens = 30,
    write: Write = None,
) -> None:
    """Caption the watched folders and whatever appears in them, until stopped."""
    from blipdesk.services.workspace import Workspace

    values = {
        "model": model, "device": device, "precision": precision, "batch_size": batch_size, "prompt": prompt,
        "candidates": candidates, "num_beams": num_beams, "max_new_tokens": max_new_tokens, "write": write,
    }  # fmt: skip
    stop = threading.Event()
    with errors_in_words(), Workspace.open(context.data_dir, start=False) as workspace:
        if not workspace.library.folders():
            raise UsageError("No folder is watched yet.", "Add one: blipdesk add FOLDER")
        workspace.options = _options(workspace, values, watching=True)
        if context.json:
            workspace.pipeline().on_captioned = _acknowledge
        workspace.events.subscribe(_say_progress)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        workspace.begin()
        while not stop.wait(0.5):
            pass


_last_said = ""


def _say_progress(event: CatalogChange | RunProgress) -> None:
    global _last_said  # noqa: PLW0603 - the line last shown, so that it is not shown twice
    if isinstance(event, RunProgress) and not context.json:
        line = (
            f"{event.state.value.replace('_', ' ')}: {event.done} of {event.total} {event.message}".rstrip()
        )
        if line != _last_said:
            _last_said = line
            console.print(plain(line))


def write(
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH]...", help="Folders or photos.")] = None,
    to: Annotated[str | None, typer.Option(help="sidecar or embed.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show before and after; touch nothing.")] = False,
) -> None:
    """Write captions and keywords into the photos' metadata."""
    from blipdesk.services.headless import existing_paths, write_target
    from blipdesk.services.workspace import Workspace

    with errors_in_words():
        roots = existing_paths(paths or [])
        with Workspace.open(context.data_dir, start=False) as workspace:
            target = write_target(to, workspace.writing.target)
            if target is WriteTarget.NONE:
                raise UsageError(
                    "The captions stay in the catalog only.", "Say where they go: --to sidecar or embed."
                )
            run = workspace.writing.dry_run if dry_run else workspace.writing.run
            reports = list(run(target, roots))
    for report in reports:
        if context.json:
            say_json(
                {
                    "path": report.path,
                    "outcome": report.outcome.value,
                    "note": report.note,
                    "before": report.before,
                    "after": report.after,
                }
            )
        else:
            say(f"{plain(report.path)}: {report.outcome.value} {plain(report.note)}".rstrip())
            if dry_run:
                say(f"  before: {plain(report.before or '(nothing)')}")
                say(f"  after:  {plain(report.after or '(nothing)')}")
    if not context.json:
        say(f"{len(reports)} photos {'would be looked at' if dry_run else 'looked at'}.")
    if any(report.outcome is WriteOutcome.REFUSED for report in reports):
        raise typer.Exit(SOME_FAILED)


def demo(
    headless: Annotated[
        bool, typer.Option("--headless", help="No window: caption, search, ask, print.")
    ] = False,
) -> None:
    """Try BlipDesk on its sample pictures with the demo models, in a catalog of their own."""
    from blipdesk.services.headless import run_demo

    if not headless:
        console.print("blipdesk: the demo's window takes no --json; use demo --headless.")
        raise typer.Exit(WRONG_USAGE)
    with errors_in_words(), _Bar(context.json) as bar:
        result = run_demo(context.data_dir, bar.on_event)
    if context.json:
        say_json(result.record())
        raise typer.Exit(SOME_FAILED if result.failed else 0)
    out = stdout_console()
    table = Table(title="What BlipDesk did", box=None, pad_edge=False, title_justify="left")
    for title in ("Picture", "Caption", "Keywords", "Written"):
        table.add_column(title, overflow="fold")
    for row in result.photos:
        table.add_row(*map(plain, row))
    out.print(table)
    for query, hits in result.searches:
        say(f"\nSearch: {query}")
        for name, text in hits:
            say(f"  {plain(name)}: {plain(text)}")
    say("\nQuestions")
    for name, question, answer in result.answers:
        say(f"  {plain(name)}: {plain(question)} {plain(answer)}")
    say(f"\n{result.summary}")
    for label, place in result.places:
        say(f"{label}: {plain(place)}")
    if result.failed:
        raise typer.Exit(SOME_FAILED)


def doctor() -> None:
    """Say what this computer can do, what is wrong, and how to mend it."""
    from blipdesk.services.doctor import examine

    with errors_in_words():
        findings = examine(context.data_dir)
    if context.json:
        say_json([{"check": f.check, "ok": f.ok, "message": f.message, "remedy": f.remedy} for f in findings])
    else:
        for finding in findings:
            mark = "ok  " if finding.ok else "MEND"
            say(f"{mark}  {finding.check}: {plain(finding.message)} {plain(finding.remedy)}".rstrip())
    if not all(finding.ok for finding in findings):
        raise typer.Exit(SOME_FAILED)
