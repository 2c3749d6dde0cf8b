"""Caption cleaning and the test for degenerate text.

Pure functions over strings; used after every generation and by tests over real captions.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# BLIP-large, fine-tuned on noisy web pairs, invented a word: "arafed", "araffe", "arafe", "arafted",
# "arraffed", "araafed"... and its plural.  No English word starts so (a giraffe does not).
_ARTEFACT = r"arr?aa?f+(?:t?eds?|es?|ing|s)?(?:ly)?"
# A determiner before the artefact stays, so that "two arafed dogs" stays two dogs.
_ARTEFACT_PHRASE = re.compile(
    rf"\b(?:(?P<det>an?)\s+)?{_ARTEFACT}\b(?P<rest>\s+(?P<next>[\w'-]+))?", re.IGNORECASE
)

_SPECIAL = re.compile(
    r"\[(?:unused\d+|UNK|PAD|CLS|SEP|MASK|DEC|ENC|BOS|EOS)\]|</?s>|<unk>|<pad>", re.IGNORECASE
)
_WORD_PIECE = re.compile(r"\s*##(?=\w)")

_SUBJECT = r"(?:photographic\s+)?(?:image|picture|photo|photograph)"
_LEAD = re.compile(
    rf"^(?:(?:this|it|here)\s+is\s+|there\s+is\s+)?(?:(?:an?|the)\s+)?{_SUBJECT}\s+(?:of|showing)\s+(?=\w)"
    rf"|^(?:the|this)\s+{_SUBJECT}\s+shows\s+(?=\w)",
    re.IGNORECASE,
)
# "there is no parking sign" and "there are not many" say something; "there is a" says nothing.
_THERE = re.compile(
    r"^there(?:\s+is|\s+are|'s|\s+'s)\s+(?!no\b|not\b|only\b|also\b|n't\b)(?=\w)", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"^((?:(?!\b(?:and|with|that|which|who)\b)[^,.;])*?)\s+(?:that|who)\s+(?:is|are)\s+(?=\w{2,}ing\b)"
)

_FUNCTION_WORDS = _set(
    """
    a an and are as at by for from has have in is it its near of on or over that the their this to
    under was were with
    """
)
_DANGLING = _set(
    """
    a an and as between into its near of or the their this to with along featuring containing
    """
)
# Cut as well once an article behind them went ("a statue of a man on a"); alone they may be meant
# ("with headphones on").
_BEFORE_ARTICLE = _DANGLING | _set(
    """
    above across around at behind beside by for from in inside on over under
    """
)
_REDUPLICATED = _set(
    """
    aye boo bora bye can cha chi choo chop coo cous dum fifty go goody ha had hubba hula kai knock
    mahi murder my night no paw pee pom poo pooh putt so tap tom tsk tuk tut walla wee wing yo yum
    """
)
_TOKEN = re.compile(r"[\w'’-]+|[^\w\s]")
_MAX_PHRASE = 8


def encodable(text: str) -> str:
    """``text`` with lone surrogates (bytes of a path or an argument that are no UTF-8) as question marks.

    A prompt or question may hold them; tokenizers take valid Unicode only.
    """
    return text.encode("utf-8", "replace").decode()


def clean_caption(raw: str) -> str:
    """The caption as it is stored: artefact words, empty openings, repetitions and odd spacing removed.

    Takes away what says nothing about the photo and keeps everything else, word for word.  Cleaning a
    clean caption changes nothing.

    Args:
        raw: the decoded text of the model.

    Returns:
        One line of text; empty when nothing usable was in it.
    """
    text = raw
    for _ in range(4):  # one removal can lay another bare; real captions settle in one or two rounds
        cleaned = _clean_once(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def _clean_once(text: str) -> str:
    text = _WORD_PIECE.sub("", _SPECIAL.sub(" ", text))
    text = "".join(char if char.isprintable() else " " for char in _CUT_OFF.sub("", text.rstrip()))
    # BLIP's training texts lost their commas and kept the two spaces: "a toilet  toilet paper" repeats
    # nothing.
    text = re.sub(r"\b([^\W\d_]{3,}(?: [^\W\d_]+){0,2})  +(?=\1\b)", r"\1, ", text)
    text = re.sub(r"\s+", " ", text).strip()
    text = _ARTEFACT_PHRASE.sub(_replace_artefact, text)
    text = _drop_repetitions(_fix_spacing(text))  # "there is a dog there is a dog", as long as it repeats
    text = _LEAD.sub("", text)
    opened = _THERE.sub("", text)
    if opened != text:
        text = _RELATIVE.sub(r"\1 ", opened)
    text = _drop_repetitions(text)
    return _drop_dangling(text)


def _replace_artefact(match: re.Match[str]) -> str:
    """The artefact stands for an article and adjective ("arafed dog") or for the noun ("araffe in")."""
    rest = match["rest"] or ""
    following = (match["next"] or "").lower()
    before = match.string[: match.start()].rstrip()
    if not following or following in _FUNCTION_WORDS or following.endswith("ing") or following in _NOUNLESS:
        return "something" + rest
    if match["det"] or not before:
        if following in {"a", "an", "the"} or _looks_plural(following):
            return rest.strip()
        return ("an" if following[0] in "aeiou" else "a") + rest
    return rest.strip()


_NOUNLESS = _set(
    """
    sits stands lays lies next up down out off behind above below beside inside outside through
    """
)


def _looks_plural(word: str) -> bool:
    return word in {"people", "men", "women", "children", "sheep"} or (
        word.endswith("s") and not word.endswith(("ss", "us", "is"))
    )


def _fix_spacing(text: str) -> str:
    """Undo the tokenizer's spaces around punctuation and inside contractions."""
    text = re.sub(r"\s+([,.;:!?%)\]])", r"\1", text)
    text = re.sub(r"([(\[$#])\s+", r"\1", text)
    text = re.sub(r"(\w)\s*'\s*(s|t|re|ve|ll|d|m)\b(?!')", r"\1'\2", text)
    text = re.sub(r"(?<=\w)\s+-\s+(?=\w)", "-", text)
    text = re.sub(r"([,;:!?])\1+", r"\1", text)
    text = re.sub(r"\.(?:\s*\.)+$", "", text)
    return text.strip(" ,;:-–—\"'`*_|/\\")


