"""What is said of a write-back is said in the person's language, to the end: in one of one letter here."""

import re
import sys
from dataclasses import replace
from pathlib import Path

import metadata_pictures as pictures
import metadata_samples as samples
import pytest
from metadata_writing import EMBED, write

from blipdesk.domain.wording import retold, set_translator
from blipdesk.domain.writes import ExistingText
from blipdesk.metadata import writer

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))
import translations

UNSAFE = [(kind, name) for kind, recipe in pictures.RECIPES.items() for name in recipe.unsafe]
_NAME = re.compile(r"\([a-z]+:[A-Za-z]+\)")
"""Of an XMP property: every language writes it so."""


@pytest.fixture
def one_letter():
    known = {source for source, _, _ in translations.messages(translations.FOLDER / "ja.ts")}

    def said(text):
        return re.sub(r"\{\w+\}|[A-Za-z]", lambda m: m[0] if "{" in m[0] else "\u3042", text)

    set_translator(lambda text: said(text) if text in known else text, templates=sorted(known))
    yield
    set_translator(None)


def left_in_english(note):
    return re.findall("[A-Za-z]{3,}", _NAME.sub("", retold(note)))


@pytest.mark.usefixtures("one_letter")
@pytest.mark.parametrize(("kind", "name"), UNSAFE)
def test_why_a_caption_goes_to_a_sidecar(tmp_path, kind, name):
    recipe = pictures.RECIPES[kind]
    path = tmp_path / f"a{recipe.suffix}"
    path.write_bytes(recipe.unsafe[name][0]())
    for policy in (EMBED, replace(EMBED, embed_heif=True)):
        note = write(path, policy=policy).note
        assert "goes to a sidecar" in note and not left_in_english(note)


@pytest.mark.usefixtures("one_letter")
@pytest.mark.parametrize("existing", ExistingText)
@pytest.mark.parametrize("place", samples.CAPTIONED)
def test_where_a_persons_caption_stands_and_what_is_done_beside_it(tmp_path, place, existing):
    path = tmp_path / "a.jpg"
    path.write_bytes(samples.CAPTIONED[place]())
    note = write(path, policy=replace(EMBED, existing=existing)).note
    assert "A person's caption" in note and not left_in_english(note)


@pytest.mark.usefixtures("one_letter")
def test_a_reason_is_not_taken_for_the_sentence_of_another(tmp_path, monkeypatch):
    """Of the templates that fit, the one with the most words counts."""
    path = tmp_path / "a.jpg"
    path.write_bytes(samples.picture())
    monkeypatch.setattr(writer, "may_replace", lambda *_: False)
    note = write(path).note
    assert "somebody else" in note and not left_in_english(note)
