"""No statement that runs for a few photos may read the whole library: seen in SQLite's own query plans."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from catalog_samples import add_photos, caption_all, result_of, seen
from catalog_write_samples import begin_write, plan_of

from blipdesk.catalog import BegunUndo, Catalog
from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.domain.identity import content_hash_of
from blipdesk.domain.jobs import AnswerResult
from blipdesk.domain.query import parse_query
from blipdesk.domain.search import SearchRequest
from blipdesk.domain.values import FileStamp, LibraryView, SeenFile, SortOrder, ViewKind, WriteTarget
from blipdesk.domain.writes import (
    ExistingText,
    JournalLimits,
    KeepText,
    PendingWrite,
    RunKind,
    UndoSelection,
)

# A whole table, or an index of which only a column that nearly all rows share is used.
WHOLE = re.compile(
    r"SCAN (photo|job|photo_keyword|photo_text|candidate|question|keyword|directory|write)\b"
    r"|\((hidden|shown|state)=\?\)"
)
# These indexes hold nothing but what waits to be queued, what was refused, open conflicts, and the writes
# under way.
SMALL = re.compile(
    r"USING INDEX ix_(photo_uncaptioned|photo_refused|write_open)$|INDEX ix_photo_conflict \(hidden=\?\)$"
)
# The oldest writes that are kept come first in it, and a page of them is read.
FIRST = re.compile(r"USING (COVERING )?INDEX ix_write_unpruned$")


def plans(catalog: Catalog, statements: set[str]) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(catalog.data_dir / "catalog.db")) as database:
        return [
            (statement, step[3])
            for statement in sorted(statements)
            if statement.split(" ", 1)[0].upper() in ("SELECT", "UPDATE", "DELETE", "INSERT")
            for step in database.execute(f"EXPLAIN QUERY PLAN {statement}")
        ]


def traced(catalog: Catalog) -> set[str]:
    statements: set[str] = set()
    with catalog._database.read_raw() as raw:
        raw.set_trace_callback(statements.add)
    catalog._database.write(
        lambda tx: tx.connection.connection.driver_connection.set_trace_callback(statements.add)
    )
    return statements


def write_and_undo(catalog: Catalog, due: PendingWrite) -> None:
    plan = plan_of(due, b"old", b"new")
    run_id = catalog.begin_run(RunKind.WRITE, WriteTarget.EMBED)
    write_id = begin_write(catalog, due, plan, WriteTarget.EMBED, run_id)
    catalog.open_writes()
    catalog.finish_write(
        write_id, plan.outcome, "", SeenFile(due.path, FileStamp(3, 1), content_hash_of(b"new"))
    )
    catalog.end_run(run_id)
    assert [run.id for run in catalog.runs(5)] == [run_id]
    assert catalog.journal_size().writes == 1
    assert catalog.last_run() == run_id
    for selection in (
        UndoSelection(run_id),
        UndoSelection(since=0.0),
        UndoSelection(photo_ids=(due.photo_id,)),
    ):
        assert catalog.undo_photos(selection) == [due.photo_id]
        (place,) = catalog.undo_places([due.photo_id], selection)[due.photo_id]
    (begun,) = catalog.begin_undos([BegunUndo(place, due.path, b"new", b"old")], run_id)
    assert begun is not None
    catalog.finish_write(begun.write_id, plan.outcome, "", None)


def search(catalog: Catalog, query: str) -> None:
    answer = catalog.search_index.answer(SearchRequest(query, ranked=False), parse_query(query))
    assert answer is not None and len(answer.ids) > 0


def test_what_runs_for_a_few_photos_reads_only_those(catalog: Catalog) -> None:
    statements = traced(catalog)
    ids = add_photos(catalog, *(f"/photos/{n}.jpg" for n in range(6)))
    catalog.search_index.ready()
    statements.clear()  # adding a folder may look at all of them, and so may the first search
    folder = catalog.register(1, [seen("/photos/7.jpg"), seen("/photos/0.jpg", "changed")])
    assert folder
    catalog.enqueue_pending("m", roots=["/photos/0.jpg", "/photos/sub"])
    catalog.enqueue_pending("m")
    catalog.release([job.id for job in catalog.claim("m", 3, roots=["/photos/0.jpg", "/photos/sub"])])
    jobs = catalog.claim("m", 3, first=ids[:1])
    catalog.begin_attempt(jobs[0].id)
    catalog.commit_captions([result_of(jobs[0])])
    catalog.record_death(jobs[1].id)
    catalog.fail(jobs[1].id, Problem(ProblemKind.IO, "It failed.", ""))
    catalog.release([jobs[2].id])
    catalog.retry(ids[:2])
    caption_all(catalog)
    catalog.enqueue_forced(ids[:1], "m")
    catalog.mark_missing(ids[1:2])
    catalog.mark_present(ids[1:2])
    catalog.relocate(ids[2], 1, seen("/photos/sub/2.jpg", "hash of /photos/2.jpg"))
    catalog.known_file("/photos/1.jpg")
    catalog.known_files_under("/photos")
    assert list(catalog.known_directories("/photos"))
    catalog.find_missing_twin("changed")
    catalog.find_missing_pixel_twin("pixels")
    catalog.adopt(ids[4], ids[5])
    assert catalog.rename_tree("/photos/sub", "/photos/other") == 1
    catalog.confirm_caption(ids[3])
    catalog.set_user_caption(ids[3], "Rex")
    catalog.add_keyword(ids[3], "Rex")
    catalog.remove_keyword(ids[3], "dog")
    catalog.undo_edit()
    catalog.delete_question(catalog.add_question(ids[3], "?", AnswerResult("!", "q", 1.0)).id)
    catalog.photos(ids)
    catalog.tiles(ids)
    catalog.photo_by_path("/photos/1.jpg")
    catalog.questions(ids[0])
    catalog.ids(LibraryView(ViewKind.KEYWORD, "dog"))
    due = catalog.pending_writes(5, WriteTarget.EMBED)[0]
    assert list(catalog.pending_paths(WriteTarget.EMBED))
    assert catalog.writes_of([due.photo_id], WriteTarget.EMBED, ExistingText.APPEND)
    write_and_undo(catalog, due)
    catalog.retry_refused()
    for settled in (catalog.kept_paths, catalog.refused_paths, catalog.undone_paths):
        list(settled())
    list(catalog.chosen_otherwise_paths(ExistingText.REPLACE))
    search(catalog, "Rex")
    catalog.conflicts()
    catalog.decide(ids, KeepText.BOTH)
    catalog.prune_journal(JournalLimits(-1.0, 0))
    steps = plans(catalog, statements)
    assert len(steps) > 100
    for statement, step in steps:
        assert SMALL.search(step) or FIRST.search(step) or not WHOLE.search(step), (statement, step)


def test_lists_and_counts_of_everything_read_only_an_index(catalog: Catalog) -> None:
    statements = traced(catalog)
    add_photos(catalog, "/photos/1.jpg")
    statements.clear()
    catalog.ids(LibraryView())
    catalog.counts()
    catalog.folder_tree()
    catalog.top_keywords()
    catalog.queue_counts()
    whole = [
        step for step in plans(catalog, statements) if re.search(r"\b(photo|photo_keyword|job)\b", step[1])
    ]
    assert whole
    assert [step for step in whole if "COVERING INDEX" not in step[1]] == []


@pytest.mark.parametrize("order", [order for order in SortOrder if order is not SortOrder.RELEVANCE])
def test_what_needs_review_is_read_from_the_few_that_do(catalog: Catalog, order: SortOrder) -> None:
    statements = traced(catalog)
    add_photos(catalog, "/photos/1.jpg")
    statements.clear()
    catalog.ids(LibraryView(ViewKind.NEEDS_REVIEW, order=order))
    steps = [step for _, step in plans(catalog, statements) if re.search(r"\bphoto\b", step)]
    assert steps
    assert all("ix_photo_review" in step for step in steps), steps
