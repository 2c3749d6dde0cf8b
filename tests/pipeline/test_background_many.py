"""A question to many photos on its way through the worker: in turns with captions, without loss."""

import threading
from dataclasses import replace

import pytest
from pipeline_fakes import FakeModel

from blipdesk.domain.asked import AskedRun, AskedState
from blipdesk.domain.errors import ModelError, ProblemKind, photo_error
from blipdesk.domain.events import AskedProgress
from blipdesk.domain.jobs import EngineSettings, PixelImage
from blipdesk.pipeline import PipelineOptions
from blipdesk.pipeline.many import ManyQuestions
from blipdesk.pipeline.questions import Questions

OPTIONS = PipelineOptions(engine=EngineSettings("fake"))
SLOW = 3600.0


class Asked:
    """The catalog's part that questions to many photos need, with one run."""

    def __init__(self, photo_ids, choices=()):
        self.run = AskedRun(1, "what?", choices, "", "", False, AskedState.OPEN, "", 0.0, None)
        self.waiting, self.answers, self.failed = list(photo_ids), {}, {}
        self.commits, self.known_of = [], []

    def asked_run(self, run_id):
        counts = {"waiting": len(self.waiting), "answered": len(self.answers), "failed": len(self.failed)}
        state = self.run.state if self.waiting else AskedState.DONE
        return replace(self.run, **counts, state=state)

    def open_asking(self):
        run = self.asked_run(1)
        return run if run.state is AskedState.OPEN else None

    def waiting_for(self, run_id, limit):
        return self.waiting[:limit]

    def keep_known(self, run, model_key):
        self.known_of.append(model_key)

    def keep_answers(self, run, answers, failed):
        self.commits.append(len(answers) + len(failed))
        self.answers |= {answer.photo_id: answer.result for answer in answers}
        self.failed |= failed
        self.waiting = [n for n in self.waiting if n not in self.answers and n not in self.failed]

    def set_asking(self, run_id, state):
        self.run = replace(self.run, state=state, note="")

    def note_asking(self, run_id, note):
        self.run = replace(self.run, note=note)


class Decoded:
    def __init__(self, photo_id, size):
        self.model_input = PixelImage(size, 1, f"p{photo_id}".encode())
        self.pixel_hash = f"pixels {photo_id}"


class Desk:
    def __init__(self, asked):
        self.asked, self.model, self.told = asked, FakeModel(), []
        self.broken = {}
        questions = Questions(self.model, self.decode)
        self.many = ManyQuestions(asked, questions, self.model, self.decode, self.told.append)

    def decode(self, photo_id, size):
        if photo_id in self.broken:
            raise self.broken[photo_id]
        return Decoded(photo_id, size)

    def ask(self, seconds=SLOW, cancel=None):
        self.many.ask_some(OPTIONS, seconds, cancel or threading.Event())


def desk_of(*photo_ids, choices=()):
    return Desk(Asked(photo_ids, choices))


def test_a_stretch_is_one_commit_and_tells_how_far_it_is():
    desk = desk_of(1, 2, 3)
    desk.ask()
    assert {n: said.text for n, said in desk.asked.answers.items()} == {n: f"it is p{n}" for n in (1, 2, 3)}
    assert desk.asked.commits == [3] and desk.asked.known_of == ["fake@1/answer"]
    assert [(said.done, said.total) for said in desk.told] == [(0, 3), (0, 0)]
    assert desk.model.histories == [[], [], []], "no photo's chat has a part in it"
    assert desk.many.due_in() == 0
    desk.ask()
    assert desk.many.due_in() is None and desk.told[-1] == AskedProgress()


def test_a_closed_question_gives_the_likeliest_of_its_choices():
    desk = desk_of(1, choices=("yes", "no"))
    desk.ask()
    assert desk.asked.answers[1].choices[0].text == "yes"


def test_a_photo_that_fails_is_set_aside_with_its_reason_and_the_rest_goes_on():
    desk = desk_of(1, 2, 3, 4)
    desk.broken[2] = photo_error(ProblemKind.UNREADABLE, "It is no picture.")
    desk.model.answers |= {"p3": ["\ufffd"] * 3, "p4": [" "]}
    desk.ask()
    assert list(desk.asked.answers) == [1]
    assert {n: problem.kind for n, problem in desk.asked.failed.items()} == {
        2: ProblemKind.UNREADABLE, 3: ProblemKind.DEGENERATE, 4: ProblemKind.DEGENERATE,
    }  # fmt: skip


def test_a_photo_that_there_is_no_memory_for_costs_no_other_its_answer():
    desk = desk_of(1, 2, 3)
    desk.broken[2] = MemoryError()
    desk.ask()
    assert list(desk.asked.answers) == [1, 3] and list(desk.asked.failed) == [2]


