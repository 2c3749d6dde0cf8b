"""The caption editor: a raised box that grows with its text, and never loses what is being typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.values import Photo, PhotoState
from blipdesk.domain.wording import later, tr
from blipdesk.ui import icons
from blipdesk.ui.pane.composing import Composition
from blipdesk.ui.pane.controls import FieldBox, icon_button, text_button
from blipdesk.ui.pane.paint import Glyph
from blipdesk.ui.pane.sureness import ReviewLine, SurenessMark
from blipdesk.ui.pane.texts import model_title, plain_label, set_reading, set_tooltip, shown, source_line
from blipdesk.ui.pane.written import WrittenButton
from blipdesk.ui.theme import SIZE_EDITOR, SPACE_S, font, set_role
from blipdesk.ui.undoing import leaves_undo

MIN_LINES, MAX_LINES = 2, 16
"""Longer captions scroll with the wheel and the cursor; a bar here would stand beside the pane's."""


ON_ITS_WAY = (PhotoState.QUEUED, PhotoState.WORKING)
_NOT_NOW = {
    PhotoState.MISSING: later("It cannot be captioned again: the file is gone"),
    PhotoState.OFFLINE: later("It cannot be captioned again: its drive is not connected"),
    PhotoState.QUEUED: later("It waits for its caption already"),
    PhotoState.WORKING: later("It is being captioned already"),
}


class CaptionText(QPlainTextEdit):
    """Plain text, as high as its lines; Ctrl+Enter emits :attr:`accepted`, Escape :attr:`rejected`."""

    accepted = Signal()
    rejected = Signal()

    def __init__(self) -> None:
        self._composition = Composition()
        super().__init__()
        set_role(self, "bare")
        # The application's sheet sets 13 px for every widget; only a sheet of its own is stronger.
        self.setStyleSheet(f"font-size: {SIZE_EDITOR}px;")
        self.setFont(font(SIZE_EDITOR))
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.textChanged.connect(self._grow)
        set_reading(self, tr("Caption"), tr("Ctrl+Enter saves, Escape takes the changes back"))
        self._grow()

    def _grow(self) -> None:
        # documentSizeChanged is silent for a text that was set while the page was hidden: count instead.
        layout, block, height = self.document().documentLayout(), self.document().firstBlock(), 0.0
        line = self.fontMetrics().lineSpacing()
        while block.isValid() and height <= MAX_LINES * line:
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        self.setFixedHeight(int(min(max(height, MIN_LINES * line), MAX_LINES * line)) + 4)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    @override
    def event(self, event: QEvent) -> bool:
        if self._composition.takes(event):
            return True
        return not leaves_undo(event, self.document().isUndoAvailable()) and super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.accepted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.rejected.emit()
        else:
            super().keyPressEvent(event)


def as_edited(text: str) -> str:
    """The text as the editor gives it back: its line breaks and no-break spaces become plain ones."""
    document = QTextDocument()
    document.setPlainText(shown(text))
    return document.toPlainText().strip()


def is_captioned_anew(photo: Photo) -> bool:
    """Whether the model is to caption a photo that it has captioned already."""
    return photo.state in ON_ITS_WAY and photo.model_caption is not None


