"""Planning and performing the write-back of one photo."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from blipdesk.domain.errors import PhotoError
from blipdesk.domain.own_texts import is_among
from blipdesk.domain.paths import is_under
from blipdesk.domain.values import FileStamp, Source, WriteTarget
from blipdesk.domain.wording import later
from blipdesk.domain.writes import SIDECAR_INSTEAD, WriteOutcome, WritePlan, WritePolicy, WriteText
from blipdesk.metadata import embed, facts, formats, sidecar_files, sidecar_patch, starring, texts, xmp_edit
from blipdesk.metadata.case import Case, left_as_it_is
from blipdesk.metadata.files import MAX_PHOTO, READ_ONLY, File, may_replace, may_write_folder, read_file
from blipdesk.metadata.rare import condensed
from blipdesk.metadata.refusal import PARSE_ERRORS, Refusal, reason_of
from blipdesk.metadata.replace import Replacement, replace_all, sweep
from blipdesk.metadata.starring import Standing, Starring
from blipdesk.metadata.task import Task, decide
from blipdesk.metadata.xmp import MAX_SIDECAR

_SWITCHED_OFF = later("captions are embedded in HEIC and AVIF files only where that is switched on")
_MOST_NAMED = 3
_IN_STEP = later("Its older sidecar says the same now.")

_OLDER_WORDS = later(
    "The photo itself still says what BlipDesk wrote into it earlier: writing into the photos brings it up "
    "to date, taking that back has it as it was."
)


class FileMetadataWriter:
    """Implements :class:`blipdesk.domain.ports.MetadataWriter` on real files.

    Stateless but for its argument; used by the metadata thread, one photo at a time.

    Args:
        roots: says which folders belong to the library.  A link to a photo elsewhere gets a sidecar beside
            the link; without roots that is every link that leads out of its own folder.
    """

    def __init__(self, roots: Callable[[], Sequence[str]] | None = None) -> None:
        self._roots = roots

    def plan(self, photo_path: str, text: WriteText, policy: WritePolicy) -> WritePlan:
        """Work the new bytes out in memory and check them; nothing on disk is touched.

        Raises:
            PhotoError: the photo cannot be read.
        """
        photo = read_file(os.path.realpath(photo_path), MAX_PHOTO, condensed)
        sidecars: dict[str, File] = {}
        unreadable = ""
        found = sidecar_files.existing(photo_path)
        for path in found:
            try:
                sidecars[path] = read_file(os.path.realpath(path), MAX_SIDECAR)
            except PhotoError as error:
                unreadable = str(error)
        beside = found[0] if found else sidecar_files.new_name(photo_path, policy.adobe_names)
        standing = Standing(photo, sidecars, _read(photo, sidecars, text))
        reading, caption = standing.reading, texts.clean(text.caption)
        is_starred = starring.is_asked(text, reading)
        if is_starred:  # ours lie over all else: the texts are worked out without them
            photo, sidecars = starring.peeled(photo, sidecars)
            reading = _read(photo, sidecars, text)
        keywords = texts.clean_keywords(text.keywords)
        case = Case(photo_path, photo, reading, beside, sidecars, caption, keywords, text, policy)
        if unreadable:  # a person's caption may stand in it
            return case.end(
                WriteOutcome.REFUSED, later("Its sidecar cannot be read: {reason}").format(reason=unreadable)
            )
        if case.reading.broken_sidecar:
            note = left_as_it_is(case.reading.broken_sidecar)
            return case.end(WriteOutcome.REFUSED, note, beside)
        if policy.target is WriteTarget.NONE:
            return case.end(WriteOutcome.UNCHANGED, later("Captions stay in the catalog."))
        reason = self._reason_against_embedding(case) if policy.target is WriteTarget.EMBED else ""
        plan = self._plan_texts(case, reason)
        if is_starred:
            plan = Starring(case, standing, reason, lambda: self._sidecar_refusal(case)).on(plan)
        return plan

    def _plan_texts(self, case: Case, reason: str) -> WritePlan:
        if case.policy.target is WriteTarget.EMBED and not reason:
            try:
                return self._with_sidecar_in_step(case, self._plan_embed(case))
            except Refusal as refusal:
                reason = refusal.reason
        plan = _with_older_words(case, self._plan_sidecar(case, reason))
        return replace(plan, by_setting=reason == _SWITCHED_OFF)

    def apply_all(self, plans: Sequence[WritePlan]) -> list[FileStamp | PhotoError]:
        """Replace several different targets together, each as safely as alone.

        Args:
            plans: of photos or sidecars that are to be written.

        Returns:
            Of each what its target is now, or why it is untouched.
        """
        return replace_all([_replacement(plan) for plan in plans])

    def sweep(self, folder: str) -> int:
        """Remove temp files that a killed write left in ``folder`` (not below it); returns their number.

        Only for the holder of the catalog's lock, before it writes there.
        """
        return sweep(folder)

    # ------------------------------------------------------------------------------- policy

    def _reason_against_embedding(self, case: Case) -> str:
        """Why the photo's own file must stay as it is, or empty."""
        photo = case.photo
        row = formats.format_of(photo.data)
        if row is None or not row.is_named(photo.path):
            return later("captions are not embedded in files of its kind")
        if row.by_setting and not case.policy.embed_heif:
            return _SWITCHED_OFF
        if not photo.whole:
            return later("it is too large to be replaced safely")
        if os.path.islink(case.photo_path) and not self._inside(case.photo_path, photo.path):
            return later("it is a link to a file outside the library")
        if photo.info.st_nlink > 1:
            return later(
                "the same file stands under several names (hard links), which replacing it would part"
            )
        if not may_replace(photo.path, photo.info):
            return later("the file belongs to somebody else or is read-only")
        return ""

    def _inside(self, link: str, path: str) -> bool:
        roots = list(self._roots()) if self._roots else [os.path.dirname(os.path.abspath(link))]
        return any(is_under(path, os.path.realpath(root)) for root in roots)

    # ------------------------------------------------------------------------------- the two places

    def _plan_embed(self, case: Case, withdraw: bool = True) -> WritePlan:
        task = decide(case, embedded=True, withdraw=withdraw)
        if isinstance(task, WritePlan):
            return task
        try:
            new, note = embed.embed(case.photo.data, task.wanted)
        except PARSE_ERRORS as error:
            if task.wanted.withdrawn:
                return self._plan_embed(case, withdraw=False)
            raise Refusal(reason_of(error)) from error
        if new != case.photo.data and not may_write_folder(case.photo.path):
            return case.end(WriteOutcome.REFUSED, READ_ONLY)
        return _finish(case, task, case.photo, new, WriteOutcome.EMBEDDED, note)

    def _plan_sidecar(self, case: Case, reason: str, withdraw: bool = True) -> WritePlan:
        task = decide(case, embedded=False, withdraw=withdraw, reason=reason)
        if isinstance(task, WritePlan):
            return task
        note = SIDECAR_INSTEAD.format(reason=reason) if reason else ""
        path = case.sidecar_path
        refused = self._sidecar_refusal(case)
        if refused is not None:
            return refused
        old = case.sidecars.get(path)
        try:
            wanted = replace(task.wanted, keyword_paths=case.keyword_paths())
            new = sidecar_patch.render(old.data if old else None, wanted)
        except PARSE_ERRORS as error:
            if task.wanted.withdrawn:
                return self._plan_sidecar(case, reason, withdraw=False)
            return case.end(WriteOutcome.REFUSED, left_as_it_is(reason_of(error)), path)
        if task.idle and old is None and xmp_edit.is_bare(new):
            return task.idle
        return _finish(case, task, old or os.path.realpath(path), new, WriteOutcome.SIDECAR, note)

    def _sidecar_refusal(self, case: Case) -> WritePlan | None:
        """Why the sidecar cannot be written, whatever goes into it; None: it can."""
        path = case.sidecar_path
        real = os.path.realpath(path)
        old = case.sidecars.get(path)
        note = ""
        if not may_write_folder(real):
            note = READ_ONLY
        elif old is None and _is_too_long(real):
            note = later("Its name is so long that no sidecar can stand beside it; a shorter name would do.")
        elif old is None and os.path.lexists(path):  # a link that leads nowhere, a folder, or new this moment
            note = later("What has the name of its sidecar is no file that can be read; move it away.")
        elif old is not None and (old.info.st_nlink > 1 or not may_replace(real, old.info)):
            note = later("Its sidecar is read-only, somebody else's or has several names; make it writable.")
        elif old is not None and os.path.islink(path) and not self._inside(path, real):
            note = later("Its sidecar is a link to another place; put the file itself there.")
        return case.end(WriteOutcome.REFUSED, note, path) if note else None

    def _with_sidecar_in_step(self, case: Case, plan: WritePlan) -> WritePlan:
        """The plan for a photo, with what has its older sidecar say the same.

        Sidecars come first with most programs that read them.  One with a caption of ours, or with the one
        that a person replaced here, is brought up to date and not taken away: they know it by now, it may
        hold more (keywords in a hierarchy), and files of a person's folder do not go without their asking.
        """
        old = case.sidecars.get(case.sidecar_path)
        standing = sidecar_patch.caption_of(old.data) if old else None
        if standing is None or plan.outcome not in (WriteOutcome.EMBEDDED, WriteOutcome.UNCHANGED):
            return plan
        text = case.text
        is_users = text.source is Source.USER
        typed = is_among(standing, text.typed)
        if not (typed or is_users or is_among(standing, case.reading.own)):
            return plan
        if typed or is_users:  # a person's words that are not known have ended this before
            text = replace(text, replaces=standing if typed else "")
        in_step = self._plan_sidecar(replace(case.with_photo(plan.new), text=text), "")
        if in_step.outcome is WriteOutcome.REFUSED:
            return replace(plan, note=f"{plan.note} {in_step.note}".strip())
        if in_step.outcome is not WriteOutcome.SIDECAR:
            return plan
        note = f"{plan.note} {_IN_STEP}".strip()
        return replace(plan, note=note, in_step=replace(in_step, is_in_step=True))


