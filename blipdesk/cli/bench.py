"""``blipdesk bench``: how fast this computer is, beside what others do."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from blipdesk.cli.output import console, context, errors_in_words, say, say_json, stdout_console
from blipdesk.domain.errors import UsageError

if TYPE_CHECKING:
    from blipdesk.services.bench import BenchReport
    from blipdesk.services.bench_search import SearchBenchReport
    from blipdesk.services.bench_write import WriteBenchReport

app = typer.Typer(help="Measure this computer.", no_args_is_help=True, rich_markup_mode=None)

_PRECISIONS = ("fp32", "bf16", "fp16", "int8")


@app.callback()
def bench() -> None:
    """Measure this computer."""


@app.command()
def caption(
    photos: Annotated[int, typer.Option(min=4, help="Photos of a round.")] = 32,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds of each precision.")] = 3,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
    precision: Annotated[
        str, typer.Option(help="auto (all that this computer has), or some with commas.")
    ] = "auto",
    size: Annotated[str, typer.Option(help="blip-base, or blip2-opt-2.7b (for a graphics card).")] = (
        "blip-base"
    ),
) -> None:
    """Caption drawn 12-megapixel photos, in turn with the loop that every BLIP tutorial shows.

    Both use a full-size model with random weights and make 20 new tokens; takes minutes.
    """
    from blipdesk.services.bench import BenchOptions, bench_caption
    from blipdesk.services.models import models_dir

    with errors_in_words():
        wanted = () if precision == "auto" else tuple(precision.split(","))
        if unknown := [name for name in wanted if name not in _PRECISIONS]:
            raise UsageError(f"{unknown[0]} is no precision.", f"Precisions: auto, {', '.join(_PRECISIONS)}.")
        options = BenchOptions(photos, rounds, device, wanted, size)
        report = bench_caption(options, models_dir(context.data_dir), console.print)
        if context.json:
            say_json(asdict(report))
        else:
            _print(report)


@app.command()
def questions(
    model: Annotated[str, typer.Option(help="A model that answers questions.")] = "demo-blip2",
    photos: Annotated[int, typer.Option(min=1, help="How many photos are asked.")] = 200,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
    precision: Annotated[str, typer.Option(help="auto, fp32, bf16, fp16 or int8.")] = "auto",
) -> None:
    """Ask many photos the same question twice: what a model saw in a photo is kept for the next question."""
    from blipdesk.domain.jobs import EngineSettings
    from blipdesk.services.bench import bench_questions
    from blipdesk.services.models import ModelService, models_dir, named_model

    with errors_in_words():
        name = named_model(model, ModelService(context.data_dir).list)
        settings = EngineSettings(name, device, precision)
        report = bench_questions(settings, photos, models_dir(context.data_dir), console.print)
        if context.json:
            say_json(asdict(report))
            return
        say(f"{report.title} on {report.device}, {report.precision}, {report.photos} photos:")
        say(f"{report.unseen_per_second:.1f} questions a second about photos it has not seen")
        kept = f"{report.kept_bytes / 1000:.0f} kB kept of each"
        say(f"{report.seen_per_second:.1f} about photos it has seen: {kept}")


@app.command()
def write(
    photos: Annotated[int, typer.Option(min=1, help="Photos of a round, at the most.")] = 64,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds of each way of writing.")] = 3,
    folder: Annotated[
        str | None, typer.Option(help="Copies of this folder's photos are written, instead of drawn ones.")
    ] = None,
) -> None:
    """Write captions into copies of photos, in turn with exiftool where that is installed."""
    from blipdesk.services.bench_write import WriteBenchOptions, bench_write
    from blipdesk.services.headless import existing_paths

    with errors_in_words():
        place = Path(existing_paths([folder])[0]) if folder is not None else None
        report = bench_write(WriteBenchOptions(photos, rounds, place), console.print)
        if context.json:
            say_json(asdict(report))
        else:
            _print_writing(report)


@app.command()
def search(
    photos: Annotated[int, typer.Option(min=1000, help="Photos of the library that is made up.")] = 100_000,
    queries: Annotated[int, typer.Option(min=20, help="How many queries are asked.")] = 200,
) -> None:
    """Search a library that is made up for it, in turn with SQLite's own full-text search."""
    from blipdesk.services.bench_search import SearchBenchOptions, bench_search

    with errors_in_words():
        report = bench_search(SearchBenchOptions(photos, queries), console.print)
        if context.json:
            say_json(asdict(report))
        else:
            _print_searching(report)


