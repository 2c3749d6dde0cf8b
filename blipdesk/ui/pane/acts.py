"""What is done to a photo from the pane: in order, said in a toast, and no caption lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blipdesk.domain.drafts import DraftField
from blipdesk.domain.wording import plural, tr
from blipdesk.ui.pane.edits import EditQueue
from blipdesk.ui.undoing import told
from blipdesk.ui.words import error_words

if TYPE_CHECKING:
    from blipdesk.domain.values import Photo
    from blipdesk.services.workspace import Workspace


class PhotoActs(QObject):
    """Edits of photos, one after the other.  Owner: the GUI thread."""

    said = Signal(str, bool)
    """A sentence, and whether Undo makes sense."""
    working = Signal(str, object)
    """How far the undo of an edit of many photos is."""
    edited = Signal(int)
    """So many more edits, or fewer, can be taken back."""
    saved = Signal(int)
    """The saving of this photo's caption has ended, well or not: it is to be read again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._edits = EditQueue(self)
        self._saving: list[tuple[int, str]] = []
        """Captions handed to the services and not acknowledged yet, oldest first: photo and text."""
        self._failed: set[int] = set()
        """Photos whose caption could not be saved: it is a draft."""

    def set_workspace(self, workspace: Workspace | None, last: Callable[[], None] | None = None) -> None:
        """Act through these services from now on.

        Captions that could not be saved before are handed to the former ones' edits once more:
        :func:`~blipdesk.ui.pane.edits.take_edits` has them then.

        Args:
            workspace: the services; None at the end, before they are closed.
            last: what is done behind all edits through the former ones.
        """
        if self._workspace is not None:
            for photo_id in list(self._failed):
                text = self._workspace.drafts.text(photo_id, DraftField.CAPTION)
                if text is not None:
                    self.save_caption(photo_id, text.strip())
        if last is not None:
            self._edits.add(last, lambda: None, lambda error: None)
        self._workspace = workspace
        self._saving.clear()
        self._failed.clear()

    def do(
        self,
        work: Callable[[], object],
        done: str,
        *,
        undo: bool = False,
        failed: Callable[[], None] = lambda: None,
    ) -> None:
        """Carry ``work`` out behind the edits before it and say how that went.

        Args:
            work: on a pool thread; False: nothing changed.
            done: what is said then.
            undo: it can be taken back, where anything changed.
            failed: on the GUI thread, where it did not work.
        """
        tell_why = self._tell_why(tr("That did not work."), int(undo))
        result: list[object] = []

        def on_done() -> None:
            self._tell(done, undo, undo and result != [False])

        def on_failed(error: Exception) -> None:
            failed()
            tell_why(error)

        self.edited.emit(int(undo))
        self._edits.add(lambda: result.append(work()), on_done, on_failed)

    def _tell(self, words: str, counted: bool, undo: bool) -> None:
        """Say what was done; what was counted as an edit and changed nothing is none."""
        if counted and not undo:
            self.edited.emit(-1)
        self.said.emit(words, undo)

    def _tell_why(self, words: str, edits: int) -> Callable[[Exception], None]:
        """Gives what says why something did not work; it was counted as so many edits, and is none."""

        def tell(error: Exception) -> None:
            self.edited.emit(-edits)
            self.said.emit(error_words(words, error), False)

        return tell

    def save_caption(self, photo_id: int, text: str) -> None:
        """Save a person's caption; its draft goes once it is in the catalog, and stays where that fails."""
        workspace = self._workspace
        if workspace is None:
            return
        save = (photo_id, text)
        self._saving.append(save)
        self._failed.discard(photo_id)
        changed: list[bool] = []

        def work() -> None:
            changed.append(workspace.editing.set_caption(photo_id, text))
            workspace.drafts.drop(photo_id, DraftField.CAPTION, text)
            workspace.drafts.write()

        def ended() -> None:
            if save in self._saving:
                self._saving.remove(save)
            self.saved.emit(photo_id)

        def failed(error: Exception) -> None:
            self._failed.add(photo_id)
            ended()
            self._tell_why(tr("The caption could not be saved."), 1)(error)

        def saved() -> None:
            ended()
            self._tell(tr("Caption saved") if text else tr("Your caption was taken off"), True, changed[0])

        self._edits.add(work, saved, failed)
        self.edited.emit(1)

    def toggle_favourite(self, photo_ids: Sequence[int]) -> None:
        """Make all of these photos favourites, or none where all are; one edit."""
        workspace = self._workspace
        if workspace is None or not photo_ids:
            return
        toggled: list[tuple[bool, int]] = []

        def done() -> None:
            favourite, count = toggled[0]
            if not count:
                self.edited.emit(-1)
            elif favourite:
                words = plural(count, tr("Added to the favourites"), tr("{n} photos added to the favourites"))
                self.said.emit(words, True)
            else:
                words = plural(
                    count, tr("Taken off the favourites"), tr("{n} photos taken off the favourites")
                )
                self.said.emit(words, True)

        self.edited.emit(1)
        self._edits.add(
            lambda: toggled.append(workspace.editing.toggle_favourite(photo_ids)),
            done,
            self._tell_why(tr("That did not work."), 1),
        )

    def caption_anew(self, photo_id: int, failed: Callable[[], None] = lambda: None) -> None:
        """Have a photo captioned anew; ``failed`` is called where it cannot be asked for."""
        workspace = self._workspace
        if workspace is not None:
            self.do(
                lambda: workspace.captioning.caption_anew(photo_id),
                tr("The photo will be captioned again"),
                undo=True,
                failed=failed,
            )

    def stop_anew(self, photo: Photo) -> None:
        """Let a photo keep the caption it has here though it was to be captioned anew: one edit fewer."""
        workspace = self._workspace
        if workspace is None:
            return
        stopped: list[bool] = []

        def done() -> None:
            self.edited.emit(-int(stopped[0]))
            self.said.emit(tr("The caption stays as it is"), False)

        self._edits.add(
            lambda: stopped.append(workspace.captioning.stop_anew(photo.id, photo.captioned_at)),
            done,
            self._tell_why(tr("That did not work."), 0),
        )

    def being_saved(self, photo_id: int) -> str | None:
        """The newest caption of a photo that is on its way to the catalog."""
        return next((text for of, text in reversed(self._saving) if of == photo_id), None)

    def undo(self) -> None:
        """Take the last edit back, behind those being saved."""
        workspace = self._workspace
        if workspace is None:
            return
        undone: list[int | None] = []
        tell = told(self.working.emit, tr("Taking tags back"))
        self.edited.emit(-1)
        self._edits.add(
            lambda: undone.append(workspace.editing.undo(tell)),
            lambda: self.said.emit(
                tr("There is nothing to undo") if undone == [None] else tr("Undone"), False
            ),
            self._tell_why(tr("Undo did not work."), -1),
        )
