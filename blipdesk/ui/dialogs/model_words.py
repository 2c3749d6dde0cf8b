"""Checkpoints as a person chooses them.

The settings say ``demo`` for the demo models that come with the program; the registry lists each under a
key of its own.  A person sees one choice.
"""

from __future__ import annotations

from collections.abc import Sequence

from blipdesk.domain.jobs import ModelInfo
from blipdesk.domain.wording import later, listed, retold, tr
from blipdesk.services.run_options import is_demo
from blipdesk.ui.pane.texts import readable_size
from blipdesk.ui.words import sentences

DEMO = "demo"
FIRST_CHOICES = ("blip-image-captioning-base", "blip-vqa-base", "blip-itm-base-coco")
"""What most people want for real photos; the others are shown where they are asked for."""
_OFFERED = 2
"""Models shown that are not on this computer; a person's first choice is not among twenty."""
TASKS = {
    "caption": later("Captions"),
    "answer": later("Answers"),
    "retrieval": later("Checks captions"),
}


def setting_key(model: ModelInfo) -> str:
    """The value that the settings keep for a model."""
    return DEMO if is_demo(model.key) else model.key


def for_task(models: Sequence[ModelInfo], task: str) -> list[ModelInfo]:
    """The models that can do a task, in the registry's order; the demo models are one."""
    found: dict[str, ModelInfo] = {}
    for model in models:
        if task in model.tasks:
            found.setdefault(setting_key(model), model)
    return list(found.values())


def offered(models: Sequence[ModelInfo], task: str) -> list[ModelInfo]:
    """Those on this computer, and the first that could be."""
    found = for_task(models, task)
    missing = [model for model in found if not model.installed]
    return [model for model in found if model.installed] + missing[:_OFFERED]


def answerer_for(models: Sequence[ModelInfo], captioner: str) -> str:
    """The answering model that goes with a captioning one: the demo's own, else the first installed.

    Args:
        models: all models.
        captioner: settings key of the captioning model.
    """
    answering = [model for model in for_task(models, "answer") if model.installed]
    if captioner == DEMO:
        return DEMO
    if any(model.key == captioner for model in answering):
        return captioner
    return next((model.key for model in answering if setting_key(model) != DEMO), DEMO)


def words_of(model: ModelInfo) -> str:
    """One or two sentences for a card."""
    if setting_key(model) == DEMO:
        return tr("Come with BlipDesk. They understand drawn scenes only, and the window says so.")
    note = retold(model.note) or tasks_words(model.tasks)
    licence = tr("Licence: {licence}", licence=retold(model.licence))
    speed = speed_words(model) or tr("How fast it is here shows in the try")
    words = sentences(note, licence, fit_words(model), speed)
    return words if model.installed else tr("{words} Not on this computer yet.", words=words)


def tasks_words(tasks: Sequence[str]) -> str:
    """What it does: ``Captions, Answers``."""
    return listed(tr(TASKS[task]) for task in tasks if task in TASKS)


def fit_words(model: ModelInfo) -> str:
    """Whether it fits into the memory that is free now; empty where that is not known."""
    if model.fits == "fits":
        return tr("Fits this computer")
    words = retold(model.fits)
    return f"{words[:1].upper()}{words[1:]}"


def title_of(model: ModelInfo) -> str:
    """What the choice is called."""
    return tr("Demo models") if setting_key(model) == DEMO else retold(model.title)


def badge_of(models: Sequence[ModelInfo], model: ModelInfo) -> str:
    """How large it is on disk (the demo models together)."""
    key = setting_key(model)
    size = sum(found.size_bytes for found in models if setting_key(found) == key)
    return readable_size(size) if size else ""


def speed_words(model: ModelInfo) -> str:
    """How fast it captions on this computer, and whether that was measured; empty where neither is known.

    >>> from dataclasses import replace
    >>> model = ModelInfo("x", "X", ("caption",), True, 1, "", None, photos_per_second=2.5)
    >>> speed_words(model), speed_words(replace(model, photos_per_second=0.1, is_measured=True))
    ('about 2.5 photos a second (estimated)', 'about 10 s a photo (measured)')
    """
    rate = model.photos_per_second
    if not rate:
        return ""
    how = tr("measured") if model.is_measured else tr("estimated")
    if rate < 1:
        return tr("about {seconds} s a photo ({how})", seconds=f"{1 / rate:.2g}", how=how)
    return tr("about {rate} photos a second ({how})", rate=f"{rate:.2g}", how=how)
