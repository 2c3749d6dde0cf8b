"""Said once, when the window is closed for the first time: the work goes on, unless the person quits."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from blipdesk.domain.wording import tr
from blipdesk.ui.dialogs.framed import Framed
from blipdesk.ui.pane.controls import text_button
from blipdesk.ui.pane.texts import plain_label
from blipdesk.ui.theme import SPACE_XL


class StayingDialog(Framed):
    """``stays`` is the answer; None where the window is not to be closed after all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Go on in the background?"), parent, (480, 200))
        self.stays: bool | None = None
        self.stay_button = text_button(tr("Go on"), "primary")
        self.quit_button = text_button(tr("Quit"))
        self.stay_button.setDefault(True)
        self.stay_button.clicked.connect(lambda: self._answer(True))
        self.quit_button.clicked.connect(lambda: self._answer(False))
        note = plain_label(
            tr("Your answer is kept. The settings have it, under Background."), "faint", wrap=True
        )
        note.setContentsMargins(SPACE_XL, 0, SPACE_XL, 0)
        self.lay_out(note, [], [self.quit_button, self.stay_button])
        self.say(
            tr(
                "With its window closed, BlipDesk goes on captioning what is new, and waits in the system "
                "tray: click its icon there to open the window again, or to quit."
            )
        )

    def _answer(self, stays: bool) -> None:
        self.stays = stays
        self.accept()
