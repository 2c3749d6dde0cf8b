"""The search command."""

from __future__ import annotations

import difflib
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.cells import cell_len
from rich.table import Table

from blipdesk.cli.output import (
    WRONG_USAGE,
    console,
    context,
    errors_in_words,
    plain,
    say,
    say_json,
    stdout_console,
)
from blipdesk.domain.errors import UsageError
from blipdesk.domain.filters import FILTERS, FilterSpec
from blipdesk.domain.paths import absolute_path
from blipdesk.domain.search import QueryProblem, SearchAnswer, SearchHit, SearchRequest
from blipdesk.domain.values import LibraryView, Photo, PhotoState, SortOrder

if TYPE_CHECKING:
    from blipdesk.services.nothing_found import NothingFound
    from blipdesk.services.workspace import Workspace

_AWAY = (PhotoState.MISSING.value, PhotoState.OFFLINE.value)
_BEFORE, _LONGEST = 40, 100
"""Characters of a query that are shown before a problem, and of the problem."""
_OTHER_MARKS = (BOM_UTF16_LE, BOM_UTF16_BE)
"""With which files in UTF-16 begin."""

_WORDS = (
    ("dog beach", "Photos with both words first, then those with one."),
    ('"a dog" -cat', "Words that follow one another; not this word."),
    ("dog OR (small cat)", "One of the two; a group."),
)
_MORE = (("-is:missing, type:png,gif", "Not what a filter finds; one of several values."),)
_SHELL = """\b
In a shell, a query with quotes or parentheses stands in single quotes:
  blipdesk search 'dog keyword:"golden retriever" -(cat OR kitten)'"""


def _filter_row(spec: FilterSpec) -> tuple[str, str]:
    first, _, others = spec.example.partition(", ")
    says = f"{spec.help} Also {others}." if others else spec.help
    if spec.values:
        says += f" Takes {', '.join(value.name for value in spec.values)}."
    return f"{spec.name}:{first}", says


def filters_help() -> str:
    """What can be typed, below the help of the command."""
    rows = (*_WORDS, *map(_filter_row, FILTERS), *_MORE)
    return "\n".join(["\b", "In a query:", *(f"  {typed:27} {says}" for typed, says in rows), "", _SHELL])


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands on the application."""
    # A query may begin with -word, which leaves that word out.
    app.command(context_settings={"ignore_unknown_options": True}, epilog=filters_help())(search)


def search(
    ctx: typer.Context,
    query: Annotated[
        list[str] | None, typer.Argument(metavar="QUERY", help="What you remember of the photo.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many photos at most.")] = 20,
    sort: Annotated[
        SortOrder,
        typer.Option(help="The best first, or by date taken, by when it was added, by file name."),
    ] = SortOrder.RELEVANCE,
    similar: Annotated[
        str | None,
        typer.Option(metavar="PHOTO", help="In place of a query: photos like the one with this path."),
    ] = None,
    from_file: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="A text file, or - for what is piped in: one query a line; one JSON line each on stdout.",
        ),
    ] = None,
    pictures: Annotated[
        bool,
        typer.Option(
            "--pictures", help="Look into the pictures too: loads the checking model, some seconds."
        ),
    ] = False,
) -> None:
    """Find photos by their captions, keywords, answers and names, and by filters."""
    from blipdesk.services.workspace import Workspace

    _refuse_options(ctx, query or [])
    words = " ".join(query or [])
    if bool(query) + (from_file is not None) + (similar is not None) != 1:
        console.print("blipdesk: give a QUERY, --from FILE with one query a line, or --similar PHOTO.")
        raise typer.Exit(WRONG_USAGE)
    with errors_in_words(), ExitStack() as held:
        workspace = held.enter_context(Workspace.read(context.data_dir))
        if pictures:
            held.enter_context(workspace.looking_into_pictures())
            if not workspace.searching.knows_pictures:
                console.print("The pictures are not looked into: blipdesk doctor says why.")
        if from_file is not None:
            for text in _queries(from_file):
                say_json(_document(text, _find(workspace, _request(text, limit, sort))))
            return
        if similar is not None:
            found = _find_similar(workspace, absolute_path(similar), limit)
        else:
            found = _find(workspace, _request(words, limit, sort))
        if context.json:
            say_json(_document(words, found))
            return
        answer, hits = found.answer, found.hits
        for problem in answer.problems:
            _say_problem(words, problem)
        if answer.shown_query:
            console.print(plain(f"Showing results for {answer.shown_query}"))
        for meant in answer.meant:
            count = f" {meant.count:,} photo{'s' * (meant.count != 1)}." if meant.count else ""
            console.print(plain(f"Did you mean {meant.query.strip()}?{count}"))
        if answer.missing:
            console.print(plain(answer.missing))
        if not hits:
            _say_nothing(found)
            if words and not pictures and workspace.searching.could_look(words):
                console.print("Add --pictures to look for it in the pictures themselves, too.")
            return
        _say_hits(hits)
        if answer.total > len(hits):
            say(f"The first {len(hits)} of {answer.total:,} photos; --limit shows more.")


def _options(ctx: typer.Context) -> Iterator[str]:
    """What may be typed: the command's own options, and those of every command."""
    parameters = ctx.command.get_params(ctx)
    if ctx.parent is not None:
        parameters += (one for one in ctx.parent.command.get_params(ctx.parent) if not one.is_eager)
    return (name for parameter in parameters for name in parameter.opts if name.startswith("--"))


