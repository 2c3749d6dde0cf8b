"""What the tests of the decoder process need: pictures, refusals, waits, and a child that misbehaves."""

import io
import os
import sys
import threading

import pytest
from PIL import Image

from blipdesk.domain.errors import PhotoError

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")


def picture(format_name="JPEG", size=(640, 480), colour=(200, 90, 30)):
    im = Image.linear_gradient("L").resize(size).convert("RGB")
    im.paste(colour, (0, 0, size[0] // 2, size[1] // 3))
    out = io.BytesIO()
    im.save(out, format_name)
    return out.getvalue()


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


STAND_IN = """
import json, os, signal, sys, time
from blipdesk.pipeline.child_process import map_block
request = json.loads(sys.stdin.readline())
block = map_block(request["block"])
out = request["out"]
REST = dict(format="PNG", width=5, height=4, pixel_hash="0" * 64, damaged=False, facts=dict(
    taken_at=None, camera=None, lens=None, exposure=None, latitude=None, longitude=None, caption=None,
    taken_zone=None, title=None, other_captions=[], rating=None, keyword_paths=[],
    our_captions=[], our_keywords=[],
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
