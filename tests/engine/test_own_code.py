"""Checkpoints with program code of their own: run where the person agreed, and only what we can drive."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_blip import NEVER, pictures

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import EngineSettings
from blipdesk.engine import LocalEngine, installed
from blipdesk.engine.checkpoints import open_checkpoint
from blipdesk.engine.manifest import MANIFEST, wanted_files

Copy = Callable[[Path], Path]
CODE = """
import pathlib
from transformers import {base}
pathlib.Path({mark!r}).touch()

class OwnForConditionalGeneration({base}):
    pass
"""


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """transformers copies such code into a cache before it imports it."""
    monkeypatch.setattr("transformers.dynamic_module_utils.HF_MODULES_CACHE", str(tmp_path / "modules"))
    monkeypatch.setattr(sys, "path", [*sys.path])
    for name in [name for name in sys.modules if name.startswith("transformers_modules")]:
        monkeypatch.delitem(sys.modules, name)


def with_code(folder: Path, mark: Path, base: str = "InstructBlipForConditionalGeneration") -> Path:
    """Let a folder's config name a class of its own, whose module leaves a mark when it is imported."""
    (folder / "modeling_own.py").write_text(CODE.format(base=base, mark=str(mark)))
    config = json.loads((folder / "config.json").read_text())
    config["architectures"] = ["OwnForConditionalGeneration"]
    config["auto_map"] = {"AutoModelForImageTextToText": "modeling_own.OwnForConditionalGeneration"}
    (folder / "config.json").write_text(json.dumps(config))
    return folder


def test_code_runs_only_where_the_person_agreed(
    tiny: Callable[[str], Path], copy_of: Copy, tmp_path: Path
) -> None:
    mark = tmp_path / "imported"
    folder = with_code(copy_of(tiny("instructblip-t5")), mark)
    with pytest.raises(ModelError, match="program code of its own") as refusal:
        LocalEngine().answer_info(EngineSettings(model=str(folder)))
    assert "--allow-code" in refusal.value.remedy
    checkpoint = open_checkpoint(str(folder), None, allow_code=True)
    assert checkpoint.tasks == ("caption", "answer")
    assert not mark.exists(), "looking a folder through runs nothing"

    engine, plain = LocalEngine(), LocalEngine()
    engine.answer_info(EngineSettings(model=str(folder), allow_code=True))
    assert mark.exists()
    plain.answer_info(EngineSettings(model=str(tiny("instructblip-t5"))))
    (photo,) = pictures(1)
    said, expected = (each.answer(photo, "what is this", lambda _: None, NEVER) for each in (engine, plain))
    assert said.text == expected.text != ""


def test_code_of_another_kind_is_refused_with_the_reason(
    tiny: Callable[[str], Path], copy_of: Copy, tmp_path: Path
) -> None:
    folder = with_code(copy_of(tiny("instructblip-t5")), tmp_path / "mark", base="BertModel")
    with pytest.raises(ModelError, match="no InstructBlipForConditionalGeneration"):
        LocalEngine().answer_info(EngineSettings(model=str(folder), allow_code=True))


def test_code_that_defines_no_class_is_refused(
    tiny: Callable[[str], Path], copy_of: Copy, tmp_path: Path
) -> None:
    folder = with_code(copy_of(tiny("instructblip-t5")), tmp_path / "mark")
    code = folder / "modeling_own.py"
    code.write_text(code.read_text() + "OwnForConditionalGeneration = print\n")
    with pytest.raises(ModelError, match="no InstructBlipForConditionalGeneration"):
        LocalEngine().answer_info(EngineSettings(model=str(folder), allow_code=True))


def test_code_that_fails_is_refused_with_its_words(
    tiny: Callable[[str], Path], copy_of: Copy, tmp_path: Path
) -> None:
    folder = with_code(copy_of(tiny("instructblip-t5")), tmp_path / "mark", base="NoSuchClassEver")
    with pytest.raises(ModelError, match="NoSuchClassEver"):
        LocalEngine().answer_info(EngineSettings(model=str(folder), allow_code=True))


def test_code_that_is_kept_elsewhere_is_refused(
    tiny: Callable[[str], Path], copy_of: Copy, tmp_path: Path
) -> None:
    folder = with_code(copy_of(tiny("instructblip-t5")), tmp_path / "mark")
    config = json.loads((folder / "config.json").read_text())
    config["auto_map"] = {"AutoModel": "somebody/else--modeling_own.OwnForConditionalGeneration"}
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="kept elsewhere"):
        open_checkpoint(str(folder), None, allow_code=True)


def test_code_is_copied_only_where_it_is_named(
    tiny: Callable[[str], Path], copy_of: Copy, tmp_path: Path
) -> None:
    folder = copy_of(tiny("instructblip-t5"))
    (folder / "stray.py").write_text("print('nothing')")
    assert "stray.py" not in {file.name for file in wanted_files(folder)}
    with_code(folder, tmp_path / "mark")
    assert "modeling_own.py" in {file.name for file in wanted_files(folder)}


@pytest.fixture
def taken_in(
    tiny: Callable[[str], Path], copy_of: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The place of a checkpoint with code of its own that the person took in and agreed to."""
    monkeypatch.setattr(installed, "try_checkpoint", lambda *_, allow_code: None)
    folder = with_code(copy_of(tiny("instructblip-t5")), tmp_path / "mark")
    key = installed.import_model(folder, tmp_path / "models", allow_code=True).key
    return tmp_path / "models" / key


def test_a_model_that_was_agreed_to_when_it_was_taken_in_answers_by_its_key(taken_in: Path) -> None:
    engine = LocalEngine(taken_in.parent)
    engine.answer_info(EngineSettings(model=taken_in.name))
    (photo,) = pictures(1)
    assert engine.answer(photo, "what is this", lambda _: None, NEVER).text


@pytest.mark.parametrize("change", ["another byte", "another file", "another manifest"])
def test_other_code_than_was_agreed_to_is_refused(taken_in: Path, change: str) -> None:
    open_checkpoint(taken_in.name, taken_in.parent)
    if change == "another byte":
        with (taken_in / "modeling_own.py").open("a") as code:
            code.write("# harmless?\n")
    elif change == "another file":
        (taken_in / "helpers.py").write_text("import os")
    else:
        manifest = json.loads((taken_in / MANIFEST).read_text())
        del manifest["agreed_code"]
        (taken_in / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(ModelError, match="program code of its own"):
        open_checkpoint(taken_in.name, taken_in.parent)


def test_a_manifest_from_elsewhere_agrees_to_nothing(taken_in: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(taken_in, tmp_path / "from a stick")
    with pytest.raises(ModelError, match="program code of its own"):
        open_checkpoint(str(folder), tmp_path / "models")


def test_taken_in_again_it_is_there_already_and_with_other_code_it_is_another(
    taken_in: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "copy-of-tiny-instructblip-t5"
    assert installed.import_model(folder, taken_in.parent, allow_code=True).key == taken_in.name
    with (folder / "modeling_own.py").open("a") as code:
        code.write("# of another maker\n")
    assert installed.import_model(folder, taken_in.parent, allow_code=True).key == f"{taken_in.name}-2"
