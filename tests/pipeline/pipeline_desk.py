"""A pipeline over fakes and a folder of made-up photos."""

import os

from pipeline_fake_catalog import FakeCatalog
from pipeline_fakes import FakeDecoder, FakeModel, FakeThumbnails, FakeWriter, put_file

from blipdesk.domain.jobs import EngineSettings
from blipdesk.domain.writes import CATALOG_ONLY
from blipdesk.metadata import FileRestorer
from blipdesk.pipeline import Pipeline, PipelineOptions


class Desk:
    """A pipeline over fakes and a folder of made-up photos."""

    def __init__(self, tmp_path, write=CATALOG_ONLY) -> None:
        self.folder = tmp_path / "photos"
        self.folder.mkdir()
        self.catalog = FakeCatalog()
        self.catalog.add_folder(str(self.folder))
        self.thumbnails, self.writer = FakeThumbnails(), FakeWriter()
        self.model, self.decoder = FakeModel(), FakeDecoder()
        self.write = write
        self.retrieval: EngineSettings | None = None
        self.acknowledged: list[str] = []

    def put(self, name, content, old=True):
        return put_file(self.folder, name, content, old)

    def pipeline(self, **options):
        pipeline = Pipeline(
            self.catalog, self.thumbnails, self.model, self.decoder, self.writer,
            PipelineOptions(
                engine=EngineSettings("fake"), retrieval_engine=self.retrieval, write=self.write,
                watch=False, **options,
            ),
            FakeDecoder(), FileRestorer(),
        )  # fmt: skip
        pipeline.on_captioned = self.acknowledge
        return pipeline

    def acknowledge(self, path):
        assert self.catalog.by_path(path).caption, "acknowledged before the commit"
        self.acknowledged.append(os.path.basename(path))

    def run(self, roots=None, again_from_start=True, **options):
        if again_from_start:
            self.model, self.decoder = FakeModel(), FakeDecoder()
        pipeline = self.pipeline(**options)
        try:
            return pipeline.run_once(roots)
        finally:
            pipeline.stop()

    def caption(self, name):
        record = self.catalog.by_path(self.folder / name)
        return record and record.caption
