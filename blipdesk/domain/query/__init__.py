"""The language of the search box: what was typed, as a tree of frozen parts with their places.

Standard library only, without state; any thread.  Anything that a person types is a query: what cannot be
followed becomes a :class:`~blipdesk.domain.search.QueryProblem` with its place, and the rest counts.

===================================  ==================================================================
``dog beach``                        photos with both words first, then those with one
``"dog on a beach"``                 words that follow one another
``-cat``, ``NOT cat``                not with the word; also before a phrase, a filter, a group
``dog OR cat``                       one of the two beside OR
``(small dog) OR cat``               a group
``show me photos of dogs``           dogs
``dog*``                             a beginning; so is the last word while no space is behind it
``keyword:beach``, ``date:2024``     a filter (``blipdesk.domain.filters``)
``keyword:"golden retriever"``       a value with spaces
``type:png,gif`` ``is:(missing OR failed)``  one of several values
===================================  ==================================================================

Quotes of any kind, full-width letters and signs, and CJK text without spaces are understood.
"""

from blipdesk.domain.query.completing import Completion, complete_at, dates_among_words, last_words
from blipdesk.domain.query.negations import negated_words
from blipdesk.domain.query.parser import MOST_TERMS, parse_query, tells_best
from blipdesk.domain.query.pieces import (
    Piece,
    PieceKind,
    filter_term,
    query_pieces,
    with_instead,
    with_piece,
    without,
)
from blipdesk.domain.query.tree import (
    And,
    Filter,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Span,
    Word,
    all_of,
    any_of,
    is_plain,
    leaves,
)
from blipdesk.domain.query.writing import days_searched, quoted, spoken, to_text, with_corrections

__all__ = [
    "MOST_TERMS", "And", "Completion", "Filter", "Node", "Not", "Or", "Phrase", "Piece", "PieceKind", "Query",
    "Span", "Word", "all_of", "any_of", "complete_at", "dates_among_words", "days_searched", "filter_term",
    "is_plain", "last_words", "leaves", "negated_words", "parse_query", "query_pieces", "quoted", "spoken",
    "tells_best", "to_text", "with_corrections", "with_instead", "with_piece", "without",
]  # fmt: skip
