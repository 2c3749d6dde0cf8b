"""What was typed, cut into terms, operators and parentheses, each with its place.

The text is made plain first, character by character, so that every place is one of the typed text: quotes of
any kind, full-width signs, control characters.  Then it is read once from left to right.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from blipdesk.domain.filters import FilterSpec, filter_named, nearest_filter
from blipdesk.domain.query.tree import Phrase, Span, Word
from blipdesk.domain.query.typed_words import (
    LONGEST,
    MOST_PARTS,
    OPERATORS,
    Part,
    lead_in,
    may_go_on,
    words_in,
)
from blipdesk.domain.search import QueryProblem
from blipdesk.domain.wording import later
from blipdesk.domain.words import composed, lettered, narrow, storable, words_of

_SAME_SIGN = str.maketrans("“”„‟«»「」『』、،", '"""""""""",,')
_MINUS = "-\u2212\u2013"
_CHUNK = re.compile(r'[^\s"()]+')
_NAME = re.compile(r"([^\W\d_]{2,20}):")
_VALUE = re.compile(r'(?:[^\s",()]|\([^\s"()]*\))+')
_LISTED = re.compile(r'[^\s",()]+')
_SPOKEN = re.compile(r'[ \t]*[^\s",()]+')
_YEAR_BEHIND = re.compile(r',([ \t]*)[12]\d{3}(?![^\s,()"])')
_FULL_YEAR = re.compile(r"[12]\d{3}")
_SPACE = re.compile(r"\s*")
HasValue: TypeAlias = Callable[[str, str, bool], bool]
"""Whether a photo passes the filter of a name with a value; may the value go on?"""


