"""Deciding which stars go into a photo's file and its sidecar, over what its texts were planned to be.

A person's stars here are those of a favourite, or that it is none.  A favourite's five take the place of
whatever stands there.  One that is none (any more) has what stood there before ours, but for another
program's five: these give way to none where the person took them off here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from blipdesk.domain.filter_tests import FAVOURITE_RATING
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.wording import later
from blipdesk.domain.writes import WriteOutcome, WritePlan, WriteText
from blipdesk.metadata import ratings, starred, stars, xmp_edit
from blipdesk.metadata.case import Case, left_as_it_is
from blipdesk.metadata.facts import Reading
from blipdesk.metadata.files import READ_ONLY, File, may_write_folder
from blipdesk.metadata.refusal import PARSE_ERRORS, reason_of

_SILENT = (WriteOutcome.UNCHANGED, WriteOutcome.KEPT)


@dataclass(frozen=True, slots=True)
class Standing:
    """A photo and its sidecars as they are on the disk.

    Attributes:
        photo: the photo.
        sidecars: by the path that names them.
        reading: what stands in them, our stars included.
    """

    photo: File
    sidecars: Mapping[str, File]
    reading: Reading


def is_asked(text: WriteText, reading: Reading) -> bool:
    """Whether anything of stars is to be looked at: most photos have none."""
    return (text.rating, text.wrote_rating) != (None, None) or any(p.is_peeled for p in reading.packets)


def peeled(photo: File, sidecars: Mapping[str, File]) -> tuple[File, dict[str, File]]:
    """A photo and its sidecars without our stars."""
    beside = {path: replace(file, data=stars.peel(file.data).packet) for path, file in sidecars.items()}
    return replace(photo, data=starred.peel(photo.data)), beside


def standing_stars(reading: Reading, *, ours: bool = True) -> int | None:
    """What readers take for a photo's stars: they look beside it first; None: nothing says so.

    Args:
        reading: of the photo and its sidecars.
        ours: with those that were given here.
    """
    beside = ratings.rating_beside(reading, ours=ours)
    return ratings.rating_inside(reading, ours=ours) if beside is None else beside


def wanted(text: WriteText, base: int | None, unknown: int | None = None) -> int | None:
    """How many stars ours are to be (0: to say that there are none); None: none of ours.

    Args:
        text: what is to be written.
        base: what stands there without ours.
        unknown: what another catalog wrote over that (see :func:`stars_of_another_catalog`).
    """
    if unknown is not None:
        return unknown
    if text.rating:
        return text.rating
    if base is not None and base == text.wrote_rating:  # another program dropped our note of what was there
        base = text.file_rating or 0
        return 0 if text.rating == 0 and base == FAVOURITE_RATING else base
    return 0 if text.rating == 0 and base == FAVOURITE_RATING else None


def stars_of_another_catalog(text: WriteText, standing: Reading) -> int | None:
    """Stars of ours that are none of this catalog's; None: there are none.

    A person gave them all the same: in the catalog of another computer, or in one that was lost.  Where stars
    were written from here once these may be back, by an undo: of another are then those that were read.
    """
    if (text.rating, text.wrote_rating) != (None, None):
        return None
    packets = sorted(standing.packets, key=lambda packet: not packet.beside)
    found = next((packet.stars for packet in packets if packet.stars is not None), None)
    return None if text.is_rated_here and found != text.file_rating else found


def is_changed(text: WriteText, standing: Reading) -> bool:
    """Whether others stand there since ours were written: a person gave them in another program.

    The catalog learns of them when it reads the file.
    """
    if text.wrote_rating is None or any(packet.stars is not None for packet in standing.packets):
        return False
    found = standing_stars(standing)
    return found is not None and found not in (text.wrote_rating, text.file_rating)


class Starring:
    """Puts the stars on a plan.

    Args:
        case: the photo without our stars.
        standing: the photo as it is.
        reason: why the photo's own file is not written; empty: it may be.
        refusal: says why its sidecar cannot be written, as a plan; None: it can.
    """

    def __init__(
        self, case: Case, standing: Standing, reason: str, refusal: Callable[[], WritePlan | None]
    ) -> None:
        self._case = case
        self._standing = standing
        self._reason = reason
        self._refusal = refusal
        base = standing_stars(case.reading, ours=False)
        unknown = stars_of_another_catalog(case.text, standing.reading)
        ours = wanted(case.text, base, unknown)
        self._is_known = unknown is None
        self._asked = ours is not None
        self._number = (base or 0) if ours is None else ours
        self._inside = ratings.rating_inside(case.reading, ours=False) or 0
        self._beside = ratings.rating_beside(case.reading, ours=False)

    def on(self, plan: WritePlan) -> WritePlan:
        """The plan with the stars where it writes, or where they alone go."""
        case = self._case
        if plan.outcome is WriteOutcome.REFUSED or plan.news or is_changed(case.text, self._standing.reading):
            return plan
        embeds = case.policy.target is WriteTarget.EMBED and not self._reason
        is_beside = os.path.realpath(plan.target_path) == os.path.realpath(case.sidecar_path)
        if not embeds or is_beside:
            inside = ratings.rating_inside(self._standing.reading) or 0
            packets = self._standing.reading.packets
            if self._asked and any(p.stars == self._number and not p.beside for p in packets):
                plan = self._told(plan)  # ours stand there still
            return self._in_sidecar(plan, plan, self._seen(inside) != self._number)
        try:
            plan = self._in_photo(plan, self._asked and self._inside != self._number)
        except PARSE_ERRORS as error:
            plan = self._in_photo(plan, False)
            why = later("The rating goes to a sidecar, because {reason}.").format(reason=reason_of(error))
            note = f"{plan.note} {why}".strip()
            alone = plan.new is None and plan.in_step is None and not case.reading.marked
            plan = replace(plan, note=note)
            beside = plan if alone else plan.in_step
            return self._in_sidecar(plan, beside, self._seen(self._inside) != self._number)
        is_hidden = self._asked and self._seen(self._number) != self._number
        return self._in_sidecar(plan, plan.in_step, is_hidden)

    def _seen(self, inside: int) -> int:
        """What readers take for the stars of a photo that says so many itself."""
        return inside if self._beside is None else self._beside

    def _in_photo(self, plan: WritePlan, lays: bool) -> WritePlan:
        """The plan with the stars in the photo, or (not ``lays``) with none of ours there."""
        file = self._standing.photo
        texts = plan.new if plan.outcome is WriteOutcome.EMBEDDED else None
        base = self._case.photo.data if texts is None else texts
        new = starred.lay_over(base, self._number) if lays else base
        if new != file.data and not may_write_folder(file.path):
            return self._case.end(WriteOutcome.REFUSED, READ_ONLY)
        return self._rated(plan, file, new, lays)

    def _in_sidecar(self, plan: WritePlan, beside: WritePlan | None, lays: bool) -> WritePlan:
        """The plan with the stars in the sidecar, or (not ``lays``) with none of ours there.

        Args:
            plan: for the photo, or (``beside`` is that) for the sidecar.
            beside: the plan for the sidecar, where there is one.
            lays: whether stars go there.
        """
        case, path = self._case, self._case.sidecar_path
        real, peeled = self._standing.sidecars.get(path), case.sidecars.get(path)
        base = beside.new if beside is not None and beside.new is not None else peeled and peeled.data
        if plan.outcome is WriteOutcome.REFUSED or not (lays or base):
            return plan
        try:
            new = stars.lay_over(base or xmp_edit.BARE, self._number, {}) if lays else base or b""
            refused = None if real is not None and new == real.data else self._refusal()
        except PARSE_ERRORS as error:
            refused = case.end(WriteOutcome.REFUSED, left_as_it_is(reason_of(error)), path)
        if refused is not None:
            return replace(plan, note=f"{plan.note} {refused.note}".strip()) if plan.new else refused
        target = real or os.path.realpath(path)
        if beside is plan:
            return self._rated(plan, target, new, lays)
        in_step = self._rated(beside or case.end(WriteOutcome.UNCHANGED, ""), target, new, lays)
        rating = in_step.rating if lays else plan.rating
        if in_step.new is None:
            return replace(plan, in_step=None, rating=rating)
        return replace(plan, in_step=replace(in_step, is_in_step=True, rating=rating), rating=rating)

    def _told(self, plan: WritePlan) -> WritePlan:
        """The plan that says which stars of this catalog stand over the photo's own then."""
        return replace(plan, rating=self._number) if self._is_known else plan

    def _rated(self, plan: WritePlan, target: File | str, new: bytes, lays: bool) -> WritePlan:
        """The plan that gives a file, or a path where none is yet, these bytes; as is where it has them."""
        old, stamp = (target.data, target.stamp) if isinstance(target, File) else (None, None)
        path = target.path if isinstance(target, File) else target
        plan = self._told(plan) if lays else plan
        if new == old:
            return replace(plan, new=None, old=None)
        note, is_photo = plan.note, path == self._standing.photo.path
        if plan.outcome in _SILENT and note:  # why no caption is
            note = " ".join((later("Only the rating is written."), note))
        return replace(
            plan,
            target_path=path,
            outcome=WriteOutcome.EMBEDDED if is_photo else WriteOutcome.SIDECAR,
            note=note,
            old=old,
            new=new,
            stamp=stamp,
            keep_times=self._case.policy.keep_times,
        )
