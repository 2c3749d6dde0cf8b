"""Captions scored by a retrieval model beside the captioning one, which never costs a caption."""

import threading
from dataclasses import replace

import pytest
from pipeline_desk import Desk
from pipeline_fakes import (
    BROKEN,
    KILLS_ENGINE,
    KILLS_SCORER,
    SURE,
    UNSURE,
    FakeDecoder,
    FakeModel,
    put_file,
)
from pipeline_waiting import PATIENCE

from blipdesk.domain.errors import ModelError, PhotoError, ProblemKind
from blipdesk.domain.jobs import CaptionOptions, EngineInfo, EngineSettings, Turn
from blipdesk.domain.values import Candidate, QuestionAnswer, Source
from blipdesk.pipeline.captioner import Captioner, model_key
from blipdesk.pipeline.options import PipelineOptions
from blipdesk.pipeline.questions import Questions, closed_question, where_question

RETRIEVAL = EngineSettings("matcher")
INFO = EngineInfo("m@1/caption", "", "cpu", "fp32", 384, 8)
MATCHER = EngineInfo("r@1/retrieval", "", "cpu", "fp32", 384, 8)


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    made.retrieval = RETRIEVAL
    return made


def record(desk, name):
    return desk.catalog.by_path(desk.folder / name)


def test_captions_have_their_scores(desk):
    desk.put("a.jpg", b"a|")
    assert desk.run().not_scored == ""
    assert [candidate.match for candidate in record(desk, "a.jpg").candidates] == [SURE]


def test_a_retrieval_model_that_is_not_there_costs_no_caption(desk):
    desk.retrieval = EngineSettings("gone")
    desk.put("a.jpg", b"a|")
    summary = desk.run()
    assert summary.captioned == 1
    assert "gone" in summary.not_scored, "the person is told why"
    assert [candidate.match for candidate in record(desk, "a.jpg").candidates] == [None]
    assert desk.run().not_scored == "", "there was nothing to score"


def test_an_engine_that_dies_of_scoring_captions_all_the_same(desk):
    desk.put("a.jpg", b"a|")
    desk.put("k.jpg", KILLS_SCORER + b"|")
    desk.put("z.jpg", b"z|")
    summary = desk.run()
    assert (summary.captioned, summary.failed) == (3, ())
    assert desk.catalog.deaths_recorded == 0
    assert record(desk, "k.jpg").candidates[0].match is None
    assert record(desk, "z.jpg").candidates[0].match == SURE  # scored again after it


def test_a_photo_that_kills_the_engine_is_set_aside_and_the_others_are_scored(desk):
    desk.put("a.jpg", b"a|")
    desk.put("k.jpg", KILLS_ENGINE + b"|")
    desk.put("z.jpg", b"z|")
    summary = desk.run()
    assert [problem.kind for _, problem in summary.failed] == [ProblemKind.CRASHED]
    assert [record(desk, name).candidates[0].match for name in ("a.jpg", "z.jpg")] == [SURE, SURE]


def test_a_person_s_caption_is_scored_beside_the_model_s(desk):
    desk.put("a.jpg", b"a|")
    desk.run()
    record(desk, "a.jpg").user_caption = "my own"
    desk.put("a.jpg", b"other|")
    desk.run()
    assert record(desk, "a.jpg").existing == (
        Candidate("my own", "my own", None, SURE, Source.USER),
        Candidate("photo of a", "photo of a", None, SURE),  # the former one still fits
    )


def test_a_demo_model_says_nothing_of_what_others_wrote(desk):
    """It understands drawn scenes and its own words: all captions by people would be unsure to it."""
    desk.retrieval = EngineSettings("demo")
    desk.put("a.jpg", b"a|")
    desk.run()
    assert [candidate.match for candidate in record(desk, "a.jpg").candidates] == [SURE]
    record(desk, "a.jpg").user_caption = "my own"
    desk.put("a.jpg", b"other|")
    desk.run()
    assert record(desk, "a.jpg").existing == (Candidate("photo of a", "photo of a", None, SURE),)


