"""The proof of an edited XMP packet: parsed again, it says all that it said, and what was to be added."""

from __future__ import annotations

from collections.abc import Mapping

from blipdesk.domain.wording import later
from blipdesk.metadata import keyword_paths, xmp
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.wanted import Wanted
from blipdesk.metadata.xmp import Property, Xmp
from blipdesk.metadata.xmp_tree import Node


def prove(before: Xmp, after: Xmp, wanted: Wanted, lists: tuple[str, ...], expected: dict[str, str]) -> None:
    """Raise unless only ``expected`` captions and the keywords in ``lists`` differ, and these read back.

    Raises:
        Refusal: something else differs, or one of them is not there.
    """
    same = says_the_same(before, after, expected, (*lists, *xmp.OWN_PROPERTIES))
    same &= all(_keeps_languages(before.find(name), after.find(name)) for name in expected)
    for name in lists:
        same &= set(before.texts(name)) <= set(after.texts(name))
        same &= keyword_paths.missing(name, after.texts(name), wanted) == ((), ())
    if not same:
        raise Refusal(later("its XMP could not be changed without touching something else"))


def says_the_same(before: Xmp, after: Xmp, expected: Mapping[str, str], but: tuple[str, ...] = ()) -> bool:
    """Whether a packet says what it said (but for what ``but`` names), and what is ``expected`` now."""
    written = {*expected, *but}

    def others(tree: Xmp) -> list[tuple[object, ...]]:
        found: list[tuple[object, ...]] = []
        for item in tree.properties:
            if item.name not in written:
                value = _shape(item.node) if item.node else (item.owner.attributes[item.name],)
                found.append((item.name, *value))
        return found

    return others(before) == others(after) and all(
        after.text(name) == said for name, said in expected.items()
    )


def _keeps_languages(before: list[Property], after: list[Property]) -> bool:
    """Whether each language that does not say what readers are shown says what it said."""
    if len(after) != len(before):  # a caption that is new, or goes whole
        return True
    for was, now in zip(before, after, strict=True):
        shown, kept = was.text(), now.languages()
        if any(text not in (shown, kept.get(language)) for language, text in was.languages().items()):
            return False
    return True


def _shape(node: Node) -> tuple[object, ...]:
    children = tuple(_shape(child) for child in node.children)
    return node.tag, tuple(sorted(node.attributes.items())), node.text.strip(), children
