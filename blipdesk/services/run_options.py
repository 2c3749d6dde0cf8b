"""The worker's options: the settings, and what a command line says over them."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

from blipdesk.domain.conditions import WorkConditions
from blipdesk.domain.errors import ModelError, UsageError
from blipdesk.domain.jobs import CaptionOptions, EngineSettings
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.wording import later
from blipdesk.domain.writes import ExistingText, JournalLimits, WritePolicy
from blipdesk.engine import is_fake, registry
from blipdesk.pipeline import PipelineOptions
from blipdesk.pipeline.questions import NO_MATCHER
from blipdesk.services.choices import RunChoices
from blipdesk.services.models import Models, named_model
from blipdesk.services.setting_specs import spec_of
from blipdesk.services.settings import Settings, check_bounds


def pipeline_options(settings: Settings, models: Models, *, watch: bool = True) -> PipelineOptions:
    """The worker's options as the settings have them; ``models`` lists the checkpoints."""
    engine = EngineSettings(model=settings.model, device=settings.device, precision=settings.precision)
    return PipelineOptions(
        engine=engine,
        answer_engine=replace(engine, model=settings.answer_model),
        retrieval_engine=retrieval_settings(engine, settings.match_model, models),
        caption=CaptionOptions(
            prompt=settings.prompt, num_beams=settings.num_beams, candidates=settings.candidates
        ),
        write=write_policy(settings),
        watch=watch,
        idle_seconds=settings.unload_minutes * 60 or None,
        conditions=work_conditions(settings),
        journal=journal_limits(settings),
    )


def work_conditions(settings: Settings) -> WorkConditions:
    """When the worker may work, as the settings have it."""
    return WorkConditions(
        idle_seconds=settings.idle_minutes * 60.0 if settings.only_when_idle else None,
        mains_only=settings.only_on_mains,
    )


def write_policy(settings: Settings) -> WritePolicy:
    """Where and how captions are written back, as the settings have it."""
    return WritePolicy(
        target=WriteTarget(settings.write_target),
        existing=ExistingText(settings.existing_text),
        embed_heif=settings.embed_heif,
        adobe_names=settings.adobe_names,
        keep_times=settings.keep_times,
    )


def named_policy(
    policy: WritePolicy,
    target: str | None,
    existing: str | None,
    heic: bool | None = None,
    adobe_names: bool | None = None,
) -> WritePolicy:
    """The policy of the settings, with what a command line names of it.

    Raises:
        UsageError: a value is none of its choices, or the captions stay in the catalog.
    """
    if target is not None:
        policy = replace(policy, target=WriteTarget(choice_of("write_target", target)))
    if existing is not None:
        policy = replace(policy, existing=ExistingText(choice_of("existing_text", existing)))
    if heic is not None:
        policy = replace(policy, embed_heif=heic)
    if adobe_names is not None:
        policy = replace(policy, adobe_names=adobe_names)
    if policy.target is WriteTarget.NONE:
        raise UsageError(
            later("The captions stay in the catalog only."),
            later("Say where they go: --to sidecar or embed."),
        )
    return policy


def journal_limits(settings: Settings) -> JournalLimits:
    """How much is kept to take writes back, as the settings have it."""
    return JournalLimits(seconds=settings.journal_days * 86400.0, bytes=settings.journal_mb << 20)


def retrieval_settings(engine: EngineSettings, match_model: str, models: Models) -> EngineSettings | None:
    """The checkpoint that says how well captions fit; None: none does.

    ``auto``: the demo's own beside a demo model, which understands drawn scenes only; beside any other an
    installed one that is no demo model.
    """
    if match_model == "none":
        return None
    if match_model != "auto":
        return replace(engine, model=match_model, batch_size=0)
    if is_fake(engine.model):
        return replace(engine, batch_size=0)
    if is_demo(engine.model):
        return replace(engine, model=registry.DEMO, batch_size=0)
    found = _installed(models, registry.RETRIEVAL)
    return replace(engine, model=found, batch_size=0) if found else None


