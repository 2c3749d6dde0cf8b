"""``blipdesk bench caption``: this program against the loop that every BLIP tutorial shows, on this computer.

Both sides run in turn, so that whatever else the computer does meets both; what is reported are medians.
Our side is the program itself: catalog, decoder process, engine process.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from blipdesk.domain.errors import ModelError, UsageError
from blipdesk.domain.jobs import CaptionOptions, EngineSettings
from blipdesk.engine import speed
from blipdesk.engine.bench import NEW_TOKENS
from blipdesk.engine.bench_models import SIZES
from blipdesk.engine.places import check_space
from blipdesk.pipeline import DecoderProcess, PipelineOptions
from blipdesk.services.bench_photos import HEIGHT, WIDTH, copy_photos, draw_photos
from blipdesk.services.bench_processes import PeakMemory, TorchProcess, family_without
from blipdesk.services.workspace import Workspace

_WARM_UP = 2
_MODEL_BYTES = {"blip-base": 10**9, "blip2-opt-2.7b": 8 * 10**9}
_PHOTO_BYTES = 4 * 10**6


@dataclass(frozen=True, slots=True)
class BenchOptions:
    """What is measured: photos of a round, rounds, device, precisions (empty: all this computer has), and the
    model's size, one of :data:`~blipdesk.engine.bench_models.SIZES`.
    """

    photos: int = 32
    rounds: int = 3
    device: str = "auto"
    precisions: tuple[str, ...] = ()
    size: str = SIZES[0]


@dataclass(frozen=True, slots=True)
class BenchRow:
    """One precision beside the loop; rates are photos a second, stages seconds a photo."""

    device: str
    precision: str
    batch_size: int
    photos_per_second: float
    loop_photos_per_second: float
    ratio: float
    """Median over the rounds of this program's rate by the loop's right after it."""
    ratios: tuple[float, ...]
    peak_bytes: int
    """The most that this program's processes held at once, the parent's included (resident; shared pages
    count in each)."""
    loop_peak_bytes: int
    stages: dict[str, float]
    loop_stages: dict[str, float]
    matmul_peak: float
    """Flop a second that a large matrix product reaches, measured between the stages."""
    matmul_share: float
    """How much of the time is that of the caption's matrix products at the peak."""


@dataclass(frozen=True, slots=True)
class BenchReport:
    """What was measured, and on what."""

    photos: int
    megapixels: float
    mean_bytes: int
    new_tokens: int
    cores: int
    rows: list[BenchRow] = field(default_factory=list)


def bench_caption(options: BenchOptions, models_dir: Path, say: Callable[[str], None]) -> BenchReport:
    """Measure captioning; minutes.

    Args:
        options: what to measure.
        models_dir: where the figures are kept for the estimates of other commands.
        say: gets a line as each step begins.

    Raises:
        KnownError: no room, or the size, the device or a precision is not there.
    """
    if options.size not in SIZES:
        raise UsageError(f"{options.size} is no size of the bench's.", f"Sizes: {', '.join(SIZES)}.")
    with tempfile.TemporaryDirectory(prefix="blipdesk-bench-") as place:
        folder = Path(place)
        most = options.photos * (1 + options.rounds * (len(options.precisions) or 3))
        check_space(folder, _MODEL_BYTES[options.size] + most * _PHOTO_BYTES, "The bench")
        say(f"Making a full-size {options.size} with random weights")
        model = folder / f"bench-{options.size}"
        with TorchProcess() as maker:
            maker.ask(op="make", model=str(model), size=options.size)
            wanted = options.precisions or tuple(maker.ask(op="precisions", device=options.device))
        say(f"Drawing {options.photos} photos of 12 megapixels")
        drawn = draw_photos(folder / "drawn", options.photos)
        size = statistics.mean(path.stat().st_size for path in drawn)
        report = BenchReport(options.photos, WIDTH * HEIGHT / 1e6, int(size), NEW_TOKENS, os.cpu_count() or 1)
        with TorchProcess() as loop:
            loop.ask(
                op="loop", model=str(model), device=options.device, paths=[str(drawn[0])]
            )  # loaded and warm
            for precision in wanted:
                settings = EngineSettings(str(model), options.device, precision)
                row, digest, weight_bytes = _measure(
                    settings, drawn, folder / precision, loop, options.rounds, say
                )
                report.rows.append(row)
                speed.record(
                    models_dir,
                    speed.Figure(digest, row.device, row.precision, row.photos_per_second, weight_bytes),
                )
        return report


@dataclass(frozen=True, slots=True)
class QuestionsReport:
    """Questions a second about photos that were not seen before, and about those that were."""

    title: str
    device: str
    precision: str
    photos: int
    unseen_per_second: float
    seen_per_second: float
    kept_bytes: int
    """What is kept of a photo."""


