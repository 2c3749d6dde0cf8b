"""What all trainings share: optimizers, their pace, and the running average of the weights that is saved."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import torch
from torch import nn

_SAY_EVERY, _SAVE_EVERY = 100, 250
"""Steps."""

Trained = TypeVar("Trained", bound=nn.Module)


@dataclass(frozen=True)
class Pace:
    """How long a training is, and how quick.

    Attributes:
        steps: Steps in all.
        rate: Highest learning rate of AdamW.
        muon: Highest learning rate of Muon.
        warm: Steps in which the rates rise.
        held: Share of the steps after which the rates begin to fall, along a cosine.
    """

    steps: int
    rate: float
    muon: float
    warm: int = 100
    held: float = 0.0

    def share(self, step: int) -> float:
        """Return the share of the highest rates that a step has."""
        fallen = max(0.0, (step / self.steps - self.held) / (1 - self.held))
        return min(1.0, (step + 1) / self.warm) * (0.02 + 0.49 * (1 + math.cos(math.pi * fallen)))


class Descent(Generic[Trained]):
    """A training under way.

    Muon (Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks") makes each step's
    update of a matrix orthogonal.  It moves the matrices inside the layers, AdamW all else.

    Attributes:
        module: What is trained.
        average: The running average of its weights.
        step: Steps made.
    """

    def __init__(self, module: Trained, pace: Pace, figures: str) -> None:
        """Get ready.

        Args:
            module: What is trained.
            pace: How long and how quick.
            figures: Names of the figures that `learn` is told, with spaces between them.
        """
        self.module, self.average, self.step = module, copy.deepcopy(module).requires_grad_(False), 0
        self._pace, self._names = pace, figures
        matrices: list[nn.Parameter] = []
        others: list[nn.Parameter] = []
        for name, weight in module.named_parameters():
            inner = weight.ndim == 2 and "layer" in name and "embeddings" not in name
            (matrices if inner else others).append(weight)
        adam = torch.optim.AdamW(others, betas=(0.9, 0.98), weight_decay=0.03)
        muon = torch.optim.Muon(matrices, momentum=0.95, weight_decay=0.03, adjust_lr_fn="match_rms_adamw")
        self._rates: dict[torch.optim.Optimizer, float] = {adam: pace.rate, muon: pace.muon}
        self._began = time.monotonic()
        self._told: list[Sequence[float]] = []

    @property
    def done(self) -> bool:
        """Whether all steps are made."""
        return self.step >= self._pace.steps

    @property
    def due(self) -> bool:
        """Whether it is time to save: every 250 steps, and at the end."""
        return self.done or self.step % _SAVE_EVERY == 0

    def learn(self, loss: torch.Tensor, figures: Sequence[float]) -> None:
        """Take a step down a loss; prints the figures' means every 100 steps."""
        share = self._pace.share(self.step)
        for optimizer, rate in self._rates.items():
            optimizer.zero_grad(set_to_none=True)
            for group in optimizer.param_groups:
                group["lr"] = rate * share
        loss.backward()
        nn.utils.clip_grad_norm_(self.module.parameters(), 1.0)
        for optimizer in self._rates:
            optimizer.step()
        self.step += 1
        with torch.no_grad():
            keep = min(0.998, 1 - 1 / (1 + self.step / 10))
            averages, weights = list(self.average.parameters()), list(self.module.parameters())
            torch._foreach_lerp_(averages, weights, 1 - keep)
        self._told.append(figures)
        if self.step % _SAY_EVERY == 0:
            self._say()

    def _say(self) -> None:
        means = " ".join(f"{value:.3f}" for value in np.mean(self._told, 0))
        minutes = (time.monotonic() - self._began) / 60
        print(f"step {self.step} {minutes:.1f} min  {self._names}: {means}", flush=True)
        self._told.clear()

    def state_dict(self) -> dict[str, Any]:
        """Return what `load_state_dict` takes."""
        return {
            "student": self.module.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": [optimizer.state_dict() for optimizer in self._rates],
            "step": self.step,
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what `state_dict` returned."""
        self.module.load_state_dict(state["student"])
        self.average.load_state_dict(state["average"])
        for optimizer, own in zip(self._rates, state["optimizer"], strict=True):
            optimizer.load_state_dict(own)
        self.step = state["step"]
