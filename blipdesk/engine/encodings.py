"""What models saw in pictures, kept: a second question about a photo needs no second look.

Of BLIP-2 that is the Q-Former's output, tens of kilobytes a photo; of the other families the vision tower's
states, one to two and a half megabytes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from blipdesk.domain.jobs import PixelImage
from blipdesk.engine.vision_model import Encoded, VisionModel


class EncodingCache:
    """Encodings by model and pixels; the longest unused go first.  One thread.

    Attributes:
        nbytes: memory that it holds, never more than its budget.
    """

    def __init__(self, budget_bytes: int) -> None:
        self._budget = budget_bytes
        self._held: OrderedDict[tuple[str, bytes], Encoded] = OrderedDict()
        self.nbytes = 0

    def encode(self, model: VisionModel, key: str, images: Sequence[PixelImage]) -> Encoded:
        """The pictures as a model sees them, those that it has not seen yet in one batch.

        Args:
            model: encodes what is not kept.
            key: tells models, devices and precisions apart.
            images: of the model's size.

        Raises:
            Exception: whatever ``model.encode`` raises.
        """
        digests = [image.digest for image in images]
        missing = {
            digest: image
            for digest, image in zip(digests, images, strict=True)
            if (key, digest) not in self._held
        }
        fresh: dict[bytes, Encoded] = {}
        seen = None
        if missing:
            seen = model.encode(list(missing.values()))
            fresh = {digest: seen.select(index) for index, digest in enumerate(missing)}
        parts = [fresh[digest] if digest in fresh else self._held[key, digest] for digest in digests]
        for digest, part in zip(digests, parts, strict=True):
            self._keep((key, digest), part)
        if seen is not None and len(seen) == len(images):
            return seen  # all new and each another: they lie together already
        return parts[0] if len(parts) == 1 else Encoded.join(parts)

    def _keep(self, name: tuple[str, bytes], part: Encoded) -> None:
        if name in self._held:
            self._held.move_to_end(name)
            return
        self._held[name] = part
        self.nbytes += part.nbytes
        while self.nbytes > self._budget:
            _, oldest = self._held.popitem(last=False)
            self.nbytes -= oldest.nbytes

    def forget(self, key: str) -> None:
        """Let go of all that one model saw."""
        for name in [name for name in self._held if name[0] == key]:
            self.nbytes -= self._held.pop(name).nbytes
