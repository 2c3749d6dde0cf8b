"""Small operations that any process may ask for: done here, or by the BlipDesk that holds the catalog.

The window's process holds the catalog's lock while it runs, and only the holder writes (SQLite before
3.51.3 can corrupt a database when two processes write and checkpoint together).  So an ``edit`` on the
command line is handed to the holder where there is one; its answer comes after the commit.
"""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blipdesk.domain.choices import are_unlikely
from blipdesk.domain.errors import Cancelled, CatalogLockedError, UsageError
from blipdesk.domain.paths import absolute_path
from blipdesk.domain.ratings import is_favourite
from blipdesk.domain.values import Photo, QuestionAnswer, WriteTarget
from blipdesk.domain.wording import later
from blipdesk.domain.writes import KeepText, UndoReport, UndoSelection, WriteReport
from blipdesk.pipeline.questions import turns_of
from blipdesk.services.asking import Asking
from blipdesk.services.control import Handler, NotRunningError, OnProgress, request
from blipdesk.services.editing import keyword_name
from blipdesk.services.explaining import SeenWord
from blipdesk.services.many_operation import ask_many
from blipdesk.services.records import undo_record, whole_write_record, write_record
from blipdesk.services.run_options import is_demo, key_of, named_policy
from blipdesk.services.writing import OnSkipped

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

# A holder that was killed frees the lock at once; one that is ending may take this long, in seconds.
_PATIENCE = 20.0
# A large model may have to be loaded before it answers.
_DAY = 86400.0
_PATIENCE_OF = {
    "embed": 5.0, "add": 60.0, "remove": 600.0, "edit": 60.0, "keyword": _DAY, "ask": 900.0,
    "choose": 900.0, "explain": 900.0, "write": _DAY, "undo": _DAY, "decide": _DAY, "ask_many": _DAY,
}  # fmt: skip


def find_photo(workspace: Workspace, path: str) -> Photo:
    """The catalog's photo at a path; a file it does not know yet is taken in.

    Raises:
        UsageError: there is no such photo.
        PhotoError: the file cannot be read.
    """
    path = absolute_path(path)
    photo = workspace.catalog.photo_by_path(path)
    if photo is None and os.path.isfile(path):
        workspace.pipeline().take_in(path)
        photo = workspace.catalog.photo_by_path(path)
    if photo is None:
        _refuse_folder(path)
        raise UsageError(
            later("There is no photo {path} in the catalog.").format(path=path),
            later("Check the path, or add its folder first."),
        )
    return photo


