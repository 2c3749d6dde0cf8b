"""The models on this computer, from the command line."""

import json

import pytest
from program import draw

from blipdesk.cli.main import run
from blipdesk.cli.output import context
from blipdesk.domain.models import DownloadOffer, DownloadPhase, DownloadProgress, ModelCheck, Tried

BASE = "blip-image-captioning-base"


def test_a_row_says_what_one_wants_to_know_before_a_download(blipdesk, photos):
    blipdesk.caption(photos)
    found = {row["key"]: row for row in json.loads(blipdesk.run("models", "list", "--json").stdout)}
    assert found["demo-captioner"]["installed"] and not found[BASE]["installed"]
    figure = {
        "checkpoint": "x", "device": "cpu", "precision": "fp32", "photos_per_second": 0.5,
        "weight_bytes": found[BASE]["size_bytes"], "measured_at_version": "1",
    }  # fmt: skip
    (blipdesk.data_dir / "models").mkdir(exist_ok=True)
    (blipdesk.data_dir / "models" / "speed.json").write_text(
        json.dumps({"format": 1, "figures": [figure], "choices": []})
    )
    lines = blipdesk.run("models").stdout.splitlines()
    (row,) = [number for number, line in enumerate(lines) if line.startswith(BASE)]
    assert "not installed" in lines[row]
    assert "fits" in lines[row] or "too large: needs" in lines[row]
    assert lines[row].endswith("about 8.0 s for your 4 photos")
    assert "the first choice. Licence: BSD-3-Clause" in lines[row + 1]
    keys = [line.split()[0] for line in lines if not line.startswith(" ")]
    assert set(keys) == set(found), "no key is cut short"


def test_a_model_that_cannot_be_downloaded_is_said_in_words(blipdesk):
    result = blipdesk.run("models", "download", "blip-image-captoning-base", status=2)
    assert f"Did you mean {BASE} or " in result.stderr
    result = blipdesk.run("models", "download", "nonsense", status=2)
    assert "Did you mean" not in result.stderr and "any other: owner/name of its page" in result.stderr
    assert blipdesk.lines("models", "download", "demo", status=3) == [
        {"error": "The demo models are part of the program.", "remedy": "There is nothing to download."}
    ]


@pytest.mark.parametrize(
    "typed",
    [
        ["caption", "PHOTO", "--model"],
        ["caption", "PHOTO", "--match-model"],
        ["ask", "PHOTO", "what is this?", "--model"],
        ["explain", "PHOTO", "--text", "a dog", "--match-model"],
        ["bench", "questions", "--model"],
        ["models", "check"],
        ["models", "download"],
    ],
    ids=" ".join,
)
def test_a_mistyped_model_is_wrong_usage_and_the_nearest_is_named(tmp_path, monkeypatch, capsys, typed):
    monkeypatch.setattr(context, "data_dir", tmp_path / "data")
    photo = draw(tmp_path / "a.jpg", 1)
    assert run([str(photo) if word == "PHOTO" else word for word in [*typed, "blip-vqa-bse"]]) == 2
    said = capsys.readouterr().err
    assert "There is no model 'blip-vqa-bse'" in said
    assert ". Did you mean blip-vqa-base" in said
    assert "blipdesk models list" in said


def test_what_cannot_be_removed_is_not_named_to_be_removed(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(context, "data_dir", tmp_path)
    for typed in ("demo-captoner", "blip-vqa-bse"):
        assert run(["models", "remove", typed]) == 2
        said = capsys.readouterr().err
        assert f"There is no model '{typed}'" in said
        assert "Did you mean" not in said
    (tmp_path / "models" / ".blip-vqa-base.part").mkdir(parents=True)
    (tmp_path / "models" / ".blip-vqa-base.part" / "x.incomplete").write_bytes(b"12345")
    assert run(["models", "remove", "blip-vqa-bse"]) == 2
    assert "Did you mean blip-vqa-base?" in capsys.readouterr().err


@pytest.mark.parametrize(
    "typed",
    [
        *("Blip-VQA-Base", "Salesforce/blip-vqa-base", "salesforce/BLIP-vqa-base/"),
        *("https://huggingface.co/Salesforce/blip-vqa-base", " hf.co/Salesforce/blip-vqa-base?library=x "),
        "https://huggingface.co/Salesforce/blip-vqa-base/blob/main/README.md",
    ],
)
@pytest.mark.parametrize(
    ("command", "then"), [("check", "models download blip-vqa-base"), ("download", "switched off")]
)
def test_a_name_is_understood_as_it_is_pasted(tmp_path, monkeypatch, capsys, command, then, typed):
    monkeypatch.setattr(context, "data_dir", tmp_path)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert run(["models", command, typed]) == 3
    assert then in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "remove"])