def _read(photo: File, sidecars: Mapping[str, File], text: WriteText) -> facts.Reading:
    return facts.read(photo.data, tuple(file.data for file in sidecars.values()), text.machines)


def _with_older_words(case: Case, plan: WritePlan) -> WritePlan:
    """The plan for a sidecar, with a word on what we wrote into its photo earlier, where that differs now."""
    ours = (*case.reading.own, *case.text.typed)
    is_asked = case.policy.target is WriteTarget.SIDECAR and case.caption and any(ours)
    if not is_asked or plan.outcome not in (WriteOutcome.SIDECAR, WriteOutcome.UNCHANGED):
        return plan
    standing = facts.read(case.photo.data).standing
    if not standing or texts.clean(standing) == plan.after or not is_among(standing, ours):
        return plan
    return replace(plan, note=f"{plan.note} {_OLDER_WORDS}".strip())


def _finish(
    case: Case, task: Task, target: File | str, new: bytes, outcome: WriteOutcome, note: str
) -> WritePlan:
    """The plan that gives a file, or a path where none is yet, its new bytes."""
    old, stamp = (target.data, target.stamp) if isinstance(target, File) else (None, None)
    path = target.path if isinstance(target, File) else target
    if old == new and task.idle:
        return task.idle
    embedded = outcome is WriteOutcome.EMBEDDED
    note = f"{note} {task.note(new, embedded)}".strip()
    if old == new and task.beside:
        return case.end(WriteOutcome.UNCHANGED, note, path)
    before = case.reading.standing if embedded else sidecar_patch.caption_of(old) if old else None
    after = case.caption
    if old == new:
        return WritePlan(case.photo_path, path, WriteOutcome.UNCHANGED, note, before, after, None, None, None)
    if task.idle or task.beside:
        found = facts.read(new, case.sidecar_bytes()).standing if embedded else sidecar_patch.caption_of(new)
        after = found or ""
    if task.idle:
        note = f"{note} {_left_captions(task, task.idle, before, after)}".strip()
    if task.wanted.dropped and (before == after or case.text.source is not Source.MODEL):
        reading = facts.read(new) if embedded else facts.read(b"", (new,))
        note = f"{note} {_left_keywords(task, reading)}".strip()
    keep_times = case.policy.keep_times
    return WritePlan(case.photo_path, path, outcome, note, before, after, old, new, stamp, keep_times)