def operations(workspace: Workspace, on_activate: Callable[[], None] | None = None) -> dict[str, Handler]:
    """The operations by name; each takes a JSON object and gives a JSON value."""

    def activate(_: dict[str, Any]) -> bool:
        if on_activate is None:
            return False
        on_activate()
        return True

    def add(arguments: dict[str, Any]) -> list[str]:
        return [folder.path for folder in workspace.library.add_folders(arguments["paths"])]

    def remove(arguments: dict[str, Any]) -> str:
        path = absolute_path(arguments["path"])
        for folder in workspace.catalog.folders():
            if folder.path == path:
                workspace.library.remove_folder(folder.id, bool(arguments["forget"]))
                return path
        raise UsageError(
            later("{path} is not a watched folder.").format(path=path), later("blipdesk folders lists them.")
        )

    def edit(arguments: dict[str, Any]) -> dict[str, Any]:
        # A blank one is refused before anything is edited.
        added, removed = ([keyword_name(name) for name in arguments[part]] for part in ("add", "remove"))
        photo = find_photo(workspace, arguments["path"])
        if arguments["caption"] is not None:
            workspace.editing.set_caption(photo.id, arguments["caption"])
        if arguments.get("looks_right"):
            workspace.editing.confirm_caption(photo.id)
        if arguments.get("favourite") is not None:
            workspace.editing.set_favourite([photo.id], arguments["favourite"])
        for name in added:
            workspace.editing.add_keyword(photo.id, name)
        for name in removed:
            workspace.editing.remove_keyword(photo.id, name)
        changed = workspace.catalog.photo(photo.id)
        assert changed is not None
        return {
            "path": changed.path,
            "caption": changed.caption,
            "keywords": [keyword.name for keyword in changed.keywords],
            "favourite": is_favourite(changed),
        }

    def keyword(arguments: dict[str, Any], on_progress: OnProgress) -> dict[str, int]:
        keywords = workspace.keywords
        match arguments["what"]:
            case "rename":
                edit = keywords.rename(arguments["name"], arguments["new_name"], on_progress)
                return {"edit": edit} | _left_of(keywords.waiting())
            case "undo":
                photos = 0
                with suppress(Cancelled):
                    photos = keywords.undo(arguments["edit"], on_progress)
                return {"photos": photos} | _left_of(keywords.waiting())
            case "hide":
                keywords.hide(arguments["name"])
            case _:
                keywords.show(arguments["name"])
        return {}

    def embed(arguments: dict[str, Any]) -> dict[str, Any]:
        return asdict(workspace.pipeline().embed_text(arguments["text"]).result())

    def ask(arguments: dict[str, Any]) -> dict[str, Any]:
        photo = find_photo(workspace, arguments["path"])
        before = len(turns_of(workspace.asking.history(photo.id)))
        engine = workspace.answering_engine(photo, arguments.get("model"))
        is_new = bool(arguments.get("new"))
        asking = workspace.asking.ask(photo.id, arguments["question"], lambda _: None, engine, is_new=is_new)
        turn = asking.future.result()
        left_out = turn.turns_left_out
        return _turn_record(photo, turn, asking) | {
            "turns_left_out": left_out,
            "one_at_a_time": 0 < before <= left_out,
        }

    def choose(arguments: dict[str, Any]) -> dict[str, Any]:
        photo = find_photo(workspace, arguments["path"])
        engine = workspace.answering_engine(photo, arguments.get("model"))
        is_new = bool(arguments.get("new"))
        asking = workspace.asking.choose(
            photo.id, arguments["question"], arguments["choices"], engine, is_new=is_new
        )
        turn = asking.future.result()
        return _turn_record(photo, turn, asking) | {
            "choices": [asdict(choice) for choice in turn.choices],
            "unlikely": are_unlikely(turn.choices),
        }

    def explain(arguments: dict[str, Any]) -> dict[str, Any]:
        path = absolute_path(arguments["path"])
        photo = _known_or_there(workspace, path)
        text = arguments["text"] or _caption_of(photo, path)
        engine = workspace.matching_engine(path, arguments.get("match_model"))
        seen = workspace.explaining.explain(path, text, arguments["word"], engine)
        record: dict[str, Any] = {
            "path": path,
            "text": seen.text,
            "match": asdict(seen.match),
            "model": seen.model_key,
            "demo": is_demo(key_of(seen.model_key)),
            "words": [_word_record(word) for word in seen.words],
            "unread": seen.unread,
            "damaged": seen.damaged,
        }
        if arguments["draw"]:
            drawn = workspace.explaining.draw(path, seen.heat)
            record["png"] = base64.b64encode(drawn).decode("ascii")
        return record

    def write(arguments: dict[str, Any], on_progress: OnProgress) -> dict[str, Any]:
        named = (arguments[name] for name in ("to", "existing", "heic", "adobe_names"))
        policy = named_policy(workspace.writing.policy, *named)
        writing, paths, whole = workspace.writing, arguments["paths"], bool(arguments["whole"])
        reports: list[WriteReport] = []
        skipped, on_skipped = _told_of_skipped()
        if arguments["dry_run"]:
            with suppress(Cancelled):  # what was looked at until then is told
                for report in writing.dry_run(policy, paths, on_progress, on_skipped=on_skipped):
                    reports.append(report)
        else:
            reports = writing.run(policy, paths, on_progress, whole=whole, on_skipped=on_skipped)
        tell = whole_write_record if whole else write_record
        told = [tell(report) for report in reports]
        return {"run": _run_of(reports), "reports": told, "skipped": skipped}

    def undo(arguments: dict[str, Any], on_progress: OnProgress) -> dict[str, Any]:
        photo_ids = workspace.writing.photos_at(arguments["paths"])
        selection = UndoSelection(arguments["run"], photo_ids, arguments["since"])
        reports = workspace.writing.undo(selection, arguments["dry_run"], on_progress)
        return {"run": _run_of(reports), "reports": [undo_record(report) for report in reports]}

    def decide(arguments: dict[str, Any]) -> dict[str, Any]:
        ids = [conflict.photo_id for conflict in workspace.writing.conflicts_at(arguments["paths"])]
        to = arguments["to"]
        policy = named_policy(workspace.writing.policy, to, None) if to else workspace.writing.policy
        skipped, on_skipped = _told_of_skipped()
        reports = workspace.writing.decide(ids, KeepText(arguments["keep"]), policy, on_skipped=on_skipped)
        return {
            "decided": len(ids),
            "written": policy.target is not WriteTarget.NONE,
            "run": _run_of(reports),
            "reports": [write_record(report) for report in reports],
            "skipped": skipped,
        }

    quick = (activate, add, remove, edit, ask, choose, explain, decide, embed)
    handlers = {each.__name__: _untold(each) for each in quick}
    told = (keyword, write, undo)
    handlers |= {each.__name__: each for each in told}
    return handlers | {"ask_many": partial(ask_many, workspace)}


