"""What checkpoints there are and which code runs them: one row each.

A new family is one module with ``load_model`` (see :mod:`blipdesk.engine.vision_model`) and one
:class:`FamilySpec` row; a new checkpoint is one :class:`ModelSpec` row.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from blipdesk.domain.wording import later

CAPTION = "caption"
ANSWER = "answer"
RETRIEVAL = "retrieval"
WORK = {
    CAPTION: later("write captions"),
    ANSWER: later("answer questions"),
    RETRIEVAL: later("tell how well a text fits a photo"),
}
"""What a checkpoint of a task can do, for the person."""
NOTHING_LOADED = {
    CAPTION: later("No model is loaded."),
    ANSWER: later("No answering model is loaded."),
    RETRIEVAL: later("No retrieval model is loaded."),
}
"""What is said where a task is asked for before its checkpoint was loaded."""
MIB = 1024 * 1024
INT8_BYTES = {"blip": 2.05, "retrieval": 2.9, "blip2": 1.15, "blip2_retrieval": 1.5, "instructblip": 1.15}
"""Bytes a weight in int8 on a processor, by family's module.

Counted on the published shapes: embeddings, heads, and all that heat maps need gradients of stay in fp32, and
of BLIP the matrices that pictures are looked at with (base: 427 MiB at the peak, 400 stay with bf16 units).
"""


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
    family: str = ""
    """The :attr:`FamilySpec.module` that runs it."""
    revision: str = ""
    """The commit's sha that a download takes; empty: the repository's newest."""


def _demo(key: str, title: str, family: str, *tasks: str) -> ModelSpec:
    return ModelSpec(
        key=key,
        title=title,
        repo="",
        tasks=tasks,
        licence="Apache-2.0",
        download_bytes=0,
        memory={"fp32": 100 * MIB},
        embedded=True,
        note=later("Demo model: understands drawn scenes only."),
        family=family,
    )


_BSD = "BSD-3-Clause"
_MIT = "MIT"
_FLAN = later("MIT (its Flan-T5: Apache-2.0)")
_OPT = later("MIT (its language model OPT: for research, not for commercial use)")
_LLAMA = later("Vicuna's and LLaMA's: for research, not for commercial use")
_REVISIONS = {
    "blip-image-captioning-base": "82a37760796d32b1411fe092ab5d4e227313294b",
    "blip-image-captioning-large": "2227ac38c9f16105cb0412e7cab4759978a8fd90",
    "blip-vqa-base": "787b3d35d57e49572baabd22884b3d5a05acf072",
}
"""Commits that others' published setups name for these too, so that they are there; any other row takes its
repository's newest, which a download records."""


def _salesforce(
    key: str, title: str, family: str, tasks: tuple[str, ...], licence: str, megabytes: int, note: str
) -> ModelSpec:
    """A row of a checkpoint by Salesforce, published in single precision.

    ``megabytes`` are those of its safetensors.  Memory is their share by precision and what the program and a
    small batch take beside them: 0.5 GiB with BLIP, 1.5 with a language model.  The card of BLIP-2 opt-2.7b
    says 14.4, 7.2 and 3.6 GB; with int8 some of the weights stay in half or single precision.
    """
    weights = megabytes * 1000 * 1000
    beside = (512 if family in {"blip", "retrieval"} else 1536) * MIB
    shares = {"fp32": 1.0, "bf16": 0.5, "fp16": 0.5, "int8": max(0.3, INT8_BYTES[family] / 4)}
    return ModelSpec(
        key=key,
        title=title,
        repo=f"Salesforce/{key}",
        tasks=tasks,
        licence=licence,
        download_bytes=weights + 4 * MIB,
        memory={precision: int(weights * share) + beside for precision, share in shares.items()},
        note=note,
        family=family,
        revision=_REVISIONS.get(key, ""),
    )


