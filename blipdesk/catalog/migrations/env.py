"""Alembic's environment: the connection comes from ``opening.migrate``, inside its transaction."""

from __future__ import annotations

from alembic import context

from blipdesk.catalog.schema import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
context.run_migrations()
