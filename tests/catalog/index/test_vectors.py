"""Search by meaning over a catalog: every change is followed, whoever is asked first."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from catalog_samples import add_photos, caption_all
from vector_steps import found, read_all, vector

from blipdesk.catalog import Catalog
from blipdesk.domain.jobs import AnswerResult


def captioned(catalog: Catalog, *captions: str) -> list[int]:
    """A photo for each caption."""
    ids = []
    for caption in captions:
        number = len(list(catalog.all_photo_ids()))
        ids += add_photos(catalog, f"/photos/IMG_{number}.jpg")
        caption_all(catalog, caption, keywords=())
    return ids


def test_the_photo_whose_caption_is_nearest_comes_first(catalog: Catalog) -> None:
    dog, cat, car = captioned(catalog, "a dog on grass", "a cat on grass", "a red car")
    assert found(catalog, "a dog") == []
    read_all(catalog)
    assert found(catalog, "a dog on grass") == [dog, cat, car]
    assert found(catalog, "red car", count=1) == [car]
    assert found(catalog, "a dog on grass", among=[car, cat, 999]) == [cat, car]
    assert found(catalog, "a dog on grass", among=[]) == []


def test_changes_are_followed(catalog: Catalog) -> None:
    dog, cat = captioned(catalog, "a dog on grass", "a cat on grass")
    read_all(catalog)
    catalog.set_user_caption(dog, "two boats at sea")
    assert found(catalog, "two boats at sea")[0] != dog, "its words are not read yet"
    read_all(catalog)
    assert found(catalog, "two boats at sea")[0] == dog
    catalog.set_user_caption(cat, "two boats at sea")
    assert found(catalog, "two boats at sea") == [cat, dog], "an equal sentence is known already"
    catalog.add_question(cat, "what bird is it?", AnswerResult("a heron", "q", 1.0))
    read_all(catalog)
    assert found(catalog, "what bird is it? a heron")[0] == cat
    (answer,) = catalog.questions(cat)
    catalog.delete_question(answer.id)
    ids, cosines = catalog.vectors.nearest(vector("what bird is it? a heron"), 5)
    assert cosines.max() < 0.9
    assert set(ids) == {dog, cat}, "once each"


def test_photos_that_are_no_more_are_not_found(catalog: Catalog) -> None:
    dog, cat = captioned(catalog, "a dog on grass", "a cat on grass")
    read_all(catalog)
    catalog.mark_missing([dog])
    catalog.forget_missing([dog])
    assert found(catalog, "a dog on grass") == [cat]
    assert catalog.vectors.so_far().photos == 1


def test_what_was_read_is_there_after_a_restart(tmp_path: Path) -> None:
    catalog = Catalog.open(tmp_path)
    dog, _ = captioned(catalog, "a dog on grass", "a cat on grass")
    read_all(catalog)
    catalog.close()
    catalog = Catalog.open(tmp_path)
    assert catalog.vectors.unread(10) == []
    assert found(catalog, "a dog on grass")[0] == dog
    with closing(Catalog.open(tmp_path, writer=False)) as reader:
        assert found(reader, "a dog on grass")[0] == dog
        catalog.set_user_caption(dog, "a whale")
        read_all(catalog)
        assert found(reader, "a whale")[0] == dog, "a reader beside it sees what the writer reads"
    catalog.close()


def test_what_is_unread_is_told_newest_first(catalog: Catalog) -> None:
    _, cat, same = captioned(catalog, "A Dog on grass", "a cat", "a dog  on Grass")
    assert [photo.photo_id for photo in catalog.vectors.unread(2)] == [same, cat]
    assert [list(photo.sentences.values()) for photo in catalog.vectors.unread(5)] == [
        ["a dog on grass"],
        ["a cat"],
        ["a dog on grass"],
    ]
    assert (catalog.vectors.so_far().unread, catalog.vectors.so_far().photos) == (3, 3)
    first = catalog.vectors.unread(1)[0]
    catalog.vectors.keep([first.photo_id], {key: vector(text) for key, text in first.sentences.items()})
    assert [photo.sentences for photo in catalog.vectors.unread(5)][1] == {}, "read with the other"
    read_all(catalog)
    assert (catalog.vectors.so_far().unread, catalog.vectors.so_far().photos) == (0, 3)


def test_texts_that_the_model_cannot_read_are_never_waited_for(catalog: Catalog) -> None:
    captioned(catalog, "海辺の犬", "12 / 34")
    assert catalog.vectors.unread(10) == []
    assert catalog.vectors.so_far().photos == 0


def test_a_lost_store_is_read_again(tmp_path: Path) -> None:
    catalog = Catalog.open(tmp_path)
    (dog,) = captioned(catalog, "a dog on grass")
    read_all(catalog)
    catalog.close()
    (tmp_path / "meaning.db").write_bytes(b"damaged" * 100)
    catalog = Catalog.open(tmp_path)
    assert [photo.photo_id for photo in catalog.vectors.unread(10)] == [dog]
    read_all(catalog)
    assert found(catalog, "a dog on grass") == [dog]
    catalog.close()


def test_the_nearest_sentence_of_a_photo_is_named_as_it_was_written(catalog: Catalog) -> None:
    (dog,) = captioned(catalog, "A Dog on grass")
    catalog.add_question(dog, "Which breed?", AnswerResult("Beagle", "q", 1.0))
    assert catalog.vectors.nearest_sentences(vector("breed"), [dog]) == {}
    read_all(catalog)
    sentence, cosine = catalog.vectors.nearest_sentences(vector("which breed? beagle"), [dog, 999])[dog]
    assert sentence == "Which breed? Beagle"
    assert cosine > 0.99
    assert catalog.vectors.nearest_sentences(vector("dog on grass"), [dog])[dog][0] == "A Dog on grass"


def test_the_cosine_of_chosen_photos(catalog: Catalog) -> None:
    dog, cat, unread = captioned(catalog, "a dog on grass", "a cat on grass", "unread")
    while any(photo.photo_id != unread for photo in catalog.vectors.unread(9)):
        for photo in catalog.vectors.unread(9):
            if photo.photo_id != unread:
                read = {key: vector(text) for key, text in photo.sentences.items()}
                catalog.vectors.keep([photo.photo_id], read)
    cosines = catalog.vectors.cosines(vector("a dog on grass"), np.array([unread, cat, dog, 999]), 4)
    assert np.isnan(cosines[[0, 3]]).all()
    assert cosines[2] > 0.99 > 0.9 > cosines[1] > 0.3
    rough = catalog.vectors.cosines(vector("a dog on grass"), np.array([dog, cat, 999]), 0)
    assert rough[:2] == pytest.approx([cosines[2], cosines[1]], abs=0.25)
    assert np.isnan(rough[2])
    assert catalog.vectors.vector_of(unread) is None
    own = catalog.vectors.vector_of(dog)
    assert own is not None
    assert own @ vector("a dog on grass") > 0.99


def test_several_captions_count_together(catalog: Catalog) -> None:
    both, one = captioned(catalog, "a dog", "a bench")
    catalog.set_user_caption(both, "an old bench in a park")
    read_all(catalog)
    cosines = catalog.vectors.cosines(vector("a dog"), np.array([both]), 1)
    expected = vector("a dog") + vector("an old bench in a park")
    assert cosines[0] == pytest.approx(expected @ vector("a dog") / np.sqrt(expected @ expected), abs=0.01)
    assert found(catalog, "a dog") == [both, one]
