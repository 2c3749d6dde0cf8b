"""Keywords that models and files give, by the names that a person gave them in the whole library."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select

from blipdesk.catalog.database import AnyRow
from blipdesk.catalog.ids import among
from blipdesk.catalog.keyword_states import (
    Given,
    State,
    drop_states,
    keep_states,
    kept_states,
    states_of,
)
from blipdesk.catalog.keyword_tables import KeywordEditRow, KeywordRuleRow
from blipdesk.catalog.keywords import keyword_ids, removed_keywords
from blipdesk.catalog.schema import PhotoKeywordRow
from blipdesk.catalog.text import clean_keywords, fold
from blipdesk.domain.values import Source

WITHDRAWN = "{}"
"""The rules of a renaming that is being taken back."""


def replace_keywords(connection: Connection, source: Source, keywords: Mapping[int, Sequence[str]]) -> None:
    """Set the keywords that one source gives to each photo; other sources are not touched.

    What a person renamed in the whole library is called so here too, whoever still calls it otherwise; who
    takes the renaming back has them by the names that they were given by.
    """
    if not keywords:
        return
    given = {photo_id: clean_keywords(names) for photo_id, names in keywords.items()}
    tidy = _by_rule(connection, given)
    connection.execute(
        delete(PhotoKeywordRow).where(
            PhotoKeywordRow.photo_id.in_(among(list(tidy))), PhotoKeywordRow.source == source.value
        )
    )
    ids = keyword_ids(connection, (name for names in tidy.values() for name in names))
    rows = [
        {"photo_id": photo_id, "keyword_id": ids[name], "source": source.value, "position": position}
        for photo_id, names in tidy.items()
        for position, name in enumerate(names)
    ]
    if rows:
        connection.execute(insert(PhotoKeywordRow), rows)
    _keep_given(connection, source, given)


def rules_for(connection: Connection, names: Sequence[str] | None = None) -> dict[str, str]:
    """What was renamed in the whole library (of these names) is called now, by what the others fold to."""
    rules = select(KeywordRuleRow.folded, KeywordRuleRow.becomes).where(KeywordRuleRow.becomes.is_not(None))
    if names is not None:
        folded = sorted({fold(name) for name in names})
        rules = rules.where(KeywordRuleRow.folded.in_(among(folded)))
    return {row.folded: row.becomes for row in connection.execute(rules)}


def _by_rule(connection: Connection, given: dict[int, list[str]]) -> dict[int, list[str]]:
    """Keywords by the names that a person gave them; one that they took off a photo before stays off it."""
    becomes = rules_for(connection, [name for names in given.values() for name in names])
    return _all_called(given, becomes, removed_keywords(connection, list(given))) if becomes else given


def _called(names: Sequence[str], becomes: Mapping[str, str], removed: Sequence[str]) -> list[str]:
    return clean_keywords(
        [name if fold(name) in removed else becomes.get(fold(name), name) for name in names]
    )


def rules_without(rules: Mapping[str, str | None], edit: AnyRow) -> dict[str, str | None]:
    """The rules that change once a renaming is taken back; what a later one changed is that one's."""
    before: dict[str, str | None] = json.loads(edit.rules)
    set_by_it = (
        folded for folded in before if rules.get(folded) == rule_of(folded, edit.folded, edit.becomes)
    )
    return {folded: before[folded] for folded in set_by_it}


def rule_of(folded: str, old: str, new: str) -> str | None:
    """What a renaming makes of a rule: the new name is nobody's old one any more."""
    return None if folded == fold(new) and folded != old else new


def _keep_given(connection: Connection, source: Source, given: Mapping[int, Sequence[str]]) -> None:
    """Note for each renaming that can be taken back how these keywords will be called then."""
    stands = KeywordEditRow.rules != WITHDRAWN
    edits = connection.execute(
        select(KeywordEditRow.__table__).where(stands).order_by(KeywordEditRow.id.desc())
    ).all()
    if not edits:
        return
    removed = removed_keywords(connection, list(given))
    rules: dict[str, str | None] = dict(rules_for(connection))
    after = _all_called(given, rules, removed)
    for edit in edits:
        rules |= rules_without(rules, edit)
        before = _all_called(given, rules, removed)
        _keep_one(connection, edit, source, before, after)
        after = before


def _all_called(
    given: Mapping[int, Sequence[str]],
    rules: Mapping[str, str | None],
    removed: Mapping[int, Sequence[str]],
) -> dict[int, list[str]]:
    becomes = {folded: name for folded, name in rules.items() if name is not None}
    return {photo_id: _called(names, becomes, removed.get(photo_id, ())) for photo_id, names in given.items()}


def _keep_one(
    connection: Connection,
    edit: AnyRow,
    source: Source,
    before: Mapping[int, Sequence[str]],
    after: Mapping[int, Sequence[str]],
) -> None:
    """Note what one renaming makes of what a source gives; what others gave stays noted as it was."""
    both = {edit.folded, fold(edit.becomes)}
    kept = kept_states(connection, edit.id, list(before))
    concerned = [photo_id for photo_id in before if photo_id in kept or before[photo_id] != after[photo_id]]
    if not concerned:
        return
    now = states_of(connection, concerned, edit.folded, fold(edit.becomes))
    states: dict[int, tuple[State, State]] = {}
    for photo_id in concerned:
        was, became = kept.get(photo_id, (now[photo_id], now[photo_id]))
        # What was renamed once more may have been called by a third name.
        names = both | ({fold(name) for name in before[photo_id]} - {fold(name) for name in after[photo_id]})
        states[photo_id] = (
            _with(was, source, before[photo_id], names),
            _with(became, source, after[photo_id], both),
        )
    changed = {photo_id: pair for photo_id, pair in states.items() if not pair[0].is_like(pair[1])}
    keep_states(connection, edit.id, changed)
    drop_states(connection, edit.id, [photo_id for photo_id in concerned if photo_id not in changed])


def _with(state: State, source: Source, names: Sequence[str], folded: set[str]) -> State:
    """The state where a source gives those of the names that fold to one of these."""
    own: list[Given] = [
        (name, source.value, position) for position, name in enumerate(names) if fold(name) in folded
    ]
    return State(tuple(sorted([row for row in state.rows if row[1] != source.value] + own)), state.is_off)
