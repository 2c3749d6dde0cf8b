"""Frozen values that travel between the layers.

Paths are ``str`` as :func:`os.fsdecode` gives them (surrogateescape), so that a file name of any bytes
survives; only the catalog turns them into BLOBs.  Times are POSIX seconds (UTC) unless a field says
otherwise.  Sizes are pixels of the upright picture (EXIF orientation applied) unless a field says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from blipdesk.domain.errors import Problem

# ---------------------------------------------------------------------------------------- folders, files


class FolderState(StrEnum):
    """What is known of a watched root."""

    ONLINE = "online"
    OFFLINE = "offline"
    """The root is not there (unplugged drive): its photos are kept as they are."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A root that was added; ``watched`` is false for paths only named once on the command line."""

    id: int
    path: str
    watched: bool
    state: FolderState
    photo_count: int = 0
    message: str = ""
    """A note for the person, e.g. that the watch limit was reached and the folder is swept instead."""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What ``lstat`` says of a file: enough to see that it was not touched since.

    ``rest`` is for whoever is about to replace the file, and nothing that is kept: its mode, how many names
    it has, and when anything of it changed last, be it none of its bytes.
    """

    size: int
    mtime_ns: int
    inode: int = 0
    rest: tuple[int, int, int] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A settled file met by a scan or the watcher.

    ``content_hash`` is the identity: hex sha256 over the size and the first and last 64 KiB.  ``target``:
    where a link leads to in the end; empty for any other file.
    """

    path: str
    stamp: FileStamp
    content_hash: str
    target: str = ""


# ---------------------------------------------------------------------------------------- photos, texts


class Source(StrEnum):
    """Who wrote a text."""

    USER = "user"
    MODEL = "model"
    FILE = "file"


class PhotoState(StrEnum):
    """The life of a photo, as the gallery's badges, the filters and ``export`` name it."""

    QUEUED = "queued"
    WORKING = "working"
    DONE = "done"
    """Has its caption in the catalog."""
    WRITTEN = "written"
    """DONE, and the caption stands in the file or its sidecar."""
    FAILED = "failed"
    MISSING = "missing"
    OFFLINE = "offline"


class WriteTarget(StrEnum):
    """Where captions go besides the catalog."""

    NONE = "none"
    SIDECAR = "sidecar"
    EMBED = "embed"


@dataclass(frozen=True, slots=True)
class Keyword:
    """A short term of a photo and who gave it.  ``hidden``: it is not shown unless it is asked for."""

    name: str
    source: Source
    hidden: bool = False


class Sureness(StrEnum):
    """How well a caption fits its photo, in bands that are calibrated on the demo scenes."""

    SURE = "sure"
    FAIR = "fair"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class MatchScore:
    """How well a text fits a photo, as a retrieval model sees it (BLIP, arXiv:2201.12086, section 3.2)."""

    itm: float
    """Probability of the matching head that the text fits, 0 to 1; near 0 or 1 for most texts."""
    itc: float
    """Cosine of the projected embeddings of photo and text, -1 to 1."""
    margin: float
    """The text's matching logit less the highest of its mismatched variants', or less 0 where those are
    below: above 0, the text fits and no variant fits better."""
    sureness: Sureness


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers a closed question allows, and its probability among them."""

    text: str
    probability: float
    likelihood: float | None = None
    """How probable it is that the model says just this when it may say anything; None: not known."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A caption that a model proposed; ``score`` is its mean token log-probability where known.

    ``match``: how well it fits the photo, where a retrieval model looked at it.
    """

    text: str
    raw_text: str
    score: float | None = None
    match: MatchScore | None = None
    source: Source = Source.MODEL
    """Who wrote it: a person's or the file's own caption may stand among a model's, scored like them."""


