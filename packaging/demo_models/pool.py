"""A pool of training pictures in shared memory, kept fresh by processes beside the training."""

from __future__ import annotations

import multiprocessing
import os
import time
from multiprocessing.shared_memory import SharedMemory

import numpy as np

from demo_models.draw import snapshot
from demo_models.scenes import FIRST_TRAINING_SEED, make_scene

_PAINTERS = 2


class Pool:
    """Pictures with their scenes' seeds in shared memory, written round and round by processes of its own."""

    def __init__(self, size: int, side: int, fresh: float, first: int) -> None:
        """Start drawing.

        Args:
            size: Pictures held.
            side: Pixels of a picture's side.
            fresh: New scenes a second once all places are taken.
            first: Seed of the first scene.

        Raises:
            ValueError: `first` is a seed that models are measured on or samples are drawn from.
        """
        if first < FIRST_TRAINING_SEED:
            raise ValueError(f"training starts at seed {FIRST_TRAINING_SEED}, not at {first}")
        self._blocks = (
            SharedMemory(create=True, size=size * side * side * 3),
            SharedMemory(create=True, size=(size + 1) * 8),
        )
        self.pictures = np.ndarray((size, side, side, 3), np.uint8, self._blocks[0].buf)
        self.seeds = np.ndarray((size + 1,), np.int64, self._blocks[1].buf)
        self.seeds[:] = -1
        names = (self._blocks[0].name, self._blocks[1].name)
        self._processes = [
            multiprocessing.get_context("spawn").Process(
                target=_fill, args=(names, size, side, fresh, first, part), daemon=True
            )
            for part in range(_PAINTERS)
        ]
        for process in self._processes:
            process.start()

    def ready(self) -> int:
        """Return how many places hold a picture."""
        return int((self.seeds[:-1] >= 0).sum())

    def close(self) -> None:
        """End the processes and free the memory."""
        for process in self._processes:
            process.terminate()
            process.join()
        del self.pictures, self.seeds
        for block in self._blocks:
            block.close()
            block.unlink()


def _fill(names: tuple[str, str], size: int, side: int, fresh: float, first: int, part: int) -> None:
    os.nice(5)
    blocks = [SharedMemory(name=name) for name in names]
    pictures = np.ndarray((size, side, side, 3), np.uint8, blocks[0].buf)
    seeds = np.ndarray((size + 1,), np.int64, blocks[1].buf)
    seed = first + part
    while True:
        began = time.monotonic()
        slot = (seed - first) % size
        picture = np.asarray(snapshot(make_scene(seed), side))
        seeds[slot] = -1
        pictures[slot] = picture
        seeds[slot] = seed
        seed += _PAINTERS
        if seed - first > size:
            time.sleep(max(0.0, _PAINTERS / fresh - (time.monotonic() - began)))
