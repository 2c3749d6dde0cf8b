"""What checkpoints there are and which code runs them: one row each.

A new family is one module with ``load_model`` (see :mod:`blipdesk.engine.vision_model`) and one
:class:`FamilySpec` row; a new checkpoint is one :class:`ModelSpec` row.
"""

from __future__ import annotations

from dataclasses import dataclass, field

CAPTION = "caption"
ANSWER = "answer"
RETRIEVAL = "retrieval"
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FamilySpec:
    """An architecture: how its ``config.json`` is known, what it can do, and where its code is."""

    module: str
    """The module below ``blipdesk.engine`` that has ``load_model``."""
    model_types: frozenset[str]
    """Values of ``model_type`` in config.json."""
    tasks_by_class: dict[str, tuple[str, ...]]
    """Tasks by the class named in ``architectures`` of config.json."""


FAMILIES: tuple[FamilySpec, ...] = (
    FamilySpec(
        module="blip",
        model_types=frozenset({"blip"}),
        tasks_by_class={
            "BlipForConditionalGeneration": (CAPTION,),
            "BlipForQuestionAnswering": (ANSWER,),
        },
    ),
    FamilySpec(
        module="retrieval",
        model_types=frozenset({"blip"}),
        tasks_by_class={"BlipForImageTextRetrieval": (RETRIEVAL,)},
    ),
    FamilySpec(
        module="blip2",
        model_types=frozenset({"blip-2"}),
        tasks_by_class={"Blip2ForConditionalGeneration": (CAPTION, ANSWER)},
    ),
    FamilySpec(
        module="blip2_retrieval",
        model_types=frozenset({"blip-2"}),
        tasks_by_class={"Blip2ForImageTextRetrieval": (RETRIEVAL,)},
    ),
    FamilySpec(
        module="instructblip",
        model_types=frozenset({"instructblip"}),
        tasks_by_class={"InstructBlipForConditionalGeneration": (CAPTION, ANSWER)},
    ),
)


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A checkpoint that is known by name; sizes are bytes.

    ``memory`` is what weights and a small batch take, by precision.
    """

    key: str
    title: str
    repo: str
    tasks: tuple[str, ...]
    licence: str
    download_bytes: int
    memory: dict[str, int] = field(default_factory=dict)
    embedded: bool = False
    """Shipped with the program, in resources/models."""
    note: str = ""
    revision: str = ""
    """The commit's sha that a download takes; empty: the repository's newest."""


def _demo(key: str, title: str, *tasks: str) -> ModelSpec:
    return ModelSpec(
        key=key,
        title=title,
        repo="",
        tasks=tasks,
        licence="Apache-2.0",
        download_bytes=0,
        memory={"fp32": 100 * MIB},
        embedded=True,
        note="Demo model: understands drawn scenes only.",
    )


def _salesforce(
    key: str, title: str, task: str, megabytes: int, memory: tuple[int, int], note: str
) -> ModelSpec:
    """A row of a BLIP by Salesforce; ``memory`` in MiB: in single and in half precision."""
    single, half = (mebibytes * MIB for mebibytes in memory)
    return ModelSpec(
        key=key,
        title=title,
        repo=f"Salesforce/{key}",
        tasks=(task,),
        licence="BSD-3-Clause",
        download_bytes=megabytes * 1000 * 1000,
        memory={"fp32": single, "bf16": half, "fp16": half},
        note=note,
    )


SPECS: tuple[ModelSpec, ...] = (
    _demo("demo-captioner", "Demo captioner", CAPTION),
    _demo("demo-answerer", "Demo answerer", ANSWER),
    _demo("demo-retriever", "Demo retriever", RETRIEVAL),
    _demo("demo-blip2", "Demo BLIP-2", CAPTION, ANSWER),
    _salesforce(
        "blip-image-captioning-base",
        "BLIP captioning, base",
        CAPTION,
        990,
        (1500, 900),
        "Everyday photos, quick: the first choice.",
    ),
    _salesforce(
        "blip-image-captioning-large",
        "BLIP captioning, large",
        CAPTION,
        1880,
        (2600, 1500),
        "More detail, about three times slower.",
    ),
    _salesforce(
        "blip-vqa-base",
        "BLIP question answering, base",
        ANSWER,
        1540,
        (2000, 1200),
        "Short answers about a photo.",
    ),
    _salesforce(
        "blip-vqa-capfilt-large",
        "BLIP question answering, CapFilt",
        ANSWER,
        1540,
        (2000, 1200),
        "As base, trained on filtered captions: better answers.",
    ),
)

DEMO = "demo"
DEMO_KEYS = {CAPTION: "demo-captioner", ANSWER: "demo-answerer", RETRIEVAL: "demo-retriever"}
"""What the settings' model name ``demo`` means for each task."""


def find_spec(name: str) -> ModelSpec | None:
    """The row of a key or of a repository's name."""
    return next((spec for spec in SPECS if name in {spec.key, spec.repo} and name), None)


def find_families(model_type: str) -> tuple[FamilySpec, ...]:
    """The rows that run checkpoints of this ``model_type``."""
    return tuple(family for family in FAMILIES if model_type in family.model_types)
