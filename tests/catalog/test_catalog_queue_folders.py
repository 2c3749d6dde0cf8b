"""The queue by folder, and a folder that goes first."""

from __future__ import annotations

from catalog_samples import add_photos

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.domain.jobs import WaitingFolder


def test_what_waits_is_counted_by_folder_the_next_one_first(catalog: Catalog) -> None:
    add_photos(catalog, "/photos/old/1.jpg", "/photos/old/2.jpg", "/photos/new/3.jpg")
    assert catalog.waiting_folders() == []
    catalog.enqueue_pending("m")
    found = catalog.waiting_folders()
    assert sorted(found, key=lambda folder: folder.path) == [
        WaitingFolder("/photos/new", 1), WaitingFolder("/photos/old", 2),
    ]  # fmt: skip
    (next_one,) = catalog.claim("m", 1)
    assert next_one.path.startswith(found[0].path)


def test_a_folder_goes_first_in_its_own_order_also_after_a_restart(catalog: Catalog) -> None:
    add_photos(catalog, *(f"/photos/{folder}/{n}.jpg" for folder in "abc" for n in range(3)))
    catalog.enqueue_pending("m")
    usual = [job.path for job in catalog.claim("m", 9)]
    catalog.clear_claims()
    for folder in ("a", "c", "b", "c"):
        assert catalog.move_to_front(f"/photos/{folder}") == 3
        first = [path for path in usual if path.startswith(f"/photos/{folder}/")]
        assert [job.path for job in catalog.claim("m", 3)] == first
        catalog.clear_claims()
    assert [folder.path for folder in catalog.waiting_folders()] == ["/photos/c", "/photos/b", "/photos/a"]


def test_only_the_folder_itself_is_moved(catalog: Catalog) -> None:
    add_photos(catalog, "/photos/a/1.jpg", "/photos/a/inside/2.jpg")
    catalog.enqueue_pending("m")
    assert catalog.move_to_front("/photos/a") == 1
    assert catalog.move_to_front("/photos/nothing") == 0
    assert catalog.waiting_folders() == [
        WaitingFolder("/photos/a", 1),
        WaitingFolder("/photos/a/inside", 1),
    ]


def test_photos_of_one_cause_are_known(catalog: Catalog) -> None:
    ids = add_photos(catalog, *(f"/photos/{n}.jpg" for n in range(3)))
    catalog.enqueue_pending("m")
    big = Problem(ProblemKind.TOO_LARGE, "Too large.", "")
    for job in catalog.claim("m", 3):
        cut = Problem(ProblemKind.UNREADABLE, f"{job.path.rpartition('/')[2]} is cut off.", "Copy it again.")
        catalog.fail(job.id, big if job.photo_id == ids[1] else cut)
    (cause, count), other = catalog.problems()
    assert (cause.message, count, other) == ("The file is cut off.", 2, (big, 1))
    assert sorted(catalog.failed_by(cause)) == [ids[0], ids[2]]
    assert catalog.failed_by(big) == [ids[1]]
