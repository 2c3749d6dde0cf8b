"""Adding a caption and keywords to an XMP packet or sidecar by inserting text, and proving it.

What is inserted stands between comments that name its author (the person's keywords in an element of the
machine's in comments of their own), so that it can be taken out again to the byte.  Both versions
are parsed: every property but those we write must be equal, order and languages included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from blipdesk.domain.own_texts import leaf
from blipdesk.domain.values import Source
from blipdesk.domain.wording import later
from blipdesk.domain.writes import ExistingText
from blipdesk.metadata import keyword_paths, texts, xmp
from blipdesk.metadata.provenance import Provenance
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.splice import Edit, splice
from blipdesk.metadata.wanted import Wanted
from blipdesk.metadata.xmp import Property, Xmp
from blipdesk.metadata.xmp_parts import (
    PREFIXES,
    Piece,
    Splice,
    escape,
    filled_caption,
    filled_item,
    first_caption,
    hollow,
    longer_list,
    marked,
    new_caption,
    new_list,
    prefix_of,
    quoted,
    short_name,
)
from blipdesk.metadata.xmp_proof import prove
from blipdesk.metadata.xmp_tree import Node

_HEAD = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="BlipDesk">\n'
    b' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
)
BARE = _HEAD + b' </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>\n'
"""A packet that says nothing."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which properties are written: captions, lists of keywords, and (``own``) our own namespace."""

    captions: tuple[str, ...] = (xmp.DESCRIPTION,)
    lists: tuple[str, ...] = (xmp.SUBJECT,)
    own: bool = False


EMBEDDED = Layout()
_MAX_SAME = 8
"""Properties of one name; the standard has one (ISO 16684-1, 7.4)."""


def new_packet(wanted: Wanted, layout: Layout = EMBEDDED) -> bytes:
    """A whole packet for a photo that has none."""
    return edit(BARE, wanted, layout)


def is_bare(data: bytes) -> bool:
    """True for a packet of ours with nothing in it."""
    return data == BARE


def own_keywords(data: bytes) -> tuple[str, ...]:
    """The person's keywords that stand in our part of the packet: ``dc:subject`` has all that any list has.

    Of a path it has the last level; the path itself stands in the list that knows them.

    Raises:
        Refusal: ill-formed.
    """
    without = xmp.strip_marks(data)
    people = xmp.strip_machine(data)
    if people == without:
        return ()
    before, after = xmp.read_packet(without), xmp.read_packet(people)
    known = before.texts(xmp.HIERARCHICAL)
    paths: dict[str, list[str]] = {}
    for path in after.texts(xmp.HIERARCHICAL):
        if path not in known:
            paths.setdefault(leaf(path), []).append(path)
    return tuple(path for keyword in _added(before, after) for path in paths.get(keyword, [keyword]))


def _added(before: Xmp, after: Xmp) -> tuple[str, ...]:
    """The keywords that a packet gained."""
    standing = before.keywords()
    return texts.merge(standing, after.keywords())[len(standing) :]


def edit(data: bytes, wanted: Wanted, layout: Layout = EMBEDDED) -> bytes:
    """The packet with caption and keywords set; what we wrote earlier is taken out first.

    Raises:
        Refusal: ill-formed, or a property stands in a form that cannot be patched without loss.
    """
    base = xmp.strip_marks(data)
    tree = xmp.read_packet(base)
    if tree.rdf.closed:
        raise Refusal(later("its XMP is empty in an unusual way"))
    wanted = wanted.with_standing(own_keywords(data))
    if wanted.caption is None:  # what stays comes from where it came from
        wanted = replace(wanted, provenance=xmp.provenance(data) or wanted.provenance)
    if wanted.withdrawn:
        wanted = replace(wanted, keywords=_kept_keywords(data, tree, wanted))
    captions = _captions(data, tree, wanted, layout)
    changes = _Changes()
    _set_captions(changes, tree, captions, wanted)
    _add_keywords(changes, tree, wanted, layout)
    splices = changes.splices
    if changes.fresh:
        own = ""
        if layout.own and not tree.find(xmp.OWN_SOURCE):
            own = _own_attributes(_said(captions, wanted), wanted.provenance)
        splices.append(_description(tree, changes.fresh, own, wanted.provenance))
    splices += _own_edits(tree, wanted)
    splices += _covers(tree, changes.covering, splices, captions, wanted.provenance)
    # what comes later in the list stands first where two are added at one place
    result = splice(base, [Edit(*parts) for parts in reversed(splices)])
    expected = {name: caption for name, (_, caption) in captions.items()}
    prove(tree, Xmp(result), wanted, layout.lists, expected)
    return result


