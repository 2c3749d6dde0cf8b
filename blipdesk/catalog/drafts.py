"""The file of what was typed and not saved, beside the catalog.

It is no table of the catalog: a long write there (an import, an upgrade) would keep a draft waiting, and a
catalog that cannot be written is when a draft is needed most.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from blipdesk.catalog.files import free_name, sync
from blipdesk.catalog.lock import make_data_dir
from blipdesk.domain.drafts import Draft, DraftField

_log = logging.getLogger(__name__)

DRAFTS_NAME = "drafts.json"


class DraftFile:
    """Read and replaced whole: at any moment the file holds one state or the next, never a part of one."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / DRAFTS_NAME

    def load(self) -> list[Draft]:
        """What is kept; a file that cannot be read, or is no list of drafts, is set aside with its words."""
        try:
            return [_draft(item) for item in json.loads(self._path.read_text("utf-8"))]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError, KeyError) as error:
            aside = free_name(self._path.with_name("drafts-damaged.json"))
            _log.warning("drafts cannot be read and are set aside as %s: %s", aside, error)
            with suppress(OSError):
                self._path.rename(aside)
        return []

    def save(self, drafts: Sequence[Draft]) -> None:
        """Keep these and no others; with none there is no file.

        Raises:
            OSError: they cannot be written; the file is as it was.
        """
        if not drafts:
            with suppress(FileNotFoundError):
                self._path.unlink()
            return
        make_data_dir(self._path.parent)
        part = self._path.with_suffix(".part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            json.dump([asdict(draft) for draft in drafts], file)  # ASCII: paths may be of any bytes
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, self._path)
        sync(self._path.parent)


def _draft(item: Any) -> Draft:
    return Draft(
        int(item["photo_id"]), str(item["path"]), str(item["content_hash"]), DraftField(item["field"]),
        str(item["text"]), float(item["typed_at"]),
    )  # fmt: skip
