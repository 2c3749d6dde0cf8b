"""Values of writing captions back into the photos' metadata."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from blipdesk.domain.values import FileStamp, Source, WriteTarget
from blipdesk.domain.wording import later


class ExistingText(StrEnum):
    """What a run does with a machine's caption where a person's stands in the file."""

    SKIP = "skip"
    """The photo is captioned already: nothing is written."""
    COMMENT = "comment"
    """The machine's goes into XPComment alone, where that is free."""
    APPEND = "append"
    """The machine's goes behind the person's, in a line of its own."""
    REPLACE = "replace"
    """The machine's takes the place of the person's, which undo brings back."""


@dataclass(frozen=True, slots=True)
class WritePolicy:
    """Where and how a run writes captions back.

    Attributes:
        target: where captions go besides the catalog.
        existing: what is done where a person's caption stands.
        embed_heif: HEIC and AVIF files with an Exif item take their caption in, instead of a sidecar.
        adobe_names: a RAW photo's new sidecar is named ``photo.xmp`` instead of ``photo.cr2.xmp``.
        keep_times: a photo that is written keeps its time of modification.
    """

    target: WriteTarget = WriteTarget.NONE
    existing: ExistingText = ExistingText.SKIP
    embed_heif: bool = False
    adobe_names: bool = False
    keep_times: bool = True


CATALOG_ONLY = WritePolicy()


class WriteOutcome(StrEnum):
    """What a write-back did with one photo."""

    EMBEDDED = "embedded"
    SIDECAR = "sidecar"
    UNCHANGED = "unchanged"
    """The file (or sidecar) already says it, byte for byte."""
    KEPT = "kept"
    """A person's text stands in the file; nothing was written."""
    REFUSED = "refused"
    """Nothing could be written; ``note`` says why, and the catalog keeps the text."""


SIDECAR_INSTEAD = later("The caption goes to a sidecar, because {reason}.")
"""The note on a photo into which its caption was to go."""


@dataclass(frozen=True, slots=True)
class WriteText:
    """What is to stand in the photo's metadata.

    ``source`` USER replaces what is ``known`` to stand there and what was written before; other words that
    somebody has put there since are never written over, unless the person chose so for the run.  Beside a
    person's own caption the keywords alone are written, where ``user_keywords`` has some; a blank caption
    takes back what ``replaces`` names.
    """

    caption: str
    source: Source
    keywords: tuple[str, ...] = ()
    model_key: str = ""
    user_keywords: tuple[str, ...] = ()
    """Those of ``keywords`` that a person added: they stand in the file as a person's."""
    replaces: str | None = None
    """The person's text that this catalog last wrote into this file, if any: besides a machine's, the only
    text standing there that may be taken back."""
    known: tuple[str, ...] = ()
    """The captions that the catalog knows to stand there, or has written there: whoever typed one in the app
    knew of them."""
    both_stay: bool = False
    """The person decided that those of ``known`` stay beside theirs."""
    replaces_keywords: tuple[str, ...] = ()
    """The keywords that this catalog last wrote into this file: a person's among them that is no longer in
    ``keywords`` is taken out again.  What another program wrote never is."""
    machines: tuple[str, ...] = ()
    """The captions of models that this catalog has written into this photo or beside it: a text equal to one
    is no person's, whatever became of our marks."""
    typed: tuple[str, ...] = ()
    """The captions of a person that it has."""
    made_at: float | None = None
    """When the model wrote the caption, in POSIX seconds; None: nobody knows, or a person did."""
    run: str = ""
    """The write run, as our marks in the file name it."""
    rating: int | None = None
    """The stars that a person gave here, or took away (0); None: the file's own stand."""
    wrote_rating: int | None = None
    """Those that this catalog last wrote over the file's own, if it did."""
    is_rated_here: bool = False
    """Stars were written from this catalog once, whether they stand there still or not."""
    file_rating: int | None = None
    """The file's own, as they were before that."""


@dataclass(frozen=True, slots=True)
class WritePlan:
    """A write-back worked out in memory, before anything on disk is touched.

    ``old`` and ``new`` are the whole bytes of the target (``old`` None: the sidecar does not exist yet);
    ``target_path`` is the photo or the sidecar.  ``before`` is the caption that stands there now.
    """

    photo_path: str
    target_path: str
    outcome: WriteOutcome
    note: str
    before: str | None
    after: str
    old: bytes | None
    new: bytes | None
    stamp: FileStamp | None
    """Identity of the target when it was read; re-checked right before the replace."""
    keep_times: bool = True
    """A photo keeps its time of modification.  Sidecars never do: readers ask for what changed."""
    in_step: WritePlan | None = None
    """What has an older sidecar of ours say the same as the photo; it is written in the same go."""
    is_in_step: bool = False
    """This is such a plan: it goes with its photo's, and settles nothing by itself."""
    by_setting: bool = False
    """Embedding was asked for, and a setting alone keeps it out of files of this format."""
    rating: int | None = None
    """The stars of a person that stand over the file's own then; None: none do."""
    news: tuple[str, ...] = ()
    """All captions of people that stand there, where the catalog does not know each and is to learn of it."""


@dataclass(frozen=True, slots=True)
class PendingWrite:
    """A photo whose file does not yet say what the catalog says."""

    photo_id: int
    path: str
    content_hash: str
    stamp: FileStamp
    text: WriteText


