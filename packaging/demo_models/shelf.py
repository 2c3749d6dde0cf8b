"""What a frozen vision tower sees in the training scenes, worked out once and kept in a file.

BLIP-2 trains against a frozen image encoder (Li et al. 2023, arXiv:2301.12597, section 3.1), and the
retriever against the lower layers of one, so a scene's output is the same at every step.  Working it out
ahead costs 5 ms a scene on one core, 1.7 for drawing and 3.1 for a whole tower, and leaves the training steps
the rest alone.
"""

from __future__ import annotations

import os

import numpy as np
import torch
from torch import nn

from demo_models.draw import snapshot
from demo_models.models import Shape, normalise
from demo_models.scenes import FIRST_TRAINING_SEED, make_scene

_FIRST_SEED = FIRST_TRAINING_SEED + 1_000_000
"""Beyond the scenes that the tower itself was trained on, so that its output is that for unseen scenes."""
_PART = 64


class Shelf:
    """Vision tower outputs of consecutive scenes in a memory-mapped file of bfloat16 numbers."""

    def __init__(self, path: str, shape: Shape, size: int) -> None:
        """Open the file, or make it.

        Args:
            path: The file; `path + ".count"` beside it says how many scenes are worked out.
            shape: Sizes of the tower.
            size: Scenes that the file has room for.
        """
        self.size = size
        tokens = (shape.image // shape.patch) ** 2 + 1
        self._count = path + ".count"
        mode = "r+" if os.path.exists(path) else "w+"
        # NumPy has no bfloat16: the bits are kept as integers and looked at anew on the way out.
        self._bits = np.memmap(path, np.int16, mode, shape=(size, tokens, shape.width))

    def __len__(self) -> int:
        """Return how many scenes are worked out."""
        if not os.path.exists(self._count):
            return 0
        with open(self._count, encoding="ascii") as stream:
            return int(stream.read())

    def fill(self, tower: nn.Module) -> None:
        """Draw the scenes that are missing and run the tower on them; may be stopped and gone on with."""
        for start in range(len(self), self.size, _PART):
            stop = min(start + _PART, self.size)
            drawn = [np.asarray(snapshot(make_scene(self.seed(index)))) for index in range(start, stop)]
            with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
                embeds = tower(normalise(np.stack(drawn))).last_hidden_state
            self._bits[start:stop] = embeds.bfloat16().view(torch.int16).numpy()
            with open(self._count, "w", encoding="ascii") as stream:
                stream.write(str(stop))

    def seed(self, index: int) -> int:
        """Return the seed of a scene on the shelf."""
        return _FIRST_SEED + index

    def take(self, indices: np.ndarray) -> torch.Tensor:
        """Return the tower's outputs (batch, 1 + patches, width) in bfloat16."""
        return torch.from_numpy(self._bits[indices]).view(torch.bfloat16)
