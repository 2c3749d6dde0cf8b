"""One question to many photos, on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from blipdesk.cli.bars import Bar, signals_call
from blipdesk.cli.output import (
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
from blipdesk.domain.choices import read_choices
from blipdesk.domain.errors import UsageError


def add_commands(app: typer.Typer) -> None:
    """Put this module's command on the application."""
    app.command()(asked)


def ask_found(
    query: str, question: str, choices: str | None, model: str | None, *, again: bool, limit: int | None
) -> None:
    """Ask every photo of a query, and say what was answered.

    Raises:
        KnownError: nothing is found, or the answers cannot come.
        typer.Exit: some photos have no answer, or the waiting was ended.
    """
    from blipdesk.services.operations import perform

    arguments: dict[str, Any] = {
        "query": query,
        "question": question,
        "choices": read_choices(choices) if choices is not None else [],
        "model": model,
        "again": again,
        "limit": limit,
    }
    with Bar(context.json, "Asking") as bar, signals_call(bar.stop):
        done = perform(context.data_dir, "ask_many", bar.on_progress, **arguments)
    failed = Grouped()
    for photo in done["photos"]:
        if photo["error"]:
            failed.add(photo["path"], photo["error"])
    if context.json:
        for photo in done["photos"]:
            say_json(photo)
    else:
        _say_groups(done["groups"])
        failed.say("Without an answer")
        if done["model"]:
            console.print(plain(f"Model: {done['model']}"))
    if done["stopped"]:
        left = counted(done["waiting"], "photo")
        console.print(
            f"{left} left: asked when BlipDesk runs. blipdesk asked {done['run']} shows the answers."
        )
        raise typer.Exit(INTERRUPTED)
    if len(failed):
        raise typer.Exit(SOME_FAILED)


def _say_groups(groups: list[dict[str, Any]]) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(overflow="fold")
    table.add_column(justify="right")
    table.add_column(justify="right")
    for group in groups:
        table.add_row(plain(group["answer"]), f"{group['count']:,}", f"{100 * group['share']:.0f} %")
    stdout_console().print(table)


def asked(
    run: Annotated[
        int | None, typer.Argument(metavar="[NUMBER]", help="Of one question: its answers, photo by photo.")
    ] = None,
    export: Annotated[
        Path | None, typer.Option(help="Write the answers there: CSV, or JSON lines where it ends in .jsonl.")
    ] = None,
) -> None:
    """List the questions that were put to many photos, or the answers to one."""
    from dataclasses import asdict

    from blipdesk.services.workspace import Workspace

    with errors_in_words(), Workspace.read(context.data_dir) as workspace:
        many = workspace.asking_many
        if run is None and export is not None:
            raise UsageError(
                "An export is of one question.", "Say which: blipdesk asked lists their numbers."
            )
        if run is None:
            for each in many.runs():
                state = f"{each.done:,} of {each.total:,}, {each.state.value}"
                if context.json:
                    say_json(asdict(each))
                else:
                    say(plain(f"{each.id}  {each.question}  ({state})"))
            return
        if export is not None:
            say(plain(f"{counted(many.export(run, export), 'photo')} written to {export}"))
            return
        for photo in many.records(run):
            if context.json:
                say_json(photo)
            else:
                say(plain(f"{photo['path']}: {photo['answer'] or photo['error'] or photo['state']}"))
