"""A catalog of a million photos, and what its search costs: time, memory, building, changes.

    python tests/bench/search_scale.py DATA_DIR [--photos 1000000] [--only PART ...]

Makes the catalog in DATA_DIR where it is not there yet (3 minutes, 1 GB; see ``search_library.py``).  Prints
one line a figure, with the goal behind it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from search_library import SHARED, make

from blipdesk.catalog import Catalog
from blipdesk.domain.query import parse_query
from blipdesk.domain.search import RESTS, SearchRequest
from blipdesk.domain.values import LibraryView, SortOrder
from blipdesk.services.bench_processes import BusyCores
from blipdesk.services.bench_search import read_captions
from blipdesk.services.searching import SearchService


def memory() -> float:
    """MB of this process that are in memory."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def say(what: str, value: str, goal: str = "") -> None:
    """One line."""
    print(f"{what:<66} {value:>24}  {goal and f'(goal {goal})'}", flush=True)


@dataclass
class Spent:
    """Milliseconds of each query."""

    wall: list[float]
    processor: list[float]
    """Of this thread: what a busy computer does not change."""


def times(
    run: Callable[[str], object],
    asked: list[str],
    rounds: int = 1,
    before: Callable[[str], object] = lambda _: None,
) -> Spent:
    """The median of some rounds for each; one: nothing was asked before.  ``before`` does not count."""
    found = Spent([], [])
    for query in asked:
        walls, processors = [], []
        for _ in range(rounds):
            before(query)
            began, working = time.perf_counter(), time.thread_time()
            run(query)
            walls.append((time.perf_counter() - began) * 1e3)
            processors.append((time.thread_time() - working) * 1e3)
        found.wall.append(statistics.median(walls))
        found.processor.append(statistics.median(processors))
    return found


def percentiles(spent: list[float]) -> str:
    """p50, p95 and the worst."""
    ordered = sorted(spent)
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * part))] for part in (0.5, 0.95)]
    return f"{at[0]:.1f} / {at[1]:.1f} / {ordered[-1]:.1f} ms"


def say_times(what: str, spent: Spent, asked: list[str], goal: str, worst: int) -> None:
    """The percentiles, and the dearest queries."""
    say(f"{what}: p50 / p95 / worst", percentiles(spent.wall), goal)
    say("    the same, of the processor", percentiles(spent.processor))
    for cost, query in sorted(zip(spent.processor, asked, strict=True), reverse=True)[:worst]:
        say(f"    {query!r}"[:66], f"{cost:.1f} ms")


TYPED = (
    "dog", "two dogs on a beach", "red car ", "man riding a wave", "woman with umbrella", "birthday cake",
    "black-and-white photo of a train", "cat sleeping on a sofa", "kitchen OR bathroom", "-people beach",
    "camera:canon dog", "date:2019 beach", "folder:holidays child", "keyword:grass dog", "has:gps mountain",
    "type:jpeg zebra", "date:july", '"on top of"', "img_1234", "canon", "date:2015..2018 snow -dog",
    "is:missing", "pizza", "a group of people standing", "tennis player", "old clock tower",
)  # fmt: skip


def keystrokes() -> list[str]:
    """Each text that stands in the box while these are typed."""
    return list(dict.fromkeys(text[:end] for text in TYPED for end in range(1, len(text) + 1)))


