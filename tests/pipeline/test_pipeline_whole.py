"""The pipeline with its real neighbours: catalog, decoder process, metadata writer, real JPEGs."""

import hashlib
import itertools
import os
import shutil
import signal
import threading
import time

import pytest
from PIL import Image
from pipeline_waiting import PATIENCE, wait_until

from blipdesk.catalog import Catalog, ThumbnailStore
from blipdesk.domain.jobs import EngineSettings
from blipdesk.domain.values import PhotoState, WriteTarget
from blipdesk.domain.writes import CATALOG_ONLY, WritePolicy
from blipdesk.engine import FakeEngine
from blipdesk.metadata import FileMetadataWriter, FileRestorer
from blipdesk.pipeline import DecoderProcess, Pipeline, PipelineOptions
from blipdesk.pipeline.questions import open_question


def draw(path, number, **options):
    """A small photo that is like no other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.linear_gradient("L").resize((160, 120)).convert("RGB")
    picture.paste(
        (number * 37 % 256, number * 91 % 256, number % 256), (number % 100, 10, number % 100 + 40, 60)
    )
    picture.save(path, **options)
    os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))
    return path


class House:
    """A data folder and a photo folder; each run opens everything anew, as each start of the program does."""

    def __init__(self, tmp_path) -> None:
        self.data, self.photos = tmp_path / "data", tmp_path / "photos"
        self.photos.mkdir()
        self.acknowledged: list[str] = []

    def open(self, write=CATALOG_ONLY, watch=False, engine=None):
        catalog = Catalog.open(self.data)
        catalog.add_folder(str(self.photos))
        return _Opened(self, catalog, write, watch, engine or FakeEngine())

    def run(self, write=CATALOG_ONLY, **arguments):
        with self.open(write, **arguments) as opened:
            return opened.pipeline.run_once()

    def bytes(self):
        return {
            str(path.relative_to(self.photos)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.photos.rglob("*"))
            if path.is_file()
        }


class _Opened:
    def __init__(self, house, catalog, write, watch, engine) -> None:
        self.catalog = catalog
        self.thumbnails = ThumbnailStore.open(house.data)
        self.decoder = DecoderProcess()
        self.pipeline = Pipeline(
            catalog, self.thumbnails, engine, self.decoder, FileMetadataWriter(),
            PipelineOptions(engine=EngineSettings("fake"), write=write, watch=watch), DecoderProcess(),
            FileRestorer(),
        )  # fmt: skip
        self.pipeline.on_captioned = house.acknowledged.append

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.pipeline.stop()
        self.thumbnails.close()
        self.catalog.close()

    def photo(self, path):
        return self.catalog.photo_by_path(str(path))

    def is_written(self, path):
        photo = self.photo(path)
        return photo is not None and photo.state is PhotoState.WRITTEN

    def all_done(self):
        counts = self.catalog.queue_counts()
        return counts.queued == counts.working == 0 and counts.done

    wait = staticmethod(wait_until)


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


def test_a_folder_is_captioned_embedded_and_left_alone_by_the_next_run(house):
    for number in range(12):
        draw(house.photos / f"roll{number % 3}" / f"p{number}.jpg", number)
    draw(house.photos / "drawn.gif", 50)
    (house.photos / "text.jpg").write_text("this is no picture")
    os.utime(house.photos / "text.jpg", (1, 1))
    os.mkfifo(house.photos / "pipe.jpg")
    summary = house.run(WritePolicy(WriteTarget.EMBED))
    assert (summary.captioned, summary.written, summary.sidecars) == (13, 12, 1)
    assert sorted(os.path.basename(path) for path, _ in summary.failed) == ["pipe.jpg", "text.jpg"]
    assert len(set(house.acknowledged)) == 13 == len(house.acknowledged)
    with house.open() as opened:
        photo = opened.photo(house.photos / "roll1" / "p1.jpg")
        assert photo.state is PhotoState.WRITTEN and photo.keywords
        with Image.open(photo.path) as written:
            assert written.getexif()[0x010E] == photo.caption
        assert opened.pipeline.load_thumbnail(photo.id).startswith(b"\xff\xd8")
        assert opened.pipeline.load_preview(photo.id, 100).startswith(b"\xff\xd8")
        assert opened.catalog.check() == []

    before = house.bytes()
    summary = house.run(WritePolicy(WriteTarget.EMBED))
    assert (summary.captioned, summary.written, summary.failed) == (0, 0, ())
    assert house.bytes() == before


def test_what_a_person_wrote_into_a_sidecar_is_the_caption(house):
    photo = draw(house.photos / "a.jpg", 1)
    photo.with_name("a.jpg.xmp").write_text(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        "<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:description><rdf:Alt>"
        "<rdf:li xml:lang='x-default'>Anna and the old boat</rdf:li></rdf:Alt></dc:description>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    house.run()
    with house.open() as opened:
        assert opened.photo(photo).caption == "Anna and the old boat"
        assert opened.photo(photo).model_caption


def test_moved_changed_and_deleted_between_runs(house):
    paths = [draw(house.photos / f"p{number}.jpg", number) for number in range(6)]
    house.run()
    with house.open() as opened:
        first = opened.photo(paths[0])
        opened.catalog.set_user_caption(first.id, "my own words")
    (house.photos / "album").mkdir()
    shutil.move(paths[0], house.photos / "album" / "x.jpg")
    draw(paths[1], 77)
    paths[2].unlink()
    house.acknowledged.clear()
    summary = house.run()
    assert (summary.moved, summary.missing, summary.captioned) == (1, 1, 1)
    assert house.acknowledged == [str(paths[1])]
    with house.open() as opened:
        moved = opened.photo(house.photos / "album" / "x.jpg")
        assert (moved.id, moved.caption) == (first.id, "my own words")
        assert opened.photo(paths[2]).state is PhotoState.MISSING
        assert opened.photo(paths[2]).model_caption


def test_metadata_changed_by_another_program_is_no_reason_to_caption_again(house):
    path = draw(house.photos / "a.jpg", 1)
    house.run()
    data = path.read_bytes()
    path.write_bytes(data[:2] + b"\xff\xfe\x00\x09comment"[:11] + data[2:])  # a COM segment
    house.acknowledged.clear()
    assert house.run().captioned == 0
    assert house.acknowledged == []
    assert house.run().unchanged == 1


def test_a_killed_decoder_costs_nothing(house):
    paths = [draw(house.photos / f"p{number}.jpg", number) for number in range(40)]
    killed = []
    captioned = itertools.count()

    def kill(path):
        # Apart from each other: two deaths on one photo would rightly set it aside.
        if next(captioned) >= 10 * len(killed) and len(killed) < 3 and opened.decoder.pid:
            os.kill(opened.decoder.pid, signal.SIGKILL)
            killed.append(path)

    with house.open(engine=FakeEngine("fake:0.01")) as opened:
        opened.pipeline.on_captioned = kill
        summary = opened.pipeline.run_once()
    assert len(killed) == 3
    assert (summary.captioned, summary.failed) == (len(paths), ())


def test_new_photos_are_captioned_and_written_while_it_runs(house):
    draw(house.photos / "old.jpg", 1)
    with house.open(WritePolicy(WriteTarget.EMBED), watch=True) as opened:
        opened.pipeline.start()
        opened.wait(lambda: opened.is_written(house.photos / "old.jpg"))
        outside = draw(house.data.parent / "outside.jpg", 2)
        new = house.photos / "sub" / "new.jpg"
        new.parent.mkdir()
        whole = outside.read_bytes()
        with open(new, "wb") as file:  # copied slowly, in four pieces
            for start in range(0, len(whole), len(whole) // 3):
                file.write(whole[start : start + len(whole) // 3])
                file.flush()
                time.sleep(0.3)
        opened.wait(lambda: opened.is_written(new))
        opened.pipeline.request_scan()
        new.rename(new.with_name("renamed.jpg"))
        opened.wait(lambda: opened.photo(new.with_name("renamed.jpg")))
        last = draw(house.photos / "last.jpg", 3)
        opened.wait(lambda: opened.is_written(last) and opened.all_done())  # a wrong second caption, too
    assert sorted(os.path.basename(path) for path in house.acknowledged) == ["last.jpg", "new.jpg", "old.jpg"]


def test_questions_are_answered_while_it_captions(house):
    paths = [draw(house.photos / f"p{number}.jpg", number) for number in range(30)]
    with house.open(engine=FakeEngine("fake:0.05")) as opened:
        opened.pipeline.start()
        opened.wait(lambda: opened.catalog.counts().captioned > 0)
        tokens = []
        photo = opened.photo(paths[3])
        question = open_question(opened.catalog, photo.id, "what is it?", tokens.append, threading.Event())
        answer = opened.pipeline.ask(question).result(PATIENCE)
        assert answer.text == tokens[-1]
        assert opened.catalog.counts().captioned < len(paths)
        opened.wait(lambda: opened.catalog.counts().captioned == len(paths))


def test_captioning_again_keeps_the_persons_words(house):
    path = draw(house.photos / "a.jpg", 1)
    with house.open() as opened:
        opened.pipeline.start()
        opened.wait(lambda: (p := opened.photo(path)) and p.model_caption)
        photo = opened.photo(path)
        opened.catalog.set_user_caption(photo.id, "my own words")
        opened.pipeline.caption_again([photo.id])
        opened.wait(lambda: len(house.acknowledged) == 2)
        assert opened.photo(path).caption == "my own words"
        assert opened.photo(path).captioned_at > photo.captioned_at


def test_a_caption_is_made_anew_and_the_one_before_brought_back(house):
    path = draw(house.photos / "a.jpg", 1)
    with house.open() as opened:
        opened.pipeline.start()
        opened.wait(lambda: (p := opened.photo(path)) and p.model_caption)
        photo = opened.photo(path)
        opened.catalog.caption_anew(photo.id)
        opened.pipeline.wake()
        opened.wait(lambda: opened.photo(path).captioned_at > photo.captioned_at)
        opened.catalog.undo_edit()
        assert opened.photo(path) == photo
