"""What the controls of the photo's page do: each acts on the photo shown, through the services."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blipdesk.domain.events import Progress, RunState
from blipdesk.domain.values import Photo, PhotoState
from blipdesk.domain.wording import tr
from blipdesk.ui.pane.acts import PhotoActs
from blipdesk.ui.pane.notes import NoteAct, note_of
from blipdesk.ui.pane.photo_page import PhotoPage
from blipdesk.ui.pane.proposals import Proposals

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace


class PageActs(QObject):
    """Owner: the GUI thread."""

    said = Signal(str, bool)
    """A sentence, and whether Undo makes sense."""
    confirmed = Signal()
    remove_requested = Signal(int)
    """This photo's file is gone: it is to be taken out of the library."""
    compare_requested = Signal(int)

    def __init__(self, page: PhotoPage, acts: PhotoActs) -> None:
        super().__init__(page)
        self._page, self._acts = page, acts
        self._workspace: Workspace | None = None
        self._photo: Photo | None = None
        self._proposals = Proposals(page.choice, page.caption.again_button, self)
        self._proposals.toggled.connect(page.show_choice)
        self._proposals.failed.connect(lambda words: self.said.emit(words, False))
        page.banner.action.clicked.connect(self._on_banner)
        page.caption.saved.connect(self._on_caption_saved)
        page.caption.again.connect(self._on_again)
        page.caption.confirmed.connect(self._on_confirmed)
        page.choice.chosen.connect(page.caption.take)
        page.choice.anew.connect(self._caption_anew)
        for part in (page.caption, page.choice):
            part.anew_stopped.connect(self._stop_anew)
        page.details.difference_pressed.connect(self._compare)
        page.details.copied.connect(lambda words: self.said.emit(words, False))
        page.keywords.added.connect(lambda name: self._edit_keyword(name, added=True))
        page.keywords.removed.connect(lambda name: self._edit_keyword(name, added=False))
        page.keywords.completion_wanted.connect(self._load_completion)
        page.chat.use_as_caption.connect(self._on_use_answer)
        page.chat.add_as_keyword.connect(lambda name: self._edit_keyword(name, added=True))
        page.chat.delete_requested.connect(self._on_delete_question)

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Act through these services from now on."""
        self._workspace = workspace
        self._proposals.set_service(None if workspace is None else workspace.proposing)
        self._page.chat.set_workspace(workspace)
        if workspace is not None:
            self.show_progress(workspace.captioning.progress())

    def show_progress(self, progress: Progress) -> None:
        """Follow the worker: a caption has to wait while its model is being loaded."""
        workspace, is_loading = self._workspace, progress.state is RunState.LOADING_MODEL
        model = workspace.settings.values.model if workspace is not None and is_loading else ""
        self._page.caption.show_loading(model)

    def show_photo(self, photo: Photo, new: bool) -> None:
        """Act on this photo from now on; ``new`` when another one was shown before."""
        self._photo = photo
        self._proposals.show_photo(photo, new)

    def forget_photo(self) -> None:
        """No photo is shown."""
        self._photo = None

    # ------------------------------------------------------------------------------------ captions

    def _on_caption_saved(self, text: str) -> None:
        if self._photo is not None:
            self._acts.save_caption(self._photo.id, text)

    def _on_again(self) -> None:
        """Offer captions to choose from; where the model has made none yet, it makes one."""
        if self._photo is None or self._photo.model_caption is None:
            self._caption_anew()
        else:
            self._proposals.toggle()

    def _caption_anew(self) -> None:
        photo = self._photo
        if photo is not None:
            self._show_state(replace(photo, state=PhotoState.QUEUED))
            self._acts.caption_anew(photo.id, lambda: self._show_again(photo))

    def _stop_anew(self) -> None:
        if self._photo is not None:
            self._acts.stop_anew(self._photo)

    def _show_again(self, photo: Photo) -> None:
        if self._photo is not None and photo.id == self._photo.id:
            self._show_state(photo)

    def _show_state(self, photo: Photo) -> None:
        self._page.caption.show_photo(photo, None)
        self._proposals.show_photo(photo, new=False)

    def _on_confirmed(self) -> None:
        photo, workspace = self._photo, self._workspace
        if photo is not None and workspace is not None:
            confirm = workspace.editing.confirm_caption
            self._acts.do(lambda: confirm(photo.id), tr("Caption confirmed"), undo=True)
            self.confirmed.emit()

    def _on_use_answer(self, answer: str) -> None:
        self._page.caption.use_text(answer)
        self._page.show_caption()

    # ------------------------------------------------------------------------------------ the rest

    def _edit_keyword(self, name: str, added: bool) -> None:
        photo, workspace = self._photo, self._workspace
        if photo is None or workspace is None:
            return
        change = workspace.editing.add_keyword if added else workspace.editing.remove_keyword
        done = tr("Tag added") if added else tr("Tag removed")
        self._acts.do(lambda: change(photo.id, name), done, undo=True)

    def _on_banner(self) -> None:
        photo, workspace = self._photo, self._workspace
        note = None if photo is None else note_of(photo)
        if photo is None or note is None or workspace is None:
            return
        if note.act is NoteAct.COMPARE:
            self.compare_requested.emit(photo.id)
        elif note.act is NoteAct.RETRY:
            self._acts.do(lambda: workspace.captioning.retry([photo.id]), tr("Trying this photo again"))
        else:
            self.remove_requested.emit(photo.id)

    def _compare(self) -> None:
        if self._photo is not None:
            self.compare_requested.emit(self._photo.id)

    def _on_delete_question(self, question_id: int) -> None:
        if self._workspace is not None:
            delete = self._workspace.asking.delete
            self._acts.do(lambda: delete(question_id), tr("Question deleted"), undo=True)

    def _load_completion(self) -> None:
        from blipdesk.ui.pane.tag_completion import read_known

        if self._workspace is not None:
            read_known(self._workspace, self._page.keywords)
