"""Sentences for the person when one photo cannot be used."""

from __future__ import annotations

from blipdesk.domain.errors import PhotoError, ProblemKind, photo_error
from blipdesk.domain.paths import shown_name
from blipdesk.domain.wording import later
from blipdesk.imaging.formats import EMPTY, ForeignKind

_SMALLER = later("Save a smaller copy of it, and that copy is captioned.")


def _size_in_words(count: int) -> str:
    """A number of bytes for people: ``3.0 GB``, ``12 MB``, ``40 kB``."""
    if count >= 1_000_000_000:
        return f"{count / 1e9:.1f} GB"
    if count >= 1_000_000:
        return f"{count / 1e6:.0f} MB"
    return f"{max(1, count // 1000)} kB"


def too_many_bytes(name: str, count: int, limit: int) -> PhotoError:
    """The file is larger than any photo that is read."""
    return photo_error(
        ProblemKind.TOO_LARGE,
        later("{name} is {count} large; the limit is {limit}.").format(
            name=shown_name(name), count=_size_in_words(count), limit=_size_in_words(limit)
        ),
        _SMALLER,
    )


def too_many_pixels(name: str, pixels: int | None, limit: int) -> PhotoError:
    """The picture is larger than the limit of its format; ``pixels`` None where nobody counted them."""
    many = later("too many") if pixels is None else f"{pixels / 1e6:,.0f}"
    return photo_error(
        ProblemKind.TOO_LARGE,
        later("{name} has {many} megapixels; the limit for this format is {limit}.").format(
            name=shown_name(name), many=many, limit=f"{limit / 1e6:,.0f}"
        ),
        later("Save a smaller copy of it (JPEG may be up to 300 megapixels), and that copy is captioned."),
    )


def too_much_memory(name: str) -> PhotoError:
    """Decoding ran into the memory limit."""
    return photo_error(
        ProblemKind.TOO_LARGE,
        later("{name} needs more memory to open than is allowed for one photo.").format(
            name=shown_name(name)
        ),
        _SMALLER,
    )


def too_slow(name: str, seconds: float) -> PhotoError:
    """Decoding took longer than any sound photo does."""
    return photo_error(
        ProblemKind.TOO_LARGE,
        later("{name} took longer than {seconds} seconds to open.").format(
            name=shown_name(name), seconds=f"{seconds:g}"
        ),
        _SMALLER,
    )


def reader_crashed(name: str) -> PhotoError:
    """The process that decodes died on the photo, or gave an answer that makes no sense."""
    return photo_error(
        ProblemKind.CRASHED,
        later("{name} stopped the program part that reads photos.").format(name=shown_name(name)),
        later(
            "The file is probably damaged; save a copy of it in another program, and that copy is captioned."
        ),
    )


def reader_not_working(name: str, why: str) -> PhotoError:
    """The process that decodes could not work, which is not the photo's doing."""
    return photo_error(
        ProblemKind.IO,
        later("{name} could not be read: the program part that reads photos did not work ({why}).").format(
            name=shown_name(name), why=why
        ),
        later("It is tried again at the next start; close other programs if memory or disk space is short."),
    )


def unreadable(name: str, said: str, **values: str) -> PhotoError:
    """The bytes are no picture that can be decoded; ``said`` has ``{name}`` and what ``values`` stand for."""
    return photo_error(
        ProblemKind.UNREADABLE,
        said.format(name=shown_name(name), **values),
        later("Open it in a picture viewer; if it does not show there either, put it back from a backup."),
    )


def foreign_file(name: str, kind: ForeignKind) -> PhotoError:
    """An empty file, or a sound one of a kind that is not read."""
    kind_of_problem = ProblemKind.UNREADABLE if kind == EMPTY else ProblemKind.UNSUPPORTED
    return photo_error(
        kind_of_problem,
        later("{name} was not read: it is {what}.").format(name=shown_name(name), what=kind.what),
        kind.remedy,
    )
