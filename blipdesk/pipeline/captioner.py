"""One batch through the engine, and finding the one photo that an engine dies on."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, replace
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
from blipdesk.pipeline.lookahead import MAX_DEATHS
from blipdesk.pipeline.options import PipelineOptions

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog

_log = logging.getLogger(__name__)

_LAST_RUN = "pipeline.last_run"

CRASHED = Problem(
    ProblemKind.CRASHED,
    "The model stopped twice on this photo; it was set aside.",
    "Choose Try again, or try another model.",
)


class EngineUnwellError(ModelError):
    """The engine fails on a plain grey picture too: no photo is to blame."""


def model_key(info: EngineInfo, options: CaptionOptions) -> str:
    """The key of the queue: the checkpoint and task, and the options that change the text.

    >>> info = EngineInfo("m@1/caption", "", "cpu", "fp32", 384, 8)
    >>> model_key(info, CaptionOptions()), model_key(info, CaptionOptions(prompt="a photo of", num_beams=3))
    ('m@1/caption', 'm@1/caption?num_beams=3&prompt="a photo of"')
    """
    default = asdict(CaptionOptions())
    changed = {k: v for k, v in sorted(asdict(options).items()) if v != default[k]}
    suffix = "&".join(f"{k}={json.dumps(v, ensure_ascii=False)}" for k, v in changed.items())
    return f"{info.model_key}?{suffix}" if suffix else info.model_key


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

    @property
    def model_key(self) -> str:
        """The queue's key; a model must have been loaded."""
        assert self.info is not None
        return self.info.model_key

    def load(self, options: PipelineOptions) -> EngineInfo:
        """Load the model, and remember with what, so that the next start knows whether anything changed.

        Raises:
            ModelError: it cannot be loaded.
            CatalogError: the catalog cannot be written.
        """
        self.loaded = False
        info = self._engine.load(options.engine)
        info = self.info = replace(info, model_key=model_key(info, options.caption))
        self.options = options
        last = {"options": _fingerprint(options), "model_key": info.model_key}
        if self._catalog.setting(_LAST_RUN, None) != last:
            self._catalog.set_setting(_LAST_RUN, last)
        self.loaded = True
        return info

    def last_key(self, options: PipelineOptions) -> str | None:
        """The model key that these options gave last time: what is pending is known without loading a model.

        None when the last run had other options.
        """
        last = self._catalog.setting(_LAST_RUN, None)
        if isinstance(last, dict) and last.get("options") == _fingerprint(options):
            return str(last["model_key"])
        return None

    def forget(self) -> None:
        """The engine failed or was closed; it is loaded anew."""
        self.loaded = False

    def caption(
        self, ready: Sequence[tuple[Job, DecodedPhoto]], cancel: CancelToken
    ) -> list[CaptionResult | None]:
        """One result per photo, in order; None where only the file's metadata changed.

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
        return results

    def _caption_some(
        self, ready: Sequence[tuple[Job, DecodedPhoto]], cancel: CancelToken
    ) -> list[CaptionResult]:
        try:
            return self._run(ready, cancel)
        except ModelError as error:
            if cancel.is_set():
                raise Cancelled(str(error)) from error
            _log.warning("the engine failed on a batch of %d: %s", len(ready), error)
        return [self._caption_alone(photo, cancel) for photo in ready]

    def _caption_alone(self, photo: tuple[Job, DecodedPhoto], cancel: CancelToken) -> CaptionResult:
        while True:
            try:
                return self._run([photo], cancel)[0]
            except ModelError as error:
                if cancel.is_set():
                    raise Cancelled(str(error)) from error
                _log.warning("the engine failed on %r alone: %s", photo[0].path, error)
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
            raise ModelError(f"The model failed ({type(error).__name__}).") from error
        if len(results) != len(images):
            raise ModelError(f"The model gave {len(results)} captions for {len(images)} photos.")
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
    job: Job, decoded: DecodedPhoto, result: CaptionResult | None, options: CaptionOptions
) -> CaptionCommit:
    """What finishes a job: its caption (None where only the metadata changed) and what the decode tells."""
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
        result=result,
        options=options,
    )


def _only_metadata_changed(job: Job, decoded: DecodedPhoto) -> bool:
    # An imported photo has a caption and was never decoded here.
    return job.has_caption and not job.forced and job.pixel_hash in (None, decoded.pixel_hash)


def _fingerprint(options: PipelineOptions) -> str:
    return json.dumps([asdict(options.engine), asdict(options.caption)], sort_keys=True)
