"""What nobody types, and what people paste: each is a query that has to be answered."""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase

PASTED = ",".join(f"q{first}{second}z" for first, second in product(ascii_lowercase[:12], ascii_lowercase))
"""312 words without a space."""
HOSTILE = (
    # what FTS5 takes for syntax
    '"', '""', '"dog', 'dog"', '"dog" "', "*", "* dog", "dog *", "dog**", "d*g", "^dog", "dog^2", "+dog",
    "dog + cat",
    "NEAR", "NEAR(dog cat)", "NEAR(dog cat, 3", 'NEAR("dog cat" 2, -7)', "AND", "OR OR", "NOT", "AND dog",
    "dog AND",
    "dog OR", "OR dog", "NOT dog", "dog NOT NOT cat", "dog AND OR cat", "a OR b AND", "search_text:dog",
    "{a b}: dog",
    "-{a}: dog", "rank:", "rowid:1", "photo_fts", "photo_fts MATCH dog", "dog : cat", ":", "::", "dog:",
    ":dog",
    # what SQL takes for syntax
    "'", "''", "' OR 1=1 --", "'); DELETE FROM photo; --", '"); DROP TABLE photo_fts; --', "; VACUUM", "?",
    "?1", ":id",
    "@id", "$id", "%", "_", "%dog%", "d_g", "\\", "dog\\", "[dog]", "`dog`", "/* dog */", "-- dog", "x'00'",
    "NULL",
    # our own syntax, broken
    "-", "--", "- -", "-dog", "--dog", "dog -", "-(", "-()", "()", "( )", ")", ")(", "((((", "(dog", "dog)",
    "(" * 200,
    ")" * 200, "-" * 200, "(dog OR (cat", "date:", "date:,", "date:99999", "date:0000-00-00", "date:..",
    "date:9999..1",
    'date:"', "keyword:", 'keyword:"', "keyword:(", "keyword:()", "keyword:(,)", "folder:..", "folder:/",
    "folder:\\",
    "folder:~", "folder:C:\\", "type:", "type:,", "type:doc", "is:is", "is:-missing", "has:has:has", "-is:",
    "camera:*",
    "sure:sure:", "asked:?", "kyeword:dog", "date:date:2024", "keyword:dog,(cat", "source:(user AND file)",
    # signs, spaces and letters of every kind
    "", " ", "\t", "\n", "\r\n", "\x00", "dog\x00cat", "\x1b[31mdog", "\x7f", "\u00a0", "\u200b",
    "dog\u200bcat",
    "\ufeffdog", "\u202edog", "\ud800", "dog\udfff", "\uffff", "\U0010ffff", "\ufffd", "e\u0301", "\u0301",
    "\u1f9f",
    "\u0130", "\u0131", "\u017f", "\ufb01", "\u1e9e", "\u00df2024", "\u72ac", "\u72ac" * 300,
    "\uc81c\uc8fc\ub3c4",
    "\u1100\u1161", "\u304b\u3099", "\uff24\uff2f\uff27", "\U0001f415", "\u2764\ufe0f",
    "\U0001f468\u200d\U0001f469",
    "\u0915\u0941\u0924\u094d\u0924\u093e", "\u0e2a\u0e38\u0e19\u0e31\u0e02", "\u05db\u05dc\u05d1",
    "\u0643\u0644\u0628",
    # long ones, and many at once
    PASTED, PASTED.replace(",", "/"), PASTED.replace(",", " "), PASTED.replace(",", ";"), f"keyword:{PASTED}",
    f'"{PASTED}"', f"-{PASTED}", "dog " * 500, "x" * 5000, "1" * 5000, "a-" * 500, "dog OR " * 200,
    "é" * 1000,
    "12345678901234567890", "1e999", "-0", "0x7f", "3.14.15", "\u0661\u0662\u0663", "\u00bd", "\u2167",
)  # fmt: skip
"""Strings that have broken a search somewhere, or might."""
