"""Closed questions: the answers they allow."""

from __future__ import annotations

from collections.abc import Sequence

from blipdesk.domain.errors import UsageError
from blipdesk.domain.values import Choice
from blipdesk.domain.wording import later

CHOICES: dict[str, tuple[str, ...]] = {
    "yes/no": ("yes", "no"),
    "colour": (
        "red", "orange", "yellow", "green", "blue", "purple", "pink", "white", "black", "brown", "grey",
    ),
    "count": ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"),
}  # fmt: skip
"""Ready-made lists by name; counts as digits, which VQA models are trained to answer with."""
_SPELLINGS = {"color": "colour"}

MAX_CHOICES = 100
_HARDLY = 0.01


def read_choices(text: str) -> tuple[str, ...]:
    """The choices that a person typed: the name of a ready-made list, or answers separated by commas.

    Raises:
        UsageError: as :func:`check_choices`.
    """
    name = text.strip().lower()
    ready = CHOICES.get(_SPELLINGS.get(name, name))
    return ready or check_choices(text.split(","))


def check_choices(choices: Sequence[str]) -> tuple[str, ...]:
    """The choices without the spaces around them.

    One choice alone is refused: it would always have probability 1, which looks like an answer and is none.

    Raises:
        UsageError: fewer than two choices, a blank one, the same twice, or more than :data:`MAX_CHOICES`.
    """
    cleaned = tuple(" ".join(choice.split()) for choice in choices)
    if "" in cleaned:
        raise UsageError(later("One of the choices is blank."), later("Write something between all commas."))
    seen: set[str] = set()
    for choice in cleaned:
        if choice.casefold() in seen:
            raise UsageError(
                later("The choice {choice} is there twice.").format(choice=choice),
                later("Name each choice once."),
            )
        seen.add(choice.casefold())
    if len(cleaned) < 2:
        raise UsageError(
            later("A closed question needs at least two choices."),
            later("Separate them by commas, or name a list: {choices}.").format(choices=", ".join(CHOICES)),
        )
    if len(cleaned) > MAX_CHOICES:
        raise UsageError(
            later("These are {count} choices.").format(count=len(cleaned)),
            later("Name {most} at most.").format(most=MAX_CHOICES),
        )
    return cleaned


def are_unlikely(choices: Sequence[Choice]) -> bool:
    """Whether a model would hardly say any of these by itself: all that is known is how they compare.

    So it is with words that it has never learnt, and where the right answer is not among them.
    """
    known = [choice.likelihood for choice in choices if choice.likelihood is not None]
    return bool(known) and sum(known) < _HARDLY
