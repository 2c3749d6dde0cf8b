"""What became of photos' files, as a person or a script reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from blipdesk.cli.output import Grouped, counted, plain, say, say_json
from blipdesk.domain.writes import SIDECAR_INSTEAD, WriteOutcome

_SIDECAR_INSTEAD = SIDECAR_INSTEAD.partition("{")[0]
FEW = 20
"""So many files are named one by one; of more, what there is to say of them, by reason."""
_WORDS = {
    WriteOutcome.EMBEDDED: "written",
    WriteOutcome.SIDECAR: "sidecar",
    WriteOutcome.UNCHANGED: "unchanged",
    WriteOutcome.KEPT: "left as it is",
    WriteOutcome.REFUSED: "not written",
}
_WOULD = _WORDS | {
    WriteOutcome.EMBEDDED: "would be written",
    WriteOutcome.SIDECAR: "would get a sidecar",
    WriteOutcome.REFUSED: "could not be written",
}
_COUNTED = {
    "embedded": "with the caption inside",
    "sidecars": "with a sidecar",
    "unchanged": "unchanged",
    "kept": "left as before",
    "refused": "not written",
}


class WriteNotes:
    """Why photos' files became what they did, where there is something to say, by reason."""

    def __init__(self) -> None:
        self._by_path: dict[str, tuple[WriteOutcome, str]] = {}

    def add(self, path: str, outcome: WriteOutcome, reason: str) -> None:
        """Take one photo in; of one that a run wrote twice the last counts."""
        self._by_path.pop(path, None)
        if reason:
            self._by_path[path] = outcome, reason

    def say(self, existing: str | None) -> None:
        """Print them; what could not be done comes last.

        Args:
            existing: what the command line chose for a photo with a person's caption, if anything.
        """
        found = {outcome: Grouped() for outcome in WriteOutcome}
        found[WriteOutcome.REFUSED] = Grouped(most=None)  # each is named with its reason
        for path, (outcome, reason) in self._by_path.items():
            asked_for = outcome is WriteOutcome.SIDECAR and not reason.startswith(_SIDECAR_INSTEAD)
            found[WriteOutcome.EMBEDDED if asked_for else outcome].add(path, reason)
        kept = len(found[WriteOutcome.KEPT])
        headings = {
            WriteOutcome.UNCHANGED: "unchanged",
            WriteOutcome.EMBEDDED: "written with a remark",
            WriteOutcome.SIDECAR: "given a sidecar instead",
            WriteOutcome.KEPT: f"left as {'it is' if kept == 1 else 'they are'}",
            WriteOutcome.REFUSED: "not written",
        }
        for outcome, words in headings.items():
            noted = found[outcome]
            noted.say(f"{counted(len(noted), 'photo')} {words}")
        if kept and existing is None:
            say("To write beside or over a person's caption: --existing comment, append or replace.")


def say_written(record: Mapping[str, Any], *, dry_run: bool = False) -> None:
    """Print one photo; of a dry run with what would stand there before and after."""
    reason = f" ({plain(record['reason'])})" if record["reason"] else ""
    words = (_WOULD if dry_run else _WORDS)[WriteOutcome(record["outcome"])]
    say(f"{plain(record['path'])}: {words}{reason}")
    if not dry_run or not record["target_path"]:
        return
    if record["target_path"] != record["path"]:
        say(f"  where:  {plain(record['target_path'])}")
    before, after = record["before"], record["after"]
    _say_change("", before["caption"], after["caption"])
    if before["caption"] == after["caption"]:  # else the comment says what the caption says
        _say_change("comment ", before["comment"], after["comment"])
    _say_change("keywords ", before["keywords"], after["keywords"])
    _say_change("rating ", *(str(said["rating"] or "") for said in (before, after)))


def _say_change(what: str, before: str | Sequence[str] | None, after: str | Sequence[str] | None) -> None:
    if before != after:
        say(f"  {what}before: {_shown(before)}")
        say(f"  {what}after:  {_shown(after)}")


def _shown(value: str | Sequence[str] | None) -> str:
    text = value if isinstance(value, str) else ", ".join(value or ())
    return plain(text) or "(nothing)"


def say_all_written(records: Sequence[Mapping[str, Any]], existing: str | None = None) -> None:
    """Print what became of photos: of few each, of many by reason; ``existing`` as for WriteNotes."""
    if len(records) <= FEW:
        for record in records:
            say_written(record)
        return
    notes = WriteNotes()
    for record in records:
        notes.add(record["path"], WriteOutcome(record["outcome"]), record["reason"])
    notes.say(existing)


def counts_in_words(counts: Mapping[str, int]) -> str:
    """How many photos became what; empty where there is none."""
    return ", ".join(f"{counts[name]} {words}" for name, words in _COUNTED.items() if counts[name])


def say_summary(summary: Mapping[str, Any]) -> None:
    """Print the last line for scripts, the same in every command."""
    say_json({"summary": summary})


def say_how_to_go_on(run: int | None, interrupted: bool, taking_back: bool = False) -> None:
    """Say how an interrupted command goes on, and how what was done to files is taken back."""
    if interrupted:
        say("Interrupted: what was done is kept, the same command goes on from here.")
    if run is not None:
        doing = "put the captions in again" if taking_back else "take it back"
        say(f"To {doing}: blipdesk undo --run {run}")
