"""What a person does with tags of the whole library: find, rename, merge, hide, and take it back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from blipdesk.domain.values import ViewKind
from blipdesk.domain.wording import tr
from blipdesk.ui.browser import Browser
from blipdesk.ui.search.tag_terms import has_tag, tag_term, toggled_term
from blipdesk.ui.tag_section import TagSection
from blipdesk.ui.tasks import LatestTask, NewestTask, run_in_pool
from blipdesk.ui.undoing import LongActions
from blipdesk.ui.words import error_words, quoted

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

T = TypeVar("T")
_FOUND, _OFFERED = 40, 5000
"""So many tags are shown for what is typed, and offered as another's name."""


class TagActions(LongActions):
    """Does the work in the pool."""

    def __init__(self, section: TagSection, browser: Browser) -> None:
        super().__init__(browser)
        self._section, self._browser = section, browser
        self._workspace: Workspace | None = None
        self._find_task, self._hidden_task = NewestTask(self), LatestTask(self)
        section.find_requested.connect(self._find)
        section.rename_requested.connect(lambda name: self._ask(name, False))
        section.merge_requested.connect(lambda name: self._ask(name, True))
        section.hide_requested.connect(self.hide)
        section.show_requested.connect(self.show_again)
        browser.side_changed.connect(lambda _: self._read_hidden())

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Act there; what was cut short there is finished."""
        self._workspace = workspace
        self._undo.clear()
        self._find_task.cancel()
        self._hidden_task.cancel()
        if workspace is not None:
            run_in_pool(workspace.keywords.finish)

    # ------------------------------------------------------------------------------------ finding

    def _find(self, typed: str) -> None:
        workspace = self._workspace
        if workspace is not None:
            self._find_task.start(
                lambda: tuple(workspace.keywords.named(typed, _FOUND)),
                lambda found: self._section.show_found(typed, found),
                self._browser.failed.emit,
            )

    def _read_hidden(self) -> None:
        workspace = self._workspace
        if workspace is not None:
            self._hidden_task.start(
                lambda: tuple(workspace.keywords.hidden()),
                self._section.show_hidden,
                self._browser.failed.emit,
            )

    # ------------------------------------------------------------------------------------ names

    def _ask(self, name: str, into_another: bool) -> None:
        workspace = self._workspace
        if workspace is None:
            return

        def ask(known: list[tuple[str, int]]) -> None:
            from blipdesk.ui.dialogs.rename_tag import RenameTag

            dialog = RenameTag(name, into_another, known, self._section.window())
            dialog.chosen.connect(lambda new: self.rename(name, new))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        self._run(lambda: workspace.keywords.named("", _OFFERED), ask, tr("The tags could not be read."))

    def rename(self, name: str, new: str) -> None:
        """Give a tag another name, in all photos."""
        workspace = self._workspace
        if workspace is None:
            return

        stop = threading.Event()
        shows = self._told(tr("Renaming {old} to {new}", old=quoted(name), new=quoted(new)), stop)
        shows_back = self._told(tr("Renaming {old} to {new}", old=quoted(new), new=quoted(name)), None)
        failure = tr("The tag could not be changed.")

        def undone(_: object) -> None:
            self._follow(new, name)
            self.said.emit(tr("Undone"), None)  # else how far it is stays there

        def undo(edit: int) -> None:
            self._run(lambda: workspace.keywords.undo(edit, shows_back), undone, failure)

        def done(edit: int) -> None:
            self._follow(name, new)
            words = tr("{old} is called {new} now", old=quoted(name), new=quoted(new))
            if stop.is_set():
                words = tr("Stopped: the other photos follow at the next start")
            self._done(words, lambda: undo(edit))

        self._run(lambda: workspace.keywords.rename(name, new, shows), done, failure)

    def _follow(self, old: str, new: str) -> None:
        """What is narrowed by a tag stays so under its new name."""
        view = self._browser.view
        if view.kind is ViewKind.KEYWORD and view.argument.casefold() == old.casefold():
            self._browser.show_row(ViewKind.KEYWORD, new)
        elif has_tag(view.query, old):
            without = toggled_term(view.query, tag_term(old))
            self._browser.search(without if has_tag(without, new) else toggled_term(without, tag_term(new)))

    # ------------------------------------------------------------------------------------ hiding

    def hide(self, name: str) -> None:
        """Do not show a tag any more; photos keep it."""
        workspace = self._workspace
        if workspace is not None:
            words = tr("{name} is hidden; its photos keep it", name=quoted(name))
            self._run(
                lambda: workspace.keywords.hide(name),
                lambda _: self._done(words, lambda: self.show_again(name)),
                tr("The tag could not be changed."),
            )

    def show_again(self, name: str) -> None:
        """Show a hidden tag again."""
        workspace = self._workspace
        if workspace is not None:
            self._run(
                lambda: workspace.keywords.show(name), lambda _: None, tr("The tag could not be changed.")
            )

    def _run(self, work: Callable[[], T], done: Callable[[T], None], failure: str) -> None:
        workspace = self._workspace

        def deliver(result: T) -> None:
            if self._workspace is workspace:
                done(result)

        run_in_pool(work, deliver, lambda error: self.said.emit(error_words(failure, error), None))
