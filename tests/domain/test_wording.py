"""Sentences in the person's language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from blipdesk.domain.wording import later, plural, set_translator, tr

GERMAN = {"{name} is gone.": "{name} ist weg.", "{n} photo": "{n} Foto", "{n} photos": "{n} Fotos"}


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    set_translator(lambda text: GERMAN.get(text, text))
    yield
    set_translator(None)


def test_a_sentence_is_said_in_the_language_with_its_values() -> None:
    assert tr("{name} is gone.", name="a{b}.jpg") == "a{b}.jpg ist weg."


def test_what_has_no_translation_stays_english() -> None:
    assert tr("100 % of {these}") == "100 % of {these}"


def test_numbers_choose_their_form() -> None:
    assert [plural(n, tr("{n} photo"), tr("{n} photos")) for n in (1, 0, 1200)] == [
        "1 Foto", "0 Fotos", "1,200 Fotos",
    ]  # fmt: skip


def test_a_table_made_before_the_language_was_known_is_said_in_it() -> None:
    table = {1: later("{name} is gone.")}
    assert tr(table[1], name="x") == "x ist weg."