def answering_engine(
    usual: EngineSettings, chosen: str | None, captioner: str, models: Models
) -> EngineSettings:
    """The checkpoint that answers a question about one photo.

    Args:
        usual: the one of the settings; where that is the demo's, a photo that another model captioned is
            asked of an installed one that is no demo model, if there is one.
        chosen: what a command line names.
        captioner: the model key of the photo's caption, empty where no model wrote one.
        models: lists the checkpoints.

    Raises:
        UsageError: what the command line names is no model.
    """
    if chosen is not None:
        return replace(usual, model=named_model(chosen, models), batch_size=0)
    if is_demo(usual.model) and captioner and not is_demo(key_of(captioner)):
        return replace(usual, model=_installed(models, registry.ANSWER) or usual.model)
    return usual


def matching_engine(
    engine: EngineSettings, match_model: str, captioner: str, models: Models
) -> EngineSettings:
    """The checkpoint that says where the words of one photo are seen.

    ``auto``: what suits the model of the photo's caption, whatever captions now; where no model wrote one,
    an installed one that is no demo model goes before the demo's.

    Args:
        engine: of the settings.
        match_model: ``auto``, ``none``, a key or a folder.
        captioner: the model key of the photo's caption, empty where no model wrote one.
        models: lists the checkpoints.

    Raises:
        ModelError: there is none.
    """
    if match_model == "auto" and captioner:
        engine = replace(engine, model=key_of(captioner))
    found = retrieval_settings(engine, match_model, models)
    if found is None:
        raise ModelError(*NO_MATCHER)
    if match_model == "auto" and not captioner and is_demo(found.model):
        return replace(found, model=_installed(models, registry.RETRIEVAL) or found.model)
    return found


def is_demo(name: str) -> bool:
    """Whether a settings' model name or a key means a demo model.

    >>> is_demo("demo"), is_demo("demo-captioner"), is_demo("demolition-blip")
    (True, True, False)
    """
    spec = registry.find_spec(name)
    return name == registry.DEMO or (spec is not None and spec.embedded)


def key_of(model_key: str) -> str:
    """The checkpoint's key in a model key.

    >>> key_of("demo-captioner@1a2b3c4d/caption?num_beams=3")
    'demo-captioner'
    """
    return model_key.partition("/")[0].partition("@")[0]


def _installed(models: Models, task: str) -> str:
    """The first checkpoint on this computer that does a task and is no demo model; empty: none is."""
    fitting = (model.key for model in models() if model.installed and task in model.tasks)
    return next((key for key in fitting if not is_demo(key)), "")


def choice_of(name: str, value: str) -> str:
    """A value that a command line gives for a setting with choices.

    Raises:
        UsageError: it is none of them.
    """
    spec = spec_of(name)
    allowed = [choice for choice, _ in spec.choices]
    if value not in allowed:
        raise UsageError(
            later("{value} is no choice for: {label}.").format(value=repr(value), label=spec.label),
            later("Use one of {allowed}.").format(allowed=", ".join(allowed)),
        )
    return value


