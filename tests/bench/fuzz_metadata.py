"""Reading and writing of broken files, for as long as one likes: clean or refused, never a crash or a hang.

``python tests/bench/fuzz_metadata.py [MINUTES] [--most BYTES] [--seed N]``

The test suite's fuzzing (``tests/metadata/test_metadata_fuzz.py``) with other random numbers each time and
larger files of ``../shared/corpus``.  A failing file is shrunk, printed and kept; exit status 1.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUND = 2000
HANG_SECONDS = 20


@contextmanager
def no_hang():
    """Raise TimeoutError inside after a while, where the system can."""

    def hangs(*_: object) -> None:
        raise TimeoutError(f"it took more than {HANG_SECONDS} s")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    signal.signal(signal.SIGALRM, hangs)
    signal.alarm(HANG_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("minutes", nargs="?", type=float, default=20.0)
    parser.add_argument("--most", type=int, default=150_000, help="bytes of a corpus file")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "metadata")]
    import metadata_mutations as mutations
    import metadata_trial as trials
    from hypothesis import HealthCheck, Phase, given, seed, settings

    files = mutations.made_files() * 3 + trials.written_files() + mutations.corpus_files(options.most)
    print(f"{len(files)} files, seed {options.seed}", flush=True)
    counts: Counter[str] = Counter()
    slowest = [(0.0, "")]
    last: list[tuple[str, bytes]] = [("", b"")]

    folder = tempfile.mkdtemp(prefix="fuzz-")
    end = time.monotonic() + options.minutes * 60
    number, failures = options.seed, 0
    while time.monotonic() < end:

        @seed(number)
        @settings(
            max_examples=ROUND,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        @given(mutations.broken(files), trials.texts, trials.policies, trials.texts)
        def one(file, text, policy, again):
            last[0] = file
            began = time.monotonic()
            with no_hang():
                outcome = trials.trial(folder, *file, text, policy, again)
            counts[f"{file[0].lower()} {outcome}"] += 1
            slowest[0] = max(slowest[0], (time.monotonic() - began, file[0]))

        try:
            one()
        except Exception:  # noqa: BLE001 - every failure is shown, and the fuzzing goes on
            failures += 1
            traceback.print_exc()
            kept = Path(folder) / f"failed-{number}{last[0][0]}"
            kept.write_bytes(last[0][1])
            print(f"kept as {kept}", flush=True)
        number += 1
    for name, count in sorted(counts.items()):
        print(f"{count:>8} {name}")
    seconds, suffix = slowest[0]
    print(f"{sum(counts.values())} files, {failures} failures, the slowest {seconds:.1f} s ({suffix})")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
