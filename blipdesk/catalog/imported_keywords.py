"""Keywords of imported records, and what a person decided there about keywords of the whole library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from blipdesk.catalog.database import Transaction
from blipdesk.catalog.imported_state import Imported, News, Record, There, items_in, names_in
from blipdesk.catalog.keyword_given import rules_for
from blipdesk.catalog.keyword_rules import set_hidden, set_rules
from blipdesk.catalog.keyword_tables import KeywordRuleRow
from blipdesk.catalog.keywords import photos_having
from blipdesk.catalog.text import clean_keywords, fold
from blipdesk.domain.values import Source


def import_rules(tx: Transaction, page: Sequence[Record]) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """What a person decided there of keywords that nobody uses here, and nobody decided about.

    Returns:
        Path and field of what was not taken; and what is called otherwise here than in the records: the new
        names by what the others fold to.
    """
    connection, left_out = tx.connection, []
    renamed = [_renamed_in(record) for record in page]
    listed = [name for record in page for name in names_in(record, "keywords")]
    called = rules_for(connection, [*listed, *(name for pairs in renamed for pair in pairs for name in pair)])
    taken: dict[tuple[str, str], bool] = {}  # most photos of a page say the same
    for record, pairs in zip(page, renamed, strict=True):
        for pair in pairs:
            if pair not in taken:
                taken[pair] = _take_rule(connection, called, *pair)
            if not taken[pair]:
                left_out.append((record["path"], "renamed_keywords"))
        for name in clean_keywords(names_in(record, "hidden_keywords")):
            if (name, "") not in taken:
                taken[name, ""] = _take_hidden(connection, fold(name))
            if not taken[name, ""]:
                left_out.append((record["path"], "hidden_keywords"))
    return left_out, called


def _renamed_in(record: Record) -> list[tuple[str, str]]:
    """What was called otherwise there, and how."""
    renamed = record.get("renamed_keywords")
    pairs = []
    for names in renamed.items() if isinstance(renamed, Mapping) else ():
        tidy = [clean_keywords([name]) for name in names if isinstance(name, str)]
        if len(tidy) == 2 and all(tidy):
            pairs.append((tidy[0][0], tidy[1][0]))
    return pairs


def _take_rule(connection: Connection, called: dict[str, str], old: str, new: str) -> bool:
    """Take over that a keyword is called otherwise; False where that would change anything here."""
    becomes, folded = called.get(fold(new), new), fold(old)
    if called.get(folded) == becomes:
        return True
    is_round = fold(becomes) == folded != fold(new)
    if folded in called or is_round or _is_used(connection, folded):
        return False
    set_rules(connection, {folded: becomes})
    called[folded] = becomes
    return True


def _take_hidden(connection: Connection, folded: str) -> bool:
    """Take over that a keyword is hidden, unless it is in sight here; whether it is hidden now."""
    hidden = KeywordRuleRow.folded == folded, KeywordRuleRow.hidden.is_(True)
    if connection.execute(select(KeywordRuleRow.folded).where(*hidden)).first():
        return True
    is_free = not _is_used(connection, folded)
    if is_free:
        set_hidden(connection, folded, True)
    return is_free


def _is_used(connection: Connection, folded: str) -> bool:
    return connection.execute(photos_having(folded).limit(1)).first() is not None


def import_removals(there: There, record: Record, news: News) -> Imported:
    """What a person took off there goes here too, whoever gave it here but a person."""
    taken_off = {fold(name) for name in clean_keywords(names_in(record, "removed_keywords"))}
    people = {folded for folded, source in there.shown.items() if source is Source.USER}
    fresh = taken_off - people - there.removed
    news.removals += [{"photo_id": there.id, "folded": folded} for folded in sorted(fresh)]
    there.removed |= fresh
    hidden = fresh & there.shown.keys()
    for folded in hidden:
        del there.shown[folded]
    return bool(hidden), ["removed_keywords"] if taken_off & people else []


def import_keywords(called: Mapping[str, str], there: There, record: Record, news: News) -> Imported:
    """Keywords that a photo does not have yet, by the names that they are ``called`` by here."""
    sources: dict[Source, list[str]] = {}
    # A record that does not say which keywords are a person's may have any of them: none is lost.
    others = Source.MODEL if "user_keywords" in record else Source.USER
    people = dict.fromkeys(names_in(record, "file_keywords"), Source.FILE)
    people |= dict.fromkeys(names_in(record, "user_keywords"), Source.USER)
    known = {source.value: source for source in Source}
    for item in items_in(record, "keywords"):
        if isinstance(item, str):
            sources.setdefault(people.get(item, others), []).append(item)
        elif isinstance(item, Mapping) and isinstance(item.get("name"), str) and item.get("source") in known:
            sources.setdefault(known[item["source"]], []).append(item["name"])
    tidied = {
        source: clean_keywords([called.get(fold(name), name) for name in clean_keywords(names)])
        for source, names in sources.items()
    }
    left_out = any(fold(name) in there.removed for names in tidied.values() for name in names)
    fresh = [
        (source, position, name)
        for source, names in tidied.items()
        for position, name in enumerate(
            name for name in names if fold(name) not in there.shown.keys() | there.removed
        )
    ]
    for source, position, name in fresh:
        there.shown.setdefault(fold(name), source)
        news.keywords.append(
            {"photo_id": there.id, "name": name, "source": source.value, "position": position}
        )
    return bool(fresh), ["keywords"] if left_out else []
