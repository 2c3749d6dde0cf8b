"""Commands on the library: folders, edit, export, import."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, TextIO

import typer

from blipdesk.cli.bars import Bar, signals_call
from blipdesk.cli.output import (
    SOME_FAILED,
    Grouped,
    console,
    context,
    counted,
    errors_in_words,
    plain,
    say,
    say_json,
)
from blipdesk.domain.errors import UsageError
from blipdesk.domain.paths import absolute_path


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands on the application."""
    for function in (add, folders, remove, edit, export):
        app.command()(function)
    app.command("import")(import_)


def add(paths: Annotated[list[str], typer.Argument(metavar="FOLDER", help="Folders to watch.")]) -> None:
    """Watch folders: their photos, and those that appear later, are captioned."""
    from blipdesk.services.operations import perform

    with errors_in_words():
        added = perform(context.data_dir, "add", paths=[absolute_path(path) for path in paths])
        if context.json:
            say_json({"folders": added})
        else:
            for path in added:
                say(f"Watching {plain(path)}")


def folders() -> None:
    """List the watched folders."""
    from blipdesk.services.workspace import Workspace

    with errors_in_words(), Workspace.read(context.data_dir) as workspace:
        listed = workspace.library.folders()
        if context.json:
            say_json(
                [
                    {"path": f.path, "state": f.state.value, "photos": f.photo_count, "note": f.message}
                    for f in listed
                ]
            )
            return
        if not listed:
            say("No folder is watched yet: blipdesk add FOLDER")
        for folder in listed:
            state = (
                f"({counted(folder.photo_count, 'photo')}, {folder.state.value}) {folder.message}".rstrip()
            )
            say(f"{plain(folder.path)}  {state}")


def remove(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A watched folder.")],
    forget: Annotated[
        bool, typer.Option("--forget", help="Also delete its photos' captions, keywords and questions.")
    ] = False,
) -> None:
    """Stop watching a folder; its photos' texts are kept unless --forget."""
    from blipdesk.services.operations import perform

    with errors_in_words():
        path = perform(context.data_dir, "remove", path=absolute_path(folder), forget=forget)
        if context.json:
            say_json({"removed": path, "forgotten": forget})
        else:
            texts = "deleted" if forget else "kept"
            say(f"No longer watching {plain(path)}; its photos' texts are {texts}.")


def edit(
    photo: Annotated[str, typer.Argument(metavar="PHOTO", help="The photo's path.")],
    caption: Annotated[str | None, typer.Option(help="Your own caption; an empty one takes it off.")] = None,
    add_keyword: Annotated[list[str] | None, typer.Option(help="A keyword to add (repeatable).")] = None,
    remove_keyword: Annotated[
        list[str] | None, typer.Option(help="A keyword to take off (repeatable).")
    ] = None,
    looks_right: Annotated[
        bool, typer.Option("--looks-right", help="The model's caption is right: it needs no review.")
    ] = False,
    favourite: Annotated[
        bool | None, typer.Option("--favourite/--no-favourite", help="One of your favourites, or no more.")
    ] = None,
) -> None:
    """Edit a photo's caption, keywords and star; no run ever replaces what you wrote."""
    from blipdesk.services.operations import perform

    with errors_in_words():
        keywords = add_keyword or remove_keyword
        if caption is None and not keywords and not looks_right and favourite is None:
            raise UsageError(
                "There is nothing to edit.",
                "Use --caption, --add-keyword, --remove-keyword, --looks-right or --favourite.",
            )
        result = perform(
            context.data_dir,
            "edit",
            path=absolute_path(photo),
            caption=caption,
            add=add_keyword or [],
            remove=remove_keyword or [],
            looks_right=looks_right,
            favourite=favourite,
        )
        if context.json:
            say_json(result)
        else:
            say(f"{plain(result['path'])}: {plain(result['caption'] or '(no caption)')}")
            say("Keywords: " + plain(", ".join(result["keywords"]) or "none"))
            if favourite is not None:
                say("A favourite" if result["favourite"] else "No favourite")


def export(
    format_: Annotated[str, typer.Option("--format", help="jsonl or csv.")] = "jsonl",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file instead of stdout.")] = None,
) -> None:
    """Write the whole catalog, one object a photo."""
    from blipdesk.services import exchange
    from blipdesk.services.workspace import Workspace

    with errors_in_words():
        writers = {"jsonl": exchange.write_jsonl, "csv": exchange.write_csv}
        if format_ not in writers:
            raise UsageError(f"There is no format {format_}.", "Use jsonl or csv.")
        with Workspace.read(context.data_dir) as workspace:
            if output is None:
                try:
                    writers[format_](workspace.catalog, _utf8(sys.stdout))
                    sys.stdout.flush()
                except BrokenPipeError:  # export | head: the reader has enough
                    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                return
            try:
                with output.open("w", encoding="utf-8", newline="" if format_ == "csv" else None) as out:
                    count = writers[format_](workspace.catalog, out)
            except OSError as error:
                raise UsageError(f"{output} cannot be written ({error.strerror}).") from error
            console.print(f"{counted(count, 'photo')} written to {plain(str(output))}")


def _utf8(stream: TextIO) -> TextIO:
    # A terminal or pipe in an ASCII locale must not make an export fail.
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


def import_(file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="What export wrote.")]) -> None:
    """Read records back in; one whose file is not there is kept as a missing photo."""
    from blipdesk.services import exchange
    from blipdesk.services.workspace import Workspace

    left_out = 0
    grouped = Grouped()

    def leave_out(left: exchange.LeftOut) -> None:
        nonlocal left_out
        left_out += 1
        if context.json:
            say_json(
                {
                    "not_imported": left.path,
                    "field": left.field,
                    "reason": left.reason,
                    "remedy": left.remedy,
                }
            )
        else:
            grouped.add(left.path, f"{left.reason} {left.remedy}")

    with errors_in_words(), Workspace.open(context.data_dir, start=False) as workspace:
        total, imported = exchange.import_jsonl(workspace.catalog, file, leave_out)
        with Bar(context.json) as bar, signals_call(workspace.cancel_run):
            workspace.events.subscribe(bar.on_event)
            workspace.read_by_meaning()
    if context.json:
        say_json({"imported": imported, "left_out": left_out})
    else:
        grouped.say(f"{counted(left_out, 'record')} not imported whole")
        say(f"{counted(imported, 'photo')} imported" + (f" of {total}." if imported < total else "."))
    if left_out:
        raise typer.Exit(SOME_FAILED)
