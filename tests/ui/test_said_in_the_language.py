"""What the layers below the window say leaves no English in the person's language."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QLocale

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import CatalogError
from blipdesk.domain.filters import FILTERS, FilterSpec
from blipdesk.domain.jobs import ModelInfo
from blipdesk.domain.values import Source, WriteTarget
from blipdesk.domain.wording import joined, retold, set_translator
from blipdesk.domain.writes import WritePolicy, WriteText
from blipdesk.engine.placement import Place
from blipdesk.engine.registry import SPECS, WORK, ModelSpec
from blipdesk.metadata import FileMetadataWriter
from blipdesk.ui import language
from blipdesk.ui.dialogs.model_words import title_of

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))
import translations

EMBED, SIDECAR = WritePolicy(WriteTarget.EMBED), WritePolicy(WriteTarget.SIDECAR)
MACHINES = WriteText("a dog", Source.MODEL, ("dog",), "demo@1/caption")


@pytest.fixture(autouse=True, params=language.TRANSLATED)
def spoken(request: pytest.FixtureRequest, qapp: object) -> Iterator[None]:
    if not translations.is_compiled():
        translations.compile_all()
    language.speak(request.param)
    yield
    language.speak("en")
    QLocale.setDefault(QLocale.system())
    set_translator(None)


def english(said: str, *names: object) -> list[str]:
    """Words of English that a person is shown of it, without names of files and the like."""
    told = retold(said)
    for name in sorted(map(str, names), key=len, reverse=True):
        told = told.replace(name, "")
    return re.findall(r"\b[a-z]{2,}", told)


def opening_error(data_dir: Path) -> CatalogError:
    with pytest.raises(CatalogError) as raised:
        Catalog.open(data_dir)
    return raised.value


@pytest.mark.parametrize("has_backup", [False, True])
@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xa5" * 5000])
def test_a_damaged_catalog_and_how_to_get_it_back(tmp_path: Path, content: bytes, has_backup: bool) -> None:
    Catalog.open(tmp_path).close()
    if has_backup:
        (tmp_path / "backups").mkdir(exist_ok=True)
        shutil.copy(tmp_path / "catalog.db", tmp_path / "backups" / "catalog-20260101.db")
    (tmp_path / "catalog.json").write_text('{"photos": 2, "clean": false}')
    (tmp_path / "catalog.db").write_bytes(content)
    error = opening_error(tmp_path)
    files = [tmp_path / "catalog.db", *(path for path in tmp_path.rglob("*") if path.is_file())]
    by_sqlite = re.findall(r"is damaged \((.*?)\)\. It", error.message)
    assert english(error.message, *files, *(path.name for path in files), *by_sqlite) == []
    assert english(error.remedy, *files) == []
    assert "。 " not in joined(retold(error.message), retold(error.remedy))


def test_a_catalog_that_another_program_holds(tmp_path: Path) -> None:
    with closing(Catalog.open(tmp_path)):
        error = opening_error(tmp_path)
    assert english(error.message, tmp_path, *re.findall(r" on (\S+),", error.message)) == []


def test_why_a_caption_stands_beside_a_photo_and_not_in_it(tmp_path: Path) -> None:
    photo, writer = tmp_path / "a.bmp", FileMetadataWriter()
    Image.new("RGB", (4, 4)).save(photo)
    note = writer.plan(str(photo), MACHINES, EMBED).note
    assert "because" in note
    assert english(note) == []


@pytest.mark.parametrize("policy", [EMBED, SIDECAR])
def test_where_a_persons_caption_stands_that_is_left_alone(tmp_path: Path, policy: WritePolicy) -> None:
    photo, writer = tmp_path / "a.jpg", FileMetadataWriter()
    exif = Image.Exif()
    exif[0x010E] = "Bella in the garden"
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    xmp += (
        b'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt>'
    )
    xmp += (
        b'<rdf:li xml:lang="x-default">Luna</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF>'
    )
    Image.new("RGB", (4, 4)).save(photo, exif=exif, xmp=xmp + b"</x:xmpmeta>")
    note = writer.plan(str(photo), MACHINES, policy).note
    assert "stands in" in note
    assert english(note, "dc:description") == []


@pytest.mark.parametrize("spec", FILTERS, ids=lambda spec: spec.name)
def test_what_a_filter_does_not_understand(spec: FilterSpec) -> None:
    said = spec.parse("", date(2026, 5, 1))
    typed = (f"{spec.name}:{value}" for value in spec.examples)
    values = (value.name for value in spec.values)
    assert not isinstance(said, str) or english(said, *typed, *values, spec.name) == []


def test_what_a_model_cannot_do_here() -> None:
    said = "The model {title} does not fit into the memory for {precision} on {memory}."
    told = said.format(title="X", precision="bf16", memory=Place("cuda", "bf16", spread=True).memory)
    assert english(told, "cuda", "bf16") == []
    assert [english(f"This checkpoint cannot {work}.") for work in WORK.values()] == [[]] * len(WORK)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.key)
def test_what_a_model_is_called(spec: ModelSpec) -> None:
    called = title_of(ModelInfo(spec.key, spec.title, spec.tasks, False, 0, spec.licence, None))
    assert english(called, "base", "large") == []
