"""What files say of themselves leaves with an export and comes in again with an import."""

import io
import json

from blipdesk.catalog import Catalog
from blipdesk.domain.jobs import CaptionCommit, CaptionResult
from blipdesk.domain.ratings import rating_of
from blipdesk.domain.values import FileFacts, FileStamp, SeenFile
from blipdesk.services.exchange import import_jsonl, write_csv, write_jsonl

FACTS = FileFacts(
    taken_at="2024-05-01T10:20:30", taken_zone="+02:00", camera="TestCam", lens="50 mm", exposure="ISO 100",
    latitude=52.5, longitude=13.4, title="=Harbour at dusk", rating=-1, keywords=("Paris",),
    keyword_paths=("Places|France|Paris",),
)  # fmt: skip


def library(folder, facts):
    catalog = Catalog.open(folder)
    root = catalog.add_folder("/photos")
    (photo_id,) = catalog.register(root.id, [SeenFile("/photos/a.jpg", FileStamp(9, 9), "c")])
    catalog.enqueue_pending("m")
    (job,) = catalog.claim("m", 1)
    done = CaptionCommit(
        job.id, photo_id, "c", "m", "JPEG", 4, 3, "p", False, facts, CaptionResult("a boat", "a boat")
    )
    catalog.commit_captions([done])
    return catalog, photo_id


def exported(catalog):
    out = io.StringIO()
    write_jsonl(catalog, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_out_and_in_again(tmp_path):
    there, _ = library(tmp_path / "there", FACTS)
    (record,) = exported(there)
    assert (record["title"], record["rating"], record["taken"]) == (
        "=Harbour at dusk", -1, "2024-05-01T10:20:30+02:00"
    )  # fmt: skip
    lines = tmp_path / "all.jsonl"
    lines.write_text(json.dumps(record))
    here = Catalog.open(tmp_path / "here")
    assert import_jsonl(here, lines, lambda left: None) == (1, 1)
    (again,) = exported(here)
    keys = (
        "title",
        "rating",
        "taken",
        "latitude",
        "longitude",
        "camera",
        "lens",
        "exposure",
        "keyword_paths",
    )
    assert {key: again[key] for key in keys} == {key: record[key] for key in keys}
    assert [hit.why for hit in here.search("france")] == ["keyword: france"]
    out = io.StringIO()
    write_csv(there, out)
    assert "'=Harbour at dusk" in out.getvalue()  # no formula
    there.close(), here.close()


def test_a_file_that_was_read_here_knows_better(tmp_path):
    catalog, photo_id = library(tmp_path / "data", FileFacts(title="Read here"))
    lines = tmp_path / "all.jsonl"
    lines.write_text(json.dumps({"path": "/photos/a.jpg", "title": "Imported", "rating": 5}))
    import_jsonl(catalog, lines, lambda left: None)
    facts = catalog.photo(photo_id).facts
    assert (facts.title, facts.rating) == ("Read here", None)
    catalog.close()


def test_what_makes_no_sense_is_left_out(tmp_path):
    catalog = Catalog.open(tmp_path / "data")
    lines = tmp_path / "all.jsonl"
    record = {
        "path": "/photos/a.jpg", "title": 5, "rating": 9, "taken": "yesterday", "latitude": "north",
        "longitude": 1e400, "keyword_paths": "Places",
    }  # fmt: skip
    lines.write_text(json.dumps(record))
    assert import_jsonl(catalog, lines, lambda left: None) == (1, 1)
    photo = catalog.photo_by_path("/photos/a.jpg")
    assert photo.facts == FileFacts()
    catalog.close()


def test_a_persons_stars_leave_and_come_in_again(tmp_path):
    there, photo_id = library(tmp_path / "there", FileFacts(rating=5))
    there.set_favourite([photo_id], False)
    (record,) = exported(there)
    assert (record["rating"], record["user_rating"]) == (5, 0)
    lines, left = tmp_path / "all.jsonl", []
    lines.write_text(json.dumps(record))
    here, other_id = library(tmp_path / "here", FileFacts(rating=5))
    import_jsonl(here, lines, left.append)
    assert (rating_of(here.photo(other_id)), left) == (0, [])
    here.set_favourite([other_id], True)
    import_jsonl(here, lines, left.append)
    assert (rating_of(here.photo(other_id)), [what.field for what in left]) == (5, ["user_rating"])
    there.close(), here.close()
