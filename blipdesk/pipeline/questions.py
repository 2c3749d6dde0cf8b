"""Questions about photos, on their way to the engine."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from blipdesk.domain.errors import Cancelled, KnownError, ModelError
from blipdesk.domain.jobs import (
    AnswerResult,
    CaptionOptions,
    CaptionResult,
    ChoiceResult,
    DecodedPhoto,
    EngineInfo,
    EngineSettings,
    Explanation,
    PixelImage,
    TextEmbedding,
    Turn,
)
from blipdesk.domain.ports import CancelToken, VisionEngine
from blipdesk.domain.values import QuestionAnswer
from blipdesk.domain.wording import later
from blipdesk.engine.text import is_senseless_answer
from blipdesk.pipeline.options import PipelineOptions

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog

_log = logging.getLogger(__name__)

T = TypeVar("T")
NO_MATCHER = (
    later("There is no model here that says how well words fit a photo, or where they are seen."),
    later("Get one for retrieval: the settings show which there are, and so does blipdesk models list."),
)
"""What is said, and the remedy, where a retrieval model is asked for and there is none."""
_LOOK = 32
"""Edge of a picture that is decoded to see that it can be, pixels."""


class Needs(Enum):
    """Which of the loaded models a question is for."""

    ANSWERS = "answers"
    MATCHES = "matches"
    CAPTIONS = "captions"


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """Something asked about one photo; ``future`` gets what the model makes of it.

    Attributes:
        photo: its id in the catalog, or the path of a file that need not be there.
        needs: the model.
        ask: puts the question to the engine, with the photo as that model sees it.
        cancel: the person's.
        engine: the checkpoint that answers this one; None: the one of the options.
        future: for whoever asked.
        on_decoded: gets the photo before the model does.
        on_loading: gets the name of a model that has to be loaded first, and "" once it is.
    """

    photo: int | str
    needs: Needs
    ask: Callable[[VisionEngine, PixelImage, CancelToken], T]
    cancel: CancelToken
    engine: EngineSettings | None = None
    future: Future[T] = field(default_factory=Future)
    on_decoded: Callable[[DecodedPhoto], None] = lambda _: None
    on_loading: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class TextQuestion:
    """A text whose embedding by the retrieval model is wanted, to search pictures with."""

    text: str
    future: Future[TextEmbedding] = field(default_factory=Future)


def turns_of(history: Sequence[QuestionAnswer]) -> list[Turn]:
    """What a model is told of the chat so far, from where the last conversation began.

    Not of what was stopped, and not where nothing was said.
    """
    begin = max((place for place, turn in enumerate(history) if turn.is_new), default=0)
    return [Turn(turn.question, turn.answer) for turn in history[begin:] if turn.is_told]


def open_question(
    catalog: Catalog,
    photo_id: int,
    question: str,
    on_token: Callable[[str], None],
    cancel: CancelToken,
    engine: EngineSettings | None = None,
    *,
    is_new: bool = False,
) -> Question[AnswerResult]:
    """A question in words; the chat before it, unless it ``is_new``, is read when its turn comes.

    A senseless answer is refused: the catalog would keep it, and a model be told of it at the next.
    """

    def ask(models: VisionEngine, image: PixelImage, token: CancelToken) -> AnswerResult:
        history = [] if is_new else turns_of(catalog.questions(photo_id))
        answer = models.answer(image, question, on_token, token, history)
        # What was stopped is a part, and nothing said is told apart where it is shown.
        if answer.text.strip() and not answer.stopped and is_senseless_answer(answer.text):
            raise ModelError(
                later("The model found no sensible answer."),
                later("Ask in other words, or try another model."),
            )
        return answer

    return Question(photo_id, Needs.ANSWERS, ask, cancel, engine)


def closed_question(
    photo_id: int,
    question: str,
    choices: Sequence[str],
    cancel: CancelToken,
    engine: EngineSettings | None = None,
) -> Question[ChoiceResult]:
    """A question that allows these answers only."""
    return Question(
        photo_id,
        Needs.ANSWERS,
        lambda models, image, token: models.choose(image, question, choices, token),
        cancel,
        engine,
    )


def where_question(
    path: str, text: str, cancel: CancelToken, engine: EngineSettings | None = None
) -> Question[Explanation]:
    """Where each word of a text is seen in a photo, which need not be in the catalog."""
    return Question(
        path, Needs.MATCHES, lambda models, image, token: models.explain(image, text, token), cancel, engine
    )


def caption_question(photo_id: int, options: CaptionOptions, cancel: CancelToken) -> Question[CaptionResult]:
    """Captions to choose from, of which none is kept yet.

    Raises:
        ModelError: in the future's result, where the model makes none of this photo.
    """

    def ask(models: VisionEngine, image: PixelImage, token: CancelToken) -> CaptionResult:
        (result,) = models.caption([image], options, token)
        if result.problem is not None:
            raise ModelError(result.problem.message, result.problem.remedy)
        return result

    return Question(photo_id, Needs.CAPTIONS, ask, cancel)


class AnyToken:
    """Set once any of its tokens is."""

    def __init__(self, *tokens: CancelToken) -> None:
        self._tokens = tokens

    def is_set(self) -> bool:
        """See :class:`blipdesk.domain.ports.CancelToken`."""
        return any(token.is_set() for token in self._tokens)


class AskedToken:
    """Set while a question is answered with yes."""

    def __init__(self, is_set: Callable[[], bool]) -> None:
        self.is_set = is_set


class Questions:
    """Answers questions on the runner's thread, in the order they were asked.

    Args:
        engine: the models.
        decode: (photo, image size): the photo decoded for a model.
    """

    def __init__(self, engine: VisionEngine, decode: Callable[[int | str, int], DecodedPhoto]) -> None:
        self._engine = engine
        self._decode = decode
        self._waiting: deque[Question[Any] | TextQuestion] = deque()
        self._loaded: dict[Needs, tuple[EngineSettings, EngineInfo]] = {}
        self._is_other_matcher = False

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def loaded(self) -> bool:
        """True once a model was loaded for a question."""
        return bool(self._loaded)

    def add(self, question: Question[Any] | TextQuestion) -> None:
        """Queue a question (any thread)."""
        self._waiting.append(question)

    def answer_next(self, options: PipelineOptions, stop: CancelToken) -> None:
        """Answer the oldest question; whatever goes wrong goes to whoever asked."""
        question = self._waiting.popleft()
        future = question.future
        if not future.set_running_or_notify_cancel():
            return
        try:
            if isinstance(question, TextQuestion):
                question.future.set_result(self._embed(question.text, options))
                return
            info = self._load(question, options)
            decoded = self._decode(question.photo, info.image_size)
            question.on_decoded(decoded)
            cancel = AnyToken(question.cancel, stop)
            future.set_result(question.ask(self._engine, decoded.model_input, cancel))
        except (KnownError, Cancelled) as error:
            self.forget()
            future.set_exception(error)
        except Exception as error:  # noqa: BLE001 - goes to whoever asked; captioning goes on
            _log.exception("a question failed in an unforeseen way")
            future.set_exception(error)

    def _load(self, question: Question[Any], options: PipelineOptions) -> EngineInfo:
        needs = question.needs
        usual: EngineSettings | None
        if needs is Needs.ANSWERS:
            usual, load = options.answer_engine or options.engine, self._engine.answer_info
        elif needs is Needs.CAPTIONS:
            usual, load = options.engine, self._engine.load
            self._load_matcher(question, options)
        else:
            usual, load = options.retrieval_engine, self._engine.retrieval_info
        settings = question.engine or usual
        if settings is None:
            raise ModelError(*NO_MATCHER)
        loaded = self._loaded.get(needs)
        if loaded is None or loaded[0] != settings:
            self._decode(question.photo, _LOOK)  # what is no photo is said at once, not after a load
        elif question.engine is None:
            return loaded[1]
        if needs is Needs.MATCHES and settings != usual:
            self._is_other_matcher = True
        question.on_loading(settings.model)
        info = load(settings)
        question.on_loading("")
        self._loaded[needs] = (settings, info)
        return info

    def _load_matcher(self, question: Question[Any], options: PipelineOptions) -> None:
        """Have captions scored, where a model for that is chosen; they are made without it, too."""
        settings = options.retrieval_engine
        if settings is None or self._loaded.get(Needs.MATCHES, (None,))[0] == settings:
            return
        question.on_loading(settings.model)
        try:
            self._loaded[Needs.MATCHES] = (settings, self._engine.retrieval_info(settings))
        except ModelError as error:
            _log.warning("captions are not scored: %s", error)
        question.on_loading("")

    def load_answerer(self, options: PipelineOptions, model: str) -> EngineInfo:
        """Load an answering model, unless it is; an empty name is that of the options.

        Raises:
            ModelError: it cannot be loaded.
        """
        settings = options.answer_engine or options.engine
        if model:
            settings = replace(settings, model=model, batch_size=0)
        loaded = self._loaded.get(Needs.ANSWERS)
        if loaded is None or loaded[0] != settings:
            loaded = self._loaded[Needs.ANSWERS] = settings, self._engine.answer_info(settings)
        return loaded[1]

    def _embed(self, text: str, options: PipelineOptions) -> TextEmbedding:
        settings = options.retrieval_engine
        if settings is None:
            raise ModelError(*NO_MATCHER)
        info = self._engine.retrieval_info(settings)
        self._loaded[Needs.MATCHES] = (settings, info)
        (embedding,) = self._engine.embed_texts([text])
        return TextEmbedding(info.model_key, embedding)

    def give_matcher_back(self, options: PipelineOptions) -> None:
        """Let captions be scored by the checkpoint of the options, where a question took another."""
        if not self._is_other_matcher:
            return
        self._is_other_matcher = False
        if options.retrieval_engine is not None:
            try:
                self._engine.retrieval_info(options.retrieval_engine)
                return
            except ModelError as error:
                _log.warning("captions are not scored: %s", error)
        self._engine.drop_retrieval()

    def forget(self) -> None:
        """The engine was closed: the next question loads the model again."""
        self._loaded.clear()

    def cancel_all(self) -> None:
        """BlipDesk is closing: nobody is left waiting."""
        while self._waiting:
            question = self._waiting.popleft()
            if question.future.set_running_or_notify_cancel():
                question.future.set_exception(Cancelled(later("BlipDesk is closing.")))