@pytest.mark.parametrize(("matcher", "existing"), [("matcher", 1), ("demo", 0)])
def test_an_imported_caption_is_scored_by_a_model_for_photos_only(desk, matcher, existing):
    desk.retrieval = EngineSettings(matcher)
    desk.put("a.jpg", b"a|")
    desk.run()
    imported = record(desk, "a.jpg")
    imported.caption, imported.pixel_hash = "photo of friends", None
    desk.catalog.enqueue_forced([imported.id], "m@1/caption")
    (job,) = desk.catalog.claim("m@1/caption", 1)
    captioner = Captioner(desk.catalog, desk.model)
    captioner.load(PipelineOptions(retrieval_engine=desk.retrieval))
    decoded = FakeDecoder().decode(b"a|", "a.jpg", 24)
    (made,) = captioner.caption([(replace(job, forced=False), decoded)], threading.Event())
    assert made.result is None
    assert len(made.existing) == existing


def test_a_former_caption_that_does_not_fit_is_dropped(desk):
    desk.put("a.jpg", b"wrong one|")
    desk.run()
    record(desk, "a.jpg").user_caption = "wrong as well"
    desk.put("a.jpg", b"other|")
    desk.run()
    assert record(desk, "a.jpg").existing == (
        Candidate("wrong as well", "wrong as well", None, UNSURE, Source.USER),
    )


def test_scores_that_fail_leave_the_caption(desk):
    desk.put("a.jpg", b"a|")
    desk.run()
    record(desk, "a.jpg").user_caption = "KILLSCORER"
    desk.put("a.jpg", b"other|")
    assert desk.run().captioned == 1
    assert record(desk, "a.jpg").caption == "photo of other"
    assert [one.text for one in record(desk, "a.jpg").existing] == ["photo of a"]


def changed_with_own_captions(desk, captions, before=""):
    """Photos that have a person's caption already, and are captioned anew because their pixels changed."""
    for name in captions:
        desk.put(name, f"{name} {before}|".encode())
    desk.run()
    for name, caption in captions.items():
        record(desk, name).user_caption = caption
        desk.put(name, b"other " + name.encode() + b"|")
    desk.run()
    return [record(desk, name) for name in captions]


def test_a_caption_that_cannot_be_scored_costs_no_other_its_score(desk):
    photos = changed_with_own_captions(desk, {"a.jpg": "mine", "k.jpg": "KILLSCORER", "z.jpg": "mine too"})
    mine = [{one.text for one in photo.existing if one.source is Source.USER} for photo in photos]
    assert mine == [{"mine"}, set(), {"mine too"}]


def test_a_scorer_that_fails_again_and_again_is_left_alone_although_captions_come(desk):
    desk.model.batch_size = 1
    photos = changed_with_own_captions(desk, {f"{n}.jpg": "KILLSCORER" for n in range(5)}, "KILLSCORER")
    assert all(photo.caption.startswith("photo of other") for photo in photos)
    assert [photo.existing for photo in photos] == [()] * 5
    assert not desk.model.scores


def test_a_library_is_not_captioned_again_for_a_retrieval_model(desk):
    desk.retrieval = None
    desk.put("a.jpg", b"a|")
    desk.run()
    desk.retrieval = RETRIEVAL
    summary = desk.run()
    assert (summary.captioned, desk.model.loads) == (0, 0)


@pytest.mark.parametrize(
    ("options", "key"),
    [
        (CaptionOptions(), "m@1/caption"),
        (CaptionOptions(top_p=0.5, temperature=0.7, length_penalty=2.0), "m@1/caption"),
        (CaptionOptions(candidates=3), 'm@1/caption?candidates=3&retrieval="r@1/retrieval"'),
        (CaptionOptions(num_beams=3, length_penalty=2.0), "m@1/caption?length_penalty=2.0&num_beams=3"),
        (
            CaptionOptions(sampling=True, top_p=0.5, num_beams=3, length_penalty=2.0),
            "m@1/caption?sampling=true&top_p=0.5",
        ),
    ],
)
def test_only_what_changes_the_text_is_in_the_model_key(options, key):
    assert model_key(INFO, options, MATCHER) == key


# ---------------------------------------------------------------------------------------- questions


