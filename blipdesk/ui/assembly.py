"""Makes the window's content after the first paint, in pieces between which the event loop runs."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blipdesk.ui.main_window import MainWindow
    from blipdesk.ui.shell import Shell


def assemble(shell: Shell) -> Generator[None, None, MainWindow]:
    """Import the parts and put them into the window; returns the content.

    Between two steps the window answers; the longest takes some 20 ms where nothing else runs.  The imports
    run on the GUI thread too: another thread would take turns with it at the interpreter's lock.
    """
    from blipdesk.domain import values as _values  # noqa: F401 - two steps of one long import

    yield
    from blipdesk.ui.pane import PhotoPane

    yield
    from blipdesk.ui.browser import Browser

    yield
    from blipdesk.ui.top_bar import TopBar

    yield
    from blipdesk.ui.gallery.panel import GalleryPanel

    yield
    from blipdesk.ui.sidebar import SideBar
    from blipdesk.ui.status_bar import StatusBar

    yield
    from blipdesk.ui.main_window import MainWindow, Parts

    yield
    browser, top_bar = Browser(shell), TopBar()
    yield
    side_bar = SideBar()
    yield
    gallery = GalleryPanel(browser)
    yield
    pane, status = PhotoPane(), StatusBar()
    yield
    window = MainWindow(shell, Parts(browser, top_bar, side_bar, gallery, pane, status))
    yield
    window.move_in()
    return window
