"""Title, stars, zone and keyword hierarchies of files: stored, found, and never ours."""

from dataclasses import replace

import pytest
from catalog_samples import add_photos, caption_all, result_of
from catalog_write_samples import embed, note_write, pending, take_in

from blipdesk.domain.jobs import Job
from blipdesk.domain.values import FileFacts, WriteTarget
from blipdesk.domain.writes import WriteOutcome

FACTS = FileFacts(
    taken_at="2024-05-01T10:20:30",
    taken_zone="+02:00",
    title="Harbour at dusk",
    rating=4,
    keywords=("Paris", "Anna"),
    keyword_paths=("Places|France|Paris",),
)


@pytest.fixture
def photo(catalog):
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    caption_all(catalog, "a boat", facts=FACTS)
    return photo_id


def test_what_a_file_says_is_kept_as_it_was_read(catalog, photo):
    facts = catalog.photo(photo).facts
    assert (facts.title, facts.rating, facts.taken_zone) == ("Harbour at dusk", 4, "+02:00")
    assert facts.keyword_paths == ("Places|France|Paris",)


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("dusk", "title: dusk"),
        ("paris", "keyword: paris"),
        ("france", "keyword: france"),
        ("places", "keyword: places"),
    ],
)
def test_titles_and_all_levels_of_keywords_are_found(catalog, photo, query, why):
    assert [(hit.photo_id, hit.why) for hit in catalog.search(query)] == [(photo, why)]


def test_a_keyword_that_was_taken_off_is_not_found_by_what_it_stands_in(catalog, photo):
    catalog.remove_keyword(photo, "Paris")
    assert catalog.search("france") == []


def test_a_caption_that_came_into_the_file_makes_the_photo_due_again(catalog):
    """A machine's words that were written before may hide it there."""
    add_photos(catalog, "/photos/a.jpg")
    catalog.enqueue_pending("m")
    (job,) = catalog.claim("m", 1)
    catalog.commit_captions([result_of(job, "a boat")])
    (due,) = pending(catalog)
    note_write(catalog, due.photo_id, WriteOutcome.UNCHANGED, "", due.text, WriteTarget.EMBED)
    assert pending(catalog) == []
    alone = replace(result_of(job, metadata_only=True, facts=FACTS), job_id=0)
    catalog.commit_captions([alone])
    assert pending(catalog) == []
    catalog.commit_captions([replace(alone, facts=FileFacts(caption="Anna"))])
    assert [due.text.caption for due in pending(catalog)] == ["Anna"]


def test_a_title_that_we_wrote_for_explorer_is_nobodys(catalog):
    """Another program may have dropped our marks."""
    due_id = take_in(catalog)
    caption_all(catalog, "Ein Hund läuft")
    (due,) = pending(catalog)
    embed(catalog)
    title = due.text.caption
    adopted = FileFacts(title=title, rating=3)
    now = catalog.photo(due_id)
    job = Job(0, due_id, now.path, now.content_hash, "m", 0, 0, now.pixel_hash, True)
    catalog.commit_captions([result_of(job, metadata_only=True, facts=adopted)])
    facts = catalog.photo(due_id).facts
    assert (facts.title, facts.rating) == (None, 3)
