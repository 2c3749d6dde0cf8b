"""The typer application with every command, and the entry that app.py calls."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from blipdesk import __version__
from blipdesk.cli import asking, asking_many, bench, caption, keywords, library, models, searching, writing
from blipdesk.cli.output import INTERRUPTED, context, errors_in_words
from blipdesk.domain.paths import absolute_path

app = typer.Typer(
    name="blipdesk",
    help="Captions a photo library with BLIP on this computer and makes it searchable. "
    "Without a command, the window opens.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
caption.add_commands(app)
writing.add_commands(app)
asking.add_commands(app)
asking_many.add_commands(app)
library.add_commands(app)
searching.add_commands(app)
app.add_typer(keywords.app, name="keywords")
app.add_typer(models.app, name="models")
app.add_typer(bench.app, name="bench")

# Options whose next argument is a value, which may look like a global option.
_VALUE_OPTIONS = frozenset(
    {
        "--caption", "--add-keyword", "--remove-keyword", "--prompt", "--from", "--model", "--match-model",
        "--choices", "--word", "--text", "--out", "--since", "--similar",
    }
)  # fmt: skip


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"BlipDesk {__version__}")
        raise typer.Exit


@app.callback()
def global_options(
    data_dir: Annotated[
        str | None,
        typer.Option(metavar="DIR", envvar="BLIPDESK_DATA_DIR", help="Where the catalog and the models lie."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Machine-readable result on stdout.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Options of every command; they may also stand behind the command's name."""
    context.json = json
    if data_dir is not None:
        with errors_in_words():
            context.data_dir = Path(absolute_path(data_dir))


def hoist_global_options(arguments: Sequence[str]) -> list[str]:
    """Move ``--json`` and ``--data-dir DIR`` before the command's name, wherever they were typed.

    >>> hoist_global_options(["search", "dog", "--json", "--data-dir", "x"])
    ['--json', '--data-dir', 'x', 'search', 'dog']
    """
    front: list[str] = []
    rest: list[str] = []
    index = 0
    while index < len(arguments):
        argument = arguments[index]
        if argument == "--":
            rest += arguments[index:]
            break
        if rest and rest[-1] in _VALUE_OPTIONS:
            rest.append(argument)
        elif argument == "--json" or argument.startswith("--data-dir="):
            front.append(argument)
        elif argument == "--data-dir" and index + 1 < len(arguments):
            front += [argument, arguments[index + 1]]
            index += 1
        else:
            rest.append(argument)
        index += 1
    return front + rest


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit status."""
    try:
        result = app(hoist_global_options(arguments), standalone_mode=False)
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except typer.TyperException as error:
        sys.stderr.write(f"blipdesk: {error.format_message()}\n")
        return 2
    return result if isinstance(result, int) else 0
