"""The form in which a language model behind a Q-Former is asked: a question, and the turns before it.

Li et al. 2023, arXiv:2301.12597: "Question: {} Answer:" for visual question answering (section 4.2), and for
conversation (figure 4) the turns before it in the same form, each closed by a full stop.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from blipdesk.domain.jobs import Turn

QUESTION = "Question:"
_ASK = "Question: {} Answer:"


def ask(question: str, history: Sequence[Turn] = ()) -> str:
    """The prompt of a question after some turns."""
    told = [f"{_ASK.format(turn.question)} {turn.answer.strip().rstrip('.')}." for turn in history]
    return " ".join([*told, _ASK.format(question)])


def fit(question: str, history: Sequence[Turn], room: int, count: Callable[[str], int]) -> tuple[str, int]:
    """The prompt of a question with as many of the latest turns as fit.

    Args:
        question: asked now; never cut here.
        history: the turns before, oldest first.
        room: tokens that the prompt may take.
        count: tokens of a prompt.

    Returns:
        The prompt, and how many of the oldest turns were left out.
    """
    for left_out in range(len(history)):
        prompt = ask(question, history[left_out:])
        if count(prompt) <= room:
            return prompt, left_out
    return ask(question), len(history)
