from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from catalog_samples import QUICK_FOLDER, add_photos, caption_all, result_of, seen
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from blipdesk.catalog import Catalog, paths
from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.domain.jobs import Job, QueueCounts
from blipdesk.domain.values import FolderState, PhotoState

BROKEN = Problem(ProblemKind.UNREADABLE, "The picture is cut off.", "Copy it again.")


def state(catalog: Catalog, photo_id: int) -> PhotoState:
    photo = catalog.photo(photo_id)
    assert photo is not None
    return photo.state


def test_everything_is_queued_once(catalog: Catalog) -> None:
    add_photos(catalog, "/photos/a.jpg", "/photos/b.jpg")
    assert catalog.enqueue_pending("m") == 2
    assert catalog.enqueue_pending("m") == 0
    assert caption_all(catalog) == 2
    assert catalog.enqueue_pending("m") == 0
    assert catalog.queue_counts() == QueueCounts(done=2)


def test_visible_photos_come_first_then_the_newest_and_interrupted_ones_last(catalog: Catalog) -> None:
    ids = add_photos(catalog, *(f"/photos/{n}.jpg" for n in range(6)))
    catalog.enqueue_pending("m")
    (interrupted,) = catalog.claim("m", 1, first=[ids[5]])
    catalog.begin_attempt(interrupted.id)
    catalog.clear_claims()  # the program was killed and starts again
    order = [job.photo_id for job in catalog.claim("m", 10, first=[ids[2], ids[5], ids[0]])]
    assert order == [ids[2], ids[0], ids[4], ids[3], ids[1], ids[5]]


def test_a_claim_takes_no_more_than_asked_and_nothing_twice(catalog: Catalog) -> None:
    ids = add_photos(catalog, *(f"/photos/{n}.jpg" for n in range(9)))
    catalog.enqueue_pending("m")
    taken = []
    while jobs := catalog.claim("m", 4, first=ids[3:5]):
        assert len(jobs) <= 4
        taken += [job.photo_id for job in jobs]
    assert sorted(taken) == ids
    assert catalog.claim("m", 4) == []


def test_being_killed_never_counts_as_a_death(catalog: Catalog) -> None:
    add_photos(catalog, "/photos/a.jpg")
    catalog.enqueue_pending("m")
    for _ in range(5):
        (job,) = catalog.claim("m", 1)
        catalog.begin_attempt(job.id)
        assert catalog.clear_claims() == 1
    (job,) = catalog.claim("m", 1)
    assert (job.attempts, job.deaths) == (5, 0)
    assert [catalog.record_death(job.id), catalog.record_death(job.id)] == [1, 2]


def test_a_release_in_order_is_no_interruption(catalog: Catalog) -> None:
    ids = add_photos(catalog, "/photos/a.jpg", "/photos/b.jpg")
    catalog.enqueue_pending("m")
    (newest,) = catalog.claim("m", 1)
    catalog.begin_attempt(newest.id)
    catalog.release([newest.id])
    assert [job.photo_id for job in catalog.claim("m", 1)] == [ids[1]]


