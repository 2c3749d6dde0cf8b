"""Makes the window's content after the first paint, in pieces between which the event loop runs."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blipdesk.ui.main_window import MainWindow
    from blipdesk.ui.pane import PhotoPane
    from blipdesk.ui.shell import Shell

_PARTS = (
    "domain.values", "ui.pane", "ui.browser", "ui.top_bar", "ui.gallery.panel", "ui.sidebar",
    "ui.main_window",
)  # fmt: skip
"""Each is imported in a step of its own, together with what it needs that no earlier one did."""

_PAGE_PARTS = (
    "ask_bar", "caption", "selectable", "chat", "keywords", "picture", "photo_page", "page_acts",
)  # fmt: skip
"""The same of the page that shows one photo."""


def assemble(shell: Shell) -> Generator[None, None, MainWindow]:
    """Import the parts and put them into the window; returns the content.

    Between two steps the window answers; the longest takes some 20 ms where nothing else runs.  The imports
    run on the GUI thread too: another thread would take turns with it at the interpreter's lock.
    """
    for name in _PARTS:
        import_module(f"blipdesk.{name}")
        yield
    from blipdesk.ui.browser import Browser
    from blipdesk.ui.gallery.panel import GalleryPanel
    from blipdesk.ui.main_window import MainWindow, Parts
    from blipdesk.ui.pane import PhotoPane
    from blipdesk.ui.sidebar import SideBar
    from blipdesk.ui.status_bar import StatusBar
    from blipdesk.ui.top_bar import TopBar

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


def assemble_page(pane: PhotoPane) -> Iterator[None]:
    """Make the page of one photo in steps too, before one is chosen: at once it takes 70 to 100 ms."""
    for name in _PAGE_PARTS:
        import_module(f"blipdesk.ui.pane.{name}")
        yield
    _ = pane.page  # made once it is asked for
