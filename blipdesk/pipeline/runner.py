"""The background worker: claims jobs, has them decoded ahead, captions batch by batch, commits.

Questions go before captioning, between two batches; those to many photos take turns with it.  No photo is
lost: a job stays queued until its caption is committed, and what is in hand at a stop is released.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from blipdesk.domain.conditions import WaitReason
from blipdesk.domain.errors import Cancelled, CatalogError, KnownError, ModelError
from blipdesk.domain.events import RunState
from blipdesk.domain.jobs import EngineInfo
from blipdesk.domain.ports import VisionEngine
from blipdesk.domain.wording import later
from blipdesk.pipeline.batches import LONG_BATCH_SECONDS, Batches, RunnerHooks
from blipdesk.pipeline.captioner import Captioner
from blipdesk.pipeline.claims import Claims
from blipdesk.pipeline.holding import HELD_SECONDS, Holding
from blipdesk.pipeline.loaded import Loaded
from blipdesk.pipeline.lookahead import LookAhead
from blipdesk.pipeline.many import ManyQuestions
from blipdesk.pipeline.options import PipelineOptions
from blipdesk.pipeline.picture_reading import PictureReading
from blipdesk.pipeline.progress import ProgressMeter
from blipdesk.pipeline.questions import AnyToken, AskedToken, Question, Questions, TextQuestion
from blipdesk.pipeline.threads import ThreadOwner, fault
from blipdesk.pipeline.touched import Touched

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog

_log = logging.getLogger(__name__)

RETRY_SECONDS = 30.0
"""How long the worker rests after an error that lies outside the photos, before it tries again."""
_WAIT_SECONDS = 0.5


class Runner(ThreadOwner):
    """Owns the thread ``blipdesk-runner`` and the conversation with the engine.

    Args:
        catalog, lookahead: the durable queue, and the decoding thread.
        engine: used by the runner's thread alone.
        options: what to do; see :meth:`reconfigure`.
        meter, hooks: where progress goes, and whom to tell.
        touched, pictures: files to look at when there is nothing else to do, and pictures to read after that.
        holding: says whether the computer is free for it.
        roots: only photos at or below these absolute paths are captioned; None: all.
    """

    def __init__(
        self,
        catalog: Catalog,
        lookahead: LookAhead,
        engine: VisionEngine,
        options: PipelineOptions,
        meter: ProgressMeter,
        hooks: RunnerHooks,
        touched: Touched,
        pictures: PictureReading,
        holding: Holding,
        roots: Sequence[str] | None = None,
    ) -> None:
        self._catalog, self._lookahead = catalog, lookahead
        self._engine, self._options = engine, options
        self._meter, self._hooks = meter, hooks
        self._captioner = Captioner(catalog, engine)
        self._claims = Claims(catalog, lookahead, roots)
        self._batches = Batches(catalog, lookahead, self._captioner, self._claims, pictures, meter, hooks)
        self._touched, self._pictures, self._holding = touched, pictures, holding
        self._questions = Questions(engine, decode := hooks.decode_for_question)
        self._many = ManyQuestions(catalog, self._questions, engine, decode, meter.set_asked)
        self._models = Loaded(engine, self._captioner, self._questions, pictures)
        self._changed = threading.Condition()
        self._stop, self._interrupt = threading.Event(), threading.Event()
        self._captioning = self._paused = self._reload = False
        self._once: Callable[[], bool] | None = None
        self._news = True
        self._forced: list[int] = []
        self._visible: tuple[int, ...] = ()
        self.error: KnownError | None = None
        """Why a headless run could not go on."""
        self.model_error: ModelError | None = None
        """Why the model that was asked for cannot be loaded; None once it was, or another is asked for."""
        self.finished = threading.Event()

    @property
    def not_scored(self) -> str:
        """Why captions could not be scored; to be read when it has finished."""
        return self._captioner.not_scored

    @property
    def model(self) -> EngineInfo | None:
        """The model last loaded for captions; to be read when it has finished."""
        return self._captioner.info

    # ------------------------------------------------------------------------------- any thread

    def start(self, captioning: bool, once: Callable[[], bool] | None = None) -> None:
        """Start the thread.

        Args:
            captioning: claim jobs; False answers questions only.
            once: end when there is nothing left to do and this says that nothing more comes.
        """
        with self._changed:
            self._captioning = self._captioning or captioning
            self._once = once or self._once
            self._changed.notify_all()
            if not self._stop.is_set():
                self._begin(self._run, "blipdesk-runner")

    def request_stop(self) -> None:
        """End at the next token; :meth:`join` waits for it."""
        self._stop.set()
        with self._changed:
            self._changed.notify_all()

    def set_paused(self, paused: bool) -> None:
        """Stop claiming after the photos in hand, or go on."""
        with self._changed:
            self._paused = paused
            self._news = self._news or not paused
            self._changed.notify_all()

    def wake(self) -> None:
        """There may be something new to caption."""
        self._pictures.wake()
        with self._changed:
            self._news = True
            self._changed.notify_all()

    def ask_many(self) -> None:
        """A question to many photos was put, or is to rest or go on; one in hand is broken off for it."""
        self._many.hold_on()
        self.wake()

    def set_visible(self, photo_ids: Sequence[int]) -> None:
        """These photos go first."""
        self._visible = tuple(photo_ids)

    def caption_again(self, photo_ids: Sequence[int]) -> None:
        """Caption photos although they have a caption."""
        with self._changed:
            self._forced += photo_ids
            self._changed.notify_all()

    def reconfigure(self, options: PipelineOptions) -> None:
        """Use other options from the next batch on; another model is loaded first."""
        with self._changed:
            if options.models != self._options.models:
                self._reload = self._news = True
                self.model_error = None
                self._many.wake()  # another model may answer
            self._options = options
            self._changed.notify_all()

    def ask(self, question: Question[Any]) -> None:
        """Queue a question; it goes before the next batch, and interrupts one that takes long."""
        self._add(question, self._batches.seconds >= LONG_BATCH_SECONDS)

    def ask_text(self, question: TextQuestion) -> None:
        """Have a text embedded between two batches; no batch is broken off for it."""
        self._add(question, interrupts=False)

    def _add(self, question: Question[Any] | TextQuestion, interrupts: bool) -> None:
        with self._changed:
            if self._stop.is_set():
                question.future.set_exception(Cancelled(later("BlipDesk is closing.")))
                return
            self._questions.add(question)
            if interrupts:
                self._interrupt.set()
            self._changed.notify_all()

    # ------------------------------------------------------------------------------- the thread

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                try:
                    if not self._step():
                        break
                except Cancelled:
                    continue
                except KnownError as error:
                    if self._stop.is_set() or not self._rest(error):
                        break
        except Exception as error:  # noqa: BLE001 - top of the thread: said, logged, the rest goes on
            _log.exception("the worker ended through a bug")
            self.error = fault(error)
            self._meter.set_state(RunState.ERROR, str(self.error))
        finally:
            self._end()

    def _end(self) -> None:
        self._lookahead.close()
        self._claims.release()
        with self._changed:
            self._stop.set()
            self._questions.cancel_all()
        if self.error is None:
            self._meter.set_state(RunState.STOPPED)
        self.finished.set()

    def _step(self) -> bool:
        """One round: a question, else a batch, else a wait.  False: a headless run is done."""
        if self._questions:
            self._interrupt.clear()
            self._questions.answer_next(self._options, self._stop)
            return True
        if self._touched.is_urgent and self._captioning:
            self._touched.look_at_next()  # in between: it takes a moment, a batch takes seconds
        if self._many.is_turn and self._ask_some():
            return True
        if not self._captioning or self._paused:
            self._release_all()
            if not self._ask_some():
                self._wait()
            return True
        if self._batches.round_is_due and not self._claims:
            self._batches.write_round()
            self._news = True  # the queue was let run dry on purpose
        no_more = self._once is not None and self._once()
        if self._has_work():
            if self._was_held():
                return True
            self._load_engine()
            self._enqueue()
            self._claim()
        if self._claims:
            self._meter.set_state(RunState.CAPTIONING)
            with self._changed:
                if not self._questions:
                    self._interrupt.clear()  # meant for an earlier batch
            self._questions.give_matcher_back(self._captioner.options)
            if self._batches.run(AnyToken(self._stop, self._interrupt)):
                self._news = True
            self._many.is_turn = True
            return True
        if self._ask_some():
            return True
        if self._touched:
            self._touched.look_at_next()
            return True
        if no_more and not self._news and not self._forced:
            return False
        if self._once is None and self._pictures.due_in(self._options) == 0 and self._why_held() is None:
            self._meter.set_state(RunState.IDLE)
            self._pictures.read_some(AskedToken(self._is_wanted))
            return True
        self._wait()
        return True

    def _ask_some(self) -> bool:
        """Ask some of many photos; False where none waits, or this run is for captions alone."""
        if self._paused or self._once is not None or self._many.due_in() != 0:
            return False
        if self._captioning and not self._claims:
            self._meter.set_state(RunState.IDLE)
        first = AskedToken(lambda: bool(self._questions) or self._paused or self._stop.is_set())
        self._many.ask_some(self._options, self._batches.seconds, first)
        return True

    def _wait(self) -> None:
        """Show that nothing is done, and wait until there is something; close an engine long idle."""
        if self._captioning:
            self._meter.set_state(RunState.PAUSED if self._paused else RunState.IDLE)
        held = 0.0 if self._why_held() is None else HELD_SECONDS
        with self._changed:
            resting = self._paused or not self._captioning
            if self._stop.is_set() or self._questions or (self._captioning and self._touched.is_urgent):
                return
            if not resting and (self._news or self._forced or self._touched):
                return
            idle = self._options.idle_seconds if self._models.any_loaded else None
            pictures = None if resting else self._pictures.due_in(self._options, held)
            asked = None if self._paused else self._many.due_in()
            soon = min((due for due in (asked, pictures) if due is not None), default=None)
            is_soon = soon is not None and (idle is None or soon < idle)
            woken = self._changed.wait(_WAIT_SECONDS if self._once else soon if is_soon else idle)
        if not woken and self._once is None and not is_soon:
            self._models.give_back()

    def _why_held(self) -> WaitReason | None:
        return None if self._once is not None else self._holding.reason(self._options.conditions)

    def _was_held(self) -> bool:
        """Wait where the computer is not free for it, with everything given back; True where it was so."""
        if self._why_held() is None:
            return False
        if self._captioner.loaded and not self._reload:
            self._enqueue()  # to look is cheap then: nothing is waited for where nothing is to do
            if not self._claims and not self._catalog.queue_counts(self._captioner.model_key).queued:
                return False
        self._release_all()
        self._holding.wait(
            self._changed, lambda: self._options, self._is_called, self._meter, self._models.give_back
        )
        self._news = self._many.is_turn = True
        return True

    def _is_wanted(self) -> bool:
        """Whether anything waits that goes before pictures, or the computer is not free for them."""
        waiting = self._news or self._forced or self._touched or self._why_held() is not None
        return bool(waiting) or self._is_called()

    def _is_called(self) -> bool:
        """Whether anything is asked that is done at any time."""
        is_asked = self._questions or self._many.due_in() == 0  # many were asked of by the person just now
        return bool(is_asked or self._touched.is_urgent or self._paused or self._stop.is_set())

    def _rest(self, error: KnownError) -> bool:
        """Say what is wrong and wait a while; False ends a headless run."""
        _log.error("the worker cannot go on: %s", error)
        self._release_all()
        self._captioner.forget()
        self._many.is_turn = True  # another model may answer
        self._meter.set_state(RunState.ERROR, str(error))
        if self._once is not None:
            self.error = error
            return False
        with self._changed:
            self._news = False
            self._changed.wait_for(
                lambda: self._stop.is_set() or self._questions or self._news or self._forced, RETRY_SECONDS
            )
            self._news = True
        return True

    # ------------------------------------------------------------------------------- claiming

    def _has_work(self) -> bool:
        if self._claims or self._forced:
            return True
        if not self._news:
            return False
        self._claims.pay()
        if self._captioner.loaded and not self._reload:
            return True  # to look is cheap once the model is there
        with self._changed:
            self._news = False
        last = self._captioner.last_run(self._options)
        if last is None or (self._reload and not last[1]):  # a model just chosen is tried at once
            return self._catalog.counts().total > 0
        return self._claims.would_wait_for(*last)

    def _load_engine(self) -> None:
        if self._captioner.loaded and not self._reload:
            return
        self._release_all()
        options, worked_before = self._options, self._captioner.info is not None and not self._reload
        self._reload = False
        self._meter.set_state(RunState.LOADING_MODEL)
        try:
            self._meter.set_engine(self._captioner.load(options))
        except ModelError as error:
            if not worked_before and options is self._options:
                self.model_error = error
            raise
        self.model_error = None
        self._news = True

    def _enqueue(self) -> None:
        key = self._captioner.model_key
        with self._changed:
            news, self._news = self._news, False
            forced, self._forced = self._forced, []
        try:
            self._claims.pay()
            if forced:
                self._catalog.enqueue_forced(forced, key)
                forced = []
            if news:
                self._claims.enqueue_pending(key)
        except CatalogError:
            with self._changed:
                self._news, self._forced = True, forced + self._forced
            raise

    def _claim(self) -> None:
        if self._batches.round_is_due:
            return  # let what is claimed run out
        idle = not self._claims and self._meter.value.state is not RunState.CAPTIONING
        assert self._captioner.info is not None
        self._claims.fill(self._captioner.info, self._visible)
        if idle and self._claims:
            self._meter.restart()

    def _release_all(self) -> None:
        self._batches.drop()
        self._claims.release_all()