def test_a_photo_on_which_the_model_fails_twice_is_set_aside():
    desk = desk_of(1, 2)
    answer, tries = desk.model.answer, []

    def fails(image, *more):
        if image.rgb.startswith(b"p1"):
            tries.append(image)
            raise ModelError("The model died.")
        return answer(image, *more)

    desk.model.answer = fails
    desk.ask()
    assert len(tries) == 2 and list(desk.asked.answers) == [2]
    assert desk.asked.failed[1].kind is ProblemKind.ENGINE


@pytest.mark.parametrize("broken", ["answer", "answer_info"])
def test_a_model_that_answers_nothing_costs_no_photo(broken):
    desk = desk_of(1, 2)
    well = getattr(desk.model, broken)

    def fails(*_):
        raise ModelError("There is no memory left.", "Close something.")

    setattr(desk.model, broken, fails)
    desk.ask()
    assert desk.asked.waiting == [1, 2] and desk.asked.failed == {}
    assert desk.asked.run.note == desk.told[-1].problem == "There is no memory left. Close something."
    assert 0 < desk.many.due_in() <= 30
    setattr(desk.model, broken, well)
    desk.many.wake()
    desk.ask()
    assert desk.asked.waiting == []


def test_what_was_answered_before_something_went_before_is_kept():
    desk = desk_of(1, 2, 3)
    cancel, answer = threading.Event(), desk.model.answer

    def answered(image, *more):
        if image.rgb.startswith(b"p2"):
            cancel.set()
        return answer(image, *more)

    desk.model.answer = answered
    desk.ask(cancel=cancel)
    assert desk.asked.waiting == [2, 3], "half an answer is none"
    desk.ask()
    assert desk.asked.waiting == [] and desk.asked.commits == [1, 2]


def test_a_run_that_is_ended_while_its_model_fails_stays_ended():
    desk = desk_of(1, 2)

    def fails(*_):
        desk.asked.set_asking(1, AskedState.CANCELLED)
        desk.many.hold_on()
        raise ModelError("There is no memory left.")

    desk.model.answer_info = fails
    desk.ask()
    assert desk.asked.run.state is AskedState.CANCELLED


def test_a_run_that_is_paused_stops_at_the_next_photo():
    desk = desk_of(1, 2, 3)
    answer = desk.model.answer

    def answered(image, *more):
        said = answer(image, *more)
        desk.asked.set_asking(1, AskedState.PAUSED)
        desk.many.hold_on()
        return said

    desk.model.answer = answered
    desk.ask()
    assert desk.asked.waiting == [2, 3]
    desk.ask()
    assert desk.asked.waiting == [2, 3] and desk.many.due_in() is None


def test_captions_and_answers_take_turns(worker):
    """Neither waits for the end of the other: both queues are longer than a turn."""
    worker.put(*(f"p{n}.jpg" for n in range(8)))
    worker.pipeline.pause()
    worker.pipeline.start()
    worker.wait(lambda: len(worker.catalog.records) == 8)
    asked = Asked(sorted(worker.catalog.records))
    for name in ("open_asking", "asked_run", "waiting_for", "keep_known", "keep_answers", "note_asking"):
        setattr(worker.catalog, name, getattr(asked, name))
    asked.waiting_for = lambda run_id, limit: asked.waiting[:1]
    worker.catalog.waiting_for = asked.waiting_for
    worker.pipeline.ask_many()
    assert asked.waiting, "a paused worker asks nothing"
    worker.pipeline.resume()
    worker.wait(lambda: not asked.waiting and worker.captioned() == 8)
    kinds = [line.split()[0] for line in worker.model.log]
    first_answer, last_batch = kinds.index("answer"), len(kinds) - 1 - kinds[::-1].index("batch")
    assert first_answer < last_batch, kinds
    assert kinds.index("batch") < len(kinds) - 1 - kinds[::-1].index("answer"), kinds


def test_a_worker_that_was_only_asked_answers_all(worker):
    worker.put("a.jpg", "b.jpg")
    ids = [worker.pipeline.take_in(str(worker.top / name)) for name in ("a.jpg", "b.jpg")]
    asked = Asked(ids)
    for name in ("open_asking", "asked_run", "waiting_for", "keep_known", "keep_answers", "note_asking"):
        setattr(worker.catalog, name, getattr(asked, name))
    worker.pipeline.ask_many()
    worker.wait(lambda: not asked.waiting)
    assert worker.captioned() == 0 and asked.failed == {}


def test_what_is_new_to_caption_breaks_no_answer_off(worker):
    """A look through a large folder says so more often than a processor answers."""
    worker.put("a.jpg")
    asked = Asked([worker.pipeline.take_in(str(worker.top / "a.jpg"))])
    for name in ("open_asking", "asked_run", "waiting_for", "keep_known", "keep_answers", "note_asking"):
        setattr(worker.catalog, name, getattr(asked, name))
    answer = worker.model.answer

    def answered(*arguments):
        worker.pipeline.wake()
        return answer(*arguments)

    worker.model.answer = answered
    worker.pipeline.ask_many()
    worker.wait(lambda: not asked.waiting)
    assert asked.failed == {}
