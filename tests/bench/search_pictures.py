"""What the vectors of pictures add to search, on scenes that the demo models' renderer draws.

    python tests/bench/search_pictures.py [--scenes 2000] [--queries 400]

There is no ITC checkpoint for photos in the repository, so the demo retriever looks at scenes that it was not
trained on.  Their captions are poor on purpose, as those of photos are: ``other words`` names every thing,
but by other words than the query, without colours and numbers; ``half`` is true of the first things alone;
``whole`` is the scene's own sentence, which words find anyway.  A query is a scene's own sentence, and
recall@10 is of that scene (of photos with equal scores the newest counts); a topic is a thing or a coloured
thing, and precision@10 of the scenes that have it.  What none of them shows is to find nothing: how many
photos are called sure, and shown at all.  Then photos like a photo: how many things, colours and places of
the ten nearest are also the photo's, by captions and by pictures.

Last, a library of pictures that the demo retriever knows nothing of: coloured cards with a line of text, with
the shared captions of photos.  How many are called sure must be the same with pictures and without.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageDraw
from search_lab import CAPTIONS as SHARED
from search_lab import OFF_TOPIC, read_rows

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))

from demo_models.measure import fresh_scenes, see
from demo_models.measure_retriever import load_matcher
from demo_models.scenes import BACKGROUNDS, COLOURS, KINDS, Group, Scene, article, join

from blipdesk.catalog import Catalog
from blipdesk.domain.jobs import ReadPicture, TextEmbedding
from blipdesk.domain.resources import find_resources
from blipdesk.domain.search import SearchRequest
from blipdesk.domain.values import LibraryView, SortOrder
from blipdesk.engine import create_queries
from blipdesk.services.meaning import QueryReader
from blipdesk.services.searching import SearchService

MODEL = "demo-retriever@bench/retrieval"
PART = 200
OTHER_WORDS = {
    "apple": "fruit", "ball": "a toy to throw", "balloon": "party decoration", "boat": "a vessel",
    "butterfly": "an insect", "car": "a vehicle", "cat": "a kitten", "cup": "a mug", "duck": "a bird",
    "fish": "a swimming animal", "flower": "a blossom", "house": "a building", "kite": "a toy in the wind",
    "mushroom": "a fungus", "star": "a shape with five points", "umbrella": "a parasol",
}  # fmt: skip
OTHER_PLACES = {
    "beach": "by the sea", "desert": "among dunes", "meadow": "in the grass", "night": "in the dark",
    "room": "indoors", "snow": "in winter", "street": "in town", "table": "on a desk",
}  # fmt: skip


def in_other_words(scene: Scene) -> str:
    """A caption that names the things otherwise, and neither their colours nor how many they are."""
    return f"{join(OTHER_WORDS[group.kind] for group in scene.groups)} {OTHER_PLACES[scene.background]}"


def half(scene: Scene) -> str:
    """A caption of the first things alone."""
    return f"{scene.groups[0].phrase} {BACKGROUNDS[scene.background]}"


UNKNOWN = (
    "giraffe", "dog on the beach", "a red car", "birthday cake", "man riding a wave", "train", "pizza",
    "a kite", "cat", "aurora borealis",
)  # fmt: skip
"""Queries about photos of which a model knows nothing."""
CAPTIONS: dict[str, Callable[[Scene], str]] = {
    "other words": in_other_words,
    "half": half,
    "whole": lambda scene: scene.caption,
}


class Seen:
    """Pictures as the retrieval model sees them, and texts as it reads them."""

    def __init__(self) -> None:
        self._matcher = load_matcher(str(find_resources() / "models"))
        self.vectors: list[list[float]] = []
        self.said: list[str] = []
        """What is right to say of each."""
        self._texts: dict[str, tuple[float, ...]] = {}

    def look(self, pictures: Sequence[Image.Image], said: Sequence[str]) -> None:
        """Look at further pictures."""
        encoded = see(self._matcher, pictures)
        self.vectors += self._matcher.image_features(encoded).tolist()
        self.said += said

    def text(self, text: str) -> tuple[float, ...]:
        """A text's embedding."""
        if text not in self._texts:
            self._texts[text] = tuple(self._matcher.text_features([text])[0].tolist())
        return self._texts[text]

    def embed(self, text: str) -> Future[TextEmbedding]:
        """The same, as a search asks for it."""
        future: Future[TextEmbedding] = Future()
        future.set_result(TextEmbedding(MODEL, self.text(text)))
        return future


@contextmanager
def library(seen: Seen, captions: Sequence[str], reader: QueryReader) -> Iterator[Catalog]:
    """A catalog of the scenes with these captions, read by meaning and by picture; photo n is scene n - 1."""
    with tempfile.TemporaryDirectory() as folder:
        catalog = Catalog.open(Path(folder))
        records = [
            {"path": f"/photos/{number:06}.jpg", "caption": text} for number, text in enumerate(captions)
        ]
        catalog.import_records(records, lambda *_: None)
        looked_at = "UPDATE photo SET missing = 0, pixel_hash = printf('%064x', id)"
        catalog._database.write(lambda tx: tx.connection.exec_driver_sql(looked_at))
        while unread := catalog.vectors.unread(256):
            texts = {key: text for photo in unread for key, text in photo.sentences.items()}
            read = {key: reader.read(text) for key, text in texts.items()}
            assert catalog.vectors.keep([photo.photo_id for photo in unread], read)
        catalog.pictures.begin(MODEL, len(seen.vectors[0]))
        while unread := catalog.pictures.unread(256):
            pictures = [
                ReadPicture(photo.pixel_hash, tuple(seen.vectors[photo.photo_id - 1])) for photo in unread
            ]
            assert catalog.pictures.keep(MODEL, pictures)
            catalog.pictures.take_in([photo.photo_id for photo in unread])
        some = [photo_id for photo_id, _ in catalog.pictures.captioned()]
        catalog.pictures.measure(some, [seen.text(seen.said[photo_id - 1]) for photo_id in some])
        try:
            yield catalog
        finally:
            catalog.close()


