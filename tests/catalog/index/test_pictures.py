"""Search by pictures over a catalog: one model's vectors, one row a photo, whatever happens to photos."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from catalog_samples import add_photos
from vector_steps import read_all as read_sentences
from vector_steps import vector

from blipdesk.catalog import Catalog
from blipdesk.catalog.index import sizes
from blipdesk.catalog.index.fused import Meaning, Shown
from blipdesk.catalog.index.picture_index import PictureQuery
from blipdesk.domain.jobs import ReadPicture
from blipdesk.domain.query import parse_query
from blipdesk.domain.search import SearchRequest
from blipdesk.domain.values import LibraryView, SortOrder

MODEL = "blip-itm@1/retrieval"


def embedding(text: str, width: int = 256) -> tuple[float, ...]:
    """What the model makes of a picture that shows this, and of the text."""
    values = vector(text)[:width]
    return tuple((values / np.sqrt(values @ values)).tolist())


def photos(catalog: Catalog, *shown: str) -> list[int]:
    """A photo that shows each of these, none read yet; equal ones are one picture in two places."""
    ids = []
    for text in shown:
        number = len(list(catalog.all_photo_ids()))
        ids += add_photos(catalog, f"/photos/IMG_{number}.jpg")
        pixels = f"UPDATE photo SET pixel_hash = '{text}' WHERE id = {ids[-1]}"
        catalog._database.write(lambda tx, pixels=pixels: tx.connection.exec_driver_sql(pixels))
    return ids


def read_all(catalog: Catalog, model: str = MODEL, width: int = 256) -> list[str]:
    """Read every picture; the pixels of those that were looked at."""
    if catalog.pictures.model.key != model:
        catalog.pictures.begin(model, width)
    looked_at = []
    while unread := catalog.pictures.unread(2):
        known = catalog.pictures.known([photo.pixel_hash for photo in unread])
        new = dict.fromkeys(photo.pixel_hash for photo in unread if photo.pixel_hash not in known)
        looked_at += new
        read = [ReadPicture(pixels, embedding(pixels, width)) for pixels in new]
        assert not read or catalog.pictures.keep(model, read)
        catalog.pictures.take_in([photo.photo_id for photo in unread])
    return looked_at


def found(catalog: Catalog, text: str, count: int = 10, width: int = 256) -> list[int]:
    ids, _ = catalog.pictures.nearest(np.array(embedding(text, width), np.float32), count)
    return list(map(int, ids))


def caption(catalog: Catalog, captions: dict[int, str]) -> None:
    """Somebody says what photos show."""
    for photo_id, text in captions.items():
        catalog.set_user_caption(photo_id, text)


def measure(catalog: Catalog, width: int = 256) -> list[str]:
    """Put captions to the model; those that were."""
    captioned = catalog.pictures.captioned()
    texts = [text for _, text in captioned]
    catalog.pictures.measure([id_ for id_, _ in captioned], [embedding(text, width) for text in texts])
    return texts


SHOWN = ("a dog on grass", "a cat at home", "one red car", "two boats", "an old tower", "our lunch", "snow")


def test_the_photo_that_shows_it_comes_first(catalog: Catalog) -> None:
    dog, cat, car = photos(catalog, "a dog on grass", "a cat on grass", "a red car")
    read_all(catalog)
    assert found(catalog, "a dog on grass") == [dog, cat, car]


def test_nothing_is_asked_of_a_model_before_it_is_known_to_know_such_pictures(catalog: Catalog) -> None:
    ids = photos(catalog, *SHOWN)
    assert catalog.pictures.query(embedding("a dog")) is None, "nothing was read"
    read_all(catalog)
    assert catalog.pictures.is_to_be_measured()
    assert measure(catalog) == []
    assert catalog.pictures.query(embedding("a dog")) is None, "nothing was said of any"
    assert not catalog.pictures.is_to_be_measured(), "what was seen counts until there is more"
    caption(catalog, dict(zip(ids, SHOWN, strict=True)))
    assert catalog.pictures.is_to_be_measured()
    assert sorted(measure(catalog)) == sorted(SHOWN)
    query = catalog.pictures.query(embedding("one red car"))
    nearness = query.nearness(catalog.pictures.cosines(query.vector, np.array([ids[2], ids[0]]), 2))
    assert nearness[0] == pytest.approx(1, abs=0.02)
    assert nearness[1] < 0.2
    assert catalog.pictures.query(embedding("one red car", 128)) is None, "of another model"


def test_captions_that_say_nothing_of_their_photos_do_not_count(catalog: Catalog) -> None:
    """A camera writes its name for a caption, people write names, or in another language."""
    ids = photos(catalog, *SHOWN, *(f"picture of thing{number}" for number in range(9)))
    read_all(catalog)
    caption(catalog, dict(zip(ids, SHOWN, strict=False)))
    caption(catalog, dict.fromkeys(ids[7:12], "OLYMPUS DIGITAL CAMERA"))
    caption(catalog, {ids[12]: "Anna", ids[13]: "公園の犬", ids[14]: "Geburtstag"})
    assert "公園の犬" not in measure(catalog)
    assert catalog.pictures.model.scale.captions == 10
    assert catalog.pictures.model.scale.tells_apart


def test_a_model_to_which_all_captions_are_as_near_knows_nothing(catalog: Catalog) -> None:
    ids = photos(catalog, *(f"thing{number}" for number in range(30)))
    read_all(catalog)
    caption(catalog, {photo_id: f"a sentence of people{photo_id}" for photo_id in ids})
    measure(catalog)
    assert catalog.pictures.model.scale.captions == 30
    assert not catalog.pictures.model.scale.tells_apart
    assert catalog.pictures.query(embedding("thing3")) is None


def test_captions_from_all_over_the_library_are_put_to_the_model(catalog: Catalog) -> None:
    ids = photos(catalog, *(f"thing{number}" for number in range(40)))
    read_all(catalog)
    caption(catalog, {photo_id: f"thing number{photo_id}" for photo_id in ids})
    some = [photo_id for photo_id, _ in catalog.pictures.captioned(10)]
    assert len(some) == 10
    assert ids.index(min(some)) < 4
    assert ids.index(max(some)) > 34
    catalog.mark_missing(ids)
    assert len(catalog.pictures.captioned(10)) == 10, "what was seen is known all the same"


def test_a_picture_in_two_places_is_read_once_and_both_are_found(catalog: Catalog) -> None:
    here, there = photos(catalog, "a dog on grass", "a dog on grass")
    assert read_all(catalog) == ["a dog on grass"]
    assert catalog.pictures._store.count() == 1
    assert sorted(found(catalog, "a dog on grass")) == [here, there]
    (later,) = photos(catalog, "a dog on grass")
    assert later in found(catalog, "a dog on grass"), "known before it was looked at"
    assert catalog.pictures.unread(5) == []


def test_the_vectors_of_another_model_are_others(catalog: Catalog) -> None:
    dog, cat = photos(catalog, "a dog on grass", "a cat on grass")
    read_all(catalog)
    catalog.pictures.begin("blip2-itm@2/retrieval", 192)
    assert catalog.pictures.so_far().unread == 2
    assert read_all(catalog, "blip2-itm@2/retrieval", 192) == ["a cat on grass", "a dog on grass"]
    assert found(catalog, "a dog on grass", width=192) == [dog, cat]
    catalog.pictures.begin(MODEL, 256)
    assert catalog.pictures.unread(5) == [], "what the first one saw is there still"


def test_what_another_model_saw_for_once_changes_no_search(catalog: Catalog) -> None:
    dog, _ = photos(catalog, "a dog on grass", "a cat on grass")
    read_all(catalog)
    other = [ReadPicture("a dog on grass", embedding("a whale"))]
    assert catalog.pictures.keep("blip2-itm@2/retrieval", other, take_over=False)
    assert catalog.pictures.model.key == MODEL
    assert found(catalog, "a dog on grass", 1) == [dog]


def test_changes_are_followed(catalog: Catalog) -> None:
    dog, cat = photos(catalog, "a dog on grass", "a cat on grass")
    read_all(catalog)
    edited = f"UPDATE photo SET pixel_hash = 'two boats at sea' WHERE id = {dog}"
    catalog._database.write(lambda tx: tx.connection.exec_driver_sql(edited))
    assert found(catalog, "a dog on grass") == [cat], "what it showed before counts no more"
    assert [photo.pixel_hash for photo in catalog.pictures.unread(5)] == ["two boats at sea"]
    read_all(catalog)
    assert found(catalog, "two boats at sea", 1) == [dog]
    catalog.mark_missing([cat])
    catalog.forget_missing([cat])
    assert found(catalog, "a cat on grass") == [dog]


def test_photos_that_cannot_be_read_now_hold_nobody_up(catalog: Catalog) -> None:
    ids = photos(catalog, *(f"picture {number}" for number in range(5)))
    catalog.pictures.begin(MODEL, 256)
    catalog.mark_missing(ids[2:])
    assert [photo.photo_id for photo in catalog.pictures.unread(1)] == [ids[1]]
    catalog.pictures.pass_over([ids[1]])
    assert [photo.photo_id for photo in catalog.pictures.unread(5)] == [ids[0]]
    catalog.mark_present(ids[4:])
    assert [photo.photo_id for photo in catalog.pictures.unread(5)] == [ids[4], ids[0]]


@pytest.mark.parametrize("dull", [0.0, 3.0])
def test_the_scale_is_that_of_the_model(catalog: Catalog, dull: float) -> None:
    """Whatever a model's cosines are: photos in general have 0, what fits as captions do has 1."""

    def seen(text: str) -> tuple[float, ...]:
        values = np.array(embedding(text)) + dull * np.array(embedding("anything"))
        return tuple((values / np.sqrt(values @ values)).tolist())

    ids = photos(catalog, *SHOWN)
    catalog.pictures.begin(MODEL, 256)
    pictures = [ReadPicture(photo.pixel_hash, seen(photo.pixel_hash)) for photo in catalog.pictures.unread(9)]
    catalog.pictures.keep(MODEL, pictures)
    catalog.pictures.take_in(ids)
    caption(catalog, dict(zip(ids, SHOWN, strict=True)))
    captioned = catalog.pictures.captioned()
    catalog.pictures.measure([id_ for id_, _ in captioned], [seen(text) for _, text in captioned])
    query = catalog.pictures.query(seen("two boats"))
    nearness = query.nearness(catalog.pictures.cosines(query.vector, np.array(ids), 9)).tolist()
    assert nearness.pop(3) == pytest.approx(1, abs=0.05)
    assert max(nearness) < 0.3


