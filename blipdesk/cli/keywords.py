"""The keywords of the library: listed, renamed, merged, hidden, and taken back."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from blipdesk.cli.bars import Bar, signals_call
from blipdesk.cli.output import console, context, counted, errors_in_words, plain, say, say_json

app = typer.Typer(help="The keywords of the library: list, rename, merge, hide.", rich_markup_mode=None)
_Name = Annotated[str, typer.Argument(metavar="KEYWORD", help="A keyword; letter case does not count.")]


@app.callback(invoke_without_command=True)
def keywords(
    chosen: typer.Context,
    hidden: Annotated[bool, typer.Option("--hidden", help="Those that were hidden.")] = False,
) -> None:
    """List the keywords of the library, the most frequent first; rename, merge and hide them."""
    if chosen.invoked_subcommand is not None:
        return
    from blipdesk.services.workspace import Workspace

    with errors_in_words(), Workspace.read(context.data_dir) as workspace:
        found = workspace.keywords.hidden() if hidden else workspace.keywords.named("", 1_000_000)
        for name, count in found:
            if context.json:
                say_json({"keyword": name, "photos": count})
            else:
                say(f"{plain(name)}  {counted(count, 'photo')}")


@app.command()
def rename(
    name: _Name,
    new_name: Annotated[str, typer.Argument(metavar="NEW", help="Its new name, or another keyword.")],
) -> None:
    """Call a keyword otherwise in all photos, and in later captions; two of one name become one."""
    _perform("rename", {"renamed": name, "to": new_name}, name=name, new_name=new_name)


@app.command()
def undo(
    edit: Annotated[int, typer.Argument(metavar="NUMBER", help="What `keywords rename` said.")],
) -> None:
    """Take a renaming back, but for photos whose keywords were changed since."""
    _perform("undo", {"undone": edit}, edit=edit)


@app.command()
def hide(name: _Name) -> None:
    """Do not offer a keyword any more, and do not show it first; photos keep it."""
    _perform("hide", {"hidden": name}, name=name)


@app.command()
def show(name: _Name) -> None:
    """Offer a hidden keyword again."""
    _perform("show", {"shown": name}, name=name)


def _perform(what: str, told: dict[str, Any], **arguments: Any) -> None:
    from blipdesk.services.operations import perform

    with errors_in_words():
        with Bar(context.json, "Renaming") as bar, signals_call(bar.stop):
            result = perform(context.data_dir, "keyword", bar.on_progress, what=what, **arguments)
        if context.json:
            say_json(told | result)
        elif what == "rename":
            number = result["edit"]
            say(f"{plain(told['renamed'])} is called {plain(told['to'])} now.")
            say(f"blipdesk keywords undo {number} takes it back.")
        elif what == "undo":
            say(f"{counted(result['photos'], 'photo')} again as before.")
        else:
            say(f"{plain(arguments['name'])} is {'hidden' if what == 'hide' else 'shown again'}.")
        if result.get("left"):
            console.print(f"{counted(result['left'], 'photo')} left: they follow when BlipDesk runs.")
