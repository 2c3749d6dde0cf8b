"""The crash dialog: says that something went wrong, keeps the details, lets the person go on."""

from __future__ import annotations

import logging
import os

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from blipdesk.domain.wording import tr
from blipdesk.ui.dialogs.cards import footer
from blipdesk.ui.pane.controls import Line, text_button
from blipdesk.ui.pane.paint import ElidedText, Glyph
from blipdesk.ui.pane.texts import plain_label, set_reading, shown
from blipdesk.ui.theme import SIZE_META, SPACE_M, SPACE_S, SPACE_XL, set_role

MAX_DETAILS = 200_000
"""Characters of details shown and copied; the log file has everything."""


def current_log() -> str:
    """Path of the file that the program logs to, empty where there is none yet."""
    files = [h.baseFilename for h in logging.getLogger().handlers if isinstance(h, logging.FileHandler)]
    return next((path for path in files if os.path.isfile(path)), "")


class CrashDialog(QDialog):
    """Shows the details of a bug as plain text; :attr:`quit_wanted` after it closed.

    Args:
        details: trace and version, as text.
        parent: the main window, where there is one.
        log_path: the log file that has the same details; where empty, the file that the program logs to.
    """

    def __init__(self, details: str, parent: QWidget | None = None, log_path: str = "") -> None:
        super().__init__(parent)
        self.quit_wanted = False
        self._details = details[-MAX_DETAILS:]
        self.log_path = log_path or current_log()
        set_role(self, "surface")
        self.setWindowTitle(tr("BlipDesk ran into a problem"))
        self.resize(640, 440)
        self.setMinimumSize(480, 340)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setPlainText(shown(self._details))
        mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        self.text.setStyleSheet(f'font-family: "{mono}"; font-size: {SIZE_META}px;')
        set_reading(self.text, tr("Details of the problem"))
        self.copy_button = text_button(tr("Copy details"))
        self.folder_button = text_button(tr("Open the log's folder"))
        self.quit_button = text_button(tr("Quit BlipDesk"))
        self.continue_button = text_button(tr("Continue"), "primary")
        self.continue_button.setDefault(True)
        self._lay_out()
        self.copy_button.clicked.connect(self._copy)
        self.folder_button.clicked.connect(self._open_folder)
        self.quit_button.clicked.connect(self._quit)
        self.continue_button.clicked.connect(self.accept)
        self.continue_button.setFocus()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(SPACE_S)
        words.addWidget(plain_label(tr("Something in BlipDesk went wrong"), "title"))
        words.addWidget(
            plain_label(
                tr(
                    "This is a fault of the program, not of your photos. Captions "
                    "that were saved are safe. You can go on; if it happens again, "
                    "quit and start anew. Nothing was sent anywhere."
                ),
                "muted",
                wrap=True,
            )
        )
        head = QHBoxLayout()
        head.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_M)
        head.setSpacing(SPACE_M)
        head.addWidget(Glyph("warning", "warn", 28), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        kept = QHBoxLayout()
        kept.setContentsMargins(SPACE_XL, SPACE_S, SPACE_XL, SPACE_M)
        kept.addWidget(
            plain_label(
                tr("Kept in") if self.log_path else tr("No log file is open: copy the details."), "meta"
            )
        )
        kept.setSpacing(SPACE_S)
        path = ElidedText(SIZE_META, 400)
        path.set_text(self.log_path)
        kept.addWidget(path, 1)
        self.folder_button.setVisible(bool(self.log_path))
        middle = QHBoxLayout()
        middle.setContentsMargins(SPACE_XL, 0, SPACE_XL, 0)
        middle.addWidget(self.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(middle, 1)
        column.addLayout(kept)
        column.addWidget(Line())
        column.addLayout(
            footer([self.copy_button, self.folder_button], [self.quit_button, self.continue_button])
        )

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._details)
        self.copy_button.setText(tr("Copied"))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(os.path.dirname(self.log_path)))

    def _quit(self) -> None:
        self.quit_wanted = True
        self.reject()
