"""Checkpoint folders (RELIABILITY S7): what is no sound checkpoint is refused in words, before it is used."""

import importlib
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tiny_blip import NEVER, make_checkpoint, pictures

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import CaptionOptions, EngineSettings
from blipdesk.domain.resources import find_resources
from blipdesk.engine import LocalEngine, check_model, import_model, list_models, registry, remove_model
from blipdesk.engine.checkpoints import find_checkpoint, open_checkpoint
from blipdesk.engine.manifest import MANIFEST, write_manifest
from blipdesk.engine.places import locked

Copy = Callable[[Path], Path]


def refused(folder: Path, tmp_path: Path, match: str) -> None:
    """Both ways in refuse it, with a sentence and a remedy, and nothing is left behind."""
    models = tmp_path / "models"
    for attempt in (lambda: open_checkpoint(str(folder), None), lambda: import_model(folder, models)):
        with pytest.raises(ModelError, match=match) as caught:
            attempt()
        assert caught.value.remedy
    assert not models.exists() or list(models.iterdir()) == []


def edit_json(file: Path, **changes: object) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def test_import_use_check_remove(caption_folder: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    info = import_model(caption_folder, models)
    assert (info.key, info.tasks, info.installed) == ("tiny-captioner", ("caption",), True)
    assert info in list_models(models)
    assert [path.name for path in models.iterdir()] == ["tiny-captioner"], "no partial copy is left"
    checkpoint = find_checkpoint("tiny-captioner", "caption", models)
    assert checkpoint.model_key("caption") == f"tiny-captioner@{checkpoint.digest[:8]}/caption"
    (found,) = check_model("tiny-captioner", models)
    assert found.load_seconds > found.photo_seconds > 0
    (tried,) = found.tried
    assert tried.task == "caption"
    assert tried.said
    rates = {info.key: info.photos_per_second for info in list_models(models)}
    assert rates["tiny-captioner"] == found.photos_per_second, "the list says what the check measured"

    engine = LocalEngine(models)
    assert engine.load(EngineSettings(model="tiny-captioner")).model_key == checkpoint.model_key("caption")
    assert len(engine.caption(pictures(2), CaptionOptions(), NEVER)) == 2

    weights = models / "tiny-captioner" / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1000] ^= 1
    weights.write_bytes(data)
    with pytest.raises(ModelError, match="was changed or lost"):
        LocalEngine(models).load(EngineSettings(model="tiny-captioner"))
    with pytest.raises(ModelError, match="was changed or lost"):
        check_model("tiny-captioner", models)

    remove_model("tiny-captioner", models)
    assert not (models / "tiny-captioner").exists()
    with pytest.raises(ModelError):
        remove_model("tiny-captioner", models)


def test_a_check_says_which_tasks_came_to_nothing(tiny: Callable[[str], Path], tmp_path: Path) -> None:
    """Random weights run, and say noise: that is no model that works."""
    (found,) = check_model(str(tiny("blip2-t5")), tmp_path)
    assert [tried.task for tried in found.tried] == ["caption", "answer"]
    assert all(tried.said and not tried.makes_sense for tried in found.tried)


def test_weights_of_something_else_are_refused(caption_folder: Path, copy_of: Copy, tmp_path: Path) -> None:
    """transformers would fill the missing ones with random numbers and write noise into photos."""
    from safetensors.torch import load_file, save_file

    folder = copy_of(caption_folder)
    weights = load_file(folder / "model.safetensors")
    kept = {name: value for name, value in weights.items() if "text_decoder" not in name}
    save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match=r"lacks .* of its weights"):
        LocalEngine().load(EngineSettings(model=str(folder)))
    models = tmp_path / "models"
    with pytest.raises(ModelError, match=r"lacks .* of its weights"):
        import_model(folder, models)
    assert list(models.iterdir()) == []


