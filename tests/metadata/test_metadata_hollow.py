"""Captions and keyword lists that stand there and hold nothing, as some programs write them, are filled."""

import metadata_samples as samples
import pytest
from metadata_fields import packet
from metadata_writing import EMBED, SIDECAR, read, read_sidecar, snapshot, standing, write

from blipdesk.domain.values import Source
from blipdesk.domain.writes import WriteOutcome, WriteText
from blipdesk.metadata import formats, xmp
from blipdesk.metadata.xmp import Xmp

HOLLOW = {
    "closed": "<{name}><rdf:{kind}/></{name}>",
    "open": "<{name}><rdf:{kind}></rdf:{kind}></{name}>",
    "lines": "<{name}>\n   <rdf:{kind}>\n   </rdf:{kind}>\n  </{name}>",
    "bare": "<{name}/>",
    "nothing": "<{name}></{name}>",
}
NAMES = {
    "dc:description": "Alt",
    "tiff:ImageDescription": "Alt",
    "dc:subject": "Seq",
    "lr:hierarchicalSubject": "Seq",
    "digiKam:TagsList": "Bag",
}
each_form = pytest.mark.parametrize("form", HOLLOW)
both_targets = pytest.mark.parametrize("policy", [EMBED, SIDECAR])


@pytest.fixture
def hollow(photo):
    """Puts properties of a form into the photo and a sidecar; returns what is in the packet of the target."""

    def put(form):
        data = packet("".join(HOLLOW[form].format(name=n, kind=kind) for n, kind in NAMES.items()))
        photo.write_bytes(samples.with_segments(samples.xmp_segment(data)))
        (photo.parent / "photo.jpg.xmp").write_bytes(data)

    return put


def tree_of(photo, policy):
    return Xmp(
        read_sidecar(str(photo)) if policy is SIDECAR else formats.open_file(photo.read_bytes()).xmp[0]
    )


@each_form
@both_targets
def test_an_empty_property_takes_what_is_written(photo, hollow, form, policy):
    hollow(form)
    text = WriteText("a dog & <cat>", Source.MODEL, ("dog", "pet"), "key", user_keywords=("pet",))
    plan = write(photo, text, policy)
    assert plan.outcome is (WriteOutcome.SIDECAR if policy is SIDECAR else WriteOutcome.EMBEDDED), plan.note
    tree = tree_of(photo, policy)
    lists = (xmp.SUBJECT, xmp.HIERARCHICAL, xmp.TAGS_LIST) if policy is SIDECAR else (xmp.SUBJECT,)
    for name in xmp.CAPTION_PROPERTIES if policy is SIDECAR else (xmp.DESCRIPTION,):
        assert len(tree.find(name)) == 1 and tree.text(name) == "a dog & <cat>"
        assert tree.find(name)[0].items()
    for name in lists:
        assert len(tree.find(name)) == 1 and tree.texts(name) == ("pet", "dog")
    assert standing(photo) == "a dog & <cat>"
    assert read(photo) == (None, {"pet"})


@each_form
@both_targets
def test_what_filled_it_is_told_for_ours_and_gives_way(photo, hollow, form, policy):
    hollow(form)
    first = WriteText("a dog", Source.MODEL, ("dog", "pet"), "key", user_keywords=("pet",))
    write(photo, first, policy)
    once = snapshot(photo)
    assert write(photo, first, policy).outcome is WriteOutcome.UNCHANGED
    write(photo, WriteText("a cat", Source.MODEL, ("cat",), "key", replaces_keywords=first.keywords), policy)
    assert tree_of(photo, policy).keywords() == ("cat",)
    write(photo, first, policy)
    assert snapshot(photo) == once
    write(photo, WriteText("Bella", Source.USER, ("pet",), user_keywords=("pet",)), policy)
    assert read(photo) == ("Bella", {"pet"})
    write(photo, WriteText("", Source.USER, (), replaces="Bella", replaces_keywords=("pet",)), policy)
    assert read(photo) == (None, set())


def test_an_empty_property_that_points_elsewhere_is_left_alone(photo):
    old = packet('<dc:description rdf:resource="https://example.org/caption"/>')
    (photo.parent / "photo.jpg.xmp").write_bytes(old)
    write(photo, samples.machine(), SIDECAR)
    assert read_sidecar(str(photo)) == old