def bench_questions(
    settings: EngineSettings, photos: int, models_dir: Path, say: Callable[[str], None]
) -> QuestionsReport:
    """Ask many photos the same question twice: the second time no look at the picture is needed.

    Raises:
        KnownError: the model is not there or answers no questions.
    """
    say(f"Asking {photos} photos")
    with TorchProcess() as torch_side:
        found = torch_side.ask(
            op="questions",
            model=settings.model,
            device=settings.device,
            precision=settings.precision,
            models_dir=str(models_dir),
            photos=photos,
        )
    return QuestionsReport(
        title=found["title"],
        device=found["device"],
        precision=found["precision"],
        photos=photos,
        unseen_per_second=photos / found["first"],
        seen_per_second=photos / found["again"],
        kept_bytes=found["kept"],
    )


def _measure(
    settings: EngineSettings,
    drawn: Sequence[Path],
    folder: Path,
    loop: TorchProcess,
    rounds: int,
    say: Callable[[str], None],
) -> tuple[BenchRow, str, int]:
    """One precision: rounds of both sides in turn, then the stages; the checkpoint's digest and bytes."""
    few = [str(path) for path in drawn[: max(1, len(drawn) // 5)]]
    ours: list[float] = []
    theirs: list[float] = []
    their_stages: list[dict[str, float]] = []
    options = PipelineOptions(settings, CaptionOptions(max_new_tokens=NEW_TOKENS), watch=False)
    with Workspace.open(folder / "data", start=False) as workspace:
        say(f"{settings.precision}: loading")
        _caption(workspace, options, copy_photos(drawn[:_WARM_UP], folder / "warm", "warm"))
        with (
            PeakMemory(lambda: family_without([loop.pid])) as memory,
            PeakMemory(lambda: [loop.pid]) as loop_memory,
        ):
            for turn in range(rounds):
                photos = copy_photos(drawn, folder / str(turn), str(turn))
                ours.append(len(drawn) / _caption(workspace, options, photos))
                measured = loop.ask(op="loop", model=settings.model, device=settings.device, paths=few)
                _check_tokens(measured["tokens"])
                theirs.append(len(few) / measured["seconds"])
                say(
                    f"{settings.precision}, round {turn + 1} of {rounds}: {ours[-1]:.2f} photos a second,"
                    f" the loop {theirs[-1]:.2f}"
                )
                their_stages.append({name: s / len(few) for name, s in measured["stages"].items()})
    say(f"{settings.precision}: stages")
    with TorchProcess() as torch_side:
        found = torch_side.ask(
            op="stages", model=settings.model, device=settings.device, precision=settings.precision
        )
    stages = {**_file_stages(drawn[:8]), "vision": found["vision"], "text": found["text"]}
    rate = statistics.median(ours)
    # No wait for a first full batch: a run begins with one photo.  The stages were measured without decoding,
    # which takes from the model's cores half of its own time at least where there are two.
    stages["rest"] = max(0.0, 1 / rate - stages["vision"] - stages["text"])
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    needed = found["needed_flop"] / found["peak"]
    row = BenchRow(
        device=found["device"],
        precision=found["precision"],
        batch_size=found["batch_size"],
        photos_per_second=rate,
        loop_photos_per_second=statistics.median(theirs),
        ratio=statistics.median(ratios),
        ratios=tuple(ratios),
        peak_bytes=memory.peak,
        loop_peak_bytes=loop_memory.peak,
        stages=stages,
        loop_stages={name: statistics.median(s[name] for s in their_stages) for name in their_stages[0]},
        matmul_peak=found["peak"],
        matmul_share=needed / (stages["vision"] + stages["text"]),
    )
    return row, found["digest"], found["weight_bytes"]


def _caption(workspace: Workspace, options: PipelineOptions, folder: Path) -> float:
    """Caption a folder as ``blipdesk caption`` does; the seconds from the first file to the last commit."""
    count = sum(1 for _ in folder.iterdir())
    summary = workspace.run_once([str(folder)], options, lambda _: None)
    if summary.failed:
        raise ModelError(f"A photo of the bench failed: {summary.failed[0][1].message}")
    if summary.captioned != count:
        raise ModelError(f"{summary.captioned} of the bench's {count} photos were captioned.")
    return summary.seconds


def _check_tokens(tokens: Sequence[int]) -> None:
    if set(tokens) != {NEW_TOKENS}:
        raise ModelError(f"The loop generated {sorted(set(tokens))} tokens instead of {NEW_TOKENS}.")


def _file_stages(paths: Sequence[Path]) -> dict[str, float]:
    """Seconds a photo for reading the file, and for the decoder process with everything it makes of it."""
    read, decode = [], []
    decoder = DecoderProcess()
    try:
        decoder.decode(paths[0].read_bytes(), str(paths[0]), 384)  # started
        for path in paths:
            began = time.perf_counter()
            data = path.read_bytes()
            between = time.perf_counter()
            decoder.decode(data, str(path), 384)
            read.append(between - began)
            decode.append(time.perf_counter() - between)
    finally:
        decoder.close()
    return {"read": statistics.median(read), "decode": statistics.median(decode)}
