"""A pipeline over fakes that runs in the background, and what it says of itself."""

import os
import threading
from dataclasses import replace

from pipeline_fake_catalog import FakeCatalog
from pipeline_fakes import FakeDecoder, FakeModel, FakeThumbnails, FakeWriter, put_file
from pipeline_waiting import wait_until

from blipdesk.domain.events import RunState
from blipdesk.domain.jobs import EngineSettings
from blipdesk.metadata import FileRestorer
from blipdesk.pipeline import Pipeline, PipelineOptions
from blipdesk.pipeline.questions import open_question


class Running:
    """A running pipeline over fakes."""

    def __init__(self, tmp_path) -> None:
        self.top = tmp_path / "photos"
        self.top.mkdir()
        self.catalog, self.thumbnails, self.writer = FakeCatalog(), FakeThumbnails(), FakeWriter()
        self.catalog.add_folder(str(self.top))
        self.model, self.decoder, self.interactive = FakeModel(batch_size=2), FakeDecoder(), FakeDecoder()
        self.states: list[RunState] = []
        self.messages: list[str] = []
        self.engine = None
        self.writes: list[tuple[int, int]] = [(0, 0)]
        self.options = PipelineOptions(engine=EngineSettings("fake"), watch=False)
        self.pipeline = Pipeline(
            self.catalog, self.thumbnails, self.model, self.decoder, self.writer, self.options,
            self.interactive, FileRestorer(), on_progress=self.note,
        )  # fmt: skip
        self.pipeline.on_captioned = self.captioned_now
        self.order: list[str] = []

    def note(self, progress):
        self.states.append(progress.state)
        self.messages.append(progress.message)
        self.engine = progress.engine or self.engine
        if (progress.writes_done, progress.writes_total) != self.writes[-1]:
            self.writes.append((progress.writes_done, progress.writes_total))

    def captioned_now(self, path):
        self.order.append(os.path.basename(path))

    def put(self, *names):
        for name in names:
            put_file(self.top, name, name.partition(".")[0].encode() + b"|")

    def wait(self, condition):
        wait_until(condition, lambda: f"states: {self.states[-5:]}")

    def write_to(self, policy):
        self.pipeline.reconfigure(replace(self.options, write=policy))

    def captioned(self):
        return sum(record.captioned_times for record in self.catalog.records.values())

    def all_done(self):
        states = {job["state"] for job in self.catalog.jobs.values()}
        return not states & {"queued", "claimed"}

    def id_of(self, name):
        return self.catalog.by_path(self.top / name).id

    def ask(self, name, question="what is it?", cancel=None, on_token=lambda text: None):
        photo_id = name if isinstance(name, int) else self.id_of(name)
        return self.pipeline.ask(
            open_question(self.catalog, photo_id, question, on_token, cancel or threading.Event())
        )
