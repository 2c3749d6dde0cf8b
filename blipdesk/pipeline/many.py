"""Questions that were put to many photos, answered between the batches of captions.

What waits is in the catalog: nothing is remembered here, so that an end at any moment costs the answers of
the few photos in hand alone.  The answers of a stretch are committed together.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from blipdesk.domain.asked import AskedRun, AskedState, PhotoAnswer
from blipdesk.domain.errors import (
    Cancelled,
    CatalogError,
    KnownError,
    ModelError,
    PhotoError,
    Problem,
    ProblemKind,
    UsageError,
)
from blipdesk.domain.events import AskedProgress
from blipdesk.domain.jobs import AnswerResult, ChoiceResult, DecodedPhoto, EngineInfo, PixelImage
from blipdesk.domain.ports import CancelToken, VisionEngine
from blipdesk.domain.wording import later
from blipdesk.engine.text import is_senseless_answer
from blipdesk.pipeline.options import PipelineOptions
from blipdesk.pipeline.questions import AskedToken, Questions

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog

_log = logging.getLogger(__name__)

RETRY_SECONDS = 30.0
"""How long to rest when the model or the disk cannot be used."""
_LEAST_SECONDS, _MOST = 1.0, 64
"""A stretch lasts so long at least, and has so many photos at most: they are committed together."""
_WINDOW_SECONDS = 60.0
_MIN_SECONDS = 2.0
"""No time left is shown before so much has been seen."""
_OTHER_WORDS = later("Ask in other words, or try another model.")
_SENSELESS = Problem(ProblemKind.DEGENERATE, later("The model found no sensible answer."), _OTHER_WORDS)
_MUTE = Problem(ProblemKind.DEGENERATE, later("The model said nothing."), _OTHER_WORDS)
_FAILED = Problem(
    ProblemKind.ENGINE, later("The model failed on this photo."), later("Try it again, or another model.")
)
_GONE = Problem(ProblemKind.VANISHED, later("The photo is no longer in the catalog."))


class ManyQuestions:
    """Asks some photos at a time.  The runner's thread, but for :meth:`wake` and :meth:`hold_on`.

    Where photos wait for a caption too, captions and answers take turns of the same length.

    Args:
        catalog: says what waits, and keeps what was answered.
        questions: load the answering model.
        engine: the models.
        decode: (photo id, image size): the photo decoded for a model.
        on_progress: gets how far it is.
    """

    def __init__(
        self,
        catalog: Catalog,
        questions: Questions,
        engine: VisionEngine,
        decode: Callable[[int | str, int], DecodedPhoto],
        on_progress: Callable[[AskedProgress], None],
    ) -> None:
        self._catalog, self._questions, self._engine = catalog, questions, engine
        self._decode, self._on_progress = decode, on_progress
        self._news = True
        self._held = False
        self._rested_at = 0.0
        self._looked_up: tuple[int, str] | None = None
        """The run and the model of which earlier answers were looked up."""
        self._asked_of = 0
        self._marks: deque[tuple[float, int]] = deque()
        self.is_turn = False
        """Captions have had theirs."""

    # ------------------------------------------------------------------------------- any thread

    def wake(self) -> None:
        """There may be something to ask; immediate."""
        self._news = True
        self._rested_at = 0.0

    def hold_on(self) -> None:
        """A run was begun, paused or ended: break off the stretch in hand, whose answers so far are kept."""
        self._held = True
        self.wake()

    # ------------------------------------------------------------------------------- the runner

    def due_in(self) -> float | None:
        """In how many seconds a photo is to be asked; None: none waits."""
        return max(0.0, self._rested_at - time.monotonic()) if self._news else None

    def ask_some(self, options: PipelineOptions, seconds: float, cancel: CancelToken) -> None:
        """Ask the photos of the newest run for some seconds; what goes wrong is said of the run.

        Args:
            options: which model answers.
            seconds: how long the captions' turn was.
            cancel: set once something goes before.
        """
        self.is_turn = False
        self._held = False
        try:
            run = self._catalog.open_asking()
        except CatalogError as error:
            self._rest(None, error)
            return
        if run is None:
            self._news = False
            self._marks.clear()
            self._on_progress(AskedProgress())
            return
        try:
            self._ask(run, options, max(seconds, _LEAST_SECONDS), cancel)
        except Cancelled:
            return
        except KnownError as error:
            self._questions.forget()
            self._rest(run, error)

    def _rest(self, run: AskedRun | None, error: KnownError) -> None:
        _log.warning("many photos cannot be asked now: %s", error)
        self._rested_at = time.monotonic() + RETRY_SECONDS
        if run is None:
            return
        try:
            self._catalog.note_asking(run.id, str(error))
        except CatalogError:
            _log.warning("nor can the reason be kept")
        self._tell(run, str(error))

    def _ask(self, run: AskedRun, options: PipelineOptions, seconds: float, cancel: CancelToken) -> None:
        self._tell(run)
        info = self._questions.load_answerer(options, run.model)
        if not run.again and self._looked_up != (run.id, info.model_key):
            self._catalog.keep_known(run, info.model_key)
            self._looked_up = run.id, info.model_key
        answers: list[PhotoAnswer] = []
        failed: dict[int, Problem] = {}
        end = time.monotonic() + seconds
        try:
            for photo_id in self._catalog.waiting_for(run.id, _MOST):
                if self._is_held(cancel):
                    break
                said = self._said_of(run, photo_id, info, cancel)
                if isinstance(said, Problem):
                    failed[photo_id] = said
                else:
                    answers.append(said)
                if time.monotonic() >= end:
                    break
        finally:
            if answers or failed:
                self._catalog.keep_answers(run, answers, failed)
            now = self._catalog.asked_run(run.id)
            if now is not None:
                self._tell(now)

    def _is_held(self, cancel: CancelToken) -> bool:
        return self._held or cancel.is_set()

    def _said_of(
        self, run: AskedRun, photo_id: int, info: EngineInfo, cancel: CancelToken
    ) -> PhotoAnswer | Problem:
        """The answer of one photo, or why it has none.

        Raises:
            Cancelled: something goes before; it is asked another time.
            ModelError: the engine fails on any picture.
        """
        try:
            decoded = self._decode(photo_id, info.image_size)
        except PhotoError as error:
            return error.problem
        except UsageError:
            return _GONE
        except (MemoryError, OSError, ValueError):  # else this photo would end the worker, at each start anew
            _log.exception("a photo of many could not be read, in an unforeseen way")
            return _FAILED
        result = self._answer(run, decoded.model_input, cancel)
        if self._is_held(cancel) and isinstance(result, AnswerResult) and result.stopped:
            raise Cancelled
        if isinstance(result, Problem):
            return result
        return PhotoAnswer(photo_id, result, decoded.pixel_hash)

    def _answer(
        self, run: AskedRun, image: PixelImage, cancel: CancelToken
    ) -> AnswerResult | ChoiceResult | Problem:
        token = AskedToken(lambda: self._is_held(cancel))
        for _ in range(2):
            try:
                if run.choices:
                    return self._engine.choose(image, run.question, run.choices, token)
                answer = self._engine.answer(image, run.question, lambda _: None, token)
            except ModelError as error:
                if token.is_set():
                    raise Cancelled(str(error)) from error
                _log.warning("the engine failed on a photo of many: %s", error)
                continue
            if not answer.text.strip() and not answer.stopped:
                return _MUTE
            return _SENSELESS if not answer.stopped and is_senseless_answer(answer.text) else answer
        self._check_engine(run, image, token)
        return _FAILED

    def _check_engine(self, run: AskedRun, image: PixelImage, token: CancelToken) -> None:
        """See whether the engine fails on any picture: then no photo is to be set aside for it."""
        grey = PixelImage(image.width, image.height, b"\x80" * len(image.rgb))
        if run.choices:
            self._engine.choose(grey, run.question, run.choices, token)
        else:
            self._engine.answer(grey, run.question, lambda _: None, token)

    # ------------------------------------------------------------------------------- how far it is

    def _tell(self, run: AskedRun, problem: str = "") -> None:
        now = time.monotonic()
        if run.id != self._asked_of:
            self._asked_of = run.id
            self._marks.clear()
        asked = run.answered + run.failed  # what was kept took no time
        if not self._marks or self._marks[-1][1] != asked:
            self._marks.append((now, asked))
        while len(self._marks) > 2 and self._marks[0][0] < now - _WINDOW_SECONDS:
            self._marks.popleft()
        (began, before), (last, latest) = self._marks[0], self._marks[-1]
        rate = (latest - before) / (last - began) if last - began >= _MIN_SECONDS else 0.0
        is_going = run.state is AskedState.OPEN and not problem
        left = run.waiting / rate if rate > 0 and is_going else None
        self._on_progress(
            AskedProgress(run.id, run.done, run.total, left, problem) if run.waiting else AskedProgress()
        )
