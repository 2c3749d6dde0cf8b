"""Pictures on their way into a model: brought to its size, encoded once."""

from __future__ import annotations

from collections.abc import Sequence

from blipdesk.domain.jobs import PixelImage
from blipdesk.engine.vision_model import Encoded, VisionModel


class Views:
    """Pictures as one loaded model sees them."""

    def __init__(self, model: VisionModel) -> None:
        self._model = model

    def encode(self, images: Sequence[PixelImage]) -> Encoded:
        """Pictures encoded, in their order.

        Raises:
            ModelError: a picture's bytes are not of its size.
        """
        return self._model.encode([fit(image, self._model.image_size) for image in images])


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
