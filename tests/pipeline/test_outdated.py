"""Photos that an earlier version read: what it did not read is read once, and nothing else is done."""

import os
from contextlib import closing
from sqlite3 import connect

import pytest
from pipeline_shelf import Shelf

from blipdesk.domain.errors import ProblemKind, photo_error
from blipdesk.metadata import read_beside
from blipdesk.pipeline.decoder import DecoderProcess, LocalDecoder
from blipdesk.pipeline.pictures import read_with
from blipdesk.pipeline.scan import Scanner
from blipdesk.pipeline.touched import Touched

SIDECAR = (
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    "<rdf:Description xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmp:Rating='{}'/></rdf:RDF></x:xmpmeta>"
)


class FactsOnly(LocalDecoder):
    """Counts the looks, and decodes no picture."""

    def __init__(self) -> None:
        self.looks = 0

    def decode(self, *_):
        raise AssertionError("a picture was decoded")

    def read_facts(self, *given):
        self.looks += 1
        return super().read_facts(*given)


class Library(Shelf):
    """Captioned photos with a sidecar each, of whose stars an earlier version knew nothing."""

    def __init__(self, tmp_path) -> None:
        super().__init__(tmp_path)
        self.again: list[int] = []
        self.decoder = FactsOnly()
        self.begin()
        self.paths = [self.put(f"{n}.jpg", camera=f"C{n}", sidecar=SIDECAR.format(n)) for n in (1, 2, 3)]
        for path in self.paths:
            os.utime(path, (1, 1))
            job, decoded = self.meet(path)
            self.caption(job, read_with(read_beside(str(path)), decoded))
        with closing(connect(self.catalog.data_dir / "catalog.db")) as database:
            database.execute("UPDATE photo SET facts_version = 0, rating = NULL")
            database.commit()

    def begin(self):
        """As after a start."""
        self.touched = Touched(self.catalog, self.decoder, self.again.extend)
        self.scanner = Scanner(self.catalog, self.touched.note)

    @property
    def ratings(self):
        return [self.photo(path).facts.rating for path in self.paths]


@pytest.fixture
def library(tmp_path):
    library = Library(tmp_path)
    yield library
    library.close()


def test_what_was_not_read_is_read_once_without_a_picture_or_a_caption(library):
    before = [library.photo(path).model_caption for path in library.paths]
    library.scanner.scan(library.folder)
    assert len(library.touched) == 3 and not library.touched.is_urgent
    library.touched.look_at_next()
    assert len([rating for rating in library.ratings if rating]) == 1
    library.begin()  # the program was ended in between
    library.scanner.scan(library.folder)
    assert len(library.touched) == 2
    while library.touched:
        library.touched.look_at_next()
    assert library.ratings == [1, 2, 3]
    library.scanner.scan(library.folder)
    assert len(library.touched) == 0 and library.decoder.looks == 3
    assert [library.photo(path).model_caption for path in library.paths] == before
    assert library.again == [] and library.catalog.enqueue_pending("m") == 0


def test_a_sidecar_that_somebody_changed_comes_first(library):
    changed = library.paths[1]
    changed.with_name(f"{changed.name}.xmp").write_text(SIDECAR.format(5))
    library.scanner.scan(library.folder)
    library.touched.look_at_next()
    assert library.ratings == [None, 5, None]
    assert len(library.touched) == 2


def test_a_photo_that_changes_meanwhile_is_left_to_its_scan(library):
    library.scanner.scan(library.folder)
    for path in library.paths:
        path.write_bytes(path.read_bytes() + b"edited")
    while library.touched:
        library.touched.look_at_next()
    assert library.ratings == [None] * 3 and library.decoder.looks == 0


def test_what_cannot_be_read_anew_leaves_what_was_read(library, monkeypatch):
    def refuse(*_):
        raise photo_error(ProblemKind.IO, "The drive failed.", "")

    monkeypatch.setattr(library.decoder, "read_facts", refuse)
    library.scanner.scan(library.folder)
    while library.touched:
        library.touched.look_at_next()
    assert [library.photo(path).facts.camera for path in library.paths] == ["C1", "C2", "C3"]
    library.scanner.scan(library.folder)
    assert len(library.touched) == 3


def test_the_facts_alone_are_those_of_a_decode(library):
    data, name = library.paths[1].read_bytes(), str(library.paths[1])
    beside = read_beside(name).data
    whole = LocalDecoder().decode(data, name, 32, beside).facts
    process = DecoderProcess()
    try:
        assert (
            process.read_facts(data, name, beside) == library.decoder.read_facts(data, name, beside) == whole
        )
        assert process.read_facts(data, name).rating is None
    finally:
        process.close()
    assert whole.rating == 2 and whole.camera == "C2"