@pytest.mark.parametrize(
    "kept", [{"key": MODEL, "width": 256, "level": 0.3, "captions": 1000, "more": 1}, []]
)
def test_what_another_version_kept_of_a_model_is_measured_anew(catalog: Catalog, kept: object) -> None:
    catalog.set_setting("picture_model", kept)
    assert not catalog.pictures.model.scale.tells_apart
    photos(catalog, *SHOWN)
    read_all(catalog)
    assert catalog.pictures.is_to_be_measured()


def files(catalog: Catalog) -> list[Path]:
    return sorted((catalog.data_dir / "search").glob("*.pictures*"))


def test_a_large_catalog_has_a_file_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "SMALL", 3)
    catalog = Catalog.open(tmp_path / "data")
    ids = photos(catalog, "a dog", "a cat", "two dogs", "a red car", "dogs and cats")
    catalog.pictures.begin(MODEL, 256)
    assert not catalog.pictures.so_far().is_ready
    catalog.pictures.keep_up()
    read_all(catalog)
    catalog.pictures.keep_up()
    assert len(files(catalog)) == 1
    catalog.close()
    catalog = Catalog.open(tmp_path / "data")
    later = photos(catalog, "a red car", "a green car")
    assert set(found(catalog, "a red car", 2)) == {ids[3], later[0]}
    assert [photo.photo_id for photo in catalog.pictures.unread(5)] == [later[1]]
    catalog.pictures.begin("blip2-itm@2/retrieval", 192)
    assert not catalog.pictures.so_far().is_ready, "a file of the other model is none of this one's"
    catalog.pictures.keep_up()
    assert catalog.pictures.so_far().unread == 7
    catalog.close()


