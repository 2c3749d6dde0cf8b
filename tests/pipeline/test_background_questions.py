"""Questions about photos while the worker captions: first, without loss, and not left without an answer."""

import threading
from dataclasses import replace

import pytest
from pipeline_waiting import PATIENCE

from blipdesk.domain.errors import Cancelled, ModelError, UsageError
from blipdesk.pipeline.questions import open_question


def test_a_paused_start_stays_paused_but_answers(worker):
    worker.put("a.jpg")
    worker.pipeline.pause()
    worker.pipeline.start()
    worker.wait(lambda: worker.catalog.by_path(worker.top / "a.jpg"))
    assert worker.ask("a.jpg").result(PATIENCE).text == "it is a"
    assert worker.captioned() == 0 and worker.pipeline.paused


def test_a_question_goes_before_the_next_batch(worker):
    worker.put(*(f"p{n}.jpg" for n in range(8)))
    worker.model.gate.clear()
    worker.pipeline.start()
    assert worker.model.in_batch.wait(PATIENCE)
    answer = worker.ask("p3.jpg")
    worker.model.gate.set()
    assert answer.result(PATIENCE).text == "it is p3"
    worker.wait(lambda: worker.captioned() == 8)
    answered = worker.model.log.index("answer at 16")  # decoded for the answering model's size
    assert answered <= 1, worker.model.log


def test_a_question_interrupts_a_long_batch_and_costs_it_nothing(worker):
    worker.put(*(f"p{n}.jpg" for n in range(8)))
    worker.model.gate.clear()  # the batch does not end until the question is answered
    worker.pipeline.start()
    assert worker.model.in_batch.wait(PATIENCE)
    assert worker.ask("p3.jpg").result(PATIENCE).text == "it is p3"
    assert worker.captioned() == 0
    worker.model.gate.set()
    worker.wait(lambda: worker.captioned() == 8)
    assert max(worker.decoder.seen.values()) == 1, "a photo was decoded twice"
    assert max(record.captioned_times for record in worker.catalog.records.values()) == 1


def test_who_asks_is_told_which_model_is_loaded_first_and_once_only(worker):
    worker.put("a.jpg")
    photo_id = worker.pipeline.take_in(str(worker.top / "a.jpg"))
    told = []

    def ask():
        question = open_question(worker.catalog, photo_id, "what is it?", told.append, threading.Event())
        asked = replace(question, on_loading=lambda model: told.append(("loads", model)))
        return worker.pipeline.ask(asked).result(PATIENCE)

    ask()
    words = told[2:]
    assert told[:2] == [("loads", worker.options.engine.model), ("loads", "")] and words
    ask()
    assert told[2:] == [*words, *words]


def test_several_questions_in_a_row_leave_no_interrupt_behind(worker):
    worker.put(*(f"p{n}.jpg" for n in range(6)))
    worker.model.gate.clear()
    worker.pipeline.start()
    assert worker.model.in_batch.wait(PATIENCE)
    answers = [worker.ask(f"p{n}.jpg") for n in range(4)]
    assert [answer.result(PATIENCE).text for answer in answers] == [f"it is p{n}" for n in range(4)]
    worker.model.gate.set()
    worker.wait(lambda: worker.captioned() == 6)


def test_a_question_needs_no_started_worker(worker):
    worker.put("a.jpg")
    worker.pipeline.take_in(str(worker.top / "a.jpg"))
    seen = []
    assert worker.ask("a.jpg", on_token=seen.append).result(PATIENCE).text == "it is a"
    assert seen == ["it", "it is", "it is a"]
    assert worker.model.loads == 0 and worker.captioned() == 0


def test_an_answer_can_be_stopped(worker):
    worker.put("a.jpg")
    worker.pipeline.take_in(str(worker.top / "a.jpg"))
    stop = threading.Event()
    result = worker.ask("a.jpg", cancel=stop, on_token=lambda text: stop.set()).result(PATIENCE)
    assert result.stopped and result.text == "it"


@pytest.mark.parametrize("words", [["house"] * 20, ["\ufffd"] * 3, ["e\ufffdS", "===jjj=cA="]])
def test_senseless_words_are_refused_not_kept(worker, words):
    worker.put("a.jpg")
    worker.pipeline.take_in(str(worker.top / "a.jpg"))
    worker.model.answers["a"] = words
    with pytest.raises(ModelError, match="no sensible answer"):
        worker.ask("a.jpg").result(PATIENCE)
    stop = threading.Event()
    part = worker.ask("a.jpg", cancel=stop, on_token=lambda text: stop.set()).result(PATIENCE)
    assert part.text == words[0], "what the person stopped is theirs to judge"
    worker.model.answers["a"] = ["2"]
    assert worker.ask("a.jpg").result(PATIENCE).text == "2"


def test_a_question_about_nothing_fails_in_words(worker):
    worker.pipeline.start()
    with pytest.raises(UsageError):
        worker.ask(99).result(PATIENCE)


def test_questions_that_wait_at_the_end_are_cancelled(worker):
    worker.put("a.jpg", "b.jpg", "c.jpg")
    worker.model.gate.clear()
    worker.pipeline.start()
    assert worker.model.in_batch.wait(PATIENCE)
    answer = worker.ask("a.jpg")
    worker.pipeline.stop()
    with pytest.raises(Cancelled):
        answer.result(PATIENCE)
