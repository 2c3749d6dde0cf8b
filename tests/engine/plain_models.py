"""The same questions put to transformers' own processors and models, as its tutorials do."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from blipdesk.domain.jobs import PixelImage


def as_pillow(image: PixelImage) -> Image.Image:
    return Image.frombytes("RGB", (image.width, image.height), image.rgb)


class Plain:
    """A checkpoint behind transformers' classes, with eager attention."""

    def __init__(self, folder: Path, kind: str) -> None:
        import transformers

        self._kind = kind
        self._processor = transformers.AutoProcessor.from_pretrained(folder)
        architecture = transformers.AutoConfig.from_pretrained(folder).architectures[0]
        model_class = getattr(transformers, architecture)
        self._model: Any = model_class.from_pretrained(folder, attn_implementation="eager").eval()

    def captions(self, images: Sequence[PixelImage], prompt: str, **options: Any) -> list[str]:
        """New text of each picture; ``options`` go to ``generate``."""
        texts: dict[str, Any] = {"text": [prompt] * len(images)} if prompt else {}
        inputs = self._processor(images=[as_pillow(image) for image in images], return_tensors="pt", **texts)
        ids = self._model.generate(**inputs, do_sample=False, **options)
        return [
            text.strip()
            for text in self._processor.batch_decode(ids[:, self._known(inputs) :], skip_special_tokens=True)
        ]

    def _known(self, inputs: Any) -> int:
        """Tokens at the start of the output that were given."""
        if self._kind.endswith("-t5"):
            return 0
        if self._kind == "blip-caption":
            return inputs["input_ids"].shape[1] - 1 if "input_ids" in inputs else 1
        return (
            inputs["input_ids"].shape[1] if "input_ids" in inputs else self._model.config.num_query_tokens + 1
        )

    def answer(self, image: PixelImage, question: str, longest: int) -> str:
        """The answer to a question in the form that the family is asked in."""
        if self._kind == "blip-answer":
            inputs = self._processor(images=as_pillow(image), text=question, return_tensors="pt")
            ids = self._model.generate(**inputs, max_new_tokens=longest, do_sample=False)[0]
            return str(self._processor.decode(ids, skip_special_tokens=True)).strip()
        prompt = question if self._kind.startswith("instructblip") else f"Question: {question} Answer:"
        return self.captions([image], prompt, max_new_tokens=longest)[0]

    def match(self, image: PixelImage, text: str) -> tuple[float, float]:
        """Match less mismatch logit, and the cosine."""
        import torch

        inputs = self._processor(images=as_pillow(image), text=text, return_tensors="pt")
        with torch.no_grad():
            if self._kind == "blip-retrieval":
                both = self._model(**inputs).itm_score[0]
                cosine = self._model(**inputs, use_itm_head=False).itm_score[0, 0]
            else:
                both = self._model(**inputs, use_image_text_matching_head=True).logits_per_image[0]
                cosine = self._model(**inputs).logits_per_image[0, 0]
        return float(both[1] - both[0]), float(cosine)
