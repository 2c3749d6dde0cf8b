"""A question to every photo of a query, as a command line asks it: put, waited for, and told."""

from __future__ import annotations

import threading
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from blipdesk.domain.asked import AskedRun, AskedState
from blipdesk.domain.errors import Cancelled, KnownError
from blipdesk.domain.values import LibraryView, SortOrder
from blipdesk.domain.wording import tr
from blipdesk.services.control import OnProgress
from blipdesk.services.models import named_model
from blipdesk.services.run_options import is_demo, key_of

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

_LOOK_SECONDS = 0.1
"""Whoever waits can give up so soon; an answer is told of at once."""


def ask_many(workspace: Workspace, arguments: dict[str, Any], on_progress: OnProgress) -> dict[str, Any]:
    """Put a question to the photos of a query, and wait for the answers.

    Whoever has enough ends the waiting alone: what is left is asked when BlipDesk runs.

    Raises:
        UsageError: nothing is found, or the question is none.
        KnownError: the answers cannot come now; they are waited for no longer.
    """
    wanted = arguments.get("model")
    model = named_model(wanted, workspace.models.list) if wanted else ""
    query = arguments["query"]
    found = workspace.library.ids(LibraryView(query=query, order=SortOrder.NEWEST)).tolist()
    run = workspace.asking_many.start(
        arguments["question"],
        found[: arguments.get("limit")],
        choices=arguments.get("choices") or (),
        scope=query,
        model=model,
        again=bool(arguments.get("again")),
    )
    is_left = False
    try:
        run = _wait(workspace, run, on_progress)
    except Cancelled:
        is_left = True
    report = workspace.asking_many.report(run.id)
    records = list(workspace.asking_many.records(run.id))
    key = next((key_of(record["model"]) for record in records if record["model"]), "")
    return {
        "run": run.id,
        "question": run.question,
        "stopped": is_left,
        "waiting": report.run.waiting,
        "model": key,
        "demo": bool(key) and is_demo(key),
        "groups": [asdict(group) for group in report.groups],
        "photos": records,
    }


def _wait(workspace: Workspace, run: AskedRun, on_progress: OnProgress) -> AskedRun:
    news = threading.Event()
    unsubscribe = workspace.events.subscribe(lambda _: news.set())
    try:
        return _follow(workspace, run, on_progress, news)
    finally:
        unsubscribe()


def _follow(workspace: Workspace, run: AskedRun, on_progress: OnProgress, news: threading.Event) -> AskedRun:
    while not run.is_over:
        on_progress(run.done, run.total)
        if run.note:
            raise KnownError(run.note, tr("The question is kept, and asked once that is mended."))
        if run.state is AskedState.PAUSED or workspace.pipeline().paused:
            raise KnownError(
                tr("BlipDesk is paused."), tr("The question is kept: it is asked when BlipDesk goes on.")
            )
        news.wait(_LOOK_SECONDS)
        news.clear()
        run = workspace.asking_many.run(run.id)
    return run
