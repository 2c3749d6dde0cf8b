"""What a person does with the search field, and the services behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from blipdesk.domain.search import QueryProblem, Suggestion, SuggestionKind
from blipdesk.domain.values import ViewKind
from blipdesk.domain.wording import joined, retold
from blipdesk.domain.words import fold_text, words_of
from blipdesk.ui.browser import Browser
from blipdesk.ui.search.field import SearchField
from blipdesk.ui.search.suggestions import SuggestionList
from blipdesk.ui.tasks import NewestTask, TaskHandle, run_in_pool

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace
    from blipdesk.ui.search.help import SearchHelp

_MOST, _AMONG_WORDS = 8, 5
"""Suggestions at a time; for a word fewer, for they cover the photos that it finds."""


def completes(typed: str, suggestion: Suggestion) -> bool:
    """Whether a suggestion goes on with all that is typed before the cursor, or with its last word alone.

    >>> completes("fold", Suggestion(SuggestionKind.FILTER, "folder:", "folder:", 7))
    True
    >>> completes("pink bo", Suggestion(SuggestionKind.KEYWORD, "boat", "pink keyword:boat ", 18))
    True
    >>> completes("pink boat", Suggestion(SuggestionKind.KEYWORD, "boat", "pink keyword:boat ", 18))
    False
    """
    whole, query = (text.replace('"', "").casefold() for text in (typed, suggestion.query))
    if whole and query.startswith(whole):
        return True
    words, label = [*words_of(typed)], fold_text(suggestion.label)
    if not words or words[-1].end() < len(typed):
        return False
    word = fold_text(words[-1].group())
    ends = (label[found.start() :] for found in words_of(label))
    return any(end.startswith(word) and end != word for end in ends)


class SearchActions(QObject):
    """Brings field, suggestions, help, list and search service together.

    ``typed_changed`` when another part of the query than before is :meth:`is_typed`, with the same answer;
    ``cleared`` when a search was that :meth:`bring_back` knows.
    """

    typed_changed = Signal()
    cleared = Signal()

    def __init__(
        self,
        field: SearchField,
        browser: Browser,
        window: QWidget,
        go_to_photos: Callable[[bool], None],
        close_note: Callable[[], bool],
    ) -> None:
        super().__init__(browser)
        self._field, self._browser, self._window = field, browser, window
        self._edit = field.field
        self._go_to_photos, self._close_note = go_to_photos, close_note
        self._workspace: Workspace | None = None
        self._entered = False
        self._preparing: TaskHandle | None = None
        """What loads what searches need, or has; None: nobody entered the field yet."""
        self._before = ""
        """What stood in the field before the last change."""
        self._cleared = ""
        """The search that was cleared last, until another one is typed."""
        self.offered = SuggestionList(window, field)
        self._help: SearchHelp | None = None
        self._came_from: QWidget | None = None
        """What had the keyboard before the help was opened."""
        self._asking = NewestTask(self)
        field.changed.connect(self._on_typed)
        field.entered.connect(self._on_entered)
        field.clear_requested.connect(self._on_clear)
        field.help_requested.connect(self.toggle_help)
        self._edit.textEdited.connect(self._suggest)
        self._edit.entered_field.connect(self._on_entered_field)
        self._edit.left_field.connect(self._close_list)
        self._edit.down.connect(self._on_down)
        self._edit.up.connect(self._on_up)
        self._edit.escaped.connect(self.on_escaped)
        self._edit.tab_taken = self._on_tab
        self.offered.taken.connect(self._on_taken)
        self.offered.clear_requested.connect(self._clear_history)
        browser.ranked.connect(self._on_ranked)
        browser.looked_at.connect(self._note)
        browser.ids_changed.connect(self._on_answered)

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Search through these services."""
        self._workspace = workspace
        self._entered, self._cleared = False, ""
        if self._preparing is not None:
            self._preparing.cancel()  # what has not begun would be waited for
            self._preparing = None
        self._close_list()
        if self._edit.hasFocus():
            self._prepare()

    def _prepare(self) -> None:
        """Have loaded what the first key needs: the person who is in the field is about to press it."""
        if self._workspace is not None and self._preparing is None:
            self._preparing = run_in_pool(self._workspace.searching.prepare, owner=self, priority=-1)

    # ------------------------------------------------------------------------------------ answers

    def _on_typed(self, text: str) -> None:
        self._entered = False
        before, self._before = self._before, text
        self._cleared = ""
        if not text:
            self.offered.hide()  # it was for the words that are gone
            if len(before) > 1 or not before.isascii():  # it was not taken back letter by letter
                self._note(before)
        self._browser.search(text)

    def _on_entered(self) -> None:
        """Take what is marked, or go to the photos: but not before the better ones stand first."""
        marked = None if self.offered.isHidden() else self.offered.current
        if marked is not None:
            self._on_taken(marked)
            if marked.kind is SuggestionKind.FILTER:
                return
        self._close_list()
        self._say_again()
        self._note(self._browser.view.query)
        self._browser.rank_now()
        self._entered = not self._browser.is_ranked
        if not self._entered:
            self._go_to_photos(True)

    def _on_ranked(self) -> None:
        entered, self._entered = self._entered, False
        if entered:
            self._go_to_photos(True)

    def _on_answered(self) -> None:
        self._show_problems()
        if self.offered.isVisible():
            self.offered.say_problem(self._problem())

    def _show_problems(self) -> None:
        told = self._browser.is_ranked and not self._is_offering
        self._edit.show_problems(self._browser.view.query, self._problems, told)

    @property
    def _problems(self) -> Sequence[QueryProblem]:
        answer = self._browser.answer
        return answer.problems if answer is not None else ()

    def _problem(self) -> str:
        """What the list says: for what is being typed it has suggestions."""
        told = (retold(problem.message) for problem in self._problems if not self.is_typed(problem))
        return joined(*dict.fromkeys(told))

    @property
    def _is_offering(self) -> bool:
        """Whether there are suggestions for what stands at the cursor, or may be yet."""
        return self.offered.isVisible() or self._asking.running

    def is_typed(self, problem: QueryProblem) -> bool:
        """Whether a part of the query shown is still being typed."""
        text = self._edit.text()
        cursor = self._edit.cursor_place - (len(text) - len(text.lstrip()))
        return self._is_offering and problem.start <= cursor <= problem.end

    def _say_again(self) -> None:
        self._show_problems()
        self.typed_changed.emit()

    def _note(self, query: str) -> None:
        workspace = self._workspace
        if workspace is not None and query:
            run_in_pool(lambda: workspace.searching.note_searched(query))

    def _clear_history(self) -> None:
        workspace = self._workspace
        self._close_list()
        if workspace is not None:
            run_in_pool(workspace.searching.clear_history)

    # ------------------------------------------------------------------------------------ suggestions

    def _suggest(self, *, step: bool = False) -> None:
        """Ask for suggestions; ``step``: mark the first, or go to the photos where there is none."""
        workspace, text, cursor = self._workspace, self._edit.text(), self._edit.cursor_place
        if workspace is None:
            return

        def done(found: Sequence[Suggestion]) -> None:
            now = (self._edit.text(), self._edit.cursor_place)
            if self._edit.hasFocus() and now == (text, cursor):
                news = self._news(found, text)
                of_word = bool(text) and bool(news) and news[0].kind is not SuggestionKind.VALUE
                most = _AMONG_WORDS if of_word else _MOST
                self.offered.show_suggestions(news[:most], self._problem(), may_clear=not text)
                if step and news:
                    self.offered.step(1)
                elif step:
                    self._go_to_photos(True)
                elif not news:
                    self._say_again()

        self._asking.start(lambda: workspace.searching.suggestions(text, cursor, _MOST), done, priority=2)

    def _news(self, found: Sequence[Suggestion], text: str) -> list[Suggestion]:
        """What is not typed already, a saved search not as an earlier one too; without the numbers where
        only some of the photos are looked at: they are of all.
        """
        saved = {one.query.strip() for one in found if one.kind is SuggestionKind.SAVED}
        known = {SuggestionKind.HISTORY: saved | {text.strip()}}
        news = [one for one in found if one.query.strip() not in known.get(one.kind, {text.strip()})]
        if self._browser.view.kind in (ViewKind.ALL, ViewKind.SIMILAR):
            return news
        return [replace(one, count=None) for one in news]

    def _on_entered_field(self) -> None:
        self._prepare()
        if not self._edit.text() and self._help_hidden():
            self._suggest()

    def _on_taken(self, suggestion: Suggestion) -> None:
        self._edit.show_text(suggestion.query, suggestion.cursor)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._close_list()
        if suggestion.kind is SuggestionKind.FILTER:
            self._suggest()  # its values

    def _close_list(self) -> None:
        self._asking.cancel()
        self.offered.hide()

    def _on_down(self) -> None:
        if self.offered.isVisible() and self.offered.suggestions:
            self.offered.step(1)
        elif self._edit.text() or self._workspace is None:
            self._close_list()
            self._go_to_photos(True)
        else:
            self._suggest(step=True)  # what was searched for before, the last first

    def _on_tab(self) -> bool:
        """Take what is marked, or the first where it completes what is typed; else Tab goes on to the next
        control.
        """
        offers = [] if self.offered.isHidden() else self.offered.suggestions
        taken = self.offered.current or next(iter(offers), None)
        typed = self._edit.text()[: self._edit.cursor_place]
        if taken is None or not (taken is self.offered.current or completes(typed, taken)):
            return False
        self._on_taken(taken)
        return True

    def _on_up(self) -> None:
        if self.offered.isVisible():
            self.offered.step(-1)

    def on_escaped(self) -> None:
        """Close what is open; where nothing is, clear the search; where there is none, go to the photos."""
        if self.offered.isVisible():
            self._close_list()
            self._say_again()
        elif not self._help_hidden():
            self._close_help()
        elif not self._close_note():
            if self._edit.text():
                self.clear()
            else:
                self._go_to_photos(False)  # and choose no other one

    def clear(self) -> None:
        """Search for nothing; undo and the earlier searches bring the query back."""
        text = self._edit.text()
        self._edit.take_away()
        self._close_list()
        self._cleared = text
        self.cleared.emit()

    def _on_clear(self) -> None:
        self.clear()
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def bring_back(self) -> bool:
        """Search again for what was cleared last; False: nothing was, or another search was typed since."""
        if not self._cleared:
            return False
        self._edit.setText(self._cleared)
        return True

    # ------------------------------------------------------------------------------------ help

    def _help_hidden(self) -> bool:
        return self._help is None or self._help.isHidden()

    def toggle_help(self) -> None:
        """Show what can be typed, or put it away."""
        if self._help is None:
            from blipdesk.ui.search.help import SearchHelp

            self._help = SearchHelp(self._window, self._field)
            self._help.chosen.connect(self._on_example)
            self._help.closed.connect(self._close_help)
        if self._help.isVisible():
            self._close_help()
        else:
            self._close_list()
            self._came_from = QApplication.focusWidget()
            self._help.open()
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)  # the card's keys are the field's

    def _close_help(self) -> None:
        """Put it away; the keyboard goes back to where it was."""
        if self._help is not None:
            self._help.hide()
        came_from, self._came_from = self._came_from, None
        if came_from is not None and shiboken6.isValid(came_from):
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_example(self, typed: str) -> None:
        """Put it behind what is typed."""
        if self._help is not None:
            self._help.hide()
        text = self._edit.text().rstrip()
        self._edit.setText(f"{text} {typed}" if text else typed)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        if typed.endswith(":"):
            self._suggest()
