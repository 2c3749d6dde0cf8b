"""What the parts of an imported record say; whatever makes no sense is left out."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from blipdesk.catalog.text import clean_or_none
from blipdesk.domain.values import Candidate, MatchScore, Source, Sureness


def text_in(value: Any) -> str | None:
    """A text that is not blank."""
    return clean_or_none(value) if isinstance(value, str) else None


def number_in(value: Any) -> float | None:
    """A finite number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except OverflowError:  # hundreds of digits
        return None
    return number if math.isfinite(number) else None


def candidate_in(item: Any) -> Candidate | None:
    """A candidate as ``export`` writes it, or its text alone."""
    if not isinstance(item, Mapping):
        text = text_in(item)
        return Candidate(text, text) if text else None
    text = text_in(item.get("text"))
    if text is None:
        return None
    itm, itc, margin = (number_in(item.get(name)) for name in ("itm", "itc", "margin"))
    match = None
    if itm is not None and itc is not None and margin is not None and item.get("sureness") in list(Sureness):
        match = MatchScore(itm, itc, margin, Sureness(item["sureness"]))
    source = Source(item["source"]) if item.get("source") in list(Source) else Source.MODEL
    return Candidate(text, text, number_in(item.get("score")), match, source)


def choices_in(turn: Mapping[str, Any]) -> str | None:
    """The choices of a closed question as the catalog keeps them."""
    listed = turn.get("choices")
    found = [
        [text, probability, number_in(choice.get("likelihood"))]
        for choice in (listed if isinstance(listed, list) else ())
        if isinstance(choice, Mapping)
        and (text := text_in(choice.get("text"))) is not None
        and (probability := number_in(choice.get("probability"))) is not None
    ]
    return json.dumps(found) if found else None
