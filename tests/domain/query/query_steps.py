"""How the tests of queries write trees and places down."""

from __future__ import annotations

from blipdesk.domain.query import And, Filter, Node, Not, Or, Phrase, Word

MARK = "\u2758"


def shown(node: Node | None) -> str:
    """A tree in one line: ``*`` a beginning, ``~`` parts that follow one another."""
    match node:
        case None:
            return ""
        case Word():
            return " ~ ".join(node.parts) + "*" * node.prefix
        case Phrase():
            return f"<{node.text}{'*' * node.prefix}>"
        case Filter():
            return f"{node.name}={node.value}{'*' * node.prefix}"
        case Not():
            return f"-{shown(node.term)}"
        case And():
            return "(" + " & ".join(map(shown, node.terms)) + ")"
        case Or():
            return "(" + " | ".join(map(shown, node.terms)) + ")"
