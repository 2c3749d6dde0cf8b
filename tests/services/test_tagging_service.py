"""Keywords of many photos through the services: each is one edit of the person's, and the worker is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from blipdesk.catalog import Catalog, keywords_of_many
from blipdesk.domain.errors import Cancelled, UsageError
from blipdesk.domain.tagging import KeywordCount, Tagged
from blipdesk.domain.values import LibraryView, ViewKind
from blipdesk.services.editing import EditingService
from blipdesk.services.tagging import TaggingService
from tests.catalog.catalog_samples import add_photos, caption_all


def having(catalog: Catalog, name: str) -> list[int]:
    return sorted(catalog.ids(LibraryView(ViewKind.KEYWORD, name)))


class Worker:
    """The pipeline's part that edits need."""

    def __init__(self) -> None:
        self.woken = 0

    def wake(self) -> None:
        self.woken += 1


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with closing(Catalog.open(tmp_path / "data")) as opened:
        yield opened


def test_keywords_are_given_counted_taken_off_and_taken_back(catalog: Catalog) -> None:
    worker = Worker()
    tagging, editing = TaggingService(catalog, lambda: worker), EditingService(catalog, lambda: worker)
    ids = add_photos(catalog, *(f"/photos/{number}.jpg" for number in range(5)))
    caption_all(catalog, keywords=("dog",))
    assert tagging.add(ids[:3], ["  late   evening", "sea"]).changed == 3
    off = tagging.remove(ids[1:], "Dog")
    assert off.changed == 4
    assert tagging.among(ids, 2).keywords == (KeywordCount("late evening", 3), KeywordCount("sea", 3))
    assert tagging.among(ids, 2).others == 1
    assert off.edit is not None
    assert (tagging.undo(off.edit), having(catalog, "dog")) == (4, ids)
    assert editing.undo() in ids, "the other one stands on the same stack"
    assert having(catalog, "sea") == []
    assert worker.woken == 4


def test_a_blank_name_changes_nothing_and_who_stops_at_once_has_the_first_photos(catalog: Catalog) -> None:
    worker = Worker()
    tagging = TaggingService(catalog, lambda: worker)
    ids = add_photos(catalog, *(f"/photos/{number}.jpg" for number in range(301)))
    with pytest.raises(UsageError):
        tagging.add(ids, ["sea", "  "])
    with pytest.raises(UsageError):
        tagging.remove(ids, "")

    def stop(done: int, total: int) -> None:
        assert (done, total) == (300, 301)
        raise Cancelled

    stopped = tagging.add(ids, ["sea"], stop)
    assert stopped == Tagged(stopped.edit, 300, is_whole=False)
    assert having(catalog, "sea") == ids[:300]
    assert worker.woken == 1


def test_who_takes_back_after_the_next_start_hears_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keywords_of_many, "PAGE", 2)
    worker = Worker()
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        ids = add_photos(catalog, *(f"/photos/{number}.jpg" for number in range(7)))
        TaggingService(catalog, lambda: worker).add(ids, ["sea"])
    told: list[tuple[int, int]] = []
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        EditingService(catalog, lambda: worker).undo(lambda *far: told.append(far))
        assert having(catalog, "sea") == []
    assert told == [(2, 5), (4, 5)]
