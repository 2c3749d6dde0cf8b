"""An answer put around what a person looks at, or has clicked.

A photo that was clicked never goes or moves away under the pointer: the second click of a double click, and
the next one of a row of them, must hit what they were meant for.  How much else stays depends on what was on
the screen at the click.  In an answer to the same query the photos in sight stay (:func:`in_shown_order`):
they were looked at, and are right, if not in the best order.  In the list of another query they are wrong:
there the clicked ones alone stay, and the new answer is put around them (:func:`around_clicked`).
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from blipdesk.domain.search import SearchAnswer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ids = NDArray[np.int64]
    Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Clicked:
    """A photo that was clicked, and where in the grid it stands."""

    photo_id: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer as it is to be shown."""

    answer: SearchAnswer
    """With other ids than were found, and without scores: they would not fall any more."""
    strangers: array[int] = field(default_factory=lambda: array("q"))
    """Photos that are shown, but were not found."""
    sure_strangers: int = 0
    """So many of them stand among the sure ones."""


def in_shown_order(
    answer: SearchAnswer, shown: array[int], sure: int, keep: Sequence[int] = ()
) -> ShownAnswer:
    """An answer whose photos stand where they stood, with those that were not shown behind them.

    That is done within the photos that fit and within those that may: one that is shown does not change
    over.  At a million photos some 20 ms, most of them without the interpreter's lock.

    Args:
        answer: the new answer.
        shown: the ids on the screen, in their order.
        sure: so many of these fit.
        keep: those of them that stay also where the new answer has them no more; the others go.
    """
    old, new = _ids(shown), _ids(answer.ids)
    found = np.isin(old, new)
    stays = found | np.isin(old, _ids(keep))
    comes = ~np.isin(new, old)
    fit = np.concatenate((old[:sure][stays[:sure]], new[: answer.sure][comes[: answer.sure]]))
    may = np.concatenate((old[sure:][stays[sure:]], new[answer.sure :][comes[answer.sure :]]))
    strange = stays & ~found
    return _shown(answer, fit, may, old[strange], int(strange[:sure].sum()))


def around_clicked(answer: SearchAnswer, clicked: Sequence[Clicked], columns: int) -> ShownAnswer:
    """An answer with the photos that were clicked where they stand on the screen.

    Where the answer has no such place they stand as near to it as they can, in their column where one is
    free.  Those that it does not have stay, too.

    Args:
        answer: the new answer.
        clicked: in the order of their places.
        columns: photos in a line of the grid; those that may fit begin a line of their own.
    """
    new = _ids(answer.ids)
    pinned = _ids([one.photo_id for one in clicked])
    others, parts = ~np.isin(new, pinned), (slice(answer.sure), slice(answer.sure, None))
    rest = [new[part][others[part]] for part in parts]
    puts: tuple[list[int], list[int]] = [], []
    ids: tuple[list[int], list[int]] = [], []
    for one in clicked:
        lengths = [len(rest[part]) + len(puts[part]) for part in (0, 1)]
        part, row = _place_of(one, lengths[0], lengths[1], columns)
        if puts[part] and row <= puts[part][-1]:
            row = lengths[part]
        puts[part].append(row)
        ids[part].append(one.photo_id)
    fit, may = (
        np.insert(rest[part], np.array(puts[part], int) - np.arange(len(puts[part])), ids[part])
        for part in (0, 1)
    )
    strange = pinned[~np.isin(pinned, new)]
    return _shown(answer, fit, may, strange, int(np.isin(strange, fit).sum()))


def _place_of(one: Clicked, sure: int, maybe: int, columns: int) -> tuple[int, int]:
    """The part of the answer (0: sure, 1: maybe) and the row in it that are where a photo stands."""
    row = one.line * columns + one.column
    if row <= sure:
        return 0, row
    if not maybe:
        return 0, _last_row(sure, one.column, columns)
    line = max(0, one.line - -(-sure // columns))
    return 1, min(line * columns + one.column, _last_row(maybe, one.column, columns))


def _last_row(count: int, column: int, columns: int) -> int:
    """The last row behind or among so many that is in a column; behind them where none is.

    >>> _last_row(7, 1, 5), _last_row(7, 4, 5), _last_row(2, 4, 5)
    (6, 4, 2)
    """
    row = count - (count - column) % columns
    return row if row >= 0 else count


def _shown(answer: SearchAnswer, fit: Ids, may: Ids, strange: Ids, sure_strangers: int) -> ShownAnswer:
    ids, strangers = array("q"), array("q")
    ids.frombytes(np.concatenate((fit, may)).tobytes())
    strangers.frombytes(strange.tobytes())
    shown = replace(answer, ids=ids, sure=len(fit), scores=array("d"))
    return ShownAnswer(shown, strangers, sure_strangers)


def _ids(ids: Sequence[int]) -> Ids:
    if isinstance(ids, array) and ids:
        return np.frombuffer(ids, np.int64)
    return np.array(ids, np.int64)
