"""A walk through the real program with mouse and keyboard, recorded: ``python tests/ui/walk.py OUT``.

From the first start, with an empty data folder and copies of the sample pictures, to the second: photos are
captioned, searched, edited, asked about, reviewed, written and taken back.  OUT gets a picture of each.
Needs Xvfb, openbox, xdotool and ImageMagick; with ffmpeg a film is made too.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DISPLAY = os.environ.get("WALK_DISPLAY", ":48")
WIDTH, HEIGHT = 1440, 900
FIRST_PHOTO, FOURTH_PHOTO, SECOND_ROW = (330, 200), (960, 200), (500, 400)
"""Places on the screen: tiles of the gallery."""
ALL_PHOTOS, NEEDS_REVIEW = (90, 137), (90, 238)
LOOKS_RIGHT, CHOICES, NO_GROUP, TAKE_BACK = (1312, 410), (1365, 818), (520, 263), (972, 290)


class Walk:
    """A person at the window: what they press, and a picture after each step."""

    def __init__(self, out: Path) -> None:
        self.out, self.number = out, 0
        self.data, home = out / "data", out / "home"
        shutil.copytree(ROOT / "resources" / "samples", home / "Pictures")
        self.env = dict(os.environ, DISPLAY=DISPLAY, HOME=str(home), LANG="en_US.UTF-8")
        self.env |= {"XDG_CONFIG_HOME": str(home / ".config"), "XDG_DATA_HOME": str(home / ".local")}
        self.running: list[subprocess.Popen[bytes]] = []

    # ------------------------------------------------------------------------------------ the stage

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        with (self.out / "log.txt").open("ab") as log:
            started = subprocess.Popen(command, env=self.env, stdout=log, stderr=log)
        self.running.append(started)
        return started

    def open_stage(self) -> None:
        self.start("Xvfb", DISPLAY, "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp")
        self.until(lambda: self.tool("getdisplaygeometry"), 30)
        self.start("openbox")
        if shutil.which("ffmpeg"):
            source = ("-f", "x11grab", "-framerate", "4", "-video_size", f"{WIDTH}x{HEIGHT}", "-i", DISPLAY)
            film = ("-vcodec", "libx264", "-preset", "ultrafast", "-crf", "30", "-pix_fmt", "yuv420p")
            self.start("ffmpeg", "-loglevel", "error", *source, *film, str(self.out / "walk.mp4"))

    def open_program(self) -> subprocess.Popen[bytes]:
        program = self.start(sys.executable, "-m", "blipdesk", "--data-dir", str(self.data))
        self.until(lambda: self.tool("search", "--onlyvisible", "--name", "BlipDesk"), 30)
        return program

    def close(self) -> None:
        for started in reversed(self.running):
            started.terminate()
            started.wait(20)

    # ------------------------------------------------------------------------------------ the person

    def tool(self, *arguments: str) -> str:
        command = ["xdotool", *arguments]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.tool("key", key)
            time.sleep(0.4)

    def type(self, text: str) -> None:
        self.tool("type", "--delay", "60", text)
        time.sleep(0.4)

    def click(self, place: tuple[int, int], button: int = 1) -> None:
        self.tool("mousemove", *map(str, place))
        time.sleep(0.3)
        self.tool("click", str(button))
        time.sleep(0.6)

    def shot(self, name: str, wait: float = 1.0) -> None:
        time.sleep(wait)
        self.number += 1
        path = self.out / f"{self.number:02d}-{name}.png"
        subprocess.run(["import", "-window", "root", str(path)], env=self.env, check=True)
        print(path.name, flush=True)

    def until(self, condition: Callable[[], object], seconds: float) -> None:
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                print("  did not come", flush=True)
                return
            time.sleep(1)

    def number_of(self, query: str) -> int:
        """Photos that the command line finds for a query."""
        command = [sys.executable, "-m", "blipdesk", "--data-dir", str(self.data), "--json"]
        done = subprocess.run(
            [*command, "search", query], env=self.env, capture_output=True, text=True, check=False
        )
        return int(json.loads(done.stdout)["total"]) if done.stdout else 0


def first_start(walk: Walk) -> None:
    walk.open_program()
    walk.until(lambda: walk.tool("search", "--onlyvisible", "--name", "Welcome"), 60)
    for step in ("photos", "captions", "model"):
        walk.shot(f"first-start-{step}")
        walk.press("Return")
    walk.shot("first-start-try", 20)
    walk.press("Return")
    walk.shot("first-start-begun", 4)
    walk.until(lambda: walk.number_of("has:caption") == 44, 300)
    walk.shot("captioned", 3)


def search_and_edit(walk: Walk) -> None:
    walk.press("ctrl+f")
    walk.type("red balloon")
    walk.shot("search", 3)
    walk.click(FOURTH_PHOTO)
    walk.shot("photo-found", 2)
    walk.press("F2", "End")
    walk.type(" in the evening")
    walk.shot("caption-typed")
    walk.press("ctrl+Return")
    walk.shot("caption-saved")
    walk.press("ctrl+z")
    walk.shot("caption-undone")


def ask(walk: Walk) -> None:
    walk.press("ctrl+l")
    for question, word in (("How many balloons are there?", "how"), ("What colour are they?", "colour")):
        walk.type(question)
        walk.press("Return")
        walk.until(lambda word=word: walk.number_of(f"asked:{word}"), 60)
    walk.shot("follow-up")
    walk.click(CHOICES)
    walk.type("Is it night?")
    walk.press("Return")
    walk.shot("closed-question", 8)
    walk.press("Escape")
    walk.click(FIRST_PHOTO)
    walk.press("ctrl+a")
    walk.shot("many-selected")
    walk.press("ctrl+shift+l")
    walk.until(lambda: walk.tool("search", "--onlyvisible", "--name", "Ask many"), 10)
    walk.type("Is there a balloon?")
    walk.shot("ask-many")
    walk.press("Return")
    walk.shot("many-answers", 20)
    walk.click(NO_GROUP)
    walk.shot("answered-so", 2)


def review(walk: Walk) -> None:
    walk.press("Escape", "Escape")  # lets go of the photos, then clears the search
    walk.click(NEEDS_REVIEW)
    walk.click(FIRST_PHOTO)
    walk.shot("review", 2)
    walk.click(LOOKS_RIGHT)
    walk.shot("reviewed")


def write_and_take_back(walk: Walk) -> None:
    walk.click(ALL_PHOTOS)
    walk.click(FIRST_PHOTO)
    walk.press("ctrl+a")
    walk.click(SECOND_ROW, 3)
    walk.press("Up", "Up", "Up", "Right")
    walk.shot("menu-write")
    walk.press("Return")
    walk.shot("written", 3)
    walk.press("ctrl+h")
    walk.shot("changes", 2)
    walk.click(TAKE_BACK)
    walk.shot("take-back-preview", 3)
    walk.press("Tab", "Return")
    walk.shot("taken-back", 4)
    walk.press("Escape", "Escape")


def second_start(walk: Walk) -> None:
    walk.press("ctrl+f")
    walk.type("boat beach")
    walk.press("Return")
    walk.shot("another-search", 3)
    walk.press("ctrl+q")
    walk.running[-1].wait(30)
    walk.shot("closed")
    walk.open_program()
    walk.shot("second-start", 15)


def main() -> int:
    out = Path(sys.argv[1]).resolve()
    out.mkdir(parents=True)
    walk = Walk(out)
    try:
        walk.open_stage()
        for part in (first_start, search_and_edit, ask, review, write_and_take_back, second_start):
            part(walk)
    finally:
        walk.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
