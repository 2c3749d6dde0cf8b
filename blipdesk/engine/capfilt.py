"""CapFilt on the person's own library: the captioner proposes, the retrieval model says what fits.

BLIP, arXiv:2201.12086, section 3.3, used there to clean the training texts, here to choose among a photo's
candidates and to find the captions that need a person's look.  No torch in this module.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from blipdesk.domain.jobs import CaptionResult, PixelImage
from blipdesk.domain.ports import CancelToken
from blipdesk.domain.values import MatchScore
from blipdesk.engine.batching import InBatches
from blipdesk.engine.keywords import extract_keywords
from blipdesk.engine.sureness import Bands, match_score, mismatches
from blipdesk.engine.text import encodable
from blipdesk.engine.views import Views
from blipdesk.engine.vision_model import RetrievalModel

_LEAST = 1e-300
"""For the logarithm of an ITM score that is 0 in double precision."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the retrieval model makes of one photo."""

    matches: list[MatchScore]
    """Of its texts, in their order."""
    embedding: tuple[float, ...]
    """Of the picture, for search."""


class Scorer(InBatches):
    """Scores texts against photos with one retrieval model; each photo is encoded once for all its texts.

    Args:
        model: the retrieval model.
        views: how pictures are encoded for it.
        bands: the calibrated bands of the margin.
        batch_size: photos at a time.
        can_move: the model may go to a smaller place (:class:`~blipdesk.engine.batching.PhotoTooLargeError`).
    """

    def __init__(
        self, model: RetrievalModel, views: Views, bands: Bands, batch_size: int, *, can_move: bool = False
    ) -> None:
        super().__init__(batch_size, can_move=can_move)
        self._model = model
        self._views = views
        self._bands = bands

    def score(
        self, images: Sequence[PixelImage], texts: Sequence[Sequence[str]], cancel: CancelToken
    ) -> list[Seen | None]:
        """The scores of each photo's texts, and its embedding; None where the model failed on a photo.

        Raises:
            Cancelled: the token was set.
            DeviceLostError: nothing can be scored in this process any more.
            PhotoTooLargeError: the model has to go to a smaller place first.
        """
        return self.in_batches(
            list(zip(images, texts, strict=True)), lambda part: self._match(part, cancel), cancel
        )

    def _let_go(self) -> None:
        self._views.forget()
        super()._let_go()

    def _match(self, photos: Sequence[tuple[PixelImage, Sequence[str]]], cancel: CancelToken) -> list[Seen]:
        images = [image for image, _ in photos]
        asked = [[(encodable(text), *map(encodable, mismatches(text))) for text in one] for _, one in photos]
        flat = [[text for group in of_photo for text in group] for of_photo in asked]
        encoded = self._views.encode(images)
        found = self._model.match(encoded, flat, cancel)
        embeddings = self._model.image_features(encoded).tolist()
        seen = []
        for of_photo, matches, embedding in zip(asked, found, embeddings, strict=True):
            left = iter(matches)
            groups = [[next(left) for _ in group] for group in of_photo]
            scores = [match_score(group[0], group[1:], self._bands) for group in groups]
            seen.append(Seen(scores, tuple(embedding)))
        return seen


def filter_captions(
    results: Sequence[CaptionResult], images: Sequence[PixelImage], scorer: Scorer, cancel: CancelToken
) -> list[CaptionResult]:
    """The results with each candidate's match, the best first and taken for the caption, and embeddings.

    The best is the one of the highest product of match probability and the captioner's own likelihood (mean
    of a token).  The matching head filters rather than ranks: below a half it rules a caption out, but among
    captions that are all nearly right its logit says less than the captioner's likelihood.

    Results that are problems, and those that cannot be scored, stay as they are.

    Raises:
        Cancelled: the token was set.
        PhotoTooLargeError: the model has to go to a smaller place first.
    """
    filtered = list(results)
    places = [place for place, result in enumerate(results) if result.candidates]
    scores = scorer.score(
        [images[place] for place in places],
        [[candidate.text for candidate in results[place].candidates] for place in places],
        cancel,
    )
    for place, seen in zip(places, scores, strict=True):
        if seen is not None:
            filtered[place] = replace(_best_first(results[place], seen.matches), embedding=seen.embedding)
    return filtered


def _best_first(result: CaptionResult, scores: Sequence[MatchScore]) -> CaptionResult:
    verdicts = [
        math.log(max(match.itm, _LEAST)) + (candidate.score or 0.0)
        for candidate, match in zip(result.candidates, scores, strict=True)
    ]
    order = sorted(range(len(scores)), key=lambda place: -verdicts[place])  # of equals the captioner's first
    candidates = tuple(replace(result.candidates[place], match=scores[place]) for place in order)
    best = candidates[0]
    return replace(
        result,
        text=best.text,
        raw_text=best.raw_text,
        candidates=candidates,
        keywords=extract_keywords(best.text),
    )
