from __future__ import annotations

import itertools
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from catalog_samples import add_photos, caption_all, seen

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import CatalogError
from blipdesk.domain.events import CatalogChange
from blipdesk.domain.values import LibraryView, PhotoState

posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")

# Registers, captions and edits, and says each row only after its commit.
WRITER = """
import sys
from pathlib import Path
from blipdesk.catalog import Catalog
from blipdesk.domain.jobs import *
from blipdesk.domain.values import *
catalog = Catalog.open(Path(sys.argv[1]))
catalog.clear_claims()
start = catalog.counts().total
folder = catalog.add_folder("/photos")
print("ready", flush=True)
for number in range(start, start + 100_000):
    path = f"/photos/{number:06d}.jpg"
    (photo_id,) = catalog.register(folder.id, [SeenFile(path, FileStamp(1, number, 1), f"content {number}")])
    catalog.enqueue_pending("m")
    print("added", number, flush=True)
    jobs = catalog.claim("m", 8)
    for job in jobs:
        catalog.begin_attempt(job.id)
    catalog.commit_captions([
        CaptionCommit(job.id, job.photo_id, job.content_hash, "m", "JPEG", 1, 1, "p", False, FileFacts(),
                      CaptionResult(text=f"caption of {job.content_hash}", keywords=("dog",)))
        for job in jobs
    ])
    for job in jobs:
        print("captioned", int(job.path[8:14]), flush=True)
    catalog.set_user_caption(photo_id, f"words {number}")
    print("edited", number, flush=True)
"""


@posix
def test_killed_five_times_nothing_said_is_lost(tmp_path: Path) -> None:
    data = tmp_path / "data"
    said: dict[str, set[int]] = {"added": set(), "captioned": set(), "edited": set()}
    chance = random.Random(20)
    for _ in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(data)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        lines = chance.randrange(4, 60)  # then at any moment: it works on while it is killed
        for count, line in enumerate(writer.stdout):
            if line.endswith("\n"):
                kind, number = line.split()
                said[kind].add(int(number))
            if count == lines:
                time.sleep(chance.uniform(0, 0.01))
                writer.kill()
        assert writer.wait() == -9
        writer.stdout.close()
    catalog = Catalog.open(data)
    assert catalog.check() == []
    catalog.clear_claims()
    caption_all(catalog, "after the last start")
    photos = {int(photo.path[8:14]): photo for photo in catalog.photos(list(catalog.all_photo_ids()))}
    assert said["added"] and said["captioned"] and said["edited"]
    assert said["added"] <= set(photos)
    for number in said["captioned"]:
        assert photos[number].model_caption == f"caption of content {number}"
    for number in said["edited"]:
        assert photos[number].user_caption == f"words {number}"
    assert {photo.state for photo in photos.values()} == {PhotoState.DONE}
    assert sorted(photos) == list(range(len(photos)))
    catalog.close()


def test_two_readers_see_whole_batches_while_a_writer_writes(catalog: Catalog) -> None:
    folder = catalog.add_folder("/photos")
    done = threading.Event()
    read_twice = (threading.Event(), threading.Event())
    wrong: list[object] = []

    def read(twice: threading.Event) -> None:
        for number in itertools.count(1):
            ids = catalog.ids(LibraryView())
            tiles = catalog.tiles(ids[:50])
            if len(ids) % 20 or len(tiles) != min(50, len(ids)) or len(catalog.search("photos", 10)) > 10:
                wrong.append((len(ids), len(tiles)))
            if number == 2:
                twice.set()
            if done.is_set():
                return

    readers = [threading.Thread(target=read, args=(twice,), daemon=True) for twice in read_twice]
    for reader in readers:
        reader.start()
    for batch in range(20):
        catalog.register(folder.id, [seen(f"/photos/{batch}/{n}.jpg") for n in range(20)])
    assert all(twice.wait(60) for twice in read_twice)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert len(catalog.ids(LibraryView())) == 400


