"""Answers of the worker that something is made of before whoever waits for them has it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import TypeVar

from blipdesk.domain.errors import Cancelled, KnownError

log = logging.getLogger(__name__)

_T = TypeVar("_T")
_R = TypeVar("_R")


def hand_on(answer: Future[_T], keep: Callable[[_T], _R], waited_for: Future[_R]) -> None:
    """Let ``waited_for`` end with what ``keep`` makes of the answer, or with whatever went wrong.

    ``keep`` runs on the thread that answers, a worker's; not where nobody waits any more.
    """

    def end(done: Future[_T]) -> None:
        if not waited_for.set_running_or_notify_cancel():
            return
        try:
            kept = keep(done.result())
        except (KnownError, Cancelled, CancelledError) as error:
            waited_for.set_exception(error)
        except Exception as error:  # else whoever waits would wait for ever
            log.exception("an answer could not be handed on")
            waited_for.set_exception(error)
        else:
            waited_for.set_result(kept)

    answer.add_done_callback(end)