def _drop_repetitions(text: str) -> str:
    """Keep one of words or phrases (up to eight words) that directly repeat themselves."""
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    keep = list(range(len(tokens)))
    words = [token[0].lower() for token in tokens]
    changed = True
    while changed:
        changed = False
        for size in range(1, _MAX_PHRASE + 1):
            start = 0
            while start + 2 * size <= len(keep):
                phrase = [words[i] for i in keep[start : start + size]]
                end = start + size
                comma = words[keep[end]] == "," and "," not in phrase and _is_repetition(phrase)
                second = end + 1 if comma and size > 1 else end
                if phrase == [words[i] for i in keep[second : second + size]] and _is_repetition(phrase):
                    del keep[end : second + size]
                    changed = True
                else:
                    start += 1
    if len(keep) == len(tokens):
        return text
    parts: list[str] = []
    for position, index in enumerate(keep):
        token, start, _ = tokens[index]
        glued = position > 0 and index > 0 and tokens[index - 1][2] == start
        parts.append(token if glued or not parts else f" {token}")
    return "".join(parts).strip(" ,;:")


def _is_repetition(phrase: list[str]) -> bool:
    if not any(word[0].isalnum() for word in phrase):
        return False
    if len(phrase) == 1:
        # "20 20" may be a licence plate; single letters are spelled names ("a a" is not).
        word = phrase[0]
        return word not in _REDUPLICATED and not word.isdigit() and (len(word) > 1 or word == "a")
    # "next to each other , each other" is; "1 , 1 , 1" may be a score.
    return (
        any(word.isalpha() and word not in _FUNCTION_WORDS for word in phrase) or phrase[0] in _FUNCTION_WORDS
    )


def _drop_dangling(text: str) -> str:
    """Cut a trailing article, preposition or conjunction that the length limit left hanging."""
    dangling = _DANGLING
    while words := text.rsplit(maxsplit=1):
        last = words[-1].lower().strip(",;:-")
        if last and last not in dangling:
            return text
        if last in {"a", "an", "the"}:
            dangling = _BEFORE_ARTICLE
        text = words[0].rstrip(" ,;:-") if len(words) == 2 else ""
    return ""


_SAYS_NOTHING = _set(
    """
    image photo photograph picture something there
    one two three four five six seven eight nine ten
    """
)


