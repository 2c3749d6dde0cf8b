"""A question to many photos over a real catalog with the fake model: put, steered, told, exported."""

import csv
import json
import os
import threading
from pathlib import Path

import pytest
from PIL import Image

from blipdesk.domain.asked import AskedState
from blipdesk.domain.errors import UsageError
from blipdesk.domain.values import LibraryView
from blipdesk.services.settings import KEY
from blipdesk.services.workspace import Workspace

SMILING = "Is anyone smiling?"
PATIENCE = 60.0


@pytest.fixture
def workspace(tmp_path):
    with Workspace.open(tmp_path / "data", start=False) as workspace:
        workspace.catalog.set_setting(KEY, {"model": "fake", "answer_model": "fake"})
        workspace.settings.change(model="fake", answer_model="fake")
        workspace.apply_settings()
        yield workspace


@pytest.fixture
def photos(workspace, tmp_path):
    ids = []
    for seed in range(6):
        path = tmp_path / f"=p{seed}.png"
        Image.effect_noise((64, 48), 50 + seed).save(path)
        os.utime(path, (1_700_000_000 + seed,) * 2)
        ids.append(workspace.pipeline().take_in(str(path)))
    return ids


def ended(workspace, run):
    news = threading.Event()
    unsubscribe = workspace.events.subscribe(lambda _: news.set())
    try:
        while not (run := workspace.asking_many.run(run.id)).is_over:
            assert news.wait(PATIENCE), run
            news.clear()
    finally:
        unsubscribe()
    return run


def test_the_answers_come_by_themselves_in_groups_that_their_filters_find(workspace, photos):
    many = workspace.asking_many
    assert many.seconds_each() is None
    run = ended(workspace, many.start(f"  {SMILING} ", photos, choices=("yes", "no")))
    assert (run.question, run.answered, run.failed) == (SMILING, 6, 0)
    report = many.report(run.id)
    assert sum(group.count for group in report.groups) == 6 and report.failures == []
    for group in report.groups:
        query = f'asked:"is anyone smiling"="{group.key}"'
        assert len(workspace.library.ids(LibraryView(query=query))) == group.count
    assert many.seconds_each() is not None
    assert many.earlier_questions() == [SMILING] and [each.id for each in many.runs()] == [run.id]


def test_a_photo_that_is_gone_is_told_and_tried_again(workspace, photos, tmp_path):
    away = (tmp_path / "=p3.png").rename(tmp_path / "away")
    run = ended(workspace, workspace.asking_many.start("what?", photos))
    assert (run.answered, run.failed) == (5, 1)
    ((problem, count),) = workspace.asking_many.report(run.id).failures
    assert count == 1 and problem.message
    away.rename(tmp_path / "=p3.png")
    assert workspace.asking_many.retry(run.id) == 1
    assert ended(workspace, workspace.asking_many.run(run.id)).answered == 6


def test_a_run_is_paused_resumed_and_ended(workspace, photos):
    many = workspace.asking_many
    workspace.pipeline().pause()  # nothing is asked meanwhile
    run = many.start("what?", photos)
    for steer, state in (
        (many.pause, AskedState.PAUSED), (many.resume, AskedState.OPEN), (many.cancel, AskedState.CANCELLED),
    ):  # fmt: skip
        steer(run.id)
        assert many.run(run.id).state is state
    many.forget(run.id)
    with pytest.raises(UsageError):
        many.run(run.id)


@pytest.mark.parametrize(
    ("question", "ids", "choices"),
    [(" ", [1], ()), ("x" * 401, [1], ()), ("what?", [], ()), ("what?", [1], ("yes",))],
)
def test_what_cannot_be_asked_is_said_and_not_kept(workspace, question, ids, choices):
    with pytest.raises(UsageError):
        workspace.asking_many.start(question, ids, choices=choices)
    assert workspace.asking_many.runs() == []


def test_a_question_that_was_cut_goes_on_at_the_next_start(tmp_path, workspace, photos):
    workspace.pipeline().pause()
    run = workspace.asking_many.start("what?", photos)
    workspace.close()
    with Workspace.open(tmp_path / "data", start=False) as again:
        again.pipeline().ask_many()
        assert ended(again, again.asking_many.run(run.id)).answered == 6


def test_exports_have_every_photo_and_no_cell_that_a_spreadsheet_runs(workspace, photos, tmp_path):
    (tmp_path / "=p5.png").unlink()
    run = ended(workspace, workspace.asking_many.start("=what?", photos))
    out = Path(tmp_path, "out.jsonl")
    assert workspace.asking_many.export(run.id, out) == 6
    told = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [line["state"] for line in told] == ["answered"] * 5 + ["failed"]
    assert told[0]["answer"] and told[0]["model"] == "fake/answer" and told[5]["error"]
    out = Path(tmp_path, "out.csv")
    workspace.asking_many.export(run.id, out)
    with out.open(newline="", encoding="utf-8") as rows:
        table = list(csv.DictReader(rows))
    assert len(table) == 6 and {row["question"] for row in table} == {"'=what?"}
    with pytest.raises(UsageError, match="cannot be written"):
        workspace.asking_many.export(run.id, tmp_path / "no" / "out.csv")
