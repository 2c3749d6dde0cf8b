"""Downloads as a person sees them: whole, tried and in their place, or not there; and they go on."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hub_server import HubRepo, HubServer, cut, silent

from blipdesk.domain.errors import Cancelled, KnownError, ModelError, UsageError
from blipdesk.domain.jobs import ModelInfo
from blipdesk.domain.models import DownloadPhase, DownloadProgress
from blipdesk.engine import download_model, list_models, registry, remove_model
from blipdesk.engine.checkpoints import find_checkpoint
from blipdesk.engine.manifest import MANIFEST
from blipdesk.engine.places import locked

KEY = "blip-image-captioning-base"
REPO = f"Salesforce/{KEY}"
WEIGHTS = "model.safetensors"
REVISION = next(spec.revision for spec in registry.SPECS if spec.key == KEY)


@pytest.fixture
def hub(caption_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.delenv("HF_TOKEN", raising=False)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with HubServer({REPO: replace(HubRepo.of(caption_folder), revision=REVISION)}) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        yield server


@pytest.fixture
def trials(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """In place of the engine's process; what it holds is called."""
    found: list[Callable[[], None]] = []
    monkeypatch.setattr(
        "blipdesk.engine.download.try_checkpoint", lambda *_, allow_code: [each() for each in found]
    )
    return found


class Person:
    """Downloads, and sees what is shown."""

    def __init__(self, models: Path) -> None:
        self.models = models
        self.seen: list[DownloadProgress] = []
        self.stop = threading.Event()
        self.stop_at = 0

    def __call__(self, progress: DownloadProgress) -> None:
        self.seen.append(progress)
        if self.stop_at and progress.done_bytes >= self.stop_at:
            self.stop.set()

    def download(self, name: str = KEY) -> ModelInfo:
        self.seen.clear()
        return download_model(name, self.models, self, self.stop)

    @property
    def phases(self) -> list[DownloadPhase]:
        return list(dict.fromkeys(progress.phase for progress in self.seen))

    @property
    def installed(self) -> list[str]:
        return [info.key for info in list_models(self.models) if info.installed and "demo" not in info.key]


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(tmp_path / "models")


def pickled(folder: Path, tmp_path: Path) -> HubRepo:
    """The layout that the first choice has at the hub: weights as a pickle, and TensorFlow's beside them."""
    import torch
    from safetensors.torch import load_file

    torch.save(load_file(folder / WEIGHTS), tmp_path / "weights")
    files = {file.name: file.read_bytes() for file in folder.iterdir() if file.name != WEIGHTS}
    return HubRepo(
        {**files, "pytorch_model.bin": (tmp_path / "weights").read_bytes(), "tf_model.h5": b"x" * 9000},
        revision=REVISION,
    )


def test_a_download_is_used_without_the_network(
    hub: HubServer, person: Person, caption_folder: Path, tmp_path: Path
) -> None:
    hub.repos[REPO] = pickled(caption_folder, tmp_path)
    info = person.download()
    assert (info.key, info.tasks, info.installed, info.revision) == (KEY, ("caption",), True, REVISION)
    assert person.phases == [
        DownloadPhase.ASKING, DownloadPhase.DOWNLOADING, DownloadPhase.TRYING, DownloadPhase.DONE
    ]  # fmt: skip
    (offer,) = {progress.offer for progress in person.seen if progress.offer}
    assert (offer.licence, offer.repo, offer.kept_bytes) == ("BSD-3-Clause", REPO, 0)
    assert offer.total_bytes == info.size_bytes
    weights = [n for n, one in enumerate(hub.requests) if "pytorch_model.bin" in one.path]
    assert weights[0] == len(hub.requests) - 2, "the weights come last"

    manifest = json.loads((person.models / KEY / MANIFEST).read_text())
    assert (manifest["repo"], manifest["revision"], manifest["licence"]) == (REPO, REVISION, "bsd-3-clause")
    assert set(manifest["files"]) == {path.name for path in (person.models / KEY).iterdir()} - {MANIFEST}

    hub.requests.clear()
    assert find_checkpoint(KEY, "caption", person.models).path == person.models / KEY
    assert person.download().key == KEY
    assert person.phases == [DownloadPhase.PRESENT]
    assert not hub.requests, "what is there is not asked for again"

    remove_model(KEY, person.models)
    assert not person.installed


