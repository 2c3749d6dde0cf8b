"""The decoder process: same results as in-process, and no way for a picture to hurt the parent."""

import contextlib
import io
import json
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from blipdesk.domain.errors import TRANSIENT_KINDS, PhotoError, ProblemKind
from blipdesk.imaging import DecodeLimits
from blipdesk.pipeline import DecoderProcess, LocalDecoder
from blipdesk.pipeline.decoder_child import EXIT_NO_ANSWER

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
BAD_IMAGES = SHARED / "corpus" / "bad-images"

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::RuntimeWarning")


def picture(format_name="JPEG", size=(640, 480), colour=(200, 90, 30)):
    im = Image.linear_gradient("L").resize(size).convert("RGB")
    im.paste(colour, (0, 0, size[0] // 2, size[1] // 3))
    out = io.BytesIO()
    im.save(out, format_name)
    return out.getvalue()


@pytest.fixture
def decoder():
    process = DecoderProcess()
    yield process
    process.close()


def refusal(decoder, data, name="photo.jpg"):
    with pytest.raises(PhotoError) as caught:
        decoder.decode(data, name, 96)
    assert name in caught.value.problem.message
    return caught.value.problem


def in_thread(function):
    """Run on a thread; the returned call waits and gives the result or the refusal."""
    result = []

    def run():
        try:
            result.append(function())
        except PhotoError as error:
            result.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()

    def wait():
        thread.join(60)
        return result[0]

    return wait


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        return file.read().rpartition(")")[2].split()[0] == "Z"  # waits for an init that reaps


def wait_for(condition):
    for _ in range(600):
        if condition():
            return True
        time.sleep(0.05)
    return False


# -------------------------------------------------------------------------------------------- the same


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "GIF", "TIFF", "WEBP", "AVIF"])
def test_both_decoders_give_the_same(decoder, format_name):
    data = picture(format_name)
    local = LocalDecoder()
    assert decoder.decode(data, "a", 384) == local.decode(data, "a", 384)
    assert decoder.preview(data, "a", 300) == local.preview(data, "a", 300)


def test_both_decoders_read_what_a_person_wrote_into_the_sidecar(decoder):
    sidecar = b"""<x:xmpmeta xmlns:x='adobe:ns:meta/'>
      <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
      <rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:description><rdf:Alt>
      <rdf:li xml:lang='x-default'>Anna and the old boat</rdf:li></rdf:Alt></dc:description>
      </rdf:Description></rdf:RDF></x:xmpmeta>"""
    data = picture()
    for each in (decoder, LocalDecoder()):
        assert each.decode(data, "a", 96, sidecar).facts.caption == "Anna and the old boat"
        assert each.decode(data, "a", 96).facts.caption is None


@pytest.mark.parametrize("data", [b"", b"no picture", b"%PDF-1.4", b"\xff\xd8\xff\xe0", picture()[:700]])
def test_both_refuse_with_the_same_words(decoder, data):
    assert refusal(decoder, data) == refusal(LocalDecoder(), data)
    with pytest.raises(PhotoError):
        decoder.preview(data, "a", 300)


def test_one_process_serves_many_photos_of_growing_and_shrinking_size(decoder):
    pids = set()
    for edge in (64, 3000, 100, 3600, 64):
        photo = decoder.decode(picture("BMP", (edge, edge)), "a.bmp", 96)
        assert (photo.width, photo.height) == (edge, edge)
        pids.add(decoder.pid)
    assert len(pids) == 1


def test_names_of_any_kind_pass(decoder):
    for name in ("new\nline.jpg", "bytes-\udcff.jpg", '"quoted"\\.jpg', "x" * 3000 + ".jpg", "写真😀.jpg"):
        assert decoder.decode(picture(), name, 96).width == 640


def test_threads_take_turns(decoder):
    sizes = [(100 + 20 * n, 90) for n in range(8)]
    waits = [in_thread(lambda s=size: decoder.decode(picture("PNG", s), "a", 64)) for size in sizes]
    assert [(wait().width, wait().height) for wait in waits] == sizes


