"""The parts of a query.  Equal parts are equal wherever they stand: no span counts in a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from types import UnionType
from typing import TypeAlias

from blipdesk.domain.search import QueryProblem
from blipdesk.domain.words import STOP_WORDS, words_of

Span: TypeAlias = tuple[int, int]
"""Start and end of the characters of the typed text, as Python slices."""
_NOWHERE: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was typed.  ``prefix``: more letters may follow.

    One with several :attr:`parts` (``black-and-white``, a run of CJK characters) is found where they follow
    one another.
    """

    text: str
    prefix: bool = False
    span: Span = field(default=_NOWHERE, compare=False)

    @property
    def parts(self) -> tuple[str, ...]:
        """The words in it as the index has them: one of most words; spelled as typed."""
        return tuple(part.group() for part in words_of(self.text))

    @property
    def is_starred(self) -> bool:
        """Whether it may go on because a star behind it says so."""
        return self.prefix and self.span[1] - self.span[0] > len(self.text)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in quotes: they follow one another.  ``prefix``: the last one may go on."""

    parts: tuple[str, ...]
    prefix: bool = False
    span: Span = field(default=_NOWHERE, compare=False)

    @property
    def text(self) -> str:
        """The words, a space between."""
        return " ".join(self.parts)


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with one value that it understands.  ``prefix``: the value may go on."""

    name: str
    """The name of its :class:`~blipdesk.domain.filters.FilterSpec`, whatever alias was typed."""
    value: str
    prefix: bool = False
    span: Span = field(default=_NOWHERE, compare=False)
    value_span: Span = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """What a photo may not have."""

    term: Node
    span: Span = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """Two or more terms, none an :class:`And` or the same as another."""

    terms: tuple[Node, ...]
    span: Span = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """Two or more alternatives, none an :class:`Or` or the same as another."""

    terms: tuple[Node, ...]
    span: Span = field(default=_NOWHERE, compare=False)


Node: TypeAlias = Word | Phrase | Filter | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query.

    Its :attr:`hard` part always holds; of the :attr:`soft` terms a photo has all, or, further down, some.
    """

    text: str
    """What was typed, as far as it is read."""
    tree: Node | None = None
    """None: there is nothing in it to look for, and it narrows nothing."""
    problems: tuple[QueryProblem, ...] = ()
    passed_over: tuple[Span, ...] = ()
    """Filters whose value is not there or not understood, and the like: what counts for nothing."""

    @property
    def terms(self) -> tuple[Node, ...]:
        """The terms of the top level, each of which holds in a full match."""
        if self.tree is None:
            return ()
        return self.tree.terms if isinstance(self.tree, And) else (self.tree,)

    @property
    def soft(self) -> tuple[Node, ...]:
        """Plain words, and groups of plain words, of the top level."""
        return tuple(term for term in self.terms if is_plain(term))

    @property
    def ranked_by(self) -> tuple[Node, ...]:
        """What tells which photo is better: the soft terms, or, where there is none, the words of phrases."""
        return self.soft or tuple(_loosened(term) for term in self.terms if is_plain(term, Word | Phrase))

    @property
    def hard(self) -> Node | None:
        """Filters, phrases and exclusions of the top level, and groups with any of them; None: none."""
        return all_of([term for term in self.terms if not is_plain(term)])

    @property
    def is_letter(self) -> bool:
        """Whether its only word has but one letter yet: of so many photos none is better than another."""
        return len(self.soft) == 1 and _is_letter(self.soft[0])

    def without_letter(self) -> Query | None:
        """The query without the single letter that was typed last; None: there is none, or it is all."""
        for term in self.soft:
            if _is_letter(term) and len(self.soft) > 1:
                tree = all_of([other for other in self.terms if other is not term])
                return replace(self, tree=tree, passed_over=(*self.passed_over, term.span))
        return None

    def words(self) -> tuple[Word, ...]:
        """The words of the soft terms: what spelling may mend."""
        return _words_in(self.soft)

    def ranking_words(self) -> tuple[Word, ...]:
        """The words of what is ranked by."""
        return _words_in(self.ranked_by)

    def wanted(self) -> tuple[Word | Phrase, ...]:
        """Every word and phrase that a photo is looked for by, none that is excluded."""
        nodes = leaves(self.tree) if self.tree is not None else ()
        return tuple(node for node in nodes if isinstance(node, Word | Phrase))

    def filters(self) -> tuple[Filter, ...]:
        """Every filter, excluding ones too."""
        nodes = leaves(self.tree, excluded=True) if self.tree is not None else ()
        return tuple(node for node in nodes if isinstance(node, Filter))


def _words_in(terms: tuple[Node, ...]) -> tuple[Word, ...]:
    return tuple(node for term in terms for node in leaves(term) if isinstance(node, Word))


def _is_letter(node: Node) -> bool:
    return isinstance(node, Word) and node.prefix and node.span[1] - node.span[0] == 1


def is_plain(node: Node, kind: type[Word] | UnionType = Word) -> bool:
    """Whether there are only words in it (or what else is plain), and alternatives and groups of them."""
    if isinstance(node, And | Or):
        return all(is_plain(term, kind) for term in node.terms)
    return isinstance(node, kind)


def _loosened(node: Node) -> Node:
    """A plain term with the words of its phrases instead of these; without those that tell nothing."""
    terms: list[Node] = [node]
    if isinstance(node, And | Or):
        terms = [_loosened(term) for term in node.terms]
    elif isinstance(node, Phrase):
        words = [Word(part) for part in node.parts[:-1]]
        words.append(Word(node.parts[-1], node.prefix, node.span))
        terms = [word for word in words if word.text.casefold() not in STOP_WORDS] or [*words]
    found = any_of(terms) if isinstance(node, Or) else all_of(terms)
    assert found is not None
    return found


def leaves(node: Node, excluded: bool = False) -> Iterator[Word | Phrase | Filter]:
    """The words, phrases and filters below a node, in order; the excluded ones where asked for."""
    if isinstance(node, And | Or):
        for term in node.terms:
            yield from leaves(term, excluded)
    elif isinstance(node, Not):
        if excluded:
            yield from leaves(node.term, excluded)
    else:
        yield node


def depth_of(node: Node) -> int:
    """How many nodes lie one in the other."""
    if isinstance(node, And | Or):
        return 1 + max(depth_of(term) for term in node.terms)
    return 1 + depth_of(node.term) if isinstance(node, Not) else 1


def all_of(terms: list[Node]) -> Node | None:
    """The terms as one node: None of none, the term itself of one; groups of the same kind are opened."""
    terms = _opened(terms, And)
    return terms[0] if len(terms) == 1 else And(tuple(terms), _around(terms)) if terms else None


def any_of(terms: list[Node]) -> Node | None:
    """The alternatives as one node, as :func:`all_of`."""
    terms = _opened(terms, Or)
    return terms[0] if len(terms) == 1 else Or(tuple(terms), _around(terms)) if terms else None


def _opened(terms: list[Node], kind: type[And] | type[Or]) -> list[Node]:
    inner = [
        t
        for term in terms
        for t in (term.terms if isinstance(term, And | Or) and isinstance(term, kind) else (term,))
    ]
    return list(dict.fromkeys(inner))


def _around(terms: list[Node]) -> Span:
    return min(term.span[0] for term in terms), max(term.span[1] for term in terms)