def test_a_model_of_anybodys_is_named_by_its_page(
    hub: HubServer, person: Person, trials: list[Callable[[], None]]
) -> None:
    hub.repos["somebody/my-blip"] = hub.repos["somebody/blip-vqa-base"] = hub.repos[REPO]
    assert person.download("somebody/my-blip").key == "my-blip"
    assert person.download("somebody/blip-vqa-base").key == "blip-vqa-base-somebody"
    assert person.installed == ["blip-vqa-base-somebody", "my-blip"]
    assert {info.licence for info in list_models(person.models) if "my-blip" in info.key} == {"bsd-3-clause"}
    hub.repos["another/my-blip"] = hub.repos[REPO]
    with pytest.raises(ModelError, match="is of somebody/my-blip"):
        person.download("another/my-blip")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, UsageError) for name in ("nothing", "", "../x", "a/../b", "a/b/c", "-x/y")),
        ("demo", ModelError),
        ("demo-captioner", ModelError),
    ],
)
def test_names_that_cannot_be_downloaded(person: Person, name: str, kind: type[KnownError]) -> None:
    with pytest.raises(kind) as caught:
        person.download(name)
    assert caught.value.remedy
    assert not person.models.exists()


def test_a_killed_download_is_no_model_and_goes_on(
    hub: HubServer, person: Person, trials: list[Callable[[], None]], tmp_path: Path
) -> None:
    """kill -9 of the program; its child sees that and ends."""
    size = len(hub.repos[REPO].files[WEIGHTS])
    hub.misbehave(WEIGHTS, silent(size // 2))
    command = [
        sys.executable,
        "-m",
        "blipdesk",
        "--data-dir",
        str(tmp_path),
        "--json",
        "models",
        "download",
        KEY,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None
        for line in program.stdout:
            if json.loads(line).get("done_bytes", 0) > size // 2:
                break
        with pytest.raises(ModelError, match="by another BlipDesk"):
            person.download()
        with pytest.raises(ModelError, match="by another BlipDesk"):
            remove_model(KEY, person.models)
        program.send_signal(signal.SIGKILL)
    assert not person.installed
    assert next(info.arrived_bytes for info in list_models(person.models) if info.key == KEY) > size // 2
    with pytest.raises(ModelError, match="not on this computer"):
        find_checkpoint(KEY, "caption", person.models)

    hub.requests.clear()
    person.download()
    (begun, *_) = [one.headers.get("Range") for one in hub.asked(WEIGHTS)]
    assert begun == f"bytes={size // 2}-"
    assert person.installed == [KEY]
    assert (person.models / KEY / WEIGHTS).read_bytes() == hub.repos[REPO].files[WEIGHTS]
    assert not (person.models / f".{KEY}.part").exists()


def test_a_stopped_download_is_kept_or_removed(
    hub: HubServer, person: Person, trials: list[Callable[[], None]]
) -> None:
    hub.misbehave(WEIGHTS, silent(60_000))
    person.stop_at = 50_000
    with pytest.raises(Cancelled):
        person.download()
    person.stop = threading.Event()
    assert not person.installed
    remove_model(KEY, person.models)
    assert not [path for path in person.models.iterdir() if path.is_dir()]
    with pytest.raises(ModelError, match="No model"):
        remove_model(KEY, person.models)


def test_a_download_can_be_stopped_while_the_model_is_tried(hub: HubServer, person: Person) -> None:
    """The engine's process is loading, which asks no token."""

    def stop(progress: DownloadProgress) -> None:
        if progress.phase is DownloadPhase.TRYING:
            person.stop.set()

    with pytest.raises(Cancelled):
        download_model(KEY, person.models, stop, person.stop)
    assert not person.installed
    assert (person.models / f".{KEY}.part" / WEIGHTS).is_file(), "nothing has to come again"


def test_a_model_that_does_not_run_is_not_installed_and_not_fetched_again(
    hub: HubServer, person: Person, trials: list[Callable[[], None]]
) -> None:
    def fail() -> None:
        raise ModelError("It says nothing.", "Make room.")

    trials.append(fail)
    with pytest.raises(ModelError, match=r"It says nothing. Make room. Its files are kept"):
        person.download()
    assert not person.installed
    trials.clear()
    hub.requests.clear()
    person.download()
    assert person.installed == [KEY]
    assert not hub.asked("resolve")


def test_a_damaged_model_is_mended_by_downloading_it(
    hub: HubServer, person: Person, trials: list[Callable[[], None]]
) -> None:
    person.download()
    weights = person.models / KEY / WEIGHTS
    right = weights.read_bytes()
    weights.write_bytes(right[:-1] + b"!")
    person.download()
    assert person.phases[-1] is DownloadPhase.DONE
    assert weights.read_bytes() == right


def test_an_older_revision_is_replaced_and_an_imported_model_stays(
    hub: HubServer, person: Person, trials: list[Callable[[], None]]
) -> None:
    person.download()
    manifest = person.models / KEY / MANIFEST
    facts = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**facts, "revision": "7" * 40}))
    assert person.download().revision == REVISION
    assert person.phases[-1] is DownloadPhase.DONE
    del facts["repo"]
    manifest.write_text(json.dumps({**facts, "revision": "7" * 40}))
    person.download()
    assert person.phases == [DownloadPhase.PRESENT]


