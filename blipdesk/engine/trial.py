"""A checkpoint tried: loaded once in a process of its own, which is gone afterwards with all its memory."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

from blipdesk.domain.jobs import CaptionOptions, EngineInfo, EngineSettings, PixelImage
from blipdesk.domain.models import ModelCheck
from blipdesk.domain.ports import CancelToken
from blipdesk.engine import registry
from blipdesk.engine.checkpoints import Checkpoint
from blipdesk.engine.client import EngineClient

_POLL = 0.1
_BATCH = 8
"""Photos of the batch that is timed; more take a large model minutes."""
_NEVER = threading.Event()


def try_checkpoint(
    checkpoint: Checkpoint,
    cancel: CancelToken = _NEVER,
    *,
    allow_code: bool = False,
    with_rate: bool = False,
) -> ModelCheck:
    """Load it, with the canary, and give it one picture; how long each took.

    Args:
        checkpoint: to be tried.
        cancel: asked while it loads and runs.
        allow_code: the person agreed to run the program code that it brings along.
        with_rate: caption a batch too, where it captions.

    Raises:
        ModelError: it does not load or run, or its weights are of something else.
        Cancelled: the token was set.
    """
    client = EngineClient()
    settings = EngineSettings(model=str(checkpoint.path), allow_code=allow_code)
    task = checkpoint.tasks[0]
    with _closed_on(cancel, client):
        began = time.monotonic()
        info = _load(client, task, settings)
        loaded = time.monotonic()
        _use(client, task, _picture(info.image_size), cancel)
        used = time.monotonic()
        rate = None
        if with_rate and task == registry.CAPTION:
            count = min(info.batch_size, _BATCH)
            client.caption([_picture(info.image_size)] * count, CaptionOptions(), cancel)
            rate = count / (time.monotonic() - used)
    return ModelCheck(
        key=checkpoint.key,
        title=checkpoint.title,
        tasks=checkpoint.tasks,
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


def _use(client: EngineClient, task: str, picture: PixelImage, cancel: CancelToken) -> None:
    if task == registry.CAPTION:
        client.caption([picture], CaptionOptions(), cancel)
    elif task == registry.ANSWER:
        client.answer(picture, "what is this?", lambda text: None, cancel)
    else:
        client.score([picture], ["a house by the sea"], cancel)


def _picture(size: int) -> PixelImage:
    """Sky over sand: neither flat, for which models say odd things, nor noise."""
    sky, sand = b"\x60\xa0\xe0" * size, b"\xd0\xb0\x70" * size
    return PixelImage(size, size, sky * (size // 2) + sand * (size - size // 2))


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
