"""The gallery's item model: an array of ids, with the tiles of 50 rows read at a time in the pool."""

from __future__ import annotations

import html
import logging
from array import array
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from blipdesk.domain.grouping import Grouping, Groups
from blipdesk.domain.paths import file_name
from blipdesk.domain.values import PhotoState, PhotoTile
from blipdesk.domain.wording import listed, tr
from blipdesk.ui.gallery.badges import badge_hints, is_wordless
from blipdesk.ui.gallery.geometry import Sections
from blipdesk.ui.gallery.heading import group_words
from blipdesk.ui.pane.texts import shown
from blipdesk.ui.tasks import run_in_pool

log = logging.getLogger(__name__)

PAGE_ROWS = 50
"""A jump waits for all rows of its page, each somewhere on the disk: with 200 its pictures were there after
83 and 160 ms (p50 and p95 at a million photos, busy machine), with 50 after 75 and 130.
"""
PAGES_KEPT = 256
_AT_ONCE = 2
"""Page reads under way; what is asked for meanwhile waits, newest first."""
_WAITING = 24
_AGAIN = 200
"""Rows read again at a time: nobody waits for the first."""
_PIECE = 10_000
_CHANGES = 100
"""Changes remembered, for the reads that began before them: 6 s of them at least."""

ReadTiles = Callable[[Sequence[int]], list[PhotoTile]]
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class IdsChange:
    """A new id list and how it differs from the one shown: worked out in the pool.

    ``start`` and ``removed``/``added`` describe the single span that differs; ``kept`` are the new row
    numbers of the ids asked to be kept (selected and current), for the case of a reset.  ``sure`` of the ids
    fit what was searched for, those behind them may.  ``tiles`` are those of the first ids, where they were
    read too, after so many ``changes`` of the model.
    """

    ids: array[int]
    start: int
    removed: int
    added: int
    sure: int
    kept: tuple[int, ...] = ()
    tiles: tuple[PhotoTile, ...] = ()
    changes: int = 0
    groups: Groups | None = None

    def row_after(self, row: int) -> int:
        """Where a row stands after the change; -1 where it is gone, or that is not known."""
        if row < self.start:
            return row
        return row + self.added - self.removed if row >= self.start + self.removed else -1

    @classmethod
    def between(
        cls,
        old: array[int],
        new: array[int],
        keep: Sequence[int] = (),
        sure: int | None = None,
        groups: Groups | None = None,
    ) -> IdsChange:
        """Compare two id lists; O(n) of memory comparison, 10 ms per million.

        Args:
            old: the ids shown.
            new: those to be shown.
            keep: ids whose new row numbers are wanted.
            sure: so many of the new ones fit; None: all.
            groups: of those that fit.
        """
        prefix = _common_prefix(old, new)
        rest = min(len(old), len(new)) - prefix
        suffix = _common_suffix(old, new, rest)
        removed, added = len(old) - prefix - suffix, len(new) - prefix - suffix
        rows: tuple[int, ...] = ()
        if keep and removed and added:
            rows = tuple(_rows_of(new, set(keep)))
        fitting = len(new) if sure is None else sure
        return cls(new, prefix, removed, added, fitting, rows, groups=groups)

    @property
    def sections(self) -> Sections:
        """Where the rows begin a line of their own."""
        if self.groups is None or not self.ids:
            return Sections.parted(self.sure, len(self.ids))
        return Sections.grouped(self.groups.starts, self.sure, len(self.ids))


def _rows_of(ids: array[int], wanted: set[int]) -> Iterator[int]:
    """The rows of these ids; in pieces, for the GUI thread waits while one is compared: 25 ms a million."""
    for start in range(0, len(ids), _PIECE):
        piece = ids[start : start + _PIECE]
        if not wanted.isdisjoint(piece):
            yield from (start + row for row, photo_id in enumerate(piece) if photo_id in wanted)


def _common_prefix(a: array[int], b: array[int]) -> int:
    low, high = 0, min(len(a), len(b))
    one, other = memoryview(a), memoryview(b)
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle].tobytes() == other[low:middle].tobytes():
            low = middle
        else:
            high = middle - 1
    return low


def _common_suffix(a: array[int], b: array[int], limit: int) -> int:
    low, high = 0, limit
    one, other = memoryview(a), memoryview(b)
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(a) - middle : len(a) - low].tobytes() == other[len(b) - middle : len(b) - low].tobytes():
            low = middle
        else:
            high = middle - 1
    return low


