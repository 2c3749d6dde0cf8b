"""Keywords from a caption: its nouns and noun compounds, singular and lower case.

Choice: a noun lexicon derived from WordNet 3.0 (packaged: resources/lexicon, 0.5 MB) and a small chunker
over it.  spaCy and NLTK need a model that is downloaded apart and hundreds of milliseconds to import;
inflect, simplemma and lemminflect bring word forms but cannot tell the noun "park" from the verb.  Captions
are short declarative sentences, so that determiners, prepositions and number agreement decide most
ambiguities: "a man *surfs* the wave" (after "a man" a plural must be a verb), "people *walk*" (after a
plural, a base form is one).  The lexicon loads in about 50 ms at the first call; no import beyond the
standard library, because the window's process imports this module with the package.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from blipdesk.domain.resources import find_resources

MAX_KEYWORDS = 12

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’-](?=[^\W_]))*|\d+|[^\w\s]")
_NO_NOUN_ENDINGS = (
    *("ly", "ed", "ing", "ful", "ous", "ish", "ive"),
    *("ic", "al", "able", "less", "y", "en", "est"),
)
_PLURALS = (("s", ""), ("es", ""), ("ies", "y"), ("ves", "f"), ("ves", "fe"), ("men", "man"))
_RESPELLED = {
    "surf board": "surfboard",
    "snow board": "snowboard",
    "skate board": "skateboard",
    "suit case": "suitcase",
    "lap top": "laptop",
    "rail road": "railroad",
    "wet suit": "wetsuit",
    "bath tub": "bathtub",
    "bird house": "birdhouse",
    "night stand": "nightstand",
}


class _Class(Enum):
    """What the chunker takes a word for."""

    START = auto()
    DETERMINER = auto()
    PREPOSITION = auto()
    CONJUNCTION = auto()
    OTHER = auto()
    ADJECTIVE = auto()
    VERB = auto()
    NOUN = auto()


_OPENING = frozenset({_Class.DETERMINER, _Class.ADJECTIVE})
"""Classes behind which a noun is expected."""


@dataclass(slots=True)
class _Context:
    """What the words before say about the next one."""

    previous: _Class = _Class.START
    singular: bool = False
    """The chunk was opened by "a", "one"..., so its head is singular."""
    plural: bool = False
    """The noun just read is a plural."""
    verb_before: bool = False
    """The last content word before a conjunction was a verb ("sits and looks")."""


@cache
def _words(section: str) -> frozenset[str]:
    """A section of caption_words.txt."""
    text = (find_resources() / "lexicon" / "caption_words.txt").read_text("utf-8")
    lines = text.partition(f"\n[{section}]\n")[2].partition("\n[")[0].splitlines()
    body = " ".join(line for line in lines if not line.startswith("#"))
    return frozenset(entry.strip() for entry in body.split("|" if "|" in body else None))


@cache
def _closed() -> dict[str, _Class]:
    """The words whose class needs no lexicon."""
    closed: dict[str, _Class] = {}
    for section, kind in (
        ("conjunctions", _Class.CONJUNCTION),
        ("prepositions", _Class.PREPOSITION),
        ("determiners", _Class.DETERMINER),
        ("particles", _Class.OTHER),
        ("auxiliaries", _Class.OTHER),
        ("pronouns", _Class.OTHER),
    ):
        closed.update(dict.fromkeys(_words(section), kind))
    return closed


@cache
def load_lexicon() -> dict[str, str]:
    """Lemma to flags, irregular plural to ``=singular`` (packaging/lexicon/build.py describes both)."""
    data = gzip.decompress((find_resources() / "lexicon" / "nouns.txt.gz").read_bytes()).decode()
    lexicon = {word: flags for word, _, flags in (line.partition("\t") for line in data.splitlines())}
    for compound in _words("compounds"):
        lexicon.setdefault(compound, "C")
    return lexicon


def singular(word: str) -> str | None:
    """The lemma of a noun in singular or plural, lower case; None for a word that is no known noun."""
    lexicon = load_lexicon()
    if word in _words("plural"):
        return word
    flags = lexicon.get(word, "")
    if flags.startswith("="):
        return flags[1:]
    for ending, replacement in _PLURALS:
        stem = word.removesuffix(ending) + replacement
        if not word.endswith(ending) or len(stem) < 2 or (ending == "s" and word.endswith(("ss", "us"))):
            continue
        if lexicon.get(stem, "").startswith(("C", "A")):
            return stem
    return word if flags.startswith(("C", "A")) else None


def _guess_noun(word: str) -> str | None:
    """The lemma of a word that no list knows ("trashcans"): taken for a noun where only a noun fits."""
    stem = word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    if len(stem) < 3 or not stem.isascii() or not stem.isalpha() or stem.endswith(_NO_NOUN_ENDINGS):
        return None
    forms = (word, stem, word.removesuffix("es"), stem + "e", stem.removesuffix("e"))
    return None if any(form in load_lexicon() for form in forms) else stem


def extract_keywords(caption: str) -> tuple[str, ...]:
    """Nouns and noun compounds of a caption, in its order, each once.

    Args:
        caption: a cleaned caption, in English; others give few or no keywords.

    Returns:
        At most :data:`MAX_KEYWORDS` lower-case terms in the singular, without accents.
    """
    tokens = [token.removesuffix("'s") for token in _WORD.findall(_plain(caption).replace("’", "'"))]
    found: dict[str, None] = {}
    context = _Context()
    index = 0
    while index < len(tokens):
        word = tokens[index]
        compound, length = _match_compound(tokens, index)
        if compound:
            found.setdefault(_RESPELLED.get(compound, compound))
            kind, word = _Class.NOUN, tokens[index + length - 1]
        else:
            kind = _classify(word, tokens[index + 1] if index + 1 < len(tokens) else "", context)
            lemma = singular(word) or _guess_noun(word)
            if kind is _Class.NOUN and lemma and _is_keyword(lemma):
                found.setdefault(lemma)
        context = _advance(context, kind, word)
        index += length
    return tuple(list(found)[:MAX_KEYWORDS])


def _plain(caption: str) -> str:
    """Lower case without accents, as BLIP's own captions are: "café" and "cafe" are one keyword."""
    letters = unicodedata.normalize("NFKD", caption.lower())
    return "".join(char for char in letters if not unicodedata.combining(char))


