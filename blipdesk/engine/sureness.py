"""How sure: a text's match against the matches of texts that are nearly it and wrong.

The matching head of BLIP saturates: nearly every text that is roughly right gets a probability near 1.  What
tells a right caption from a nearly right one is the *margin*: by how much its matching logit is above that of
the best of its mismatches, each the same text with one word put for another of its class, and above 0, where
the head calls it no match.  (Without the 0, a wrong caption whose mismatches are all more wrong still looks
sure: on demo captions with one claim changed, right ones had the higher margin in 94.8% of pairs, with it in
99.5%.)  Bands over the margin are calibrated on the demo scenes (packaging/demo_models/calibrate.py).

Pure functions; the word classes are resources/lexicon/word_classes.txt.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from blipdesk.domain.errors import ModelError
from blipdesk.domain.resources import find_resources
from blipdesk.domain.values import MatchScore, Sureness
from blipdesk.domain.wording import later
from blipdesk.engine.keywords import extract_keywords, singular
from blipdesk.engine.vision_model import RawMatch

MISMATCHES = 6
"""How many variants a text is held against."""
_WORDS_READ = 30
"""Words that are put for others are among the first ones: a retrieval model reads no endless text."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")
_ARTICLE = re.compile(r"\b(an?)(\s+)$", re.IGNORECASE)
_ONE = re.compile(r"\b(an?|one)(\s+(?:[^\W\d_]+\s+){0,2})$", re.IGNORECASE)
"""The article of a noun, and up to two adjectives."""
_BETWEEN = {
    *("of", "and", "with", "on", "in", "at", "by", "for", "to", "near", "from", "over", "as"),
    *("a", "an", "the", "his", "her", "its", "their"),
}
"""Words that end the reach of an article."""


# ------------------------------------------------------------------------------------------- the word lists


@dataclass(frozen=True, slots=True)
class _Classes:
    """The word lists, read: what may be put for each word or phrase, by class."""

    words: dict[str, tuple[tuple[str, ...], ...]]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    phrase: re.Pattern[str]
    plurals: dict[str, str]
    """Nouns of the classes, singular to plural."""
    any_noun: tuple[tuple[str, str], ...]
    """Singular and plural of what is put for a noun of no class."""
    bank: tuple[str, ...]


@cache
def _classes() -> _Classes:
    words: dict[str, tuple[tuple[str, ...], ...]] = {}
    phrases: dict[str, tuple[tuple[str, ...], ...]] = {}
    plurals: dict[str, str] = {}
    any_noun: list[tuple[str, str]] = []
    bank: list[str] = []
    for kind, name, entries in _sections():
        known = [entry.strip("()") for entry in entries if not entry.startswith("+")]
        put = [entry.removeprefix("+") for entry in entries if not entry.startswith("(")]
        if kind == "sentences":
            bank = put
        elif name == "unlikely things":
            any_noun = [_number_forms(noun) for noun in put]
        elif kind == "nouns":
            plurals.update(pair for pair in map(_number_forms, known) if pair[0] != pair[1])
            for form in (0, 1):
                _add(words, [_number_forms(noun)[form] for noun in known],
                     [_number_forms(noun)[form] for noun in put])  # fmt: skip
        else:
            _add(words if kind == "words" else phrases, known, put)
    longest_first = sorted(phrases, key=len, reverse=True)
    spaced = "|".join(phrase.replace(" ", r"\s+") for phrase in longest_first)
    pattern = re.compile(rf"\b(?:{spaced})\b", re.IGNORECASE)
    return _Classes(words, phrases, pattern, plurals, tuple(any_noun), tuple(bank))


