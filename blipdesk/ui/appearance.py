"""Theme and movement, as the settings and the top bar's button have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blipdesk.ui import motion
from blipdesk.ui.remember import Remembered
from blipdesk.ui.theme import colors, theme
from blipdesk.ui.top_bar import TopBar
from blipdesk.ui.windows import Windows

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace


class Appearance(QObject):
    """Gives the window the look that is chosen, at its start and with each change."""

    def __init__(self, top_bar: TopBar, windows: Windows, remembered: Remembered) -> None:
        super().__init__(top_bar)
        self._remembered = remembered
        self._workspace: Workspace | None = None
        top_bar.theme_toggled.connect(self.toggle_theme)
        windows.setting_changed.connect(self._on_setting)

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Take what is chosen there."""
        self._workspace = workspace
        for name in ("theme", "motion"):
            self._on_setting(name)

    def _on_setting(self, name: str) -> None:
        if self._workspace is None:
            return
        values = self._remembered.with_changes(self._workspace.settings.values)
        if name == "theme":
            theme().set_mode(values.theme)
        elif name == "motion":
            motion.choose(values.motion == "less")

    def toggle_theme(self) -> None:
        """Light to dark, or back."""
        mode = "light" if colors().dark else "dark"
        theme().set_mode(mode)
        self._remembered.change(theme=mode)