def test_a_failure_keeps_its_reason_until_it_is_retried(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.enqueue_pending("m")
    (job,) = catalog.claim("m", 1)
    catalog.fail(job.id, BROKEN)
    assert state(catalog, photo_id) is PhotoState.FAILED
    (tile,) = catalog.tiles([photo_id])
    assert tile.problem == BROKEN
    assert catalog.problems() == [(BROKEN, 1)]
    assert catalog.enqueue_pending("m") == 0
    assert catalog.clear_claims() == 0
    assert catalog.retry() == 1
    assert catalog.problems() == []
    assert caption_all(catalog) == 1
    assert state(catalog, photo_id) is PhotoState.DONE


@pytest.mark.parametrize("kind", [ProblemKind.IO, ProblemKind.VANISHED, ProblemKind.NO_ACCESS])
def test_what_failed_by_circumstance_is_tried_again_at_the_next_start(
    catalog: Catalog, kind: ProblemKind
) -> None:
    add_photos(catalog, "/photos/a.jpg")
    catalog.enqueue_pending("m")
    (job,) = catalog.claim("m", 1)
    catalog.fail(job.id, Problem(kind, "The disk failed.", ""))
    assert catalog.claim("m", 1) == []
    assert catalog.clear_claims() == 1
    assert len(catalog.claim("m", 1)) == 1


def test_cancelled_work_stays_away_until_the_next_start(catalog: Catalog) -> None:
    add_photos(catalog, "/photos/a.jpg", "/photos/b.jpg")
    catalog.enqueue_pending("m")
    (job,) = catalog.claim("m", 1)
    assert catalog.cancel_queued() == 1
    assert catalog.enqueue_pending("m") == 0
    catalog.commit_captions([result_of(job)])
    assert catalog.claim("m", 9) == []
    assert catalog.clear_claims() == 1
    assert len(catalog.claim("m", 9)) == 1


def test_missing_and_offline_photos_wait_without_being_claimed(catalog: Catalog) -> None:
    here, gone = add_photos(catalog, "/photos/a.jpg", "/photos/b.jpg")
    (away,) = add_photos(catalog, "/usb/c.jpg", root="/usb")
    catalog.enqueue_pending("m")
    usb = next(folder for folder in catalog.folders() if folder.path == "/usb")
    catalog.mark_missing([gone])
    catalog.set_folder_state(usb.id, FolderState.OFFLINE, "Not connected.")
    assert [state(catalog, number) for number in (here, gone, away)] == [
        PhotoState.QUEUED,
        PhotoState.MISSING,
        PhotoState.OFFLINE,
    ]
    assert catalog.queue_counts().queued == 1
    claimed = catalog.claim("m", 9)
    assert [job.photo_id for job in claimed] == [here]
    catalog.release([job.id for job in claimed])
    catalog.mark_present([gone])
    catalog.set_folder_state(usb.id, FolderState.ONLINE)
    assert {job.photo_id for job in catalog.claim("m", 9)} == {here, gone, away}


def test_a_run_that_comes_back_to_a_missing_photo_parks_it(catalog: Catalog) -> None:
    (gone,) = add_photos(catalog, "/photos/a.jpg")
    catalog.enqueue_pending("m")
    (job,) = catalog.claim("m", 1)
    catalog.mark_missing([gone])
    catalog.release([job.id])
    assert catalog.claim("m", 1) == []
    assert caption_all(catalog) == 0


def test_another_model_takes_over_what_waits_and_leaves_what_is_done(catalog: Catalog) -> None:
    _, waits = add_photos(catalog, "/photos/a.jpg", "/photos/b.jpg")
    catalog.enqueue_pending("old", roots=["/photos/a.jpg"])
    catalog.commit_captions([result_of(job) for job in catalog.claim("old", 9)])
    catalog.enqueue_pending("old")
    assert catalog.enqueue_pending("new") == 0
    assert catalog.claim("old", 9) == []
    assert [job.photo_id for job in catalog.claim("new", 9)] == [waits]


def test_another_model_also_tries_what_failed(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.enqueue_pending("old")
    (job,) = catalog.claim("old", 1)
    catalog.fail(job.id, BROKEN)
    catalog.enqueue_pending("new")
    assert caption_all(catalog, model="new") == 1
    assert state(catalog, photo_id) is PhotoState.DONE


def test_what_the_old_model_still_finishes_is_not_done_again(catalog: Catalog) -> None:
    add_photos(catalog, "/photos/a.jpg")
    catalog.enqueue_pending("old")
    (job,) = catalog.claim("old", 1)
    catalog.enqueue_pending("new")
    catalog.commit_captions([result_of(job)])
    assert caption_all(catalog, model="new") == 0


def test_caption_again_is_done_once_by_the_model_in_use(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    caption_all(catalog, "a cat")
    assert catalog.enqueue_forced([photo_id], "m") == 1
    assert catalog.enqueue_forced([photo_id], "m") == 1
    catalog.enqueue_pending("new")  # the model is changed before its turn comes
    (job,) = catalog.claim("new", 9)
    assert job.forced and job.has_caption
    catalog.commit_captions([result_of(job, "a dog")])
    photo = catalog.photo(photo_id)
    assert photo is not None and photo.model_caption == "a dog"
    assert caption_all(catalog, model="new") == 0


def test_a_removed_folder_is_not_worked_on_and_comes_back(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    catalog.enqueue_pending("m")
    folder = catalog.folders()[0]
    catalog.remove_folder(folder.id, forget=False)
    assert catalog.claim("m", 1) == []
    assert catalog.enqueue_pending("m") == 0
    catalog.add_folder("/photos")
    assert [job.photo_id for job in catalog.claim("m", 1)] == [photo_id]


class QueueMachine(RuleBasedStateMachine):
    """Any order of scans, claims, kills, failures and edits: nothing is lost and nothing done twice."""

    PATHS = tuple(f"/photos/{n}.jpg" for n in range(4))

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=QUICK_FOLDER)
        self.catalog = Catalog.open(Path(self.folder.name) / "data")
        self.root = self.catalog.add_folder("/photos")
        self.content: dict[str, str] = {}
        self.ids: dict[str, int] = {}
        self.claimed: list[Job] = []
        self.captions: Counter[tuple[int, str]] = Counter()
        self.allowed: Counter[tuple[int, str]] = Counter()
        self.user: dict[int, str] = {}

    def teardown(self) -> None:
        # In the end everything that is there gets its caption, whatever happened before.
        self.catalog.clear_claims()
        self.catalog.set_folder_state(self.root.id, FolderState.ONLINE)
        self.catalog.mark_present(list(self.ids.values()))
        self.catalog.retry()
        self.catalog.enqueue_pending("m")
        while jobs := self.catalog.claim("m", 3):
            self.claimed = jobs
            self.commit(3)
        for path, photo_id in self.ids.items():
            photo = self.catalog.photo(photo_id)
            assert photo is not None
            assert photo.state is PhotoState.DONE
            assert photo.model_caption == f"caption of {self.content[path]}"
        assert self.catalog.check() == []
        self.catalog.close()
        self.folder.cleanup()

    @rule(path=st.sampled_from(PATHS), content=st.sampled_from("AB"))
    def scan(self, path: str, content: str) -> None:
        new = f"{path} {content}"
        if self.content.get(path, new) != new:
            self.captions[(self.ids[path], new)] = 0  # a content that comes back is captioned anew
        self.content[path] = new
        (self.ids[path],) = self.catalog.register(self.root.id, [seen(path, new)])
        self.catalog.enqueue_pending("m")

    @rule(count=st.integers(1, 3), begin=st.booleans())
    def claim(self, count: int, begin: bool) -> None:
        jobs = self.catalog.claim("m", count, first=list(self.ids.values())[:1])
        for job in jobs if begin else ():
            self.catalog.begin_attempt(job.id)
        self.claimed += jobs

    @precondition(lambda self: self.claimed)
    @rule(count=st.integers(1, 3))
    def commit(self, count: int) -> None:
        batch, self.claimed = self.claimed[:count], self.claimed[count:]
        before = {job.photo_id: self.catalog.photo(job.photo_id) for job in batch}
        self.catalog.commit_captions([result_of(job, f"caption of {job.content_hash}") for job in batch])
        for job in batch:
            photo = before[job.photo_id]
            assert photo is not None
            if photo.content_hash == job.content_hash:
                self.captions[(job.photo_id, job.content_hash)] += 1

    @precondition(lambda self: self.claimed)
    @rule(kind=st.sampled_from(ProblemKind))
    def fail(self, kind: ProblemKind) -> None:
        self.catalog.fail(self.claimed.pop().id, Problem(kind, "It failed.", ""))

    @rule()
    def release(self) -> None:
        self.catalog.release([job.id for job in self.claimed])
        self.claimed = []

    @rule()
    def kill_and_start(self) -> None:
        self.claimed = []
        self.catalog.clear_claims()
        self.catalog.enqueue_pending("m")

    @rule(lost=st.booleans(), path=st.sampled_from(PATHS))
    def lose_or_find(self, lost: bool, path: str) -> None:
        if path in self.ids:
            (self.catalog.mark_missing if lost else self.catalog.mark_present)([self.ids[path]])

    @rule(state=st.sampled_from(FolderState))
    def plug(self, state: FolderState) -> None:
        self.catalog.set_folder_state(self.root.id, state)

    @rule()
    def cancel(self) -> None:
        self.catalog.cancel_queued()

    @rule(path=st.sampled_from(PATHS))
    def edit(self, path: str) -> None:
        if path in self.ids:
            self.user[self.ids[path]] = "a person's words"
            self.catalog.set_user_caption(self.ids[path], "a person's words")

    @invariant()
    def nothing_is_captioned_twice_and_no_words_are_lost(self) -> None:
        assert all(count <= 1 for count in self.captions.values()), self.captions
        for photo in self.catalog.photos(list(self.user)):
            assert photo.caption == self.user[photo.id]

    @invariant()
    def every_claim_is_known(self) -> None:
        assert self.catalog.queue_counts().working <= len(self.claimed)


TestQueueMachine = QueueMachine.TestCase
TestQueueMachine.settings = settings(
    max_examples=15,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


# ---------------------------------------------------------------------------------------- limited to roots


@pytest.mark.parametrize("few", [0, 5000])
def test_a_run_takes_only_what_lies_at_its_roots(
    catalog: Catalog, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "_FEW", few)
    names = ("/photos/a/1.jpg", "/photos/ab/2.jpg", "/photos/b/3.jpg", "/photos/b/sub/4.jpg", "/photos/5.jpg")
    one, two, three, four, five = add_photos(catalog, *names)
    assert catalog.enqueue_pending("m", roots=["/photos/a", "/photos/b/"]) == 3
    assert catalog.enqueue_pending("m") == 2
    assert catalog.claim("m", 9, roots=[]) == []
    claimed = catalog.claim("m", 2, first=[five, three], roots=["/photos/a", "/photos/b"])
    assert [job.photo_id for job in claimed] == [three, four]
    assert [job.photo_id for job in catalog.claim("m", 9, roots=["/photos/5.jpg"])] == [five]
    assert [job.photo_id for job in catalog.claim("m", 9, roots=["/photos/a"])] == [one]
    assert [job.photo_id for job in catalog.claim("m", 9)] == [two]


def test_a_run_takes_thousands_of_files_named_one_by_one(catalog: Catalog) -> None:
    names = [f"/photos/{number}.jpg" for number in range(3000)]
    add_photos(catalog, *names)
    assert catalog.enqueue_pending("m", roots=names[:2000]) == 2000
    assert catalog.enqueue_pending("m") == 1000
    assert len(catalog.claim("m", 5000, roots=names[1000:])) == 2000


def test_another_models_work_outside_of_the_roots_is_left_to_it(catalog: Catalog) -> None:
    inside, outside = add_photos(catalog, "/photos/a/1.jpg", "/photos/b/2.jpg")
    catalog.enqueue_pending("old")
    catalog.enqueue_pending("new", roots=["/photos/a"])
    assert [job.photo_id for job in catalog.claim("new", 9)] == [inside]
    assert [job.photo_id for job in catalog.claim("old", 9)] == [outside]