def _sections() -> Iterator[tuple[str, str, list[str]]]:
    text = (find_resources() / "lexicon" / "word_classes.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for section in "\n".join(lines).split("\n[")[1:]:
        head, _, body = section.partition("]")
        kind, _, name = head.partition(": ")
        parts = re.split(r"\||\n", body) if kind in {"phrases", "sentences"} else body.split()
        yield kind, name, [entry.strip() for entry in parts if entry.strip()]


def _add(table: dict[str, tuple[tuple[str, ...], ...]], known: Sequence[str], put_in: Sequence[str]) -> None:
    for word in known:
        others = tuple(other for other in dict.fromkeys(put_in) if other != word)
        table[word] = (*table.get(word, ()), others)


def _number_forms(entry: str) -> tuple[str, str]:
    """Singular and plural of an entry of the list."""
    word, _, plural = entry.partition("/")
    if plural:
        return word, plural
    if word.endswith("y") and word[-2] not in "aeiou":
        return word, word[:-1] + "ies"
    return word, word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


# --------------------------------------------------------------------------------------------- mismatches


@dataclass(frozen=True, slots=True)
class _Site:
    """A place of the text, and what may be put there."""

    start: int
    end: int
    others: tuple[str, ...]


def mismatches(text: str) -> tuple[str, ...]:
    """Variants of a text that are wrong where it is right: one content word is put for another of its class.

    Colours, numbers, nouns and places are known, in English; where the text gives too few variants,
    sentences that are true of hardly any photo fill up.

    Args:
        text: a caption, in any language.

    Returns:
        :data:`MISMATCHES` texts, none equal to ``text`` or to another; the same for the same text.
    """
    sites = _spread(_sites(text))
    found: dict[str, str] = {text.casefold(): text}
    for round_ in itertools.zip_longest(*(site.others for site in sites)):
        for site, other in zip(sites, round_, strict=True):
            if other is not None:
                variant = _put(text, site, other)
                found.setdefault(variant.casefold(), variant)
    for sentence in _turned(_classes().bank, text):
        found.setdefault(sentence.casefold(), sentence)
    return tuple(found.values())[1 : MISMATCHES + 1]


def _spread(sites: list[_Site]) -> list[_Site]:
    """As many sites as mismatches at most, from the whole text."""
    if len(sites) <= MISMATCHES:
        return sites
    return [sites[index * len(sites) // MISMATCHES] for index in range(MISMATCHES)]


def _sites(text: str) -> list[_Site]:
    classes = _classes()
    words = list(itertools.islice(_WORD.finditer(text), _WORDS_READ))
    there = {word.group().lower() for word in words}
    text = text[: words[-1].end() if words else 0]
    sites = []
    covered: set[int] = set()
    for match in classes.phrase.finditer(text):
        phrase = " ".join(match.group().lower().split())
        if phrase in classes.phrases:  # no: a letter whose lower case is two
            sites.append(_site(match, classes.phrases[phrase], text, there))
            covered.update(range(match.start(), match.end()))
    told_of = False  # the first noun is counted; what stands beside it a matching head hardly counts
    nouns = {keyword.split()[-1] for keyword in extract_keywords(text)}
    for match in words:
        if match.start() in covered:
            continue
        word = match.group().lower()
        others = classes.words.get(word)
        if others is None and (lemma := singular(word)) in nouns:
            others = (tuple(pair[word != lemma] for pair in classes.any_noun),)
        if others is not None:
            sites.append(_site(match, others, text, there))
        if not told_of and word in classes.plurals:
            sites += _counted(text, match, classes.plurals[word])
        told_of = told_of or word in classes.plurals or word in classes.plurals.values()
    return sorted((site for site in sites if site.others), key=lambda site: site.start)


def _site(match: re.Match[str], classes: Sequence[Sequence[str]], text: str, there: set[str]) -> _Site:
    """The members of all classes in turn; what the text says already is left out where something else is."""
    salt = f"{text}\0{match.start()}"
    turns = itertools.zip_longest(*(_turned(members, salt) for members in classes))
    others = [member for turn in turns for member in turn if member is not None]
    new = [member for member in others if member not in there]
    return _Site(match.start(), match.end(), tuple(new or others))


def _counted(text: str, noun: re.Match[str], plural: str) -> Iterator[_Site]:
    """Two red cats for "a red cat": a caption that says one where there are more is wrong as well."""
    before = _ONE.search(text, max(0, noun.start() - 40), noun.start())
    if before and not _BETWEEN.intersection(before[2].lower().split()):
        yield _Site(before.start(), noun.end(), (f"two{before[2]}{plural}",))


def _turned(members: Sequence[str], salt: str) -> list[str]:
    """The members from one on that the salt decides, so that no word is always put first."""
    digest = hashlib.sha256(salt.encode("utf-8", "surrogatepass")).digest()
    start = int.from_bytes(digest[:4], "big") % max(1, len(members))
    return [*members[start:], *members[:start]]


def _put(text: str, site: _Site, other: str) -> str:
    """``text`` with ``other`` at a site, its case kept and the article before it made to fit."""
    old = text[site.start : site.end]
    if old.isupper() and len(old) > 1:
        other = other.upper()
    elif old[0].isupper():
        other = other[0].upper() + other[1:]
    before = text[: site.start]
    if article := _ARTICLE.search(before):
        fitting = article[1][0] + ("n" if other[0].lower() in "aeiou" else "")
        before = before[: article.start()] + fitting + article[2]
    return before + other + text[site.end :]


# --------------------------------------------------------------------------------------------- the measure


@dataclass(frozen=True, slots=True)
class Bands:
    """The lowest margins of the two upper bands."""

    sure: float
    fair: float


def load_bands(path: Path | None = None) -> Bands:
    """The calibrated bands.

    Args:
        path: a file as calibrate.py writes it; None: the shipped one.

    Raises:
        ModelError: it cannot be read.
    """
    path = path or find_resources() / "models" / "sureness.json"
    try:
        fields = json.loads(path.read_text("utf-8"))
        bands = Bands(float(fields["sure"]), float(fields["fair"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            later("The calibration of the scores cannot be read."), later("Install BlipDesk again.")
        ) from error
    return bands


def margin(logit: float, mismatch_logits: Sequence[float]) -> float:
    """The text's matching logit less the highest of its mismatches', or less 0 where those are below."""
    return logit - max(0.0, *mismatch_logits)


def band(value: float, bands: Bands) -> Sureness:
    """The band of a margin; of no number: unsure."""
    if value >= bands.sure:
        return Sureness.SURE
    return Sureness.FAIR if value >= bands.fair else Sureness.UNSURE


def match_score(match: RawMatch, others: Sequence[RawMatch], bands: Bands) -> MatchScore:
    """The score of a text from the retrieval model's figures for it and for its mismatches."""
    value = margin(match.logit, [other.logit for other in others])
    return MatchScore(_sigmoid(match.logit), match.itc, value, band(value, bands))


def _sigmoid(logit: float) -> float:
    """1 / (1 + exp(-logit)), without overflow."""
    small = math.exp(-abs(logit))
    return 1 / (1 + small) if logit >= 0 else small / (1 + small)
