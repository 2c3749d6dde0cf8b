"""One batch through the engine, and finding the one photo that an engine dies on."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from blipdesk.domain.errors import Cancelled, ModelError, Problem, ProblemKind
from blipdesk.domain.jobs import (
    CaptionCommit,
    CaptionOptions,
    CaptionResult,
    DecodedPhoto,
    EngineInfo,
    Job,
    PixelImage,
)
from blipdesk.domain.ports import CancelToken, VisionEngine
from blipdesk.domain.values import Candidate
from blipdesk.domain.wording import later
from blipdesk.pipeline.lookahead import MAX_DEATHS
from blipdesk.pipeline.options import PipelineOptions
from blipdesk.pipeline.scores import Scores, existing_captions, keeps

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog

_log = logging.getLogger(__name__)

_LAST_RUN = "pipeline.last_run"

CRASHED = Problem(
    ProblemKind.CRASHED,
    later("The model stopped twice on this photo; it was set aside."),
    later("Choose Try again, or try another model."),
)


class EngineUnwellError(ModelError):
    """The engine fails on a plain grey picture too: no photo is to blame."""


def model_key(info: EngineInfo, options: CaptionOptions, retrieval: EngineInfo | None = None) -> str:
    """The key of the queue: the checkpoint and task, and the options that change the text.

    A retrieval model changes it where it has several candidates to choose from; else it only scores.

    >>> info = EngineInfo("m@1/caption", "", "cpu", "fp32", 384, 8)
    >>> model_key(info, CaptionOptions()), model_key(info, CaptionOptions(prompt="a photo of", num_beams=3))
    ('m@1/caption', 'm@1/caption?num_beams=3&prompt="a photo of"')
    >>> model_key(info, CaptionOptions(top_p=0.5), EngineInfo("r@1/retrieval", "", "cpu", "fp32", 384, 8))
    'm@1/caption'
    """
    default, chosen = asdict(CaptionOptions()), asdict(options)
    if options.sampling:
        idle = {"num_beams", "length_penalty"}
    elif max(options.num_beams, options.candidates) > 1:
        idle = {"top_p", "temperature"}
    else:
        idle = {"top_p", "temperature", "length_penalty"}
    changed = {name: chosen[name] for name in chosen if chosen[name] != default[name] and name not in idle}
    if retrieval is not None and options.candidates > 1:
        changed["retrieval"] = retrieval.model_key
    suffix = "&".join(f"{k}={json.dumps(v, ensure_ascii=False)}" for k, v in sorted(changed.items()))
    return f"{info.model_key}?{suffix}" if suffix else info.model_key


@dataclass(frozen=True, slots=True)
class Captioned:
    """What was made of one photo."""

    result: CaptionResult | None
    """None where only the file's metadata changed."""
    existing: tuple[Candidate, ...] = ()
    """Captions that it had before, with their match."""


