"""The language of the window: Qt Linguist's files, numbers and dates, Qt's own words.

The .qm files are made from ``resources/translations/*.ts`` by ``packaging/translations.py`` at set-up and in
each wheel; where they are missing the window speaks English.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFont

from blipdesk.domain.wording import set_translator
from blipdesk.ui.resources import resource_path
from blipdesk.ui.theme import FAMILY

ENGLISH = "en"
TRANSLATED = ("ja", "zh_CN")
"""The languages that there is a file for."""
_FONTS = {
    "ja": ("Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic UI", "Meiryo"),
    "zh_CN": ("Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei UI"),
}
"""What the shipped font does not have comes from these where they are there, else from any that has it: the
same character is drawn otherwise in Japan and in China.
"""
SYSTEM = "system"


class _Spoken:
    """The language in force, and Qt's translators that are installed for it."""

    def __init__(self) -> None:
        self.language = ENGLISH
        self.qt: list[QTranslator] = []


_spoken = _Spoken()


def language_of(setting: str) -> str:
    """The language that a value of the setting stands for: one of ours, English where the system's is not."""
    if setting in TRANSLATED or setting == ENGLISH:
        return setting
    return system_language(QLocale.system().uiLanguages())


def system_language(wished: Sequence[str]) -> str:
    """The first of the system's languages (``ja-JP``, ``zh-Hans-CN``, ...) that is ours.

    Traditional Chinese is another script: who reads it is not given the simplified one.

    >>> system_language(["fr-FR", "ja-JP", "en-US"]), system_language(["zh-Hans-CN"])
    ('ja', 'zh_CN')
    >>> system_language(["zh-Hant-TW", "zh-TW", "en-US"]), system_language(["C"])
    ('en', 'en')
    """
    for name in wished:
        parts = name.replace("_", "-").split("-")
        if parts[0] in ("en", "ja"):
            return parts[0]
        if parts[0] == "zh" and not {"Hant", "TW", "HK", "MO"} & set(parts):
            return "zh_CN"
    return ENGLISH


def spoken() -> str:
    """The language in force: ``en``, ``ja`` or ``zh_CN``."""
    return _spoken.language


def speak(setting: str) -> bool:
    """Speak the language of a setting's value from now on; True: it is another one than before.

    What was made before keeps its words.
    """
    language = language_of(setting)
    changed = language != _spoken.language
    _spoken.language = language
    follows = setting not in TRANSLATED and setting != ENGLISH
    QLocale.setDefault(QLocale.system() if follows else QLocale(language))
    _use_qt_words(language)
    QFont.removeSubstitutions(FAMILY)
    QFont.insertSubstitutions(FAMILY, _FONTS.get(language, ()))
    words = _words(language)
    if words is None:
        set_translator(None, _number_writer())
    else:
        set_translator(_saying(words[0]), _number_writer(), _templates())
    return changed


def _saying(translator: QTranslator) -> Callable[[str], str]:
    def say(text: str) -> str:
        return (translator.translate("", text) or text) if text else text

    return say


@cache  # one that another thread is asking must not go
def _words(language: str) -> tuple[QTranslator, bytes] | None:
    """A language's words, and the bytes that they are read from as long as they are said.

    Qt would map the file instead: written anew under a running window it ended the process (SIGSEGV in
    ``translate``, PySide6 6.11).
    """
    path = resource_path("translations", f"{language}.qm")
    if language == ENGLISH or not path.is_file():
        return None
    made, read = QTranslator(), path.read_bytes()
    return (made, read) if made.load(read) else None


@cache
def _templates() -> tuple[str, ...]:
    try:
        return tuple(json.loads(resource_path("translations", "templates.json").read_bytes()))
    except (OSError, ValueError):
        return ()


def _number_writer() -> Callable[[float, int], str] | None:
    """How the locale writes numbers; None for C, which parts no thousands."""
    locale = QLocale()
    if locale.language() == QLocale.Language.C:
        return None
    return lambda value, decimals: locale.toString(float(value), "f", decimals)


def _use_qt_words(language: str) -> None:
    """The words of Qt's own menus, buttons and file dialog."""
    for old in _spoken.qt:
        QCoreApplication.removeTranslator(old)
    _spoken.qt = []
    if language == ENGLISH:
        return
    made = QTranslator()
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    if made.load(str(folder / f"qtbase_{language}.qm")):
        QCoreApplication.installTranslator(made)
        _spoken.qt = [made]
