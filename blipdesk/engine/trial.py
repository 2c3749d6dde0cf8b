"""A checkpoint tried: loaded once in a process of its own, which is gone afterwards with all its memory."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

from blipdesk.domain.jobs import CaptionOptions, EngineInfo, EngineSettings, PixelImage
from blipdesk.domain.models import ModelCheck, Tried
from blipdesk.domain.ports import CancelToken
from blipdesk.domain.wording import later
from blipdesk.engine import registry
from blipdesk.engine.canary import pictures
from blipdesk.engine.checkpoints import Checkpoint
from blipdesk.engine.client import EngineClient
from blipdesk.engine.text import is_senseless_answer

_POLL = 0.1
_BATCH = 8
"""Photos of the batch that is timed; more take a large model minutes."""
_FITTING = "a red house on a meadow"
_NEVER = threading.Event()


def try_checkpoint(checkpoint: Checkpoint, cancel: CancelToken = _NEVER, *, allow_code: bool = False) -> None:
    """Load it, with the canary, and give it one picture.

    Args:
        checkpoint: to be tried.
        cancel: asked while it loads and runs.
        allow_code: the person agreed to run the program code that it brings along.

    Raises:
        ModelError: it does not load or run, or its weights are of something else.
        Cancelled: the token was set.
    """
    client, task = EngineClient(), checkpoint.tasks[0]
    with _closed_on(cancel, client):
        info = _load(client, task, EngineSettings(model=str(checkpoint.path), allow_code=allow_code))
        _use(client, task, _drawn(info)[0], cancel)


def measure_checkpoint(checkpoint: Checkpoint, cancel: CancelToken = _NEVER) -> ModelCheck:
    """Load it, and see how long that takes, what it says at each of its tasks, and how fast it captions.

    Its code, where it brings some, is agreed to: it would not have been opened otherwise.

    Raises:
        ModelError: it does not load or run, or its weights are of something else.
        Cancelled: the token was set.
    """
    client = EngineClient()
    settings = EngineSettings(model=str(checkpoint.path), allow_code=True)
    first, *others = checkpoint.tasks
    with _closed_on(cancel, client):
        began = time.monotonic()
        info = _load(client, first, settings)
        loaded = time.monotonic()
        drawn = _drawn(info)
        tried = [_use(client, first, drawn[0], cancel)]
        used = time.monotonic()
        rate = None
        if first == registry.CAPTION:
            count = min(info.batch_size, _BATCH)
            client.caption([_moved(drawn[0], rows) for rows in range(1, count + 1)], CaptionOptions(), cancel)
            rate = count / (time.monotonic() - used)
        for task in others:
            _load(client, task, settings)
            tried.append(_use(client, task, drawn[0], cancel))
        # One picture may be too plain for a model.
        tried = [one if one.makes_sense else _use(client, one.task, drawn[1], cancel) for one in tried]
    return ModelCheck(
        key=checkpoint.key,
        title=checkpoint.title,
        tried=tuple(tried),
        device=info.device,
        precision=info.precision,
        image_size=info.image_size,
        digest=checkpoint.digest[:8],
        load_seconds=loaded - began,
        photo_seconds=used - loaded,
        photos_per_second=rate,
    )


def _load(client: EngineClient, task: str, settings: EngineSettings) -> EngineInfo:
    if task == registry.CAPTION:
        return client.load(settings)
    if task == registry.ANSWER:
        return client.answer_info(settings)
    return client.retrieval_info(settings)


def _use(client: EngineClient, task: str, picture: PixelImage, cancel: CancelToken) -> Tried:
    if task == registry.CAPTION:
        (result,) = client.caption([picture], CaptionOptions(), cancel)
        return Tried(task, result.text or result.raw_text, bool(result.text))
    if task == registry.ANSWER:
        answer = client.answer(picture, "what is this?", lambda text: None, cancel).text
        return Tried(task, answer, not is_senseless_answer(answer))
    (score,) = client.score([picture], [_FITTING], cancel)
    if score is None:
        return Tried(task, "", makes_sense=False)
    said = later("“{words}” fits to {share} %").format(words=_FITTING, share=round(100 * score.itm))
    return Tried(task, said, makes_sense=True)


def _drawn(info: EngineInfo) -> tuple[PixelImage, PixelImage]:
    """The canary's red house, and its sky over sand: neither flat, for which models say odd things."""
    _, sky, house, _ = pictures(info.image_size)
    return house, sky


def _moved(picture: PixelImage, rows: int) -> PixelImage:
    """Another picture for the model, which remembers what it saw: rolled up by some rows."""
    cut = 3 * picture.width * rows
    return PixelImage(picture.width, picture.height, picture.rgb[cut:] + picture.rgb[:cut])


@contextlib.contextmanager
def _closed_on(cancel: CancelToken, client: EngineClient) -> Iterator[None]:
    """Close the client at the end, or as soon as the token is set: a load asks no token."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_POLL):
            if cancel.is_set():
                client.close()  # again and again: a call that begins afterwards would start a new process

    watcher = threading.Thread(target=watch, name="trial-cancel", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
        client.close()
