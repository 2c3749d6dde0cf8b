"""``blipdesk bench write``: captions into photos, this program against exiftool, on this computer.

Three passes a round over fresh copies of the same photos, in an order that changes from round to round:
exiftool kept open, as photo programs drive it; this program's writer alone (read, patch, proof, replace), in
batches as the write-back calls it; and the whole write-back as ``blipdesk write`` does it, with catalog and
journal.  All write the same fields.  Ours flush every file to the disk before it takes the old one's place,
and each folder behind the batch; exiftool flushes nothing.

Measured are the photos that this program embeds the caption into; the others are counted by what became of
them.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from blipdesk.domain.errors import KnownError, PhotoError, UsageError
from blipdesk.domain.jobs import CaptionCommit, CaptionResult
from blipdesk.domain.suffixes import PHOTO_SUFFIXES
from blipdesk.domain.values import FileFacts, Source, WriteTarget
from blipdesk.domain.writes import WriteOutcome, WritePolicy, WriteText
from blipdesk.engine.places import check_space
from blipdesk.metadata import FileMetadataWriter
from blipdesk.pipeline.carry_out import MOST
from blipdesk.pipeline.identify import identify_now
from blipdesk.services.bench_exiftool import ExifTool
from blipdesk.services.bench_photos import camera_photos
from blipdesk.services.workspace import Workspace

_CAPTION, _KEYWORDS = "a brown dog runs over a green lawn", ("dog", "lawn", "green")
_TEXT = WriteText(_CAPTION, Source.MODEL, _KEYWORDS, "bench")
_EMBED = WritePolicy(WriteTarget.EMBED, embed_heif=True)
_DRAWN_BYTES = 5 * 10**6
_WARM_UP = 2


@dataclass(frozen=True, slots=True)
class WriteBenchOptions:
    """What is measured: photos of a pass, rounds, and a folder whose photos are copied (None: drawn ones)."""

    photos: int = 64
    rounds: int = 3
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class WriteRow:
    """One way of writing; ``ratio``: the median over the rounds of its rate by exiftool's, or None."""

    name: str
    files_per_second: float
    ratio: float | None
    ratios: tuple[float, ...]
    cpu_ms: float
    """Milliseconds of processor time a photo, of all its threads; the median of the rounds."""


@dataclass(frozen=True, slots=True)
class FormatRow:
    """Photos of one suffix: milliseconds a file, medians over the rounds.

    Of what replacing a batch took, each of its photos has an equal share.
    """

    suffix: str
    photos: int
    writer_ms: float
    exiftool_ms: float | None


