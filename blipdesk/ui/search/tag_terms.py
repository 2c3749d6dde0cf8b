"""A tag as a term of a query: how a tag narrows a folder, which the view itself has room for one of."""

from __future__ import annotations

from dataclasses import replace

from blipdesk.domain.query import quoted
from blipdesk.domain.values import LibraryView, ViewKind


def tag_term(name: str) -> str:
    """The filter for a tag, as it is typed.

    >>> tag_term("boat"), tag_term("golden retriever")
    ('keyword:boat', 'keyword:"golden retriever"')
    """
    return f"keyword:{quoted(name)}"


def has_tag(query: str, name: str) -> bool:
    """Whether a query has the filter for a tag, as :func:`toggled_tag` puts it there."""
    return f" {tag_term(name)} " in f" {query} "


def toggled_tag(query: str, name: str) -> str:
    """The query with the filter for a tag, or without it where it has one.

    >>> toggled_tag("red", "boat"), toggled_tag("red keyword:boat", "boat")
    ('red keyword:boat', 'red')
    """
    if has_tag(query, name):
        return f" {query} ".replace(f" {tag_term(name)} ", " ", 1).strip()
    return f"{query} {tag_term(name)}".strip()


def with_tag(view: LibraryView, name: str) -> LibraryView:
    """A view that shows only photos with a tag, or is no more narrowed by it; a row or folder stays."""
    within = view.kind not in (ViewKind.ALL, ViewKind.KEYWORD, ViewKind.SIMILAR)
    if within or has_tag(view.query, name):
        return replace(view, query=toggled_tag(view.query, name))
    if view.kind is ViewKind.KEYWORD and view.argument == name:
        return replace(view, kind=ViewKind.ALL, argument="")
    return replace(view, kind=ViewKind.KEYWORD, argument=name)
