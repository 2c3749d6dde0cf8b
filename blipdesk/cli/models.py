"""``blipdesk models``: the checkpoints on this computer."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from blipdesk.cli.output import context, errors_in_words, plain, say, say_json, stdout_console
from blipdesk.domain.jobs import ModelInfo

app = typer.Typer(help="The models on this computer.", invoke_without_command=True, rich_markup_mode=None)


@app.callback()
def models(ctx: typer.Context) -> None:
    """List the models when nothing else is asked."""
    if ctx.invoked_subcommand is None:
        list_()


def _record(model: ModelInfo) -> dict[str, object]:
    return {
        "key": model.key,
        "title": model.title,
        "tasks": list(model.tasks),
        "installed": model.installed,
        "size_bytes": model.size_bytes,
        "licence": model.licence,
        "path": model.path,
        "note": model.note,
    }


@app.command("list")
def list_() -> None:
    """List the models that are installed, and those that are known."""
    from blipdesk.services.models import ModelService

    with errors_in_words():
        listed = ModelService(context.data_dir).list()
        if context.json:
            say_json([_record(model) for model in listed])
            return
        table = Table(box=None, pad_edge=False)
        for title in ("Model", "Does", "Size", "Licence", "State"):
            table.add_column(title)
        for model in listed:
            state = "installed" if model.installed else "not installed"
            table.add_row(
                plain(model.key),
                ", ".join(model.tasks),
                f"{model.size_bytes / 1e6:,.0f} MB",
                model.licence,
                state,
            )
        stdout_console().print(table)


@app.command("import")
def import_(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A folder that holds a checkpoint.")],
) -> None:
    """Take a checkpoint folder in (copied and checked)."""
    from blipdesk.services.models import ModelService

    with errors_in_words():
        model = ModelService(context.data_dir).import_folder(folder)
        if context.json:
            say_json(_record(model))
        else:
            say(f"Imported {plain(model.key)}. Use it: blipdesk caption --model {plain(model.key)}")


@app.command()
def remove(key: Annotated[str, typer.Argument(metavar="KEY", help="A model's key.")]) -> None:
    """Delete an imported model."""
    from blipdesk.services.models import ModelService

    with errors_in_words():
        ModelService(context.data_dir).remove(key)
        if context.json:
            say_json({"removed": key})
        else:
            say(f"Removed {plain(key)}.")


@app.command()
def check(key: Annotated[str, typer.Argument(metavar="KEY", help="A model's key.")]) -> None:
    """Check a model's files, load it and caption a test picture."""
    from blipdesk.services.models import ModelService

    with errors_in_words():
        found = ModelService(context.data_dir).check(key)
        if context.json:
            say_json({"key": key, "ok": True, "message": found})
        else:
            say(plain(found))
