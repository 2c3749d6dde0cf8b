"""A decoder process that was taken over, or is broken: no answer hurts the parent or blames a photo."""

import json
import subprocess
import sys

import pytest
from decoder_bench import linux_only, posix_only, refusal, stand_in

from blipdesk.domain.errors import TRANSIENT_KINDS, ProblemKind
from blipdesk.pipeline import DecoderProcess
from blipdesk.pipeline.decoder_child import EXIT_NO_ANSWER

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::RuntimeWarning")


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
    "stars beyond five": "REST['facts']['rating'] = 6; give(REST)",
    "stars in words": "REST['facts']['rating'] = 'many'; give(REST)",
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
