"""Make resources/lexicon/words.txt.gz, the words that spelling leaves alone, from WordNet 3.0.

    python packaging/lexicon/build_words.py /usr/share/wordnet resources/lexicon

The folder is that of Debian's package wordnet-base (any WordNet 3.x ``dict`` folder works).  The same
input gives the same bytes.  One line a word, ``word<TAB>flags``, sorted: n, v and a stand where it is a noun,
a verb, an adjective, so that its regular inflections (dogs, barking, smaller) are words too; those are made
by blipdesk/catalog/index/dictionary.py.  Without flags: adverbs, names, irregular forms (ran, mice, stopped),
the parts of compounds (los, angeles), and the words of resources/lexicon/more_words.txt: those that WordNet
leaves out by design (pronouns, prepositions ...) and those younger than it.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import defaultdict
from pathlib import Path

from build import read_lemmas

INFLECTED = {"noun": "n", "verb": "v", "adj": "a", "adv": ""}
WORD = re.compile("[a-z]{2,}")


def build(folder: Path, more: Path) -> list[str]:
    """The lines of the list, sorted."""
    flags: dict[str, set[str]] = defaultdict(set)
    for part_of_speech, flag in INFLECTED.items():
        for lemma in read_lemmas(folder / f"index.{part_of_speech}"):
            if WORD.fullmatch(lemma):
                flags[lemma].add(flag)
            for word in WORD.findall(lemma):
                flags[word].add("")
        for line in (folder / f"{part_of_speech}.exc").read_text("latin-1").splitlines():
            for word in WORD.findall(line.split()[0]):
                flags[word].add("")
    for line in more.read_text("utf-8").splitlines():
        for word in [] if line.startswith("#") else line.split():
            flags[word].add("")
    return [f"{word}\t{''.join(sorted(found))}" for word, found in sorted(flags.items())]


if __name__ == "__main__":
    lexicon = Path(sys.argv[2])
    text = "\n".join(build(Path(sys.argv[1]), lexicon / "more_words.txt")) + "\n"
    (lexicon / "words.txt.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(text.splitlines())} lines, {(lexicon / 'words.txt.gz').stat().st_size} bytes")
