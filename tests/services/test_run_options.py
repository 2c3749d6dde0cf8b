"""Which models a run uses, and what a command line says over the settings."""

import pytest

from blipdesk.domain.errors import ModelError, UsageError
from blipdesk.domain.jobs import CaptionOptions, EngineSettings, ModelInfo
from blipdesk.services.choices import RunChoices
from blipdesk.services.run_options import answering_engine, matching_engine, named_policy, run_options
from blipdesk.services.settings import Settings


def model(key, *tasks, installed=True):
    return ModelInfo(key, key, tasks, installed, 1, "BSD", None)


MODELS = [
    model("demo-retriever", "retrieval"),
    model("blip-itm-large-coco", "retrieval", installed=False),
    model("blip-image-captioning-base", "caption"),
    model("blip-itm-base-coco", "retrieval"),
    model("blip-vqa-base", "answer"),
]
DEMO = "demo-captioner@1a2b3c4d/caption"
REAL = "blip-image-captioning-base@1a2b3c4d/caption?num_beams=3"


def options(settings=None, choices=None, models=MODELS):
    return run_options(settings or Settings(), choices or RunChoices(), lambda: models, watch=False)


@pytest.mark.parametrize(
    ("captioner", "chosen", "used"),
    [
        ("demo", "auto", "demo"),
        ("demo-blip2", "auto", "demo"),
        ("fake:0.1", "auto", "fake:0.1"),
        ("demolition-photos", "auto", "blip-itm-base-coco"),  # imported under a name that begins so
        ("blip-image-captioning-base", "auto", "blip-itm-base-coco"),  # never the demo's, on real photos
        ("blip-image-captioning-base", "demo", "demo"),  # unless asked for
        ("demo", "blip-itm-base-coco", "blip-itm-base-coco"),
        ("demo", "none", None),
    ],
)
def test_the_checking_model_suits_the_captioning_one(captioner, chosen, used):
    found = options(Settings(model=captioner, match_model=chosen, device="cpu")).retrieval_engine
    assert (found and found.model) == used
    assert found is None or found.device == "cpu"


def test_a_real_model_without_an_installed_checking_one_has_none():
    assert options(Settings(model="blip-image-captioning-base"), models=MODELS[:3]).retrieval_engine is None


def test_a_model_named_for_a_run_has_its_own_checking_model():
    found = options(choices=RunChoices(model="blip-image-captioning-base", batch_size="4"))
    assert (found.engine.batch_size, found.retrieval_engine.model) == (4, "blip-itm-base-coco")


def test_the_settings_hold_where_the_command_line_says_nothing():
    settings = Settings(prompt="a photo of", num_beams=3, candidates=2, unload_minutes=5)
    found = options(settings)
    assert found.caption == CaptionOptions(prompt="a photo of", num_beams=3, candidates=2)
    assert found.idle_seconds == 300


def test_the_command_line_overrules_the_settings():
    settings = Settings(prompt="a photo of", num_beams=3, candidates=2)
    choices = RunChoices(
        prompt="", num_beams=1, candidates=4, sample=True, top_p=0.8, temperature=0.7,
        repetition_penalty=1.2, min_new_tokens=5, max_new_tokens=40,
    )  # fmt: skip
    assert options(settings, choices).caption == CaptionOptions(
        prompt="", num_beams=1, candidates=4, sampling=True, top_p=0.8, temperature=0.7,
        repetition_penalty=1.2, min_new_tokens=5, max_new_tokens=40,
    )  # fmt: skip
    searched = options(settings, RunChoices(num_beams=5, length_penalty=0.5)).caption
    assert (searched.num_beams, searched.candidates, searched.length_penalty) == (5, 2, 0.5)


@pytest.mark.parametrize("usual", [False, True])
def test_a_run_embeds_in_heic_files_and_names_sidecars_as_it_is_told(usual):
    settings = Settings(write_target="embed", embed_heif=usual, adobe_names=usual)
    asked = options(settings, RunChoices(heic=not usual, adobe_names=not usual)).write
    assert (asked.embed_heif, asked.adobe_names) == (not usual, not usual)
    silent = options(settings).write
    assert (silent.embed_heif, silent.adobe_names) == (usual, usual)
    assert named_policy(silent, None, None, not usual, not usual) == asked


def test_a_prompt_of_which_the_model_would_not_read_all_is_refused():
    with pytest.raises(UsageError, match="1000 characters"):
        options(choices=RunChoices(prompt="a " * 500))


def test_models_may_stay_in_memory_for_good():
    assert options(Settings(unload_minutes=0)).idle_seconds is None


@pytest.mark.parametrize("choices", [RunChoices(batch_size="0"), RunChoices(batch_size="many")])
def test_a_batch_size_that_is_none_is_refused(choices):
    with pytest.raises(UsageError):
        options(choices=choices)


@pytest.mark.parametrize(
    ("usual", "chosen", "captioner", "used"),
    [
        ("demo", None, DEMO, "demo"),
        ("demo", None, "", "demo"),
        ("demo", None, REAL, "blip-vqa-base"),
        ("demo", "demo", REAL, "demo"),
        ("blip2-flan-t5-xl", None, DEMO, "blip2-flan-t5-xl"),
        ("demo", "blip-vqa-capfilt-large", DEMO, "blip-vqa-capfilt-large"),
    ],
)
def test_a_photo_is_asked_of_a_model_that_suits_its_caption_s(usual, chosen, captioner, used):
    found = answering_engine(EngineSettings(usual, "cpu"), chosen, captioner, lambda: MODELS)
    assert (found.model, found.device) == (used, "cpu")


@pytest.mark.parametrize(
    ("settings", "chosen", "captioner", "used"),
    [
        ("demo", "auto", DEMO, "demo"),
        ("demo", "auto", REAL, "blip-itm-base-coco"),
        ("demo", "auto", "", "blip-itm-base-coco"),
        ("blip-image-captioning-base", "auto", DEMO, "demo"),
        ("demo", "demo", REAL, "demo"),
    ],
)
def test_a_photo_is_explained_by_a_model_that_suits_its_caption_s(settings, chosen, captioner, used):
    assert matching_engine(EngineSettings(settings), chosen, captioner, lambda: MODELS).model == used


def test_a_real_photo_is_never_explained_by_the_demo_s_model_unasked():
    with pytest.raises(ModelError, match="no model here"):
        matching_engine(EngineSettings("demo"), "auto", REAL, lambda: MODELS[:3])
    assert matching_engine(EngineSettings("demo"), "auto", "", lambda: MODELS[:3]).model == "demo"