def _refuse_options(ctx: typer.Context, words: Sequence[str]) -> None:
    """End where an option was mistyped: it would be looked for."""
    for word in words:
        name = word.partition("=")[0]
        if name[2:3].isalpha() and name.startswith("--"):
            near = difflib.get_close_matches(name, [*_options(ctx)], n=1)
            meant = f" Did you mean {near[0]}?" if near else ""
            console.print(plain(f"blipdesk: search has no option {name}.{meant}"))
            raise typer.Exit(WRONG_USAGE)


def _queries(source: Path) -> Iterator[str]:
    """The lines of a text file, or of what is piped in (``-``)."""
    try:
        with nullcontext(sys.stdin.buffer) if str(source) == "-" else source.open("rb") as lines:
            for number, line in enumerate(lines):
                # UTF-16 without a mark has a NUL in its first line; a later one spoils its own line alone.
                if number == 0 and (b"\x00" in line or line.startswith(_OTHER_MARKS)):
                    raise UsageError(f"{source} is no text in UTF-8: save it as that, one query a line.")
                text = line.decode("utf-8-sig" if number == 0 else "utf-8", "replace")
                yield text.removesuffix("\n").removesuffix("\r")
    except OSError as error:
        raise UsageError(f"{source} cannot be read ({error.strerror}).") from error


def _request(text: str, limit: int, order: SortOrder) -> SearchRequest:
    return SearchRequest(text, LibraryView(order=order), limit, is_whole=True)


@dataclass(frozen=True, slots=True)
class _Found:
    """An answer, its photos as JSON has them, and why there are none."""

    answer: SearchAnswer
    hits: list[dict[str, Any]]
    nothing: NothingFound | None = None


def _find(workspace: Workspace, request: SearchRequest) -> _Found:
    """The answer to a query."""
    from blipdesk.services.nothing_found import why_nothing

    searching = workspace.searching
    asked = searching.parsed(request.query, is_whole=True)
    if asked.tree is None:  # the window shows all photos then; nobody asks for those here
        return _Found(SearchAnswer(problems=asked.problems), [], why_nothing(searching, request))
    answer = searching.answer(request)
    hits = _listed(workspace, answer, searching.explain(request, answer.ids))
    return _Found(answer, hits, None if hits else why_nothing(searching, request))


def _find_similar(workspace: Workspace, path: str, limit: int) -> _Found:
    """The photos like one, without itself, in the same form."""
    photo = workspace.catalog.photo_by_path(path)
    if photo is None:
        raise UsageError(f"There is no photo {path} in the catalog.", "Check the path.")
    answer = workspace.searching.similar(photo.id, limit + 1)
    ids, scores = answer.ids[1:], answer.scores[1:]
    answer = replace(answer, ids=ids, scores=scores, sure=answer.sure - 1, total=len(ids))
    hits = [
        SearchHit(photo_id, score, f"like it, {score:.2f}")
        for photo_id, score in zip(ids, scores, strict=True)
    ]
    return _Found(answer, _listed(workspace, answer, hits))


def _listed(workspace: Workspace, answer: SearchAnswer, hits: Sequence[SearchHit]) -> list[dict[str, Any]]:
    photos = {photo.id: photo for photo in workspace.catalog.photos(answer.ids)}
    listed = ((number < answer.sure, hit) for number, hit in enumerate(hits))
    return [_hit(photos[hit.photo_id], hit, is_sure) for is_sure, hit in listed if hit.photo_id in photos]


def _hit(photo: Photo, hit: SearchHit, is_sure: bool) -> dict[str, Any]:
    return {
        "path": photo.path,
        "caption": photo.caption,
        "keywords": [keyword.name for keyword in photo.keywords],
        "score": round(hit.score, 4),
        "why": hit.why,
        "maybe": not is_sure,
        "state": photo.state.value,
    }


def _document(query: str, found: _Found) -> dict[str, Any]:
    answer, nothing = found.answer, found.nothing
    return {
        "query": query,
        "total": answer.total,
        "hits": found.hits,
        "problems": [
            {"start": problem.start, "end": problem.end, "message": problem.message}
            for problem in answer.problems
        ],
        "corrections": {correction.typed: correction.used for correction in answer.corrections},
        "meant": [meant.query.strip() for meant in answer.meant],
        "missing": answer.missing,
        "searched": answer.searched,
        "nothing": nothing.words if nothing else "",
        "instead": nothing.query if nothing else "",
    }


def _say_problem(query: str, problem: QueryProblem) -> None:
    """The query, marks under what could not be followed, and why."""
    start = max(0, problem.start - _BEFORE)
    end = min(problem.end, problem.start + _LONGEST)
    before, there = plain(query[start : problem.start]), plain(query[problem.start : end])
    behind = plain(query[end : end + _BEFORE])
    console.print(f"  {before}{there}{behind}")
    console.print(" " * (2 + cell_len(before)) + "^" * max(1, cell_len(there)))
    console.print(plain(problem.message))


def _say_nothing(found: _Found) -> None:
    """That there is nothing, and why."""
    why = found.nothing
    said = [] if why is not None and why.is_unasked else ["No photo matches."]
    say(plain(" ".join([*said, why.words if why is not None else ""]).strip()))


def _say_hits(hits: Sequence[dict[str, Any]]) -> None:
    table = Table(box=None, pad_edge=False)
    for title in ("Photo", "Caption", "Why"):
        table.add_column(title, overflow="fold")
    for number, hit in enumerate(hits):
        if hit["maybe"] and (number == 0 or not hits[number - 1]["maybe"]):
            table.add_row("Maybe:", "", "")
        away = f" ({hit['state']})" if hit["state"] in _AWAY else ""
        table.add_row(plain(hit["path"]) + away, plain(hit["caption"] or ""), plain(hit["why"]))
    stdout_console().print(table)
