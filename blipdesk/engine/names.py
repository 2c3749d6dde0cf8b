"""What people type or paste for a model, and the names it may have meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from blipdesk.engine import registry

_PAGE = re.compile(
    r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/+([^/?#\s]+/[^/?#\s]+)", re.IGNORECASE
)


def typed_name(typed: str) -> str:
    """A row's key, however its name was written; of any other page's address ``owner/name``; else as it is.

    >>> typed_name("Blip-VQA-Base"), typed_name("https://huggingface.co/Salesforce/blip-vqa-base/tree/main")
    ('blip-vqa-base', 'blip-vqa-base')
    >>> typed_name("hf.co/Somebody/my-blip?x=1"), typed_name("My-Blip")
    ('Somebody/my-blip', 'My-Blip')
    """
    name = typed.strip()
    page = _PAGE.match(name)
    name = page[1] if page else name
    written = name.rstrip("/").lower()
    rows = (spec.key for spec in registry.SPECS if written and written in {spec.key, spec.repo.lower()})
    return next(rows, name)


def did_you_mean(name: str, keys: Iterable[str]) -> str:
    """A question with the nearest of these keys, with a space behind it; empty where none is near.

    >>> did_you_mean("Blip-VQA-bse", ["blip-vqa-base", "my-blip"])
    'Did you mean blip-vqa-base? '
    """
    near = difflib.get_close_matches(name.rpartition("/")[2].lower(), list(keys))
    return f"Did you mean {' or '.join(near)}? " if near else ""
