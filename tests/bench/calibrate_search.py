"""Calibrate blipdesk/catalog/index/ranking.py on the shared captions: its weights, and its cuts.

    python tests/bench/calibrate_search.py --halves build/meaning

Each adapter (see search_quality.py) is asked for the rows that it was not trained on, so everything is
measured twice, on rows that have nothing to do with each other: what is chosen on one half has to hold on the
other.  Prints, for both halves:

- recall@10 of the described photo (one caption; three) and precision@10 of topics of one, two and three
  words, for some weights of the words beside the meaning, and some powers by which that of BM25 shrinks in
  queries of more than three words;
- for some cuts: how much of what is sure by it alone, not by having all the words, fits topics of one, two
  and three words and how many that are, how often the described photo is sure and how many others are, and
  the highest score of queries that nothing fits.

A cut is right where a quarter of those have all the words of a topic in what five people said of them (many
others fit in other words), no off-topic query has a sure one, and five of six described photos are sure.
"""

from __future__ import annotations

import argparse
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
from search_lab import MODELS, OFF_TOPIC, Library, found_among, precision, read_rows, tested, topics

from blipdesk.catalog.index import ranking
from blipdesk.catalog.index.ranking import Evidence, score
from blipdesk.engine.sentences import SentenceEncoder

WEIGHTS = ((0.1, 1), (0.2, 1), (0.3, 0), (0.3, 1), (0.3, 2), (0.3, 6), (0.4, 2), (0.5, 2))
"""Of BM25 where that of the meaning is 0.6, and the power."""
CUTS = (0.16, 0.18, 0.2, 0.22, 0.25, 0.28, 0.3, 0.32, 0.34, 0.36, 0.38, 0.4, 0.42)
CUTS_BY_WORDS = (0.3, 0.4, 0.5, 0.6)
EVERY = 2
"""Of the described photos, one in so many is looked for."""
TOPICS = 200


class Half:
    """Everything that is known of one half's queries."""

    def __init__(self, library: Library, asked: list[int], rows: list[dict]) -> None:
        self.described = [(row, library.evidence(rows[row]["captions"][1])) for row in asked[::EVERY]]
        own = [rows[row] for row in asked]
        self.topics = {}
        for words, least in ((1, 10), (2, 10), (3, 5)):
            self.topics[words] = [
                (library.evidence(topic.query), _among(topic.fitting, asked, len(rows)))
                for topic in topics(own, words, least // 2, TOPICS, words)
            ]
        self.off_topic = [library.evidence(query) for query in OFF_TOPIC]


def _among(fitting: np.ndarray, asked: list[int], count: int) -> np.ndarray:
    """The same for all rows: those of the other half are not looked at."""
    out = np.zeros(count, bool)
    out[np.array(asked)[fitting]] = True
    return out


def print_weights(halves: list[Half], asked: list[np.ndarray]) -> None:
    """What the weights do to the order."""
    kept = ranking._WORDS, ranking._SHRINKING
    for words, power in WEIGHTS:
        ranking._WORDS, ranking._SHRINKING = words, power
        figures = []
        for half, own in zip(halves, asked, strict=True):
            found = np.mean([found_among(score(evidence), row) for row, evidence in half.described], axis=0)
            short = [
                np.mean([precision(score(evidence)[own], fitting[own]) for evidence, fitting in some])
                for some in half.topics.values()
            ]
            figures.append(" ".join(f"{figure:.3f}" for figure in (*found, *short)))
        print(f"  words {words} power {power}: {' | '.join(figures)}")
    ranking._WORDS, ranking._SHRINKING = kept


def print_cuts(halves: list[Half], asked: list[np.ndarray], *, by_words: bool) -> None:
    """What lies before a cut."""

    def scored(evidence: Evidence) -> np.ndarray:
        return score(replace(evidence, cosine=None) if by_words else evidence)

    for cut in CUTS_BY_WORDS if by_words else CUTS:
        figures = []
        for half, own in zip(halves, asked, strict=True):
            told = []
            for words, asked_for in half.topics.items():
                right = sure = 0
                for evidence, fitting in asked_for:
                    kept = ((scored(evidence) >= cut) & ~evidence.complete)[own]
                    sure += int(np.count_nonzero(kept))
                    right += int(np.count_nonzero(kept & fitting[own]))
                told.append(f"{words}: {right / max(1, sure):.2f} of {sure / len(asked_for):.1f}")
            found = [(row, scored(evidence) >= cut) for row, evidence in half.described]
            described = np.mean([(kept[row], np.count_nonzero(kept)) for row, kept in found], axis=0)
            off = max(float(scored(evidence).max()) for evidence in half.off_topic)
            figures.append(
                f"{', '.join(told)}, described {described[0]:.2f} of {described[1]:.0f}, off {off:.2f}"
            )
        print(f"  cut {cut}: {' | '.join(figures)}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--halves", type=Path, required=True)
    folder = parser.parse_args().halves
    rows = tested(read_rows())
    for title, names in (("one caption", MODELS[:1]), ("three captions", MODELS)):
        halves, asked = [], [list(range(1, len(rows), 2)), list(range(0, len(rows), 2))]
        for trained_on, own in zip(("even", "odd"), asked, strict=True):
            encoder = SentenceEncoder(adapter=folder / trained_on / "adapter.safetensors")
            captions = [[row[name] for name in names] for row in rows]
            with (
                tempfile.TemporaryDirectory() as temporary,
                closing(Library(Path(temporary) / "catalog", captions, encoder)) as library,
            ):
                halves.append(Half(library, own, rows))
        own = [np.array(each) for each in asked]
        print(f"{title}: odd rows | even rows")
        print_weights(halves, own)
        print_cuts(halves, own, by_words=False)
        print(" by words alone")
        print_cuts(halves, own, by_words=True)


if __name__ == "__main__":
    main()
