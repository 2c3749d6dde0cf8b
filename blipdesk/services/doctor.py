"""What this computer can do, what is wrong, and how to mend it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import KnownError
from blipdesk.domain.jobs import EngineInfo, EngineSettings
from blipdesk.domain.resources import find_resources
from blipdesk.domain.sizes import readable_size
from blipdesk.domain.values import FolderState
from blipdesk.engine import create_engine, speed
from blipdesk.engine.fitting import find_room
from blipdesk.engine.sentence_files import find_sentence_files
from blipdesk.services.demo import FOR_PHOTOS, UNDERSTANDS
from blipdesk.services.models import models_dir
from blipdesk.services.run_options import is_demo, key_of
from blipdesk.services.settings import Settings
from blipdesk.services.workspace import Workspace, may_hold_catalog

_MATCHER_FOR_PHOTOS = "For photos: blipdesk models download blip-itm-base-coco"

_LOW_DISK = 2 * 10**9
_LOW_MEMORY = 10**9


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, whether it is well, what was found, and how to mend it."""

    check: str
    ok: bool
    message: str
    remedy: str = ""


def examine(data_dir: Path) -> list[Finding]:
    """Look at resources, disk, catalog, folders and model; one finding each, never an exception."""
    findings = [_resources(), _disk(data_dir)]
    settings = Settings()
    if not may_hold_catalog(data_dir):
        findings.append(Finding("Catalog", True, f"none yet in {data_dir}", "Begin one: blipdesk add FOLDER"))
    else:
        findings += _damaged(data_dir)
        try:
            with Workspace.read(data_dir) as workspace:
                findings += _catalog(workspace)
                settings = workspace.settings.values
        except KnownError as error:
            findings.append(Finding("Catalog", False, error.message, error.remedy))
    engine = EngineSettings(settings.model, settings.device, settings.precision)
    return [*findings, _memory(), *_model(engine, data_dir)]


def _resources() -> Finding:
    try:
        resources = find_resources()
    except FileNotFoundError as error:
        return Finding("Program files", False, str(error))
    return Finding("Program files", True, f"complete, in {resources}")


def _disk(data_dir: Path) -> Finding:
    place = data_dir
    try:
        while not place.exists() and place != place.parent:
            place = place.parent
        free = shutil.disk_usage(place).free
        reason = "" if place.is_dir() and os.access(place, os.W_OK) else "no folder that may be written"
    except OSError as error:
        reason = error.strerror or str(error)
    if reason:
        return Finding(
            "Data folder", False, f"{data_dir} cannot be used ({reason}).", "Choose another with --data-dir."
        )
    ok = free > _LOW_DISK
    return Finding(
        "Disk", ok, f"{readable_size(free)} free for {data_dir}", "" if ok else "Make room on this disk."
    )


def _damaged(data_dir: Path) -> list[Finding]:
    """What was set aside is said until it is moved away: the catalog in its place is sound, and empty."""
    catalog = data_dir / "catalog.db"
    findings = []
    for path, backup in Catalog.damaged(data_dir):
        remedy = "There is no backup of it; its texts may still be recovered."
        if backup:
            remedy = (
                f"To restore its newest backup: close BlipDesk, move {catalog} (and {catalog.name}-wal, if "
                f"there) elsewhere, and copy {backup} to {catalog}."
            )
        remedy += " Once you no longer need the damaged one here, move it to another folder."
        findings.append(Finding("Catalog", False, f"a damaged one was set aside as {path}.", remedy))
    return findings


def _catalog(workspace: Workspace) -> list[Finding]:
    problems = workspace.catalog.check()
    left = problems and workspace.catalog.check()  # what it could not mend itself
    counts = workspace.library.counts()
    findings = [
        Finding(
            "Catalog",
            not problems,
            "; ".join(problems)
            or f"sound: {counts.total} photos, {counts.captioned} captioned, {counts.failed} unreadable "
            f"(SQLite {sqlite3.sqlite_version})",
            _mend(workspace.data_dir) if left else "",
        )
    ]
    for folder in workspace.library.folders():
        online = folder.state is FolderState.ONLINE
        state = "" if online else ", not there now"
        findings.append(
            Finding(
                "Folder",
                online,
                f"{folder.path}: {folder.photo_count} photos{state} {folder.message}".strip(),
                "" if online else "Connect its drive; nothing is lost.",
            )
        )
    return [*findings, *_meaning(workspace), *_pictures(workspace), *_journal(workspace)]


def _meaning(workspace: Workspace) -> list[Finding]:
    """Whether photos are found by what their captions mean."""
    try:
        find_sentence_files()
    except KnownError as error:
        return [Finding("Search by meaning", False, error.message, error.remedy)]
    so_far = workspace.catalog.vectors.so_far()
    told = f"the captions of {so_far.photos - so_far.unread:,} of {so_far.photos:,} photos are read"
    if not so_far.is_ready:
        told = "not prepared yet"
    later = so_far.unread or not so_far.is_ready
    remedy = "The rest is read while BlipDesk is open, or by: blipdesk caption" if later else ""
    return [Finding("Search by meaning", True, told, remedy)]


