"""Make resources/lexicon/nouns.txt.gz, the noun lexicon of blipdesk/engine/keywords.py, from WordNet 3.0.

    python packaging/lexicon/build.py /usr/share/wordnet resources/lexicon/nouns.txt.gz

The folder is that of Debian's package wordnet-base (any WordNet 3.x ``dict`` folder works).  The same
input gives the same bytes.  One line a lemma: ``lemma<TAB>flags``; an irregular plural:
``plural<TAB>=singular``.

Flags: C concrete (a thing that can be in a picture) or A abstract; V when the word is a verb more often, B
when it is a verb too; J when it is an adjective more often.  A word that is no noun: v verb, j adjective.
"""

from __future__ import annotations

import gzip
import sys
from collections import defaultdict
from pathlib import Path

# Lexicographer files (lexnames(5WN)) of what a camera sees: animal, artifact, body, food, object, person,
# phenomenon, plant, shape, substance; places and groups ("crowd", "herd") count too.
CONCRETE = {"05", "06", "08", "13", "14", "15", "17", "18", "19", "20", "25", "27"}
PROPER_KEPT = {"05", "06", "13", "20"}
"""Files whose capitalised lemmas stay (Frisbee, Dalmatian); people and places by name are left out."""


def read_counts(folder: Path) -> dict[str, dict[str, int]]:
    """How often each lemma was tagged as noun (n), verb (v), adjective (j), adverb (r)."""
    totals: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in (folder / "cntlist.rev").read_text("ascii").splitlines():
        key, _, count = line.split()
        lemma, rest = key.split("%")
        totals[lemma]["nvjrj"[int(rest[0]) - 1]] += int(count)
    return totals


def read_nouns(folder: Path) -> dict[str, list[str]]:
    """Lexicographer files of each noun lemma's senses, the most used sense first."""
    files: dict[str, str] = {}
    proper: set[tuple[str, str]] = set()
    for line in (folder / "data.noun").read_text("latin-1").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split("|")[0].split()
        offset, file, count = fields[0], fields[1], int(fields[3], 16)
        files[offset] = file
        words = [fields[4 + 2 * i] for i in range(count)]
        proper |= {(offset, word.lower()) for word in words if word[0].isupper() and file not in PROPER_KEPT}
    lemmas: dict[str, list[str]] = {}
    for line in (folder / "index.noun").read_text("latin-1").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split()
        kept = [files[o] for o in fields[-int(fields[2]) :] if (o, fields[0]) not in proper]
        if kept:
            lemmas[fields[0]] = kept
    return lemmas


def read_lemmas(path: Path) -> set[str]:
    """All lemmas of one part of speech."""
    lines = path.read_text("latin-1").splitlines()
    return {line.split(" ", 1)[0] for line in lines if not line.startswith(" ")}


def build(folder: Path) -> list[str]:
    """The lines of the lexicon, sorted."""
    totals = read_counts(folder)
    nouns = read_nouns(folder)
    verbs, adjectives = read_lemmas(folder / "index.verb"), read_lemmas(folder / "index.adj")
    lexicon: dict[str, str] = {}
    for lemma in (verbs | adjectives) - nouns.keys():
        if lemma.isalpha() and len(lemma) > 2:
            lexicon[lemma] = "v" if lemma in verbs else "j"
    for lemma, files in nouns.items():
        parts = lemma.split("_")
        if len(lemma) > 1 and len(parts) <= 3 and all(is_word(part) for part in parts):
            flags = noun_flags(lemma, files, totals.get(lemma, {}), lemma in verbs, lemma in adjectives)
            if len(parts) == 1 or files[0] in CONCRETE:
                lexicon[" ".join(parts)] = flags if len(parts) == 1 else flags[0]
    for line in (folder / "noun.exc").read_text("latin-1").splitlines():
        plural, *singulars = line.split()
        if plural.isalpha() and singulars and singulars[0] in nouns and plural != singulars[0]:
            lexicon[plural] = f"={singulars[0]}"
    return [f"{word}\t{flags}" for word, flags in sorted(lexicon.items())]


def is_word(part: str) -> bool:
    """Letters, with inner hyphens and apostrophes."""
    return part.replace("-", "").replace("'", "").isalpha()


def noun_flags(lemma: str, files: list[str], counts: dict[str, int], verb: bool, adjective: bool) -> str:
    """The flags of one noun (see the head of this file)."""
    concrete = files[0] in CONCRETE or (len(files) > 1 and files[1] in CONCRETE - {"15", "19"})
    tagged = counts.get("n", 0) + 1
    flags = "C" if concrete else "A"
    if verb:
        flags += "V" if counts.get("v", 0) >= 2 * tagged else "B"
    if adjective and counts.get("j", 0) >= tagged:
        flags += "J"
    return flags


if __name__ == "__main__":
    text = "\n".join(build(Path(sys.argv[1]))) + "\n"
    Path(sys.argv[2]).write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(text.splitlines())} lines, {Path(sys.argv[2]).stat().st_size} bytes")
