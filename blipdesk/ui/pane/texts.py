"""Texts of the pane: dates, sizes and the plain-text rule for labels and tooltips."""

from __future__ import annotations

import html
import os
import re
from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale, Qt, QTime
from PySide6.QtWidgets import QLabel, QWidget

from blipdesk.domain.values import Photo, PhotoState, Source
from blipdesk.domain.wording import number, tr
from blipdesk.ui.theme import set_role

_DOT = "   ·   "


def shown(text: str) -> str:
    """The text as Qt can draw it: bytes of a name that are no UTF-8, and NUL, are replaced."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").replace("\0", "\ufffd")


def units_before(text: str, place: int) -> int:
    """How many characters come before a place as Qt counts them, in UTF-16: 🎈 is two.

    >>> units_before("🎈 up", 2)
    3
    """
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


def set_tooltip(widget: QWidget, text: str) -> None:
    """Give a tooltip that shows ``text`` literally: QToolTip guesses rich text and loads local pictures."""
    widget.setToolTip(f"<qt>{html.escape(shown(text))}</qt>" if text else "")


def plain_label(text: str = "", role: str = "", wrap: bool = False) -> QLabel:
    """A QLabel that never reads its text as markup.

    Args:
        text: what it shows.
        role: a role of the style sheet.
        wrap: break lines at words.
    """
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setText(shown(text))
    if role:
        set_role(label, role)
    return label


def set_reading(widget: QWidget, name: str, description: str = "") -> None:
    """Name (and describe) a control for screen readers."""
    widget.setAccessibleName(shown(name))
    if description:
        widget.setAccessibleDescription(shown(description))


def file_name(photo: Photo) -> str:
    """The last part of the path, drawable."""
    return shown(os.path.basename(photo.path)) or shown(photo.path)


def photo_date(photo: Photo) -> str:
    """Date taken (camera time), else the file's date, as :func:`moment_words`; empty: neither makes sense."""
    try:
        if photo.facts.taken_at:
            when = datetime.fromisoformat(photo.facts.taken_at)
        else:
            when = datetime.fromtimestamp(photo.stamp.mtime_ns / 1e9)
    except (ValueError, OverflowError, OSError):
        return ""
    return moment_words(when)


def moment_words(when: datetime, seconds: bool = False) -> str:
    """Day and time as the locale writes them: ``4 Jul 2026, 18:12``, ``Jul 4, 2026, 6:12 PM``."""
    time = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
    if seconds:
        time = re.sub(r"(\W)mm", r"\1mm\1ss", time)
    time = QLocale().toString(QTime(when.hour, when.minute, when.second), time)
    return tr("{day}, {time}", day=day_of(when), time=time.replace("\u202f", "\u00a0"))


def day_of(when: date) -> str:
    """A day as the locale writes it in full, but for the day of the week and with the month short.

    So it goes with the headings of the gallery: ``4 Jul 2026``, ``Jul 4, 2026``, ``2026年7月4日``.
    """
    whole = QLocale().dateFormat(QLocale.FormatType.LongFormat)
    without_weekday = re.sub(r"^dddd,? ?('den' )?|,? ?dddd$", "", whole)
    return QLocale().toString(QDate(when.year, when.month, when.day), without_weekday.replace("MMMM", "MMM"))


def readable_size(size: int) -> str:
    """Bytes in decimal units, in the system's number format: ``4.8 MB``."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def meta_line(photo: Photo) -> str:
    """Date, dimensions and size, as far as they are known."""
    dimensions = f"{photo.width} × {photo.height}" if photo.width and photo.height else ""
    return _DOT.join(
        part for part in (photo_date(photo), dimensions, readable_size(photo.stamp.size)) if part
    )


def model_title(model_key: str | None) -> str:
    """A readable name of the checkpoint in a model key.

    >>> model_title("demo-captioner@1a2b3c4d/caption"), model_title("Salesforce/blip-vqa-base@x/answer")
    ('Demo model', 'BLIP vqa base')
    """
    from blipdesk.services.run_options import is_demo

    if not model_key:
        return ""
    name = model_key.split("@", 1)[0].rstrip("/").rsplit("/", 1)[-1]
    if is_demo(name):
        return tr("Demo model")
    words = shown(name.replace("-", " ").replace("_", " "))
    return "BLIP" + words[4:] if words.lower().startswith("blip") else sentence(words)


def who_answers(answer_model: str) -> str:
    """What is said over an empty chat: who answers, and where."""
    from blipdesk.services.run_options import is_demo

    if is_demo(answer_model):
        return tr("The demo model answers questions about drawn scenes only. Nothing leaves this computer.")
    return tr("The model on this computer answers. Nothing leaves it.")


def source_line(photo: Photo) -> str:
    """Who wrote the caption that is shown, for the line under it."""
    model = model_title(photo.model_key)
    if photo.source is Source.USER:
        if photo.user_caption in [one.text for one in photo.candidates if one.source is Source.MODEL]:
            return tr("{model} · chosen by you", model=model or tr("Model"))
        if photo.model_caption and model:
            return tr("{model} · edited by you", model=model)
        return tr("Written by you")
    if photo.source is Source.FILE:
        return tr("From the file")
    if photo.source is Source.MODEL:
        return model
    return {
        PhotoState.QUEUED: tr("Waiting for its turn"),
        PhotoState.WORKING: tr("Being captioned…"),
        PhotoState.FAILED: tr("Could not be captioned"),
    }.get(photo.state, tr("No caption yet"))


def keyword_source(source: Source) -> str:
    """Who gave a keyword, as its tooltip says it."""
    return {
        Source.USER: tr("Added by you"),
        Source.MODEL: tr("Found in the caption by BlipDesk"),
        Source.FILE: tr("From the file"),
    }[source]


def seconds_taken(seconds: float) -> str:
    """How long an answer took: ``0.9 s``, ``1 min 5 s``."""
    if seconds < 60:
        return tr("{seconds} s", seconds=number(max(seconds, 0.1), 1))
    minutes, rest = divmod(round(seconds), 60)
    return tr("{minutes} min {seconds} s", minutes=minutes, seconds=rest)


def sentence(text: str) -> str:
    """The text with a capital at its start, as a question on a button reads.

    >>> sentence("is anyone there?")
    'Is anyone there?'
    """
    return text[:1].upper() + text[1:]
