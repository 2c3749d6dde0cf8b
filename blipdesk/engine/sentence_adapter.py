"""What makes the sentence model's vectors fit for captions and the queries for them.

Trained on captions of COCO (``packaging/meaning/train.py``, where the figures are; ``resources/meaning``).
Two things are done to the four means that the model gives of a sentence:

- A linear map of all four to one vector: the model's own mean, and what its other layers and the weighted
  means know beside that.
- The correction of hubs: a caption as "a man riding a skateboard" is near to every query about a person and
  so before the photo that was meant (Radovanovic et al., "Hubs in space", 2010; the inverted softmax of Smith
  et al., 2017).  How near a text is to 4,096 captions by people, on average, is kept in the last of its
  vector's numbers, and a query subtracts it: a product of two vectors is all that a search needs.  Only
  whole sentences subtract: for one or two words that cost precision.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from blipdesk.domain.errors import ModelError
from blipdesk.domain.resources import find_resources
from blipdesk.domain.sentences import DIMENSIONS
from blipdesk.domain.wording import later
from blipdesk.engine.digests import known_sha256
from blipdesk.engine.sentence_model import MEANS, unit_length

if TYPE_CHECKING:
    from blipdesk.engine.sentence_files import Array

SHA256 = "3f4286e48a53695eaae02a4fffb8732fedfc9cd9ad0fe21536c16690fc1aaa61"
"""Of the adapter that comes with the program; what it makes are vectors of a model of their own."""
_SHARPNESS = np.float32(0.1)
_SHARE = np.float32(0.4)
"""How much of its nearness to everything is taken off a text, for a whole sentence."""


class SentenceAdapter:
    """The adapter's tensors in memory (4 MB), for any thread.

    Args:
        file: another than the one that comes with the program.

    Raises:
        ModelError: it is not there, or damaged.
    """

    def __init__(self, file: Path | None = None) -> None:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        own = find_resources() / "meaning" / "adapter.safetensors"
        try:
            if file is None and known_sha256(own) != SHA256:
                raise _damaged("it is another than was packaged")
            tensors = load_file(file or own)
        except (OSError, SafetensorError) as error:
            raise _damaged(str(error)) from error
        self.word_weights: Array = tensors["word_weights"].astype(np.float32)
        self._map: Array = np.ascontiguousarray(tensors["map"].astype(np.float32).T)
        self._references: Array = np.ascontiguousarray(
            unit_length(tensors["references"].astype(np.float32)).T
        )
        self._usual = tensors["usual_nearness"].astype(np.float32)

    def vectors(self, features: Array) -> Array:
        """The vectors of texts that are searched.

        Args:
            features: ``[n, 4, 384]``, of the sentence model.

        Returns:
            float32 ``[n, 384]``, unit length.
        """
        out = np.empty((len(features), DIMENSIONS), np.float32)
        out[:, :-1] = self._mapped(features)
        out[:, -1] = self._nearness(out[:, :-1]) - self._usual
        return unit_length(out)

    def query(self, features: Array, sentence: float) -> Array:
        """The vector of a query.

        Args:
            features: ``[1, 4, 384]``, of the sentence model.
            sentence: how far it is a whole sentence, see :func:`~blipdesk.domain.sentences.wholeness`.

        Returns:
            float32 ``[384]``; its length is a little more than one.
        """
        out = np.empty(DIMENSIONS, np.float32)
        out[:-1] = self._mapped(features)[0]
        out[-1] = -_SHARE * np.float32(sentence)
        return out

    def _mapped(self, features: Array) -> Array:
        return unit_length(features.reshape(-1, MEANS * DIMENSIONS) @ self._map)

    def _nearness(self, mapped: Array) -> Array:
        """A soft maximum of the cosines with the references."""
        cosines = mapped @ self._references
        nearness: Array = _SHARPNESS * np.log(np.exp(cosines / _SHARPNESS).mean(axis=1))
        return nearness


def _damaged(why: str) -> ModelError:
    return ModelError(
        later("A part of the sentence model is damaged ({why}): search finds by words alone.").format(
            why=why
        ),
        later("Install BlipDesk again."),
    )
