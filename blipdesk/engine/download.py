"""A checkpoint from a model hub: downloaded by a process of its own, tried, and then in its place at once.

While it arrives it lies in a hidden folder (``.KEY.part``) that nothing takes for a model; an interrupted
download goes on from there.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from blipdesk.domain.children import child_environment, python_command
from blipdesk.domain.errors import Cancelled, ModelError, UsageError
from blipdesk.domain.jobs import ModelInfo
from blipdesk.domain.models import DownloadOffer, DownloadPhase, DownloadProgress
from blipdesk.domain.ports import CancelToken
from blipdesk.domain.wording import later
from blipdesk.engine import registry
from blipdesk.engine.checkpoints import is_key, read_checkpoint
from blipdesk.engine.fetch import Fetched
from blipdesk.engine.fitting import find_room
from blipdesk.engine.hub_words import KEPT
from blipdesk.engine.installed import describe
from blipdesk.engine.json_files import read_json
from blipdesk.engine.manifest import MANIFEST, has_agreed_code, write_manifest
from blipdesk.engine.names import did_you_mean, typed_name
from blipdesk.engine.places import FETCH_LOCK, locked, part_folder
from blipdesk.engine.process import TalkingProcess
from blipdesk.engine.protocol import Message
from blipdesk.engine.registry import ModelSpec
from blipdesk.engine.trial import try_checkpoint

_log = logging.getLogger("blipdesk.engine.hub_child")

ENVIRONMENT = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_XET": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
}
"""For the download's process: nothing is told or sent that a download does not need."""
_POLL = 0.1
"""How often the cancel token is asked, seconds."""
_KEPT = later(
    "Its files are kept: another try does not download them again, removing the model deletes them."
)
_REPO = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}")