def tile_name(tile: PhotoTile) -> str:
    """What a screen reader says of a tile: caption (or file name) and its state where that matters."""
    name = tile.caption or file_name(tile.path)
    words = {
        PhotoState.QUEUED: tr("waiting for its caption"),
        PhotoState.WORKING: tr("being captioned"),
        PhotoState.FAILED: tr("could not be captioned") if is_wordless(tile) else tr("could not be read"),
        PhotoState.MISSING: tr("file is missing"),
        PhotoState.OFFLINE: tr("drive is not connected"),
    }.get(tile.state, tr("caption needs review") if tile.needs_review else None)
    favourite = tr("favourite") if tile.favourite else None
    return shown(listed(filter(None, (name, words, favourite))))


def tile_tooltip(tile: PhotoTile, reasons: Sequence[str] = ()) -> str:
    """Caption, file name, why it was found, and what its badge tells, as a tooltip.

    Escaped, because QToolTip would load local pictures.
    """
    lines = [tile.caption or "", file_name(tile.path), *reasons, *badge_hints(tile)]
    return "<qt>" + "<br>".join(html.escape(shown(line)) for line in lines if line) + "</qt>"


class GalleryModel(QAbstractListModel):
    """Rows are photo ids; tiles are cached by id and read page by page.

    ``tiles_arrived`` is emitted with the ids whose tiles came or changed (coalesced by the view);
    ``dataChanged`` is not emitted per row, the view repaints once.  ``parted`` is emitted when the ids are
    the same, but stand in other groups, or others of them only may fit.
    """

    tiles_arrived = Signal(object)
    parted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: array[int] = array("q")
        self._sure = 0
        self._groups: Groups | None = None
        self._sections = Sections.parted(0, 0)
        self._tiles: OrderedDict[int, PhotoTile] = OrderedDict()
        self._read: ReadTiles | None = None
        self._generation = 0
        self._running: set[int] = set()
        self._waiting: list[int] = []
        self.changes = 0
        """So many times photos have changed: what is read from now on has these changes."""
        self._changed: deque[frozenset[int] | None] = deque(maxlen=_CHANGES)
        """The photos of the last times; None: all."""

    # ------------------------------------------------------------------------------------ source, ids

    def set_source(self, read: ReadTiles | None) -> None:
        """Read tiles with this function, in the pool; forgets what was read before."""
        self._read = read
        self._tiles.clear()
        self._restart()

    @property
    def ids(self) -> array[int]:
        """The ids in order; not to be changed."""
        return self._ids

    @property
    def sure(self) -> int:
        """So many of the rows fit; those behind them may."""
        return self._sure

    @property
    def sections(self) -> Sections:
        """Where the rows begin a line of their own, under a heading."""
        return self._sections

    def group_of(self, section: int) -> tuple[Grouping, str] | None:
        """What the photos of a section have in common; None for those that only may fit, or for all."""
        groups = self._groups
        return None if groups is None or section >= len(groups.keys) else (groups.by, groups.keys[section])

    def apply(self, change: IdsChange) -> bool:
        """Show another id list; returns True when it was a reset (the selection is gone then)."""
        was, sections = self._sections, change.sections
        self._take(change.tiles, change.changes)
        self._sure, self._groups = change.sure, change.groups
        if not change.removed and not change.added:
            if was != sections:
                self._sections = sections
                self.parted.emit()
            return False
        self._restart()
        start = change.start
        if not change.removed:
            self.beginInsertRows(_ROOT, start, start + change.added - 1)
            self._ids, self._sections = change.ids, sections
            self.endInsertRows()
            return False
        if not change.added:
            self.beginRemoveRows(_ROOT, start, start + change.removed - 1)
            self._ids, self._sections = change.ids, sections
            self.endRemoveRows()
            return False
        self.beginResetModel()
        self._ids, self._sections = change.ids, sections
        self.endResetModel()
        return True

    def _restart(self) -> None:
        self._generation += 1
        self._running.clear()
        self._waiting.clear()

    # ------------------------------------------------------------------------------------ Qt's model

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        row = index.row()
        if not 0 <= row < len(self._ids):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            tile = self._tiles.get(self._ids[row])
            name = tile_name(tile) if tile is not None else tr("Photo {n}", n=row + 1)
            return self._under_heading(row, name if row < self._sure else tr("Maybe: {name}", name=name))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            tile = self._tiles.get(self._ids[row])
            return shown(tile.caption or "") if tile is not None else None
        return None

    def _under_heading(self, row: int, name: str) -> str:
        """The first photo of a group is read out with what stands over it."""
        section = self._sections.of_row(row)
        group = self.group_of(section)
        if group is None or self._sections.starts[section] != row:
            return name
        return f"{group_words(*group)[0]}: {name}"

    # ------------------------------------------------------------------------------------ tiles

    def id_at(self, row: int) -> int:
        """The photo id of a row."""
        return self._ids[row]

    def cached(self, photo_id: int) -> PhotoTile | None:
        """The tile of a photo if it was read."""
        return self._tiles.get(photo_id)

    def tile(self, row: int) -> PhotoTile | None:
        """The tile of a row; None while its page is being read (asks for it)."""
        photo_id = self._ids[row]
        tile = self._tiles.get(photo_id)
        if tile is None:
            self._want(row // PAGE_ROWS)
        else:
            self._tiles.move_to_end(photo_id)
        return tile

    def read_around(self, row: int) -> None:
        """Have the page of a row read, for those who scroll on from it."""
        if 0 <= row < len(self._ids):
            self._want(row // PAGE_ROWS)

    def refresh(self, photo_ids: Iterable[int] | None) -> None:
        """Read changed photos again (None: all that were read); the old tiles show until then."""
        self.changes += 1
        self._changed.append(None if photo_ids is None else frozenset(photo_ids))
        self._read_again(
            list(self._tiles) if photo_ids is None else [i for i in photo_ids if i in self._tiles]
        )

    def _read_again(self, stale: Sequence[int]) -> None:
        for start in range(0, len(stale), _AGAIN):
            if self._read is not None:
                ids = stale[start : start + _AGAIN]
                run_in_pool(partial(self._read, ids), self._on_tiles, owner=self)

    def _want(self, page: int) -> None:
        if self._read is None or page in self._running:
            return
        if page in self._waiting:
            self._waiting.remove(page)
        self._waiting.append(page)
        del self._waiting[:-_WAITING]
        self._start_reads()

    def _start_reads(self) -> None:
        while self._waiting and len(self._running) < _AT_ONCE and self._read is not None:
            page, generation, read = self._waiting.pop(), self._generation, self._read
            ids = self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS].tolist()
            missing = [photo_id for photo_id in ids if photo_id not in self._tiles]
            if not missing:
                continue
            self._running.add(page)

            def done(
                tiles: list[PhotoTile],
                page: int = page,
                generation: int = generation,
                changes: int = self.changes,
            ) -> None:
                if generation == self._generation:
                    self._running.discard(page)
                self._take(tiles, changes)
                self.tiles_arrived.emit([tile.id for tile in tiles])
                self._start_reads()

            def failed(error: Exception, page: int = page, generation: int = generation) -> None:
                if generation == self._generation:  # asked for again once it is looked at again
                    log.error("page %d of the gallery could not be read", page, exc_info=error)
                    self._running.discard(page)
                    self._start_reads()

            run_in_pool(partial(read, missing), done, failed, self, priority=2)

    def _on_tiles(self, tiles: list[PhotoTile]) -> None:
        self._keep(tiles)
        self.tiles_arrived.emit([tile.id for tile in tiles])

    def _take(self, tiles: Sequence[PhotoTile], changes: int) -> None:
        """Keep what was read after so many changes; what has changed since is read again, or was already."""
        later = self.changes - changes
        told = [*self._changed][max(0, len(self._changed) - later) :] if later else []
        is_unknown = later > len(told) or None in told
        stale = {tile.id for tile in tiles if is_unknown or any(ids and tile.id in ids for ids in told)}
        unread = [photo_id for photo_id in stale if photo_id not in self._tiles]
        self._keep([tile for tile in tiles if tile.id not in stale or tile.id not in self._tiles])
        self._read_again(unread)

    def _keep(self, tiles: Sequence[PhotoTile]) -> None:
        for tile in tiles:
            self._tiles[tile.id] = tile
            self._tiles.move_to_end(tile.id)
        while len(self._tiles) > PAGE_ROWS * PAGES_KEPT:
            self._tiles.popitem(last=False)
