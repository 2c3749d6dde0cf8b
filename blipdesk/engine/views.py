"""Pictures on their way into a model: brought to its size, and looked at once."""

from __future__ import annotations

from collections.abc import Sequence

from blipdesk.domain.jobs import PixelImage
from blipdesk.domain.ports import CancelToken
from blipdesk.engine.encodings import EncodingCache
from blipdesk.engine.vision_model import CaptionModel, Encoded, GeneratedText, Generation, VisionModel


class Views:
    """Pictures as one loaded model sees them; what it saw lately is kept.

    Args:
        model: it.
        cache: shared with the other models.
        key: its name there.
    """

    def __init__(self, model: VisionModel, cache: EncodingCache, key: str) -> None:
        self._model = model
        self._cache = cache
        self._key = key

    def encode(self, images: Sequence[PixelImage]) -> Encoded:
        """Pictures of any size encoded, in their order.

        Raises:
            ModelError: a picture's bytes are not of its size.
        """
        fitting = [fit(image, self._model.image_size) for image in images]
        return self._cache.encode(self._model, self._key, fitting)

    def forget(self) -> None:
        """Let go of all that it saw."""
        self._cache.forget(self._key)


class RememberingCaptioner:
    """A captioner that answers questions too, and keeps for them what it saw; implements ``CaptionModel``."""

    def __init__(self, model: CaptionModel, views: Views) -> None:
        self._model = model
        self._views = views
        self.tasks = model.tasks
        self.image_size = model.image_size
        self.activation_bytes = model.activation_bytes

    def encode(self, images: Sequence[PixelImage]) -> Encoded:
        """See the port."""
        return self._views.encode(images)

    def caption(
        self, encoded: Encoded, generation: Generation, cancel: CancelToken
    ) -> list[list[GeneratedText]]:
        """See the port."""
        return self._model.caption(encoded, generation, cancel)


def fit(image: PixelImage, size: int) -> PixelImage:
    """A picture as a square of a model's size, bicubic as BLIP's image processor.

    One whose bytes are not of its size stays as it is: a model refuses it.
    """
    is_whole = image.rgb and len(image.rgb) == image.width * image.height * 3
    if (image.width, image.height) == (size, size) or not is_whole:
        return image
    from PIL import Image

    picture = Image.frombytes("RGB", (image.width, image.height), image.rgb)
    return PixelImage(size, size, picture.resize((size, size), Image.Resampling.BICUBIC).tobytes())
