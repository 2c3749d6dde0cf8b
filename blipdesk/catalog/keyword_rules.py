"""What a person decided about keywords for the whole library: what is called how, and what is hidden."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from blipdesk.catalog.database import AnyRow, Transaction
from blipdesk.catalog.keyword_given import WITHDRAWN, rule_of, rules_without
from blipdesk.catalog.keyword_stack import forget_edits_before
from blipdesk.catalog.keyword_tables import KeywordEditRow, KeywordRuleRow
from blipdesk.catalog.text import fold

_KEPT = 20
"""So many renamings can be taken back."""


def begin_renaming(tx: Transaction, old: str, new: str) -> int:
    """Set the rule for a name (folded), and note what rules there were; returns the renaming's id."""
    connection = tx.connection
    known = _rules(connection)
    touched = {folded: becomes for folded, becomes in known.items() if becomes and fold(becomes) == old}
    before = touched | {folded: known.get(folded) for folded in (old, fold(new))}
    set_rules(connection, {folded: rule_of(folded, old, new) for folded in before})
    edit_id = connection.execute(
        insert(KeywordEditRow)
        .values(folded=old, becomes=new, rules=json.dumps(before))
        .returning(KeywordEditRow.id)
    ).scalar_one()
    forgotten = KeywordEditRow.id <= edit_id - _KEPT
    for renaming in connection.execute(select(KeywordEditRow.__table__).where(forgotten)).all():
        forget_edits_before(connection, renaming)
    connection.execute(delete(KeywordEditRow).where(forgotten))
    tx.change.keywords = True
    return edit_id


def withdraw_rules(tx: Transaction, edit: AnyRow) -> None:
    """Let what a renaming set be as it was before, but for what a later one changed of it."""
    connection = tx.connection
    set_rules(connection, rules_without(_rules(connection), edit))
    connection.execute(
        update(KeywordEditRow).where(KeywordEditRow.id == edit.id).values(is_done=True, rules=WITHDRAWN)
    )
    tx.change.keywords = True


def set_hidden(connection: Connection, folded: str, hidden: bool) -> None:
    """Hide a keyword, or show it again."""
    connection.execute(
        upsert(KeywordRuleRow)
        .values(folded=folded, hidden=hidden)
        .on_conflict_do_update(index_elements=["folded"], set_={"hidden": hidden})
    )
    _drop_empty_rules(connection)


def _rules(connection: Connection) -> dict[str, str | None]:
    rows = connection.execute(select(KeywordRuleRow.folded, KeywordRuleRow.becomes))
    return {row.folded: row.becomes for row in rows}


def set_rules(connection: Connection, becomes: Mapping[str, str | None]) -> None:
    """Let keywords (folded) be called so from now on, or by their own names (None)."""
    for folded, name in becomes.items():
        connection.execute(
            upsert(KeywordRuleRow)
            .values(folded=folded, becomes=name)
            .on_conflict_do_update(index_elements=["folded"], set_={"becomes": name})
        )
    _drop_empty_rules(connection)


def _drop_empty_rules(connection: Connection) -> None:
    connection.execute(
        delete(KeywordRuleRow).where(KeywordRuleRow.becomes.is_(None), KeywordRuleRow.hidden.is_(False))
    )