_SPEAKS = (CAPTION, ANSWER)
SPECS: tuple[ModelSpec, ...] = (
    _demo("demo-captioner", later("Demo captioner"), "blip", CAPTION),
    _demo("demo-answerer", later("Demo answerer"), "blip", ANSWER),
    _demo("demo-retriever", later("Demo retriever"), "retrieval", RETRIEVAL),
    _demo("demo-blip2", later("Demo BLIP-2"), "blip2", CAPTION, ANSWER),
    _salesforce(
        "blip-image-captioning-base",
        later("BLIP captioning, base"),
        "blip",
        (CAPTION,),
        _BSD,
        990,
        later("Everyday photos, quick: the first choice."),
    ),
    _salesforce(
        "blip-image-captioning-large",
        later("BLIP captioning, large"),
        "blip",
        (CAPTION,),
        _BSD,
        1_880,
        later("More detail, about three times slower."),
    ),
    _salesforce(
        "blip-vqa-base",
        later("BLIP question answering, base"),
        "blip",
        (ANSWER,),
        _BSD,
        1_540,
        later("Short answers about a photo."),
    ),
    _salesforce(
        "blip-vqa-capfilt-large",
        later("BLIP question answering, CapFilt"),
        "blip",
        (ANSWER,),
        _BSD,
        1_540,
        later("As base, trained on filtered captions: better answers."),
    ),
    _salesforce(
        "blip-itm-base-coco",
        later("BLIP matching, base"),
        "retrieval",
        (RETRIEVAL,),
        _BSD,
        895,
        later("Scores captions against their photos, finds photos by meaning: the first choice."),
    ),
    _salesforce(
        "blip-itm-large-coco",
        later("BLIP matching, large"),
        "retrieval",
        (RETRIEVAL,),
        _BSD,
        1_780,
        later("As base, a little surer, three times slower."),
    ),
    _salesforce(
        "blip-itm-base-flickr",
        later("BLIP matching, base (Flickr)"),
        "retrieval",
        (RETRIEVAL,),
        _BSD,
        895,
        later("As base, tuned on photos of people and what they do."),
    ),
    _salesforce(
        "blip-itm-large-flickr",
        later("BLIP matching, large (Flickr)"),
        "retrieval",
        (RETRIEVAL,),
        _BSD,
        1_780,
        later("As large, tuned on photos of people and what they do."),
    ),
    _salesforce(
        "blip2-opt-2.7b",
        later("BLIP-2 with OPT 2.7B"),
        "blip2",
        _SPEAKS,
        _OPT,
        14_980,
        later("Captions, answers and chat; the smallest BLIP-2."),
    ),
    _salesforce(
        "blip2-opt-2.7b-coco",
        later("BLIP-2 with OPT 2.7B, COCO"),
        "blip2",
        _SPEAKS,
        _OPT,
        14_980,
        later("Tuned to write captions."),
    ),
    _salesforce(
        "blip2-opt-6.7b",
        later("BLIP-2 with OPT 6.7B"),
        "blip2",
        _SPEAKS,
        _OPT,
        31_000,
        later("Captions, answers and chat; knows more than 2.7B."),
    ),
    _salesforce(
        "blip2-opt-6.7b-coco",
        later("BLIP-2 with OPT 6.7B, COCO"),
        "blip2",
        _SPEAKS,
        _OPT,
        31_000,
        later("Tuned to write captions; the best of them."),
    ),
    _salesforce(
        "blip2-flan-t5-xl",
        later("BLIP-2 with Flan-T5 XL"),
        "blip2",
        _SPEAKS,
        _FLAN,
        15_770,
        later("Follows questions better than OPT; the first choice for chat."),
    ),
    _salesforce(
        "blip2-flan-t5-xl-coco",
        later("BLIP-2 with Flan-T5 XL, COCO"),
        "blip2",
        _SPEAKS,
        _FLAN,
        15_770,
        later("Tuned to write captions."),
    ),
    _salesforce(
        "blip2-flan-t5-xxl",
        later("BLIP-2 with Flan-T5 XXL"),
        "blip2",
        _SPEAKS,
        _FLAN,
        48_920,
        later("The best answers of BLIP-2."),
    ),
    _salesforce(
        "blip2-itm-vit-g",
        later("BLIP-2 matching"),
        "blip2_retrieval",
        (RETRIEVAL,),
        _MIT,
        4_690,
        later("Scores captions more finely than BLIP's."),
    ),
    _salesforce(
        "blip2-itm-vit-g-coco",
        later("BLIP-2 matching, COCO"),
        "blip2_retrieval",
        (RETRIEVAL,),
        _MIT,
        4_690,
        later("As blip2-itm-vit-g, tuned on COCO."),
    ),
    _salesforce(
        "instructblip-vicuna-7b",
        later("InstructBLIP with Vicuna 7B"),
        "instructblip",
        _SPEAKS,
        _LLAMA,
        31_660,
        later("Does as it is told: long descriptions, reasons, lists."),
    ),
    _salesforce(
        "instructblip-vicuna-13b",
        later("InstructBLIP with Vicuna 13B"),
        "instructblip",
        _SPEAKS,
        _LLAMA,
        56_770,
        later("As 7B, and knows more."),
    ),
    _salesforce(
        "instructblip-flan-t5-xl",
        later("InstructBLIP with Flan-T5 XL"),
        "instructblip",
        _SPEAKS,
        _FLAN,
        16_090,
        later("Does as it is told, in short answers; free to use."),
    ),
    _salesforce(
        "instructblip-flan-t5-xxl",
        later("InstructBLIP with Flan-T5 XXL"),
        "instructblip",
        _SPEAKS,
        _FLAN,
        49_250,
        later("As XL, and knows more."),
    ),
)

DEMO = "demo"
DEMO_KEYS = {CAPTION: "demo-captioner", ANSWER: "demo-blip2", RETRIEVAL: "demo-retriever"}
"""What the settings' model name ``demo`` means for each task.

Of the two that answer, BLIP-2: as good (99.6 % of 2,500 questions each), and it takes the turns before.
"""


def find_spec(name: str) -> ModelSpec | None:
    """The row of a key or of a repository's name."""
    return next((spec for spec in SPECS if name in {spec.key, spec.repo} and name), None)


def find_families(model_type: str) -> tuple[FamilySpec, ...]:
    """The rows that run checkpoints of this ``model_type``."""
    return tuple(family for family in FAMILIES if model_type in family.model_types)
