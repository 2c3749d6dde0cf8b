"""The decoder process: same results as in-process, and no way for a picture to hurt the parent."""

import contextlib
import os
import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from decoder_bench import gone, in_thread, linux_only, picture, posix_only, refusal, stand_in
from pipeline_waiting import wait_until

from blipdesk.domain.errors import TRANSIENT_KINDS, PhotoError, ProblemKind
from blipdesk.imaging import DecodeLimits
from blipdesk.pipeline import DecoderProcess, LocalDecoder

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
BAD_IMAGES = SHARED / "corpus" / "bad-images"

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::RuntimeWarning")


@pytest.fixture
def decoder():
    process = DecoderProcess()
    yield process
    process.close()


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

    wait_until(lambda: states() == {"T"})


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
    wait_until(lambda: bytes_in_pipe(decoder._child._process.stdin.fileno()) > 0)
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
    wait_until(lambda: decoder.pid is None)
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
    wait_until(lambda: bytes_in_pipe(decoder._child._process.stdin.fileno()) > 0)
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


def shared_files():
    """Blocks of memory that processes share; the folders there are of other tests, that run meanwhile."""
    with os.scandir("/dev/shm") as entries:
        return {entry.name for entry in entries if entry.is_file()}


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
    named = shared_files()
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
    wait_until(lambda: gone(child))
    assert shared_files() <= named
    parent.stdout.close()
