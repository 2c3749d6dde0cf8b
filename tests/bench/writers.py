"""What each writer of metadata does to photos, by format: our own beside those that others use.

``python tests/bench/writers.py [FOLDER] [--writers blipdesk,exiftool] [--every N] [--told] [--keep DIR]``

Each writer gets a copy of the folder (default: ``../shared/corpus/photos-exif``), is asked to write one
caption and three keywords into every photo, and an independent judge (``../shared/judges/exif_judge.py``:
a byte parser, exiftool and exiv2) compares each file with what it was.  A writer that is not installed is
left out; pyexiv2 is GPL and only ever used where somebody installed it.

The columns: ``written`` files were changed; ``sidecar`` ones got one and are themselves untouched;
``untouched`` ones are byte for byte what they were and have none; of those written ``damaged`` differ in
anything but caption fields, ``maker`` of these in what a camera maker's notes say, and ``words`` counts files
in which only a person's caption was written over or hidden.  Minutes; nothing here is a test.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
CAPTION, KEYWORDS = "a brown dog runs over a green lawn", ("dog", "lawn", "green")
PATIENCE = 60.0
MEMORY = 3 << 30

_RAW = "dng cr2 cr3 crw nef nrw arw sr2 raf orf rw2 rwl pef srw x3f mrw 3fr erf kdc mos dcr raw"
FORMATS = {
    **dict.fromkeys(("jpg", "jpeg", "jpe", "jfif", "mpo"), "JPEG"),
    **dict.fromkeys(("tif", "tiff"), "TIFF"),
    **dict.fromkeys(("heic", "heif", "hif"), "HEIF"),
    **dict.fromkeys(_RAW.split(), "RAW"),
    **{name: name.upper() for name in ("png", "webp", "avif", "gif", "bmp", "jxl", "jp2")},
}
MAKER = re.compile(
    r"maker|0x927c|exiv2: Exif\.(?!Image|Photo|Thumbnail|GPSInfo|Iop|SubImage|MpfInfo)\w+", re.I
)
WORDS = re.compile(r"USER CAPTION|keywords lost")


class NotWrittenError(Exception):
    """The writer declined."""


# ---------------------------------------------------------------------------------- the writers


def blipdesk_writer() -> Callable[[Path], str]:
    """Ours; says what the person would be told."""
    from blipdesk.domain.errors import KnownError
    from blipdesk.domain.values import Source, WriteTarget
    from blipdesk.domain.writes import WritePolicy, WriteText
    from blipdesk.metadata import FileMetadataWriter

    writer = FileMetadataWriter()
    text = WriteText(CAPTION, Source.MODEL, KEYWORDS, "bench@1/caption")
    policy = WritePolicy(WriteTarget.EMBED, embed_heif=True)

    def write(path: Path) -> str:
        try:
            plan = writer.plan(str(path), text, policy)
            results = writer.apply_all([plan]) if plan.new is not None else []
        except KnownError as error:
            return f"refused: {error}"
        for problem in results:
            if isinstance(problem, KnownError):
                return f"refused: {problem}"
        return f"{plan.outcome.value}: {plan.note}"

    return write


def piexif_writer() -> Callable[[Path], str]:
    """The usual recipe."""
    import piexif

    def write(path: Path) -> str:
        fields = piexif.load(str(path))
        fields["0th"][piexif.ImageIFD.ImageDescription] = CAPTION.encode()
        fields["0th"][piexif.ImageIFD.XPComment] = CAPTION.encode("utf-16-le") + b"\0\0"
        piexif.insert(piexif.dump(fields), str(path))
        return ""

    return write


def pillow_writer() -> Callable[[Path], str]:
    """Opened and saved again, JPEG with the tables it has."""
    from PIL import Image

    def write(path: Path) -> str:
        with Image.open(path, formats=("JPEG", "PNG", "WEBP", "TIFF")) as image:
            image.load()
            exif = image.getexif()
            exif[0x010E] = CAPTION
            kept = {"quality": "keep"} if image.format == "JPEG" else {}
            image.save(path, format=image.format, exif=exif, **kept)
        return ""

    return write


def exiftool_writer() -> Callable[[Path], str]:
    """Kept open."""
    from blipdesk.services.bench_exiftool import ExifTool

    program = ExifTool.find()
    if program is None:
        raise ImportError
    tool = ExifTool(program)

    def write(path: Path) -> str:
        if not tool.write(str(path), CAPTION, KEYWORDS):
            raise NotWrittenError
        return ""

    return write


def exiv2_writer() -> Callable[[Path], str]:
    """Its command, once a file."""
    if shutil.which("exiv2") is None:
        raise ImportError
    changes = [
        f"set Exif.Image.ImageDescription Ascii {CAPTION}",
        f'set Xmp.dc.description lang="x-default" {CAPTION}',
        *(f"set Xmp.dc.subject XmpBag {keyword}" for keyword in KEYWORDS),
    ]
    command = ["exiv2", "-k", *(option for change in changes for option in ("-M", change))]

    def write(path: Path) -> str:
        done = subprocess.run([*command, str(path)], capture_output=True, check=False, timeout=PATIENCE)
        if done.returncode:
            raise NotWrittenError
        return ""

    return write


def pyexiv2_writer() -> Callable[[Path], str]:
    """Where somebody has it."""
    import pyexiv2

    def write(path: Path) -> str:
        with pyexiv2.Image(str(path)) as image:
            image.modify_exif({"Exif.Image.ImageDescription": CAPTION})
            image.modify_xmp({"Xmp.dc.description": CAPTION, "Xmp.dc.subject": list(KEYWORDS)})
        return ""

    return write


WRITERS = {
    "blipdesk": blipdesk_writer,
    "piexif": piexif_writer,
    "Pillow": pillow_writer,
    "exiftool": exiftool_writer,
    "exiv2": exiv2_writer,
    "pyexiv2": pyexiv2_writer,
}


# ---------------------------------------------------------------------------------- one writer's turn


def work(name: str, pipe: multiprocessing.connection.Connection) -> None:
    """In a process of its own, for a hostile file can take gigabytes, or for ever: writes what it is sent."""
    with contextlib.suppress(ImportError):  # not on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        write = WRITERS[name]()
    except ImportError:
        pipe.send(None)
        return
    pipe.send("ready")
    while path := pipe.recv():
        began = time.perf_counter()
        try:
            told = write(Path(path))
        except Exception as error:  # noqa: BLE001 - whatever a writer raises is its answer
            told = f"exception: {type(error).__name__}"
        pipe.send((told, time.perf_counter() - began))


class Turn:
    """A writer's process, started again where a file ended it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.installed = self._start()

    def _start(self) -> bool:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(self.name, theirs), daemon=True)
        self.process.start()
        theirs.close()
        return self.pipe.recv() is not None

    def write(self, path: Path) -> tuple[str, float]:
        self.pipe.send(str(path))
        try:
            if self.pipe.poll(PATIENCE):
                return self.pipe.recv()
            told = "hangs"
        except EOFError:
            told = "crash"
        self.process.kill()
        self.process.join()
        self._start()
        return told, PATIENCE

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self.pipe.send("")
        self.process.join(10)
        self.process.kill()


