"""The catalog's contract over dictionaries: as much of it as the pipeline asks for."""

from __future__ import annotations

import os
import threading
from collections import Counter
from dataclasses import dataclass, replace
from types import SimpleNamespace

from pipeline_fake_writes import FakeWrites

from blipdesk.domain.errors import TRANSIENT_KINDS, CatalogError, Problem
from blipdesk.domain.events import CatalogChange
from blipdesk.domain.jobs import Job, QueueCounts
from blipdesk.domain.moved import Move
from blipdesk.domain.values import Candidate, FileFacts, FileStamp, Folder, FolderState, LibraryCounts


@dataclass
class Record:
    """What the fake catalog knows of a photo."""

    id: int
    folder_id: int
    path: str
    stamp: FileStamp
    content_hash: str
    missing: bool = False
    pixel_hash: str | None = None
    captioned_hash: str | None = None
    caption: str | None = None
    user_caption: str | None = None
    problem: Problem | None = None
    settled: tuple[object, ...] | None = None
    captioned_times: int = 0
    candidates: tuple[Candidate, ...] = ()
    existing: tuple[Candidate, ...] = ()


class FakeCatalog(FakeWrites):
    """The catalog's contract over dictionaries, behind one lock."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.RLock()
        self.settings: dict[str, object] = {}
        self.pictures = FakePictures()
        self.folder_rows: dict[int, Folder] = {}
        self.records: dict[int, Record] = {}
        self.jobs: dict[int, dict] = {}
        self.subscribers: list = []
        self.backups: list[tuple[float, int, int]] = []
        self.most_known = 0
        """Known files that were asked for at once, at most."""
        self.last_id = self.last_job = 0
        self.deaths_recorded = 0
        self.commit_sizes: list[int] = []
        self.broken = False
        """Every write raises CatalogError (disk full)."""
        self.writes_refused = 0
        self.turns: list = []

    @property
    def is_empty(self) -> bool:
        """Whether there are no photos."""
        return not self.records

    def _write(self) -> None:
        if self.broken:
            self.writes_refused += 1
            raise CatalogError("The disk is full.", "Free some space.")

    def _publish(self) -> None:
        for subscriber in list(self.subscribers):
            subscriber(CatalogChange())

    def subscribe(self, callback):
        self.subscribers.append(callback)
        return lambda: self.subscribers.remove(callback)

    def keep_search_index(self, *, wait):
        pass

    def back_up_if_older_than(self, seconds, keep):
        self._write()
        self.backups.append((seconds, keep, sum(r.caption is not None for r in self.records.values())))

    # settings, folders

    def setting(self, key, default=None):
        return self.settings.get(key, default)

    def set_setting(self, key, value):
        self._write()
        self.settings[key] = value

    def add_folder(self, path, watched=True):
        with self._lock:
            for folder in self.folder_rows.values():
                if folder.path == path:
                    self.folder_rows[folder.id] = replace(folder, watched=folder.watched or watched)
                    return self.folder_rows[folder.id]
            number = len(self.folder_rows) + 1
            self.folder_rows[number] = Folder(number, path, watched, FolderState.ONLINE)
            return self.folder_rows[number]

    def folders(self):
        return [f for f in self.folder_rows.values() if f.watched]

    def all_roots(self):
        return list(self.folder_rows.values())

    def set_folder_state(self, folder_id, state, message=""):
        self._write()
        self.folder_rows[folder_id] = replace(self.folder_rows[folder_id], state=state, message=message)
        self._publish()

    # files

    @staticmethod
    def _known(record):
        return SimpleNamespace(
            photo_id=record.id,
            stamp=record.stamp,
            content_hash=record.content_hash,
            missing=record.missing,
            sidecar=None,
            was_read=False,
            is_outdated=False,
            is_written_beside=False,
        )

    def known_files_under(self, directory):
        with self._lock:
            known = {
                r.path: self._known(r) for r in self.records.values() if os.path.dirname(r.path) == directory
            }
        self.most_known = max(self.most_known, len(known))
        return known

    def known_directories(self, root):
        with self._lock:
            return sorted({os.path.dirname(r.path) for r in self.records.values() if _below(r.path, [root])})

    def known_file(self, path):
        record = self.by_path(path)
        return self._known(record) if record else None

    def by_path(self, path):
        with self._lock:
            return next((r for r in self.records.values() if r.path == str(path)), None)

    def find_missing_twin(self, content_hash, new_path=""):
        with self._lock:
            twins = [r for r in self.records.values() if r.content_hash == content_hash]
            twins.sort(key=lambda r: (r.missing, os.path.basename(r.path) != os.path.basename(new_path)))
            return [(r.id, r.path) for r in twins]

    def find_missing_pixel_twin(self, pixel_hash):
        with self._lock:
            return [(r.id, r.path) for r in self.records.values() if r.pixel_hash == pixel_hash]

    def adopt(self, photo_id, into, decoded=None):
        with self._lock:
            fresh, kept = self.records.pop(photo_id), self.records[into]
            self.jobs = {n: job for n, job in self.jobs.items() if job["same"][0] != photo_id}
            kept.path, kept.stamp, kept.folder_id = fresh.path, fresh.stamp, fresh.folder_id
            kept.content_hash = kept.captioned_hash = fresh.content_hash
            kept.missing, kept.settled = False, None
        return True

    def register(self, folder_id, files):
        self._write()
        ids = []
        with self._lock:
            for seen in files:
                record = self.by_path(seen.path)
                if record is None:
                    self.last_id += 1
                    record = Record(self.last_id, folder_id, seen.path, seen.stamp, seen.content_hash)
                    self.records[record.id] = record
                record.stamp, record.content_hash = seen.stamp, seen.content_hash
                ids.append(record.id)
        self._publish()
        return ids

    def relocate(self, photo_id, new_folder_id, file, sidecar=None):
        self.follow(new_folder_id, [Move(photo_id, file, sidecar)])

    def follow(self, new_folder_id, moves):
        self._write()
        for move in moves:
            record = self.records[move.photo_id]
            record.path, record.stamp = move.file.path, move.file.stamp
            record.folder_id, record.missing = new_folder_id, False
        self._publish()

    def rename_tree(self, old_prefix, new_prefix):
        count = 0
        for record in self.records.values():
            if record.path.startswith(old_prefix + os.sep):
                record.path = new_prefix + record.path[len(old_prefix) :]
                count += 1
        return count

    def mark_missing(self, photo_ids):
        self._write()
        for photo_id in photo_ids:
            self.records[photo_id].missing = True
        self._publish()

    def mark_present(self, photo_ids):
        for photo_id in photo_ids:
            self.records[photo_id].missing = False
        self._publish()

    # queue

    def _job(self, photo_id, key, forced=False):
        record = self.records[photo_id]
        same = (photo_id, record.content_hash, key)
        for job in self.jobs.values():
            if job["same"] == same:
                if forced and job["state"] in ("done", "failed"):
                    job.update(state="queued", forced=True, deaths=0)
                    return 1
                return 0
        self.last_job += 1
        number = self.last_job
        self.jobs[number] = {
            "id": number, "same": same, "state": "queued", "attempts": 0, "deaths": 0, "forced": forced,
            "problem": None,
        }  # fmt: skip
        return 1

    def enqueue_pending(self, model_key, roots=None):
        self._write()
        with self._lock:
            for job in self.jobs.values():
                photo_id, content, key = job["same"]
                if job["state"] in ("queued", "failed") and key != model_key:
                    job.update(state="queued", same=(photo_id, content, model_key))
            return sum(
                self._job(r.id, model_key)
                for r in self.records.values()
                if not r.missing and r.captioned_hash != r.content_hash and _below(r.path, roots)
            )

    def enqueue_forced(self, photo_ids, model_key):
        with self._lock:
            return sum(self._job(photo_id, model_key, forced=True) for photo_id in photo_ids)

    def claim(self, model_key, limit, first=(), roots=None):
        self._write()
        with self._lock:
            queued = [
                j for j in self.jobs.values()
                if (j["state"], j["same"][2]) == ("queued", model_key)
                and not self.records[j["same"][0]].missing
                and _below(self.records[j["same"][0]].path, roots)
            ]  # fmt: skip
            queued.sort(key=lambda j: (j["same"][0] not in first, j["attempts"] > 0, -j["id"]))
            jobs = []
            for job in queued[:limit]:
                job["state"] = "claimed"
                record = self.records[job["same"][0]]
                jobs.append(Job(
                    job["id"], record.id, record.path, job["same"][1], model_key, job["attempts"],
                    job["deaths"], record.pixel_hash, record.caption is not None, job["forced"],
                ))  # fmt: skip
            return jobs

    def begin_attempt(self, job_id):
        self._write()
        self.jobs[job_id]["attempts"] += 1

    def record_death(self, job_id):
        self._write()
        self.deaths_recorded += 1
        self.jobs[job_id]["deaths"] += 1
        return self.jobs[job_id]["deaths"]

    def commit_captions(self, commits):
        self._write()
        with self._lock:
            self.commit_sizes.append(len(commits))
            for commit in commits:
                record = self.records[commit.photo_id]
                if record.content_hash != commit.content_hash:
                    self.jobs[commit.job_id]["state"] = "gone"
                    continue
                record.pixel_hash, record.captioned_hash = commit.pixel_hash, commit.content_hash
                record.problem, record.existing = None, commit.existing
                if commit.result is not None:
                    record.caption, record.candidates = commit.result.text, commit.result.candidates
                    record.captioned_times += 1
                if commit.job_id in self.jobs:
                    self.jobs[commit.job_id]["state"] = "done"
        self._publish()

    def store_facts(self, photo_id, content_hash, facts):
        self._write()

    def fail(self, job_id, problem, facts=None):
        self._write()
        job = self.jobs[job_id]
        job.update(state="failed", problem=problem)
        self.records[job["same"][0]].problem = problem
        self._publish()

    def release(self, job_ids):
        self._write()
        for job_id in job_ids:
            if self.jobs[job_id]["state"] == "claimed":
                self.jobs[job_id]["state"] = "queued"

    def clear_claims(self):
        for job in self.jobs.values():
            transient = job["state"] == "failed" and job["problem"].kind in TRANSIENT_KINDS
            if job["state"] == "claimed" or transient:
                job["state"] = "queued"
        return 0

    def queue_counts(self, model_key=None):
        states = Counter(job["state"] for job in self.jobs.values())
        return QueueCounts(states["queued"], states["claimed"], states["done"], states["failed"])

    # reading

    def file_of(self, photo_id):
        photo = self.photo(photo_id)
        return None if photo is None else (photo.path, photo.content_hash)

    def photo(self, photo_id):
        record = self.records.get(photo_id)
        return record and SimpleNamespace(
            id=record.id, folder_id=record.folder_id, path=record.path, content_hash=record.content_hash,
            pixel_hash=record.pixel_hash, problem=record.problem, facts=FileFacts(),
            model_caption=record.caption, user_caption=record.user_caption, model_key="m", stamp=record.stamp,
        )  # fmt: skip

    def photos(self, photo_ids):
        return [photo for photo_id in photo_ids if (photo := self.photo(photo_id)) is not None]

    def questions(self, photo_id):
        return [turn for turn in self.turns if turn.photo_id == photo_id]

    def open_asking(self):
        return None

    def all_photo_ids(self):
        return iter(list(self.records))

    def counts(self):
        rows = [r for r in self.records.values() if not r.missing]
        failed = sum(r.problem is not None for r in rows)
        captioned = sum(r.captioned_hash == r.content_hash for r in rows)
        return LibraryCounts(len(rows), 0, failed, captioned, 0, 0)


def _below(path, roots):
    return roots is None or any(path == root or path.startswith(root + os.sep) for root in roots)


class FakePictures:
    """What the retrieval model saw, by pixels; nothing is ever unread."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[float, ...]] = {}
        self.model = SimpleNamespace(key="")

    def keep(self, model, pictures, *, name="", take_over=True):
        self.kept.update((picture.pixel_hash, picture.embedding) for picture in pictures)
        self.model.key = model
        return True

    def so_far(self):
        return SimpleNamespace(unread=0, photos=0, is_ready=True)

    def unread(self, count):
        return []

    def is_to_be_measured(self):
        return False

    def close(self):
        pass
