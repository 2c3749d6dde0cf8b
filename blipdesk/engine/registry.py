"""What checkpoints there are and which code runs them: one row each.

A new family is one module with ``load_model`` (see :mod:`blipdesk.engine.vision_model`) and one
:class:`FamilySpec` row; a new checkpoint is one :class:`ModelSpec` row.
"""

from __future__ import annotations

from dataclasses import dataclass, field

CAPTION = "caption"
ANSWER = "answer"
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FamilySpec:
    """An architecture: how its ``config.json`` is known, what it can do, and where its code is."""

    name: str
    module: str
    """The module below ``blipdesk.engine`` that has ``load_model``."""
    model_types: frozenset[str]
    """Values of ``model_type`` in config.json."""
    tasks_by_class: dict[str, tuple[str, ...]]
    """Tasks by the class named in ``architectures`` of config.json."""


FAMILIES: tuple[FamilySpec, ...] = (
    FamilySpec(
        name="blip",
        module="blip",
        model_types=frozenset({"blip"}),
        tasks_by_class={
            "BlipForConditionalGeneration": (CAPTION,),
            "BlipForQuestionAnswering": (ANSWER,),
        },
    ),
)


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A checkpoint that is known by name; sizes are bytes.

    ``revision`` is the commit that was checked, empty where none is pinned yet.  ``memory`` is what weights
    and a small batch take, by precision.
    """

    key: str
    title: str
    repo: str
    family: str
    tasks: tuple[str, ...]
    licence: str
    download_bytes: int
    revision: str = ""
    memory: dict[str, int] = field(default_factory=dict)
    embedded: bool = False
    """Shipped with the program, in resources/models."""
    note: str = ""


_DEMO_NOTE = "Demo model: understands drawn scenes only."

SPECS: tuple[ModelSpec, ...] = (
    ModelSpec(
        key="demo-captioner",
        title="Demo captioner",
        repo="",
        family="blip",
        tasks=(CAPTION,),
        licence="Apache-2.0",
        download_bytes=0,
        memory={"fp32": 100 * MIB},
        embedded=True,
        note=_DEMO_NOTE,
    ),
    ModelSpec(
        key="demo-answerer",
        title="Demo answerer",
        repo="",
        family="blip",
        tasks=(ANSWER,),
        licence="Apache-2.0",
        download_bytes=0,
        memory={"fp32": 100 * MIB},
        embedded=True,
        note=_DEMO_NOTE,
    ),
    ModelSpec(
        key="blip-image-captioning-base",
        title="BLIP captioning, base",
        repo="Salesforce/blip-image-captioning-base",
        family="blip",
        tasks=(CAPTION,),
        licence="BSD-3-Clause",
        download_bytes=990 * 1000 * 1000,
        memory={"fp32": 1500 * MIB, "bf16": 900 * MIB, "fp16": 900 * MIB},
        note="Everyday photos, quick: the first choice.",
    ),
    ModelSpec(
        key="blip-image-captioning-large",
        title="BLIP captioning, large",
        repo="Salesforce/blip-image-captioning-large",
        family="blip",
        tasks=(CAPTION,),
        licence="BSD-3-Clause",
        download_bytes=1880 * 1000 * 1000,
        memory={"fp32": 2600 * MIB, "bf16": 1500 * MIB, "fp16": 1500 * MIB},
        note="More detail, about three times slower.",
    ),
    ModelSpec(
        key="blip-vqa-base",
        title="BLIP question answering, base",
        repo="Salesforce/blip-vqa-base",
        family="blip",
        tasks=(ANSWER,),
        licence="BSD-3-Clause",
        download_bytes=1540 * 1000 * 1000,
        memory={"fp32": 2000 * MIB, "bf16": 1200 * MIB, "fp16": 1200 * MIB},
        note="Short answers about a photo.",
    ),
    ModelSpec(
        key="blip-vqa-capfilt-large",
        title="BLIP question answering, CapFilt",
        repo="Salesforce/blip-vqa-capfilt-large",
        family="blip",
        tasks=(ANSWER,),
        licence="BSD-3-Clause",
        download_bytes=1540 * 1000 * 1000,
        memory={"fp32": 2000 * MIB, "bf16": 1200 * MIB, "fp16": 1200 * MIB},
        note="As base, trained on filtered captions: better answers.",
    ),
)

DEMO = "demo"
DEMO_KEYS = {CAPTION: "demo-captioner", ANSWER: "demo-answerer"}
"""What the settings' model name ``demo`` means for each task."""


def find_spec(name: str) -> ModelSpec | None:
    """The row of a key or of a repository's name."""
    return next((spec for spec in SPECS if name in {spec.key, spec.repo} and name), None)


def find_family(model_type: str) -> FamilySpec | None:
    """The row that runs checkpoints of this ``model_type``."""
    return next((family for family in FAMILIES if model_type in family.model_types), None)