# ---------------------------------------------------------------------------------- the table


def format_of(path: str) -> str:
    return FORMATS.get(Path(path).suffix.lower().lstrip("."), "other")


def copy_photos(source: Path, target: Path, every: int) -> list[Path]:
    """A writable copy; the photos in it.  Sidecars come along."""
    found = sorted(p for p in source.rglob("*") if p.is_file() and not p.is_symlink())
    photos = [p for p in found if format_of(p.name) != "other"][::every]
    for path in (*photos, *(p for p in found if p.suffix.lower() == ".xmp")):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return [target / path.relative_to(source) for path in photos]


def judge(before: Path, after: Path, place: Path, options: list[str]) -> tuple[dict[str, dict], str]:
    """Verdicts by relative path, and the judge's last line."""
    script, out = SHARED / "judges" / "exif_judge.py", place / "verdicts.json"
    command = [sys.executable, str(script), str(before), str(after), "-q", "--json", str(out), *options]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return json.loads(out.read_text()), said.strip().splitlines()[-1]


def column_of(verdict: dict) -> Iterator[str]:
    """What a file counts as."""
    kind, damage = verdict["verdict"], verdict["damage"]
    if kind == "refused":
        yield "untouched"
    elif "sidecar only" in verdict["notes"] and kind == "clean":
        yield "sidecar"
    else:
        yield "written"
    real = [each for each in damage if not WORDS.match(each)]
    if real:
        yield "damaged"
        if any(MAKER.search(each) for each in real):
            yield "maker"
    elif damage:
        yield "words"