@pytest.mark.skipif(not BAD_IMAGES.is_dir(), reason="shared/corpus/bad-images is not beside the checkout")
def test_malformed_files_end_the_same_in_both(decoder):
    files = sorted(p for p in BAD_IMAGES.rglob("*.*") if p.suffix not in {".md", ".jsonl"})[::6]
    local = LocalDecoder()

    def outcome(which, path):
        try:
            return which.decode(path.read_bytes(), path.name, 64)
        except PhotoError as error:
            return error.problem

    assert len(files) > 50
    for path in files:
        assert outcome(decoder, path) == outcome(local, path), path.name


# ------------------------------------------------------------------------------------- what is in there


HEAVY = [
    "torch",
    "transformers",
    "PySide6",
    "shiboken6",
    "sqlalchemy",
    "alembic",
    "watchdog",
    "multiprocessing",
]
HEAVY += [f"blipdesk.{name}" for name in ("catalog", "engine", "services", "ui", "cli", "pipeline.pipeline")]


def test_no_heavy_library_is_in_the_process():
    code = (
        "import sys, mmap, blipdesk.pipeline.decoder_child as child\n"
        "from blipdesk.imaging import DecodeLimits\n"
        "child._Worker(DecodeLimits())\n"
        "print([m for m in sys.argv[1:] if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, *HEAVY], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@posix_only
def test_a_hostile_module_in_the_current_folder_is_not_imported(tmp_path, monkeypatch):
    for name in ("PIL", "json", "blipdesk"):
        (tmp_path / f"{name}.py").write_text("import os; os._exit(3)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", ".")
    process = DecoderProcess()
    assert process.decode(picture(), "a.jpg", 96).width == 640
    process.close()


def writes_of(path):
    with open(path, encoding="ascii") as file:
        return int(next(line for line in file if line.startswith("syscw")).split()[1])


@linux_only
def test_each_photo_is_one_write_on_either_side(decoder):
    decoder.decode(picture(), "a.jpg", 96)
    assert writes_of(f"/proc/{decoder.pid}/io") == 1  # no ready message, nothing on the error output
    before = writes_of("/proc/thread-self/io")
    for data in (picture(), b"no picture", picture("TIFF"), picture()[:700]):
        with contextlib.suppress(PhotoError):
            decoder.decode(data, "a.jpg", 96)
    assert writes_of("/proc/thread-self/io") - before == 4
    assert writes_of(f"/proc/{decoder.pid}/io") == 5


@linux_only
def test_the_process_is_polite_and_limited(decoder):
    decoder.decode(picture(), "a.jpg", 96)
    assert os.getpriority(os.PRIO_PROCESS, decoder.pid) >= 10
    limits = Path(f"/proc/{decoder.pid}/limits").read_text()
    assert int(next(line for line in limits.splitlines() if "address space" in line).split()[3]) < 3 << 30
    assert next(line for line in limits.splitlines() if "file size" in line).split()[3] == "0"


def shared_strip_tiff(width, height):
    """A small file that decodes to a large picture: all its strips are the same bytes."""
    rows = 64
    count = (height + rows - 1) // rows
    pixels = 8
    tables = pixels + width * 3 * rows
    offsets, lengths, bits = tables, tables + 4 * count, tables + 8 * count
    directory = bits + 6 + bits % 2
    tags = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 3, bits), (259, 3, 1, 1), (262, 3, 1, 2),
        (273, 4, count, offsets), (277, 3, 1, 3), (278, 4, 1, rows), (279, 4, count, lengths),
    ]  # fmt: skip
    data = b"II*\0" + struct.pack("<I", directory) + bytes(range(256)) * (width * 3 * rows // 256 + 1)
    data = data[:tables] + struct.pack(f"<{count}I", *[pixels] * count)
    data += struct.pack(f"<{count}I", *[width * 3 * rows] * count) + struct.pack("<3H", 8, 8, 8)
    data = data.ljust(directory, b"\0") + struct.pack("<H", len(tags))
    return data + b"".join(struct.pack("<HHII", *tag) for tag in tags) + bytes(4)


@linux_only
def test_too_much_memory_costs_one_photo_and_not_the_process():
    large = shared_strip_tiff(12000, 9600)  # 115 megapixels: 460 MB as Pillow holds them
    process = DecoderProcess(DecodeLimits(memory=64 << 20, max_bytes=16 << 20))
    assert process.decode(picture(), "a.jpg", 96).width == 640
    pid = process.pid
    problem = refusal(process, large, "large.tif")
    assert problem.kind == ProblemKind.TOO_LARGE
    assert "memory" in problem.message
    assert process.decode(picture(), "a.jpg", 96).width == 640
    assert process.pid == pid
    process.close()


@linux_only
def test_the_memory_of_a_large_file_is_given_back(decoder):
    decoder.decode(picture("BMP", (4600, 4600)), "large.bmp", 96)  # 63 MB
    block = decoder._block
    used = os.fstat(block.descriptors[0]).st_blocks * 512
    assert block.size > 60 << 20
    assert used <= 33 << 20


def test_the_process_is_replaced_after_so_many_photos():
    process = DecoderProcess(recycle_after=2)
    pids = []
    for _ in range(4):
        pids.append(process.pid)
        assert process.decode(picture(), "a.jpg", 96).width == 640
    assert pids[0] is None  # nothing is started before it is needed
    assert pids[1] is not None
    assert pids[2] is None
    assert pids[3] not in {None, pids[1]}
    process.close()


# --------------------------------------------------------------------------------------- death and time


def freeze(pid):
    """Stop every thread of a process: what is sent to it from now on stays in the pipe."""
    os.kill(pid, signal.SIGSTOP)

    def states():
        stats = [
            Path(f"/proc/{pid}/task/{task}/stat").read_text() for task in os.listdir(f"/proc/{pid}/task")
        ]
        return {stat.rpartition(")")[2].split()[0] for stat in stats}

    assert wait_for(lambda: states() == {"T"})


def bytes_in_pipe(descriptor):
    import fcntl
    import termios

    return struct.unpack("i", fcntl.ioctl(descriptor, termios.FIONREAD, bytes(4)))[0]


@linux_only
def test_a_photo_that_kills_the_process_is_named_and_the_next_one_is_decoded(decoder):
    decoder.decode(picture(), "a.jpg", 96)
    first = decoder.pid
    freeze(first)  # the next decode is in hand for as long as we like
    wait = in_thread(lambda: decoder.decode(picture(), "poison.jpg", 96))
    assert wait_for(lambda: bytes_in_pipe(decoder._helper._process.stdin.fileno()) > 0)
    os.kill(first, signal.SIGKILL)
    error = wait()
    assert error.problem.kind == ProblemKind.CRASHED
    assert "poison.jpg" in error.problem.message
    assert decoder.decode(picture(), "b.jpg", 96).width == 640
    assert decoder.pid != first


@linux_only
def test_a_photo_that_takes_too_long_is_given_up():
    process = DecoderProcess(DecodeLimits(seconds=0.5))
    process.decode(picture(), "a.jpg", 96)
    first = process.pid
    freeze(first)
    problem = refusal(process, picture(), "slow.jpg")
    assert problem.kind == ProblemKind.TOO_LARGE
    assert "longer than 0.5 seconds" in problem.message
    assert gone(first)
    assert process.decode(picture(), "b.jpg", 96).width == 640
    process.close()


@linux_only
def test_a_computer_too_busy_to_decode_in_time_costs_no_photo(monkeypatch):
    monkeypatch.setattr("blipdesk.pipeline.decoder._START_SECONDS", 0.0)
    process = DecoderProcess(DecodeLimits(seconds=1), command=stand_in("time.sleep(1.5); give(REST)"))
    assert process.decode(b"data", "a.png", 96).width == 5
    process.close()


@linux_only
def test_a_photo_that_computes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr("blipdesk.pipeline.decoder._START_SECONDS", 0.0)
    process = DecoderProcess(DecodeLimits(seconds=0.5), command=stand_in("while True: pass"))
    assert refusal(process, b"data").kind == ProblemKind.TOO_LARGE
    process.close()


@posix_only
def test_a_death_between_two_photos_is_nobodys_fault(decoder):
    decoder.decode(picture(), "a.jpg", 96)
    first = decoder.pid
    os.kill(first, signal.SIGKILL)
    assert wait_for(lambda: decoder.pid is None)
    assert decoder.decode(picture(), "b.jpg", 96).width == 640


@posix_only
def test_ctrl_c_in_the_terminal_does_not_blame_a_photo(decoder):
    decoder.decode(picture(), "a.jpg", 96)
    first = decoder.pid
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(first, signum)
    assert decoder.decode(picture(), "b.jpg", 96).width == 640
    assert decoder.pid == first


@linux_only
def test_closing_does_not_wait_for_a_stuck_photo_nor_blame_it(decoder):
    decoder.decode(picture(), "a.jpg", 96)
    freeze(decoder.pid)
    wait = in_thread(lambda: decoder.decode(picture(), "b.jpg", 96))
    assert wait_for(lambda: bytes_in_pipe(decoder._helper._process.stdin.fileno()) > 0)
    decoder.close()
    error = wait()
    assert isinstance(error, PhotoError)
    assert error.problem.kind in TRANSIENT_KINDS
    assert decoder.decode(picture(), "c.jpg", 96).width == 640  # and it can be used again


def test_closing_ends_the_process_and_may_be_repeated(decoder):
    decoder.decode(picture(), "a.jpg", 96)
    pid = decoder.pid
    decoder.close()
    decoder.close()
    assert decoder.pid is None
    if sys.platform == "linux":
        assert gone(pid)


@linux_only
@pytest.mark.parametrize("during", ["idle", "stopped"])
def test_the_process_ends_with_a_parent_that_is_killed(tmp_path, during):
    (tmp_path / "a.jpg").write_bytes(picture())
    code = (
        "import sys, time\n"
        "from blipdesk.pipeline import DecoderProcess\n"
        "decoder = DecoderProcess()\n"
        "data = open(sys.argv[1], 'rb').read()\n"
        "decoder.decode(data, 'a.jpg', 96)\n"
        "print(decoder.pid, flush=True)\n"
        "time.sleep(1000)\n"
    )
    named = set(os.listdir("/dev/shm"))
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "a.jpg")], stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    if during == "stopped":
        freeze(child)
    parent.kill()
    parent.wait()
    if during == "stopped":
        os.kill(child, signal.SIGCONT)
    assert wait_for(lambda: gone(child))
    assert set(os.listdir("/dev/shm")) - named == set()
    parent.stdout.close()


