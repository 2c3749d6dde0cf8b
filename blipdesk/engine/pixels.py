"""From 8-bit pixels to a model's input, bit for bit what transformers' image processor gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import PixelImage
from blipdesk.domain.wording import later
from blipdesk.engine.checkpoints import Checkpoint
from blipdesk.engine.json_files import GET_AGAIN, read_json
from blipdesk.engine.vision_model import check_size

if TYPE_CHECKING:
    import torch


class PixelTable:
    """The normalised value of every 8-bit level: one look-up instead of the processor's arithmetic."""

    def __init__(self, checkpoint: Checkpoint, size: int, device: torch.device, dtype: torch.dtype) -> None:
        self._size = size
        try:
            levels = _level_table(_preprocessor_settings(checkpoint))
        except (TypeError, ValueError) as error:
            raise ModelError(
                later("The model {title} is damaged: its image processor's settings make no sense.").format(
                    title=checkpoint.title
                ),
                GET_AGAIN,
            ) from error
        self._levels = levels.to(device, dtype)

    def batch(self, images: Sequence[PixelImage]) -> torch.Tensor:
        """Normalised input, (images, 3, size, size).

        Raises:
            ModelError: a picture has another size.
        """
        import torch

        check_size(images, self._size)
        raw = bytearray().join(image.rgb for image in images)
        flat = torch.frombuffer(raw, dtype=torch.uint8).to(self._levels.device)
        levels = flat.view(len(images), self._size, self._size, 3).permute(0, 3, 1, 2)
        planes = torch.empty(levels.shape, dtype=self._levels.dtype, device=flat.device)
        for channel, values in enumerate(self._levels):
            found = values.index_select(0, levels[:, channel].int().flatten())
            planes[:, channel] = found.view(len(images), self._size, self._size)
        return planes


def _preprocessor_settings(checkpoint: Checkpoint) -> dict[str, Any]:
    path = checkpoint.path / "preprocessor_config.json"
    if path.is_file():
        return read_json(path, checkpoint.key)
    inner = read_json(checkpoint.path / "processor_config.json", checkpoint.key).get("image_processor")
    return inner if isinstance(inner, dict) else {}


def _level_table(settings: dict[str, Any]) -> torch.Tensor:
    """Normalised value of each 8-bit level and channel, (3, 256) float32, as transformers computes it."""
    import numpy as np
    import torch
    from transformers.utils.constants import OPENAI_CLIP_MEAN, OPENAI_CLIP_STD  # the processor's own defaults

    mean = np.array(settings.get("image_mean") or OPENAI_CLIP_MEAN, dtype=np.float32)
    std = np.array(settings.get("image_std") or OPENAI_CLIP_STD, dtype=np.float32)
    levels = np.arange(256).astype(np.float64)
    if settings.get("do_rescale", True):
        levels = levels * float(settings.get("rescale_factor", 1 / 255))
    table = np.repeat(levels.astype(np.float32)[None], 3, axis=0)
    if settings.get("do_normalize", True):
        table = (table - mean[:, None]) / std[:, None]
    return torch.from_numpy(table.astype(np.float32))