def test_a_file_that_is_lost_during_an_answer_takes_no_other_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "SMALL", 3)
    catalog = Catalog.open(tmp_path / "data")
    dog, *others = photos(catalog, *SHOWN)
    catalog.pictures.begin(MODEL, 256)
    caption(catalog, dict(zip([dog, *others], SHOWN, strict=True)))
    catalog.search_index.keep(wait=True)
    for index, read in ((catalog.vectors, read_sentences), (catalog.pictures, read_all)):
        index.keep_up()
        read(catalog)
        index.keep_up()
    lost: list[str] = []
    catalog.vectors.on_lost = lambda: lost.append("sentences")
    catalog.pictures.on_lost = lambda: lost.append("pictures")
    assert found(catalog, SHOWN[0], 1) == [dog]
    request = SearchRequest("a dog", LibraryView(order=SortOrder.RELEVANCE))
    look = PictureQuery(np.array(embedding(SHOWN[0]), np.float32), 0.0, 1.0)
    meaning, shown = Meaning(catalog.vectors, vector(SHOWN[0])), Shown(catalog.pictures, look)
    os.truncate(files(catalog)[0], 100)
    answer = catalog.search_index.answer(request, parse_query("a dog"), meaning, shown)
    assert answer is not None and answer.ids[0] == dog
    assert lost == ["pictures"]
    catalog.close()


def test_a_lost_store_is_read_again(tmp_path: Path) -> None:
    catalog = Catalog.open(tmp_path / "data")
    (dog,) = photos(catalog, "a dog")
    read_all(catalog)
    catalog.close()
    (tmp_path / "data" / "pictures.db").unlink()
    catalog = Catalog.open(tmp_path / "data")
    assert read_all(catalog) == ["a dog"]
    assert found(catalog, "a dog") == [dog]
    catalog.close()