# ------------------------------------------------------------- a process that was taken over, or is broken

STAND_IN = """
import json, os, signal, sys, time
from blipdesk.pipeline.child_process import map_block
request = json.loads(sys.stdin.readline())
block = map_block(request["block"])
out = request["out"]
REST = dict(format="PNG", width=5, height=4, pixel_hash="0" * 64, damaged=False, facts=dict(
    taken_at=None, camera=None, lens=None, exposure=None, latitude=None, longitude=None, caption=None,
    keywords=[], problem=None))
def give(rest, pixels=b"p" * (96 * 96 * 3), thumbnail=b"\\xff\\xd8t", raw=None):
    rest = json.dumps(rest).encode() if raw is None else raw
    at = out
    for part in (pixels, thumbnail, rest):
        block[at:at + len(part)] = part
        at += len(part)
    say(json.dumps({"sizes": [len(pixels), len(thumbnail), len(rest)], "rss": 1}))
def say(text):
    os.write(1, text.encode() + b"\\n")
"""


def stand_in(body):
    return [sys.executable, "-c", STAND_IN + body + "\nsys.stdin.read()"]


def test_the_stand_in_speaks_the_language():
    process = DecoderProcess(command=stand_in("give(REST)"))
    assert process.decode(b"data", "a.png", 96).width == 5
    process.close()