def _left_captions(task: Task, idle: WritePlan, before: str | None, after: str) -> str:
    """What was done where no caption was written, and why none was."""
    if task.wanted.withdrawn:
        done = later("The machine's caption is taken out.")
    elif task.wanted.taken_back or (before and after != before):
        done = later("The caption is taken back.")
    else:
        done = later("Only the keywords are written.")
    return " ".join(filter(None, (done, idle.note)))


def _left_keywords(task: Task, reading: facts.Reading) -> str:
    """What is said of keywords that a person took off and that stand there still; empty where none do."""
    left = {keyword.casefold(): keyword for keyword in reading.keywords}
    kept = [keyword for folded, keyword in left.items() if folded in task.wanted.dropped]
    if not kept:
        return ""
    said = later("Another program's lists go on holding what was taken off: {keywords}.")
    if len(kept) > _MOST_NAMED:
        said = later("Another program's lists go on holding what was taken off: {keywords} and {count} more.")
    return said.format(keywords=", ".join(kept[:_MOST_NAMED]), count=len(kept) - _MOST_NAMED)


def _replacement(plan: WritePlan) -> Replacement:
    assert plan.new is not None
    keep_times = plan.keep_times and plan.outcome is WriteOutcome.EMBEDDED
    return Replacement(plan.target_path, plan.new, plan.stamp, plan.photo_path, keep_times)


def _is_too_long(path: str) -> bool:
    """Whether no file of that name can be made, as far as the file system says."""
    if os.name != "posix":
        return len(os.path.basename(path).encode("utf-16-le")) > 2 * 255
    try:
        limit = os.pathconf(os.path.dirname(path), "PC_NAME_MAX")
    except (OSError, ValueError):
        limit = 255
    return len(os.fsencode(os.path.basename(path))) > limit
