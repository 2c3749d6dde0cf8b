"""A download that fails says why, whosever fault it is: the hub's, the network's, the disk's."""

import os
import shutil
import threading
from pathlib import Path

import pytest
from filelock import FileLock
from hub_downloads import WEIGHTS, Download, files
from hub_server import (
    REPO,
    Fault,
    HubRepo,
    HubServer,
    cut,
    elsewhere,
    flipped,
    lengthened,
    shortened,
    sign_in_page,
    status,
)

from blipdesk.domain.errors import ModelError
from blipdesk.engine import hub_child
from blipdesk.engine.places import FETCH_LOCK

# ------------------------------------------------------------------------------------------ in words


@pytest.mark.parametrize(
    ("faults", "match"),
    [
        ([flipped(5)] * 2, "came damaged twice"),
        ([cut(0)] * 5, "broke again and again"),
        ([shortened(90_000)] * 9, "shorter .* than its listing says"),
        ([lengthened(1)] * 5, "longer .* than its listing says"),
        ([status(500)] * 5, r"has trouble \(500\)"),
        ([status(429, Retry_After="3600")], "asks to wait for 60 minutes"),
        ([status(429)] * 5, "too many requests"),
        ([status(404, "EntryNotFound")], "does not have"),
        ([status(403)], "refuses to hand out"),
        ([status(407)], "proxy wants a name"),
        ([sign_in_page] * 9, "shorter .* than its listing says"),
        ([elsewhere(f"/{REPO}/resolve/main/{WEIGHTS}")] * 40, "round in circles"),
    ],
)
def test_what_does_not_pass_is_said_in_words(
    hub: HubServer, download: Download, faults: list[Fault], match: str
) -> None:
    hub.misbehave(WEIGHTS, *faults)
    download.fails(match)
    assert WEIGHTS not in download.result()
    hub.faults.clear()
    download.run()
    assert download.result() == files(), "and the next time it goes on"


@pytest.mark.parametrize(
    ("fault", "match"),
    [
        (status(401, "RepoNotFound"), "There is no model somebody/tiny-captioner"),
        (status(404, "RepoNotFound"), "There is no model somebody/tiny-captioner"),
        (status(404, "RevisionNotFound"), "does not have the wanted revision"),
        (status(403, "GatedRepo"), "agreed to its terms"),
        (status(400), "answers 400"),
        (sign_in_page, "not that of a model hub"),
        (cut(5), "not that of a model hub"),
    ],
)
def test_a_repository_that_is_not_given_out(
    hub: HubServer, download: Download, fault: Fault, match: str
) -> None:
    hub.misbehave("/api/models", fault)
    download.fails(match)
    assert not list(download.folder.iterdir())


def test_without_a_network_one_is_told_at_once(download: Download) -> None:
    with HubServer() as gone:
        download.hub = gone
    error = download.fails("no connection to 127.0.0.1")
    assert "import a folder" in error.remedy
    assert download.waits == []


def test_an_endpoint_that_is_no_address(download: Download) -> None:
    download.hub.endpoint = "huggingface"
    download.fails("no web address")


def test_a_listing_without_checksums_is_not_believed(hub: HubServer, download: Download) -> None:
    def bare(handler: object, data: bytes, start: int) -> None:
        handler.send_json(  # type: ignore[attr-defined]  # the server's own handler
            {"id": REPO, "sha": "5" * 40, "siblings": [{"rfilename": WEIGHTS, "size": 4}]}
        )

    hub.misbehave("/api/models", bare)
    download.fails("no checksum for model.safetensors")


def test_a_pinned_revision_is_the_one_that_is_asked_for(hub: HubServer, download: Download) -> None:
    download.run(revision="5" * 40)
    assert hub.requests[0].path.startswith(f"/api/models/{REPO}/revision/{'5' * 40}")
    download.fails("wanted revision", revision="7" * 40)


# ------------------------------------------------------------------------------------------ token, disk


def test_a_token_goes_to_the_hub_alone(hub: HubServer, download: Download) -> None:
    hub.repos[REPO].needs_token = "hf_secret"
    download.fails("agreed to its terms")
    hub.requests.clear()
    download.run(token="hf_secret")
    assert {one.headers.get("authorization") for one in hub.requests if one.server == "hub"} == {
        "Bearer hf_secret"
    }
    stored = [one for one in hub.requests if one.server == "storage"]
    assert stored
    assert not any("authorization" in map(str.lower, one.headers) for one in stored)


def test_nobody_is_told_more_than_a_download_needs(hub: HubServer, download: Download) -> None:
    download.run()
    for one in hub.requests:
        names = {name.lower() for name in one.headers}
        assert names <= {
            *("host", "accept", "accept-encoding", "connection", "user-agent", "x-amzn-trace-id", "range"),
        }
        assert "torch" not in one.headers["user-agent"]


def test_too_little_space_is_said_with_the_numbers(
    download: Download, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(download.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=300_000))
    download.fails(r"needs 205 kB more; .* has 300 kB free")
    assert not download.hub.asked(WEIGHTS)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_disk_that_fills_up_meanwhile(hub: HubServer, download: Download) -> None:
    lfs = hub.repos[REPO].sibling(WEIGHTS)["lfs"]
    assert isinstance(lfs, dict)
    partial = download.folder / f"{lfs['sha256']}.incomplete"
    partial.symlink_to("/dev/full")
    error = download.fails("is full")
    assert "kept" in error.remedy
    assert WEIGHTS not in download.result()
    partial.unlink()
    download.run()
    assert download.result() == files()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(download: Download) -> None:
    download.folder.chmod(0o500)
    try:
        download.fails("cannot be written")
    finally:
        download.folder.chmod(0o700)


def test_the_tests_leave_no_thread_of_a_server_behind() -> None:
    before = threading.active_count()
    with HubServer({REPO: HubRepo(files())}):
        pass
    assert threading.active_count() <= before


def test_an_earlier_process_that_still_holds_the_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_child, "_PREDECESSOR", 0.0)
    with FileLock(tmp_path / FETCH_LOCK), pytest.raises(ModelError, match="has not ended yet"):
        hub_child._fetch(REPO, "", tmp_path, allow_code=False)