def _run_of(reports: Sequence[WriteReport] | Sequence[UndoReport]) -> int | None:
    """The run in which files were changed; None: none was."""
    return next((report.run_id for report in reports if report.run_id is not None), None)


def _told_of_skipped() -> tuple[list[tuple[str, str]], OnSkipped]:
    """A list of the folders that are not there, each with the reason, and what fills it."""
    skipped: list[tuple[str, str]] = []
    return skipped, lambda folder, reason: skipped.append((folder, reason))


def _left_of(photos: int) -> dict[str, int]:
    return {"left": photos} if photos else {}


def _untold(operation: Callable[[dict[str, Any]], Any]) -> Handler:
    """An operation that says nothing before its answer."""
    return lambda arguments, _: operation(arguments)


def _turn_record(photo: Photo, turn: QuestionAnswer, asking: Asking) -> dict[str, Any]:
    return {
        "path": photo.path,
        "question": turn.question,
        "answer": turn.answer,
        "model": turn.model_key,
        "demo": is_demo(key_of(turn.model_key)),
        "seconds": round(turn.seconds, 3),
        "damaged": asking.damaged,
    }


def _refuse_folder(path: str) -> None:
    if os.path.isdir(path):
        raise UsageError(later("{path} is a folder.").format(path=path), later("Name one of its photos."))


def _known_or_there(workspace: Workspace, path: str) -> Photo | None:
    """The catalog's photo at a path; None for a file that it does not know.

    Raises:
        UsageError: there is no such file or photo.
    """
    photo = workspace.catalog.photo_by_path(path)
    if photo is None:
        _refuse_folder(path)
        if not os.path.exists(path):
            raise UsageError(
                later("There is no {path}.").format(path=path),
                later("Check the spelling, or that its drive is connected."),
            )
    return photo


def _caption_of(photo: Photo | None, path: str) -> str:
    """The caption that people see of a photo.

    Raises:
        UsageError: it has none yet.
    """
    if photo is None or not photo.caption:
        raise UsageError(
            later("{path} has no caption yet.").format(path=path),
            later('Give the words to look for: --text "a dog".'),
        )
    return photo.caption


def _word_record(seen: SeenWord) -> dict[str, Any]:
    x, y = seen.hottest
    return {
        "word": seen.word,
        "start": seen.start,
        "end": seen.end,
        "place": seen.place,
        "x": round(x, 4),
        "y": round(y, 4),
        "width": seen.heat.width,
        "height": seen.heat.height,
        "values": [round(value, 4) for value in seen.heat.values],
    }


def perform(data_dir: Path, op: str, on_progress: OnProgress = lambda *_: None, **arguments: Any) -> Any:
    """Do one operation, here or through the BlipDesk that holds the catalog; returns after the commit.

    Args:
        data_dir: of the catalog.
        op: the operation's name.
        on_progress: hears how far a long one is; stops it by raising Cancelled, and the answer is what was
            done until then.
        arguments: JSON values.

    Raises:
        CatalogLockedError: the holder does not answer.
        KnownError: what the operation raises.
    """
    from blipdesk.services.workspace import Workspace

    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return request(data_dir, op, patience=_PATIENCE_OF[op], on_progress=on_progress, **arguments)
        except NotRunningError:
            pass
        try:
            brief = _PATIENCE_OF[op] < _DAY
            with Workspace.open(data_dir, start=False, brief=brief) as workspace:
                done = operations(workspace)[op](arguments, on_progress)
                if op in ("ask", "choose", "ask_many"):
                    workspace.read_by_meaning()
                return done
        except CatalogLockedError:
            # Somebody took the lock in between: ask again, it may be listening by now.
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
