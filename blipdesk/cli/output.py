"""What every command shares: the chosen data folder, JSON or text, and errors in words."""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from blipdesk.domain.errors import KnownError, PhotoError, UsageError
from blipdesk.services.paths import default_data_dir

SOME_FAILED = 1
WRONG_USAGE = 2
CANNOT_RUN = 3
INTERRUPTED = 130
"""As a shell gives for a program that SIGINT ended."""
EXISTING_HELP = "Beside a person's caption in the photo: skip, comment, append or replace."
HEIC_HELP = "Embed in HEIC and AVIF files as well."
ADOBE_HELP = "New sidecars of RAW photos are named photo.xmp, as Lightroom has them."
_FEW = 5
"""Paths of one reason that are named one by one."""

console = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
"""For people watching: progress and notes, on stderr."""


@dataclass(slots=True)
class Context:
    """The global options."""

    data_dir: Path
    json: bool


context = Context(default_data_dir(), False)


def plain(text: str) -> str:
    """Make a text safe to print: lone surrogates and control characters are shown, not sent."""
    return "".join(
        c if c.isprintable() or c == " " else c.encode("unicode_escape").decode() for c in text
    ).encode("utf-8", "backslashreplace").decode()  # fmt: skip


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "photo"), counted(2, "photo")
    ('1 photo', '2 photos')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def say(text: str = "") -> None:
    """Print a line of the result on stdout."""
    sys.stdout.write(text + "\n")


def say_json(value: Any) -> None:
    """Print one JSON value on one line and hand it over at once (ASCII: any file name survives)."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


class Grouped:
    """Paths with a reason each, for people: many of one reason become one line with their number."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._counts: Counter[str] = Counter()
        self._first: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, path: str, reason: str) -> None:
        """Take one in; of each reason only the first few paths are kept."""
        self._counts[reason] += 1
        if len(self._first[reason]) < _FEW:
            self._first[reason].append(path)

    def say(self) -> None:
        """Print them on stderr."""
        for reason, count in self._counts.items():
            first = self._first[reason]
            if count > _FEW:
                console.print(plain(f"{count} files {self._what}, {first[0]} and others: {reason}"))
            else:
                for path in first:
                    console.print(plain(f"{path} {self._what}: {reason}"))


def stdout_console() -> Console:
    """A console for tables of the result on stdout; a file or pipe gets 120 columns, not rich's 80."""
    return Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else 120)


@contextmanager
def errors_in_words() -> Iterator[None]:
    """Turn a known error into its sentence and the exit status.

    Raises:
        typer.Exit: with the exit status, after the error was said.
    """
    try:
        yield
    except KnownError as error:
        if context.json:
            say_json({"error": error.message, "remedy": error.remedy})
        console.print(plain(f"blipdesk: {error}"))
        code = (
            WRONG_USAGE
            if isinstance(error, UsageError)
            else SOME_FAILED
            if isinstance(error, PhotoError)
            else CANNOT_RUN
        )
        raise typer.Exit(code) from error
