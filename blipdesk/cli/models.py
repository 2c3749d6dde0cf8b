"""``blipdesk models``: the checkpoints on this computer."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.progress import TransferSpeedColumn as SpeedColumn

from blipdesk.cli.output import (
    SOME_FAILED,
    console,
    context,
    counted,
    errors_in_words,
    plain,
    say,
    say_json,
)
from blipdesk.domain.errors import KnownError
from blipdesk.domain.jobs import ModelInfo
from blipdesk.domain.models import DownloadOffer, DownloadPhase, DownloadProgress, ModelCheck
from blipdesk.domain.sizes import readable_size

app = typer.Typer(help="The models on this computer.", invoke_without_command=True, rich_markup_mode=None)

_LINE_EVERY = 1.0
"""Seconds between two lines of little progress with ``--json``."""
_LINE = 80
"""Characters shown of what a model said."""


AllowCode = Annotated[
    bool,
    typer.Option("--allow-code", help="Run the program code that it brings along; you trust its maker."),
]


@app.callback()
def models(ctx: typer.Context) -> None:
    """List the models when nothing else is asked."""
    if ctx.invoked_subcommand is None:
        list_()


@app.command("list")
def list_() -> None:
    """List the models that are installed, and those that are known."""
    from blipdesk.services.models import ModelService

    with errors_in_words():
        listed = ModelService(context.data_dir).list()
        if context.json:
            say_json([asdict(model) for model in listed])
            return
        _say_rows(listed, _photos())


def _say_rows(listed: Sequence[ModelInfo], photos: int) -> None:
    """Two lines a model: how it stands here, and what it is for."""
    rows = [
        (
            plain(model.key),
            ", ".join(model.tasks),
            readable_size(model.size_bytes) if model.size_bytes else "",
            _state(model),
            ", ".join(filter(None, (model.fits, _time(model, photos)))),
        )
        for model in listed
    ]
    widths = [max(map(len, column), default=0) for column in zip(*rows, strict=True)]
    for model, row in zip(listed, rows, strict=True):
        cells = [text.ljust(width) for text, width in zip(row, widths, strict=True)]
        say("  ".join(cells).rstrip())
        note = f"{model.note.rstrip('.')}. " if model.note else ""
        say(plain(f"    {note}Licence: {model.licence}"))


def _photos() -> int:
    """Photos in the catalog, 0 where there is none that can be read."""
    from blipdesk.services.workspace import Workspace, may_hold_catalog

    if not may_hold_catalog(context.data_dir):
        return 0
    try:
        with Workspace.read(context.data_dir) as workspace:
            return workspace.library.counts().total
    except KnownError:
        return 0


def _time(model: ModelInfo, photos: int) -> str:
    """How long captioning takes here, as far as this computer was measured."""
    if not model.photos_per_second:
        return ""
    if not photos:
        return f"about {_duration(1 / model.photos_per_second)} a photo"
    return f"about {_duration(photos / model.photos_per_second)} for your {counted(photos, 'photo')}"


def _duration(seconds: float) -> str:
    """A length of time in the unit that suits it.

    >>> _duration(0.26), _duration(40), _duration(600), _duration(9000), _duration(200000)
    ('0.3 s', '40 s', '10 min', '2.5 h', '2.3 days')
    """
    for unit, name, digits in ((86400.0, "days", 1), (3600.0, "h", 1), (60.0, "min", 0)):
        if seconds >= unit:
            return f"{seconds / unit:.{digits}f} {name}"
    return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"


def _state(model: ModelInfo) -> str:
    if model.installed:
        return f"installed ({model.revision[:7]})" if model.revision else "installed"
    if model.arrived_bytes:
        return f"{readable_size(model.arrived_bytes)} of it here"
    return "not installed"


@app.command()
def download(
    key: Annotated[
        str, typer.Argument(metavar="KEY", help="A key of models list, or owner/name of a page at the hub.")
    ],
    allow_code: AllowCode = False,
) -> None:
    """Download a model; an interrupted download goes on where it was."""
    from blipdesk.services.models import ModelService

    with errors_in_words(), _shown(key) as shown:
        model = ModelService(context.data_dir).download(key, shown, threading.Event(), allow_code=allow_code)
    if context.json:
        say_json(asdict(model))
    elif shown.was_there:
        say(f"{plain(model.key)} is on this computer already, whole{_at(model)}.")
    else:
        say(f"Downloaded {plain(model.key)}{_at(model)}. {_use(model)}")


def _at(model: ModelInfo) -> str:
    return f" (revision {model.revision[:12]})" if model.revision else ""


def _use(model: ModelInfo) -> str:
    command = (
        "caption --model"
        if "caption" in model.tasks
        else "ask PHOTO QUESTION --model"
        if "answer" in model.tasks
        else "explain PHOTO --match-model"
    )
    return f"Use it: blipdesk {command} {plain(model.key)}; or choose it in the window's settings."


class _Shown:
    """Shows a download: one bar over all its files, or JSON lines."""

    def __init__(self, key: str, bar: Progress) -> None:
        self.was_there = False
        self._key = key
        self._bar = bar
        self._task = bar.add_task("asking", total=None, visible=False)
        self._phase: DownloadPhase | None = None
        self._last = 0.0
        self._said = 0

    def __call__(self, progress: DownloadProgress) -> None:
        """Show how far it is."""
        is_new = progress.phase is not self._phase
        if is_new and progress.offer is not None:
            self._say_offer(progress.offer)
            self._bar.reset(self._task, completed=progress.done_bytes, total=progress.total_bytes)
        self._phase = progress.phase
        self.was_there = progress.phase is DownloadPhase.PRESENT
        if context.json:
            now = time.monotonic()
            is_much = abs(progress.done_bytes - self._said) * 100 >= progress.total_bytes
            if is_new or is_much or now - self._last >= _LINE_EVERY:
                self._last, self._said = now, progress.done_bytes
                line = {"done_bytes": progress.done_bytes, "total_bytes": progress.total_bytes}
                say_json({"download": self._key, "phase": progress.phase, **line, "note": progress.note})
            return
        trying = progress.phase is DownloadPhase.TRYING
        self._bar.update(
            self._task,
            description=plain(progress.note) or ("trying it" if trying else progress.phase.value),
            total=progress.total_bytes or None,
            completed=progress.done_bytes,
            visible=not self.was_there,
        )

    def _say_offer(self, offer: DownloadOffer) -> None:
        if context.json:
            say_json({"offer": asdict(offer)})
            return
        kept = f", {readable_size(offer.kept_bytes)} of it here already" if offer.kept_bytes else ""
        source = f"revision {offer.revision[:12]} of {offer.repo}"
        self._bar.console.print(plain(f"{offer.title}: {readable_size(offer.total_bytes)}{kept}, {source}"))
        self._bar.console.print(plain(f"Licence: {offer.licence}, see {offer.page}"))
        if offer.fits.startswith("too large"):
            self._bar.console.print(plain(f"It is {offer.fits}."))


@contextmanager
def _shown(key: str) -> Iterator[_Shown]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        SpeedColumn(),
        TimeRemainingColumn(),
    )
    try:
        is_hidden = context.json or not console.is_terminal
        with Progress(*columns, console=console, transient=True, disable=is_hidden) as bar:
            yield _Shown(key, bar)
    except KeyboardInterrupt:
        console.print("Stopped. What has come is kept: the same command goes on from there.")
        raise


@app.command("import")
def import_(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A folder that holds a checkpoint.")],
    allow_code: AllowCode = False,
) -> None:
    """Take a checkpoint folder in (copied and checked)."""
    from blipdesk.services.models import ModelService

    with errors_in_words():
        model = ModelService(context.data_dir).import_folder(folder, allow_code=allow_code)
        if context.json:
            say_json(asdict(model))
        else:
            say(f"Imported {plain(model.key)}. {_use(model)}")


@app.command()
def remove(key: Annotated[str, typer.Argument(metavar="KEY", help="A model's key.")]) -> None:
    """Delete a model, or what an interrupted download left of it."""
    from blipdesk.services.models import ModelService

    with errors_in_words():
        ModelService(context.data_dir).remove(key)
        if context.json:
            say_json({"removed": key})
        else:
            say(f"Removed {plain(key)}.")


@app.command()
def check(
    key: Annotated[str, typer.Argument(metavar="KEY", help="A model's key, or a checkpoint folder.")],
    allow_code: AllowCode = False,
) -> None:
    """Check a model's files, load it and try it on a test picture."""
    from blipdesk.services.models import ModelService

    with errors_in_words():
        checks = ModelService(context.data_dir).check(key, allow_code=allow_code)
        for found in checks:
            if context.json:
                say_json({"ok": all(tried.makes_sense for tried in found.tried), **asdict(found)})
            else:
                _say_check(found)
    if not all(tried.makes_sense for found in checks for tried in found.tried):
        raise typer.Exit(SOME_FAILED)


def _say_check(found: ModelCheck) -> None:
    """Two lines: how it runs, and what it said."""
    fine = ", ".join(tried.task for tried in found.tried if tried.makes_sense)
    senseless = ", ".join(tried.task for tried in found.tried if not tried.makes_sense)
    verdict = [f"works ({fine})"] if fine else []
    verdict += [f"says nothing sensible ({senseless})"] if senseless else []
    rate = f", {found.photos_per_second:.2f} a second in batches" if found.photos_per_second else ""
    say(
        plain(
            f"{found.title}: files whole, loads in {found.load_seconds:.1f} s, {', but '.join(verdict)}:"
            f" {found.photo_seconds:.2f} s for one photo{rate}"
            f" ({found.device}, {found.precision}, {found.image_size} px, weights {found.digest})"
        )
    )
    said = "; ".join(f"{tried.task}: {_shortened(tried.said) or 'nothing'}" for tried in found.tried)
    say(plain(f"    Of a drawn picture it says: {said}"))


def _shortened(text: str) -> str:
    """One line, no longer than a caption."""
    line = " ".join(text.split())
    return line if len(line) <= _LINE else line[: _LINE - 1] + "…"