FACTS_VERSION = 2
"""Raised when more is read of what files say of themselves: photos read before that are read again."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the file says of itself, read in the decoder process.

    ``taken_at`` is local camera time, ISO 8601 without zone.  ``caption`` is a person's text found in the
    file or its sidecar (never camera boilerplate, never our own writing); so are ``title`` and ``keywords``.
    """

    taken_at: str | None = None
    taken_zone: str | None = None
    """The zone of ``taken_at``, like ``+02:00``, where the file tells."""
    camera: str | None = None
    lens: str | None = None
    exposure: str | None = None
    """Readable, e.g. ``1/250 s, f/2.8, ISO 100, 35 mm``."""
    latitude: float | None = None
    longitude: float | None = None
    title: str | None = None
    caption: str | None = None
    other_captions: tuple[str, ...] = ()
    """What stands for ``caption`` elsewhere in the file: a catalog may know that one for its own."""
    rating: int | None = None
    """Stars, 1 to 5; -1: rejected; 0: rated with none; None: nothing says so."""
    keywords: tuple[str, ...] = ()
    keyword_paths: tuple[str, ...] = ()
    """Keywords that stand in others, the levels joined by ``|``: ``Places|France|Paris``.  The last level is
    among ``keywords``."""
    problem: str | None = None
    """Why (a part of) the metadata could not be read; never fails the photo."""
    sidecar: FileStamp | None = None
    """Size and time of the sidecar that was read as well; None: there was none."""
    our_captions: tuple[str, ...] = field(default=(), compare=False)
    """The captions of our own writing that stand there still."""
    our_keywords: tuple[str, ...] = field(default=(), compare=False)
    """All keywords where some of them are of our own writing."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A catalog record, whole: what the photo pane, ``export`` and the services see."""

    id: int
    folder_id: int
    path: str
    stamp: FileStamp
    content_hash: str
    pixel_hash: str | None
    format: str | None
    width: int | None
    height: int | None
    added_at: float
    state: PhotoState
    facts: FileFacts
    damaged: bool = False
    """Decoded only in part (a truncated file): shown and captioned, and said so."""
    user_caption: str | None = None
    """A person's words, from the app: never replaced by a run."""
    file_caption: str | None = None
    """A person's words found in the file: never written over or hidden."""
    model_caption: str | None = None
    model_key: str | None = None
    captioned_at: float | None = None
    candidates: tuple[Candidate, ...] = ()
    needs_review: bool = False
    """People see a model's caption that does not fit well, and nobody has confirmed it."""
    reviewed: bool = False
    """A person found the model's caption right."""
    keywords: tuple[Keyword, ...] = ()
    problem: Problem | None = None
    written: WriteTarget = WriteTarget.NONE
    write_note: str = ""
    """Why the last write-back took a sidecar, or was put off, in a plain sentence."""
    conflict: bool = False
    """A person's caption here and another in the file: nothing is written until that is decided."""
    are_words_read: bool = False
    """What captions people wrote into the file and beside it is known."""
    user_rating: int | None = None
    """A person's stars, from the app: see :mod:`blipdesk.domain.ratings`."""
    written_rating: int | None = None
    """Those that this catalog wrote over the file's own and that stand there still; None: none do."""

    @property
    def caption(self) -> str | None:
        """The text people see."""
        return effective_text(self.user_caption, self.file_caption, self.model_caption)[0]

    @property
    def source(self) -> Source | None:
        """Who wrote :attr:`caption`."""
        return effective_text(self.user_caption, self.file_caption, self.model_caption)[1]

    @property
    def sureness(self) -> Sureness | None:
        """How well :attr:`caption` fits the photo; None where no retrieval model has looked at it."""
        text, source = self.caption, self.source
        for candidate in self.candidates:
            if candidate.match is not None and (candidate.text, candidate.source) == (text, source):
                return candidate.match.sureness
        return None


def effective_text(user: str | None, file: str | None, model: str | None) -> tuple[str | None, Source | None]:
    """The caption that people see and who wrote it: the user's, else the file's own, else the model's."""
    for text, source in ((user, Source.USER), (file, Source.FILE), (model, Source.MODEL)):
        if text:
            return text, source
    return None, None


@dataclass(frozen=True, slots=True)
class PhotoTile:
    """The few fields that one gallery cell paints; read in pages by id."""

    id: int
    path: str
    caption: str | None
    source: Source | None
    state: PhotoState
    problem: Problem | None
    content_hash: str
    """Key of the thumbnail together with the id: a changed file asks for a new one."""
    width: int | None
    height: int | None
    taken_at: str | None
    damaged: bool = False
    needs_review: bool = False
    favourite: bool = False
    written: bool = False
    """Something of ours stands in the file or beside it."""


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """One turn of the chat with a photo."""

    id: int
    photo_id: int
    question: str
    answer: str
    model_key: str
    asked_at: float
    seconds: float
    stopped: bool = False
    """The person stopped the answer: it is what there was of it."""
    choices: tuple[Choice, ...] = ()
    """Of a closed question: every answer that it allowed, the likeliest first."""
    turns_left_out: int = 0
    """Oldest turns of the chat that the model was not told of."""
    is_new: bool = False
    """A new conversation begins with it: no model is told of the turns before, now or later."""

    @property
    def is_told(self) -> bool:
        """Whether a model is told of it at the next question: not of what was stopped or left unsaid."""
        return bool(self.answer.strip()) and not self.stopped


# ---------------------------------------------------------------------------------------- views, counts


class ViewKind(StrEnum):
    """The rows of the side bar."""

    ALL = "all"
    FAVOURITES = "favourites"
    RECENT = "recent"
    NEEDS_REVIEW = "needs_review"
    FAILED = "failed"
    """Photos that could not be read."""
    WORDLESS = "wordless"
    """Photos that were read, and that the model could not caption."""
    DUPLICATES = "duplicates"
    """Photos that show the same picture as another, the copies beside each other."""
    MISSING = "missing"
    FOLDER = "folder"
    KEYWORD = "keyword"
    SIMILAR = "similar"
    """No row: the photos like the one whose id is the argument.  The search service alone lists them."""


class SortOrder(StrEnum):
    """How the gallery is sorted."""

    NEWEST = "newest"
    """By date taken (else the file's date), newest first."""
    OLDEST = "oldest"
    ADDED = "added"
    NAME = "name"
    SURENESS = "sureness"
    """By how well the caption fits: the least sure first, what no retrieval model has looked at last."""
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True)
class LibraryView:
    """What the gallery shows: a side-bar row, narrowed by a query, in an order."""

    kind: ViewKind = ViewKind.ALL
    argument: str = ""
    """The folder path (recursive) or the keyword, for those kinds."""
    query: str = ""
    order: SortOrder = SortOrder.NEWEST


@dataclass(frozen=True, slots=True)
class FolderNode:
    """A folder of the tree with the number of photos in it and below it."""

    path: str
    name: str
    count: int
    root: bool
    state: FolderState
    children: tuple[FolderNode, ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryCounts:
    """The numbers of the side bar; ``recent`` counts photos added in the last seven days."""

    total: int = 0
    recent: int = 0
    failed: int = 0
    captioned: int = 0
    queued: int = 0
    missing: int = 0
    needs_review: int = 0
    conflicts: int = 0
    """Photos with two captions by people, here and in the file, on which nobody has decided yet."""
    favourites: int = 0
    wordless: int = 0
