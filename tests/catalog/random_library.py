"""A library with photos of every kind that a query tells apart, and what a query means, said plainly."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from catalog_samples import result_of, seen
from hypothesis import strategies as st

from blipdesk.catalog import Catalog
from blipdesk.catalog.index.tokens import stem, words_in
from blipdesk.catalog.searchtext import texts_in
from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.domain.filter_tests import AskedTest, FilterTest, Flag, KeywordTest, PhotoFields, type_of
from blipdesk.domain.filters import filter_test
from blipdesk.domain.jobs import AnswerResult, CaptionResult
from blipdesk.domain.periods import local_day
from blipdesk.domain.query import And, Filter, Node, Not, Or, Phrase, Word
from blipdesk.domain.ratings import rating_of
from blipdesk.domain.values import (
    Candidate,
    FileFacts,
    FileStamp,
    MatchScore,
    Photo,
    PhotoState,
    Source,
    Sureness,
)

TODAY = date.today()
WORDS = ("dog", "beach", "red", "sea", "cat", "caf\u00e9", "\u72ac", "\u516c\u56ed")
KEYWORDS = ("dog", "Golden Retriever", "Caf\u00e9", "Cafe", "Paris", "red")
CAMERAS = ("NIKON D750", "Canon EOS R5", "iPhone 15 Pro", None)
LENSES = ("50.0 mm f/1.8", "EF70-200mm f/2.8", None)
FOLDERS = ("/photos/summer 2023", "/photos/Caf\u00e9 2024/red", "/photos", "/gone")
PHOTOS = 70


class RandomLibrary:
    """Photos of every kind that filters tell apart, some of them in a folder that was removed."""

    def __init__(self, catalog: Catalog, seed: int) -> None:
        self.catalog = catalog
        self._random = random.Random(seed)
        self._fill()
        self.photos = [
            photo
            for photo in catalog.photos(list(catalog.all_photo_ids()))
            if photo.folder_id != self._removed
        ]
        self._histories = catalog.histories([photo.id for photo in self.photos])
        self._twins = Counter(
            photo.pixel_hash for photo in self.photos if photo.state is not PhotoState.MISSING
        )
        with catalog._database.read_raw() as raw:
            rows = raw.execute("SELECT photo_id, search_text FROM photo_text").fetchall()
            self._failed = {row[0] for row in raw.execute("SELECT photo_id FROM job WHERE state = 'failed'")}
        self._stems = {
            photo_id: [[(word, stem(word)) for word in words_in(single)] for single in texts_in(text)]
            for photo_id, text in rows
        }
        self.fields = {photo.id: self._fields_of(photo) for photo in self.photos}

    def _some(self, *choices: object) -> object:
        return self._random.choice(choices)

    def _text(self) -> str:
        return " ".join(self._random.choices(WORDS, k=self._random.randint(1, 5)))

    def _fill(self) -> None:
        catalog, some = self.catalog, self._some
        roots = {path: catalog.add_folder(path).id for path in ("/photos", "/gone")}
        self._removed = roots["/gone"]
        ids = []
        for number in range(PHOTOS):
            folder = self._random.choice(FOLDERS)
            ending = some("jpg", "PNG", "nef", "txt", "heic", "")
            kind = some("img", "Caf\u00e9 A_", "\u516c\u56ed")
            path = f"{folder}/{kind}{number}.{ending}".rstrip(".")
            day = TODAY - timedelta(self._random.choice((0, 1, 7, 40, 200, 400, 5000)))
            file = seen(path, f"h{number}", mtime=(day - date(1970, 1, 1)).days * 86400 + 86000)
            ids += catalog.register(roots["/gone" if folder == "/gone" else "/photos"], [file])
        catalog.enqueue_pending("m")
        for job in catalog.claim("m", PHOTOS):
            catalog.begin_attempt(job.id)
            match self._random.randrange(8):
                case 0:
                    catalog.fail(job.id, Problem(ProblemKind.UNREADABLE, "It is broken."))
                case 1:
                    pass  # waits on
                case _:
                    self._caption(job)
        for photo_id in ids:
            self._edit(photo_id)
        catalog.mark_missing(self._random.sample(ids, 10))
        catalog.remove_folder(self._removed, forget=False)

    def _caption(self, job: object) -> None:
        some = self._some
        taken = TODAY - timedelta(self._random.choice((0, 2, 30, 100, 365, 730)))
        facts = FileFacts(
            taken_at=some(None, f"{taken}T23:59:59", f"{taken}T00:00:00"),
            camera=some(*CAMERAS),
            lens=some(*LENSES),
            latitude=some(None, 48.1),
            longitude=some(None, 11.5),
            rating=some(None, -1, 1, 3, 5),
            caption=some(None, None, self._text()),
            keywords=some((), ("Paris",), ("red", "Caf\u00e9")),
            keyword_paths=some((), ("Places|France|Paris",), ("Food|Caf\u00e9", "Places|France|Paris")),
            sidecar=some(None, FileStamp(1, 1)),
        )
        text = self._text()
        sureness = self._random.choice([None, *Sureness])
        match = None if sureness is None else MatchScore(0.5, 0.3, 1.0, sureness)
        result = some(
            None, CaptionResult(text, text, (Candidate(text, text, None, match),), self._keywords())
        )
        commit = result_of(job, result=result, metadata_only=result is None, facts=facts)
        pixels = some(f"same {self._random.randrange(4)}", f"pixels {commit.photo_id}")
        format_ = some("JPEG", "PNG", "HEIF", "RAW")
        self.catalog.commit_captions([replace(commit, pixel_hash=pixels, decoded_format=format_)])

    def _keywords(self) -> tuple[str, ...]:
        return tuple(self._random.sample(KEYWORDS, self._random.randrange(3)))

    def _edit(self, photo_id: int) -> None:
        catalog = self.catalog
        match self._random.randrange(8):
            case 0:
                catalog.set_user_caption(photo_id, self._text())
            case 1:
                catalog.add_keyword(photo_id, self._random.choice(KEYWORDS))
            case 4:
                catalog.set_favourite([photo_id], self._random.random() < 0.5)
            case 2:
                catalog.remove_keyword(photo_id, "Paris")
            case 3:
                catalog.add_question(photo_id, f"what {self._text()}?", AnswerResult(self._text(), "q", 1.0))
            case 5:
                for _ in range(self._random.randint(1, 3)):
                    asked = self._random.choice(
                        ("Is it a Caf\u00e9?", "is it a cafe", "Is it a cafe in Paris")
                    )
                    said = self._random.choice(("Yes.", "yes", "no", "not sure"))
                    catalog.add_question(photo_id, asked, AnswerResult(said, "q", 1.0))

    # ------------------------------------------------------------------------------------ in memory

    def _fields_of(self, photo: Photo) -> PhotoFields:
        facts = photo.facts
        when = photo.stamp.mtime_ns / 1e9
        if facts.taken_at:
            when = (date.fromisoformat(facts.taken_at[:10]) - date(1970, 1, 1)).days * 86400
        names = [keyword.name for keyword in photo.keywords]
        shown = {name.casefold() for name in names}
        for path in facts.keyword_paths:
            levels = path.split("|")
            names += levels[:-1] if levels[-1].casefold() in shown else []
        removed = self.catalog.removed_keywords([photo.id])
        is_missing = photo.state is PhotoState.MISSING
        flags = {
            Flag.CAPTION: photo.caption is not None,
            Flag.QUESTION: photo.id in self._histories,
            Flag.GPS: facts.latitude is not None and facts.longitude is not None,
            Flag.EDITED: bool(
                photo.user_caption or removed or any(k.source is Source.USER for k in photo.keywords)
            ),
            Flag.SIDECAR: False,
            Flag.MISSING: is_missing,
            Flag.FAILED: photo.id in self._failed and not is_missing,
            Flag.DUPLICATE: bool(photo.pixel_hash) and not is_missing and self._twins[photo.pixel_hash] > 1,
            Flag.FAVOURITE: rating_of(photo) == 5,
        }
        known = self.catalog.known_file(photo.path)
        flags[Flag.SIDECAR] = known is not None and known.sidecar is not None
        return PhotoFields(
            folder=photo.path.rpartition("/")[0],
            day=local_day(when, bool(facts.taken_at)),
            keywords=tuple(names),
            camera=facts.camera,
            lens=facts.lens,
            type=type_of(photo.format, photo.path.rpartition("/")[2]),
            source=photo.source,
            sureness=photo.sureness,
            questions=tuple(f"{q.question} {q.answer}" for q in self._histories.get(photo.id, ())),
            turns=tuple((q.question, q.answer) for q in self._histories.get(photo.id, ())),
            flags=frozenset(flag for flag, holds in flags.items() if holds),
            name=photo.path.rpartition("/")[2],
            rating=rating_of(photo),
        )

    def matches(self, node: Node, photo: Photo) -> bool:
        """What a query means, said once more and as plainly as can be."""
        match node:
            case And():
                return all(self.matches(term, photo) for term in node.terms)
            case Or():
                return any(self.matches(term, photo) for term in node.terms)
            case Not():
                return not self.matches(node.term, photo)
            case Filter():
                return self._test_of(node).match(self.fields[photo.id])
        wanted = [word for part in node.parts for word in words_in(part)]
        return any(self._stands(wanted, text, node.prefix) for text in self._stems[photo.id])

    def _stands(self, wanted: list[bytes], text: list[tuple[bytes, bytes]], prefix: bool) -> bool:
        return any(
            all(have == stem(want) for (_, have), want in zip(text[at:], wanted, strict=False))
            if not prefix
            else all(have == stem(want) for (_, have), want in zip(text[at:], wanted[:-1], strict=False))
            and text[at + len(wanted) - 1][0].startswith(wanted[-1])
            for at in range(len(text) - len(wanted) + 1)
        )

    def _test_of(self, node: Filter) -> FilterTest:
        test = filter_test(node.name, node.value, TODAY, node.prefix)
        if isinstance(test, KeywordTest | AskedTest) and not any(map(test.match, self.fields.values())):
            return test.loosened()
        return test

    def found(self, node: Node) -> list[int]:
        return [photo.id for photo in self.photos if self.matches(node, photo)]


QUESTIONS = ("Is it a Caf\u00e9?", "is it a cafe", "Is it a cafe in Paris")
TYPED = frozenset({"jp", "f", "gold", "retr", "is it a cafe=n"})
"""Values that are still typed."""
VALUES = {
    "folder": ["summer", "cafe", "red", "photos/summer", "/photos/summer 2023", "/photos", "/gone",
               "nowhere"],
    "keyword": ["dog", "golden retriever", "cafe", "Paris", "france", "Places", "food", "gold",
                "golden", "retrievers", "dogs", "places france", "retr", "zebra"],
    "date": [
        "today", "yesterday", "last week", "this year", "last year", "summer", "december", "last summer",
        f"{TODAY.year - 1}", f"{TODAY:%Y-%m}", f"..{TODAY - timedelta(100)}",
        f"since {TODAY - timedelta(100)}", f"{TODAY - timedelta(400)}..{TODAY - timedelta(2)}", "1950",
        "christmas", "29 february",
    ],
    "camera": ["nikon", "d7", "canon eos", "pro", "leica"],
    "lens": ["50", "mm", "f/2.8", "ef70-200"],
    "type": ["jpeg", "png", "heic", "raw", "gif", "jp"],
    "name": ["img", "IMG1", "g2", "1", "cafe", "a 1", "A_3.jpg", "\u516c", "\u56ed 1",
             "png", "zebra", "0.heic"],
    "rating": ["5", ">=3", "<3", "1..3", "2", "none", "rejected"],
    "source": ["user", "model", "file"],
    "sure": ["sure", "fair", "unsure"],
    "has": [flag.value for flag in Flag],
    "asked": ["dog", "dogs", "what", "red sea", "cafes", "\u72ac", "zebra",
              "is it a cafe=yes", "is it a cafe=no", "cafe=yes",
              "Is it a caf\u00e9? = No", "is it a cafe=n", "paris=not sure", "=yes", "is it a cafe=",
              "is it a cafe=maybe", "cafe in=zebra"],
    "is": [flag.value for flag in Flag] + ["f"],
}  # fmt: skip
FILTERED = st.sampled_from([(name, value) for name, values in VALUES.items() for value in values]).map(
    lambda chosen: Filter(*chosen, prefix=chosen[1] in TYPED)
)
TERMS = st.one_of(
    st.builds(Word, st.sampled_from([*WORDS, "zebra"])),
    st.sampled_from(["be", "do", "caf", "img1"]).map(lambda text: Word(text, prefix=True)),
    st.lists(st.sampled_from(["dog", "red", "sea", "\u72ac", "\u516c"]), min_size=1, max_size=3).map(
        lambda parts: Phrase(tuple(parts))
    ),
    FILTERED,
    FILTERED,
)
TREES = st.recursive(
    TERMS,
    lambda trees: st.one_of(
        trees.map(Not),
        st.lists(trees, min_size=2, max_size=3).map(lambda terms: And(tuple(terms))),
        st.lists(trees, min_size=2, max_size=3).map(lambda terms: Or(tuple(terms))),
    ),
    max_leaves=8,
)
