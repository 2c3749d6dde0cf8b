"""The identity of a file's content: one definition for whoever reads a file and whoever knows its bytes."""

from __future__ import annotations

import hashlib

EDGE = 65536
"""Bytes hashed at each end of a file."""


def hash_of_parts(size: int, head: bytes | memoryview, tail: bytes | memoryview) -> str:
    """Hex sha256 over the size and the first and last 64 KiB.

    Args:
        size: of the whole file, bytes.
        head: its first ``min(size, EDGE)`` bytes.
        tail: its last ``min(size, EDGE)`` bytes (they overlap ``head`` in a small file).
    """
    digest = hashlib.sha256(size.to_bytes(8, "little"))
    digest.update(head)
    digest.update(tail)
    return digest.hexdigest()


def content_hash_of(data: bytes | memoryview) -> str:
    """The identity of a file of these bytes."""
    return hash_of_parts(len(data), data[:EDGE], data[-EDGE:])