@dataclass(frozen=True, slots=True)
class _Changes:
    """What changes in a packet: edits (those of ``covering`` hide what stood there) and new properties."""

    splices: list[Splice] = field(default_factory=list)
    covering: list[Splice] = field(default_factory=list)
    fresh: list[Piece] = field(default_factory=list)


def _set_captions(changes: _Changes, tree: Xmp, captions: dict[str, Piece], wanted: Wanted) -> None:
    for name, (source, caption) in captions.items():
        found = _few(tree, name)
        if len({said for item in found if (said := frozenset(filter(None, item.said())))}) > 1:
            raise Refusal(later("its XMP says two captions in one place"))
        for item in found:
            place = hollow(item) if caption else None
            if place is not None:
                changes.splices.append(filled_caption(tree, place, (source, caption), wanted.provenance))
                continue
            if caption and _is_in_other_languages(item, source, wanted):
                container = item.container()
                assert container is not None
                piece = source, caption
                changes.splices.append(first_caption(tree, container, piece, wanted.provenance))
                continue
            if item.text() and caption == f"{item.text()}\n{wanted.caption}":
                edits = _append_edit(tree, item, wanted)
            else:
                edits = _caption_edit(tree, item, caption, wanted)
            changes.splices.extend(edits)
            changes.covering.extend(() if wanted.is_ours(item.text()) else edits)
        if not found and caption:
            changes.fresh.append((source, new_caption(name, caption)))


def _add_keywords(changes: _Changes, tree: Xmp, wanted: Wanted, layout: Layout) -> None:
    for name in layout.lists:
        found = _few(tree, name)
        people, machine = keyword_paths.missing(name, tree.texts(name), wanted)
        if not people and not machine:
            continue
        if not found:
            changes.fresh.extend(new_list(name, people, machine))
            continue
        place = found[0].container() or hollow(found[0])
        if place is None:
            raise Refusal(later("its XMP holds keywords in an unusual form"))
        changes.splices.append(longer_list(tree, place, name, (people, machine), wanted.provenance))


def _few(tree: Xmp, name: str) -> list[Property]:
    found = tree.find(name)
    if len(found) > _MAX_SAME:
        raise Refusal(later("its XMP says one thing many times, which is unusual"))
    return found


def _captions(data: bytes, tree: Xmp, wanted: Wanted, layout: Layout) -> dict[str, Piece]:
    """The captions to be set, and who wrote them; those that are not named here stay as they are.

    Where the keywords alone are asked for, that is what stood in our part, which was taken out of ``tree``,
    and what is taken back.
    """
    if wanted.caption is not None and wanted.existing is ExistingText.APPEND:
        return {name: (Source.MODEL, text) for name, text in _joined(tree, wanted, layout) if text}
    if wanted.caption is not None:
        return dict.fromkeys(layout.captions, (wanted.source, wanted.caption))
    people, full = xmp.read_packet(xmp.strip_machine(data)), xmp.read_packet(data)
    captions: dict[str, Piece] = {}
    for name in layout.captions:
        if people.text(name) != tree.text(name):
            if not wanted.is_taken_back(people.text(name)):
                captions[name] = Source.USER, people.text(name)
        elif full.text(name) != tree.text(name):
            if not wanted.withdrawn:
                captions[name] = Source.MODEL, full.text(name)
        elif any(wanted.is_taken_back(item.text()) for item in tree.find(name)):
            captions[name] = Source.USER, wanted.instead
        elif tree.find(name) and all(wanted.is_withdrawn(item.text()) for item in tree.find(name)):
            captions[name] = Source.MODEL, ""  # another program dropped our mark
    return captions