def sentences(count: int, seed: int = 3) -> list[str]:
    """Whole captions by people, as queries."""
    chance = random.Random(seed)
    with (SHARED / "captions.jsonl").open(encoding="utf-8") as file:
        real = [json.loads(line)["captions"][1] for line in file]
    whole = chance.sample(real, count // 2)
    return whole + [" ".join(chance.sample(text.split(), min(3, len(text.split())))) for text in whole]


def measure(data_dir: Path, only: set[str]) -> None:
    """Print the figures."""
    parts: dict[str, Callable[[Catalog], None]] = {
        "open": measure_opening, "keys": measure_keys, "names": measure_names, "orders": measure_orders,
        "ranked": measure_ranked, "memory": measure_memory,
        "fused": measure_fused, "changes": measure_changes,
    }  # fmt: skip
    catalog = Catalog.open(data_dir)
    try:
        for name, part in parts.items():
            if not only or name in only:
                if name != "open":
                    catalog.search_index.ready()  # no key is answered by an index that is behind
                part(catalog)
    finally:
        catalog.close()


def typed(catalog: Catalog, query: str) -> object:
    """What one key costs: photos as an array."""
    return listed(catalog, query, LibraryView().order)


def listed(catalog: Catalog, query: str, order: SortOrder) -> object:
    """The same in an order."""
    view = LibraryView(order=order)
    return catalog.search_index.answer(SearchRequest(query, view, ranked=False), parse_query(query)).ids


def ranked(catalog: Catalog, query: str) -> object:
    """What an answer by relevance costs."""
    request = SearchRequest(query, LibraryView(order=SortOrder.RELEVANCE), limit=1000)
    return catalog.search_index.answer(request, parse_query(query))


def measure_opening(catalog: Catalog) -> None:
    """Making the snapshot, where there is none, and reading it."""
    began = time.perf_counter()
    catalog.search_index.ready()
    say(
        "index ready; its files",
        f"{time.perf_counter() - began:.2f} s; {size(catalog.data_dir / 'search'):.0f} MB",
    )
    again = Catalog.open(catalog.data_dir, writer=False)
    began = time.perf_counter()
    typed(again, "dog")
    say("first answer of a new reader, from the snapshot", f"{time.perf_counter() - began:.2f} s", "0.3 s")
    again.close()


def size(folder: Path) -> float:
    """MB of its files."""
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6 if folder.exists() else 0.0


def measure_keys(catalog: Catalog) -> None:
    """One key."""
    typed(catalog, "dog")
    asked = keystrokes()
    spent = times(lambda query: typed(catalog, query), asked)
    say_times(f"one key, {len(asked)} texts", spent, asked, "p95 16 ms", 12)


NAMES = (
    "img_0012", "dsc04", "2013", "jpg", "heic", "0012", "pxl_2019", "p00012", "holiday", "img_20131225",
)  # fmt: skip


def measure_names(catalog: Catalog) -> None:
    """One key of a part of a file's name."""
    typed(catalog, "dog")
    asked = [f"name:{name[:end]}" for name in NAMES for end in range(1, len(name) + 1)]
    spent = times(lambda query: typed(catalog, query), asked)
    say_times(f"one key of name:, {len(asked)} texts", spent, asked, "p95 16 ms", 6)


def measure_orders(catalog: Catalog) -> None:
    """One key under each order, with a caption that came in before it."""
    chance = random.Random(int(time.time()))
    photos = catalog.counts().total
    asked = keystrokes()
    for order in (SortOrder.NEWEST, SortOrder.NAME, SortOrder.ADDED):
        listed(catalog, "dog", order)

        def key(query: str, order: SortOrder = order) -> object:
            return listed(catalog, query, order)

        spent = Spent([], [])
        for query in asked:
            catalog.set_user_caption(chance.randrange(1, photos // 2), f"a dog {chance.random()}")
            once = times(key, [query])
            spent.wall += once.wall
            spent.processor += once.processor
        say_times(f"one key by {order.value}, a caption before each", spent, asked, "p95 16 ms", 3)


def measure_ranked(catalog: Catalog) -> None:
    """An answer by relevance."""
    ranked(catalog, "dog")
    asked = sentences(100)
    spent = times(lambda query: ranked(catalog, query), asked)
    say_times(f"ranked by words, {len(asked)} queries", spent, asked, "p95 9 ms", 6)


def measure_memory(catalog: Catalog) -> None:
    """Memory that 200 queries of all kinds leave in use."""
    before = memory()
    for query in (*keystrokes()[::2][:120], *sentences(80)):
        typed(catalog, query)
        ranked(catalog, query)
    say(
        "memory after 200 queries, this process; growth",
        f"{memory():.0f} MB; {memory() - before:.0f} MB",
        "120 MB",
    )


def measure_fused(catalog: Catalog) -> None:
    """Whole answers, by words and meaning, idle and while captioning has every core; vectors are made up."""
    if not read_captions(catalog, lambda text: print(text, file=sys.stderr)):
        return
    service = SearchService(catalog)

    def whole(query: str) -> object:
        view = LibraryView(order=SortOrder.RELEVANCE)
        return service.answer(SearchRequest(query, view, limit=1000))

    whole("dog")

    def typed_first(query: str) -> None:
        service.answer(SearchRequest(query, LibraryView(), ranked=False))
        time.sleep(RESTS)  # the query is read meanwhile, as in the window

    for what, busy, seed in (("idle", nullcontext(), 4), ("cores busy", BusyCores(), 5)):
        with busy:
            asked, others = sentences(100, seed), sentences(100, seed + 2)
            say_times(f"words and meaning, {what}, asked at once", times(whole, asked), asked, "", 3)
            spent = times(whole, others, before=typed_first)
            say_times(f"words and meaning, {what}, typed", spent, others, "p95 60 ms", 3)
    say("memory, this process, vectors in use", f"{memory():.0f} MB", "600 MB")


def measure_changes(catalog: Catalog) -> None:
    """Captions that come, and the next search."""
    typed(catalog, "dog")
    chance = random.Random(int(time.time()))
    photos = catalog.counts().total
    ids = chance.sample(range(1, photos // 2), 20)
    began = time.perf_counter()
    for photo_id in ids:
        catalog.set_user_caption(photo_id, f"a dog {chance.random()}")
        typed(catalog, "dog")
    say("one caption typed, and a search", f"{(time.perf_counter() - began) / 20 * 1e3:.1f} ms")
    folder = catalog.folders()[0]
    from blipdesk.domain.jobs import CaptionCommit, CaptionResult
    from blipdesk.domain.values import FileFacts, FileStamp, SeenFile

    stamp = time.time_ns()
    catalog.register(
        folder.id,
        [
            SeenFile(f"/photos/new/{stamp}-{n}.jpg", FileStamp(1, stamp + n, 1), f"{stamp}{n}")
            for n in range(1000)
        ],
    )
    typed(catalog, "dog")
    catalog.enqueue_pending("m")
    jobs = catalog.claim("m", 1000)
    results = [
        CaptionCommit(job.id, job.photo_id, job.content_hash, "m", "JPEG", 1, 1, f"{stamp}", False,
                      FileFacts(), CaptionResult(text=text, keywords=tuple(text.split()[:3])))
        for job, text in zip(jobs, sentences(2 * len(jobs)), strict=False)
    ]  # fmt: skip
    for job in jobs:
        catalog.begin_attempt(job.id)
    began = time.perf_counter()
    for start in range(0, 1000, 50):
        catalog.commit_captions(results[start : start + 50])
    committed = time.perf_counter()
    typed(catalog, "dog")
    done = time.perf_counter()
    say("1,000 captions: commits of 50; taken up by the next search",
        f"{committed - began:.2f} s; {done - committed:.3f} s", "0.5 s")  # fmt: skip
    print(f"  {len(jobs)} jobs", file=sys.stderr)


def main() -> None:
    """Make and measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--photos", type=int, default=1_000_000)
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args()
    if not (options.data_dir / "catalog.db").exists():
        began = time.perf_counter()
        make(options.data_dir, options.photos)
        say("catalog made", f"{time.perf_counter() - began:.0f} s")
    measure(options.data_dir, set(options.only))


if __name__ == "__main__":
    main()
