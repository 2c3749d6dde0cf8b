"""The settings dialog, generated from the services' descriptions of the settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from blipdesk.domain.jobs import ModelInfo
from blipdesk.domain.wording import later, tr
from blipdesk.services.setting_specs import SETTINGS, spec_of
from blipdesk.ui.dialogs.cards import footer
from blipdesk.ui.dialogs.folders_page import PROMISE, FoldersPage
from blipdesk.ui.dialogs.model_words import for_task, setting_key, title_of
from blipdesk.ui.dialogs.models_box import ModelsBox
from blipdesk.ui.dialogs.setting_fields import SettingField
from blipdesk.ui.dialogs.settings_search import Entry, SettingsSearch
from blipdesk.ui.dialogs.write_back import WriteBackBox
from blipdesk.ui.dialogs.write_questions import WriteQuestions
from blipdesk.ui.model_work import ModelWork
from blipdesk.ui.pane.controls import Line, scrolled, text_button
from blipdesk.ui.pane.edits import EditQueue
from blipdesk.ui.pane.texts import plain_label, set_reading
from blipdesk.ui.tasks import run_in_pool
from blipdesk.ui.theme import SPACE_L, SPACE_S, SPACE_XL, colors, set_role, theme
from blipdesk.ui.words import error_words

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

FOLDERS = later("Folders")
_MODEL_TASKS = {"model": "caption", "answer_model": "answer", "match_model": "retrieval"}
_MORE_CHOICES = {"match_model": [("auto", later("Automatic")), ("none", later("None"))]}
_NOT_SAVED = later("This could not be saved.")


class SettingsDialog(QDialog):
    """Every setting takes effect as it is changed; :attr:`changed` names it once it is saved.

    Owner: the GUI thread; saving happens in the pool, one change after the other.
    """

    changed = Signal(str)

    def __init__(
        self, workspace: Workspace, parent: QWidget | None = None, work: ModelWork | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._questions = WriteQuestions(workspace, self)
        set_role(self, "surface")
        self.setWindowTitle(tr("Settings"))
        set_reading(self, tr("Settings"))
        self.resize(760, 560)
        self.setMinimumSize(620, 420)
        self._edits = EditQueue()
        self.fields: dict[str, SettingField] = {}
        self._names: list[str] = []
        self._nav: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self._pages = QStackedWidget()
        self.search = SettingsSearch()
        self.search.page_wanted.connect(lambda page: self._nav[page].setChecked(True))
        self.search.counted.connect(self._show_counts)
        self.nothing_found = plain_label(tr("No setting matches."), "meta", wrap=True)
        self.nothing_found.hide()
        self.models = ModelsBox(work or ModelWork(self, workspace.models), self._used_models)
        self.models.use_requested.connect(self._on_use)
        self.models.work.ended.connect(self._load_models)
        self.folders_page = FoldersPage(workspace)
        self.write_back = WriteBackBox(workspace)
        self.close_button = text_button(tr("Done"), "primary", tr("Close the settings"))
        self.close_button.setDefault(True)
        self._make_pages()
        self._lay_out()
        self.close_button.clicked.connect(self.accept)
        self.finished.connect(lambda _: self._take_focus())
        self._load_models()

    # ------------------------------------------------------------------------------------ building

    def _make_pages(self) -> None:
        values = self._workspace.settings.values
        sections: dict[str, QVBoxLayout] = {}
        self._add_page(FOLDERS, self.folders_page)
        self._add_entry(self.folders_page, tr(FOLDERS), tr(PROMISE))
        for spec in SETTINGS:
            if spec.section not in sections:
                page = QWidget()
                sections[spec.section] = QVBoxLayout(page)
                sections[spec.section].setContentsMargins(0, 0, 0, 0)
                sections[spec.section].setSpacing(SPACE_XL)
                self._add_page(spec.section, page)
            value = getattr(values, spec.name)
            known = dict(_MORE_CHOICES.get(spec.name, ()))  # the others are read first
            choices = ((str(value), known.get(value, str(value))),) if spec.name in _MODEL_TASKS else ()
            field = SettingField(spec, value, choices)
            field.edited.connect(self._on_edited)
            self.fields[spec.name] = field
            sections[spec.section].addWidget(field)
            self._add_entry(field, *field.texts)
        first = len(_MODEL_TASKS)  # which models are used, all that there are, and how they run
        sections["Model"].insertWidget(first, self.models)
        sections[spec_of("write_target").section].addWidget(self.write_back)
        for column in sections.values():
            column.addStretch(1)
        self._add_entry(self.models, *self.models.texts)
        self._add_entry(self.write_back, *self.write_back.texts)

    def _add_entry(self, target: QWidget, *texts: str) -> None:
        """Let something be found; it is on a page by now."""
        page = next(n for n in range(self._pages.count()) if self._page(n).isAncestorOf(target))
        self.search.entries.append(Entry(page, self._page(page), target, texts, tr(self._names[page])))

    def _page(self, number: int) -> QScrollArea:
        area = self._pages.widget(number)
        assert isinstance(area, QScrollArea)
        return area

    def _show_counts(self, counts: dict[int, int] | None) -> None:
        """How many matches each page has; those without any are dimmed, and none where nothing matches."""
        for number, (name, button) in enumerate(zip(self._names, self._nav, strict=True)):
            count = (counts or {}).get(number, 0)
            button.setText(tr("{page} ({n})", page=tr(name), n=count) if count else tr(name))
            button.setEnabled(not counts or count > 0)
        self.nothing_found.setVisible(counts == {})

    def _add_page(self, name: str, body: QWidget) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        column.setSpacing(SPACE_L)
        column.addWidget(plain_label(tr(name), "title"))
        column.addWidget(body, 1)
        button = text_button(tr(name))
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        index = len(self._names)
        button.toggled.connect(lambda on: self._on_nav(on, index))
        self._group.addButton(button)
        self._names.append(name)
        self._nav.append(button)
        self._pages.addWidget(scrolled(page))

    def _on_nav(self, on: bool, index: int) -> None:
        """Show the page; Tab comes to its name alone, and the arrow keys go on from there."""
        stop = Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus
        self._nav[index].setFocusPolicy(stop)
        if on:
            self._pages.setCurrentIndex(index)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setContentsMargins(SPACE_S + 4, SPACE_XL - 4, SPACE_S + 4, SPACE_L)
        side.setSpacing(2)
        side.addWidget(self.search)
        side.addWidget(self.nothing_found)
        side.addSpacing(SPACE_S)
        for button in self._nav:
            side.addWidget(button)
        side.addStretch(1)
        side_box = QWidget()
        side_box.setLayout(side)
        side_box.setFixedWidth(170)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(side_box)
        middle.addWidget(self._pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(Line())
        note = plain_label(tr("Changes are kept at once."), "faint")
        column.addLayout(footer([note], [self.close_button]))
        theme().changed.connect(self._restyle)
        self._restyle()
        self._nav[0].setChecked(True)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason))

    def _restyle(self) -> None:
        p = colors()
        sheet = (
            "QPushButton { background: transparent; border: 1px solid transparent; text-align: left;"
            f" padding: 0 10px; min-height: 30px; color: {p.text}; }}"
            f"QPushButton:hover {{ background: {p.hover}; }}"
            f"QPushButton:checked {{ background: {p.soft}; font-weight: 600; }}"
            f"QPushButton:focus {{ border-color: {p.accent}; }}"
            f"QPushButton:disabled {{ color: {p.faint}; }}"
        )
        for button in self._nav:
            button.setStyleSheet(sheet)

    @property
    def page_names(self) -> list[str]:
        """The pages, in order."""
        return list(self._names)

    def show_page(self, name: str) -> None:
        """Go to a page by its name."""
        self._nav[self._names.index(name)].setChecked(True)

    # ------------------------------------------------------------------------------------ changing

    def _on_edited(self, name: str, value: Any) -> None:
        self.fields[name].show_error("")
        if self._questions.needed(name, value):
            self._ask(name, value)
        else:
            self._keep(name, value)

    def _ask(self, name: str, value: Any) -> None:
        """What rewrites the whole library is asked for first."""
        field = self.fields[name]

        def answered(yes: bool) -> None:
            if yes:
                self._keep(name, value)
            else:
                field.show_value(getattr(self._workspace.settings.values, name))

        def failed(error: Exception) -> None:
            answered(False)
            field.show_error(error_words(tr(_NOT_SAVED), error))

        self._questions.ask(name, value, answered, failed)

    def _keep(self, name: str, value: Any) -> None:
        workspace, field = self._workspace, self.fields[name]
        if name == "theme":
            theme().set_mode(value)

        def save() -> None:
            workspace.settings.change(**{name: value})
            workspace.apply_settings()

        def failed(error: Exception) -> None:
            kept = getattr(workspace.settings.values, name)
            field.show_value(kept)
            if name == "theme":
                theme().set_mode(kept)
            field.show_error(error_words(tr(_NOT_SAVED), error))

        def saved() -> None:
            self.write_back.reload()
            if name in _MODEL_TASKS:
                self._load_models()
            self.changed.emit(name)

        self._edits.add(save, saved, failed, self)

    def _take_focus(self) -> None:
        """A line that is still being typed in is kept when the dialog closes."""
        if (focused := self.focusWidget()) is not None:
            focused.clearFocus()

    # ------------------------------------------------------------------------------------ models

    def _load_models(self) -> None:
        run_in_pool(self._workspace.models.list, self._show_models, owner=self)

    def _show_models(self, models: Sequence[ModelInfo]) -> None:
        values = self._workspace.settings.values
        for name, task in _MODEL_TASKS.items():
            now = self.fields[name].value() or getattr(values, name)  # it may be on its way to be kept
            choices = list(_MORE_CHOICES.get(name, ()))
            choices += [(setting_key(m), title_of(m)) for m in for_task(models, task) if m.installed]
            if now not in [key for key, _ in choices]:
                choices.append((now, tr("{model} (not on this computer)", model=now)))
            self.fields[name].show_choices(choices, now)
        self.models.show_models(models)

    def _used_models(self) -> dict[str, str]:
        values = self._workspace.settings.values
        return {task: str(getattr(values, name)) for name, task in _MODEL_TASKS.items()}

    def _on_use(self, task: str, key: str) -> None:
        """Choose a model from its card: as in the field above."""
        name = next(name for name, of in _MODEL_TASKS.items() if of == task)
        self.fields[name].show_value(key)
        self._on_edited(name, key)