def _joined(tree: Xmp, wanted: Wanted, layout: Layout) -> Iterator[tuple[str, str]]:
    """The captions with the machine's behind the person's; empty where nothing is to be said."""
    for name in xmp.CAPTION_PROPERTIES:
        standing = tree.text(name)
        if texts.is_boilerplate(standing):
            standing = wanted.shared if name in layout.captions else ""
            named = (text for found in tree.find(name) for text in found.languages().values())
            standing = standing or next((text for text in named if not texts.is_boilerplate(text)), "")
        yield name, f"{standing}\n{wanted.caption}" if standing else ""


def says(data: bytes, caption: str) -> bool:
    """Whether a packet says ``caption`` behind another."""
    tree = xmp.read_packet(data)
    return any(tree.text(name).endswith(f"\n{caption}") for name in xmp.CAPTION_PROPERTIES)


def _said(captions: dict[str, Piece], wanted: Wanted) -> dict[str, Piece]:
    """The captions without what a person said before them."""
    if wanted.caption is None:
        return captions
    return {name: (source, wanted.caption) for name, (source, _) in captions.items()}


def _kept_keywords(data: bytes, tree: Xmp, wanted: Wanted) -> tuple[str, ...]:
    """The keywords wanted, and those of our part, which stay where its caption goes."""
    ours = (k for k in _added(tree, xmp.read_packet(data)) if k.casefold() not in wanted.dropped)
    return texts.merge(wanted.keywords, tuple(ours))


def _covers(
    tree: Xmp,
    covering: list[Splice],
    splices: list[Splice],
    captions: dict[str, Piece],
    provenance: Provenance,
) -> list[Splice]:
    """A mark with a note of each text that a caption took the place of, before all else that is added."""

    def moved(position: int) -> int:
        return position + sum(len(new) - (end - start) for start, end, new in before if start < position)

    at = tree.rdf.inner_end
    before = [splice for splice in splices if splice[0] < at]
    notes = (
        xmp.cover(moved(at) - moved(start), new, tree.data[start:end]) for start, end, new in covering if new
    )
    content = b"".join(notes)
    source = next(iter(captions.values()), (Source.MODEL, ""))[0]
    return [(at, at, xmp.mark(source, content, provenance))] if content else []


def _own_values(source: Source, caption: str, provenance: Provenance) -> dict[str, str]:
    """Who wrote the caption, in our own namespace."""
    values = {xmp.OWN_SOURCE: xmp.author(source), xmp.OWN_CAPTION: caption}
    if source is not Source.USER:
        told = provenance.model_key, provenance.date, provenance.run
        values |= dict(zip((xmp.OWN_MODEL, xmp.OWN_DATE, xmp.OWN_RUN), told, strict=True))
    return values


def _own_attributes(captions: dict[str, Piece], provenance: Provenance) -> str:
    """Our own properties, as attributes; empty where we write no caption."""
    source, caption = next(iter(captions.values()), (Source.MODEL, ""))
    if not caption:
        return ""
    values = _own_values(source, caption, provenance)
    return "".join(f" {short_name(name)}={quoted(text)}" for name, text in values.items() if text)


