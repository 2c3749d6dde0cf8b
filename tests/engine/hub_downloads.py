"""A download in this process, from a hub of :mod:`hub_server`, as its own process does it."""

import json
from pathlib import Path

import pytest
from hub_server import REPO, HubServer

from blipdesk.domain.errors import ModelError
from blipdesk.engine.fetch import Fetched, Tally, fetch_checkpoint
from blipdesk.engine.hub import HubClient, Patience

CONFIG = {"model_type": "blip", "architectures": ["BlipForConditionalGeneration"]}
WEIGHTS = "model.safetensors"
DATA = bytes(range(256)) * 800


def files(**more: bytes) -> dict[str, bytes]:
    return {
        "config.json": json.dumps(CONFIG).encode(),
        "vocab.txt": b"a\nthe\n",
        "preprocessor_config.json": b"{}",
        "README.md": b"",
        WEIGHTS: DATA,
        **{name.replace("__", "."): data for name, data in more.items()},
    }


class Download:
    """Fetches from a hub into a folder, and keeps what it was told meanwhile."""

    def __init__(self, hub: HubServer, folder: Path) -> None:
        self.hub = hub
        self.folder = folder
        self.notes: list[str] = []
        self.counts: list[int] = []
        self.waits: list[float] = []
        self.begun: Fetched | None = None

    def run(
        self,
        repo: str = REPO,
        revision: str = "",
        token: str = "",
        allow_code: bool = False,
        **patience: float,
    ) -> None:
        tally = Tally(lambda done, note: (self.counts.append(done), self.notes.append(note)))
        bearing = Patience(wait=self.waits.append, tries=5, **{"silence": 5.0, **patience})
        client = HubClient(self.hub.endpoint, token, bearing, tally.on_note)
        listing = client.listing(repo, revision)
        fetch_checkpoint(client, listing, self.folder, tally, self._begin, allow_code=allow_code)

    def _begin(self, begun: Fetched) -> None:
        self.begun = begun

    def fails(self, match: str, **options: object) -> ModelError:
        with pytest.raises(ModelError, match=match) as caught:
            self.run(**options)
        assert caught.value.remedy, "the person is told what to do"
        return caught.value

    def result(self) -> dict[str, bytes]:
        return {
            path.name: path.read_bytes() for path in self.folder.iterdir() if path.suffix != ".incomplete"
        }
