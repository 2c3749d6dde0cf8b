"""Runs without a window: what a command line names, and the demo as a table."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from blipdesk.domain.choices import CHOICES
from blipdesk.domain.errors import Problem, UsageError
from blipdesk.domain.paths import absolute_path
from blipdesk.domain.values import Photo, WriteTarget
from blipdesk.domain.wording import later
from blipdesk.domain.writes import WritePolicy
from blipdesk.services.events import Event
from blipdesk.services.explaining import write_map
from blipdesk.services.workspace import Workspace

DEMO_QUERIES = ("two", "red", "a boat on the sea")


def existing_paths(paths: Sequence[str]) -> list[str]:
    """Absolute paths of what was named.

    Raises:
        UsageError: one of them does not exist.
    """
    found = [absolute_path(path) for path in paths]
    for path in found:
        if not os.path.lexists(path):
            raise UsageError(
                later("There is no {path}.").format(path=path),
                later("Check the spelling, or that its drive is connected."),
            )
    return found


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the headless demo did, ready to print."""

    photos: list[tuple[str, str, str, str, str]]
    """Name, caption, keywords, where it was written, how sure the caption is."""
    searches: list[tuple[str, list[tuple[str, str]]]]
    """Query and its first hits (name, caption)."""
    answers: list[tuple[str, str, str]]
    """Name, question, answer; of a closed question the likeliest answers with their probabilities."""
    summary: str
    places: list[tuple[str, str]]
    """Label and path of what came of it."""
    failed: list[tuple[str, Problem]]

    def record(self) -> dict[str, Any]:
        """The same for ``--json``."""
        record = asdict(self)
        record["failed"] = [[path, problem.message] for path, problem in self.failed]
        return record


def run_demo(data_dir: Path, on_event: Callable[[Event], None]) -> DemoResult:
    """Caption the sample pictures, write their metadata, search, ask, and show where a word is seen.

    Raises:
        KnownError: the demo's catalog or its models cannot be used.
    """
    started = time.monotonic()
    with Workspace.open(data_dir, demo=True, start=False) as workspace:
        workspace.events.subscribe(on_event)
        options = replace(workspace.options_of(watch=False), write=WritePolicy(WriteTarget.EMBED))
        summary = workspace.run_once([], options, lambda _: None)
        photos = workspace.catalog.photos(list(workspace.catalog.all_photo_ids()))
        photos.sort(key=lambda photo: photo.path)
        places = [("Pictures, captions inside", str(workspace.data_dir / "Sample pictures"))]
        searches, answers = _searches(workspace, photos), _answers(workspace, photos)
        for photo in [photo for photo in photos if _thing(photo)][:1]:
            answers.append(_closed_answer(workspace, photo))
            places.append(_heat_map(workspace, photo))
        workspace.read_by_meaning()  # the answers
        places += [("Catalog", str(workspace.data_dir / "catalog.db")), ("Log", str(workspace.log_path))]
        seconds = time.monotonic() - started
        return DemoResult(
            photos=[_row(photo) for photo in photos],
            searches=searches,
            answers=answers,
            summary=(
                f"{summary.captioned} pictures captioned now, {len(photos)} in the catalog, {seconds:.1f} s. "
                "The demo models understand drawn scenes only; the README says how to get one for photos."
            ),
            places=places,
            failed=list(summary.failed),
        )


def _row(photo: Photo) -> tuple[str, str, str, str, str]:
    return (
        os.path.basename(photo.path),
        photo.caption or (photo.problem.message if photo.problem else ""),
        ", ".join(keyword.name for keyword in photo.keywords),
        {"none": "catalog", "sidecar": "sidecar", "embed": "in the photo"}[photo.written.value],
        photo.sureness.value if photo.sureness else "",
    )


def _searches(workspace: Workspace, photos: Sequence[Photo]) -> list[tuple[str, list[tuple[str, str]]]]:
    by_id = {photo.id: photo for photo in photos}
    found = []
    for query in DEMO_QUERIES:
        hits = [by_id[hit.photo_id] for hit in workspace.library.search(query, 3)]
        found.append((query, [(os.path.basename(photo.path), photo.caption or "") for photo in hits]))
    return found


def _answers(workspace: Workspace, photos: Sequence[Photo]) -> list[tuple[str, str, str]]:
    answers = []
    for photo in [photo for photo in photos if photo.caption][:: max(1, len(photos) // 3)][:3]:
        for question in workspace.asking.suggestions(photo)[:2]:
            turn = workspace.asking.ask(photo.id, question, lambda _: None).future.result()
            answers.append((os.path.basename(photo.path), question, turn.answer))
    return answers


def _thing(photo: Photo) -> str:
    """A keyword that stands in the photo's caption, word for word; empty where none does."""
    words = (photo.caption or "").split()
    return next((keyword.name for keyword in photo.keywords if keyword.name in words), "")


def _closed_answer(workspace: Workspace, photo: Photo) -> tuple[str, str, str]:
    question = f"what colour is the {_thing(photo)}?"
    turn = workspace.asking.choose(photo.id, question, CHOICES["colour"]).future.result()
    likeliest = [f"{choice.text} {100 * choice.probability:.0f} %" for choice in turn.choices[:3]]
    return os.path.basename(photo.path), question, ", ".join(likeliest)


def _heat_map(workspace: Workspace, photo: Photo) -> tuple[str, str]:
    thing = _thing(photo)
    seen = workspace.explaining.explain(photo.path, photo.caption or "", thing)
    out = str(workspace.data_dir / "heat map.png")
    write_map(out, workspace.explaining.draw(photo.path, seen.heat))
    return f"Where the {thing} is seen in {os.path.basename(photo.path)}", out
