"""Checkpoints with program code of their own: run where the person agreed, and only what we can drive."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_blip import NEVER, pictures

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import EngineSettings
from blipdesk.engine import LocalEngine
from blipdesk.engine.checkpoints import open_checkpoint, wanted_files

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
