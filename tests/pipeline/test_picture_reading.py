"""Pictures are read for search behind everything else, and nothing is lost however it ends."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from pipeline_fakes import FakeDecoder, digest

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import Cancelled, ModelError
from blipdesk.domain.jobs import CaptionOptions, EngineSettings
from blipdesk.domain.values import FileStamp, SeenFile
from blipdesk.engine.fake import FakeEngine
from blipdesk.pipeline import picture_reading
from blipdesk.pipeline.options import PipelineOptions
from blipdesk.pipeline.picture_reading import PictureReading

FAKE = EngineSettings("fake")
OPTIONS = PipelineOptions(engine=FAKE, retrieval_engine=FAKE)
NEVER = threading.Event()


class Engine(FakeEngine):
    """The fake engine; fails, and counts what it looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.looked_at: list[bytes] = []
        self.fails_on: bytes | None = None
        self.loads = 0

    def retrieval_info(self, settings):
        self.loads += 1
        if settings.model == "gone":
            raise ModelError("There is no model gone.")
        return super().retrieval_info(settings)

    def embed_images(self, images, cancel):
        self.looked_at += [image.rgb for image in images]
        if self.fails_on in [image.rgb for image in images]:
            raise ModelError("The model failed.")
        return super().embed_images(images, cancel)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_reading, "_START_SECONDS", 0.0)


@pytest.fixture
def engine() -> Engine:
    return Engine()


def photos(catalog: Catalog, folder: Path, *pixels: bytes) -> list[int]:
    """Photos that were looked at before a retrieval model was there."""
    folder.mkdir(exist_ok=True)
    files = []
    for number, content in enumerate(pixels):
        path = folder / f"IMG_{number}.jpg"
        path.write_bytes(content)
        stamp = FileStamp(len(content), (number + 1) * 10**9, number + 1)
        files.append(SeenFile(str(path), stamp, f"hash {folder.name} {number}"))
    ids = catalog.register(catalog.add_folder(str(folder)).id, files)
    for photo_id, content in zip(ids, pixels, strict=True):
        statement = f"UPDATE photo SET pixel_hash = '{digest(content)}' WHERE id = {photo_id}"
        catalog._database.write(lambda tx, statement=statement: tx.connection.exec_driver_sql(statement))
    return ids


def reading(catalog: Catalog, engine: Engine, decoder: FakeDecoder | None = None) -> PictureReading:
    return PictureReading(catalog, engine, decoder or FakeDecoder())


def read(pictures: PictureReading, options: PipelineOptions = OPTIONS) -> None:
    """As the runner does while it has nothing else to do; it comes to an end."""
    for _ in range(50):
        if pictures.due_in(options) != 0:
            return
        pictures.read_some(NEVER)
    pytest.fail("there is always something to be read")


def test_photos_that_were_captioned_before_are_made_up_for(
    catalog: Catalog, engine: Engine, tmp_path: Path
) -> None:
    ids = photos(catalog, tmp_path / "a", b"one", b"two", b"three")
    told: list[tuple[int, int]] = []
    pictures = PictureReading(catalog, engine, FakeDecoder(), lambda *told_of: told.append(told_of))
    catalog.set_user_caption(ids[0], "a red dog")
    read(pictures)
    assert sorted(engine.looked_at) == [b"one", b"three", b"two"]
    so_far = catalog.pictures.so_far()
    assert (so_far.unread, so_far.photos) == (0, 3)
    assert told[-2:] == [(3, 3), (0, 0)]
    assert catalog.pictures.model.key == "fake/retrieval"
    assert pictures.due_in(OPTIONS) is None
    photos(catalog, tmp_path / "b", b"one", b"four")
    pictures.wake()
    read(pictures)
    assert engine.looked_at[3:] == [b"four"], "the same picture in another place is known"


