"""Commands that ask a model about one photo: ask, explain."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from blipdesk.cli.output import console, context, errors_in_words, plain, say, say_json, stdout_console
from blipdesk.domain.choices import CHOICES, read_choices
from blipdesk.domain.errors import UsageError
from blipdesk.domain.paths import absolute_path

_PHOTO = typer.Argument(metavar="PHOTO", help="The photo's path.")


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands on the application."""
    for function in (ask, explain):
        app.command()(function)


def ask(
    photo: Annotated[str, _PHOTO],
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="A question about it.")],
    choices: Annotated[
        str | None,
        typer.Option(help=f"Only these answers, with commas between them; or {', '.join(CHOICES)}."),
    ] = None,
) -> None:
    """Ask about a photo; the answer is kept in its history."""
    from blipdesk.services.operations import perform

    with errors_in_words():
        arguments: dict[str, Any] = {"path": absolute_path(photo), "question": question}
        if choices is not None:
            _ask_closed(arguments, choices)
            return
        turn = perform(context.data_dir, "ask", **arguments)
        if context.json:
            say_json(turn)
            return
        say(plain(turn["answer"]))
        if left_out := turn["turns_left_out"]:
            console.print(f"The model was not told of the first {left_out} of the questions before.")


def _ask_closed(arguments: dict[str, Any], choices: str) -> None:
    from blipdesk.services.operations import perform

    turn = perform(context.data_dir, "choose", **arguments, choices=read_choices(choices))
    if context.json:
        say_json(turn)
        return
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(overflow="fold")
    table.add_column(justify="right")
    for choice in turn["choices"]:
        table.add_row(plain(choice["text"]), f"{100 * choice['probability']:.1f} %")
    stdout_console().print(table)


def explain(
    photo: Annotated[str, _PHOTO],
    word: Annotated[str, typer.Option(help="A word of the caption; without it, all of them.")] = "",
    text: Annotated[str, typer.Option(help="Other words than the photo's caption.")] = "",
    out: Annotated[
        Path | None, typer.Option(help="Draw where --word is seen: a PNG file, made or replaced.")
    ] = None,
) -> None:
    """Say, or draw, where in a photo the words of its caption are seen."""
    from blipdesk.services.operations import perform

    with errors_in_words():
        if out is not None and not word:
            raise UsageError("A heat map shows one word.", "Say which: --word WORD.")
        seen = perform(
            context.data_dir, "explain", path=absolute_path(photo), word=word, text=text, draw=out is not None
        )
        png = seen.pop("png", "")
        if out is not None:
            try:
                out.write_bytes(base64.b64decode(png))
            except OSError as error:
                raise UsageError(f"{out} cannot be written ({error.strerror or error}).") from error
        if context.json:
            say_json(seen | {"out": absolute_path(str(out))} if out is not None else seen)
            return
    match = seen["match"]
    say(plain(seen["text"]))
    figures = f"ITM {match['itm']:.3f}, ITC {match['itc']:.3f}, margin {match['margin']:.1f}"
    say(f"Fits: {match['sureness']} ({figures})")
    for each in seen["words"]:
        x, y = f"{100 * each['x']:.0f} %", f"{100 * each['y']:.0f} %"
        say(f"{plain(each['word'])}: {each['place']} ({x} from the left, {y} from the top)")
    if out is not None:
        say(f"Drawn: {plain(str(out))}")