def test_weights_without_numbers_are_refused(caption_folder: Path, copy_of: Copy) -> None:
    from safetensors.torch import load_file, save_file

    folder = copy_of(caption_folder)
    weights = load_file(folder / "model.safetensors")
    weights["vision_model.post_layernorm.weight"][0] = float("nan")
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match="is damaged"):
        LocalEngine().load(EngineSettings(model=str(folder)))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:5],
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data + b"\0",
        lambda data: b"<html>404 not found</html>" * 40,
        lambda data: b"\xff" * 8 + data[8:],
        lambda data: data[:8] + b"{" * 200 + data[208:],
    ],
)
def test_damaged_weight_files_are_refused(
    caption_folder: Path, copy_of: Copy, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    folder = copy_of(caption_folder)
    weights = folder / "model.safetensors"
    weights.write_bytes(damage(weights.read_bytes()))
    refused(folder, tmp_path, "is damaged")


@pytest.mark.parametrize("name", ["model.safetensors", "pytorch_model.bin"])
def test_a_git_lfs_pointer_is_told_apart_from_damaged_weights(
    caption_folder: Path, copy_of: Copy, tmp_path: Path, name: str
) -> None:
    """A clone without git-lfs: everything is there but the weights."""
    folder = copy_of(caption_folder)
    (folder / "model.safetensors").unlink()
    lines = ("version https://git-lfs.github.com/spec/v1", f"oid sha256:{'0' * 64}", "size 989820849", "")
    (folder / name).write_text("\n".join(lines))
    refused(folder, tmp_path, f"{name} is a Git LFS pointer, not the weights")


def test_weights_of_other_formats_are_refused(caption_folder: Path, copy_of: Copy, tmp_path: Path) -> None:
    folder = copy_of(caption_folder)
    (folder / "model.safetensors").rename(folder / "tf_model.h5")
    refused(folder, tmp_path, "in a format that BlipDesk cannot load")


@pytest.mark.parametrize("file", ["config.json", "preprocessor_config.json", "tokenizer_config.json"])
def test_folders_with_code_of_their_own_are_refused(
    caption_folder: Path, copy_of: Copy, tmp_path: Path, file: str
) -> None:
    folder = copy_of(caption_folder)
    (folder / "evil.py").write_text(f"open({str(tmp_path / 'PWNED')!r}, 'w')")
    edit_json(folder / file, auto_map={"AutoConfig": "evil.Config", "AutoTokenizer": "evil.T"})
    refused(folder, tmp_path, "program code of its own")
    assert not (tmp_path / "PWNED").exists()
    assert "evil" not in sys.modules


@pytest.mark.parametrize(
    "data",
    [b"{", b"[]", b"[" * 100_000, b"\xff\x00"],
    ids=["open", "list", "deep", "bytes"],
)
def test_unreadable_settings_are_refused(
    caption_folder: Path, copy_of: Copy, tmp_path: Path, data: bytes
) -> None:
    folder = copy_of(caption_folder)
    (folder / "config.json").write_bytes(data)
    refused(folder, tmp_path, "is damaged")


@pytest.mark.parametrize("name", ["._config.json", "all_results.json"])
def test_a_file_that_is_none_of_a_checkpoints_is_nobodys_business(
    caption_folder: Path, copy_of: Copy, name: str
) -> None:
    """Such as what macOS leaves beside each file on a stick, or the notes of who trained it."""
    folder = copy_of(caption_folder)
    (folder / name).write_bytes(b"\0\5\x16\7" if name.startswith(".") else b"[1, 2]")
    assert open_checkpoint(str(folder), None).tasks == ("caption",)


def test_a_tokenizer_that_cannot_be_read_is_refused_in_words(caption_folder: Path, copy_of: Copy) -> None:
    """Such as one of a later release: the library raises nothing narrower than Exception."""
    folder = copy_of(caption_folder)
    words = folder / "tokenizer.json"
    words.write_text(words.read_text().replace("WordPiece", "Unigram"))
    with pytest.raises(ModelError, match=r"tokenizer .* cannot be read"):
        LocalEngine().load(EngineSettings(model=str(folder)))


@pytest.mark.parametrize("mean", ["grey", ["a", "b", "c"], [0.5, 0.5]])
def test_picture_settings_that_make_no_sense_are_a_damaged_model(
    caption_folder: Path, copy_of: Copy, mean: object
) -> None:
    folder = copy_of(caption_folder)
    edit_json(folder / "preprocessor_config.json", image_mean=mean)
    with pytest.raises(ModelError, match=r"image processor's settings make no sense"):
        LocalEngine().load(EngineSettings(model=str(folder)))


def test_unknown_kinds_are_refused(caption_folder: Path, copy_of: Copy, tmp_path: Path) -> None:
    folder = copy_of(caption_folder)
    edit_json(folder / "config.json", model_type="llama")
    refused(folder, tmp_path, "llama")
    edit_json(folder / "config.json", model_type="blip", architectures=["BlipModel"])
    refused(folder, tmp_path, "BlipModel")


@pytest.mark.parametrize(
    "file", ["config.json", "model.safetensors", "preprocessor_config.json", "tokenizer.json"]
)
def test_incomplete_folders_are_refused(
    caption_folder: Path, copy_of: Copy, tmp_path: Path, file: str
) -> None:
    folder = copy_of(caption_folder)
    (folder / file).unlink()
    refused(folder, tmp_path, "is missing")


def test_a_manifest_beside_the_weights_is_believed(
    caption_folder: Path, copy_of: Copy, tmp_path: Path
) -> None:
    """Such as of a copy of an imported model on a stick: a bit that flipped on the way is seen."""
    folder = copy_of(caption_folder)
    write_manifest(folder)
    weights = folder / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 64
    weights.write_bytes(data)
    refused(folder, tmp_path, "was changed or lost")


def test_the_shipped_models_are_checked_against_their_sums(tmp_path: Path) -> None:
    shipped = find_resources() / "models"
    shutil.copytree(shipped, tmp_path / "models")
    folder = tmp_path / "models" / "demo-captioner"
    assert open_checkpoint(str(folder), None).tasks == ("caption",)
    data = bytearray((folder / "model.safetensors").read_bytes())
    data[-7] ^= 1
    (folder / "model.safetensors").write_bytes(data)
    with pytest.raises(ModelError, match="was changed or lost"):
        open_checkpoint(str(folder), None)


def test_a_cache_folder_of_hugging_face_is_imported_under_its_name(
    caption_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blipdesk.engine.installed.try_checkpoint", lambda *_, allow_code: None)
    cache = tmp_path / "models--Salesforce--blip-image-captioning-base"
    revision = "82a37760796d32b1411fe092ab5d4e227313294b"
    shutil.copytree(caption_folder, cache / "snapshots" / revision)
    models = tmp_path / "models"
    info = import_model(cache, models)
    assert info.key == "blip-image-captioning-base"
    manifest = json.loads((models / info.key / MANIFEST).read_text())
    assert manifest["revision"] == revision
    assert find_checkpoint("Salesforce/blip-image-captioning-base", "caption", models).key == info.key
    weights = models / info.key / "model.safetensors"
    before = weights.stat().st_ino
    again = import_model(cache, models)
    assert again.key == info.key, "the same weights stay one model"
    assert weights.stat().st_ino == before, "and the copy that is there is not put at risk"
    weights.write_bytes(b"damaged")
    assert import_model(cache, models).key == info.key
    assert weights.stat().st_size > 1000
    other = make_checkpoint(tmp_path / "blip-image-captioning-base", "caption", seed=11)
    shutil.copytree(other, cache / "snapshots" / ("0" * 40))
    assert import_model(cache / "snapshots" / ("0" * 40), models).key == "blip-image-captioning-base-imported"


@pytest.mark.parametrize("name", ["blip-itm-base-coco", "blip-image-captioning-base", "demo-captioner"])
def test_a_folders_name_alone_does_not_say_what_a_model_is(
    caption_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A captioner in a folder named as a matching model, or one that has not the published one's size."""
    monkeypatch.setattr("blipdesk.engine.installed.try_checkpoint", lambda *_, allow_code: None)
    folder = shutil.copytree(caption_folder, tmp_path / name)
    opened = open_checkpoint(str(folder), None)
    assert (opened.title, opened.tasks, opened.spec) == (f"{name}-imported", ("caption",), None)
    info = import_model(folder, tmp_path / "models")
    assert (info.key, info.tasks, info.note) == (f"{name}-imported", ("caption",), "")
    assert info.licence == "see its README"


def test_a_published_model_in_a_folder_of_its_name_is_known(
    caption_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its size, in single precision or in half; the tiny one stands for it."""
    (spec,) = [spec for spec in registry.SPECS if spec.key == "blip-image-captioning-base"]
    size = (caption_folder / "model.safetensors").stat().st_size
    folder = shutil.copytree(caption_folder, tmp_path / spec.key)
    for share, known in ((1, True), (2, True), (40, False), (0.1, False)):
        published = replace(spec, download_bytes=int(size * share))
        monkeypatch.setattr(registry, "SPECS", (published,))
        assert (open_checkpoint(str(folder), None).spec == published) is known


def test_a_refusal_names_the_model_not_the_folder_it_arrives_in(
    caption_folder: Path, copy_of: Copy, tmp_path: Path
) -> None:
    folder = copy_of(caption_folder)
    words = folder / "tokenizer.json"
    words.write_text(words.read_text().replace("WordPiece", "Unigram"))
    with pytest.raises(ModelError) as caught:
        import_model(folder, tmp_path / "models")
    assert ".import" not in str(caught.value)
    assert folder.name in str(caught.value)


def test_an_import_that_was_killed_leaves_nothing_for_long(
    caption_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blipdesk.engine.installed.try_checkpoint", lambda *_, allow_code: None)
    models = tmp_path / "models"
    (models / ".another.import").mkdir(parents=True)
    (models / ".running.import").mkdir()
    with locked(models, "running"):
        import_model(caption_folder, models)
    assert {path.name for path in models.iterdir()} == {".running.import", "tiny-captioner"}


def test_an_import_only_reads_its_source(
    caption_folder: Path, copy_of: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a stick that may not be written, or files that are links into a cache."""
    monkeypatch.setattr("blipdesk.engine.installed.try_checkpoint", lambda *_, allow_code: None)
    folder = copy_of(caption_folder)
    blob = tmp_path / "blob"
    (folder / "model.safetensors").rename(blob)
    (folder / "model.safetensors").symlink_to(blob)
    blob.chmod(0o400)
    folder.chmod(0o500)
    before = {path.name: path.lstat().st_mtime_ns for path in folder.iterdir()}
    info = import_model(folder, tmp_path / "models")
    assert {path.name: path.lstat().st_mtime_ns for path in folder.iterdir()} == before
    copied = tmp_path / "models" / info.key / "model.safetensors"
    assert not copied.is_symlink()
    assert copied.read_bytes() == blob.read_bytes()
    remove_model(info.key, tmp_path / "models")
    folder.chmod(0o700)


def test_names_that_mean_no_model(tmp_path: Path) -> None:
    for name in (
        "",
        "nothing",
        "../../etc",
        "~/nowhere",
        "~nobody-here/x",
        "/dev/null",
        "a\0b",
        "demo-nothing",
    ):
        with pytest.raises(ModelError):
            find_checkpoint(name, "caption", tmp_path)


def test_the_task_must_fit(caption_folder: Path, answer_folder: Path) -> None:
    with pytest.raises(ModelError, match="cannot answer questions"):
        find_checkpoint(str(caption_folder), "answer", None)
    with pytest.raises(ModelError, match="cannot write captions"):
        find_checkpoint(str(answer_folder), "caption", None)


def test_registry_rows_are_whole(tmp_path: Path) -> None:
    keys = [spec.key for spec in registry.SPECS]
    assert len(set(keys)) == len(keys)
    for spec in registry.SPECS:
        assert spec.tasks and spec.licence and spec.title and spec.memory.get("fp32")
        assert spec.embedded or (spec.repo and spec.download_bytes)
        (family,) = [family for family in registry.FAMILIES if family.module == spec.family]
        assert spec.tasks in family.tasks_by_class.values()
    for family in registry.FAMILIES:
        assert callable(importlib.import_module(f"blipdesk.engine.{family.module}").load_model)
    listed = {model.key: model for model in list_models(tmp_path / "none")}
    assert set(keys) == set(listed)
    assert not listed["blip-vqa-base"].installed
    with pytest.raises(ModelError, match="part of the program"):
        remove_model("demo-captioner", tmp_path)
