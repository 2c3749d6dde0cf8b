"""Words that came into a file since it was last read: nothing typed here is written over them unseen."""

from dataclasses import replace

import pytest
from PIL import Image
from undo_desk import BESIDE, EMBED, EVERYTHING, Desk, outcomes

from blipdesk.domain.values import Source
from blipdesk.domain.writes import ExistingText, KeepText, UndoOutcome, WriteOutcome
from blipdesk.pipeline.decoder import LocalDecoder
from blipdesk.pipeline.pictures import Pictures
from blipdesk.services.editing import EditingService
from blipdesk.services.exchange import photo_record

REPLACE = replace(EMBED, existing=ExistingText.REPLACE)
POLICIES = pytest.mark.parametrize("policy", [EMBED, BESIDE], ids=["embed", "sidecar"])


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def somebody_writes(path, text, comment=None):
    """Another program rewrites the metadata, ours with it."""
    with Image.open(path) as image:
        exif = Image.Exif()
        exif[0x010E] = text
        if comment is not None:
            exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + comment.encode()
        image.save(path, "JPEG", quality="keep", exif=exif)


def captions_of(path):
    with Image.open(path) as image:
        return image.getexif().get(0x010E), image.getexif().get_ifd(0x8769).get(0x9286)


def edit(desk, path, text):
    desk.catalog.set_user_caption(desk.photo(path).id, text)


def scan(desk, path):
    """What a scan and the reading after it do with a changed file."""
    desk.register(path)
    desk.catalog.enqueue_forced([desk.photo(path).id], "m")
    desk.caption(*desk.meet(path))


def disputed(desk):
    return [(conflict.mine, conflict.file) for conflict in desk.catalog.conflicts()]


def passed(desk, policy):
    """One look of the background, which may write everything."""
    before = desk.files()
    desk.back.set_policy(policy)
    desk.back._write_pass(policy)
    after = desk.files()
    return sorted(name for name in after if after[name] != before.get(name))


def never_written(desk, path):
    edit(desk, path, "Mine")


def written(desk, path, policy):
    edit(desk, path, "Mine")
    desk.write(policy, path)


def edited_again(desk, path, policy):
    written(desk, path, policy)
    edit(desk, path, "Mine, too")


def taken_back(desk, path, policy):
    written(desk, path, policy)
    desk.undo()


def changed_keywords(desk, path, policy):
    written(desk, path, policy)
    desk.catalog.add_keyword(desk.photo(path).id, "Pet")


ORDERS = pytest.mark.parametrize(
    "before",
    [lambda d, p, _: never_written(d, p), edited_again, taken_back, changed_keywords],
    ids=["never written", "edited again", "taken back", "keywords"],
)


@POLICIES
@ORDERS
def test_whoever_asks_is_asked_and_the_file_stays_as_it_is(desk, before, policy):
    path, other = desk.captioned("a.jpg", "b.jpg")
    before(desk, path, policy)
    somebody_writes(path, "Theirs")
    held = desk.files()
    edit(desk, other, "The other")
    reports = desk.write(policy)
    assert outcomes(reports)[0] is WriteOutcome.KEPT and "decide" in reports[0].note
    assert outcomes(reports)[1] in (WriteOutcome.EMBEDDED, WriteOutcome.SIDECAR), "the rest goes on"
    left = desk.files()
    assert {name: left[name] for name in held if name != "b.jpg"} == {
        name: held[name] for name in held if name != "b.jpg"
    }
    (conflict,) = disputed(desk)
    assert conflict == (desk.photo(path).caption, "Theirs") and desk.photo(path).source is Source.USER
    assert desk.write(policy, path) == [], "it waits to be decided"


@POLICIES
def test_the_background_asks_as_well(desk, policy):
    (path,) = desk.captioned("a.jpg")
    edit(desk, path, "Mine")
    somebody_writes(path, "Theirs")
    assert passed(desk, policy) == []
    assert disputed(desk) == [("Mine", "Theirs")]
    assert passed(desk, policy) == []


