"""What the tables of the schema are made with."""

from __future__ import annotations

import os

from sqlalchemy import LargeBinary, MetaData
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator


class PathType(TypeDecorator[str]):
    """A path as its bytes: a file name of any bytes survives (``os.fsencode``, surrogateescape)."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """To the BLOB."""
        return None if value is None else os.fsencode(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """From the BLOB."""
        return None if value is None else os.fsdecode(value)


class Base(DeclarativeBase):
    """Collects the tables; names of constraints are fixed, for migrations to come."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
