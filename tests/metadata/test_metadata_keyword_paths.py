"""Keywords that stand in one another, as programs write them."""

import metadata_samples as samples
import pytest
from metadata_fields import HIERARCHIES, bag, with_packet

from blipdesk.domain.values import Source
from blipdesk.metadata import read_facts, sidecar_patch
from blipdesk.metadata.wanted import Wanted


@pytest.mark.parametrize("program", HIERARCHIES)
def test_keywords_in_a_hierarchy(program):
    found = read_facts(with_packet(HIERARCHIES[program]), "JPEG")
    assert "Places|France|Paris" in found.keyword_paths
    assert all("|" in path for path in found.keyword_paths)
    assert {"Paris", "Anna"} <= set(found.keywords)


def test_a_keyword_in_a_hierarchy_and_by_itself_is_one():
    data = with_packet(bag("dc:subject", "paris") + HIERARCHIES["lightroom"] + HIERARCHIES["digikam"])
    found = read_facts(data, "JPEG")
    assert (found.keywords, found.keyword_paths) == (("paris", "Anna"), ("Places|France|Paris",))


def test_keywords_that_we_wrote_into_a_sidecar_are_nobodys():
    ours = sidecar_patch.render(None, Wanted("a dog", ("dog", "Pets"), Source.MODEL))
    found = read_facts(samples.picture(), "JPEG", ours)
    assert (found.keywords, found.keyword_paths) == ((), ())