LIES = {
    "no json": "say('hello')",
    "no object": "say('[1, 2]')",
    "endless nesting": "say('[' * 60000)",
    "an endless line": "os.write(1, b'x' * 200000)",
    "no sizes": "say('{}')",
    "negative size": 'say(\'{"sizes": [-1, 5, 5], "rss": 1}\')',
    "huge size": 'say(\'{"sizes": [27648, 5, 99999999999999], "rss": 1}\')',
    "sizes of words": 'say(\'{"sizes": ["a", null, true], "rss": 1}\')',
    "too many parts": 'say(\'{"sizes": [1, 1, 1, 1], "rss": 1}\')',
    "memory of words": 'say(\'{"sizes": [1, 1, 1], "rss": "much"}\')',
    "too few pixels": "give(REST, pixels=b'p' * 5)",
    "no thumbnail": "give(REST, thumbnail=b'GIF89a')",
    "rest is no json": "give(REST, raw=b'\\x80\\x04pickle')",
    "rest nested": "give(REST, raw=b'[' * 100000)",
    "rest is a list": "give([])",
    "rest lacks a field": "del REST['pixel_hash']; give(REST)",
    "width of words": "REST['width'] = 'wide'; give(REST)",
    "width beyond all": "REST['width'] = 10 ** 40; give(REST)",
    "unknown format": "REST['format'] = 'EPS'; give(REST)",
    "format is a list": "REST['format'] = []; give(REST)",
    "flag of words": "REST['damaged'] = 'no'; give(REST)",
    "facts are a list": "REST['facts'] = []; give(REST)",
    "camera is a number": "REST['facts']['camera'] = 5; give(REST)",
    "keywords are a text": "REST['facts']['keywords'] = 'a'; give(REST)",
    "keyword is a list": "REST['facts']['keywords'] = [[]]; give(REST)",
    "latitude is a flag": "REST['facts']['latitude'] = True; give(REST)",
    "unknown kind of error": 'say(json.dumps({"error": {"kind": "x", "message": "m", "remedy": "r"}}))',
    "error without words": 'say(json.dumps({"error": {"kind": "io", "message": 5, "remedy": []}}))',
    "error is a list": 'say(json.dumps({"error": []}))',
    "abort": "os.abort()",
    "closed output": "os.close(1); os._exit(9)",
}


