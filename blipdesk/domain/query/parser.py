"""From tokens to a tree, with a stack of our own: ten thousand parentheses are no recursion."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain

from blipdesk.domain.filters import FilterSpec
from blipdesk.domain.query.tokens import HasValue, Scanner, Token, TokenKind, Value, plain_text, unclosed
from blipdesk.domain.query.tree import (
    And,
    Filter,
    Node,
    Not,
    Or,
    Query,
    Span,
    Word,
    all_of,
    any_of,
    depth_of,
)
from blipdesk.domain.search import QueryProblem
from blipdesk.domain.wording import later
from blipdesk.domain.words import STOP_WORDS

MOST_TERMS = 32
"""So many different words, phrases and filters of a query are looked for."""
LONGEST_QUERY = 10_000
"""So many characters are read."""
MOST_PROBLEMS = 8
_MOST_REPEATED = 128
"""So many of all its terms, those that are repeated among them."""
_WRITTEN = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {str(number): word for number, word in enumerate(_WRITTEN, 2)}
"""Models write the numbers of things as words."""
_DEEPEST = 10
"""Groups in groups; SQLite's own parser takes no more than some thirty."""


def parse_query(
    text: str, today: date | None = None, is_whole: bool = False, has_value: HasValue | None = None
) -> Query:
    """Parse what was typed; any string is fine.

    ``OR`` joins the two terms beside it, before they are joined with the others: ``red dog OR cat`` is red,
    and a dog or a cat.

    Args:
        text: what was typed.
        today: what "yesterday" is told from; None: this computer's date.
        is_whole: nothing more is typed: the value of a filter at the end is no beginning of one.
        has_value: tells how many words behind ``folder:`` are one folder; None: one is.

    Returns:
        The tree, and what of the text could not be followed: it counts as if it had not been typed.
    """
    today, read = today or date.today(), text[:LONGEST_QUERY]
    query = _Parser(read, Scanner(read, today, is_whole, has_value), today).query
    if len(text) == len(read):
        return query
    message = later("Only the first {most} letters and signs are read: ask for less at once.").format(
        most=f"{LONGEST_QUERY:,}"
    )
    problem = QueryProblem(len(read), len(text), message)
    return replace(query, problems=(*query.problems[: MOST_PROBLEMS - 1], problem))


def tells_best(text: str) -> bool:
    """Whether some of the photos that a query finds fit better than others: filters alone do not tell.

    >>> tells_best("red boat date:2024"), tells_best("date:2024 -boat"), tells_best("")
    (True, False, False)
    """
    return bool(parse_query(text).ranked_by)


@dataclass(slots=True)
class _Group:
    """What stands between two parentheses."""

    opened: Span = (0, 0)
    alternatives: list[list[Node]] = field(default_factory=list)
    """One of each list."""
    joint: Token | None = None
    """The AND or OR read last, which waits for a term behind it."""
    negation: Token | None = None
    is_negated: bool = False


