"""A photo's caption and what else was proposed for it, as a person reads it."""

from __future__ import annotations

from blipdesk.cli.output import plain, say
from blipdesk.domain.values import MatchScore, Photo


def say_captions(photo: Photo) -> None:
    """Print the caption that people see, how well it fits, and the other candidates below it."""
    say(f"{plain(photo.path)}: {plain(photo.caption or '')}{_fit(_match_of(photo, photo.caption))}")
    for candidate in photo.candidates:
        if candidate.text != photo.caption:
            say(f"    {plain(candidate.text)}{_fit(candidate.match)}")


def _match_of(photo: Photo, text: str | None) -> MatchScore | None:
    return next((candidate.match for candidate in photo.candidates if candidate.text == text), None)


def _fit(match: MatchScore | None) -> str:
    return "" if match is None else f" ({match.sureness.value})"
