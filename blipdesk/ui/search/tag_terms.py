"""Tags and cameras as terms of a query: how they narrow a folder, where a view has room for one alone."""

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


def camera_term(name: str) -> str:
    """The filter for a camera, as it is typed; in quotation marks, for no more letters follow.

    >>> camera_term("X100V")
    'camera:"X100V"'
    """
    value = quoted(name)
    return f"camera:{value}" if value.startswith('"') else f'camera:"{value}"'


def has_term(query: str, term: str) -> bool:
    """Whether a query has a term, as :func:`toggled_term` puts it there."""
    return f" {term} " in f" {query} "


def has_tag(query: str, name: str) -> bool:
    """Whether a query has the filter for a tag, as :func:`toggled_term` puts it there."""
    return has_term(query, tag_term(name))


def toggled_term(query: str, term: str) -> str:
    """The query with a term, or without it where it has one.

    >>> toggled_term("red", "keyword:boat"), toggled_term("red keyword:boat", "keyword:boat")
    ('red keyword:boat', 'red')
    """
    if has_term(query, term):
        return f" {query} ".replace(f" {term} ", " ", 1).strip()
    return f"{query} {term}".strip()


def with_tag(view: LibraryView, name: str) -> LibraryView:
    """A view that shows only photos with a tag, or is no more narrowed by it; a row or folder stays."""
    within = view.kind not in (ViewKind.ALL, ViewKind.KEYWORD, ViewKind.SIMILAR)
    if within or has_tag(view.query, name):
        return replace(view, query=toggled_term(view.query, tag_term(name)))
    if view.kind is ViewKind.KEYWORD and view.argument == name:
        return replace(view, kind=ViewKind.ALL, argument="")
    return replace(view, kind=ViewKind.KEYWORD, argument=name)