COLUMNS = ("files", "written", "sidecar", "untouched", "damaged", "maker", "words")


def table(verdicts: dict[str, dict]) -> dict[str, Counter[str]]:
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for path, verdict in verdicts.items():
        for name in (format_of(path), "all"):
            rows[name].update(("files", *column_of(verdict)))
    return rows


def show(name: str, rows: dict[str, Counter[str]], milliseconds: float, last: str) -> None:
    print(f"\n{name}: {milliseconds:.1f} ms a file")
    print(f"  {'':6}" + "".join(f"{column:>10}" for column in COLUMNS))
    for kind in sorted(rows, key=lambda kind: (kind == "all", kind)):
        print(f"  {kind:6}" + "".join(f"{rows[kind][column]:>10}" for column in COLUMNS))
    print(f"  judge: {last}", flush=True)


def show_told(told: dict[str, str], each: bool) -> None:
    """What was said of every file that the caption is not in, by format and reason."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, words in told.items():
        if words not in ("embedded: ", "unchanged: "):
            groups[format_of(path), words].append(path)
    print("\nWhat was told of files that did not take all of it in:")
    for (kind, words), paths in sorted(groups.items(), key=lambda item: (item[0][0], -len(item[1]))):
        print(f"  {kind:6}{len(paths):>4}  {words}")
        for path in paths if each else ():
            print(f"              {path}")


def show_all(found: dict[str, dict[str, Counter[str]]]) -> None:
    """One line a writer and format: what it wrote, and what of that it damaged."""
    kinds = sorted({kind for rows in found.values() for kind in rows}, key=lambda kind: (kind == "all", kind))
    print("\nwritten / of these damaged")
    print(f"  {'':10}" + "".join(f"{kind:>11}" for kind in kinds))
    for name, rows in found.items():
        cells = (f"{rows[kind]['written']} / {rows[kind]['damaged']}" for kind in kinds)
        print(f"  {name:10}" + "".join(f"{cell:>11}" for cell in cells))


def measure(name: str, options: argparse.Namespace, top: Path) -> dict[str, Counter[str]] | None:
    before, after = top / "before", top / f"after-{name}"
    turn = Turn(name)
    if not turn.installed:
        print(f"\n{name}: not installed")
        return None
    told: dict[str, str] = {}
    seconds = []
    for path in copy_photos(options.folder, after, options.every):
        words, took = turn.write(path)
        told[str(path.relative_to(after))] = words
        seconds.append(took)
    turn.end()
    verdicts, last = judge(before, after, top, [] if name == "blipdesk" else ["--allow-raw"])
    rows = table(verdicts)
    show(name, rows, sum(seconds) / len(seconds) * 1000, last)
    failed = Counter(words for words in told.values() if words.startswith(("exception", "hangs", "crash")))
    if failed:
        print("  " + ", ".join(f"{words} {count}" for words, count in failed.most_common()))
    if name == "blipdesk":
        show_told(told, options.told)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "corpus" / "photos-exif")
    parser.add_argument("--writers", default=",".join(WRITERS), help="some, with commas")
    parser.add_argument("--every", type=int, default=1, help="one photo in N")
    parser.add_argument("--told", action="store_true", help="name each file that did not take the caption in")
    parser.add_argument("--keep", type=Path, help="leave the copies there")
    options = parser.parse_args()
    names = options.writers.split(",")
    if unknown := set(names).difference(WRITERS):
        parser.error(f"no writers: {', '.join(sorted(unknown))}; there are {', '.join(WRITERS)}")
    with contextlib.ExitStack() as stack:
        top = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="writers-")))
        copy_photos(options.folder, top / "before", options.every)
        measured = {name: measure(name, options, top) for name in names}
    show_all({name: rows for name, rows in measured.items() if rows is not None})


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