OnProgress = Callable[[DownloadProgress], None]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a name given by the person means."""

    key: str
    repo: str
    revision: str
    spec: ModelSpec | None
    allow_code: bool

    @property
    def title(self) -> str:
        return self.spec.title if self.spec else self.repo


def download_model(
    name: str,
    models_dir: Path,
    on_progress: OnProgress,
    cancel: CancelToken,
    *,
    allow_code: bool = False,
) -> ModelInfo:
    """Download a checkpoint; it appears whole, checked and tried, or not at all.

    Args:
        name: a key of the registry, or ``owner/name`` or the page of a repository.
        models_dir: where checkpoints lie; made where it is not there.
        on_progress: told the phases, the offer (licence and size) before the weights come, and the bytes.
        cancel: asked ten times a second.
        allow_code: the person agreed to run the program code that the checkpoint may bring along.

    Raises:
        UsageError: the name can be that of no model.
        ModelError: not at the hub, offline, refused, broken off, damaged, no space, or it does not run.
        Cancelled: the token was set; what has come is kept.
    """
    wanted = _wanted(name, allow_code)
    place = models_dir / wanted.key
    with locked(models_dir, wanted.key):
        if _is_there(wanted, place):
            on_progress(DownloadProgress(DownloadPhase.PRESENT))
            return describe(place, wanted.key, wanted.spec)
        folder = part_folder(models_dir, wanted.key)
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            fetched = _fetch(wanted, folder, on_progress, cancel)
            on_progress(DownloadProgress(DownloadPhase.TRYING, fetched.total_bytes, fetched.total_bytes))
            _settle(wanted, fetched, folder, place, cancel)
        except OSError as error:
            raise ModelError(
                later("The folder {models_dir} cannot be written: {reason}.").format(
                    models_dir=models_dir, reason=error.strerror or error
                ),
                KEPT,
            ) from error
        finally:
            _leave_nothing_empty(folder)
    on_progress(DownloadProgress(DownloadPhase.DONE, fetched.total_bytes, fetched.total_bytes))
    return describe(place, wanted.key, wanted.spec)


def _leave_nothing_empty(folder: Path) -> None:
    """Remove the folder of a download that brought nothing."""
    with contextlib.suppress(OSError):
        (folder / FETCH_LOCK).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        folder.rmdir()


def _wanted(typed: str, allow_code: bool) -> _Wanted:
    name = typed_name(typed)
    spec = registry.find_spec(name)
    if (spec is not None and spec.embedded) or name == registry.DEMO:
        raise ModelError(
            later("The demo models are part of the program."), later("There is nothing to download.")
        )
    if spec is not None:
        return _Wanted(spec.key, spec.repo, spec.revision, spec, allow_code)
    if not _REPO.fullmatch(name):
        near = did_you_mean(name, (spec.key for spec in registry.SPECS if not spec.embedded))
        raise UsageError(
            later("There is no model {typed} to download.").format(typed=repr(typed)),
            later("{near}blipdesk models list shows the names; any other: owner/name of its page.").format(
                near=near
            ),
        )
    owner, _, base = name.partition("/")
    key = base if registry.find_spec(base.lower()) is None else f"{base}-{owner}"
    if not is_key(key) or key in {registry.DEMO, "fake"}:
        key = f"model-{key}"[:100]
    return _Wanted(key, name, "", None, allow_code)


def _is_there(wanted: _Wanted, place: Path) -> bool:
    """Whether the wanted checkpoint is in its place, whole.

    Raises:
        ModelError: another repository's lies there under the same key.
    """
    if not (place / MANIFEST).is_file():
        return False
    try:
        facts = read_json(place / MANIFEST, wanted.key)
    except ModelError:
        return False
    if facts.get("repo", wanted.repo) != wanted.repo:
        raise ModelError(
            later("The model {key} on this computer is of {facts}.").format(
                key=wanted.key, facts=facts["repo"]
            ),
            later("Remove it first: blipdesk models remove {key}").format(key=wanted.key),
        )
    try:
        read_checkpoint(place, wanted.key, wanted.spec, has_agreed_code(place, wanted.key))
    except ModelError as error:
        _log.warning("%s is downloaded again: %s", wanted.key, error)
        return False
    # An imported one stays, whatever its revision: the person chose it.
    return "repo" not in facts or not wanted.revision or facts.get("revision") == wanted.revision


# ------------------------------------------------------------------------------------------- the process


def _fetch(wanted: _Wanted, folder: Path, on_progress: OnProgress, cancel: CancelToken) -> Fetched:
    """Let the child fetch it; ended when this ends."""
    progress = DownloadProgress(DownloadPhase.ASKING)
    on_progress(progress)
    with _child(wanted, folder) as messages:
        while True:
            if cancel.is_set():
                raise Cancelled
            try:
                message = messages.get(timeout=_POLL)
            except queue.Empty:
                continue
            if message is None:
                raise ModelError(later("The process of the download ended unexpectedly."), KEPT)
            if "error" in message:
                raise ModelError(message["error"]["message"], message["error"]["remedy"])
            if "fetched" in message:
                return Fetched(**message["fetched"])
            if "begun" in message:
                begun = Fetched(**message["begun"])
                progress = DownloadProgress(
                    DownloadPhase.DOWNLOADING, begun.kept_bytes, begun.total_bytes, "", _offer(wanted, begun)
                )
            else:
                progress = replace(progress, done_bytes=message["done"], note=message["note"])
            on_progress(progress)


def _offer(wanted: _Wanted, begun: Fetched) -> DownloadOffer:
    return DownloadOffer(
        key=wanted.key,
        title=wanted.title,
        repo=begun.repo,
        revision=begun.revision,
        licence=wanted.spec.licence if wanted.spec else begun.licence or "not said",
        page=_page(begun.repo),
        total_bytes=begun.total_bytes,
        kept_bytes=begun.kept_bytes,
        fits=find_room().fits(wanted.spec.memory, wanted.spec.family) if wanted.spec else "",
    )


def _page(repo: str) -> str:
    endpoint = os.environ.get("HF_ENDPOINT") or "https://huggingface.co"
    return f"{endpoint.rstrip('/')}/{repo}"


@contextlib.contextmanager
def _child(wanted: _Wanted, folder: Path) -> Iterator[queue.SimpleQueue[Message | None]]:
    """The process and what it says; None: it says no more."""
    command = python_command("blipdesk.engine.hub_child", "--hub-child")
    command += ["--repo", wanted.repo, "--revision", wanted.revision, "--folder", str(folder)]
    command += ["--allow-code"] if wanted.allow_code else []
    try:
        process = TalkingProcess("hub", command, {**child_environment(), **ENVIRONMENT}, _log)
    except OSError as error:
        raise ModelError(
            later("The download cannot be started: {strerror}.").format(strerror=error.strerror)
        ) from error
    try:
        yield process.replies
    finally:
        process.bury()  # it has nothing to finish: what it has written stays


# --------------------------------------------------------------------------------------------- its place


def _settle(wanted: _Wanted, fetched: Fetched, folder: Path, place: Path, cancel: CancelToken) -> None:
    """Try the model, write down what it is, and put it in its place at once."""
    checkpoint = read_checkpoint(folder, wanted.key, wanted.spec, wanted.allow_code)
    try:
        try_checkpoint(checkpoint, cancel, allow_code=wanted.allow_code)
    except ModelError as error:
        raise ModelError(
            error.message,
            f"{error.remedy} {_KEPT}".strip(),
        ) from error
    (folder / FETCH_LOCK).unlink(missing_ok=True)
    write_manifest(
        folder,
        allow_code=wanted.allow_code,
        source=_page(fetched.repo),
        repo=fetched.repo,
        revision=fetched.revision,
        licence=fetched.licence,
    )
    if place.is_dir():
        shutil.rmtree(place)  # a damaged or an older one: the whole new one lies beside it
    os.replace(folder, place)
