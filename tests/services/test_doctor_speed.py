"""What the doctor says of the model: device, precision and why, speed, and what to install for better."""

import pytest

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import EngineInfo
from blipdesk.engine import speed
from blipdesk.services import doctor
from blipdesk.services.doctor import examine

DIGEST = "0123456789abcdef"


class Engine:
    """Loads what it is told."""

    def __init__(self, info):
        self._info = info

    def load(self, settings):
        if self._info is None:
            raise ModelError("The model is not on this computer.", "Download it.")
        return self._info

    def close(self):
        pass


@pytest.fixture
def said(tmp_path, monkeypatch):
    """What it says of a model that runs so: the findings by what was looked at."""

    def say(device="cpu", precision="bf16", demo=False, card=False, info=True):
        found = EngineInfo(f"blip@{DIGEST[:8]}/caption", "BLIP", device, precision, 384, 8, demo)
        monkeypatch.setattr(doctor, "create_engine", lambda *_: Engine(found if info else None))
        monkeypatch.setattr(doctor.shutil, "which", lambda name: "/bin/nvidia-smi" if card else None)
        findings = {finding.check: finding for finding in examine(tmp_path)}
        assert all(finding.ok for finding in findings.values()) or not info
        return findings

    return say


def test_it_says_why_a_precision_was_chosen_and_how_fast_it_is(said, tmp_path):
    assert "Measure it" in said()["Speed"].remedy
    place = tmp_path / "models"
    speed.record(place, speed.Choice(DIGEST, "this", "bf16", "2.1 times as quick as fp32"))
    speed.record(place, speed.Figure(DIGEST, "cpu", "bf16", 3.25, 1000))
    findings = said()
    assert findings["Model"].message == ("BLIP on cpu, bf16 (2.1 times as quick as fp32), 8 photos at once")
    assert findings["Speed"].message.startswith("3.2 photos a second")
    assert "Speed" not in said(demo=True)
    assert findings["Memory"].message.endswith("free")


def test_it_says_what_a_demo_model_understands_and_what_to_get_for_photos(said):
    finding = said(demo=True)["Model"]
    assert "drawn scenes only" in finding.message and "models download" in finding.remedy
    assert "drawn scenes" not in said()["Model"].message


def test_it_says_what_an_unused_card_needs(said):
    assert "Graphics card" not in said()
    advice = said(card=True)["Graphics card"]
    assert "does not use" in advice.message and "pytorch.org" in advice.remedy
    assert "bitsandbytes" in said(device="cuda", card=True)["Graphics card"].remedy


def test_a_model_that_does_not_load_is_to_be_mended(said):
    finding = said(info=False)["Model"]
    assert not finding.ok and finding.remedy == "Download it."
