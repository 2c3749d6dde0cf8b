"""Commands that run the worker: caption, watch, demo, doctor."""

from __future__ import annotations

import functools
import inspect
import threading
from collections.abc import Callable
from dataclasses import fields
from typing import Annotated, Any, get_type_hints

import typer
from rich.table import Table

from blipdesk.cli.bars import Bar, signals_call
from blipdesk.cli.captions import Written, acknowledger, report_run, say_captions, say_failed
from blipdesk.cli.output import (
    ADOBE_HELP,
    EXISTING_HELP,
    HEIC_HELP,
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
from blipdesk.domain.events import CatalogChange
from blipdesk.domain.events import Progress as RunProgress
from blipdesk.services.choices import RunChoices

_FEW_PHOTOS = 20
"""So many photos' captions are shown after a run; export has those of all."""


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands on the application."""
    for function in (caption, watch, demo, doctor):
        app.command()(function)


_RUN_OPTIONS: dict[str, Any] = {
    "model": typer.Option(help="A model's key or a checkpoint folder."),
    "device": typer.Option(help="auto, cpu, cuda or mps."),
    "precision": typer.Option(help="auto, fp32, bf16, fp16 or int8."),
    "batch_size": typer.Option(help="auto, or a number of photos."),
    "write": typer.Option(help="none, sidecar or embed."),
    "existing": typer.Option(help=EXISTING_HELP),
    "heic": typer.Option("--heic/--no-heic", help=HEIC_HELP),
    "adobe_names": typer.Option("--adobe-names/--no-adobe-names", help=ADOBE_HELP),
    "match_model": typer.Option(
        help="What says how well captions fit: auto, none, a model's key or a checkpoint folder."
    ),
    "prompt": typer.Option(help="Words that every caption continues."),
    "candidates": typer.Option(
        min=1, max=20, help="Captions proposed for each photo; the likeliest that fits is kept."
    ),
    "num_beams": typer.Option(min=1, max=20, help="Beams of the search for words."),
    "sample": typer.Option("--sample", help="Draw words at random, instead of the likeliest ones."),
    "top_p": typer.Option(
        min=0.01, max=1.0, help="With --sample: draw among the likeliest words of this share together."
    ),
    "temperature": typer.Option(
        min=0.01, max=10.0, help="With --sample: below 1 the likely words are drawn more often."
    ),
    "repetition_penalty": typer.Option(
        min=0.1, max=10.0, help="Above 1, words that stand in the caption already become less likely."
    ),
    "length_penalty": typer.Option(
        min=-10.0, max=10.0, help="With beams: above 0 favours longer captions, below 0 shorter ones."
    ),
    "min_new_tokens": typer.Option(min=0, max=200, help="The shortest caption, in tokens."),
    "max_new_tokens": typer.Option(min=1, max=200, help="The longest caption, in tokens."),
}
"""The options of every command that captions, one for each field of :class:`RunChoices`."""


def _takes_run_choices(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of :class:`RunChoices`; it gets them as its keyword ``choices``."""
    types = get_type_hints(RunChoices)
    shared = [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=field.default,
            annotation=Annotated[types[field.name], _RUN_OPTIONS[field.name]],
        )
        for field in fields(RunChoices)
    ]
    own = inspect.signature(command, eval_str=True).parameters

    @functools.wraps(command)
    def with_options(**given: Any) -> None:
        command(choices=RunChoices(**{each.name: given.pop(each.name) for each in shared}), **given)

    parameters = [*(own[name] for name in own if name != "choices"), *shared]
    vars(with_options)["__signature__"] = inspect.Signature(parameters)  # PEP 362: what typer reads
    with_options.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return with_options


@_takes_run_choices
def caption(
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH", help="Folders or photos.")] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Try photos again that failed before.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Caption anew what has a caption.")] = False,
    *,
    choices: RunChoices,
) -> None:
    """Scan, caption what is pending, write back where asked, and end.  Few photos' captions are shown."""
    from blipdesk.services.headless import existing_paths
    from blipdesk.services.workspace import Workspace

    written = Written(choices.existing)
    with errors_in_words():
        roots = existing_paths(paths or [])
        with Workspace.open(context.data_dir, start=False) as workspace:
            if not roots and not workspace.library.folders():
                raise UsageError("No folder is watched yet.", "Name one: blipdesk caption FOLDER")
            options = workspace.options_of(choices, watch=False)
            with Bar(context.json) as bar, signals_call(workspace.cancel_run):
                workspace.events.subscribe(bar.on_event)
                on_captioned = acknowledger(workspace) if context.json else lambda _: None
                workspace.pipeline().on_written = written.on_written
                summary = workspace.run_once(roots, options, on_captioned, retry=retry, again=again)
            if not context.json and summary.captioned <= _FEW_PHOTOS:
                for photo in workspace.catalog.photos(summary.captioned_ids):
                    say_captions(photo)
    report_run(summary, written)
    if summary.interrupted:
        raise typer.Exit(INTERRUPTED)
    if summary.failed or summary.refused:
        raise typer.Exit(SOME_FAILED)


@_takes_run_choices
def watch(*, choices: RunChoices) -> None:
    """Caption the watched folders and whatever appears in them, until stopped."""
    from blipdesk.services.workspace import Workspace

    stop = threading.Event()
    with errors_in_words(), Workspace.open(context.data_dir, start=False) as workspace:
        if not workspace.library.folders():
            raise UsageError("No folder is watched yet.", "Add one: blipdesk add FOLDER")
        workspace.use(workspace.options_of(choices))
        pipeline = workspace.pipeline()
        pipeline.on_failed = say_failed
        if context.json:
            pipeline.on_captioned = acknowledger(workspace)
            pipeline.on_written = Written().on_written
        else:
            workspace.events.subscribe(_Lines().on_event)
        with signals_call(stop.set):
            workspace.begin()
            while not stop.is_set():
                pipeline.wait(0.5)


class _Lines:
    """What the worker does, a line each time that it changes, on stderr."""

    def __init__(self) -> None:
        self._last = ""

    def on_event(self, event: CatalogChange | RunProgress) -> None:
        if not isinstance(event, RunProgress):
            return
        state = event.state.value.replace("_", " ")
        line = f"{state}: {event.done} of {event.total} {event.message}".rstrip()
        if event.writes_total:
            line = f"writing captions: {event.writes_done} of {event.writes_total}"
        if line != self._last:
            self._last = line
            console.print(plain(line))


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
    with errors_in_words(), Bar(context.json) as bar:
        result = run_demo(context.data_dir, bar.on_event)
    if context.json:
        say_json(result.record())
        raise typer.Exit(SOME_FAILED if result.failed else 0)
    out = stdout_console()
    table = Table(title="What BlipDesk did", box=None, pad_edge=False, title_justify="left")
    for title in ("Picture", "Caption", "Keywords", "Written", "How sure"):
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
