"""Fetching from a hub that misbehaves: in the end the right bytes, and never a wrong file."""

import json
import shutil
from collections.abc import Callable

import pytest
from hub_downloads import CONFIG, DATA, WEIGHTS, Download, files
from hub_server import (
    REPO,
    Fault,
    HubRepo,
    HubServer,
    cut,
    dripping,
    elsewhere,
    flipped,
    ignoring_range,
    lengthened,
    shortened,
    sign_in_page,
    silent,
    status,
    wrong_length,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blipdesk.domain.errors import ModelError
from blipdesk.engine.fetch import Fetched

# ---------------------------------------------------------------------------------------- only what is needed


def test_one_format_of_weights_and_nothing_that_is_not_needed(hub: HubServer, download: Download) -> None:
    more = ("pytorch_model.bin", "tf_model.h5", "flax_model.msgpack", "model.onnx", "pic.jpg", "run.py")
    hub.repos[REPO].files.update(dict.fromkeys(more, b"x" * 50_000))
    hub.repos[REPO].files["../../evil.json"] = b"{}"
    hub.repos[REPO].files["onnx/config.json"] = b"{}"
    hub.repos[REPO].files["qformer_tokenizer/vocab.txt"] = b"of InstructBLIP\n"
    download.run()
    assert (download.folder / "qformer_tokenizer" / "vocab.txt").read_bytes() == b"of InstructBLIP\n"
    shutil.rmtree(download.folder / "qformer_tokenizer")
    assert download.result() == files()
    assert not [one for one in hub.requests if any(name in one.path for name in (*more, "evil", "onnx"))]
    assert download.begun == Fetched(REPO, "5" * 40, "bsd-3-clause", sum(map(len, files().values())) + 16, 0)
    assert download.counts[-1] == download.begun.total_bytes


def test_weights_in_parts_are_those_that_the_index_names(hub: HubServer, download: Download) -> None:
    """A repository that was divided anew may still hold the parts of before."""
    repo = hub.repos[REPO].files
    del repo[WEIGHTS]
    parts = [f"model-0000{n}-of-00002.safetensors" for n in (1, 2)]
    repo.update(dict.fromkeys(parts, DATA))
    repo["model-00001-of-00003.safetensors"] = DATA
    repo["pytorch_model-00001-of-00001.bin"] = DATA
    repo["model.safetensors.index.json"] = json.dumps({"weight_map": {"a": parts[0], "b": parts[1]}}).encode()
    download.run()
    assert {name for name in download.result() if "of-0" in name} == set(parts)
    del repo[parts[1]]
    download.fails("names weights that are not there")
    for name in ("../../x", "../model.safetensors", "run.py"):
        repo["model.safetensors.index.json"] = json.dumps({"weight_map": {"a": name}}).encode()
        download.fails("is no index")


def test_pickled_weights_only_where_there_are_no_others(hub: HubServer, download: Download) -> None:
    repo = hub.repos[REPO].files
    repo["pytorch_model.bin"] = repo.pop(WEIGHTS)
    repo["tf_model.h5"] = DATA
    download.run()
    assert "pytorch_model.bin" in download.result()
    assert "tf_model.h5" not in download.result()


def test_what_cannot_be_run_is_refused_before_its_weights_come(hub: HubServer, download: Download) -> None:
    hub.repos[REPO].files["config.json"] = json.dumps({"model_type": "llama"}).encode()
    download.fails("llama")
    del hub.repos[REPO].files["config.json"]
    download.fails("no checkpoint")
    assert not hub.asked(WEIGHTS)


def test_program_code_comes_only_where_the_person_agreed(hub: HubServer, download: Download) -> None:
    repo = hub.repos[REPO].files
    repo["config.json"] = json.dumps({**CONFIG, "auto_map": {"AutoModel": "own.Own"}}).encode()
    repo["own.py"] = b"print('hello')"
    download.fails("brings program code of its own")
    assert not hub.asked(WEIGHTS) + hub.asked("own.py")
    download.run(allow_code=True)
    assert download.result() == repo


# ------------------------------------------------------------------------------------------ bad connections


@pytest.mark.parametrize(
    "faults",
    [
        [cut(0)],
        [cut(1)],
        [cut(100_000)],
        [cut(50_000), cut(50_000), cut(50_000)],
        [cut(50_000), ignoring_range],
        [cut(50_000), cut(10), ignoring_range],
        [status(500), status(503), status(408)],
        [status(429)],
        [cut(70_000), status(502), cut(70_000)],
        [flipped(5)],
        [flipped(5), cut(9)],
        [cut(50_000), flipped(60_000)],
        [shortened(20)],
        [shortened(90_000), shortened(90_000)],
        [lengthened(7)],
        [wrong_length(3)],
        [elsewhere(f"/{REPO}/resolve/{'5' * 40}/{WEIGHTS}?again=1")],
    ],
)
def test_a_bad_connection_costs_time_only(hub: HubServer, download: Download, faults: list[Fault]) -> None:
    hub.misbehave(WEIGHTS, *faults)
    download.run()
    assert download.result() == files()
    assert not hub.faults[WEIGHTS], "all of them happened"
    assert download.counts[-1] == sum(map(len, files().values())), "the bar ends at its end"
    assert download.notes[-1] == ""


def test_after_a_cut_only_the_rest_is_asked_for(hub: HubServer, download: Download) -> None:
    hub.misbehave(WEIGHTS, cut(100_000))
    download.run()
    asked = [one.headers.get("Range") for one in hub.asked(WEIGHTS) if one.server == "storage"]
    assert asked == [None, "bytes=100000-"]


def test_what_is_done_meanwhile_is_said_no_longer_once_bytes_come(
    hub: HubServer, download: Download, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blipdesk.engine.hub._LARGE", 1000)
    repo = hub.repos[REPO].files
    del repo[WEIGHTS]
    parts = [f"model-0000{n}-of-00002.safetensors" for n in (1, 2)]
    repo.update(dict.fromkeys(parts, DATA))
    repo["model.safetensors.index.json"] = json.dumps({"weight_map": {"a": parts[0], "b": parts[1]}}).encode()
    hub.misbehave(parts[0], cut(100_000), flipped(150_000))
    download.run()
    told = list(zip(download.notes, download.counts, strict=True))
    for words in ("trying again", "Checking model", "came damaged"):
        place = next(number for number, (note, _) in enumerate(told) if words in note)
        rest = told[place:]
        assert next(note for note, count in rest if count > told[place][1]) == ""


def test_what_an_earlier_try_left_is_used_once_verified(hub: HubServer, download: Download) -> None:
    hub.misbehave(WEIGHTS, *[cut(40_000)] * 2, *[cut(0)] * 5)
    download.fails("broke again and again")
    (left,) = download.folder.glob("*.incomplete")
    assert left.read_bytes() == DATA[:80_000]

    hub.requests.clear()
    download.run()
    assert download.begun is not None
    assert download.begun.kept_bytes == 80_000 + sum(len(data) for data in files().values()) - len(DATA)
    assert [one.headers.get("Range") for one in hub.requests if "resolve" in one.path] == ["bytes=80000-"] * 2
    assert download.result() == files()

    hub.requests.clear()
    (download.folder / WEIGHTS).write_bytes(DATA[:-1] + b"!")
    (download.folder / "vocab.txt").write_bytes(b"")
    download.run()
    assert download.result() == files(), "a file that was changed meanwhile is not believed"
    assert len(hub.asked("resolve")) == 3


def test_a_partial_file_that_is_wrong_is_thrown_away(hub: HubServer, download: Download) -> None:
    """Such as one whose last blocks a power cut turned to zeros."""
    hub.misbehave(WEIGHTS, *[cut(40_000)], *[cut(0)] * 5)
    download.fails("broke again and again")
    (left,) = download.folder.glob("*.incomplete")
    for wrong in (DATA[:30_000] + bytes(10_000), DATA + b"more"):
        left.write_bytes(wrong)
        download.run()
        assert download.result() == files()
        assert download.counts[-1] == sum(map(len, files().values()))
        (download.folder / WEIGHTS).unlink()


def test_a_new_revision_leaves_nothing_of_the_old_one(hub: HubServer, download: Download) -> None:
    hub.misbehave(WEIGHTS, cut(40_000), *[cut(0)] * 5)
    download.fails("broke again and again")
    hub.repos[REPO] = HubRepo(files(**{WEIGHTS: DATA[::-1], "vocab__txt": b"an\n"}), revision="6" * 40)
    download.run()
    assert download.result() == hub.repos[REPO].files
    assert not list(download.folder.glob("*.incomplete"))


def test_a_server_that_asks_for_a_pause_gets_it(hub: HubServer, download: Download) -> None:
    hub.misbehave("/api/models", status(429, Retry_After="7"))
    hub.misbehave(WEIGHTS, status(429, ratelimit='"resolvers";r=0;t=55'), status(503, Retry_After="9"))
    download.run()
    assert download.waits == [7, 55, 9]
    assert any("busy (429): trying again in 7 s" in note for note in download.notes)


def test_a_silent_connection_is_left_for_a_new_one(hub: HubServer, download: Download) -> None:
    hub.misbehave(WEIGHTS, silent(60_000))
    download.run(silence=0.2)
    assert download.result() == files()


def test_a_drip_does_not_hold_a_download_for_ever(hub: HubServer, download: Download) -> None:
    hub.misbehave(WEIGHTS, *[dripping(10, 0.01)] * 5)
    download.fails(r"sent \d+ bytes in", slow_after=0.25)
    assert len(download.waits) == 4
    download.run()
    assert download.result() == files(), "what dripped in is kept"


def test_the_bar_moves_before_ten_megabytes_have_come(hub: HubServer, download: Download) -> None:
    hub.misbehave(WEIGHTS, dripping(50_000, 0.11))
    download.run()
    assert len({count for count in download.counts if count < len(DATA)}) > 2


FAULTS: list[Callable[[], Fault]] = [
    lambda: cut(1000), lambda: cut(150_000), lambda: flipped(3), lambda: shortened(5000),
    lambda: lengthened(9), lambda: status(500), lambda: status(404), lambda: ignoring_range,
    lambda: sign_in_page,
]  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([WEIGHTS, "vocab.txt", "/api/models"]), st.sampled_from(FAULTS))))
def test_whatever_happens_no_wrong_file_gets_a_name(
    hub: HubServer, download: Download, faults: list[tuple[str, Callable[[], Fault]]]
) -> None:
    hub.faults.clear()
    for path in download.folder.iterdir():
        path.unlink()
    for path, fault in faults:
        hub.misbehave(path, fault())
    for _ in range(2):
        try:
            download.run()
        except ModelError as error:
            assert error.remedy
        found = download.result()
        assert all(files()[name] == data for name, data in found.items())