def _print_searching(report: SearchBenchReport) -> None:
    say(f"{report.photos:,} photos, {report.cores} cores")
    table = Table(box=None, pad_edge=False)
    for title in ("", "Answers", "Median ms", "p95 ms", "FTS5 ms", "Times FTS5"):
        table.add_column(title)
    for row in report.times:
        beside = (f"{row.fts5_median_ms:.1f}", f"{row.ratio:.1f}") if row.fts5_median_ms and row.ratio else ()
        table.add_row(row.name, str(row.answers), f"{row.median_ms:.1f}", f"{row.p95_ms:.1f}", *beside)
    stdout_console().print(table)
    first, later = report.first_answer_seconds, report.later_start_seconds
    made = f"the index is made after {report.index_seconds:.1f} s"
    say(f"The first answer of all after {first:.1f} s, {made}; that of a later start after {later:.2f} s")
    committed, found = report.batch_seconds, report.found_seconds
    say(f"1,000 new captions are committed in {committed:.2f} s, and in the answer {found:.2f} s later")
    taken, whole = report.index_bytes / 2**20, report.all_bytes / 2**20
    say(f"The index takes {taken:,.0f} MiB, the whole process {whole:,.0f} MiB")


def _print_writing(report: WriteBenchReport) -> None:
    say(f"{report.photos} photos a round, {report.mean_bytes / 1e6:.1f} MB each, copied to {report.place}")
    if report.left_out:
        told = ", ".join(f"{count} {name}" for name, count in report.left_out.items())
        say(f"Not measured, for they take no caption in: {told}")
    table = Table(box=None, pad_edge=False)
    for title in ("", "Files/s", "Times exiftool", "Rounds", "Processor ms"):
        table.add_column(title)
    for row in report.rows:
        rounds = " ".join(f"{ratio:.1f}" for ratio in row.ratios)
        ratio = f"{row.ratio:.1f}" if row.ratio else ""
        table.add_row(row.name, f"{row.files_per_second:.1f}", ratio, rounds, f"{row.cpu_ms:.1f}")
    stdout_console().print(table)
    stages = ", ".join(f"{name} {seconds * 1000:.1f}" for name, seconds in report.stages.items())
    say(f"\nMilliseconds a photo of the whole write-back: {stages}")
    for each in report.formats:
        beside = f", exiftool {each.exiftool_ms:.1f}" if each.exiftool_ms is not None else ""
        say(f"{each.suffix} ({each.photos}): the writer {each.writer_ms:.1f}{beside}")
    if report.exiftool is None:
        say("exiftool is not installed: only this program was measured.")
        return
    say(f"exiftool {report.exiftool} was kept open and wrote the same fields, without a flush to the disk.")
    say(
        "This program flushes each file, and with each batch its folders and, twice, its journal: much of "
        "its time on a busy disk."
    )
    if report.exiftool_failed:
        say(f"It did not write {report.exiftool_failed} of the {report.photos}.")


def _print(report: BenchReport) -> None:
    say(
        f"{report.photos} photos a round, {report.megapixels:.0f} megapixels and "
        f"{report.mean_bytes / 1e6:.1f} MB each, {report.new_tokens} new tokens, {report.cores} cores"
    )
    table = Table(box=None, pad_edge=False)
    for title in (
        "",
        "Photos/s",
        "Loop",
        "Ratio",
        "Rounds",
        "Memory",
        "Loop",
        "Batch",
        "Matmul peak",
        "of it",
    ):
        table.add_column(title)
    for row in report.rows:
        table.add_row(
            f"{row.device} {row.precision}",
            f"{row.photos_per_second:.2f}",
            f"{row.loop_photos_per_second:.2f}",
            f"{row.ratio:.1f}",
            " ".join(f"{ratio:.1f}" for ratio in row.ratios),
            f"{row.peak_bytes / 2**20:,.0f} MiB",
            f"{row.loop_peak_bytes / 2**20:,.0f} MiB",
            str(row.batch_size),
            f"{row.matmul_peak / 1e9:,.0f} Gflop/s",
            f"{row.matmul_share:.0%}",
        )
    stdout_console().print(table)
    say("\nMilliseconds a photo (reading and decoding run beside the model, and slow it down: see rest):")
    stages = Table(box=None, pad_edge=False)
    names = ("read", "decode", "preprocess", "vision", "text", "rest")
    for title in ("", *names):
        stages.add_column(title)
    for row in report.rows:
        stages.add_row(f"{row.device} {row.precision}", *_cells(row.stages, names))
    stages.add_row("loop fp32", *_cells(report.rows[0].loop_stages, names))
    stdout_console().print(stages)


def _cells(stages: dict[str, float], names: tuple[str, ...]) -> list[str]:
    return [f"{stages[name] * 1000:.0f}" if name in stages else "" for name in names]