class CaptionEditor(FieldBox):
    """Shows a photo's caption and its source; :attr:`saved` carries a changed text, :attr:`again` asks anew,
    :attr:`confirmed` says that the model's is right.

    A refresh of the same photo never touches text that was changed and not saved.
    """

    saved = Signal(str)
    again = Signal()
    anew_stopped = Signal()
    """The photo is not to be captioned anew after all."""
    confirmed = Signal()
    drafted = Signal(object)
    """What is typed and not saved, as it stands; None: nothing is."""

    def __init__(self) -> None:
        self.editor = CaptionText()
        super().__init__(self.editor)
        self._photo: Photo | None = None
        self._base = self._loading = ""
        self._news = self._restored = self._showing = self._is_anew = False
        self._mark = Glyph("sparkle", "muted", 14)
        self._source = plain_label(role="meta")
        self._source.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.sureness = SurenessMark()
        self.review = ReviewLine()
        self.written = WrittenButton()
        self.again_button = icon_button("refresh", tr("Caption again"), tr("Caption again with the model"))
        self.revert_button = text_button(tr("Revert"), "link", tr("Revert the caption"))
        self.save_button = text_button(tr("Save"), "primary", tr("Save the caption"))
        set_tooltip(self.revert_button, tr("Take the changes back (Esc)"))
        set_tooltip(self.save_button, tr("Save the caption (Ctrl+Enter)"))
        self._lay_out()
        self.editor.textChanged.connect(self._on_typed)
        self.editor.accepted.connect(self.save)
        self.editor.rejected.connect(self._on_escape)
        self.save_button.clicked.connect(self.save)
        self.revert_button.clicked.connect(self.revert)
        self.again_button.clicked.connect(self._on_again)
        self.review.button.clicked.connect(self.confirmed)
        self._refresh_buttons()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addStrut(30)  # Save is higher than the icon it replaces: nothing below may jump
        foot.addWidget(self._mark)
        foot.addWidget(self._source, 1)
        foot.addWidget(self.sureness)
        foot.addWidget(self.review, 1)
        foot.addWidget(self.written)
        foot.addWidget(self.again_button)
        foot.addWidget(self.revert_button)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, SPACE_S, SPACE_S)
        column.setSpacing(6)
        column.addWidget(self.editor)
        column.addLayout(foot)

    # ------------------------------------------------------------------------------------ state

    @property
    def dirty(self) -> bool:
        """True when the text differs from the photo's caption."""
        return self._photo is not None and self.text() != self._base

    def text(self) -> str:
        """The text in the editor, without white space around it."""
        return self.editor.toPlainText().strip()

    @property
    def restored(self) -> bool:
        """True while a draft is shown that nobody has looked at since: it is saved when that is asked for."""
        return self._restored

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab visits, in order."""
        return [
            self.editor, self.review.button, self.written.button, self.again_button, self.revert_button,
            self.save_button,
        ]  # fmt: skip

    @property
    def source_text(self) -> str:
        """The line under the caption."""
        return self._source.text()

    def show_photo(self, photo: Photo, draft: str | None = None) -> None:
        """Show a photo; text being edited stays when it is the same photo.

        Args:
            photo: the record as it is now.
            draft: text that was typed before and not saved; it is shown as typed, where nothing newer is.
        """
        self._showing = True
        try:
            self._show(photo, draft)
        finally:
            self._showing = False
        self._refresh_words(photo)
        self._refresh_buttons()

    def show_loading(self, model: str) -> None:
        """Say of a photo that waits for its caption that this model is being loaded; empty: none is."""
        if model != self._loading:
            self._loading = model
            if self._photo is not None:
                self._refresh_words(self._photo)

    def _show(self, photo: Photo, draft: str | None) -> None:
        same = self._photo is not None and self._photo.id == photo.id
        keep = same and self.dirty
        caption = as_edited(photo.caption or "")
        self._news = bool(keep and caption not in (self._base, self.text()))
        self._photo, self._base = photo, caption
        if not same:
            self.editor.setPlainText(shown(photo.caption or ""))  # drops also what Undo would bring back
        elif not keep:
            self._put(photo.caption or "")
        self._restored = self._restored and keep
        if draft is not None and not keep:
            self._put(draft)
            self._restored = self.dirty

    def _put(self, text: str) -> None:
        if as_edited(text) != self.text():
            self.editor.setPlainText(shown(text))

    def _refresh_words(self, photo: Photo) -> None:
        icon = {"user": "pencil", "file": "file-check"}.get(photo.source or "", "sparkle")
        self._mark.set_glyph("pencil" if self._restored else icon, "muted")
        busy = photo.state in ON_ITS_WAY
        if self._news:
            line = tr("There is a new caption; Esc shows it")
        elif self._restored:
            line = tr("Not saved yet")
        elif busy and self._loading:
            line = tr("{model} is being loaded…", model=model_title(self._loading))
        elif busy and photo.caption:
            line = tr("{source} · captioning again", source=source_line(photo))
        else:
            line = source_line(photo)
        self._source.setText(shown(line))
        set_tooltip(self._source, line)
        set_tooltip(self.review, line)
        self._refresh_again(photo)
        self.revert_button.setText(tr("Discard") if self._restored else tr("Revert"))
        self.sureness.show_photo(photo)
        waiting = busy and not photo.caption
        self.editor.setPlaceholderText(
            tr("The caption will appear here…") if waiting else tr("Write a caption…")
        )

    def _refresh_again(self, photo: Photo) -> None:
        self._is_anew = is_captioned_anew(photo)
        reason = tr(_NOT_NOW[photo.state]) if photo.state in _NOT_NOW and not self._is_anew else ""
        icons.bind_icon(self.again_button, "stop" if self._is_anew else "refresh", "muted", active="text")
        name = tr("Stop captioning again") if self._is_anew else tr("Caption again")
        hint = tr("Stop: the caption stays as it is") if self._is_anew else tr("Caption again with the model")
        self.again_button.setEnabled(not reason)
        set_reading(self.again_button, name)
        set_tooltip(self.again_button, reason or hint)

    def _on_again(self) -> None:
        (self.anew_stopped if self._is_anew else self.again).emit()

    def _on_typed(self) -> None:
        if not self._showing:
            if self._restored and self._photo is not None:
                self._restored = False
                self._refresh_words(self._photo)
            self.drafted.emit(self.editor.toPlainText() if self.dirty else None)
        self._refresh_buttons()

    def _refresh_buttons(self) -> None:
        review = self._photo is not None and self._photo.needs_review and not self.dirty
        self.review.setVisible(review)
        for widget in (self._mark, self._source):
            widget.setVisible(not review)
        self.sureness.setVisible(self.sureness.known and not review and not self.dirty)
        self.save_button.setVisible(self.dirty)
        self.revert_button.setVisible(self.dirty)
        self.again_button.setVisible(not self.dirty)
        self.written.setVisible(not self.dirty and self._photo is not None and bool(self._photo.caption))

    # ------------------------------------------------------------------------------------ actions

    def save(self) -> None:
        """Hand the changed text on; does nothing when nothing changed."""
        if not self.dirty:
            return
        text = self._base = self.text()
        self._news = self._restored = False
        # Undo within the text would bring the words before the save back as if they had been typed.
        self.editor.document().clearUndoRedoStacks()
        self._refresh_buttons()
        self.saved.emit(text)

    def take(self, text: str) -> None:
        """Let a caption that was chosen be the photo's; what is being typed is saved before, for Undo."""
        self.save()
        self._showing = True
        try:
            self._put(text)
        finally:
            self._showing = False
        self.save()

    def leave(self) -> None:
        """Save what was typed; a draft from before that nobody touched waits on."""
        if not self._restored:
            self.save()

    def revert(self) -> None:
        """Show the photo's caption again."""
        self._news = self._restored = False
        self.editor.setPlainText(self._base)
        if self._photo is not None:
            self._refresh_words(self._photo)
        self._refresh_buttons()

    def begin_edit(self) -> None:
        """Put the cursor behind the caption."""
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.editor.moveCursor(self.editor.textCursor().MoveOperation.End)

    def use_text(self, text: str) -> None:
        """Put another text into the editor, unsaved; Undo brings back what was typed there."""
        cursor = self.editor.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(shown(text))
        self.begin_edit()

    def _on_escape(self) -> None:
        if self.dirty:
            self.revert()
        else:
            self.window().setFocus()
