"""The download's own process: ``python -m blipdesk.engine.hub_child``, or ``--hub-child`` when frozen.

It is the one process that may reach for a network, and has nothing else to do: ending it ends whatever it
is waiting for.  It says on stdout, in JSON lines, ``{"begun": ...}``, ``{"done": BYTES, "note": TEXT}`` and
at last ``{"fetched": ...}`` or ``{"error": ...}``.  When its stdin ends, its parent is gone, and it ends.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from blipdesk.domain.errors import KnownError, ModelError
from blipdesk.domain.wording import later
from blipdesk.engine import protocol
from blipdesk.engine.fetch import Tally, fetch_checkpoint
from blipdesk.engine.hub import HubClient, Patience
from blipdesk.engine.places import FETCH_LOCK

_log = logging.getLogger("blipdesk.engine.hub_child")

_PREDECESSOR = 30.0
"""How long an earlier process on the same folder, whose parent died, may take to notice that, seconds."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Fetch one checkpoint into a folder."""
    parser = argparse.ArgumentParser(prog="blipdesk-hub")
    parser.add_argument("--hub-child", action="store_true")
    parser.add_argument("--repo", required=True)
    parser.add_argument("--revision", default="")
    parser.add_argument("--folder", required=True)
    parser.add_argument("--allow-code", action="store_true")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's business
    threading.Thread(target=_end_with_parent, name="stdin", daemon=True).start()
    try:
        _fetch(options.repo, options.revision, Path(options.folder), options.allow_code)
    except KnownError as error:
        _say({"error": {"message": error.message, "remedy": error.remedy}})
    except Exception as error:  # noqa: BLE001  (top of this process's work: the parent must get an answer)
        _log.exception("the download failed")
        words = later("The download failed for a reason of ours ({name}).").format(name=type(error).__name__)
        _say({"error": {"message": words, "remedy": later("See the log.")}})


def _end_with_parent() -> None:
    with contextlib.suppress(OSError):
        os.read(0, 1)  # nothing is ever said; not sys.stdin, whose lock would be held when the process ends
    os._exit(0)


def _say(message: dict[str, Any]) -> None:
    try:
        sys.stdout.buffer.write(protocol.encode(message))
        sys.stdout.buffer.flush()
    except OSError:
        os._exit(0)


def _fetch(repo: str, revision: str, folder: Path, allow_code: bool) -> None:
    from huggingface_hub import constants

    tally = Tally(lambda done, note: _say({"done": done, "note": note}))
    token = os.environ.get("HF_TOKEN", "").strip()
    if not re.fullmatch(r"[!-~]*", token):  # no header could carry it
        raise ModelError(
            later("What HF_TOKEN holds is no token."), later("Set it to the token alone, or unset it.")
        )
    client = HubClient(constants.ENDPOINT, token, Patience(), tally.on_note)
    with _held(folder):
        listing = client.listing(repo, revision)
        fetched = fetch_checkpoint(
            client,
            listing,
            folder,
            tally,
            lambda begun: _say({"begun": asdict(begun)}),
            allow_code=allow_code,
        )
    _say({"fetched": asdict(fetched)})


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold the folder; an earlier process on it gets the time to notice that its parent is gone."""
    lock = FileLock(folder / FETCH_LOCK, timeout=_PREDECESSOR)
    try:
        lock.acquire()
    except Timeout:
        raise ModelError(
            later("An earlier download of this model has not ended yet."),
            later("Wait a minute, then try again."),
        ) from None
    try:
        yield
    finally:
        lock.release()


if __name__ == "__main__":
    main()