def run_options(settings: Settings, choices: RunChoices, models: Models, *, watch: bool) -> PipelineOptions:
    """The settings, and a command line's choices over them; ``models`` lists the checkpoints.

    Raises:
        UsageError: a value is none of its choices, or makes no sense beside another.
        ModelError: the checking model that was named cannot be one.
    """
    if choices.batch_size != "auto" and not (choices.batch_size.isdecimal() and int(choices.batch_size) > 0):
        raise UsageError(
            later("{batch_size} is no batch size.").format(batch_size=repr(choices.batch_size)),
            later("Use auto or a number of photos."),
        )
    chosen: dict[str, Any] = {
        "model": None if choices.model is None else named_model(choices.model, models),
        "match_model": named_match_model(choices.match_model, models),
        "device": choices.device and choice_of("device", choices.device),
        "precision": choices.precision and choice_of("precision", choices.precision),
        "write_target": choices.write and choice_of("write_target", choices.write),
        "existing_text": choices.existing and choice_of("existing_text", choices.existing),
        "embed_heif": choices.heic,
        "adobe_names": choices.adobe_names,
    }
    kept, settings = (
        settings,
        replace(settings, **{name: value for name, value in chosen.items() if value is not None}),
    )
    options = pipeline_options(settings, models, watch=watch)
    usual = pipeline_options(kept, models).retrieval_engine
    batch_size = 0 if choices.batch_size == "auto" else int(choices.batch_size)
    return replace(
        options,
        engine=replace(options.engine, batch_size=batch_size),
        is_usual_matcher=options.retrieval_engine == usual,
        caption=caption_options(options.caption, choices),
    )


def named_match_model(name: str | None, models: Models) -> str | None:
    """The checking model that a command line names; None: none.

    One that is named has to be there: captions that nobody scored are not scored later either.

    Raises:
        UsageError: it is no model.
        ModelError: it is not on this computer, or cannot say how well captions fit.
    """
    if name is None or name in {"auto", "none"}:
        return name
    name = named_model(name, models)
    if name == registry.DEMO or is_fake(name) or os.path.isabs(name):
        return name
    found = next((model for model in models() if model.key == name), None)
    if found is None or not found.installed:
        raise ModelError(
            later("There is no model {name} on this computer.").format(name=name),
            later("blipdesk models list shows what there is."),
        )
    if registry.RETRIEVAL not in found.tasks:
        raise ModelError(
            later("The model {title} cannot say how well captions fit.").format(title=found.title),
            later("Name one for retrieval, or leave --match-model out."),
        )
    return name


def caption_options(settings: CaptionOptions, choices: RunChoices) -> CaptionOptions:
    """The captioning options of the settings, and a command line's choices over them.

    Raises:
        UsageError: the prompt is too long, or an option makes no sense beside another.
    """
    if not choices.sample and (choices.top_p is not None or choices.temperature is not None):
        raise UsageError(
            later("--top-p and --temperature are for drawing words at random."), later("Add --sample.")
        )
    if choices.sample and (choices.num_beams or 1) > 1:
        raise UsageError(later("Words are drawn without beams."), later("Leave out --sample or --num-beams."))
    if choices.prompt is not None:
        check_bounds(spec_of("prompt"), choices.prompt)
    chosen: dict[str, Any] = {
        "prompt": choices.prompt,
        "candidates": choices.candidates,
        "num_beams": choices.num_beams,
        "top_p": choices.top_p,
        "temperature": choices.temperature,
        "repetition_penalty": choices.repetition_penalty,
        "length_penalty": choices.length_penalty,
        "min_new_tokens": choices.min_new_tokens,
        "max_new_tokens": choices.max_new_tokens,
    }
    given = {name: value for name, value in chosen.items() if value is not None}
    options = replace(settings, sampling=choices.sample, **given)
    if choices.num_beams and options.candidates > options.num_beams and not options.sampling:
        raise UsageError(
            later("{candidates} candidates need as many beams.").format(candidates=options.candidates),
            later("Raise --num-beams, or leave it out."),
        )
    searched = not options.sampling and max(options.num_beams, options.candidates) > 1
    if choices.length_penalty is not None and not searched:
        raise UsageError(
            later("--length-penalty compares the captions of a search."), later("Add --num-beams.")
        )
    if options.min_new_tokens > options.max_new_tokens:
        raise UsageError(
            later(
                "A caption cannot have at least {min_new_tokens} tokens and at most {max_new_tokens}."
            ).format(min_new_tokens=options.min_new_tokens, max_new_tokens=options.max_new_tokens),
            later("Raise --max-new-tokens."),
        )
    return options