def _match_compound(tokens: list[str], index: int) -> tuple[str, int]:
    """The longest compound of the lexicon that starts here and its number of words; ``("", 1)`` for none."""
    lexicon = load_lexicon()
    first = tokens[index]
    if first in _closed() or first in _words("generic"):
        return "", 1
    for length in (3, 2):
        words = tokens[index : index + length]
        if len(words) < length or words[-1] in _closed():
            continue
        for last in dict.fromkeys((words[-1], singular(words[-1]) or words[-1])):
            compound = " ".join([*words[:-1], last])
            if compound not in lexicon or compound in _words("false compounds"):
                continue
            meant = compound in _words("compounds") or compound in _words("adjective compounds")
            if meant or first not in _words("never"):
                return compound, length
    return "", 1


def _is_keyword(lemma: str) -> bool:
    if lemma in _words("generic") or len(lemma) < 2:
        return False
    return load_lexicon().get(lemma, "C").startswith("C") or lemma in _words("abstract")


def _classify(word: str, following: str, context: _Context) -> _Class:
    """The class of one word, from the lexicon and its neighbours."""
    if word in _closed():
        return _closed()[word]
    if not word[0].isalpha():
        return _Class.DETERMINER if word.isdigit() else _Class.OTHER
    if word in _words("never"):
        return _Class.VERB if word.endswith("ing") else _Class.ADJECTIVE
    lemma = singular(word)
    boundary = _is_boundary(following)
    if lemma is None:
        return _classify_unknown(word, boundary, context.previous)
    flags = load_lexicon().get(lemma, "C")
    if word.endswith("ing") and not _ing_is_noun(word, flags, following, context):
        return _Class.VERB
    joined = not boundary or _closed().get(following) is _Class.CONJUNCTION
    if word == "orange" and (joined or context.previous is _Class.VERB):
        return _Class.ADJECTIVE
    if "J" in flags and lemma == word and (joined or "C" not in flags or context.previous not in _OPENING):
        return _Class.ADJECTIVE
    ambiguous = ("V" in flags or "B" in flags) and lemma not in _words("things")
    if ambiguous and _reads_as_verb(lemma != word, "V" in flags, following, context):
        return _Class.VERB
    return _Class.NOUN


def _classify_unknown(word: str, boundary: bool, before: _Class) -> _Class:
    fits = before in _OPENING or (before in {_Class.PREPOSITION, _Class.NOUN} and word.endswith("s"))
    if fits and boundary and _guess_noun(word):
        return _Class.NOUN
    if word.endswith("ing") or (word.endswith("ed") and before is _Class.NOUN):
        return _Class.VERB
    return _Class.ADJECTIVE


def _is_boundary(following: str) -> bool:
    """True when the noun chunk ends before this word."""
    if not following or following in _closed() or not following[0].isalpha():
        return True
    return following.endswith(("ing", "ed")) and following not in _words("ing nouns")


def _ing_is_noun(word: str, flags: str, following: str, context: _Context) -> bool:
    opened = context.previous in _OPENING
    listed = word in _words("ing nouns")
    if _closed().get(following) is _Class.DETERMINER:  # "painting a wall"
        return opened and listed
    return listed or (opened and "C" in flags and _is_boundary(following))


def _reads_as_verb(plural: bool, mostly_verb: bool, following: str, context: _Context) -> bool:
    """Decide between noun and verb by agreement with what stands before."""
    before = context.previous
    if before is _Class.NOUN and plural:
        object_follows = _closed().get(following) in {_Class.DETERMINER, _Class.PREPOSITION, _Class.OTHER}
        return context.singular and not context.plural and (mostly_verb or object_follows)
    if before is _Class.NOUN:
        return context.plural or mostly_verb
    if before is _Class.OTHER:  # "to walk", "is cut", "it stands"
        return mostly_verb or _closed().get(following) is _Class.DETERMINER
    if before is _Class.CONJUNCTION:
        return context.verb_before and (mostly_verb or _closed().get(following) is _Class.DETERMINER)
    return False


def _advance(context: _Context, kind: _Class, word: str) -> _Context:
    if kind is _Class.DETERMINER:
        return _Context(kind, singular=word in _words("singular determiners"))
    if kind is _Class.NOUN:
        plural = singular(word) != word or word in {"people", "sheep", "cattle"}
        return _Context(kind, context.singular, plural)
    if kind is _Class.ADJECTIVE:
        return _Context(kind, context.singular)
    after_verb = kind is _Class.CONJUNCTION and context.previous is _Class.VERB
    return _Context(kind, verb_before=after_verb)
