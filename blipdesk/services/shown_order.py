"""An answer in the order of the one that a person looks at: what came later stands behind it."""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from blipdesk.domain.search import SearchAnswer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ids = NDArray[np.int64]


def in_shown_order(answer: SearchAnswer, shown: array[int], sure: int, keep: bool = False) -> SearchAnswer:
    """An answer whose photos stand where they stood, with those that were not shown behind them.

    That is done within the photos that fit and within those that may: one that is shown does not change
    over.  At a million photos some 20 ms, most of them without the interpreter's lock.

    Args:
        answer: the new answer.
        shown: the ids on the screen, in their order.
        sure: so many of these fit.
        keep: photos that the new answer has no more stay; otherwise they go.

    Returns:
        The answer with other ids, and without scores: they would not fall any more.
    """
    old, new = _ids(shown), _ids(answer.ids)
    stays = np.ones(len(old), bool) if keep else np.isin(old, new)
    comes = ~np.isin(new, old)
    fit = np.concatenate((old[:sure][stays[:sure]], new[: answer.sure][comes[: answer.sure]]))
    may = np.concatenate((old[sure:][stays[sure:]], new[answer.sure :][comes[answer.sure :]]))
    ids = array("q")
    ids.frombytes(np.concatenate((fit, may)).tobytes())
    return replace(answer, ids=ids, sure=len(fit), scores=array("d"))


def _ids(ids: array[int]) -> Ids:
    return np.frombuffer(ids, np.int64) if ids else np.empty(0, np.int64)