@posix_only
@pytest.mark.parametrize("lie", sorted(LIES))
def test_no_answer_hurts_the_parent(lie):
    process = DecoderProcess(command=stand_in(LIES[lie]))
    assert refusal(process, b"data").kind == ProblemKind.CRASHED
    process.close()


@posix_only
def test_facts_out_of_range_are_dropped():
    lie = "REST['facts'].update(latitude=1e300, longitude=float('nan'), camera='x' * 900000); give(REST)"
    process = DecoderProcess(command=stand_in(lie))
    facts = process.decode(b"data", "a.png", 96).facts
    assert (facts.latitude, facts.longitude) == (None, None)
    assert len(facts.camera) <= 200_000
    process.close()


@linux_only
def test_the_process_cannot_pull_the_memory_from_under_the_parent():
    body = (
        "try:\n    os.ftruncate(request['block']['fd'], 0)\n"
        "except PermissionError:\n    give(REST)\n"
        'else:\n    say(\'{"sizes": [27648, 5, 5], "rss": 1}\')\n'
    )
    process = DecoderProcess(command=stand_in(body))
    assert process.decode(b"data", "a.png", 96).width == 5
    process.close()


@posix_only
@pytest.mark.parametrize("body", ["os._exit(74)", "os._exit(70)", "raise ImportError('broken installation')"])
def test_a_fault_of_the_computer_is_not_the_photos(body):
    process = DecoderProcess(command=stand_in(body))
    assert refusal(process, b"data").kind in TRANSIENT_KINDS
    process.close()


def test_a_program_that_cannot_be_started_is_not_the_photos_fault():
    process = DecoderProcess(command=["/nonexistent/blipdesk-decoder"])
    assert refusal(process, b"data").kind in TRANSIENT_KINDS
    process.close()


@linux_only
def test_an_answer_that_cannot_be_written_is_not_the_photos_fault():
    """The real program, its output a device that is always full."""
    request = {
        "op": "decode", "name": "a.jpg", "bytes": 0, "out": 0, "edge": 96,
        "block": {"fd": -1, "tag": "", "size": 4096}, "limits": {}, "memory_extra": 1 << 30,
    }  # fmt: skip
    command = [sys.executable, "-m", "blipdesk.pipeline.decoder_child"]
    with (
        open("/dev/full", "wb") as full,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=full) as child,
    ):
        child.stdin.write(json.dumps(request).encode() + b"\n")
        child.stdin.flush()
        assert child.wait(60) == EXIT_NO_ANSWER
