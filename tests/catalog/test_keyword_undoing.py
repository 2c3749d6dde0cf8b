"""Edits and renamings of keywords in any order: what is taken back is as if it had never been."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from catalog_samples import QUICK_FOLDER, add_photos, caption_all, photo_of
from hypothesis import given, settings
from hypothesis import strategies as st
from keyword_samples import again, all_of, having

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import UsageError
from blipdesk.domain.values import FileFacts

NAMES = st.sampled_from(["dog", "Dog", "puppy", "Rex", "hot dog", "İ", "straße", "STRASSE"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("rename"), NAMES, NAMES),
        st.tuples(st.just("add"), st.integers(0, 2), NAMES),
        st.tuples(st.just("remove"), st.integers(0, 2), NAMES),
        st.tuples(st.just("caption"), st.integers(0, 2), NAMES),
        st.tuples(st.just("read"), st.integers(0, 2), NAMES),
    ),
    max_size=8,
)


def step(catalog: Catalog, ids: list[int], kind: str, one: object, name: str) -> list[int]:
    """Take one of the steps; the renaming that it was, where it was one."""
    if kind == "rename":
        try:
            return [catalog.rename_keyword(str(one), name)]
        except UsageError:
            return []
    assert isinstance(one, int)
    photo = photo_of(catalog, ids[one])
    if kind == "caption":
        again(catalog, photo.id, name)
    elif kind == "read":
        catalog.store_facts(photo.id, photo.content_hash, FileFacts(keywords=(name,)))
    else:
        (catalog.add_keyword if kind == "add" else catalog.remove_keyword)(photo.id, name)
    return []


@settings(max_examples=25, deadline=None)
@given(steps=STEPS, last=st.tuples(NAMES, NAMES))
def test_undo_is_exact_whatever_came_before(
    steps: list[tuple[str, object, str]], last: tuple[str, str]
) -> None:
    with (
        tempfile.TemporaryDirectory(dir=QUICK_FOLDER) as folder,
        closing(Catalog.open(Path(folder) / "data")) as catalog,
    ):
        ids = add_photos(catalog, *(f"/photos/{number}.jpg" for number in range(3)))
        caption_all(catalog, keywords=("dog", "puppy"))
        for each in steps:
            step(catalog, ids, *each)
        before = [photo_of(catalog, photo_id).keywords for photo_id in ids], catalog.removed_keywords(ids)
        for edit in step(catalog, ids, "rename", *last):
            old, new = last
            if old.casefold() != new.casefold():
                assert having(catalog, old) == []
            assert {name for name, _ in catalog.top_keywords() if name.casefold() == new.casefold()} <= {
                new, *(k.name for keywords in before[0] for k in keywords)
            }  # fmt: skip
            catalog.undo_rename(edit)
        after = [photo_of(catalog, photo_id).keywords for photo_id in ids], catalog.removed_keywords(ids)
        assert after == before
        assert catalog.check() == []


@contextmanager
def twins() -> Iterator[tuple[Catalog, Catalog, list[int]]]:
    """Two catalogs of the same three photos, for what is done in one and not in the other."""
    with (
        tempfile.TemporaryDirectory(dir=QUICK_FOLDER) as folder,
        closing(Catalog.open(Path(folder) / "one")) as one,
        closing(Catalog.open(Path(folder) / "other")) as other,
    ):
        for catalog in (one, other):
            ids = add_photos(catalog, *(f"/photos/{number}.jpg" for number in range(3)))
            caption_all(catalog, keywords=("dog", "puppy"))
        yield one, other, ids


RENAMES = st.tuples(st.just("rename"), NAMES, NAMES)
COMING = st.tuples(st.sampled_from(["caption", "read"]), st.integers(0, 2), NAMES)


@settings(max_examples=4, deadline=None)
@given(
    steps=STEPS,
    edit=st.tuples(st.sampled_from(["add", "remove"]), st.integers(0, 2), NAMES),
    renames=st.lists(RENAMES, min_size=1, max_size=3),
)
def test_an_edit_before_renamings_is_taken_back_as_if_it_had_never_been(
    steps: list[tuple[str, object, str]],
    edit: tuple[str, object, str],
    renames: list[tuple[str, object, str]],
) -> None:
    with twins() as (with_edit, without, ids):
        for each in steps:
            step(with_edit, ids, *each)
            step(without, ids, *each)
        before = all_of(without, ids)
        step(with_edit, ids, *edit)
        if all_of(with_edit, ids) == before:
            return  # nothing changed: nothing to take back
        done = [number for each in renames for number in step(with_edit, ids, *each)]
        for each in renames:
            step(without, ids, *each)
        with_edit.undo_edit()
        assert all_of(with_edit, ids) == all_of(without, ids)
        for number in reversed(done):
            with_edit.undo_rename(number)
        assert all_of(with_edit, ids) == before


@settings(max_examples=4, deadline=None)
@given(steps=STEPS, rename=RENAMES, coming=st.lists(COMING, min_size=1, max_size=4))
def test_what_came_after_a_renaming_is_as_if_that_had_never_been_once_it_is_taken_back(
    steps: list[tuple[str, object, str]],
    rename: tuple[str, object, str],
    coming: list[tuple[str, object, str]],
) -> None:
    with twins() as (with_rename, without, ids):
        for each in steps:
            step(with_rename, ids, *each)
            step(without, ids, *each)
        edits = step(with_rename, ids, *rename)
        for each in coming:
            step(with_rename, ids, *each)
            step(without, ids, *each)
        for edit in edits:
            with_rename.undo_rename(edit)
        assert all_of(with_rename, ids) == all_of(without, ids)
