"""What is said of a question to many photos."""

from __future__ import annotations

from blipdesk.domain.asked import AskedRun, AskedState
from blipdesk.domain.wording import joined, later, number, plural, retold, tr
from blipdesk.ui.status_bar import duration_words
from blipdesk.ui.words import noted, quoted

_STATES = {
    AskedState.OPEN: later("under way"),
    AskedState.PAUSED: later("paused"),
    AskedState.DONE: later("done"),
    AskedState.CANCELLED: later("stopped"),
}


def photos_said(count: int) -> str:
    """``1 photo``, ``617 photos``."""
    return plural(count, tr("{n} photo"), tr("{n} photos"))


def scope_words(count: int, query: str) -> str:
    """Which photos are asked."""
    if query:
        return tr("{photos} found by {query}", photos=photos_said(count), query=quoted(query))
    return photos_said(count)


def estimate_words(count: int, seconds_each: float | None) -> str:
    """How long it may take, and that nobody has to wait for it."""
    goes_on = tr("It goes on when this is closed, and at the next start.")
    if seconds_each is None:
        unknown = tr("How long it takes is known after the first answers: this model was not timed here yet.")
        return joined(unknown, goes_on)
    takes = tr(
        "The answers take {time} at {each} s each; opening the photos and captioning others comes on top.",
        time=duration_words(seconds_each * count),
        each=number(max(seconds_each, 0.1), 1),
    )
    return joined(takes, goes_on)


def run_words(run: AskedRun) -> str:
    """A run on one line of a list.

    >>> run_words(AskedRun(1, "what?", (), "", "", False, AskedState.PAUSED, "", 0.0, None, 3, 9))
    '9 of 12 photos · paused'
    """
    done, state = number(run.done), tr(_STATES[run.state])
    if run.is_over and run.done == run.total:
        return f"{photos_said(run.total)} · {state}"
    counted = tr("{done} of {photos}", done=done, photos=photos_said(run.total))
    return f"{counted} · {state}"


def progress_said(run: AskedRun, seconds_left: float | None, is_halted: bool) -> str:
    """How far a run is.

    Args:
        run: with its counts.
        seconds_left: None where it is not known.
        is_halted: the whole worker is paused.
    """
    parts = [run_words(run)]
    if run.state is AskedState.OPEN and run.waiting:
        if run.note:
            return noted(parts[0], retold(run.note))
        if is_halted:
            parts.append(tr("BlipDesk is paused: it goes on with the captions"))
        elif not run.done:
            parts.append(tr("the model is being loaded"))
        elif seconds_left is not None:
            parts.append(tr("{time} left", time=duration_words(seconds_left)))
    if run.kept:
        parts.append(tr("{count} answered before", count=number(run.kept)))
    return " · ".join(parts)


def percent(part: float) -> str:
    """A share; what is not nothing is not called nothing.

    >>> percent(0.004), percent(0.5)
    ('< 1 %', '50 %')
    """
    return "< 1 %" if 0 < part < 0.01 else f"{100 * part:.0f} %"
