"""Train resources/meaning/adapter.safetensors, which fits the sentence model to captions and their queries.

    python packaging/meaning/train.py captions.jsonl --out resources/meaning      # ten minutes, one core
    python packaging/meaning/train.py captions.jsonl --out build/even --rows even # to measure on the odd rows

``captions.jsonl`` has a picture a line: ``source``, ``captions`` (five by people) and, where ``source`` is
coco_karpathy_test, ``blip_l_beam``, ``blip_l_nucleus`` and ``blip2_opt27b`` by models.  Only pictures of COCO
are looked at (``source`` starts with coco_; CC BY 4.0).  What the sentence model makes of the texts (five
minutes) is kept in ``build/meaning``; it is the same for all rows.

A linear map of four vectors of a sentence to one (blipdesk/engine/sentence_adapter.py), from the identity on
the first of them, by InfoNCE over all pictures at once: a person's caption has to find another caption of its
picture (by a model, where there is one) among those of all, and the other way round; one, two or three words
out of a picture's captions have to find the pictures whose captions have them.  Equal captions are no
negatives of each other.  The numbers of word pieces come from coco_val2017 alone, so that the features of a
text are the same whatever rows are trained on.

What was tried besides, on rows not trained on: a map of the model's own mean alone (recall@10 .722 instead
of .733, over all five captions as queries), LoRA of rank 16 on the last three layers (.711: 3,450 pictures
are too few), distillation from the mean of a picture's five captions, dropout, maps of the other layers'
means, the nearest of many captions mixed into a query or a caption: no better.  A map of their own for
queries gains .0025 (standard error .0016), which is not worth a second map.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tokenizers import Tokenizer

from blipdesk.domain.sentences import sentence_of
from blipdesk.domain.words import STOP_WORDS, words_of
from blipdesk.engine.sentence_files import WeightsFile, find_sentence_files
from blipdesk.engine.sentence_model import MEANS, SentenceModel, unit_length

MODELS = ("blip_l_beam", "blip_l_nucleus", "blip2_opt27b")
PIECES = 30522
WIDTH = 384
REFERENCES = 4096
STEPS, BATCH, RATE, TEMPERATURE = 200, 384, 4e-4, 0.07
TOPICS = ((1, 2), (2, 2), (2, 1), (3, 1))
"""Queries of a few words for each picture: how many words, and how many people must have used each."""
TOPIC_WEIGHT = 1.0


@dataclass
class Pictures:
    """Texts by number: each picture's captions by people and by models, and its topic queries."""

    texts: list[str]
    people: np.ndarray
    models: np.ndarray
    """-1 where there is none."""
    topics: np.ndarray
    fitting: list[np.ndarray]
    """For each topic query (in the order of ``topics``) the pictures whose captions have its words."""


