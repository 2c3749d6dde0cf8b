import pytest

from tests.catalog.index.vector_steps import FakeSentences


@pytest.fixture
def sentences() -> FakeSentences:
    return FakeSentences()
