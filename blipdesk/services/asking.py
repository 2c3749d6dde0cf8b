"""Questions about one photo, answered by the model and kept in its history."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar

from blipdesk.catalog import Catalog
from blipdesk.domain.choices import check_choices
from blipdesk.domain.errors import UsageError
from blipdesk.domain.jobs import MAX_PROMPT, AnswerResult, ChoiceResult, DecodedPhoto, EngineSettings
from blipdesk.domain.values import Photo, QuestionAnswer, Source
from blipdesk.domain.wording import later
from blipdesk.pipeline import Pipeline
from blipdesk.pipeline.questions import closed_question, open_question
from blipdesk.services.handing_on import hand_on

_Answer = TypeVar("_Answer", AnswerResult, ChoiceResult)
_NUMBERS = {"two", "three", "four", "five", "six", "several", "many", "some"}
_SEVERAL = {
    "people",
    "men",
    "women",
    "children",
    "boys",
    "girls",
    "couple",
    "family",
    "crowd",
    "group",
    "team",
}
_PEOPLE = _SEVERAL | {"man", "woman", "child", "boy", "girl", "person", "baby", "bride", "player", "surfer"}
_ANIMALS = {
    "dog", "cat", "horse", "cow", "sheep", "bird", "elephant", "bear", "zebra", "giraffe", "duck", "puppy",
    "kitten",
}  # fmt: skip
_PLACES = {
    "beach", "mountain", "mountains", "forest", "field", "park", "lake", "street", "garden", "sky", "sea",
    "ocean", "river", "snow", "hills", "trees",
}  # fmt: skip
_COLOURS = {
    "red", "orange", "yellow", "green", "blue", "purple", "pink", "white", "black", "brown", "grey", "gray",
}  # fmt: skip


class Asking:
    """A question under way: ``future`` gives the kept turn, :meth:`cancel` stops at the next token."""

    def __init__(self) -> None:
        self.future: Future[QuestionAnswer] = Future()
        self.stop = threading.Event()
        self.damaged = False
        """Only a part of the photo can be read; known once there is an answer."""

    def note_decoded(self, decoded: DecodedPhoto) -> None:
        """Gets the photo that the model is asked about, on a worker thread."""
        self.damaged = decoded.damaged

    def cancel(self) -> None:
        """Stop; what was answered so far is kept. Immediate."""
        self.stop.set()


class AskingService:
    """Ask, read back, delete, suggest."""

    def __init__(self, catalog: Catalog, pipeline: Callable[[], Pipeline]) -> None:
        self._catalog = catalog
        self._pipeline = pipeline

    def ask(
        self,
        photo_id: int,
        question: str,
        on_token: Callable[[str], None],
        engine: EngineSettings | None = None,
        *,
        is_new: bool = False,
        on_loading: Callable[[str], None] = lambda _: None,
    ) -> Asking:
        """Ask a question; immediate.  The model is told of the photo's earlier questions and answers.

        Args:
            photo_id: the photo.
            question: any text; white space is folded.
            on_token: gets the answer so far after each token, on a worker thread.
            engine: the checkpoint that answers; None: the one of the settings.
            is_new: a new conversation begins: the model is told of none of them, now or at later questions.
            on_loading: gets the name of a model that has to be loaded first, and "" once it is, on a worker
                thread.

        Raises:
            UsageError: the question is blank or too long.
        """
        question, asking = folded_question(question), Asking()
        asked = open_question(self._catalog, photo_id, question, on_token, asking.stop, engine, is_new=is_new)
        asked = replace(asked, on_decoded=asking.note_decoded, on_loading=on_loading)
        answer = self._pipeline().ask(asked)
        return self._keep(asking, photo_id, question, answer, is_new=is_new)

    def choose(
        self,
        photo_id: int,
        question: str,
        choices: Sequence[str],
        engine: EngineSettings | None = None,
        *,
        is_new: bool = False,
        on_loading: Callable[[str], None] = lambda _: None,
    ) -> Asking:
        """Ask a closed question: which of these answers fits, and how probable each is; immediate.

        The model is told of no question before it; ``is_new``: nor is it at later ones.  ``on_loading`` is
        called as by :meth:`ask`.

        Raises:
            UsageError: the question is too long, it or a choice is blank, there are fewer than two or too
                many choices, or one is there twice.
        """
        question, asking, choices = folded_question(question), Asking(), check_choices(choices)
        asked = closed_question(photo_id, question, choices, asking.stop, engine)
        asked = replace(asked, on_decoded=asking.note_decoded, on_loading=on_loading)
        answer = self._pipeline().ask(asked)
        return self._keep(asking, photo_id, question, answer, is_new=is_new)

    def _keep(
        self,
        asking: Asking,
        photo_id: int,
        question: str,
        answer: Future[_Answer],
        *,
        is_new: bool,
    ) -> Asking:
        hand_on(
            answer,
            lambda result: self._catalog.add_question(photo_id, question, result, is_new=is_new),
            asking.future,
        )
        return asking

    def history(self, photo_id: int) -> list[QuestionAnswer]:
        """The photo's turns, oldest first."""
        return self._catalog.questions(photo_id)

    def delete(self, question_id: int) -> None:
        """Take one turn out of the history; an edit that can be undone."""
        self._catalog.delete_question(question_id)

    def suggestions(self, photo: Photo) -> list[str]:
        """Three questions that fit the photo's caption."""
        words = re.findall(r"[^\W\d_]+", (photo.caption or "").lower())
        things = [k.name for k in photo.keywords if k.source is Source.MODEL and " " not in k.name]
        suggestions = []
        if things and any(word in _NUMBERS for word in words):
            counted = next((t for t in things if plural(t) in words), things[0])
            suggestions.append(f"how many {plural(counted)} are there?")
        people = _PEOPLE.intersection(words)
        if people:
            suggestions.append("what are they doing?" if people & _SEVERAL else "what is the person doing?")
        animal = next((word for word in words if word in _ANIMALS), None)
        if animal is not None:
            suggestions.append(f"what is the {animal} doing?")
        coloured = next((thing for thing in things if thing not in _PEOPLE | _PLACES), None)
        if coloured is not None and not any(word in _COLOURS for word in words):
            suggestions.append(f"what colour is the {coloured}?")
        if _PLACES.intersection(words):
            suggestions.append("what season is it?")
        suggestions += [
            "where is this?",
            *([] if people else ["is anyone there?"]),
            "what is in the picture?",
        ]
        return list(dict.fromkeys(suggestions))[:3]


def folded_question(question: str) -> str:
    """A question on one line.

    Raises:
        UsageError: it is blank or too long.
    """
    question = " ".join(question.split())
    if not question:
        raise UsageError(
            later("There is no question."), later("Type one, for example: what is in this picture?")
        )
    if len(question) > MAX_PROMPT:
        raise UsageError(
            later("The question is too long: {count} characters.").format(count=len(question)),
            later("Ask it in {most} at most: a model may hear no more.").format(most=MAX_PROMPT),
        )
    return question


def plural(noun: str) -> str:
    """The regular English plural, enough for a suggested question.

    >>> plural("bus"), plural("berry"), plural("boat")
    ('buses', 'berries', 'boats')
    """
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"
