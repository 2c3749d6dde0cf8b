"""The .ts files: every text finished, with the values of the English one."""

from __future__ import annotations

import ast
import string
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))
import translations

LANGUAGES = ["ja", "zh_CN"]


def names(text: str) -> list[str]:
    """The values that a text takes, each as often as it stands there."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_with_the_same_values(language):
    found = list(translations.messages(translations.FOLDER / f"{language}.ts"))
    assert len(found) > 500
    assert [source for source, said, finished in found if not finished or not said.strip()] == []
    assert [(s, said) for s, said, _ in found if names(s) != names(said)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_explains_a_choice_is_told_from_its_title(language):
    from blipdesk.services.setting_specs import SETTINGS, choice_words

    said = {source: text for source, text, _ in translations.messages(translations.FOLDER / f"{language}.ts")}
    labels = [label for spec in SETTINGS for _, label in spec.choices if choice_words(label)[1]]
    assert labels
    assert [label for label in labels if not choice_words(said.get(label, ""))[1]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_have_the_texts_of_the_sources_and_no_others(language, tmp_path):
    found = tmp_path / f"{language}.ts"
    translations.update(found)
    kept, now = (
        {source for source, _, _ in translations.messages(path)}
        for path in (translations.FOLDER / found.name, found)
    )
    # python packaging/translations.py --update takes them over; what is new is translated then.
    assert (sorted(now - kept), sorted(kept - now)) == ([], [])


def test_no_text_is_said_inside_an_f_string() -> None:
    """Qt's tool does not look into those: the text would never be translated."""
    inside = [
        f"{path.name}:{call.lineno}"
        for path in (translations.ROOT / "blipdesk").rglob("*.py")
        for string_ in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(string_, ast.JoinedStr)
        for call in ast.walk(string_)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("tr", "later")
        if isinstance(call.args[0], ast.Constant)
    ]
    assert inside == []


def test_no_error_that_the_window_may_show_is_in_english_alone() -> None:
    """Its sentence and remedy are marked, so that they are said again in the person's language."""
    kinds = {"CatalogError", "KnownError", "ModelError", "PhotoError", "Problem", "Refusal", "UsageError"}
    bare = [
        f"{path.name}:{part.lineno}"
        for path in (translations.ROOT / "blipdesk").rglob("*.py")
        if path.parent.name != "cli" and not path.name.startswith("bench")  # a command line speaks English
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in kinds
        for part in call.args
        if isinstance(part, ast.JoinedStr) or (isinstance(part, ast.Constant) and " " in str(part.value))
    ]
    assert bare == []
