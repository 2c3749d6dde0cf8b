"""An opened library: what the window and the command line hold while they run."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from blipdesk.catalog import Catalog, DraftFile, InstanceLock, ThumbnailStore
from blipdesk.domain.errors import (
    CatalogError,
    ModelError,
    Problem,
)
from blipdesk.domain.events import Progress
from blipdesk.domain.jobs import EngineSettings, TextEmbedding
from blipdesk.domain.paths import is_under
from blipdesk.domain.values import LibraryView, Photo, ViewKind
from blipdesk.domain.wording import later
from blipdesk.engine import create_engine, create_sentences
from blipdesk.metadata import FileRestorer, LateMetadataWriter
from blipdesk.pipeline import DecoderProcess, Pipeline, PipelineOptions, RunSummary
from blipdesk.pipeline.questions import NO_MATCHER
from blipdesk.services import demo as demo_library
from blipdesk.services.asking import AskingService
from blipdesk.services.asking_many import AskManyService
from blipdesk.services.autostart import Autostart
from blipdesk.services.captioning import CaptioningService
from blipdesk.services.choices import RunChoices
from blipdesk.services.computer import ThisComputer
from blipdesk.services.control import ControlServer
from blipdesk.services.drafts import DraftService
from blipdesk.services.editing import EditingService
from blipdesk.services.events import EventHub
from blipdesk.services.explaining import ExplainingService
from blipdesk.services.facets import FacetService
from blipdesk.services.holding import take_lock
from blipdesk.services.keywords import KeywordService
from blipdesk.services.library import LibraryService
from blipdesk.services.log import end_log, start_log
from blipdesk.services.models import ModelService, models_dir
from blipdesk.services.operations import operations
from blipdesk.services.picture_queries import SECONDS
from blipdesk.services.proposing import ProposingService
from blipdesk.services.run_options import answering_engine, matching_engine, named_match_model, run_options
from blipdesk.services.searching import SearchService
from blipdesk.services.settings import SettingsService
from blipdesk.services.tagging import TaggingService
from blipdesk.services.text_embedding import TextEngine, embedded_elsewhere
from blipdesk.services.trashing import TrashService
from blipdesk.services.trial import TrialService
from blipdesk.services.writing import WritingService

_log = logging.getLogger(__name__)

_PAGE = 1000
_LOAD_SECONDS = 600.0
"""How long a search waits for a model that was asked for."""


def may_hold_catalog(data_dir: Path) -> bool:
    """False for a folder that is not there, or that holds other things only: no catalog is made in it.

    An empty folder may: it was made for a catalog, whose making was killed or has not begun.
    """
    try:
        names = {entry.name for entry in data_dir.iterdir()}
    except OSError:
        return False
    return not names or "catalog.lock" in names or "catalog.db" in names


def _captioner_of(photo: Photo | None) -> str:
    """The model key of a photo's machine-made caption; empty where it has none."""
    return photo.model_key or "" if photo is not None and photo.model_caption else ""


