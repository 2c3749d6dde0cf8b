"""What the fake catalog knows of writes: as much of the journal and of what is due as the pipeline needs."""

from dataclasses import replace
from types import SimpleNamespace

from blipdesk.domain.values import Source, WriteTarget
from blipdesk.domain.writes import PendingWrite, WriteOutcome, WriteText


class FakeWrites:
    """The part of FakeCatalog, whose records, lock and subscribers it uses, that is about writing back."""

    def __init__(self) -> None:
        self.runs = 0
        self.writes: dict[int, SimpleNamespace] = {}
        self.refused: set[int] = set()

    def _text(self, record):
        caption = record.user_caption or record.caption
        return WriteText(caption, Source.USER if record.user_caption else Source.MODEL) if caption else None

    def writes_of(self, photo_ids, target, existing):
        return self.pending_writes(len(photo_ids), target, photo_ids)

    def kept_paths(self):
        return iter(())

    def chosen_otherwise_paths(self, existing):
        return iter(())

    def begin_run(self, kind, target, existing):
        self.runs += 1
        return self.runs

    def end_run(self, run_id, kept, refused):
        return True

    def pending_writes(self, limit, target, photo_ids=None, after_id=0, existing=None, embed_heif=False):
        with self._lock:
            pending = []
            for record in sorted(self.records.values(), key=lambda r: r.id):
                text = self._text(record)
                if record.id <= after_id or text is None or record.missing:
                    continue
                if record.settled == (text, target) or (photo_ids is not None and record.id not in photo_ids):
                    continue
                pending.append(PendingWrite(record.id, record.path, record.content_hash, record.stamp, text))
            return pending[:limit]

    def pending_paths(self, target, embed_heif=False):
        return ((due.photo_id, due.path) for due in self.pending_writes(len(self.records), target))

    def begin_writes(self, entries):
        self._write()
        begun = []
        for entry in entries:
            number = len(self.writes) + 1
            pending, values = entry.pending, entry.values
            record = self.records[pending.photo_id]
            self.writes[number] = SimpleNamespace(
                write_id=number, photo_id=pending.photo_id, path=record.path,
                target_path=values["target_path"],
                after_hash=values["after_hash"], after_sha256=values["after_sha256"],
                before_sha256=values["before_sha256"] or "", found_later=(), open=True,
                note=values["note"],
                text=replace(pending.text, run=""), outcome=WriteOutcome(values["planned_outcome"]),
            )  # fmt: skip
            begun.append(self.writes[number])
        return begun

    def end_writes(self, ends, notes=()):
        for end in ends:
            if end.outcome is None:
                self.abandon_write(end.write_id, end.note)
            else:
                self.finish_write(end.write_id, end.outcome, end.note, end.new_file)
        for note in notes:
            self.records[note.photo_id].settled = (replace(note.text, run=""), WriteTarget.EMBED)
            if note.outcome is WriteOutcome.REFUSED:
                self.refused.add(note.photo_id)

    def finish_write(self, write_id, outcome, note, new_file):
        self._write()
        write = self.writes[write_id]
        write.open = False
        record = self.records[write.photo_id]
        target = WriteTarget.EMBED if outcome is WriteOutcome.EMBEDDED else WriteTarget.SIDECAR
        record.settled = (write.text, target)
        if new_file is not None:
            if record.captioned_hash == record.content_hash:
                record.captioned_hash = new_file.content_hash
            record.stamp, record.content_hash = new_file.stamp, new_file.content_hash
        self._publish()

    def abandon_write(self, write_id, note):
        self._write()
        self.writes[write_id].open = False

    def retry_refused(self):
        for photo_id in self.refused:
            self.records[photo_id].settled = None
        self.refused.clear()

    def open_writes(self):
        return [write for write in self.writes.values() if write.open]