class Captioner:
    """Captions batches for the runner, on its thread."""

    def __init__(self, catalog: Catalog, engine: VisionEngine) -> None:
        self._catalog = catalog
        self._engine = engine
        self.options = PipelineOptions()
        """What the model was last loaded with."""
        self.info: EngineInfo | None = None
        """The model last loaded, with the queue's ``model_key``."""
        self.loaded = False
        """True while the model is ready."""
        self._scores = Scores(engine, None)

    @property
    def model_key(self) -> str:
        """The queue's key; a model must have been loaded."""
        assert self.info is not None
        return self.info.model_key

    @property
    def retrieval_key(self) -> str:
        """The model key of what scores captions."""
        return self._scores.model_key

    @property
    def not_scored(self) -> str:
        """Why captions could not be scored; empty where they were, or no model was to."""
        return self._scores.problem

    def load(self, options: PipelineOptions) -> EngineInfo:
        """Load the model, and remember with what, so that the next start knows whether anything changed.

        Raises:
            ModelError: it cannot be loaded.
            CatalogError: the catalog cannot be written.
        """
        self.loaded = False
        info = self._engine.load(options.engine)
        self._scores = Scores(self._engine, options.retrieval_engine)
        info = replace(info, model_key=model_key(info, options.caption, self._scores.load()))
        self.info, self.options = info, options
        last = {"options": _fingerprint(options), "model_key": info.model_key}
        if self._catalog.setting(_LAST_RUN, None) != last:
            self._catalog.set_setting(_LAST_RUN, last)
        self.loaded = True
        return info

    def last_run(self, options: PipelineOptions) -> tuple[str, bool] | None:
        """The model key of the last run, and whether these options give it again; None: there was no run.

        So it is known without loading a model what is pending.
        """
        last = self._catalog.setting(_LAST_RUN, None)
        if not isinstance(last, dict):
            return None
        return str(last["model_key"]), last["options"] == _fingerprint(options)

    def forget(self) -> None:
        """The engine failed or was closed; it is loaded anew."""
        self.loaded = False

    def caption(self, ready: Sequence[tuple[Job, DecodedPhoto]], cancel: CancelToken) -> list[Captioned]:
        """What is made of each photo, in order.

        Raises:
            Cancelled: the run stops.
            EngineUnwellError: the engine cannot go on.
        """
        results: list[CaptionResult | None] = [None] * len(ready)
        wanted = [i for i, (job, decoded) in enumerate(ready) if not _only_metadata_changed(job, decoded)]
        if wanted:
            made = self._caption_some([ready[i] for i in wanted], cancel)
            for i, result in zip(wanted, made, strict=True):
                results[i] = result
        existing = self._score_existing(ready, results, cancel)
        return [Captioned(result, existing.get(i, ())) for i, result in enumerate(results)]

    def _score_existing(
        self,
        ready: Sequence[tuple[Job, DecodedPhoto]],
        results: Sequence[CaptionResult | None],
        cancel: CancelToken,
    ) -> dict[int, tuple[Candidate, ...]]:
        """The captions that photos of the batch have already, with their match, by place."""
        if not self._scores.on:
            return {}
        photos = {photo.id: photo for photo in self._catalog.photos([job.photo_id for job, _ in ready])}
        listed = [
            (place, caption)
            for place, ((job, decoded), result) in enumerate(zip(ready, results, strict=True))
            if job.photo_id in photos
            for caption in existing_captions(
                photos[job.photo_id], job, decoded, result, by_demo=self._scores.is_demo
            )
        ]
        images = [ready[place][1].model_input for place, _ in listed]
        scored = self._scores.score(images, [caption for _, caption in listed], cancel)
        found: dict[int, tuple[Candidate, ...]] = {}
        for (place, _), candidate in zip(listed, scored, strict=True):
            if keeps(candidate, results[place]):
                found[place] = (*found.get(place, ()), candidate)
        return found

    def _caption_some(
        self, ready: Sequence[tuple[Job, DecodedPhoto]], cancel: CancelToken
    ) -> list[CaptionResult]:
        try:
            results = self._run(ready, cancel)
        except ModelError as error:
            if cancel.is_set():
                raise Cancelled(str(error)) from error
            _log.warning("the engine failed on a batch of %d: %s", len(ready), error)
        else:
            self._scores.note_success()
            return results
        return [self._caption_alone(photo, cancel) for photo in ready]

    def _caption_alone(self, photo: tuple[Job, DecodedPhoto], cancel: CancelToken) -> CaptionResult:
        scored = self._scores.on
        result = self._try_alone(photo, cancel)
        if scored and not self._scores.on:
            self._scores.resume()
        return result

    def _try_alone(self, photo: tuple[Job, DecodedPhoto], cancel: CancelToken) -> CaptionResult:
        while True:
            try:
                return self._run([photo], cancel)[0]
            except ModelError as error:
                if cancel.is_set():
                    raise Cancelled(str(error)) from error
                _log.warning("the engine failed on %r alone: %s", photo[0].path, error)
            if self._scores.on:  # no photo is to fail because its scoring does
                self._scores.drop()
                continue
            self._check_engine(cancel)
            if self._catalog.record_death(photo[0].id) >= MAX_DEATHS:
                return CaptionResult(problem=CRASHED)

    def _run(self, ready: Sequence[tuple[Job, DecodedPhoto]], cancel: CancelToken) -> list[CaptionResult]:
        images = [decoded.model_input for _, decoded in ready]
        try:
            results = self._engine.caption(images, self.options.caption, cancel)
        except (ModelError, Cancelled):
            raise
        except Exception as error:
            _log.exception("the engine failed in an unforeseen way")
            raise ModelError(later("The model failed ({name}).").format(name=type(error).__name__)) from error
        if len(results) != len(images):
            raise ModelError(
                later("The model gave {count} captions for {count2} photos.").format(
                    count=len(results), count2=len(images)
                )
            )
        return results

    def _check_engine(self, cancel: CancelToken) -> None:
        assert self.info is not None
        edge = self.info.image_size
        grey = PixelImage(edge, edge, b"\x80" * (edge * edge * 3))
        try:
            self._engine.caption([grey], self.options.caption, cancel)
        except ModelError as error:
            raise EngineUnwellError(error.message, error.remedy) from error


def commit_of(
    job: Job, decoded: DecodedPhoto, captioned: Captioned, options: CaptionOptions
) -> CaptionCommit:
    """What finishes a job: what was made of the photo and what the decode tells."""
    return CaptionCommit(
        job_id=job.id,
        photo_id=job.photo_id,
        content_hash=job.content_hash,
        model_key=job.model_key,
        decoded_format=decoded.format,
        width=decoded.width,
        height=decoded.height,
        pixel_hash=decoded.pixel_hash,
        damaged=decoded.damaged,
        facts=decoded.facts,
        result=captioned.result,
        options=options,
        existing=captioned.existing,
    )


def _only_metadata_changed(job: Job, decoded: DecodedPhoto) -> bool:
    # An imported photo has a caption and was never decoded here.
    return job.has_caption and not job.forced and job.pixel_hash in (None, decoded.pixel_hash)


def _fingerprint(options: PipelineOptions) -> str:
    parts = [asdict(options.engine), asdict(options.caption)]
    if options.caption.candidates > 1 and options.retrieval_engine is not None:
        parts.append(asdict(options.retrieval_engine))
    return json.dumps(parts, sort_keys=True)