def test_the_model_is_told_of_the_chat_before(worker):
    worker.put("a.jpg")
    worker.pipeline.take_in(str(worker.top / "a.jpg"))
    kept = {"photo_id": worker.id_of("a.jpg"), "model_key": "m", "asked_at": 0.0, "seconds": 0.0}
    worker.catalog.turns = [
        QuestionAnswer(1, question="what is left?", answer="a tree", **kept),
        QuestionAnswer(2, question="and right?", answer="a ho", stopped=True, **kept),
        QuestionAnswer(3, question="why?", answer=" ", **kept),
        QuestionAnswer(4, question="what colour?", answer="green", **kept),
    ]
    worker.ask("a.jpg").result(PATIENCE)
    assert worker.model.histories == [[Turn("what is left?", "a tree"), Turn("what colour?", "green")]]
    worker.catalog.turns[1] = replace(
        worker.catalog.turns[1], is_new=True
    )  # stopped, it begins one all the same
    worker.ask("a.jpg").result(PATIENCE)
    assert worker.model.histories[1:] == [[Turn("what colour?", "green")]]


def test_a_closed_question_is_answered_by_the_answering_model(worker):
    worker.put("a.jpg")
    worker.pipeline.take_in(str(worker.top / "a.jpg"))
    question = closed_question(worker.id_of("a.jpg"), "red?", ["yes", "no"], threading.Event())
    result = worker.pipeline.ask(question).result(PATIENCE)
    assert [choice.text for choice in result.choices] == ["yes", "no"]
    assert worker.model.log == ["choose at 16"]


def test_where_a_word_is_seen_needs_no_catalog_record(worker):
    worker.put("a.jpg")
    worker.pipeline.reconfigure(replace(worker.options, retrieval_engine=RETRIEVAL))
    question = where_question(str(worker.top / "a.jpg"), "dog", threading.Event())
    assert worker.pipeline.ask(question).result(PATIENCE).match == SURE
    assert worker.model.log == ["explain at 24"]
    assert worker.catalog.records == {}


def test_without_a_retrieval_model_it_is_said_which_is_missing(worker):
    worker.put("a.jpg")
    question = where_question(str(worker.top / "a.jpg"), "dog", threading.Event())
    with pytest.raises(ModelError, match=r"no model here.*models list"):
        worker.pipeline.ask(question).result(PATIENCE)


def test_a_question_may_name_its_model_and_what_comes_after_it_has_its_own(worker):
    worker.put("a.jpg")
    worker.pipeline.reconfigure(replace(worker.options, retrieval_engine=RETRIEVAL))

    def explain(engine=None):
        asked = where_question(str(worker.top / "a.jpg"), "dog", threading.Event(), engine)
        return worker.pipeline.ask(asked).result(PATIENCE).model_key

    named = EngineSettings("another")
    assert [explain(each) for each in (None, named, None, named)] == [
        "matcher@1/retrieval", "another@1/retrieval", "matcher@1/retrieval", "another@1/retrieval",
    ]  # fmt: skip
    with pytest.raises(ModelError, match="gone"):
        explain(EngineSettings("gone"))


@pytest.mark.parametrize("engine", [None, EngineSettings("another")])
def test_no_model_is_loaded_for_a_file_that_is_no_photo(worker, engine):
    path = put_file(worker.top, "a.jpg", BROKEN)
    asked = where_question(str(path), "dog", threading.Event(), engine)
    worker.pipeline.reconfigure(replace(worker.options, retrieval_engine=RETRIEVAL))
    with pytest.raises(PhotoError, match="no picture"):
        worker.pipeline.ask(asked).result(PATIENCE)
    assert worker.model.matcher == ""


def test_captions_are_not_scored_by_the_model_that_a_question_named():
    engine = FakeModel()
    questions = Questions(engine, lambda photo, size: FakeDecoder().decode(b"a|", "a.jpg", size))
    options = PipelineOptions(retrieval_engine=RETRIEVAL)
    questions.add(where_question("a.jpg", "dog", threading.Event(), EngineSettings("another")))
    questions.answer_next(options, threading.Event())
    assert engine.matcher == "another"
    questions.give_matcher_back(options)
    assert engine.matcher == "matcher"
    questions.add(where_question("a.jpg", "dog", threading.Event(), EngineSettings("another")))
    questions.answer_next(options, threading.Event())
    questions.give_matcher_back(PipelineOptions())
    assert not engine.scores
