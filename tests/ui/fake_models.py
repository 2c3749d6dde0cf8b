"""Models that are downloaded, tried and removed, and the computer that they run on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from fake_pictures import picture

from blipdesk.domain.errors import Cancelled, UsageError
from blipdesk.domain.jobs import ModelInfo
from blipdesk.domain.models import DownloadPhase, DownloadProgress, ModelCheck, Tried
from blipdesk.domain.ports import CancelToken
from blipdesk.services.trial import Trial


class FakeModels:
    """ModelService with the demo models installed and BLIP base not; a download comes in ``steps``."""

    def __init__(self) -> None:
        self.known = {
            "demo": ModelInfo(
                "demo", "Demo models", ("caption", "answer"), True, 12_000_000, "Apache-2.0", "/opt/demo",
                fits="fits",
            ),
            "blip-base": ModelInfo(
                "blip-base", "BLIP base", ("caption",), False, 990_000_000, "BSD-3-Clause", None,
                "Everyday photos, quick: the first choice.", "Salesforce/blip-base", fits="fits in bf16",
            ),
        }  # fmt: skip
        self.steps = 10
        self.may_go_on = threading.Event()
        """A download that has half of it waits for this."""
        self.may_go_on.set()
        self.error: Exception | None = None
        self.checked: list[str] = []

    def list(self) -> list[ModelInfo]:
        return sorted(self.known.values(), key=lambda model: not model.installed)

    def download(
        self, name: str, on_progress: Callable[[DownloadProgress], None], cancel: CancelToken
    ) -> ModelInfo:
        model = self.known[name]
        total, arrived = model.size_bytes, model.arrived_bytes
        while arrived < total:
            if arrived * 2 >= total:
                while not self.may_go_on.wait(0.01) and not cancel.is_set():
                    pass
            if cancel.is_set():
                raise Cancelled
            if self.error is not None and arrived * 2 >= total:
                raise self.error
            arrived += total // self.steps
            self.known[name] = replace(model, arrived_bytes=min(arrived, total))
            on_progress(DownloadProgress(DownloadPhase.DOWNLOADING, min(arrived, total), total))
        self.known[name] = replace(model, installed=True, arrived_bytes=0, path=f"/models/{name}")
        return self.known[name]

    def import_folder(self, path: str) -> ModelInfo:
        made = ModelInfo("mine", "My model", ("caption",), True, 990_000_000, "unknown", path)
        self.known["mine"] = made
        return made

    def remove(self, key: str) -> None:
        model = self.known[key]
        if not model.installed and not model.arrived_bytes:
            raise UsageError("There is nothing to remove.")
        self.known[key] = replace(model, installed=False, arrived_bytes=0, path=None)

    def check(self, name: str) -> tuple[ModelCheck, ...]:
        self.checked.append(name)
        tried = (Tried("caption", "a red square", True),)
        return (ModelCheck(name, "Demo captioner", tried, "cpu", "fp32", 96, "1a2b", 1.5, 0.1, 8.0),)


class FakeComputer:
    """ThisComputer that tells what the test says."""

    def __init__(self) -> None:
        self.idle: float | None = 4.0
        self.battery: bool | None = False
        """On battery; None: it has none."""

    def idle_seconds(self) -> float | None:
        return self.idle

    def on_battery(self) -> bool:
        return bool(self.battery)

    def has_battery(self) -> bool:
        return self.battery is not None


class FakeTrials:
    """TrialService with three photos; ``may_say`` holds the caption back."""

    def __init__(self) -> None:
        self.paths = ["/p/one.jpg", "/p/two.jpg", "/p/three.jpg"]
        self.may_say = threading.Event()
        self.may_say.set()
        self.error: Exception | None = None
        self.asked: list[tuple[str, str]] = []
        self.closed = 0

    def photos(self, folders: Sequence[str]) -> list[str]:
        return list(self.paths)

    def caption(
        self, path: str, model: str, on_picture: Callable[[bytes], None], cancel: CancelToken
    ) -> Trial:
        self.asked.append((path, model))
        on_picture(picture(len(self.asked)))
        while not self.may_say.wait(0.01):
            if cancel.is_set():
                raise Cancelled
        if self.error is not None:
            raise self.error
        return Trial(path, f"a photo named {path[3:-4]}", 0.8, 3.0, "cpu", demo=model == "demo")

    def close(self) -> None:
        self.closed += 1
