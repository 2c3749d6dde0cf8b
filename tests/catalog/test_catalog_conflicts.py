"""A person's caption here, another in the file: noticed, held back from writing, and decided."""

from __future__ import annotations

import pytest
from catalog_samples import caption_all, photo_of
from catalog_write_samples import (
    NEW,
    OLD,
    PATH,
    embed,
    file_of,
    note_write,
    pending,
    take_in,
)

from blipdesk.catalog import Catalog
from blipdesk.domain.values import FileFacts, Source, WriteTarget
from blipdesk.domain.writes import Conflict, ExistingText, KeepText, WriteOutcome


def reread(catalog: Catalog, photo_id: int, caption: str | None) -> None:
    """Another program changed what the file says; it is read again."""
    catalog.enqueue_forced([photo_id], "m")
    caption_all(catalog, "a dog", facts=FileFacts(caption=caption))


@pytest.fixture
def disputed(catalog: Catalog) -> tuple[Catalog, int]:
    """A photo captioned by its person, into whose file another program has put something else."""
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    catalog.set_user_caption(photo_id, "Rex")
    reread(catalog, photo_id, "Anna's dog")
    return catalog, photo_id


def test_a_caption_that_comes_into_the_file_beside_a_persons_is_a_conflict(disputed) -> None:
    catalog, photo_id = disputed
    assert catalog.conflicts() == [Conflict(photo_id, PATH, "Rex", "Anna's dog", "")]
    assert catalog.counts().conflicts == 1
    assert photo_of(catalog, photo_id).caption == "Rex" and photo_of(catalog, photo_id).conflict
    assert pending(catalog) == [], "nothing is written over it before it is decided"
    assert catalog.writes_of([photo_id], WriteTarget.EMBED, ExistingText.SKIP) == []


@pytest.mark.parametrize(
    ("mine", "file"),
    [(None, "Anna's dog"), ("Rex", "Rex "), ("Rex", None)],
)
def test_what_is_no_conflict(catalog: Catalog, mine: str | None, file: str | None) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    if mine:
        catalog.set_user_caption(photo_id, mine)
    reread(catalog, photo_id, file)
    assert catalog.conflicts() == []


def test_an_edit_of_what_the_file_said_is_no_conflict_and_neither_is_our_own_writing(
    catalog: Catalog,
) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog", facts=FileFacts(caption="Grandma"))
    catalog.set_user_caption(photo_id, "Grandma, 1950")
    assert catalog.conflicts() == []
    embed(catalog)
    reread(catalog, photo_id, "Grandma, 1950")
    assert catalog.conflicts() == []
    reread(catalog, photo_id, "Grandma at the sea")
    assert [conflict.file for conflict in catalog.conflicts()] == ["Grandma at the sea"]
    reread(catalog, photo_id, None)
    assert catalog.conflicts() == []


def test_mine_may_replace_just_that_text(disputed) -> None:
    catalog, photo_id = disputed
    assert catalog.decide([photo_id, 99], KeepText.MINE) == [photo_id]
    assert (catalog.conflicts(), catalog.counts().conflicts) == ([], 0)
    (due,) = pending(catalog)
    assert (due.text.caption, due.text.source, due.text.known) == ("Rex", Source.USER, ("Anna's dog",))
    embed(catalog, OLD, NEW)
    catalog.set_user_caption(photo_id, "Rex II")
    assert [due.text.replaces for due in pending(catalog)] == ["Rex"]


def test_the_files_takes_the_place_of_mine_and_the_edit_can_be_undone(disputed) -> None:
    catalog, photo_id = disputed
    assert catalog.decide([photo_id], KeepText.FILE) == [photo_id]
    assert (photo_of(catalog, photo_id).caption, catalog.conflicts()) == ("Anna's dog", [])
    assert catalog.undo_edit() == photo_id
    assert photo_of(catalog, photo_id).caption == "Rex"


def test_a_caption_typed_after_the_files_was_kept_may_replace_it(disputed) -> None:
    catalog, photo_id = disputed
    catalog.decide([photo_id], KeepText.FILE)
    catalog.set_user_caption(photo_id, "Anna's dog Rex")
    (due,) = pending(catalog)
    assert (due.text.caption, due.text.known) == ("Anna's dog Rex", ("Anna's dog",))


def test_both_stay_where_they_are_and_are_not_asked_for_again(disputed) -> None:
    catalog, photo_id = disputed
    catalog.decide([photo_id], KeepText.BOTH)
    assert photo_of(catalog, photo_id).caption == "Rex"
    (due,) = pending(catalog)
    assert due.text.both_stay, "no text in the file may be replaced"
    note_write(catalog, photo_id, WriteOutcome.KEPT, "", due.text, WriteTarget.EMBED)
    assert (pending(catalog), catalog.conflicts()) == ([], [])
    reread(catalog, photo_id, "Anna's dog")
    assert catalog.conflicts() == []
    reread(catalog, photo_id, "Anna's old dog")
    assert len(catalog.conflicts()) == 1
    assert catalog.decide([], KeepText.BOTH) == []


def test_a_new_caption_of_the_persons_ends_it(disputed) -> None:
    catalog, photo_id = disputed
    catalog.set_user_caption(photo_id, "Anna's dog Rex")
    assert catalog.conflicts() == []
    catalog.register(photo_of(catalog, photo_id).folder_id, [file_of(OLD + b"edited", 3000)])
    assert catalog.conflicts() == []


@pytest.mark.parametrize(
    ("said", "record", "disputed"),
    [
        (("Theirs",), {"file_caption": None}, True),
        (("Theirs",), {}, True),
        (("Theirs",), {"file_caption": "What stood there before"}, True),
        (("Theirs", "And theirs"), {"file_caption": "Theirs"}, True),
        (("Theirs",), {"file_caption": "Theirs "}, False),
        (("a dog, there",), {"caption": "a dog, there"}, False),
        (("Mine", "a dog, there"), {"caption": "a dog, there"}, False),
        ((), {"file_caption": "Theirs"}, False),
    ],
)
def test_an_import_is_no_typing_what_its_typist_did_not_know_in_the_file_is_a_conflict(
    catalog: Catalog, said: tuple[str, ...], record: dict[str, str | None], disputed: bool
) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog", facts=FileFacts(caption=next(iter(said), None), other_captions=said[1:]))
    for _ in range(2):
        catalog.import_records([{"path": PATH, "source": "user", "user_caption": "Mine", **record}])
        assert [conflict.photo_id for conflict in catalog.conflicts()] == [photo_id] * disputed
    catalog.decide([photo_id], KeepText.MINE)
    catalog.import_records([{"path": PATH, "source": "user", "user_caption": "Mine", **record}])
    assert catalog.conflicts() == [], "what was decided is not asked again"
