"""What a person types into the search box, as FTS5 expressions that never fail.

Each word is quoted by itself, so nothing typed is ever read as FTS5 syntax.  ``-word`` excludes,
``"words in quotes"`` are a phrase, ``OR`` between two words takes either; the last word counts as the
beginning of one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from blipdesk.catalog.searchtext import spaced

MOST_TERMS = 32
_LONGEST = 200
_PARTS = re.compile(r'(-?)"([^"]*)(?:"|$)|(\S+)')
_POSSESSIVE = re.compile(r"['\u2019]s$", re.IGNORECASE)
_STOP_WORDS = """
    a an and are as at be been being but by can do does for from had has have he her hers him his how i if
    in into is it its me my of off on onto or our out over she so some than that the their them then there
    these they this those through to under up upon was we were what when where which while who whom whose
    why will with you your"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase, clean, CJK characters apart; ``prefix``: more letters may follow."""

    text: str
    prefix: bool = False

    @property
    def expression(self) -> str:
        """The term as an FTS5 string."""
        return '"' + self.text.replace('"', '""') + '"' + (" *" if self.prefix else "")


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: every group has to match by one of its terms, no excluded term may."""

    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()

    @property
    def empty(self) -> bool:
        """True when nothing in it can be searched for."""
        return not self.groups and not self.excluded

    def all_words(self) -> str:
        """The expression for photos that have every group; empty where only exclusions were typed."""
        return self._without(" AND ".join(f"({_either(group)})" for group in self.groups))

    def any_word(self, terms: Sequence[Term] | None = None) -> str:
        """The expression for photos that have any of the terms."""
        return self._without(_either(self.terms() if terms is None else terms))

    def terms(self) -> tuple[Term, ...]:
        """Every wanted term."""
        return tuple(term for group in self.groups for term in group)

    def unwanted(self) -> str:
        """The expression for photos that have an excluded term."""
        return _either(self.excluded)

    def _without(self, wanted: str) -> str:
        return f"({wanted}) NOT ({_either(self.excluded)})" if wanted and self.excluded else wanted


def _either(terms: Sequence[Term]) -> str:
    return " OR ".join(term.expression for term in terms)


def parse_query(text: str) -> Query:
    """Parse what was typed; any string is fine."""
    groups: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    joining = negating = False
    stop_words: list[tuple[Term, ...]] = []
    last_word = not text[-1:].isspace()
    parts = list(_PARTS.finditer(text.replace("\x00", " ")))[: MOST_TERMS * 2]
    for number, part in enumerate(parts):
        minus, phrase, word = part.groups()
        if word in ("OR", "AND", "NOT"):
            joining = word == "OR" and bool(groups)
            negating = word == "NOT"
            continue
        term = _term(phrase if word is None else word, word is not None)
        if term is None:
            continue
        if minus or negating or (word is not None and word.startswith("-")):
            excluded.append(Term(term.text))
        else:
            is_last = last_word and word is not None and number == len(parts) - 1
            if is_last and len(term.text.split()[-1]) > 1:
                term = Term(term.text, prefix=True)
            if joining:
                groups[-1] = (*groups[-1], term)
            elif word is not None and term.text.casefold() in STOP_WORDS:
                stop_words.append((Term(term.text),))
            else:
                groups.append((term,))
        joining = negating = False
    groups = groups or ([] if excluded else stop_words)
    return Query(tuple(groups[:MOST_TERMS]), tuple(excluded[:MOST_TERMS]))


def _term(text: str, word: bool) -> Term | None:
    if word:
        text = _POSSESSIVE.sub("", text.replace('"', " "))
    text = " ".join(spaced(text[:_LONGEST]).split())
    return Term(text) if any(_is_letter(character) for character in text) else None


def _is_letter(character: str) -> bool:
    """What the unicode61 tokenizer takes for a part of a word."""
    category = unicodedata.category(character)
    return category[0] in "LN" or category == "Co"
