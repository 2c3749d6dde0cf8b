"""One process writes a catalog, as long as it lives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from catalog_samples import caption_all

from blipdesk.catalog import Catalog, InstanceLock, opening
from blipdesk.catalog.schema import REVISION
from blipdesk.domain.errors import CatalogError, CatalogLockedError

posix = pytest.mark.skipif(os.name == "nt", reason="modes and signals of POSIX")


def test_a_second_writer_is_refused_and_a_reader_is_not(data_dir: Path) -> None:
    catalog = Catalog.open(data_dir)
    with pytest.raises(CatalogLockedError, match="in use"):
        Catalog.open(data_dir)
    reader = Catalog.open(data_dir, writer=False)
    catalog.set_user_caption(1, "seen at once")
    photo = reader.photo(1)
    assert photo is not None and photo.caption == "seen at once"
    with pytest.raises(CatalogError, match="reading only"):
        reader.set_user_caption(1, "no")
    assert reader.check() == []
    reader.close()
    catalog.close()
    Catalog.open(data_dir).close()


def test_the_lock_of_this_process_lets_its_catalog_in(data_dir: Path) -> None:
    lock = InstanceLock(data_dir)
    assert lock.acquire()
    assert not InstanceLock(data_dir).acquire()
    catalog = Catalog.open(data_dir)
    catalog.close()
    assert not InstanceLock(data_dir).acquire()
    lock.release()
    other = InstanceLock(data_dir)
    assert other.acquire()
    other.release()


def test_a_catalog_whose_disk_is_gone_is_let_go_and_checked_at_the_next_start(
    data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    catalog = Catalog.open(data_dir)
    catalog._database._readers.dispose()
    (data_dir / "catalog.db").rename(data_dir / "elsewhere.db")
    catalog.close()
    assert "cannot be read at its end" in caplog.text
    assert opening.read_marker(data_dir)["clean"] is False
    (data_dir / "elsewhere.db").rename(data_dir / "catalog.db")
    catalog = Catalog.open(data_dir)
    assert catalog.counts().total == 2
    catalog.close()
    assert opening.read_marker(data_dir) == {"photos": 2, "clean": True, "revision": REVISION}


def test_a_failed_start_leaves_no_writer_behind(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise CatalogError("The disk with the catalog failed.")

    before = set(threading.enumerate())
    with monkeypatch.context() as patch:
        patch.setattr(opening, "write_marker", fail)
        with pytest.raises(CatalogError, match="disk"):
            Catalog.open(data_dir)
    begun = set(threading.enumerate()) - before
    assert "catalog-writer" not in {thread.name for thread in begun}
    Catalog.open(data_dir).close()


HOLD = """
import sys, time
from pathlib import Path
from blipdesk.catalog import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
time.sleep(60)
"""


@posix
def test_the_lock_dies_with_its_holder(data_dir: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(data_dir)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "True\n"
    lock = InstanceLock(data_dir)
    assert not lock.acquire()
    assert f"process {holder.pid} on " in lock.holder()
    with pytest.raises(CatalogLockedError, match=f"process {holder.pid}"):
        Catalog.open(data_dir)
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    catalog = Catalog.open(data_dir)
    assert caption_all(catalog) == 2
    catalog.close()


@pytest.mark.parametrize("writer", [True, False])
@pytest.mark.parametrize("asked", ["search_index", "vectors", "pictures"])
def test_nothing_is_opened_any_more_once_it_is_closed(data_dir: Path, asked: str, writer: bool) -> None:
    """What was opened then, for writing, nobody closed."""
    catalog = Catalog.open(data_dir, writer=writer)
    catalog.close()
    before = {path.name for path in data_dir.iterdir()}
    with pytest.raises(CatalogError, match="closed"):
        getattr(catalog, asked)
    with pytest.raises(CatalogError, match="closed"):
        catalog.counts()
    assert {path.name for path in data_dir.iterdir()} == before
