"""What a captioning run says at its end, and of each photo."""

import json

import pytest
from program import Here, catalog_of_fakes, draw, lines

from blipdesk.cli.captions import Written, report_run
from blipdesk.cli.output import context
from blipdesk.domain.jobs import EngineInfo
from blipdesk.pipeline import RunSummary


@pytest.fixture
def data_dir(tmp_path):
    """A catalog whose settings choose the fake models."""
    return catalog_of_fakes(tmp_path / "data")


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    for seed in range(3):
        draw(folder / f"{seed}.jpg", seed)
    return folder


@pytest.fixture
def blipdesk(data_dir, capsys):
    """Runs a command in this process; gives what it prints."""
    here = Here(data_dir, capsys)

    def command(*arguments, status=0, place=None):
        printed = here.run(*arguments, status=status, place=place)
        return printed.out if "--json" in arguments or "export" in arguments else printed.out + printed.err

    return command


def cut(path, share=0.6):
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])


def test_a_demo_model_is_said_to_have_captioned_and_what_to_do(monkeypatch, capsys):
    demo = EngineInfo("demo-captioner@1a2b3c4d/caption", "Demo captioner", "cpu", "fp32", 224, 8, demo=True)
    summary = RunSummary(captioned=1, model=demo, seconds=1.0)
    report_run(summary, Written())
    said = capsys.readouterr().out
    assert "Model: Demo captioner, which understands drawn scenes only." in said
    assert "For photos: blipdesk models download blip-image-captioning-base" in said
    monkeypatch.setattr(context, "json", True)
    report_run(summary, Written())
    counts = json.loads(capsys.readouterr().out)["summary"]
    assert (counts["model"], counts["demo"]) == (demo.model_key, True)


def test_any_other_model_is_named_without_a_warning(blipdesk, photos):
    said = blipdesk("caption", photos)
    assert "Model: " in said and "drawn scenes" not in said
    (*_, last) = lines(blipdesk("caption", photos, "--again", "--json"))
    assert (last["summary"]["model"], last["summary"]["demo"]) == ("fake/caption", False)
    assert "Model: " not in blipdesk("caption", photos)  # none was needed


def test_a_photo_that_is_cut_off_is_said_to_be_captioned_in_part(blipdesk, photos):
    cut(photos / "1.jpg")
    said = blipdesk("caption", photos)
    part = f"1 photo could be read only in part; what is left was captioned:\n  {photos / '1.jpg'}\n"
    assert part in said
    printed = lines(blipdesk("caption", photos, "--again", "--json"))
    assert [line["damaged"] for line in printed if "damaged" in line] == [str(photos / "1.jpg")]
    assert printed[-1]["summary"]["damaged"] == 1


def test_a_photo_is_acknowledged_with_its_caption_as_export_has_it(blipdesk, photos):
    *acknowledged, _ = lines(blipdesk("caption", photos, "--json"))
    assert [set(line) for line in acknowledged] == [{"captioned", "caption", "text", "sureness"}] * 3
    *acknowledged, _ = lines(blipdesk("caption", photos, "--again", "--candidates", "3", "--json"))
    kept = {record["path"]: record for record in lines(blipdesk("export"))}
    assert len(acknowledged) == 3
    for line in acknowledged:
        path = line.pop("captioned")
        assert line == {name: kept[path][name] for name in ("caption", "text", "sureness", "candidates")}


def test_what_is_captioned_again_is_not_counted_as_unchanged(blipdesk, photos):
    def counts(*arguments):
        (*_, last) = lines(blipdesk("caption", *arguments, "--json"))
        return last["summary"]["photos_captioned"], last["summary"]["unchanged"]

    assert counts(photos) == (3, 0)
    assert counts(photos) == (0, 3)
    assert counts(photos, "--again") == (3, 0)
    draw(photos / "0.jpg", 7)
    draw(photos / "new.jpg", 8)
    assert counts(photos) == (2, 2)


def test_what_failed_is_not_counted_as_unchanged(blipdesk, photos):
    (photos / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")

    def counts(*arguments):
        (*_, last) = lines(blipdesk("caption", photos, *arguments, "--json", status=1))
        return [last["summary"][name] for name in ("photos_captioned", "photos_failed", "unchanged")]

    assert counts() == [3, 1, 0]
    assert counts() == [0, 1, 3]
    assert counts("--retry") == [0, 1, 3]


def test_what_was_imported_is_known_and_unchanged(blipdesk, photos, tmp_path):
    blipdesk("caption", photos)
    exported = tmp_path / "all.jsonl"
    exported.write_text(blipdesk("export"), "utf-8")
    other = catalog_of_fakes(tmp_path / "other")
    blipdesk("import", exported, place=other)
    assert "3 photos known and unchanged" in blipdesk("caption", photos, place=other)
    assert "3 photos known and unchanged" in blipdesk("caption", photos, place=other)


def test_captions_to_review_are_counted_by_run(blipdesk, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    for seed in range(16):
        draw((first if seed < 8 else second) / f"{seed}.jpg", seed)
    (*_, one) = lines(blipdesk("caption", first, "--json"))
    (*_, two) = lines(blipdesk("caption", second, "--json"))
    assert one["summary"]["unsure"] == one["summary"]["needs_review"] > 0
    assert two["summary"]["needs_review"] == one["summary"]["unsure"] + two["summary"]["unsure"]
    assert "may not fit" not in blipdesk("caption", second)