class TokenKind(StrEnum):
    """What a token is."""

    WORDS = "words"
    PHRASE = "phrase"
    FILTER = "filter"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    OPEN = "("
    CLOSE = ")"


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it was typed for a filter."""

    text: str
    span: Span
    """With its quotes."""
    prefix: bool = False
    is_typed: bool = False
    """It goes on to the end of the text, and may go on."""


@dataclass(frozen=True, slots=True)
class Token:
    """A part of what was typed."""

    kind: TokenKind
    span: Span
    words: tuple[Word, ...] = ()
    phrase: Phrase | None = None
    filter: FilterSpec | None = None
    lead: str = ""
    """What its name puts before each value."""
    values: tuple[Value, ...] = ()
    are_alternatives: bool = True
    """One of the values is enough."""
    is_typed: bool = False
    """Its last word goes on to the end of the text, and may go on."""


def plain_text(text: str) -> str:
    """The text in which syntax is looked for; as long as the typed one."""
    return lettered(composed(narrow(storable(text)))).translate(_SAME_SIGN)


class Scanner:
    """Reads one text; :attr:`tokens` and :attr:`problems` are what it found from :attr:`begin` on."""

    def __init__(
        self, text: str, today: date, is_whole: bool = False, has_value: HasValue | None = None
    ) -> None:
        self.tokens: list[Token] = []
        self.problems: list[QueryProblem] = []
        self._unknown_names: set[str] = set()
        self._today = today
        self._is_whole = is_whole
        self._has_value = has_value
        self._kept = storable(text)
        self._plain = plain_text(text)
        self._end = len(text)
        at = self.begin = lead_in(self._plain)
        while at < self._end:
            at = self._next(at)

    def _next(self, at: int) -> int:
        character = self._plain[at]
        if character.isspace():
            return at + 1
        if character == '"':
            return self._phrase(at)
        if character in "()":
            self.tokens.append(Token(TokenKind(character), (at, at + 1)))
            return at + 1
        if character in _MINUS and (at == 0 or self._plain[at - 1] in "(" or self._plain[at - 1].isspace()):
            return self._minus(at)
        return self._chunk(at)

    def _minus(self, at: int) -> int:
        end = at
        while end < self._end and self._plain[end] in _MINUS:
            end += 1
        if end < self._end and self._plain[end] != ")" and not self._plain[end].isspace():
            self.tokens.append(Token(TokenKind.NOT, (at, end)))
        return end

    def _closing(self, at: int) -> tuple[int, int]:
        """Where what stands in quotes from ``at`` on ends, without and with the closing quote."""
        close = self._plain.find('"', at + 1)
        if close >= 0:
            return close, close + 1
        self.problems.append(
            QueryProblem(
                at, at + 1, later("This quotation mark has no partner: type another where the phrase ends.")
            )
        )
        return self._end, self._end

    def _phrase(self, at: int) -> int:
        inner_end, end = self._closing(at)
        parts: list[Part] = []
        for part in words_of(self._plain, at + 1, inner_end):
            if len(parts) == MOST_PARTS:
                break
            parts.append(part)
        starred = end > inner_end and self._plain[end : end + 1] == "*"
        end += starred
        if parts:
            is_typed = inner_end == end == parts[-1].end() and may_go_on(parts[-1].group())
            texts = tuple(part.group()[:LONGEST] for part in parts)
            phrase = Phrase(texts, starred or is_typed, (at, end))
            self.tokens.append(Token(TokenKind.PHRASE, (at, end), phrase=phrase, is_typed=is_typed))
        return end

    def _chunk(self, at: int) -> int:
        chunk = _CHUNK.match(self._plain, at)
        assert chunk is not None
        if chunk.group() in OPERATORS:
            self.tokens.append(Token(TokenKind(chunk.group()), chunk.span()))
            return chunk.end()
        name = _NAME.match(self._plain, at)
        if name is not None:
            spec = filter_named(name.group(1))
            if spec is not None:
                return self._filter(spec, at, name.end())
            self._unknown(name)
        self._words(*chunk.span())
        return chunk.end()

    def _words(self, start: int, end: int) -> None:
        words = words_in(self._plain, start, end, self._is_whole)
        if words:
            is_typed = words[-1].prefix and self._plain[words[-1].span[1] - 1] != "*"
            self.tokens.append(Token(TokenKind.WORDS, (start, end), tuple(words), is_typed=is_typed))

    def _unknown(self, name: re.Match[str]) -> None:
        """Say once of each name that no filter has it; that of a URL or a drive is none."""
        called = name.group(1)
        behind = self._plain[name.end() : name.end() + 1]
        if not called.isascii() or behind in ("", "/", "\\", ":") or behind.isspace():
            return
        if called.lower() in self._unknown_names:
            return
        self._unknown_names.add(called.lower())
        meant = nearest_filter(called)
        told = (
            later("Did you mean “{name}:”?").format(name=meant.name)
            if meant is not None
            else later("It was looked for as words.")
        )
        message = later("There is no filter “{called}:”. {told}").format(called=called, told=told)
        self.problems.append(QueryProblem(name.start(), name.end(), message))

    # ------------------------------------------------------------------------------------ values

    def _filter(self, spec: FilterSpec, start: int, at: int) -> int:
        values: list[Value] = []
        are_alternatives = True
        lead = self._plain[start : at - 1].lower()
        at = self._value_start(at)
        while at < self._end:
            if self._plain[at] == "(" and not values:
                at, values, are_alternatives = self._listed(at + 1)
                break
            if self._plain[at] == ",":  # camera:,nikon
                at += 1
                continue
            read = self._spoken(spec, at) or self._value(at, _VALUE)
            if read is None:
                break
            value, at = self._paired(*read) if spec.is_of_pairs else read
            values += [value] if value.text else []
            if self._plain[at : at + 1] != ",":
                break
            at += 1
        self.tokens.append(
            Token(
                TokenKind.FILTER,
                (start, at),
                filter=spec,
                lead=f"{lead} " if lead in spec.leads else "",
                values=tuple(values),
                are_alternatives=are_alternatives,
            )
        )
        return at

    def _value_start(self, at: int) -> int:
        """Behind the spaces that may follow a filter's colon, where a value follows them."""
        space = _SPACE.match(self._plain, at)
        assert space is not None
        chunk = _CHUNK.match(self._plain, space.end())
        if chunk is not None:
            name = _NAME.match(chunk.group())
            is_next_term = name is not None and filter_named(name.group(1)) is not None
            if space.end() > at and (
                chunk.group() in OPERATORS or chunk.group()[0] in _MINUS or is_next_term
            ):
                return at
        elif self._plain[space.end() : space.end() + 1] not in ('"', "("):
            return at
        return space.end()

    def _spoken(self, spec: FilterSpec, at: int) -> tuple[Value, int] | None:
        """The most words that are one value together; None where the first alone is."""
        longest, words = None, _SPOKEN.match(self._plain, at)
        for number in range(spec.most_words if words is not None else 0):
            if words is None or self._ends_value(spec, words.group().strip()):
                break
            end = words.end()
            if number and self._is_value(spec, value := self._bare(at, end)):
                longest = value, end
            behind = self._year_behind(at, end)
            if behind > end and self._is_value(spec, value := self._bare(at, behind)):
                longest, end = (value, behind), behind
            words = _SPOKEN.match(self._plain, end)
        return longest or (self._mistyped(spec, at) if spec.phrases and spec.most_words > 1 else None)

    def _mistyped(self, spec: FilterSpec, at: int) -> tuple[Value, int] | None:
        """The words that were probably meant for a phrase of the filter: they are none of the query."""
        words = _SPOKEN.match(self._plain, at)
        first = self._bare(at, words.end()) if words is not None else None
        if first is None or spec.takes(first.text, self._today) or self._is_value(spec, first):
            return None
        values: list[tuple[Value, int]] = []
        while words is not None and len(values) < spec.most_words:
            if self._ends_value(spec, words.group().strip()):
                break
            values.append((self._bare(at, words.end()), words.end()))
            words = _SPOKEN.match(self._plain, words.end())
        nearest, phrase = spec.nearest_phrase_of([value.text for value, _ in values])
        return values[nearest] if phrase else None

    def _ends_value(self, spec: FilterSpec, word: str) -> bool:
        """Whether a word cannot belong to a value before it."""
        is_excluded = spec.is_of_catalog and word[0] in _MINUS
        return is_excluded or word in OPERATORS or ":" in word

    def _is_value(self, spec: FilterSpec, value: Value) -> bool:
        """Whether several words are one value."""
        if spec.is_of_catalog:
            return self._has_value is not None and self._has_value(spec.name, value.text, value.prefix)
        return spec.takes(value.text, self._today) or (value.is_typed and spec.may_become(value.text))

    def _year_behind(self, start: int, end: int) -> int:
        """Where the year ends that stands behind a comma: ``july 4th, 2024``; ``may,2024`` are two values."""
        year = _YEAR_BEHIND.match(self._plain, end)
        typed = self._plain[start:end]
        if year is None or (_FULL_YEAR.search(typed) and "to" not in typed.split()):
            return end
        return year.end() if year[1] or any(map(str.isdigit, typed)) else end

    def _value(self, at: int, bare: re.Pattern[str]) -> tuple[Value, int] | None:
        if self._plain[at] == '"':
            inner_end, end = self._closing(at)
            text = " ".join(self._kept[at + 1 : inner_end].split())
            is_typed = end == inner_end and not self._is_whole
            starred = self._plain[end : end + 1] == "*"
            end += starred
            return Value(text, (at, end), starred or is_typed, is_typed), end
        found = bare.match(self._plain, at)
        if found is None:
            return None
        return self._bare(at, found.end()), found.end()

    def _paired(self, value: Value, at: int) -> tuple[Value, int]:
        """A value with the part that follows it behind an equals sign: ``"is anyone smiling"=yes``."""
        if self._plain[at : at + 1] != "=":
            return value, at
        is_more = at + 1 < self._end
        part, end = (self._value(at + 1, _VALUE) if is_more else None) or (None, at + 1)
        if part is None:
            is_typed = not is_more and not self._is_whole
            return Value(f"{value.text}=", (value.span[0], end), is_typed, is_typed), end
        text = f"{value.text}={part.text}"
        return Value(text, (value.span[0], end), part.prefix, part.is_typed), end

    def _bare(self, start: int, end: int) -> Value:
        text = " ".join(self._kept[start:end].split())
        starred = self._plain[end - 1] == "*"
        is_typed = end == self._end and not starred and not self._is_whole
        return Value(text.rstrip("*\uff0a "), (start, end), starred or is_typed, is_typed)

    def _listed(self, at: int) -> tuple[int, list[Value], bool]:
        """The values in parentheses: words that follow one another are one, OR and commas part them."""
        opening, values, joined = at - 1, [], set()
        start = end = at  # of the words gathered so far

        def gathered() -> None:
            if end > start and (value := self._bare(start, end)).text:
                values.append(value)

        while at < self._end and self._plain[at] != ")":
            character = self._plain[at]
            word = _LISTED.match(self._plain, at)
            if character == '"':
                gathered()
                value, at = self._value(at, _LISTED) or (None, at + 1)
                values += [value] if value is not None and value.text else []
                start = end = at
            elif word is None or word.group() in OPERATORS:
                if character in ",(" or word is not None:
                    gathered()
                    joined.add(word.group() if word is not None else "OR")
                    start = end = at
                at = word.end() if word is not None else at + 1
            else:
                start = at if start == end else start
                at = end = word.end()
        gathered()
        if at >= self._end:
            self.problems.append(unclosed(opening))
        return min(at + 1, self._end), values[:MOST_PARTS], joined != {"AND"}


def unclosed(at: int) -> QueryProblem:
    """An opening parenthesis without its partner."""
    return QueryProblem(at, at + 1, later("This parenthesis is not closed: type ) where the group ends."))
