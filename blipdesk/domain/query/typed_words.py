"""The words of a part of what was typed without spaces."""

from __future__ import annotations

import re
from typing import TypeAlias

from blipdesk.domain.query.tree import Word
from blipdesk.domain.suffixes import PHOTO_SUFFIXES
from blipdesk.domain.words import FILLER, STOP_WORDS, is_cjk, words_of

MOST_PARTS = 32
"""So many words of a phrase are looked at."""
OPERATORS = ("AND", "OR", "NOT")
LONGEST = 200
"""Letters of a word that are looked at."""
_JOINERS = frozenset("-_.'&@#*\u2010\u2011\u2012\u2013\u2019\u2018\u02bc\u00b7\u30fb")
_APOSTROPHES = "'\u2019\u02bc"
_ASKING = r"(?:please\s+)?(?:(?:show|find|give|get)\s+(?:me|us)|(?:search|look(?:ing)?)\s+for)\s+"
_PHOTOS_OF = (
    r"(?:(?:a|an|all|any|some|the|these|those|my|our|every)\s+)*"
    r"(?:(?:ph|f)oto(?:graph)?|picture|image|pic|snap(?:shot)?)s?\s+"
    r"(?:(?:of|with|showing)\s+|(?=(?:from|taken)\s))"
)
_LEAD_IN = re.compile(rf"\s*(?:{_ASKING}(?:{_PHOTOS_OF})?|{_PHOTOS_OF})(?=\S)", re.IGNORECASE)
Part: TypeAlias = "re.Match[str]"


def lead_in(plain: str) -> int:
    """So many letters at the start of a text only say that photos are asked for: ``show me pictures of``.

    Nearly no caption has them: of 75 photos with food none was sure for "photos of food".
    """
    found = _LEAD_IN.match(plain)
    return found.end() if found is not None else 0


def may_go_on(word: str) -> bool:
    """Whether a word that is typed may be taken for a beginning."""
    return len(word) > 1 and not is_cjk(word)


def words_in(plain: str, start: int, end: int, is_whole: bool = False) -> list[Word]:
    """The words of a part of a text without spaces, those joined by a sign as one.

    The last of a text may go on; where the text is whole, a single letter is no beginning.
    """
    words: list[Word] = []
    run: list[Part] = []
    for part in words_of(plain, start, end):
        if run and not _are_joined(plain, run[-1].end(), part.start()):
            words.append(_word(plain, run, is_whole))
            run = []
        run.append(part)
    if run:
        words.append(_word(plain, run, is_whole))
    return words


def _are_joined(plain: str, end: int, start: int) -> bool:
    before, after = plain[end - 1], plain[start]
    if before == FILLER:
        before = plain[:end].rstrip(FILLER)[-1]
    if start == end:
        # 犬dog is two words; 3月 is one
        return (is_cjk(before) or before.isdigit()) and (is_cjk(after) or after.isdigit())
    if start - end > 1:
        return False
    return plain[end] in _JOINERS or (plain[end] == ":" and before.isdigit() and after.isdigit())


def _word(plain: str, whole: list[Part], is_whole: bool) -> Word:
    """One word of parts that are joined, without a possessive ending and without a photo's suffix."""
    start, end = whole[0].start(), whole[-1].end()
    run = [part for part in whole[:MOST_PARTS] if part.end() - start <= LONGEST] or whole[:1]
    run = _without_ending(plain, run)
    text = plain[start : min(run[-1].end(), start + LONGEST)]
    if text in OPERATORS:
        text = text.lower()
    if len(text) < end - start:
        return Word(text, span=(start, end))
    if plain[end : end + 1] == "*":
        return Word(text, True, (start, end + 1))
    last = run[-1].group()
    is_begun = text == last and not is_whole and not is_cjk(last)  # one letter of the only part
    is_typed = end == len(plain) and (may_go_on(last) or is_begun) and text.casefold() not in STOP_WORDS
    return Word(text, is_typed, (start, end))


def _without_ending(plain: str, run: list[Part]) -> list[Part]:
    while len(run) > 1:
        joint, last = plain[run[-2].end() : run[-1].start()], run[-1].group().casefold()
        is_possessive = last == "s" and joint != "" and joint in _APOSTROPHES
        if not is_possessive and not (joint == "." and f".{last}" in PHOTO_SUFFIXES):
            break
        run = run[:-1]
    return run
