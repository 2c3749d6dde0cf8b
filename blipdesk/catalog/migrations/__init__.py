"""Alembic migrations, one file a revision; a package, so that the wheel carries them.

Run by ``blipdesk.catalog.opening`` alone, on the writing connection, after a backup.
"""