class Workspace:
    """The services over one catalog, with the lock, the worker and the local door behind them.

    Made by :meth:`open`; :meth:`begin` starts the background worker; :meth:`close` ends everything in
    order.  One process holds a catalog at a time; readers (``read_only``) may come beside it.
    """

    def __init__(self, data_dir: Path, catalog: Catalog, lock: InstanceLock | None, *, demo: bool) -> None:
        self.data_dir = data_dir
        self.demo = demo
        self.log_path = data_dir / "logs" / "blipdesk.log"
        self.catalog = catalog
        self._lock = lock
        self._thumbnails = ThumbnailStore.open(data_dir, writer=lock is not None)
        self._pipeline: Pipeline | None = None
        self._control: ControlServer | None = None
        self._started = False
        self._writer = LateMetadataWriter(lambda: [root.path for root in catalog.all_roots()])
        self.events = EventHub()
        self.computer = ThisComputer()
        self.settings = SettingsService(catalog.setting, catalog.set_setting)
        self._autostart = Autostart.of(data_dir, self.settings.values.start_with_system)
        self.models = ModelService(data_dir)
        self.trials = TrialService(models_dir(data_dir))
        self.options = self.options_of()
        self.searching = SearchService(catalog, embed=self._embed_text)
        self.library = LibraryService(catalog, self.pipeline, self.searching)
        self.facets = FacetService(catalog)
        self.captioning = CaptioningService(catalog, self.pipeline, self.settings)
        self.asking = AskingService(catalog, self.pipeline)
        self.proposing = ProposingService(catalog, self.pipeline, lambda: self.options.caption)
        self.asking_many = AskManyService(catalog, self.pipeline, self._usual_answerer)
        self.explaining = ExplainingService(self.pipeline)
        self.editing = EditingService(catalog, self.pipeline)
        drafts = DraftFile(data_dir)
        self.drafts = DraftService(drafts.load, drafts.save)
        self.keywords = KeywordService(catalog, self.pipeline)
        self.tagging = TaggingService(catalog, self.pipeline)
        self.trashing = TrashService(catalog)
        self.writing = WritingService(catalog, self.pipeline, self._writer, self.settings)
        catalog.subscribe(self.events.publish)

    @classmethod
    def open(
        cls,
        data_dir: Path,
        *,
        demo: bool = False,
        start: bool = True,
        brief: bool = False,
        on_activate: Callable[[], None] | None = None,
    ) -> Workspace:
        """Open (or make) the library of a data folder and take its lock.

        Args:
            data_dir: the data folder; the demo library lies in ``demo/`` inside it.
            demo: open the demo library, with the sample pictures copied and watched.
            start: start the background worker at once, unless the first start is still to be answered.
            brief: for one small operation: whoever wants the catalog meanwhile waits for its end.
            on_activate: for a window: called on a worker thread when a second window is started; when this
                is the second one, the first is asked to come to the front.

        Raises:
            AlreadyRunningError: a second window; the first is in front now.
            CatalogLockedError: another BlipDesk holds it.
            CatalogError: it cannot be opened, or was made by a newer BlipDesk.
        """
        if demo:
            data_dir = demo_library.demo_data_dir(data_dir)
        lock = InstanceLock(data_dir)
        take_lock(lock, data_dir, window=on_activate is not None)
        try:
            start_log(data_dir)
            workspace = cls(data_dir, Catalog.open(data_dir), lock, demo=demo)
        except BaseException:
            lock.release()
            raise
        workspace._enter(on_activate, brief)
        if start and (demo or workspace.settings.values.first_start_done):
            workspace.begin()
        return workspace

    @classmethod
    def read(cls, data_dir: Path) -> Workspace:
        """Open for reading only, beside a running BlipDesk; an older catalog is opened wholly.

        Raises:
            CatalogError: there is none (a mistyped folder gets no catalog), or it cannot be read.
        """
        if not may_hold_catalog(data_dir):
            demo = demo_library.demo_data_dir(data_dir)
            remedy = "Check --data-dir, or begin one: blipdesk add FOLDER"
            if may_hold_catalog(demo):
                remedy = f"The catalog of the demo is in {demo}."
            raise CatalogError(
                later("There is no BlipDesk catalog in {data_dir}.").format(data_dir=data_dir), remedy
            )
        if Catalog.is_current(data_dir):
            return cls(data_dir, Catalog.open(data_dir, writer=False), None, demo=False)
        return cls.open(data_dir, start=False, brief=True)

    def _enter(self, on_activate: Callable[[], None] | None, brief: bool) -> None:
        self.catalog.clear_claims()
        if self.demo:
            folder = demo_library.copy_samples(self.data_dir.parent)
            self.catalog.add_folder(str(folder))
        handlers = operations(self, on_activate)
        handlers["ping"] = lambda *_: not brief
        self._control = ControlServer(self.data_dir, handlers)
        self._control.start()

    # ------------------------------------------------------------------------------------ the worker

    def pipeline(self) -> Pipeline:
        """The background worker, made at the first use (its processes start when they have work)."""
        if self._pipeline is None:
            self._pipeline = Pipeline(
                self.catalog,
                self._thumbnails,
                create_engine(self.options.engine, models_dir(self.data_dir)),
                DecoderProcess(),
                self._writer,
                self.options,
                on_progress=self._on_progress,
                interactive_decoder=DecoderProcess(),
                restorer=FileRestorer(),
                make_sentences=create_sentences,
                computer=self.computer,
            )
        return self._pipeline

    def begin(self) -> None:
        """Start watching, captioning and writing back; a second call does nothing."""
        if not self._started:
            self._started = True
            pipeline = self.pipeline()
            if self.settings.values.paused:
                pipeline.pause()
            pipeline.start()

    def apply_settings(self) -> None:
        """Let the worker and the system follow changed settings; raises as :meth:`Autostart.follow`."""
        self.use(self.options_of())
        self._autostart.follow(self.settings)

    def options_of(self, choices: RunChoices | None = None, *, watch: bool = True) -> PipelineOptions:
        """The worker's options as the settings have them, and what a command line says over them.

        Raises:
            UsageError: a choice is none, or makes no sense beside another.
        """
        return run_options(self.settings.values, choices or RunChoices(), self.models.list, watch=watch)

    def answering_engine(self, photo: Photo, chosen: str | None) -> EngineSettings:
        """The checkpoint that answers a command line's question about a photo; ``chosen``: it names one."""
        usual = self._usual_answerer()
        return answering_engine(usual, chosen, _captioner_of(photo), self.models.list)

    def _usual_answerer(self) -> EngineSettings:
        return self.options.answer_engine or self.options.engine

    def matching_engine(self, path: str, chosen: str | None) -> EngineSettings:
        """The checkpoint that explains a photo to a command line; ``chosen``: it names one.

        Raises:
            UsageError: what it names is no model.
            ModelError: there is none that suits the photo's caption.
        """
        captioner = _captioner_of(self.catalog.photo_by_path(path))
        wanted = named_match_model(chosen, self.models.list) or self.settings.values.match_model
        return matching_engine(self.options.engine, wanted, captioner, self.models.list)

    def use(self, options: PipelineOptions) -> None:
        """Let the worker follow these options, instead of those of the settings."""
        self.options = options
        if self._pipeline is not None:
            self._pipeline.reconfigure(options)

    def run_once(
        self,
        paths: Sequence[str],
        options: PipelineOptions,
        on_captioned: Callable[[str], None],
        *,
        retry: bool = False,
        again: bool = False,
    ) -> RunSummary:
        """Headless: scan ``paths`` (or every watched folder), caption what is pending, write back, end.

        Args:
            paths: folders and photos.
            options: of this run.
            on_captioned: gets a photo's path once its caption is committed; on a worker thread.
            retry: try the photos there again that failed before.
            again: caption the photos there anew that have a caption; a person's stays what people see.

        Raises:
            KnownError: it cannot run (no model, catalog full); what is done is kept.
        """
        self.use(options)
        pipeline = self.pipeline()
        pipeline.on_captioned = on_captioned
        if retry:
            self.captioning.retry([photo_id for photo_id, *_ in self._failed_under(paths)])
        summary = pipeline.run_once(paths or None, list(self._captioned_under(paths)) if again else ())
        found, news = list(self._failed_under(paths)), set(summary.news)
        known = sum(photo_id not in news for photo_id, *_ in found)
        failed = tuple((path, problem) for _, path, problem in found)
        to_review = self.catalog.ids(LibraryView(ViewKind.NEEDS_REVIEW)).tolist()
        unsure = len(set(summary.captioned_ids).intersection(to_review))
        unchanged = max(0, summary.unchanged - known)
        return replace(
            summary, failed=failed, unchanged=unchanged, needs_review=len(to_review), unsure=unsure
        )

    def _failed_under(self, paths: Sequence[str]) -> Iterator[tuple[int, str, Problem]]:
        """Every photo in reach that could not be captioned, or not again, also in an earlier run."""
        roots = paths or [folder.path for folder in self.catalog.folders()]
        views = LibraryView(ViewKind.FAILED), LibraryView(ViewKind.WORDLESS)
        failed = dict.fromkeys(photo_id for view in views for photo_id in self.catalog.ids(view))
        for photo in self.catalog.photos(list(failed)):
            if photo.problem is not None and any(is_under(photo.path, root) for root in roots):
                problem = photo.problem
                if photo.model_caption is not None:
                    problem = replace(problem, remedy=f"{problem.remedy} The caption it had stays.".strip())
                yield photo.id, photo.path, problem

    def _captioned_under(self, paths: Sequence[str]) -> Iterator[int]:
        """Every photo in reach that has a caption; read in pages."""
        for top in paths or [folder.path for folder in self.catalog.folders()]:
            ids = self.catalog.ids(LibraryView(ViewKind.FOLDER, top)).tolist()
            alone = None if ids else self.catalog.photo_by_path(top)
            ids += [alone.id] if alone is not None else []
            for start in range(0, len(ids), _PAGE):
                tiles = self.catalog.tiles(ids[start : start + _PAGE])
                yield from (tile.id for tile in tiles if tile.caption is not None)

    def read_by_meaning(self) -> None:
        """Headless: read by meaning what was not; :meth:`cancel_run` ends it early."""
        self.pipeline().read_by_meaning()

    def _embed_text(self, text: str) -> Future[TextEmbedding] | None:
        """Have a query embedded for search by pictures: here, or by the BlipDesk that holds the catalog."""
        if self._lock is None:
            return embedded_elsewhere(self.data_dir, text)
        return None if self.options.retrieval_engine is None else self.pipeline().embed_text(text)

    @contextmanager
    def looking_into_pictures(self) -> Iterator[None]:
        """Answer searches with the retrieval model loaded here, however long that takes.

        Raises:
            ModelError: there is none.
        """
        settings = self.options.retrieval_engine
        if settings is None:
            raise ModelError(*NO_MATCHER)
        engine = TextEngine(settings, models_dir(self.data_dir))
        self.searching.pictures.use(engine.embed, _LOAD_SECONDS)
        try:
            yield
        finally:
            self.searching.pictures.use(self._embed_text, SECONDS)
            engine.close()

    def cancel_run(self) -> None:
        """End :meth:`run_once` early, in order; may be called from a signal handler."""
        if self._pipeline is not None:
            self._pipeline.cancel_run()

    def _on_progress(self, progress: Progress) -> None:
        self.events.publish(self.captioning.note_progress(progress))

    def close(self) -> None:
        """End in order: door, watcher, intake, claims, decoder, engine, metadata, writer, lock."""
        if self._control is not None:
            self._control.close()
        if self._pipeline is not None:
            self._pipeline.stop()
        self._thumbnails.close()
        self.drafts.write()
        self.catalog.close()
        if self._lock is not None:
            end_log(self.data_dir)
            self._lock.release()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()
