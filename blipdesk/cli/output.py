"""What every command shares: the chosen data folder, JSON or text, and errors in words."""

from __future__ import annotations

import json
import os
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
from blipdesk.domain.paths import shown_name
from blipdesk.services.paths import default_data_dir

SOME_FAILED = 1
WRONG_USAGE = 2
CANNOT_RUN = 3
INTERRUPTED = 130
"""As a shell gives for a program that SIGINT ended."""
EXISTING_HELP = "Beside a person's caption in the photo: skip, comment, append or replace."
HEIC_HELP = "Embed in HEIC and AVIF files as well."
ADOBE_HELP = "New sidecars of RAW photos are named photo.xmp, as Lightroom has them."
_FEW = 3
"""Files of one reason that are named."""

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
    """Files with a reason each, for people: many of one reason become one entry, the commonest first.

    Args:
        most: so many files of one reason are named; None: all.
    """

    def __init__(self, most: int | None = _FEW) -> None:
        self._most = most
        self._counts: Counter[str] = Counter()
        self._first: defaultdict[str, list[str]] = defaultdict(list)

    def __len__(self) -> int:
        """How many files."""
        return self._counts.total()

    def add(self, path: str, reason: str) -> None:
        """Take one in; reasons that differ by the file's own name alone are one."""
        name = f"{shown_name(path)} "
        if reason.startswith(name):
            reason = f"It {reason.removeprefix(name)}"
        self._counts[reason] += 1
        if self._most is None or len(self._first[reason]) < self._most:
            self._first[reason].append(path)

    def say(self, heading: str) -> None:
        """Print them below a heading, if there are any."""
        if self._counts:
            say(f"{heading}:")
        for reason, count in self._counts.most_common():
            paths = self._first[reason]
            if count == 1:
                say(plain(f"  {paths[0]}: {reason}"))
            elif self._most is None:
                say(plain(f"  {count} times: {reason}"))
                for path in paths:
                    say(plain(f"    {path}"))
            else:
                names = ", ".join(os.path.basename(path) for path in paths)
                more = f" and {count - len(paths)} more" if count > len(paths) else ""
                say(plain(f"  {count} times: {reason} ({names}{more})"))


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