def read_rows(file: Path, which: str) -> tuple[list[dict], int]:
    """The rows to train on, those of coco_val2017 last, and how many those are."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    tested = [row for row in rows if row["source"] == "coco_karpathy_test"]
    others = [row for row in rows if row["source"] == "coco_val2017"]
    part = {"all": slice(None), "even": slice(0, None, 2), "odd": slice(1, None, 2)}[which]
    return [*tested[part], *others], len(others)


def telling_words(captions: list[str], people: int) -> list[str]:
    """The words that so many of the captions have, without those that tell nothing."""
    counts = Counter(
        word
        for caption in captions
        for word in {match.group().lower() for match in words_of(caption)}
        if word not in STOP_WORDS and len(word) > 2
    )
    return sorted(word for word, count in counts.items() if count >= people)


def gather(rows: list[dict], seed: int) -> Pictures:
    """Number the texts of the pictures, and draw topic queries."""
    from snowballstemmer import stemmer

    stem = stemmer("porter").stemWord
    numbers: dict[str, int] = {}

    def number(text: str) -> int:
        return numbers.setdefault(sentence_of(text), len(numbers))

    having: dict[str, set[int]] = defaultdict(set)
    for place, row in enumerate(rows):
        for word in telling_words(row["captions"], 1):
            having[stem(word)].add(place)
    people, models, topics, fitting = [], [], [], []
    for row in rows:
        captions = (row["captions"] * 5)[:5]
        people.append([number(caption) for caption in captions])
        models.append([number(row[name]) if name in row else -1 for name in MODELS])
        asked = []
        draw = random.Random(f"{seed} {row['id']}")  # the same whatever other rows there are
        for count, least in TOPICS:
            words = telling_words(captions, least) or telling_words(captions, 1)
            chosen = draw.sample(words, min(count, len(words)))
            asked.append(number(" ".join(chosen)))
            fitting.append(np.array(sorted(set.intersection(*(having[stem(word)] for word in chosen)))))
        topics.append(asked)
    return Pictures(list(numbers), np.array(people), np.array(models), np.array(topics), fitting)


def word_weights(pieces: list[list[int]]) -> np.ndarray:
    """How much each word piece tells: the logarithm of how rare it is."""
    having = np.zeros(PIECES)
    for sentence in pieces:
        having[np.unique(sentence)] += 1
    weights = np.log(1 + len(pieces) / (having + 1))
    weights[having == len(pieces)] = 0.3  # those that begin and end a sentence
    return weights.astype(np.float16)


class Reader:
    """The features of texts, kept in a file for the next training."""

    def __init__(self, folder: Path, weights: np.ndarray, tokenizer: Tokenizer) -> None:
        key = hashlib.sha256(weights.tobytes()).hexdigest()[:12]
        self._file = folder / f"features-{key}.npz"
        self._known: dict[str, np.ndarray] = {}
        if self._file.is_file():
            with np.load(self._file) as kept:
                self._known = dict(zip(kept["texts"].tolist(), kept["features"], strict=True))
        self._model = SentenceModel(WeightsFile(find_sentence_files().weights), weights.astype(np.float32))
        self._tokenizer = tokenizer

    def features(self, texts: list[str]) -> np.ndarray:
        """float16 ``[len(texts), MEANS * WIDTH]``."""
        new = sorted(set(texts) - self._known.keys())
        for start in range(0, len(new), 2000):
            page = new[start : start + 2000]
            pieces = [self._tokenizer.encode(text).ids for text in page]
            found = self._model.features(pieces).astype(np.float16).reshape(len(page), MEANS * WIDTH)
            self._known.update(zip(page, found, strict=True))
            print(f"{start + len(page)} of {len(new)} texts read", flush=True)
        if new:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            known = list(self._known)
            np.savez(self._file, texts=np.array(known), features=np.stack([self._known[t] for t in known]))
        return np.stack([self._known[text] for text in texts])


def fit(pictures: Pictures, features: np.ndarray, seed: int) -> np.ndarray:
    """The map, float32 ``[WIDTH, MEANS * WIDTH]``."""
    import torch
    from torch.nn import functional

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    draw = np.random.default_rng(seed)
    inputs = torch.from_numpy(features.astype(np.float32))
    start = torch.zeros(WIDTH, MEANS * WIDTH)
    start[:, :WIDTH] = torch.eye(WIDTH)
    matrix = torch.nn.Parameter(start)
    optimizer = torch.optim.AdamW([matrix], lr=RATE, weight_decay=0.0)
    count = len(pictures.people)
    everyone = np.arange(count)
    for step in range(STEPS):
        optimizer.param_groups[0]["lr"] = RATE * min(1, (step + 1) / 20) * (1 - step / STEPS)
        asking = draw.integers(0, 5, count)
        queries = pictures.people[everyone, asking]
        by_people = pictures.people[everyone, (asking + draw.integers(1, 5, count)) % 5]
        by_models = pictures.models[everyone, draw.integers(0, len(MODELS), count)]
        captions = np.where(by_models >= 0, by_models, by_people)
        chosen = draw.choice(count, min(BATCH, count), replace=False)
        right = torch.from_numpy(chosen)
        mapped = functional.normalize(inputs[captions] @ matrix.T, dim=1)
        asked = functional.normalize(inputs[queries] @ matrix.T, dim=1)
        same = torch.from_numpy(captions[chosen][:, None] == captions[None, :])
        same[torch.arange(len(chosen)), right] = False
        loss = torch.zeros(())
        for one, others in ((asked, mapped), (mapped, asked)):
            cosines = (one[right] @ others.T).masked_fill(same, -9)
            loss = loss + functional.cross_entropy(cosines / TEMPERATURE, right) / 2
        few = draw.choice(count, min(BATCH // 2, count), replace=False)
        which = draw.integers(0, len(TOPICS), len(few))
        wanted = torch.zeros(len(few), count)
        for row, (picture, topic) in enumerate(zip(few, which, strict=True)):
            fitting = pictures.fitting[picture * len(TOPICS) + topic]
            wanted[row, torch.from_numpy(fitting)] = 1 / len(fitting)
        short = functional.normalize(inputs[pictures.topics[few, which]] @ matrix.T, dim=1)
        found = functional.log_softmax(short @ mapped.T / TEMPERATURE, dim=1)
        loss = loss - TOPIC_WEIGHT * (wanted * found).sum(1).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 25 == 24:
            print(f"step {step + 1}: loss {loss.item():.3f}", flush=True)
    return matrix.detach().numpy()


def make_room(matrix: np.ndarray, features: np.ndarray) -> np.ndarray:
    """The map without the one direction of its results that says least, turned to be the last number.

    Turned by a reflection (Householder), which keeps the other numbers alike in size, as signs need it.
    """
    mapped = unit_length(features.astype(np.float32) @ matrix.T)
    least = np.linalg.svd(mapped.T @ mapped)[0][:, -1]
    least *= -np.sign(least[-1])
    normal = least - np.eye(WIDTH)[-1]
    reflection = np.eye(WIDTH) - 2 * np.outer(normal, normal) / (normal @ normal)
    return (reflection @ matrix)[:-1].astype(np.float16)


def main() -> None:
    """Train, and write the adapter with its digest."""
    from safetensors.numpy import save_file

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("captions", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rows", choices=("all", "even", "odd"), default="all")
    parser.add_argument("--features", type=Path, default=Path("build/meaning"))
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    rows, untested = read_rows(arguments.captions, arguments.rows)
    tokenizer = Tokenizer.from_file(str(find_sentence_files().tokenizer))
    tokenizer.no_padding()
    tokenizer.enable_truncation(128)
    aside = [sentence_of(text) for row in rows[-untested:] for text in row["captions"]]
    weights = word_weights([tokenizer.encode(text).ids for text in aside])
    pictures = gather(rows, arguments.seed)
    reader = Reader(arguments.features, weights, tokenizer)
    features = reader.features(pictures.texts)
    said = np.unique(np.concatenate([pictures.people.ravel(), pictures.models[pictures.models >= 0]]))
    matrix = make_room(fit(pictures, features, arguments.seed), features[said])

    def mapped(texts: np.ndarray) -> np.ndarray:
        return unit_length(texts.astype(np.float32) @ matrix.T.astype(np.float32))

    references = random.Random(arguments.seed).sample(np.unique(pictures.people).tolist(), REFERENCES)
    rounded = mapped(features[references])
    rounded = np.rint(rounded * (127 / np.abs(rounded).max(axis=1, keepdims=True))).astype(np.int8)
    cosines = mapped(features[said]) @ unit_length(rounded.astype(np.float32)).T
    usual = np.mean(0.1 * np.log(np.exp(cosines / 0.1).mean(axis=1)))
    arguments.out.mkdir(parents=True, exist_ok=True)
    file = arguments.out / "adapter.safetensors"
    tensors = {
        "map": matrix,
        "references": rounded,
        "usual_nearness": np.array([usual], np.float32),
        "word_weights": weights,
    }
    save_file(tensors, file)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    (arguments.out / "SHA256SUMS").write_text(f"{digest}  {file.name}\n", "utf-8")
    print(f"{len(rows)} pictures, {file.stat().st_size} bytes, sha256 {digest}")


if __name__ == "__main__":
    main()
