"""Sizes of files and of memory, as a person reads them."""

from __future__ import annotations


def readable_size(size: int) -> str:
    """Bytes in words, decimal units as file managers show them.

    >>> readable_size(4_800_000)
    '4.8 MB'
    """
    value = float(size)
    for unit in ("bytes", "kB", "MB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "bytes" or value >= 100 else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"