def test_no_model_is_loaded_where_all_was_read(catalog: Catalog, engine: Engine, tmp_path: Path) -> None:
    read(reading(catalog, engine))
    assert engine.loads == 0, "there is no photo"
    photos(catalog, tmp_path / "a", b"one")
    read(reading(catalog, engine))
    loads = engine.loads
    assert loads >= 1
    read(reading(catalog, engine))
    assert engine.loads == loads
    other = EngineSettings("fake:0.0")
    read(reading(catalog, engine), PipelineOptions(engine=FAKE, retrieval_engine=other))
    assert engine.loads > loads, "another model sees otherwise"


def test_without_a_retrieval_model_nothing_is_read(catalog: Catalog, engine: Engine, tmp_path: Path) -> None:
    photos(catalog, tmp_path / "a", b"one")
    pictures = reading(catalog, engine)
    read(pictures, PipelineOptions(engine=FAKE))
    assert (engine.loads, engine.looked_at) == (0, [])


def test_a_person_goes_before_and_what_was_in_hand_is_read_later(
    catalog: Catalog, engine: Engine, tmp_path: Path
) -> None:
    photos(catalog, tmp_path / "a", b"one", b"two")
    pictures = reading(catalog, engine)

    class AfterOne:
        def __init__(self) -> None:
            self.asked = 0

        def is_set(self) -> bool:
            self.asked += 1
            return self.asked > 2

    assert pictures.due_in(OPTIONS) == 0
    with pytest.raises(Cancelled):
        for _ in range(5):
            pictures.read_some(AfterOne())
    assert catalog.pictures.so_far().unread >= 1
    read(pictures)
    assert catalog.pictures.so_far().unread == 0


@pytest.mark.parametrize("sick", [b"sick", b"none"])
def test_what_cannot_be_read_is_left_alone_and_the_others_are_read(
    catalog: Catalog, engine: Engine, tmp_path: Path, sick: bytes
) -> None:
    photos(catalog, tmp_path / "a", b"gone", b"BROKEN", b"edited", b"sick", b"fine")
    (tmp_path / "a" / "IMG_0.jpg").unlink()
    (tmp_path / "a" / "IMG_2.jpg").write_bytes(b"another picture")
    decoder, engine.fails_on = FakeDecoder(), sick
    decoder.refuses = b"BROKEN"
    pictures = reading(catalog, engine, decoder)
    read(pictures)
    fine = {digest(content) for content in (b"fine", b"sick") if content != sick}
    assert catalog.pictures.known([digest(b"fine"), digest(b"edited"), digest(b"sick")]) == fine
    assert catalog.pictures.so_far().unread == 5 - len(fine)


def test_a_model_that_cannot_be_used_is_not_tried_at_every_turn(
    catalog: Catalog, engine: Engine, tmp_path: Path
) -> None:
    photos(catalog, tmp_path / "a", b"one")
    pictures = reading(catalog, engine)
    gone = PipelineOptions(engine=FAKE, retrieval_engine=EngineSettings("gone"))
    read(pictures, gone)
    assert engine.loads == 1
    due = pictures.due_in(gone)
    assert due is not None and due > 60
    read(pictures, OPTIONS)
    assert catalog.pictures.so_far().unread == 0, "another model is tried at once"


def test_what_is_captioned_with_the_model_is_not_looked_at_again(
    catalog: Catalog, engine: Engine, tmp_path: Path
) -> None:
    photos(catalog, tmp_path / "a", b"one" * 64 * 64)
    decoded = FakeDecoder().decode(b"one" * 64 * 64, "IMG_0.jpg", 64)
    engine.retrieval_info(FAKE)
    (result,) = engine.caption([decoded.model_input], CaptionOptions(), NEVER)
    pictures = reading(catalog, engine)
    pictures.keep("fake/retrieval", [(decoded, result), (decoded, None)], OPTIONS)
    read(pictures)
    assert engine.looked_at == []
    assert catalog.pictures.so_far().unread == 0


def captioned_photos(catalog: Catalog, folder: Path, count: int) -> list[int]:
    """Photos whose captions the fake model sees in them."""
    contents = [b"%04d" % number * 64 * 48 for number in range(count)]
    ids = photos(catalog, folder, *contents)
    for photo_id, content in zip(ids, contents, strict=True):
        image = FakeDecoder().decode(content, "IMG.jpg", 64).model_input
        catalog.set_user_caption(photo_id, FakeEngine().caption([image], CaptionOptions(), NEVER)[0].text)
    return ids