def test_a_caption_typed_before_the_file_was_ever_read_is_no_answer_to_what_it_says(desk):
    path = desk.put("a.jpg", caption="Theirs")
    desk.register(path)
    edit(desk, path, "Mine")
    held = path.read_bytes()
    assert outcomes(desk.write()) == [WriteOutcome.KEPT]
    assert (path.read_bytes(), disputed(desk)) == (held, [("Mine", "Theirs")])


def test_or_by_the_scan_that_reads_it_first(desk):
    path = desk.put("a.jpg", caption="Theirs")
    desk.register(path)
    edit(desk, path, "Mine")
    held = path.read_bytes()
    desk.caption(*desk.meet(path))
    assert disputed(desk) == [("Mine", "Theirs")]
    assert desk.write() == [] and path.read_bytes() == held


@POLICIES
def test_nor_to_what_somebody_writes_between_our_write_and_the_scan_that_reads_it_first(desk, policy):
    path = desk.put("a.jpg")
    desk.register(path)
    written(desk, path, policy)
    somebody_writes(path, "Theirs, corrected later")
    held = path.read_bytes()
    desk.caption(*desk.meet(path))
    assert disputed(desk) == [("Mine", "Theirs, corrected later")]
    assert desk.write(policy) == [] and path.read_bytes() == held


def test_a_caption_that_came_with_a_record_is_no_answer_to_what_the_file_says(desk):
    path = desk.put("a.jpg", caption="Theirs, in autumn")
    desk.register(path)
    texts = {"user_caption": "Mine, in spring", "file_caption": "Theirs", "source": "user"}
    desk.catalog.import_records([{"path": str(path), **texts}])
    held = path.read_bytes()
    desk.caption(*desk.meet(path))
    assert disputed(desk) == [("Mine, in spring", "Theirs, in autumn")]
    assert desk.write() == [] and path.read_bytes() == held
    assert photo_record(desk.photo(path), (), (), {})["file_caption"] is None, "nobody knew of it"


class Worker(Pictures):
    """The pipeline's part that edits need."""

    def __init__(self, catalog):
        super().__init__(catalog, None, LocalDecoder())

    def wake(self):
        pass


def service(desk):
    """What the app and the command line edit with."""
    return EditingService(desk.catalog, lambda: Worker(desk.catalog))


@pytest.mark.parametrize("imported", [False, True], ids=["typed", "typed over a record's"])
@pytest.mark.parametrize("read_first", [False, True], ids=["written first", "read first"])
def test_words_that_nobody_has_read_are_read_before_a_caption_is_typed_for_them(desk, read_first, imported):
    path = desk.put("a.jpg", caption="Theirs")
    desk.register(path)
    if imported:
        desk.catalog.import_records([{"path": str(path), "user_caption": "Before", "source": "user"}])
    service(desk).set_caption(desk.photo(path).id, "Mine")
    assert desk.photo(path).file_caption == "Theirs" and disputed(desk) == []
    if read_first:
        desk.caption(*desk.meet(path))
    assert outcomes(desk.write()) == [WriteOutcome.EMBEDDED]
    assert captions_of(path)[0] == "Mine" and disputed(desk) == []
    desk.undo()
    assert captions_of(path)[0] == "Theirs"


def test_what_comes_into_such_a_file_after_that_is_asked_about(desk):
    path = desk.put("a.jpg", caption="Theirs")
    desk.register(path)
    service(desk).set_caption(desk.photo(path).id, "Mine")
    somebody_writes(path, "Theirs, corrected later")
    desk.caption(*desk.meet(path))
    assert disputed(desk) == [("Mine", "Theirs, corrected later")]
    assert desk.write() == []


def test_a_file_that_cannot_be_read_has_words_that_nobody_knows(desk):
    path = desk.put("a.jpg", caption="Theirs")
    desk.register(path)
    away = path.rename(path.with_name("away"))
    service(desk).set_caption(desk.photo(path).id, "Mine")
    assert desk.photo(path).caption == "Mine"
    away.rename(path)
    desk.caption(*desk.meet(path))
    assert disputed(desk) == [("Mine", "Theirs")]