def test_a_known_model_that_is_not_here_is_no_wrong_usage(tmp_path, monkeypatch, command):
    monkeypatch.setattr(context, "data_dir", tmp_path)
    assert run(["models", command, "Salesforce/blip-vqa-base"]) == 3


@pytest.mark.parametrize(
    ("typed", "words"),
    [("~nobody-of-that-name/x", "is no folder"), ("nowhere", "is no folder"), ("", "names nothing")],
)
def test_a_folder_to_import_that_is_none_is_wrong_usage(tmp_path, monkeypatch, capsys, typed, words):
    monkeypatch.setattr(context, "data_dir", tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run(["models", "import", typed]) == 2
    assert words in capsys.readouterr().err


def test_licence_and_size_are_shown_before_the_bar_and_whatever_a_hub_says_is_printed_safely(
    tmp_path, monkeypatch, capsys
):
    offer = DownloadOffer(
        BASE,
        "BLIP\x1b[2J base",
        f"Salesforce/{BASE}",
        "5" * 40,
        "bsd\x07",
        "https://x",
        990_000_000,
        5_000_000,
    )

    class Models:
        def __init__(self, data_dir):
            pass

        def download(self, name, on_progress, cancel, allow_code):
            on_progress(DownloadProgress(DownloadPhase.DOWNLOADING, 5_000_000, 990_000_000, "", offer))
            on_progress(
                DownloadProgress(DownloadPhase.DOWNLOADING, 6_000_000, 990_000_000, "cut\x1b[0m", offer)
            )
            raise KeyboardInterrupt

    monkeypatch.setattr("blipdesk.services.models.ModelService", Models)
    assert run(["--data-dir", str(tmp_path), "models", "download", BASE]) == 130
    shown = capsys.readouterr().err
    assert "990 MB, 5.0 MB of it here already, revision 555555555555" in shown
    assert "Licence: bsd\\x07" in shown
    assert "the same command goes on" in shown
    assert "\x1b[2J" not in shown
    assert "\x07" not in shown


@pytest.mark.parametrize(
    ("tried", "status", "words"),
    [
        ([Tried("caption", "a red\nhouse", True)], 0, "works (caption): 0.50 s for one photo"),
        (
            [Tried("caption", "a house", True), Tried("answer", "", False)],
            1,
            "works (caption), but says nothing sensible (answer): ",
        ),
        ([Tried("caption", "\ufffd" * 300, False)], 1, "s, says nothing sensible (caption): "),
    ],
)
def test_a_check_says_works_only_of_what_made_sense(tmp_path, monkeypatch, capsys, tried, status, words):
    check = ModelCheck("mine", "Mine", tuple(tried), "cpu", "fp32", 32, "12345678", 2.0, 0.5)
    monkeypatch.setattr(context, "data_dir", tmp_path)
    monkeypatch.setattr("blipdesk.services.models.engine.check_model", lambda *_, allow_code: (check,))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    assert run(["models", "check", "mine"]) == status
    first, second = capsys.readouterr().out.splitlines()
    assert words in first
    said = "; ".join(f"{one.task}: {' '.join(one.said.split())[:79] or 'nothing'}" for one in tried)
    assert second.strip().rstrip("…") == f"Of a drawn picture it says: {said}"
