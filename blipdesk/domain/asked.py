"""One question put to many photos: the run, its answers, and how answers are joined into groups."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from blipdesk.domain.errors import Problem
from blipdesk.domain.filter_tests import folded_words
from blipdesk.domain.jobs import AnswerResult, ChoiceResult

YES_NO = ("yes", "no")
"""The choices of a question that is answered by yes or no."""
_DENIAL = re.compile(
    r"\W*(?:no|none|zero|0)\W*|\W*no(?:\s*[,;]|\.\s+[^\W\d]|\s+(?:there|it|they|he|she)\b).*",
    re.IGNORECASE | re.DOTALL,
)


class AskedState(StrEnum):
    """Where a run is."""

    OPEN = "open"
    """The worker asks its photos."""
    PAUSED = "paused"
    """The person let it rest; kept over a restart."""
    DONE = "done"
    CANCELLED = "cancelled"
    """The person ended it; what was answered stays."""


class PhotoAsked(StrEnum):
    """What became of one photo of a run."""

    WAITING = "waiting"
    ANSWERED = "answered"
    KEPT = "kept"
    """The same model had answered it before, of the same picture."""
    FAILED = "failed"
    LEFT = "left"
    """The run was ended before it, and then only those that had failed were asked again."""


@dataclass(frozen=True, slots=True)
class AskedRun:
    """A question that was put to many photos, with its counts."""

    id: int
    question: str
    choices: tuple[str, ...]
    """The only answers that it allows; empty: any."""
    scope: str
    """The query whose photos were asked; empty: photos that were selected."""
    model: str
    """Which one answers; empty: that of the settings."""
    again: bool
    """What was answered before is asked anew."""
    state: AskedState
    note: str
    """Why it cannot go on now; empty where it can."""
    began_at: float
    ended_at: float | None
    waiting: int = 0
    answered: int = 0
    kept: int = 0
    failed: int = 0
    left: int = 0

    @property
    def total(self) -> int:
        """All its photos."""
        return self.waiting + self.done + self.left

    @property
    def done(self) -> int:
        """Photos that do not wait any more."""
        return self.answered + self.kept + self.failed

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of itself."""
        return self.state in (AskedState.DONE, AskedState.CANCELLED)


@dataclass(frozen=True, slots=True)
class PhotoAnswer:
    """What a model said of one photo of a run, to be kept."""

    photo_id: int
    result: AnswerResult | ChoiceResult
    pixel_hash: str
    """Of the picture that it saw."""


@dataclass(frozen=True, slots=True)
class AskedPhoto:
    """A photo of a run, for a list or an export."""

    photo_id: int
    path: str
    state: PhotoAsked
    answer: str = ""
    model_key: str = ""
    asked_at: float | None = None
    probability: float | None = None
    """Of a closed question: how probable the answer is among its choices."""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Answers that say the same."""

    key: str
    """Its words, folded: what a filter compares; empty where it has no word."""
    answer: str
    """As it was said most often."""
    count: int
    """Photos."""
    share: float
    """Of all answers of the run, 0 to 1."""


def same_answer(answer: str) -> str:
    """What makes two answers the same: neither case nor punctuation.

    >>> same_answer("Yes."), same_answer(" yes!"), same_answer("?")
    ('yes', 'yes', '')
    """
    return folded_words(answer).strip()


def is_denial(answer: str) -> bool:
    """Whether an answer says that there is none of what the question names; "no parking" on a sign does not.

    >>> is_denial("No."), is_denial("no, there is no boat"), is_denial("0")
    (True, True, True)
    >>> is_denial("no parking"), is_denial("No. 5"), is_denial("nothing"), is_denial("10")
    (False, False, False, False)
    """
    return _DENIAL.fullmatch(answer) is not None


def groups_of(counted: Iterable[tuple[str, int]]) -> list[AnswerGroup]:
    """Join answers that say the same, the most frequent first.

    Args:
        counted: each answer as it was said, and of how many photos.

    >>> [(group.answer, group.count) for group in groups_of([("yes", 3), ("No", 1), ("Yes.", 2)])]
    [('yes', 5), ('No', 1)]
    """
    spelled: dict[str, dict[str, int]] = {}
    for answer, count in counted:
        spellings = spelled.setdefault(same_answer(answer), {})
        spellings[answer] = spellings.get(answer, 0) + count
    whole = sum(sum(spellings.values()) for spellings in spelled.values())
    groups = [
        AnswerGroup(
            key,
            min(spellings, key=lambda answer: (-spellings[answer], answer)),
            sum(spellings.values()),
            sum(spellings.values()) / whole,
        )
        for key, spellings in spelled.items()
    ]
    return sorted(groups, key=lambda group: (-group.count, group.key))


def answered_query(question: str, answer: str) -> str:
    """The query for the photos of which a question has an answer.

    In quotes, for a bare word at the very end is the beginning of one: ``no`` would find "not sure" too.

    >>> answered_query("Is anyone smiling?", "Yes.")
    'asked:"is anyone smiling"="yes"'
    """
    return f'asked:"{same_answer(question)}"="{same_answer(answer)}"'