@dataclass(frozen=True, slots=True)
class WriteBenchReport:
    """What was measured, and on what."""

    photos: int
    mean_bytes: int
    rounds: int
    place: str
    """Where the copies lay."""
    exiftool: str | None
    """Its version; None: it is not installed."""
    exiftool_failed: int
    """Photos of a round that exiftool did not write."""
    left_out: dict[str, int] = field(default_factory=dict)
    """Photos that were not measured, by what the writer did with them."""
    rows: list[WriteRow] = field(default_factory=list)
    formats: list[FormatRow] = field(default_factory=list)
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds a photo of the whole write-back: ``plan`` (read, patch, proof), ``replace`` (with its flushes)
    and ``journal`` (the rest: catalog and journal)."""


def bench_write(options: WriteBenchOptions, say: Callable[[str], None]) -> WriteBenchReport:
    """Measure writing.

    Args:
        options: what to measure.
        say: gets a line as each step ends.

    Raises:
        KnownError: no room, or the folder has no photo that takes a caption in.
    """
    with tempfile.TemporaryDirectory(prefix="blipdesk-bench-") as place:
        top = Path(place)
        found = _photos_of(options, top, say)
        chosen, left_out = _embeddable(found)
        if not chosen:
            told = ", ".join(f"{count} {name}" for name, count in left_out.items()) or "it has none"
            raise UsageError(f"No photo takes a caption in: {told}.", "Name a folder with other photos.")
        size = sum(path.stat().st_size for path in chosen)
        check_space(top, 2 * size, "The bench")
        program = ExifTool.find()
        with ExifTool(program) if program else nullcontext() as exiftool:
            passes = _Passes(chosen, top, exiftool)
            passes.warm_up()
            for turn in range(options.rounds):
                passes.round(turn)
                told = ", ".join(f"{name} {rates[-1]:.1f}" for name, rates in passes.rates.items())
                say(f"Round {turn + 1} of {options.rounds}, files a second: {told}")
            return WriteBenchReport(
                photos=len(chosen),
                mean_bytes=size // len(chosen),
                rounds=options.rounds,
                place=str(top.parent),
                exiftool=exiftool.version if exiftool else None,
                exiftool_failed=passes.exiftool_failed,
                left_out=left_out,
                rows=passes.rows(),
                formats=passes.format_rows(),
                stages=passes.stages(),
            )


def _photos_of(options: WriteBenchOptions, top: Path, say: Callable[[str], None]) -> list[Path]:
    """The photos to be copied: some of a folder's, spread over it, or drawn ones."""
    if options.folder is None:
        check_space(top, 2 * options.photos * _DRAWN_BYTES, "The bench")
        say(f"Drawing {options.photos} photos of 12 megapixels")
        return camera_photos(top / "drawn", options.photos)
    found = sorted(
        path
        for path in options.folder.rglob("*")
        if path.suffix.lower() in PHOTO_SUFFIXES and path.is_file() and not path.is_symlink()
    )
    step = max(1, -(-len(found) // options.photos))
    return found[::step]


def _embeddable(paths: Sequence[Path]) -> tuple[list[Path], dict[str, int]]:
    """The photos that the writer embeds into, and how many others there are, by outcome; nothing is touched.

    Judged as what the copies will be: files of one's own, with no sidecar beside them.
    """
    writer, chosen = FileMetadataWriter(), []
    others: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="blipdesk-bench-") as place:
        for path in paths:
            copy = Path(shutil.copyfile(path, Path(place) / f"photo{path.suffix}"))
            try:
                outcome = writer.plan(str(copy), _TEXT, _EMBED).outcome
            except KnownError:
                outcome = WriteOutcome.REFUSED
            copy.unlink()
            if outcome is WriteOutcome.EMBEDDED:
                chosen.append(path)
            else:
                others[outcome.value] += 1
    return chosen, dict(others)


@dataclass(frozen=True, slots=True)
class _Spent:
    """What a pass took: seconds by the clock, and of the processors."""

    seconds: float
    cpu: float


class _Passes:
    """The passes of the rounds and what they took.

    Args:
        photos: copied for each pass.
        top: where the copies lie.
        exiftool: None: not installed.
    """

    def __init__(self, photos: Sequence[Path], top: Path, exiftool: ExifTool | None) -> None:
        self._photos = photos
        self._top = top
        self._exiftool = exiftool
        self._by_name: dict[str, Callable[[Path, Sequence[Path]], _Spent]] = {
            "the writer alone": self._writer_pass,
            "the whole write-back": self._whole_pass,
        }
        if exiftool is not None:
            self._by_name["exiftool"] = self._exiftool_pass
        self.rates: dict[str, list[float]] = {name: [] for name in self._by_name}
        self._cpu: dict[str, list[float]] = {name: [] for name in self._by_name}
        """Processor seconds of each round."""
        self.exiftool_failed = 0
        self._times: dict[str, list[list[float]]] = {"writer": [], "exiftool": []}
        """Seconds of each photo, a list a round."""
        self._plan: list[float] = []
        self._replace: list[float] = []
        """Seconds of the photos of one round together."""

    def warm_up(self) -> None:
        """A few photos each way, not measured: programs load what they need with the first of a format."""
        firsts = {path.suffix.lower(): path for path in reversed(self._photos)}
        few = [*self._photos[:_WARM_UP], *firsts.values()]
        for measure in self._by_name.values():
            self._with_copies(few, measure)
        self.exiftool_failed = 0
        for times in self._times.values():
            times.clear()
        self._plan.clear()
        self._replace.clear()

    def round(self, turn: int) -> None:
        """Each way once; the one that begins is another each time."""
        names = list(self._by_name)
        first = turn % len(names)
        for name in (*names[first:], *names[:first]):
            spent = self._with_copies(self._photos, self._by_name[name])
            self.rates[name].append(len(self._photos) / spent.seconds)
            self._cpu[name].append(spent.cpu)

    def _with_copies(
        self, photos: Sequence[Path], measure: Callable[[Path, Sequence[Path]], _Spent]
    ) -> _Spent:
        folder = self._top / "pass"
        (folder / "photos").mkdir(parents=True)
        copies = []
        for number, path in enumerate(photos):
            copy = folder / "photos" / f"{number:05}{path.suffix}"
            copies.append(Path(shutil.copyfile(path, copy)))
        if hasattr(os, "sync"):
            os.sync()  # else the first flush of a pass pays for the copying
        try:
            return measure(folder, copies)
        finally:
            shutil.rmtree(folder)

    def _exiftool_pass(self, folder: Path, copies: Sequence[Path]) -> _Spent:
        assert self._exiftool is not None
        times = []
        self.exiftool_failed = 0
        cpu = self._exiftool.cpu_seconds()
        for path in copies:
            began = time.perf_counter()
            self.exiftool_failed += not self._exiftool.write(str(path), _CAPTION, _KEYWORDS)
            times.append(time.perf_counter() - began)
        self._times["exiftool"].append(times)
        return _Spent(sum(times), self._exiftool.cpu_seconds() - cpu)

    def _writer_pass(self, folder: Path, copies: Sequence[Path]) -> _Spent:
        writer = FileMetadataWriter()
        planning, replacing, cpu = [], [], time.process_time()
        for start in range(0, len(copies), MOST):
            plans = []
            for path in copies[start : start + MOST]:
                began = time.perf_counter()
                plans.append(writer.plan(str(path), _TEXT, _EMBED))
                planning.append(time.perf_counter() - began)
            began = time.perf_counter()
            results = writer.apply_all(plans)
            replacing += [(time.perf_counter() - began) / len(plans)] * len(plans)
            for problem in results:
                if isinstance(problem, PhotoError):
                    raise problem
        self._times["writer"].append([sum(both) for both in zip(planning, replacing, strict=True)])
        self._plan.append(sum(planning))
        self._replace.append(sum(replacing))
        return _Spent(sum(planning) + sum(replacing), time.process_time() - cpu)

    def _whole_pass(self, folder: Path, copies: Sequence[Path]) -> _Spent:
        with Workspace.open(folder / "data", start=False) as workspace:
            _commit_captions(workspace, folder / "photos", copies)
            began, cpu = time.perf_counter(), time.process_time()
            reports = workspace.writing.run(_EMBED)
            spent = _Spent(time.perf_counter() - began, time.process_time() - cpu)
        embedded = sum(report.outcome is WriteOutcome.EMBEDDED for report in reports)
        if embedded != len(copies):
            raise UsageError(f"The write-back embedded {embedded} of {len(copies)} captions.")
        return spent

    def rows(self) -> list[WriteRow]:
        """The ways of writing, ours beside exiftool's."""
        theirs = self.rates.get("exiftool", [])
        rows = []
        for name, rates in self.rates.items():
            compared = theirs if name != "exiftool" else []
            ratios = tuple(one / other for one, other in zip(rates, compared, strict=False))
            ratio = statistics.median(ratios) if ratios else None
            cpu = statistics.median(self._cpu[name]) / len(self._photos) * 1000
            rows.append(WriteRow(name, statistics.median(rates), ratio, ratios, cpu))
        return rows

    def format_rows(self) -> list[FormatRow]:
        """The photos by suffix."""
        places: dict[str, list[int]] = {}
        for place, path in enumerate(self._photos):
            places.setdefault(path.suffix.lower().lstrip("."), []).append(place)
        return [
            FormatRow(
                suffix,
                len(which),
                self._milliseconds("writer", which) or 0.0,
                self._milliseconds("exiftool", which),
            )
            for suffix, which in sorted(places.items())
        ]

    def _milliseconds(self, side: str, which: Sequence[int]) -> float | None:
        rounds = [sum(times[place] for place in which) / len(which) for times in self._times[side]]
        return statistics.median(rounds) * 1000 if rounds else None

    def stages(self) -> dict[str, float]:
        """Seconds a photo of the whole write-back by what they went into."""
        count = len(self._photos)
        plan, replace = (statistics.median(s) / count for s in (self._plan, self._replace))
        whole = 1 / statistics.median(self.rates["the whole write-back"])
        return {"plan": plan, "replace": replace, "journal": max(0.0, whole - plan - replace)}


def _commit_captions(workspace: Workspace, folder: Path, copies: Sequence[Path]) -> None:
    """Have the catalog know the photos and their captions, as after a run of the model."""
    catalog = workspace.catalog
    files = [seen for seen in map(identify_now, map(str, copies)) if seen is not None]
    catalog.register(catalog.add_folder(str(folder)).id, files)
    catalog.enqueue_pending("bench")
    jobs = catalog.claim("bench", len(files))
    result = CaptionResult(_CAPTION, keywords=_KEYWORDS)
    catalog.commit_captions(
        [
            CaptionCommit(
                job_id=job.id,
                photo_id=job.photo_id,
                content_hash=job.content_hash,
                model_key="bench",
                decoded_format="",
                width=0,
                height=0,
                pixel_hash=job.content_hash,
                damaged=False,
                facts=FileFacts(),
                result=result,
            )
            for job in jobs
        ]
    )