def _pictures(workspace: Workspace) -> list[Finding]:
    """Whether photos are found by what they show; nothing where no checking model ever looked at one."""
    model = workspace.catalog.pictures.model
    if not model.key:
        return []
    so_far, key = workspace.catalog.pictures.so_far(), key_of(model.key)
    told = f"{so_far.photos - so_far.unread:,} of {so_far.photos:,} pictures are read (by {key})"
    if not so_far.is_ready:
        told = "not prepared yet"
    remedy = ""
    if workspace.options.retrieval_engine is None:
        told = f"{told}, but there is no checking model now"
        remedy = "Choose one in the settings; blipdesk models list shows which there are."
    elif model.scale.is_measured and not model.scale.tells_apart:
        told = f"{told}, but not used: it cannot tell whose captions are whose"
        if is_demo(key):
            told, remedy = f"{told} ({key} {UNDERSTANDS})", _MATCHER_FOR_PHOTOS
    elif so_far.unread or not so_far.is_ready:
        remedy = "The rest is read while BlipDesk is open and has nothing else to do, or by: blipdesk watch"
    elif not model.scale.is_measured:
        told = f"{told}; they are used once five of these photos have captions that differ"
    if model.scale.tells_apart and so_far.is_ready and workspace.options.retrieval_engine is not None:
        told = f"{told}; photos are found by them"
    return [Finding("Search by pictures", True, told, remedy)]


def _journal(workspace: Workspace) -> list[Finding]:
    """What was written into files and can be taken back; nothing where nothing was written."""
    size = workspace.writing.journal_size()
    if not size.writes and not size.pruned:
        return []
    told = f"{size.writes} can be taken back, {readable_size(size.bytes)} are kept for that"
    if size.pruned:
        told += f"; {size.pruned} no longer: too old, or too many for the room that the settings give"
    return [Finding("Writes into files", True, told)]


def _mend(data_dir: Path) -> str:
    backups = data_dir / "backups"
    if backups.is_dir() and any(backups.iterdir()):
        return f"Restore a backup from {backups}."
    return "Save what can be read with blipdesk export, and import it into a new --data-dir."


def _memory() -> Finding:
    room = find_room()
    card = f", {readable_size(room.graphics)} on the graphics card" if room.graphics else ""
    ok = room.processor > _LOW_MEMORY
    remedy = "" if ok else "Close other programs: a model for photos takes 1 to 2 GB."
    return Finding("Memory", ok, f"{readable_size(room.processor)} free{card}", remedy)


def _model(settings: EngineSettings, data_dir: Path) -> list[Finding]:
    """What runs, how and why, how fast that is, and what would make it better."""
    place = models_dir(data_dir)
    engine = create_engine(settings, place)
    try:
        info = engine.load(settings)
    except KnownError as error:
        return [Finding("Model", False, error.message, error.remedy)]
    finally:
        engine.close()
    known = speed.read(place)
    how = f"{info.title} on {info.device}, {info.precision}{_why(info, settings, known)}"
    how = f"{how}, {info.batch_size} photos at once"
    finding = Finding("Model", True, how)
    if info.demo:
        finding = Finding("Model", True, f"{how}; it {UNDERSTANDS}.", FOR_PHOTOS)
    return [
        finding,
        *_speed(info, known),
        *_better(info),
    ]


def _why(info: EngineInfo, settings: EngineSettings, known: speed.Speed) -> str:
    """Why it runs in this precision, in brackets."""
    if settings.precision == info.precision:
        return " (as set)"
    if settings.precision != "auto":
        return f" ({settings.precision} was asked for, but did not run: the log says why)"
    if info.demo:
        return " (a demo model gains nothing from another)"
    choice = known.choice_of(_digest(info), info.precision)
    return f" ({choice.reason})" if choice else ""


def _speed(info: EngineInfo, known: speed.Speed) -> list[Finding]:
    if info.demo:
        return []
    rate = known.photos_per_second_of(_digest(info), info.device, info.precision)
    if rate is None:
        return [Finding("Speed", True, "not measured yet", "Measure it: blipdesk bench caption")]
    return [Finding("Speed", True, f"{rate:.1f} photos a second, 12 megapixels each")]


def _digest(info: EngineInfo) -> str:
    """The first digits of the checkpoint's digest, which the model key has."""
    return info.model_key.partition("@")[2].partition("/")[0]


def _better(info: EngineInfo) -> list[Finding]:
    """What to install so that it runs better: an NVIDIA card that torch cannot use, int8 for large models."""
    has_card = shutil.which("nvidia-smi") is not None
    if has_card and info.device == "cpu":
        build = version("torch").partition("+")[2]
        return [
            Finding(
                "Graphics card",
                True,
                f"there is an NVIDIA card that the installed torch ({build or 'no CUDA'}) does not use",
                "Captions come many times as fast with torch's CUDA build: see pytorch.org/get-started.",
            )
        ]
    if info.device == "cuda" and find_spec("bitsandbytes") is None:
        remedy = "For models larger than the card: pip install bitsandbytes"
        return [Finding("Graphics card", True, "in use; int8 is not installed", remedy)]
    return []
