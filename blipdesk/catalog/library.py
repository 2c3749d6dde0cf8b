"""The side bar: counts, the tree of folders, keywords."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import func, select, text

from blipdesk.catalog.clauses import RECENT_SECONDS
from blipdesk.catalog.database import Database
from blipdesk.catalog.filter_clauses import FAVOURITE, UNREAD, UNWRITTEN, WORDLESS
from blipdesk.catalog.keyword_tables import KeywordRuleRow
from blipdesk.catalog.schema import DirectoryRow, FolderRow, KeywordRow, PhotoRow
from blipdesk.domain.paths import is_under
from blipdesk.domain.values import FolderNode, FolderState, LibraryCounts

_COUNTS = """
SELECT (SELECT count(*) FROM photo WHERE hidden = 0),
       (SELECT count(*) FROM photo WHERE hidden = 0 AND added_at >= :since),
       (SELECT count(DISTINCT job.photo_id) FROM job JOIN photo ON photo.id = job.photo_id
         WHERE {unread} AND +photo.hidden = 0 AND photo.missing = 0),
       (SELECT count(*) FROM photo WHERE hidden = 0 AND has_caption = 1),
       (SELECT count(*) FROM job WHERE state IN ('queued', 'claimed')),
       (SELECT count(*) FROM photo WHERE missing = 1 AND hidden = 0),
       (SELECT count(*) FROM photo WHERE needs_review = 1 AND hidden = 0),
       (SELECT count(*) FROM photo WHERE conflict = 1 AND hidden = 0),
       (SELECT count(*) FROM photo WHERE +hidden = 0 AND {favourite}),
       (SELECT count(DISTINCT job.photo_id) FROM job JOIN photo ON photo.id = job.photo_id
         WHERE {wordless} AND +photo.hidden = 0 AND photo.missing = 0 AND {unwritten})
"""
_COUNTS = (
    _COUNTS.replace("{favourite}", FAVOURITE)
    .replace("{unread}", UNREAD)
    .replace("{wordless}", WORDLESS)
    .replace("{unwritten}", UNWRITTEN)
)
_KEYWORDS = """
SELECT keyword_id, count(*) FROM photo_keyword WHERE shown = 1 GROUP BY keyword_id
 UNION ALL
SELECT given.keyword_id, -count(*) FROM photo CROSS JOIN photo_keyword AS given ON given.photo_id = photo.id
 WHERE photo.hidden = 1 AND +given.shown = 1 GROUP BY given.keyword_id
"""


class Library:
    """Summaries for the side bar, read by the window's pool."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self) -> LibraryCounts:
        """The numbers beside the rows of the side bar."""
        with self._database.read() as connection:
            row = connection.execute(text(_COUNTS), {"since": time.time() - RECENT_SECONDS}).one()
        return LibraryCounts(*row)

    def folder_tree(self) -> list[FolderNode]:
        """The roots in sight and the directories below them that hold photos, with counts."""
        with self._database.read() as connection:
            roots = connection.execute(
                select(FolderRow.path, FolderRow.watched, FolderRow.state)
                .where(FolderRow.hidden.is_(False))
                .order_by(FolderRow.path)
            ).all()
            rows = connection.execute(
                select(DirectoryRow.path, func.count())
                .select_from(PhotoRow)
                .join(DirectoryRow, DirectoryRow.id == PhotoRow.directory_id)
                .where(text("photo.hidden = 0"))
                .group_by(PhotoRow.directory_id)
            )
            directories = {path: int(count) for path, count in rows}
        tops: list[tuple[str, str]] = []
        for root in roots:  # by path: an outer root comes before the roots inside it
            used = root.watched or any(is_under(path, root.path) for path in directories)
            if used and not any(is_under(root.path, top) for top, _ in tops):
                tops.append((root.path, root.state))
        return [_tree(top, FolderState(state), directories) for top, state in tops]

    def top_keywords(self, limit: int = 30) -> list[tuple[str, int]]:
        """The most frequent keywords that are not hidden, and how many photos have them."""
        return self._keywords(False)[:limit]

    def hidden_keywords(self) -> list[tuple[str, int]]:
        """The keywords that a person hid, and how many photos have them; those that none has too."""
        return self._keywords(True)

    def _keywords(self, hidden: bool) -> list[tuple[str, int]]:
        with self._database.read() as connection:
            marked = KeywordRuleRow.hidden.is_(True)
            apart = set(connection.scalars(select(KeywordRuleRow.folded).where(marked)))
            if hidden and not apart:
                return []
            numbers: Counter[int] = Counter()
            for keyword_id, count in connection.execute(text(_KEYWORDS)):
                numbers[keyword_id] += count
            names = connection.execute(select(KeywordRow.id, KeywordRow.name, KeywordRow.folded)).all()
        counts: Counter[str] = Counter()
        spelled: dict[str, tuple[int, str]] = {}  # of several spellings the one that most photos have
        for number, name, folded in names:
            counts[folded] += numbers[number]
            spelled[folded] = max(spelled.get(folded, (0, "")), (numbers[number], name))
        if hidden:
            found = [(folded, counts[folded]) for folded in apart]
        else:
            found = [item for item in counts.items() if item[1] > 0 and item[0] not in apart]
        found.sort(key=lambda item: (-item[1], item[0]))
        return [(spelled.get(folded, (0, folded))[1], count) for folded, count in found]


def _tree(root: str, state: FolderState, directories: Mapping[str, int]) -> FolderNode:
    """A root and every directory on the way to a photo below it."""
    counts: dict[str, int] = {root: 0}
    children: dict[str, set[str]] = {root: set()}
    for directory, count in directories.items():
        if not is_under(directory, root):
            continue
        at = directory
        counts[root] += count
        while at != root:
            counts[at] = counts.get(at, 0) + count
            children.setdefault(at, set())
            parent = os.path.dirname(at)
            children.setdefault(parent, set()).add(at)
            at = parent
    nodes: dict[str, FolderNode] = {}
    for path in sorted(counts, key=len, reverse=True):  # the deepest first; no recursion, trees can be deep
        below = sorted(children[path], key=lambda child: (os.path.basename(child).casefold(), child))
        nodes[path] = FolderNode(
            path=path,
            name=os.path.basename(path) or path,
            count=counts[path],
            root=path == root,
            state=state,
            children=tuple(nodes[child] for child in below),
        )
    return nodes[root]
