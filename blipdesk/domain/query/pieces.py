"""A query as the pieces that a person takes off or changes one by one: its filters, and the words between.

The text stays what counts: a piece knows its place in it, and every change is a change of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from blipdesk.domain.filters import FilterSpec
from blipdesk.domain.query.tokens import HasValue, Scanner, Token, TokenKind
from blipdesk.domain.query.tree import Span
from blipdesk.domain.query.writing import quoted

_AND_BEFORE = re.compile(r"(?:^|(?<=\s))AND\s*$")
_AND_BEHIND = re.compile(r"^\s*AND(?=\s|$)")
_OPEN_END = re.compile(r"(?:^|(?<=\s))(?:(?:AND|OR|NOT)\s+)*(?:AND|OR|NOT)$")
_LIST = re.compile(r"\s*,\s*|\s+OR\s+")


class PieceKind(StrEnum):
    """What a piece is."""

    WORDS = "words"
    FILTER = "filter"
    MIXED = "mixed"
    """Filters and other parts that belong together: ``dog OR date:2024``."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a query that can go alone."""

    kind: PieceKind
    text: str
    """As it was typed."""
    span: Span
    name: str = ""
    """Of a filter: the name of its :class:`~blipdesk.domain.filters.FilterSpec`."""
    values: tuple[str, ...] = ()
    """Of a filter, with what its alias says of them: ``before 2024``."""
    is_excluded: bool = False
    problem: str = ""
    """Why a filter's value is not understood, a sentence; it then counts for nothing."""

    @property
    def value(self) -> str:
        """The values of a filter in one line, as :func:`filter_term` reads them again."""
        return ", ".join(self.values)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A term of the top level, with its negation."""

    span: Span
    has_filter: bool
    filter: Token | None = None
    is_excluded: bool = False


def query_pieces(
    text: str, today: date | None = None, has_value: HasValue | None = None
) -> tuple[Piece, ...]:
    """The pieces of a query in their order; a filter that has no value yet is none.

    >>> [piece.text for piece in query_pieces("dog -cat date:2024 AND (sea OR type:png) beach")]
    ['dog -cat', 'date:2024', '(sea OR type:png)', 'beach']
    """
    today = today or date.today()
    pieces: list[Piece] = []
    for unit in _units(Scanner(text, today, has_value=has_value).tokens):
        piece = _piece(text, unit, today)
        if piece is None:
            continue
        last = pieces[-1] if pieces else None
        if last is not None and last.kind is piece.kind is PieceKind.WORDS:
            start, end = last.span[0], piece.span[1]
            pieces[-1] = replace(last, text=text[start:end], span=(start, end))
        else:
            pieces.append(piece)
    return tuple(pieces)


def _units(tokens: list[Token]) -> list[_Unit]:
    """The terms of the top level; those beside an OR are one."""
    units: list[_Unit] = []
    begin: int | None = None
    is_excluded = is_joined = False
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token.kind in (TokenKind.AND, TokenKind.CLOSE):
            continue
        if token.kind is TokenKind.OR:
            is_joined = bool(units)
            continue
        begin = token.span[0] if begin is None else begin
        if token.kind is TokenKind.NOT:
            is_excluded = True
            continue
        end, inner = token.span[1], [token]
        if token.kind is TokenKind.OPEN:
            stop = _closing(tokens, at)
            inner = tokens[at:stop]
            end = tokens[min(stop, len(tokens) - 1)].span[1]
            at = stop + 1
        is_filter = token.kind is TokenKind.FILTER
        has_filter = any(part.kind is TokenKind.FILTER for part in inner)
        unit = _Unit((begin, end), has_filter, token if is_filter else None, is_excluded)
        if is_joined:
            last = units.pop()
            unit = _Unit((last.span[0], end), last.has_filter or has_filter)
        units.append(unit)
        begin, is_excluded, is_joined = None, False, False
    return units


def _closing(tokens: list[Token], at: int) -> int:
    """Where the parenthesis that was opened before ``at`` closes; behind the last token: nowhere."""
    depth = 1
    while at < len(tokens):
        depth += {TokenKind.OPEN: 1, TokenKind.CLOSE: -1}.get(tokens[at].kind, 0)
        if not depth:
            return at
        at += 1
    return at


def _piece(text: str, unit: _Unit, today: date) -> Piece | None:
    typed = text[slice(*unit.span)]
    token = unit.filter
    if token is None or token.filter is None:
        return Piece(PieceKind.MIXED if unit.has_filter else PieceKind.WORDS, typed, unit.span)
    if not token.values:
        return None
    if not token.are_alternatives:
        return Piece(PieceKind.MIXED, typed, unit.span)
    values = tuple(f"{token.lead}{value.text}" for value in token.values)
    told = (
        token.filter.parse(said, today, value.prefix)
        for said, value in zip(values, token.values, strict=True)
    )
    problem = next((test for test in told if isinstance(test, str)), "")
    return Piece(PieceKind.FILTER, typed, unit.span, token.filter.name, values, unit.is_excluded, problem)


# ------------------------------------------------------------------------------------ changes


def filter_term(spec: FilterSpec, value: str, today: date | None = None, is_excluded: bool = False) -> str:
    """A filter as it is typed, for a value that a person typed without it; several values with commas.

    >>> from blipdesk.domain.filters import filter_named
    >>> filter_term(filter_named("camera"), "Nikon D90, X100")
    'camera:"Nikon D90",X100'
    >>> filter_term(filter_named("date"), "july 4th, 2024", is_excluded=True)
    '-date:"july 4th, 2024"'
    """
    today, value = today or date.today(), " ".join(value.split())
    parts = [part for part in _LIST.split(value) if part]
    # "july 4th, 2024" is one date; every text is a camera's name.
    is_one = spec.takes(value, today) and (bool(spec.phrases) or len(parts) < 2)
    listed = [value] if is_one or not parts else parts
    return f"{'-' * is_excluded}{spec.name}:{','.join(map(quoted, listed))}"


def with_piece(text: str, term: str) -> str:
    """A query with one more term at its end.

    >>> with_piece("dog OR ", "date:2024"), with_piece('a "red boat', "type:png")
    ('dog date:2024', 'a "red boat" type:png')
    """
    text = _without_open_end(text.strip())
    for close in _closings(text):
        made = f"{text}{close} {term}".strip()
        pieces = query_pieces(made)
        if pieces and pieces[-1].text == term:
            return made
    return f"{term} {text}"


def _without_open_end(text: str) -> str:
    """A query without what waits at its end for more: an operator, a parenthesis, a quotation mark."""
    while True:
        is_in_quotes = text.count('"') % 2
        shorter = _OPEN_END.sub("", text)
        if text.endswith('"' if is_in_quotes else "("):
            shorter = text[:-1]
        if shorter == text:
            return text
        text = shorter.rstrip()


def _closings(text: str) -> Iterator[str]:
    """What may end all that is open in a query, which would take what follows for its own."""
    depth = 0
    for token in Scanner(text, date.today()).tokens:
        depth = max(depth + {TokenKind.OPEN: 1, TokenKind.CLOSE: -1}.get(token.kind, 0), 0)
    for parentheses in dict.fromkeys((0, 1, depth, depth + 1)):  # the last one: of a list of values
        yield from (quote + ")" * parentheses for quote in ("", '"'))


def with_instead(text: str, piece: Piece, term: str) -> str:
    """A query with another term in the place of one of its pieces."""
    start, end = piece.span
    return _joined(text[:start], term.strip(), text[end:])


def without(text: str, piece: Piece, pieces: Sequence[Piece]) -> str:
    """A query without one of its pieces; the others stay what they are.

    Args:
        text: the query.
        piece: what goes.
        pieces: all of the query.

    >>> query = "show me photos of dogs AND date:2024"
    >>> first, last = query_pieces(query)
    >>> without(query, last, [first, last]), without(query, first, [first, last])
    ('show me photos of dogs', 'date:2024')
    """
    start, end = piece.span
    place = list(pieces).index(piece)
    # What leads in ("show me photos of") goes with the first words.
    before, behind = text[:start] if place else "", text[end:]
    shorter = _AND_BEFORE.sub("", before)
    if shorter == before:
        behind = _AND_BEHIND.sub("", behind)
    made = _joined(shorter, behind)
    kept = [*pieces[:place], *pieces[place + 1 :]]
    if _filters(query_pieces(made)) == _filters(kept):
        return made
    # Words behind it would be taken for more of a value before it: "date:may type:png 2024".
    return " ".join(map(_unmistakable, kept))


def _filters(pieces: Sequence[Piece]) -> list[tuple[str, tuple[str, ...], bool]]:
    return [(piece.name, piece.values, piece.is_excluded) for piece in pieces if piece.name]


def _unmistakable(piece: Piece) -> str:
    if piece.kind is not PieceKind.FILTER:
        return piece.text
    values = ",".join(
        f'"{value}"' for value in piece.values
    )  # none has a quotation mark: it would have ended it
    return f"{'-' * piece.is_excluded}{piece.name}:{values}"


def _joined(*parts: str) -> str:
    return " ".join(stripped for part in parts if (stripped := part.strip()))