def _description(tree: Xmp, fresh: list[Piece], own: str, provenance: Provenance) -> Splice:
    """One ``rdf:Description`` with the new properties, at the end of the RDF."""
    spaces = {p: s for s, p in PREFIXES.items() if any(f"<{p}:" in text for _, text in fresh)}
    if prefix_of(tree, tree.rdf) != "rdf":
        spaces["rdf"] = xmp.RDF
    if own:
        spaces["blipdesk"] = xmp.OURS
    names = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in spaces.items())
    about = quoted(tree.about())
    whose = Source.USER if any(source is Source.USER for source, _ in fresh) else Source.MODEL
    head = (whose, f"<rdf:Description rdf:about={about}{names}{own}>")
    pieces = marked([head, *fresh, (whose, "</rdf:Description>")], provenance)
    return tree.rdf.inner_end, tree.rdf.inner_end, pieces


def _is_in_other_languages(found: Property, source: Source, wanted: Wanted) -> bool:
    """Whether people's captions are each in a language of its own, which stays as it is beside ours.

    The only one gives way to what a person typed: that is the caption that they saw.  Where a language says
    nothing, ours is none of it.
    """
    if not found.names_each_language:
        return False
    said = found.languages().values()
    if not said or (source is Source.USER and len(found.items()) == 1):
        return not said
    return any(not (texts.is_boilerplate(text) or wanted.is_ours(text)) for text in said)


def _caption_edit(tree: Xmp, found: Property, caption: str, wanted: Wanted) -> list[Splice]:
    standing = found.text()
    if standing == caption:
        return []
    if wanted.caption is not None and not wanted.may_replace(standing):
        raise Refusal(later("its XMP already holds a caption"))
    node = found.text_node()
    if node is None or (node.closed and not (caption and found.items())):
        raise Refusal(later("its XMP holds a caption in an unusual form"))
    if caption and node.closed:
        return [filled_item(tree, node, caption)]
    if caption:
        return [(n.inner, n.inner_end, escape(caption).encode()) for n in (node, *_same(found, node))]
    if found.node is None or len(found.items()) > 1:
        raise Refusal(later("its XMP holds a caption in an unusual form"))
    return [(found.node.start, found.node.end, b"")]


def _append_edit(tree: Xmp, found: Property, wanted: Wanted) -> list[Splice]:
    """The machine's caption behind the person's, in each language that says the same.

    What the person wrote stays byte for byte.
    """
    shown = found.text_node()
    if shown is None:
        raise Refusal(later("its XMP holds a caption in an unusual form"))
    behind = escape(f"\n{wanted.caption}").encode()
    return [
        (node.inner, node.inner_end, tree.data[node.inner : node.inner_end].rstrip() + behind)
        for node in (shown, *_same(found, shown))
    ]


def _same(found: Property, shown: Node) -> list[Node]:
    """The first items that say the same as the one shown: programs keep such a language in step with it."""
    text = shown.text.strip()
    others = (n for n in found.items() if n is not shown and not n.children and not n.closed)
    return [n for n in others if text and n.text.strip() == text][:2]


def _own_edits(tree: Xmp, wanted: Wanted) -> list[Splice]:
    """Bring our own properties up to date where another program rewrote the packet around them."""
    values: dict[str, str] = {}
    if wanted.caption is not None:
        values = _own_values(wanted.source, wanted.caption, wanted.provenance)
    elif wanted.is_taken_back(tree.text(xmp.OWN_CAPTION)):
        values = {xmp.OWN_CAPTION: wanted.instead, xmp.OWN_SOURCE: xmp.author(Source.USER)}
    edits: list[Splice] = []
    for name, value in values.items():
        for found in _few(tree, name):
            if found.text() == value:
                continue
            node = found.node
            if node is not None and not node.closed and not node.children:
                edits.append((node.inner, node.inner_end, escape(value).encode()))
                continue
            pattern = re.compile(short_name(name).encode() + rb"""\s*=\s*("[^"]*"|'[^']*')""")
            match = pattern.search(tree.data, found.owner.start, found.owner.inner)
            if node is not None or match is None:
                raise Refusal(later("its XMP holds our own mark in an unusual form"))
            edits.append((*match.span(1), quoted(value).encode()))
    return edits