def test_it_is_seen_once_whether_the_model_knows_such_pictures(
    catalog: Catalog, engine: Engine, tmp_path: Path
) -> None:
    captioned_photos(catalog, tmp_path / "a", 12)
    read(reading(catalog, engine))
    assert catalog.pictures.model.scale.tells_apart
    loads = engine.loads
    read(reading(catalog, engine))
    assert engine.loads == loads, "nothing is loaded for what is known"
    captions = "UPDATE photo SET user_caption = 'our holidays, day ' || id"
    catalog._database.write(lambda tx: tx.connection.exec_driver_sql(captions))
    read(reading(catalog, engine))
    assert not catalog.pictures.model.scale.tells_apart, "by what is said of them by now it does not"


def test_it_is_seen_while_photos_are_captioned(catalog: Catalog, engine: Engine, tmp_path: Path) -> None:
    """A long queue is no reason that what was captioned is not found by what it shows."""
    ids = captioned_photos(catalog, tmp_path / "a", 8)
    pictures = reading(catalog, engine)
    pictures.measure(NEVER)
    assert engine.loads == 0, "nothing was captioned"
    engine.retrieval_info(FAKE)
    inputs = [FakeDecoder().decode(b"%04d" % number * 64 * 48, "IMG.jpg", 64) for number in range(8)]
    results = engine.caption([decoded.model_input for decoded in inputs], CaptionOptions(), NEVER)
    pictures.keep("fake/retrieval", zip(inputs, results, strict=True), OPTIONS)
    catalog.pictures.take_in(ids)
    over = threading.Event()
    over.set()
    pictures.measure(over)
    assert not catalog.pictures.model.scale.is_measured, "a person goes before"
    pictures.measure(NEVER)
    assert catalog.pictures.model.scale.tells_apart


def test_that_it_cannot_be_seen_costs_no_caption(
    catalog: Catalog, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = captioned_photos(catalog, tmp_path / "a", 8)
    inputs = [FakeDecoder().decode(b"%04d" % number * 64 * 48, "IMG.jpg", 64) for number in range(8)]
    engine.retrieval_info(FAKE)
    results = engine.caption([decoded.model_input for decoded in inputs], CaptionOptions(), NEVER)
    pictures = reading(catalog, engine)
    pictures.keep("fake/retrieval", zip(inputs, results, strict=True), OPTIONS)
    catalog.pictures.take_in(ids)
    asked = []

    def fail(texts):
        asked.append(texts)
        raise ModelError("The model failed.")

    monkeypatch.setattr(engine, "embed_texts", fail)
    pictures.measure(NEVER)
    pictures.measure(NEVER)
    assert len(asked) == 1, "not after each batch"
    assert not catalog.pictures.model.scale.is_measured


def test_a_killed_run_loses_nothing(engine: Engine, tmp_path: Path) -> None:
    """What was kept stays, what was not is read at the next start."""
    catalog = Catalog.open(tmp_path / "data")
    photos(catalog, tmp_path / "a", *(b"picture %d" % number for number in range(5)))
    pictures = reading(catalog, engine)
    assert pictures.due_in(OPTIONS) == 0
    pictures.read_some(NEVER)
    known = 5 - catalog.pictures.so_far().unread
    assert known > 0
    shutil.copytree(tmp_path / "data", tmp_path / "killed")  # as the files are without an ordered end
    catalog.close()
    again = Catalog.open(tmp_path / "killed")
    assert again.pictures.so_far().unread == 5 - known
    read(reading(again, engine))
    assert len(engine.looked_at) == 5
    again.close()


def test_the_window_is_painted_first(
    catalog: Catalog, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_reading, "_START_SECONDS", 60.0)
    due = reading(catalog, engine).due_in(OPTIONS)
    assert due is not None and due > 30