@pytest.mark.parametrize(
    ("name", "value", "match"),
    [
        ("HF_HUB_OFFLINE", "1", "HF_HUB_OFFLINE is set"),
        ("HF_TOKEN", "no\ntoken", "is no token"),
        ("HTTP_PROXY", "ftp://proxy:1", "proxy cannot be used"),
        ("HTTP_PROXY", "http://127.0.0.1:9", "HTTP_PROXY is set: check that proxy"),
    ],
)
def test_what_the_environment_says_wrongly_is_said_in_words(
    hub: HubServer, person: Person, monkeypatch: pytest.MonkeyPatch, name: str, value: str, match: str
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://hub.invalid")
    monkeypatch.setenv(name, value)
    with pytest.raises(ModelError) as caught:
        person.download()
    assert match in str(caught.value)
    assert not list(person.models.iterdir()), "nothing is left of what brought nothing"


def test_a_model_that_is_not_there_is_said_in_words(hub: HubServer, person: Person) -> None:
    with pytest.raises(ModelError, match="There is no model Salesforce/blip-vqa-base at 127") as caught:
        person.download("blip-vqa-base")
    assert caught.value.remedy
    assert not person.installed


def test_a_proxy_is_used_where_one_is_set(
    hub: HubServer, person: Person, trials: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://hub.invalid")
    monkeypatch.setenv("HTTP_PROXY", hub.endpoint)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    person.download()
    assert person.installed == [KEY]
    assert hub.requests[0].path.startswith(f"http://hub.invalid/api/models/{REPO}")


def test_a_download_that_breaks_off_says_so_and_goes_on(
    hub: HubServer, person: Person, trials: list[Callable[[], None]]
) -> None:
    hub.misbehave(WEIGHTS, cut(50_000))
    person.download()
    assert any("trying again" in progress.note for progress in person.seen)
    counts = [progress.done_bytes for progress in person.seen]
    assert counts == sorted(counts), "the bar never goes back"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(hub: HubServer, person: Person) -> None:
    person.models.mkdir()
    person.models.chmod(0o500)
    with pytest.raises(ModelError, match="cannot be written"):
        person.download()
    person.models.chmod(0o700)


def test_a_place_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    with locked(tmp_path, KEY), locked(tmp_path, "another"), pytest.raises(ModelError, match="by another"):
        locked(tmp_path, KEY).__enter__()
    with locked(tmp_path, KEY):
        pass