@dataclass(frozen=True, slots=True)
class WriteReport:
    """One photo's write-back, for the person.

    ``before`` and ``after`` are its caption there; keywords, comment and rating are told where somebody asked
    for them, and something is written.
    """

    path: str
    outcome: WriteOutcome
    note: str
    before: str | None
    after: str | None
    target_path: str = ""
    """The file that is written: the photo, or its sidecar; empty where none is."""
    keywords_before: tuple[str, ...] = ()
    keywords_after: tuple[str, ...] = ()
    comment_before: str | None = None
    """What stands in XPComment, which Windows shows as Comments; a sidecar has none."""
    comment_after: str | None = None
    rating_before: int | None = None
    """Its stars there; None: it has none."""
    rating_after: int | None = None
    run_id: int | None = field(default=None, compare=False)
    """The run that wrote it; None: nothing was written, or not yet."""


# ---------------------------------------------------------------------------------------- runs, undo


class RunKind(StrEnum):
    """What a run did with files."""

    WRITE = "write"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class WriteRun:
    """A stretch of writes that is taken back as one: a command, or an hour of the window's.

    Attributes:
        id: its number, for people too.
        kind: whether it wrote texts or took some back.
        target: where its captions went.
        existing: what it did beside a person's caption.
        began_at: its first write, POSIX seconds.
        ended_at: its last.
        embedded: photos that it wrote (of an undo: restored).
        sidecars: sidecars that it wrote (of an undo: restored, or taken away again).
        kept: photos left as they are: with a person's caption (of an undo: changed by somebody since).
        refused: photos that could not be written (or restored).
        taken_back: how many of its writes an undo has taken back.
        bytes_kept: size of the replaced bytes that are kept for that.
        pruned: how many of the others can no longer be, since their bytes were given up.
        forgotten: how many of the others went with their photos' records.
    """

    id: int
    kind: RunKind
    target: WriteTarget
    existing: ExistingText
    began_at: float
    ended_at: float
    embedded: int = 0
    sidecars: int = 0
    kept: int = 0
    refused: int = 0
    taken_back: int = 0
    bytes_kept: int = 0
    pruned: int = 0
    forgotten: int = 0

    @property
    def left(self) -> int:
        """How many of its writes can be taken back."""
        return self.embedded + self.sidecars - self.taken_back - self.pruned - self.forgotten


class UndoOutcome(StrEnum):
    """How taking one file's writes back ended; in a dry run, how it would."""

    RESTORED = "restored"
    """It has the bytes again that it had before."""
    REMOVED = "removed"
    """A sidecar of ours, which was not there before, is gone again."""
    PARTLY = "partly"
    """It has the bytes again that somebody else left between two of our writes: what is older stays."""
    CHANGED = "changed"
    """Somebody else wrote since: nothing was touched."""
    GONE = "gone"
    """The file is not there."""
    PRUNED = "pruned"
    """The replaced bytes were given up for their age or size."""
    ALREADY = "already"
    """It has those bytes already."""
    FAILED = "failed"
    """It could not be replaced; ``note`` says why."""


TAKEN_BACK = (UndoOutcome.RESTORED, UndoOutcome.REMOVED, UndoOutcome.PARTLY)
"""The outcomes that changed a file."""


@dataclass(frozen=True, slots=True)
class UndoSelection:
    """Which writes to take back; what is given holds together, and nothing given is the last run.

    Attributes:
        run_id: of this run.
        photo_ids: of these photos.
        since: from this time on, POSIX seconds.
    """

    run_id: int | None = None
    photo_ids: tuple[int, ...] = ()
    since: float | None = None


@dataclass(frozen=True, slots=True)
class Restoration:
    """The bytes that a file is to hold again.

    Attributes:
        path: the file.
        back: all of its bytes; None: it goes.
        stamp: its identity when it was read, checked again before; None: it was not there, and comes back.
        like: a file that was not there takes its permissions from this one.
        keep_times: it keeps its time of modification.
    """

    path: str
    back: bytes | None
    stamp: FileStamp | None
    like: str
    keep_times: bool


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What became of one file."""

    photo_path: str
    target_path: str
    outcome: UndoOutcome
    note: str
    run_id: int | None = field(default=None, compare=False)
    """The undo's own run, by which it is taken back itself; None: nothing was restored, or not yet."""


# ---------------------------------------------------------------------------------------- conflicts


class KeepText(StrEnum):
    """What a person decides where the catalog and the file say different things."""

    MINE = "mine"
    """The caption here; the file's gives way to it where captions are written."""
    FILE = "file"
    """The file's; the one here is dropped (an edit that can be undone)."""
    BOTH = "both"
    """Each stays where it is; it is not asked again."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A person's caption in the catalog, and another in the file that came or changed after it.

    ``where`` is the name of the file in which the other one stands: the photo, or its sidecar.
    """

    photo_id: int
    path: str
    mine: str
    file: str
    where: str


@dataclass(frozen=True, slots=True)
class JournalSize:
    """What is kept to take writes back.

    Attributes:
        bytes: of the replaced parts, compressed.
        writes: that can be taken back; an undo, which can be too, is none.
        oldest_at: when the oldest of them was done, POSIX seconds; None: there is none.
        pruned: writes that could be, if their bytes had not been given up for their age or size.
    """

    bytes: int = 0
    writes: int = 0
    oldest_at: float | None = None
    pruned: int = 0


@dataclass(frozen=True, slots=True)
class JournalLimits:
    """How much is kept to take writes back: for so long, and so much at most (compressed)."""

    seconds: float
    bytes: int