class _Parser:
    def __init__(self, text: str, scanner: Scanner, today: date) -> None:
        self._plain = plain_text(text)
        self._today = today
        self._passed_over: list[Span] = [(0, scanner.begin)] if scanner.begin else []
        self._problems = scanner.problems
        self._stack = [_Group()]
        self._seen: set[Node] = set()
        self._taken = 0
        self._too_much: int | None = None  # where the first term stands that is not looked for
        self._idle: list[Token] = []
        for token in scanner.tokens:
            self._take(token)
            if self._too_much is not None:
                message = later("Only the first {most} terms are looked for: ask for less at once.").format(
                    most=MOST_TERMS
                )
                self._problem((self._too_much, len(text)), message)
                break
        while len(self._stack) > 1:
            self._problems.append(unclosed(self._stack[-1].opened[0]))
            self._close()
        tree = self._closed(self._stack[0])
        if tree is None and self._idle:
            # Nothing but AND, OR and NOT: then they are the words that are looked for.
            words = [
                Word(token.kind.value.lower(), span=token.span)
                for token in self._idle
                if self._is_word(token)
            ]
            tree = _conjunction([*words])
        self.query = Query(text, tree, _tidy(self._problems), tuple(self._passed_over))

    def _is_word(self, token: Token) -> bool:
        return self._plain[slice(*token.span)].isalpha()

    def _take(self, token: Token) -> None:
        group = self._stack[-1]
        match token.kind:
            case TokenKind.OPEN:
                self._stack.append(_Group(token.span))
            case TokenKind.CLOSE if len(self._stack) > 1:
                self._close()
            case TokenKind.CLOSE:
                self._problem(token.span, later("This parenthesis closes nothing: it was passed over."))
            case TokenKind.NOT:
                group.is_negated = not group.is_negated
                group.negation = token
            case TokenKind.AND | TokenKind.OR:
                if not group.alternatives or group.joint or group.negation:
                    self._unjoined(token)
                else:
                    group.joint = token
            case _:
                node = self._term(token, any(outer.is_negated for outer in self._stack))
                self._operand(self._fitted(node) if node is not None else None)

    def _term(self, token: Token, is_negated: bool) -> Node | None:
        """The term of a token; one that is excluded is not taken for a beginning while it is typed."""
        is_finished = is_negated and token.is_typed
        if token.kind is TokenKind.FILTER:
            return self._filter(token, is_negated)
        if token.phrase is not None:
            return replace(token.phrase, prefix=False) if is_finished else token.phrase
        words = [*token.words]
        if is_finished:
            words[-1] = replace(words[-1], prefix=False)
        return _conjunction([*map(_with_number, words)])

    def _filter(self, token: Token, is_negated: bool) -> Node | None:
        spec = token.filter
        assert spec is not None
        if not token.values:
            self._passed_over.append(token.span)
            message = later("{name}: needs a value, for instance {name}:{example}.").format(
                name=spec.name, example=spec.example
            )
            self._problem(token.span, message)
            return None
        terms = [self._value(spec, token, value, is_negated) for value in token.values]
        found = [term for term in terms if term is not None]
        if not found:
            self._passed_over.append(token.span)
        return any_of(found) if token.are_alternatives else all_of(found)

    def _value(self, spec: FilterSpec, token: Token, value: Value, is_negated: bool) -> Node | None:
        """A filter with one of its values; None, as if it were not there, where it does not take that."""
        prefix = value.prefix and not (is_negated and value.is_typed)
        text = token.lead + value.text
        test = spec.parse(text, self._today, prefix)
        if not isinstance(test, str):
            return Filter(spec.name, text, prefix, token.span, value.span)
        self._problem(value.span, test)
        return None

    def _fitted(self, node: Node) -> Node | None:
        """What of a token's terms may still be looked for: a list without spaces is one token."""
        terms = node.terms if isinstance(node, And | Or) else (node,)
        kept: list[Node] = []
        for term in terms:
            is_new = term not in self._seen
            if self._taken == _MOST_REPEATED or (is_new and len(self._seen) == MOST_TERMS):
                self._too_much = (term.value_span if isinstance(term, Filter) else term.span)[0]
                break
            self._taken += 1
            self._seen.add(term)
            kept.append(term)
        return any_of(kept) if isinstance(node, Or) else all_of(kept)

    def _operand(self, node: Node | None) -> None:
        """A term; of one that was passed over the operator before it is passed over too."""
        if node is not None and depth_of(node) > _DEEPEST:
            message = later("Groups in groups are followed {most} deep: this one was passed over.").format(
                most=_DEEPEST
            )
            self._problem(node.span, message)
            self._passed_over.append(node.span)
            node = None
        group = self._stack[-1]
        if node is None:
            self._passed_over += [group.negation.span] if group.negation is not None else []
            group.joint = group.negation = None
            group.is_negated = False
            return
        if group.is_negated and group.negation is not None:
            node = node.term if isinstance(node, Not) else Not(node, (group.negation.span[0], node.span[1]))
        if group.joint is not None and group.joint.kind is TokenKind.OR:
            group.alternatives[-1].append(node)
        else:
            group.alternatives.append([node])
        group.joint = group.negation = None
        group.is_negated = False

    def _close(self) -> None:
        self._operand(self._closed(self._stack.pop()))

    def _closed(self, group: _Group) -> Node | None:
        for token in (group.joint, group.negation):
            if token is not None:
                self._unjoined(token)
        return _conjunction([node for nodes in group.alternatives if (node := any_of(nodes)) is not None])

    def _unjoined(self, token: Token) -> None:
        """An operator that has nothing to join was passed over."""
        self._idle.append(token)
        word = self._plain[slice(*token.span)]
        if self._is_word(token):
            place = later("behind it") if token.kind is TokenKind.NOT else later("on each side of it")
            self._problem(
                token.span,
                later("{word} needs a term {place}; in small letters it is a word.").format(
                    word=word, place=place
                ),
            )

    def _problem(self, span: Span, message: str) -> None:
        self._problems.append(QueryProblem(*span, message))


def _with_number(word: Word) -> Node:
    """A word; of a small number the word for it does as well: ``2 dogs`` are two dogs."""
    number = _NUMBERS.get(word.text) if not word.prefix else None
    return word if number is None else Or((word, Word(number, span=word.span)), word.span)


def _conjunction(terms: list[Node]) -> Node | None:
    """All of the terms, without words that tell nothing of a photo where there are others."""
    opened = list(chain.from_iterable(term.terms if isinstance(term, And) else (term,) for term in terms))
    return all_of([term for term in opened if not _is_stop_word(term)] or opened)


def _is_stop_word(term: Node) -> bool:
    return isinstance(term, Word) and not term.prefix and term.text.casefold() in STOP_WORDS


def _tidy(problems: list[QueryProblem]) -> tuple[QueryProblem, ...]:
    """The first of the problems in the order of their places; the same ones side by side are one."""
    tidy: list[QueryProblem] = []
    for problem in sorted(problems, key=lambda problem: (problem.start, problem.end)):
        if tidy and (tidy[-1].end, tidy[-1].message) == (problem.start, problem.message):
            tidy[-1] = replace(tidy[-1], end=problem.end)
        else:
            tidy.append(problem)
    return tuple(tidy[:MOST_PROBLEMS])
