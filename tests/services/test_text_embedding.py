"""A process that captions nothing has queries embedded by the BlipDesk that is open, or loads a model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import KnownError, ModelError
from blipdesk.domain.jobs import EngineSettings, ReadPicture
from blipdesk.domain.search import SearchRequest
from blipdesk.domain.values import LibraryView, SortOrder
from blipdesk.engine.fake import FakeEngine
from blipdesk.services.text_embedding import embedded_elsewhere
from blipdesk.services.workspace import Workspace
from tests.services.picture_steps import PLAIN, measure, show

FAKE = EngineSettings("fake")
QUERY = SearchRequest("a green kite over the field", LibraryView(order=SortOrder.RELEVANCE))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A library of a photo whose caption says nothing of the kite in it, and one of something else."""
    catalog = Catalog.open(tmp_path)
    show(catalog, *((caption, None) for caption in ("our picnic", "grandma", *PLAIN)))
    shown = ("a green kite over the field", "an orange lamp", *PLAIN)
    read = [
        ReadPicture(f"pixels {number}", vector)
        for number, vector in enumerate(FakeEngine().embed_texts(shown), 1)
    ]
    assert catalog.pictures.keep("fake/retrieval", read)
    measure(catalog, lambda text: FakeEngine().embed_texts([text])[0])
    catalog.close()
    return tmp_path


def use_fake(workspace: Workspace) -> Workspace:
    workspace.use(replace(workspace.options, engine=FAKE, retrieval_engine=FAKE))
    return workspace


@pytest.fixture
def reader(data_dir: Path) -> Iterator[Workspace]:
    with Workspace.read(data_dir) as workspace:
        yield use_fake(workspace)


def test_nobody_loads_a_model_for_a_search_unasked(reader: Workspace) -> None:
    assert list(reader.searching.answer(QUERY).ids) == []
    assert reader.searching.could_look(QUERY.query)


def test_a_model_of_ones_own_looks_where_that_is_asked_for(reader: Workspace) -> None:
    with reader.looking_into_pictures():
        answer = reader.searching.answer(QUERY)
        (hit,) = reader.searching.explain(QUERY, answer.ids)
    assert list(answer.ids) == [1]
    assert "picture" in [reason.field for reason in hit.reasons]
    reader.use(replace(reader.options, retrieval_engine=None))
    with pytest.raises(ModelError, match="no model"), reader.looking_into_pictures():
        pass


def test_the_blipdesk_that_is_open_is_asked(data_dir: Path) -> None:
    with Workspace.open(data_dir, start=False) as holder:
        use_fake(holder)
        found = embedded_elsewhere(data_dir, "a kite").result(30)
        assert (found.model_key, len(found.values)) == ("fake/retrieval", 16)
        holder.use(replace(holder.options, retrieval_engine=None))
        with pytest.raises(KnownError, match="no model"):
            embedded_elsewhere(data_dir, "a kite").result(30)