def test_our_own_text_there_is_not_the_files_when_it_is_typed_again(desk):
    path = desk.put("a.jpg")
    desk.register(path)
    written(desk, path, EMBED)
    service(desk).set_caption(desk.photo(path).id, "Mine")
    assert (desk.photo(path).user_caption, desk.photo(path).file_caption) == ("Mine", None)


def test_the_files_own_words_typed_again_are_still_the_files(desk):
    path = desk.put("a.jpg", caption="Theirs")
    desk.register(path)
    service(desk).set_caption(desk.photo(path).id, "Theirs")
    assert desk.photo(path).user_caption is None and desk.photo(path).source is Source.FILE


def test_a_sidecar_that_somebody_changed_asks_too(desk):
    (path,) = desk.captioned("a.jpg")
    written(desk, path, BESIDE)
    sidecar = desk.photos / "a.jpg.xmp"
    sidecar.write_bytes(sidecar.read_bytes().replace(b"Mine", b"Theirs"))
    edit(desk, path, "Mine, too")
    held = desk.files()
    for policy in (BESIDE, EMBED):
        assert set(outcomes(desk.write(policy, path))) <= {WriteOutcome.KEPT}
    assert desk.files() == held
    assert disputed(desk) == [("Mine, too", "Theirs")]


@pytest.mark.parametrize("before", [never_written, lambda d, p: taken_back(d, p, EMBED)])
def test_what_was_known_when_it_was_typed_gives_way(desk, before):
    (path,) = desk.captioned("a.jpg", caption="Theirs")
    before(desk, path)
    assert outcomes(desk.write()) == [WriteOutcome.EMBEDDED]
    assert captions_of(path)[0] == "Mine" and disputed(desk) == []
    assert outcomes(desk.undo()) == [UndoOutcome.RESTORED]
    assert captions_of(path)[0] == "Theirs"


def test_what_was_meant_to_replace_replaces_and_can_be_taken_back(desk):
    (path,) = desk.captioned("a.jpg")
    edit(desk, path, "Mine")
    somebody_writes(path, "Theirs")
    held = path.read_bytes()
    assert outcomes(desk.write(REPLACE)) == [WriteOutcome.EMBEDDED]
    assert captions_of(path)[0] == "Mine"
    desk.undo(EVERYTHING)
    assert path.read_bytes() == held


def test_one_decision_settles_a_photo_of_several_captions(desk):
    (path,) = desk.captioned("a.jpg")
    edit(desk, path, "Mine")
    somebody_writes(path, "Theirs", comment="Anna, 1950")
    scan(desk, path)
    assert disputed(desk) == [("Mine", "Theirs")]
    desk.catalog.decide([desk.photo(path).id], KeepText.MINE)
    assert outcomes(desk.write()) == [WriteOutcome.EMBEDDED]
    assert captions_of(path) == ("Mine", b"ASCII\0\0\0Anna, 1950")
    scan(desk, path)
    assert disputed(desk) == [], "what stands there still was seen when it was decided"
    edit(desk, path, "Mine, too")
    assert outcomes(desk.write()) == [WriteOutcome.EMBEDDED]
    desk.undo(EVERYTHING)
    scan(desk, path)
    assert disputed(desk) == [] and captions_of(path)[0] == "Theirs"


def test_words_that_come_beside_known_ones_are_what_is_asked_about(desk):
    (path,) = desk.captioned("a.jpg", caption="Known")
    edit(desk, path, "Mine")
    somebody_writes(path, "Known", comment="New")
    assert outcomes(desk.write()) == [WriteOutcome.KEPT]
    assert disputed(desk) == [("Mine", "New")]
    scan(desk, path)
    assert disputed(desk) == [("Mine", "New")]


@pytest.mark.parametrize("keep", list(KeepText))
def test_each_decision_ends_it(desk, keep):
    (path,) = desk.captioned("a.jpg")
    edit(desk, path, "Mine")
    somebody_writes(path, "Theirs")
    desk.write()
    desk.catalog.decide([desk.photo(path).id], keep)
    desk.write()
    assert captions_of(path)[0] == ("Mine" if keep is KeepText.MINE else "Theirs")
    scan(desk, path)
    assert disputed(desk) == []