def is_degenerate(text: str) -> bool:
    """True for text that is no caption: empty, noise, repetition without end, a refusal.

    Args:
        text: a raw or a cleaned caption; cleaning shortens repetition, so that the raw one is asked too.
    """
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)?", text.lower())
    letters = sum(map(_is_letter, text))
    if not words or (letters < 2 and not _IDEOGRAPH.search(text)):
        return True
    content = [word for word in words if word not in _FUNCTION_WORDS and word not in _SAYS_NOTHING]
    if not content or _NO_IMAGE.search(text) or _repeats_without_end(words):
        return True
    read = letters + sum(map(str.isdigit, text))
    return read < 0.5 * sum(not char.isspace() for char in text) or _is_noise(text)


def is_senseless_answer(text: str) -> bool:
    """True for words that answer no question: empty, noise, or the same again and again.

    An answer may be a number, a letter or one word, where a caption may not.

    >>> is_senseless_answer("2"), is_senseless_answer("yes yes"), is_senseless_answer("there are two")
    (False, False, False)
    >>> is_senseless_answer("house " * 20), is_senseless_answer("..."), is_senseless_answer("the the the")
    (True, True, True)
    """
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)?", text.lower())
    if not words:
        return True
    if _FUNCTION_WORDS.issuperset(words) and len(words) > min(3, len(set(words))):
        return True
    runs = (len(list(run)) for word, run in groupby(words) if not word.isdigit())
    return max(runs, default=0) > _WORD_IN_A_ROW or _repeats_without_end(words) or _is_noise(text)


_NO_IMAGE = re.compile(r"^(?:there is )?no (?:image|picture|photo|caption)\b", re.IGNORECASE)
_IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD_IN_A_ROW = 3
"""How often an answer may say a word in a row: "no no no"."""
_LONGEST_WORD = 40
_RUN = re.compile(r"(\S)\1{7,}|(\S{2,6}?)\2{7,}")
_CUT_OFF = re.compile("\ufffd{1,3}$")
"""The bytes of a character that the length limit cut in two."""
_ODD = frozenset("=~|\\{}<>^`_*")
"""ASCII signs that captions have now and then ("e=mc2"), and noise all over."""
_MOST_ODD, _MOST_TORN = 0.12, (0.3, 0.2)
"""Odd signs by the number of all; torn places by that of words, where there are two and where more."""
_LINK = re.compile(r"www\.|://|@\w+\.\w")
_TORN = re.compile(
    r"[^\W\d_][=~|\\{}\[\]<>^`_*;:!?%\"$#@+]+[^\W\d_]"  # signs that stand at the edges of words elsewhere
    r"|[a-z][A-Z](?![a-z])|(?:[^\W\d_]*[a-z][A-Z]){3}"  # capitals within: "whatTQ", not "YouTube"
    r"|([^\W\d_]|[@=+&$#%~^`\\])\1\1"
)


def _is_letter(char: str) -> bool:
    """Of any script, with the vowel signs that some write as marks."""
    return char.isalpha() or unicodedata.category(char)[0] == "M"


def _repeats_without_end(words: list[str]) -> bool:
    return len(words) >= 8 and len(set(words)) / len(words) < 0.34


def _is_noise(text: str) -> bool:
    """Whether characters, not words, were drawn: such as by a language model whose weights are wrong.

    Any script is fine, and so are the signs that people write: "50% OFF!!!", "c++", "AT&T", emoji.
    """
    text = _CUT_OFF.sub("", _SPECIAL.sub(" ", text).strip())
    if "\ufffd" in text or _RUN.search(text):
        return True
    if any(len(word) > _LONGEST_WORD for word in re.findall(r"[A-Za-z\u00c0-\u052f\d]+", text)):
        return True  # of scripts that part their words; others write whole sentences without a space
    words = text.split()
    signs = [char for char in text if not char.isspace()]
    odd = sum(char in _ODD or unicodedata.category(char) in {"Cc", "Co", "Cn", "Cs"} for char in signs)
    places = (len(list(_TORN.finditer(word))) for word in words if not _LINK.search(word))
    torn = sum(min(count, 3) for count in places)
    most = _MOST_TORN[torn > 2] * len(words)
    return (odd > 2 and odd > _MOST_ODD * len(signs)) or (torn > 1 and torn > most)