def test_many_threads_write_through_the_one_writer(catalog: Catalog) -> None:
    ids = add_photos(catalog, *(f"/photos/{n}.jpg" for n in range(8)))

    def edit(photo_id: int) -> None:
        for number in range(5):
            catalog.set_user_caption(photo_id, f"{photo_id} {number}")

    threads = [threading.Thread(target=edit, args=(photo_id,)) for photo_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [photo.caption for photo in catalog.photos(ids)] == [f"{photo_id} 4" for photo_id in ids]


# ---------------------------------------------------------------------------------------- changes


def test_one_change_is_published_after_each_commit(catalog: Catalog) -> None:
    changes: list[CatalogChange] = []
    seen_inside: list[str | None] = []
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")

    def on_change(change: CatalogChange) -> None:
        changes.append(change)
        photo = catalog.photo(photo_id)  # a subscriber may read: what it is told of is committed
        seen_inside.append(photo.caption if photo else None)

    end = catalog.subscribe(on_change)
    catalog.set_user_caption(photo_id, "one")
    assert changes == [CatalogChange(photos=frozenset({photo_id}))]
    assert seen_inside == ["one"]
    catalog.set_user_caption(photo_id, "one")  # nothing changed
    catalog.set_setting("theme", "dark")
    assert changes[1:] == [CatalogChange(settings=True)]
    add_photos(catalog, "/photos/b.jpg")
    assert changes[-1].added
    end()
    catalog.set_user_caption(photo_id, "two")
    assert seen_inside[-1] == "one"


def test_a_change_of_very_many_names_none(catalog: Catalog) -> None:
    changes: list[CatalogChange] = []
    catalog.subscribe(changes.append)
    folder = catalog.add_folder("/photos")
    catalog.register(folder.id, [seen(f"/photos/{n}.jpg") for n in range(5001)])
    assert changes[-1].photos is None


def test_a_subscriber_that_fails_harms_nobody(catalog: Catalog, caplog: pytest.LogCaptureFixture) -> None:
    def fail(change: CatalogChange) -> None:
        raise ValueError("a view's bug")

    changes: list[CatalogChange] = []
    catalog.subscribe(fail)
    catalog.subscribe(changes.append)
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.set_user_caption(photo_id, "kept")
    assert changes[-1] == CatalogChange(photos=frozenset({photo_id}))
    assert "a view's bug" in caplog.text


def test_a_subscriber_may_not_write(catalog: Catalog, caplog: pytest.LogCaptureFixture) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.subscribe(lambda _: catalog.set_setting("a", 1))
    catalog.set_user_caption(photo_id, "kept")
    assert "may not write" in caplog.text
    assert catalog.setting("a") is None


# ---------------------------------------------------------------------------------------- failures


def test_a_write_that_fails_leaves_nothing_behind(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")

    def half(tx):
        tx.connection.exec_driver_sql("UPDATE photo SET user_caption = 'half'")
        tx.change.touch([photo_id])
        raise RuntimeError("in the middle")

    changes: list[CatalogChange] = []
    catalog.subscribe(changes.append)
    with pytest.raises(RuntimeError, match="in the middle"):
        catalog._database.write(half)
    photo = catalog.photo(photo_id)
    assert photo is not None and photo.caption is None
    assert changes == []
    catalog.set_user_caption(photo_id, "the writer goes on")


def test_a_full_disk_is_said_and_loses_nothing(catalog: Catalog) -> None:
    ids = add_photos(catalog, *(f"/photos/{n}.jpg" for n in range(5)))
    catalog.set_user_caption(ids[0], "before")

    def limit(pages: int) -> None:
        catalog._database.write(
            lambda tx: tx.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}").all()
        )

    limit(1)  # SQLite takes the present size: the file can grow no more
    folder = catalog.folders()[0]
    with pytest.raises(CatalogError, match="disk with the catalog is full"):
        catalog.register(folder.id, [seen(f"/photos/full/{n}.jpg") for n in range(3000)])
    assert catalog.counts().total == 5
    limit(1 << 30)
    catalog.register(folder.id, [seen("/photos/space again.jpg")])
    assert catalog.counts().total == 6
    photo = catalog.photo(ids[0])
    assert photo is not None and photo.caption == "before"


def test_a_closed_catalog_takes_no_writes(tmp_path: Path) -> None:
    catalog = Catalog.open(tmp_path / "data")
    catalog.close()
    catalog.close()
    with pytest.raises(CatalogError, match="closed"):
        catalog.set_setting("a", 1)


@pytest.mark.parametrize("writer", [True, False])
def test_the_check_finds_a_changed_letter_and_makes_the_index_anew(tmp_path: Path, writer: bool) -> None:
    catalog = Catalog.open(tmp_path / "data")
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.set_user_caption(photo_id, "Rex at the sea")
    catalog.close()
    with sqlite3.connect(tmp_path / "data" / "catalog.db") as database:
        database.execute("DROP TRIGGER photo_text_updated")
        database.execute("UPDATE photo_text SET search_text = replace(search_text, 'Rex', 'Max')")
    database.close()
    catalog = Catalog.open(tmp_path / "data", writer=writer)
    assert catalog.check() == ["The search index did not match the photos' texts, and was made anew."]
    assert catalog.check() == []
    assert len(catalog.search("max")) == 1
    catalog.close()
