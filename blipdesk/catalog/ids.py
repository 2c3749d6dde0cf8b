"""Many ids or names as one bound value (JSON), so that a query takes any number of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select


def among(values: Sequence[int] | Sequence[str]) -> Select[Any]:
    """For ``column.in_(among(ids))``: SQLite's own limit on bound values (250,000) does not count here."""
    return select(func.json_each(json.dumps(list(values))).table_valued("value").c.value)
