"""Models as the window and the command line get them."""

import pytest

from blipdesk.domain.errors import UsageError
from blipdesk.domain.models import DownloadPhase, DownloadProgress
from blipdesk.services import models
from blipdesk.services.models import ModelService, models_dir


def test_the_demo_shares_the_models_of_the_main_catalog(tmp_path):
    (tmp_path / "models" / ".mine.part").mkdir(parents=True)
    (tmp_path / "models" / ".mine.part" / "x.incomplete").write_bytes(b"12345")
    for data_dir in (tmp_path, tmp_path / "demo"):
        assert models_dir(data_dir) == tmp_path / "models"
        (left,) = [info for info in ModelService(data_dir).list() if info.key == "mine"]
        assert (left.installed, left.arrived_bytes) == (False, 5), "what a download left is shown"
    ModelService(tmp_path / "demo").remove("mine")
    assert not list((tmp_path / "models").iterdir())


def test_a_download_goes_where_the_list_looks(tmp_path, monkeypatch):
    def download(name, folder, on_progress, cancel, *, allow_code):
        on_progress(DownloadProgress(DownloadPhase.PRESENT))
        return name, folder, cancel, allow_code

    monkeypatch.setattr(models.engine, "download_model", download)
    seen = []
    found = ModelService(tmp_path).download("a/b", seen.append, "token", allow_code=True)
    assert found == ("a/b", tmp_path / "models", "token", True)
    assert seen == [DownloadProgress(DownloadPhase.PRESENT)]


@pytest.mark.parametrize("path", ["~nobody-here/x", " "])
def test_a_folder_that_is_none_is_refused_in_words(tmp_path, path):
    with pytest.raises(UsageError):
        ModelService(tmp_path).import_folder(path)
