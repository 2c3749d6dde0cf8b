"""What changes files: the write-back of the run in hand, and taking writes back, in turn with one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from blipdesk.domain.ports import FileRestorer, MetadataWriter
from blipdesk.domain.writes import UndoReport, UndoSelection, WritePolicy, WriteReport
from blipdesk.pipeline.thumbs import ThumbnailSink
from blipdesk.pipeline.turns import Turn
from blipdesk.pipeline.undo import TakeBack
from blipdesk.pipeline.writeback import WriteBack

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog


class Writing:
    """Makes the write-back for each run, and takes writes back beside it.  Its owner starts and ends them.

    Args:
        catalog: says what is pending, keeps the journal.
        thumbnails: follow a photo whose file was written.
        writer: the metadata writer.
        restorer: takes writes back.
        policy: where and how captions are written.
        on_progress: gets how many photos of a pass are written, and of how many.
        on_written: gets what became of each photo.
    """

    def __init__(
        self,
        catalog: Catalog,
        thumbnails: ThumbnailSink,
        writer: MetadataWriter,
        restorer: FileRestorer,
        policy: WritePolicy,
        on_progress: Callable[[int, int], object],
        on_written: Callable[[WriteReport], object],
    ) -> None:
        self._catalog = catalog
        self._thumbnails = thumbnails
        self._writer = writer
        self._restorer = restorer
        self._policy = policy
        self._on_progress = on_progress
        self._on_written = on_written
        self._turn = Turn()
        self.run = self.begin()
        """The write-back of the run in hand."""

    def begin(
        self, thumbnails: ThumbnailSink | None = None, scope: Callable[[str], bool] | None = None
    ) -> WriteBack:
        """Make the write-back of a run, in place of the one before.

        Args:
            thumbnails: follow a photo in place of the usual ones.
            scope: says of a photo's path whether the thread may write it; None: it may write every photo.
        """
        self.run = WriteBack(
            self._catalog, self._writer, self._policy, (thumbnails or self._thumbnails).rekey, scope,
            self._on_progress, self._turn, self._on_written,
        )  # fmt: skip
        return self.run

    def set_policy(self, policy: WritePolicy) -> None:
        """Write elsewhere or otherwise from now on."""
        self._policy = policy
        self.run.set_policy(policy)

    def write_asked_for(
        self,
        policy: WritePolicy,
        photo_ids: Sequence[int],
        on_progress: Callable[[int, int], object] = lambda *_: None,
        whole: bool = False,
    ) -> list[WriteReport]:
        """Write these photos' captions now, see :meth:`WriteBack.write_asked_for`; takes as long as it takes.

        Raises:
            CatalogError: the journal cannot be kept.
        """
        return self.run.write_asked_for(policy, photo_ids, on_progress, whole=whole)

    def undo(
        self,
        selection: UndoSelection,
        dry_run: bool = False,
        on_progress: Callable[[int, int], object] = lambda *_: None,
    ) -> list[UndoReport]:
        """Take writes back, see :meth:`TakeBack.undo`; takes as long as it takes.

        Raises:
            UsageError: there is no such run.
            CatalogError: the journal cannot be kept.
        """
        if not dry_run:
            self.run.recover()  # a temporary file of a cut write may be a second name of its sidecar
        work = TakeBack(
            self._catalog, self._restorer, self._turn, self._thumbnails.rekey, self._policy.keep_times
        )
        return work.undo(selection, dry_run, on_progress)