def draw_scenes(seen: Seen, count: int) -> list[Scene]:
    """Scenes that the model was not trained on, and was shown now."""
    scenes: list[Scene] = []
    for first in range(0, count, PART):
        drawn = fresh_scenes(min(PART, count - first), first)
        scenes += [scene for scene, _, _ in drawn]
        seen.look([picture for _, picture, _ in drawn], [scene.caption for scene, _, _ in drawn])
    return scenes


def draw_cards(seen: Seen, captions: Sequence[str]) -> None:
    """A card of any colour for each caption, with some words of it."""
    rng = random.Random(7)
    for first in range(0, len(captions), PART):
        part = captions[first : first + PART]
        cards = []
        for text in part:
            colour = tuple(rng.randrange(256) for _ in range(3))
            card = Image.new("RGB", (400, 300), colour)
            ImageDraw.Draw(card).text((20, 120), text[:30], tuple(255 - one for one in colour), font_size=28)
            cards.append(card.resize((96, 96), Image.Resampling.BICUBIC))
        seen.look(cards, part)


def found(searching: SearchService, query: str, limit: int = 10) -> tuple[list[int], int]:
    """The scenes that a query finds, and how many of them are sure."""
    answer = searching.answer(SearchRequest(query, LibraryView(order=SortOrder.RELEVANCE), limit))
    return [photo_id - 1 for photo_id in answer.ids], answer.sure


def topics() -> list[tuple[str, Callable[[Group], bool]]]:
    """Things and coloured things."""
    plain = [(f"{article(kind)} {kind}", lambda group, kind=kind: group.kind == kind) for kind in KINDS]
    coloured = [
        (
            f"{article(colour)} {colour} {kind}",
            lambda group, kind=kind, colour=colour: (group.kind, group.colour) == (kind, colour),
        )
        for kind in KINDS
        for colour in list(COLOURS)[:3]
    ]
    return plain + coloured


def alike(one: Scene, other: Scene) -> float:
    """How much two scenes have in common, 0 to 1: things, things in their colours, the place."""

    def facts(scene: Scene) -> set[str]:
        things = {group.kind for group in scene.groups}
        return things | {f"{group.colour} {group.kind}" for group in scene.groups} | {scene.background}

    return len(facts(one) & facts(other)) / len(facts(one) | facts(other))


def measure(searching: SearchService, scenes: Sequence[Scene], chosen: Sequence[int]) -> str:
    """The figures of one library, one way."""
    at_ten = []
    for number in chosen:
        ids, _ = found(searching, scenes[number].caption)
        at_ten.append(number in ids)
    precisions = []
    for query, fits in topics():
        fitting = {number for number, scene in enumerate(scenes) if any(map(fits, scene.groups))}
        ids, _ = found(searching, query)
        precisions.append(len(fitting.intersection(ids)) / min(10, max(1, len(fitting))))
    off = [found(searching, query, 5000) for query in OFF_TOPIC]
    return (
        f"recall@10 {statistics.mean(at_ten):.3f}  topics P@10 {statistics.mean(precisions):.3f}  "
        f"off topic: sure {sum(sure for _, sure in off)}, shown {sum(len(ids) for ids, _ in off)}"
    )


def measure_likes(catalog: Catalog, scenes: Sequence[Scene], chosen: Sequence[int]) -> str:
    """How much photos that are found to be like a photo have in common with it."""
    figures = []
    for index in (catalog.vectors, catalog.pictures):
        shared = []
        for number in chosen:
            ids, _ = index.nearest(index.vector_of(number + 1), 11)
            others = [int(photo_id) - 1 for photo_id in ids if photo_id != number + 1][:10]
            shared.append(statistics.mean(alike(scenes[number], scenes[one]) for one in others))
        figures.append(f"{statistics.mean(shared):.3f}")
    return f"alike by captions {figures[0]}, by pictures {figures[1]}"


def measure_unknown(reader: QueryReader, count: int) -> None:
    """Print how many photos are called sure, where the model knows nothing of them."""
    captions = [row.get("blip_l_beam") or row["captions"][0] for row in read_rows()[:count]]
    cards = Seen()
    draw_cards(cards, captions)
    with library(cards, captions, reader) as catalog:
        words, pictures = SearchService(catalog, reader), SearchService(catalog, reader, cards.embed)
        for query in UNKNOWN:
            sure = found(words, query, count)[1], found(pictures, query, count)[1]
            print(f"{query:20} sure: without {sure[0]}, with {sure[1]}", flush=True)
        print(catalog.pictures.model.scale)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--scenes", type=int, default=2000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--cards", type=int, default=3000)
    options = parser.parse_args()
    seen, reader = Seen(), QueryReader(create_queries)
    scenes = draw_scenes(seen, options.scenes)
    chosen = random.Random(5).sample(range(options.scenes), min(options.queries, options.scenes))
    for name, caption in CAPTIONS.items():
        with library(seen, [caption(scene) for scene in scenes], reader) as catalog:
            print(f"{name:12} without  {measure(SearchService(catalog, reader), scenes, chosen)}")
            print(f"{name:12} with     {measure(SearchService(catalog, reader, seen.embed), scenes, chosen)}")
            print(f"{name:12} {measure_likes(catalog, scenes, chosen)}", flush=True)
    if SHARED.exists():
        measure_unknown(reader, options.cards)


if __name__ == "__main__":
    main()
