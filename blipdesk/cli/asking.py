"""Commands that ask a model about one photo: ask, explain."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from blipdesk.cli.asking_many import ask_found
from blipdesk.cli.output import console, context, errors_in_words, plain, say, say_json, stdout_console
from blipdesk.domain.choices import CHOICES, read_choices
from blipdesk.domain.errors import UsageError
from blipdesk.domain.paths import absolute_path
from blipdesk.services.demo import UNDERSTANDS

_PHOTO = typer.Argument(metavar="PHOTO", help="The photo's path.")


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands on the application."""
    for function in (ask, explain):
        app.command()(function)


def ask(
    photo: Annotated[str, typer.Argument(metavar="PHOTO", help="Its path; with --many a query.")],
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="A question about it.")],
    choices: Annotated[
        str | None,
        typer.Option(help=f"Only these answers, with commas between them; or {', '.join(CHOICES)}."),
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Who answers: a model's key or a checkpoint folder.")
    ] = None,
    new: Annotated[
        bool,
        typer.Option("--new", help="Begin a new conversation: no model is told again of what was before."),
    ] = False,
    many: Annotated[bool, typer.Option("--many", help="Ask every photo of a query.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="With --many: also where this model has answered before.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="With --many: so many photos at most.")] = None,
) -> None:
    """Ask about a photo, or every photo of a query; the answers are kept in their histories."""
    from blipdesk.services.operations import perform

    with errors_in_words():
        if many:
            ask_found(photo, question, choices, _place(model), again=again, limit=limit)
            return
        arguments: dict[str, Any] = {"path": absolute_path(photo), "question": question}
        arguments |= {"model": _place(model), "new": new}
        if choices is not None:
            _ask_closed(arguments, choices)
            return
        turn = perform(context.data_dir, "ask", **arguments)
        if context.json:
            say_json(turn)
            return
        say(plain(turn["answer"]))
        if (left_out := turn["turns_left_out"]) and not turn["one_at_a_time"]:
            console.print(f"The model was not told of the first {left_out} of the questions before.")
        _say_model(turn)


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
    if turn["unlikely"]:
        console.print("The model would hardly say any of these by itself: the figures only compare them.")
    _say_model(turn)


def _place(model: str | None) -> str | None:
    """A folder's whole path: a running BlipDesk may stand elsewhere."""
    return absolute_path(model) if model is not None and os.path.isdir(model) else model


def _say_model(said: dict[str, Any]) -> None:
    """Which model spoke, and of what where that is not the whole photo, for people, beside its words."""
    if said["damaged"]:
        console.print("The photo could be read only in part: the model looked at what is left.")
    note = f", which {UNDERSTANDS}" if said["demo"] else ""
    console.print(plain(f"Model: {said['model']}{note}"))


def explain(
    photo: Annotated[str, _PHOTO],
    word: Annotated[
        str, typer.Option(help='A word of the caption, wherever it stands; without it, all but "a", "in"...')
    ] = "",
    text: Annotated[str, typer.Option(help="Other words than the photo's caption.")] = "",
    out: Annotated[
        Path | None, typer.Option(help="Draw where --word is seen: a new PNG file, or an earlier map.")
    ] = None,
    match_model: Annotated[
        str | None, typer.Option(help="Who looks: auto, a model's key or a checkpoint folder.")
    ] = None,
) -> None:
    """Say, or draw, where in a photo the words of its caption are seen."""
    from blipdesk.services.explaining import check_map_path, write_map
    from blipdesk.services.operations import perform

    with errors_in_words():
        if out is not None:
            if not word:
                raise UsageError("A heat map shows one word.", "Say which: --word WORD.")
            check_map_path(str(out))
        seen = perform(
            context.data_dir,
            "explain",
            path=absolute_path(photo),
            word=word,
            text=text,
            draw=out is not None,
            match_model=_place(match_model),
        )
        png = seen.pop("png", "")
        if out is not None:
            write_map(str(out), base64.b64decode(png))
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
    if seen["unread"]:
        console.print(plain(f"The text is too long for the model, which did not read: {seen['unread']}"))
    _say_model(seen)
