"""What a person is told of a file: where a caption stands, and what a write changes there."""

from __future__ import annotations

import os
from dataclasses import replace

from blipdesk.domain.writes import WriteOutcome, WritePlan, WriteReport
from blipdesk.metadata import exif_texts, facts, sidecar_files, texts
from blipdesk.metadata.ratings import rating_beside, rating_inside
from blipdesk.metadata.refusal import PARSE_ERRORS
from blipdesk.metadata.xmp import Xmp
from blipdesk.metadata.xmp_beginnings import read_beginnings


def name_of_holder(photo_path: str, caption: str) -> str:
    """The name of the file in which a person's caption stands: a sidecar's that says it, else the photo's."""
    said = texts.clean(caption)
    for path in sidecar_files.existing(photo_path):
        sidecar = sidecar_files.bytes_of(path) or b""
        captions = facts.read(b"", (sidecar,), parse=read_beginnings).captions
        if any(texts.clean(found.text) == said for found in captions):
            return os.path.basename(path)
    return os.path.basename(photo_path)


def report_of(plan: WritePlan, *, whole: bool) -> WriteReport:
    """What a person is told of a write.

    Args:
        plan: of the write.
        whole: with keywords, comment and rating, before and after; that takes as long as planning did.
    """
    if plan.new is None and plan.in_step is not None:
        return replace(report_of(plan.in_step, whole=whole), note=plan.note)
    report = WriteReport(plan.photo_path, plan.outcome, plan.note, plan.before, plan.after)
    if plan.new is None:
        return report
    report = replace(report, target_path=plan.target_path)
    if not whole:
        return report
    beside = plan.outcome is WriteOutcome.SIDECAR
    keywords_before, comment_before, rating_before = _standing(plan.old, beside)
    keywords_after, comment_after, rating_after = _standing(plan.new, beside)
    return replace(
        report,
        keywords_before=keywords_before,
        keywords_after=keywords_after,
        comment_before=comment_before,
        comment_after=comment_after,
        rating_before=rating_before,
        rating_after=rating_after,
    )


def _standing(data: bytes | None, beside: bool) -> tuple[tuple[str, ...], str | None, int | None]:
    """The keywords, the comment and the stars that programs read in a file, whoever wrote them."""
    if data is None:
        return (), None, None
    try:
        reading = facts.read(b"", (data,)) if beside else facts.read(data)
        found = [keyword for packet in reading.packets for keyword in Xmp(packet.data).keywords()]
        comment = exif_texts.read_comment(reading.block) if reading.block else ""
        stars = rating_beside(reading) if beside else rating_inside(reading)
    except PARSE_ERRORS:
        return (), None, None
    return texts.merge(tuple(found), tuple(reading.keywords)), comment or None, stars or None
