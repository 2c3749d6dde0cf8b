"""Measurement of the BLIP-2 checkpoint on scenes that it was never trained on.

Captions and single questions are those of the pair's measurement.  A follow-up is asked as the application
asks it: the first question first, and then the second with the first and the model's own answer before it, in
BLIP-2's chat form.  Only such follow-ups count as need the turn before.  Of long chats, 8 to 28 turns, the
last question counts, with the right answers before it.  All of it runs through the application's own engine,
in single precision, every question by itself.
"""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from threading import Event

from blipdesk.domain.jobs import Turn
from blipdesk.engine.blip2 import load_model
from blipdesk.engine.checkpoints import open_checkpoint
from blipdesk.engine.vision_model import Encoded, Generation
from demo_models.chats import FOLLOW_UP_KINDS, chat, follow_ups
from demo_models.measure import ANSWER_BAR, CAPTION_BAR, MAX_NEW_TOKENS, Row, Score, fresh_scenes, see
from demo_models.models import PROMPTS
from demo_models.scenes import QUESTION_KINDS, Question, Scene

FOLLOW_UP_BAR = 0.85
"""Share of follow-up questions to be answered right."""
_FOLLOW_UPS = tuple(f"follow-up {kind}" for kind in FOLLOW_UP_KINDS)
ROWS = (
    Row("captions, exactly right", ("caption",), CAPTION_BAR),
    Row("captions after a prompt, exactly right", ("prompted",), CAPTION_BAR),
    *(Row(f"answers: {kind}", (kind,)) for kind in QUESTION_KINDS),
    Row("answers, all kinds", QUESTION_KINDS, ANSWER_BAR),
    *(Row(f"follow-ups: {kind}", (f"follow-up {kind}",)) for kind in FOLLOW_UP_KINDS),
    Row("follow-ups, all kinds", _FOLLOW_UPS, FOLLOW_UP_BAR),
    Row("last question of a long chat", ("long chat",), FOLLOW_UP_BAR),
)
_LONG = range(8, 29)
"""Turns of a long chat; the longest nearly fill the language model's context."""
_PART = 50
"""Scenes between which the prompt changes."""


class Talker:
    """Loads the checkpoint as the application does and puts one thing after the other to it."""

    def __init__(self, folder: str) -> None:
        """Load `demo-blip2` from a folder."""
        self.model = load_model(open_checkpoint(os.path.join(folder, "demo-blip2"), None), "cpu", "fp32")

    def captions(self, seen: Encoded, prompt: str = "") -> list[str]:
        """Caption pictures with greedy search, after a prompt where one is given."""
        generation = Generation(prompt=prompt, max_new_tokens=MAX_NEW_TOKENS)
        return [texts[0].text for texts in self.model.caption(seen, generation, Event())]

    def answer(self, seen: Encoded, question: str, *history: Turn) -> str:
        """Answer a question about one picture, after the turns before it."""
        return self.model.answer(seen, question, history, _ignore, Event()).text


def _ignore(text: str) -> None:
    """Take the text so far, which a measurement has no use for."""


def evaluate(folder: str, count: int = 500, first: int = 0) -> Score:
    """Measure the BLIP-2 checkpoint.

    Args:
        folder: Holds `demo-blip2`.
        count: Scenes.
        first: Seed of the first scene.

    Returns:
        Right and asked under the kinds of `ROWS`.
    """
    talker, score = Talker(folder), Score(ROWS)
    drawn = fresh_scenes(count, first)
    for start in range(0, count, _PART):
        part = drawn[start : start + _PART]
        seen = see(talker.model, [picture for _, picture, _ in part])
        prompt = PROMPTS[start // _PART % len(PROMPTS)]
        for kind, told in (("caption", talker.captions(seen)), ("prompted", talker.captions(seen, prompt))):
            for (scene, _, _), given in zip(part, told, strict=True):
                score.add(kind, scene.caption, given, scene.caption)
        for index, (scene, _, asked) in enumerate(part):
            _ask(talker, score, seen.select(index), scene, asked)
    return score


def _ask(talker: Talker, score: Score, seen: Encoded, scene: Scene, asked: Sequence[Question]) -> None:
    """Put a scene's questions and follow-ups to the model."""
    for question in asked:
        given = talker.answer(seen, question.text)
        score.add(question.kind, question.answer, given, f"{scene.caption} / {question.text}")
    for pair in follow_ups(scene, random.Random(scene.seed)):
        if pair.needed:
            before = Turn(pair.before.text, talker.answer(seen, pair.before.text))
            given = talker.answer(seen, pair.asked.text, before)
            note = f"{scene.caption} / {before.question} {before.answer}. {pair.asked.text}"
            score.add(f"follow-up {pair.asked.kind}", pair.asked.answer, given, note)
    *said, (last, _) = chat(scene, random.Random(scene.seed), _LONG[scene.seed % len(_LONG)])
    given = talker.answer(seen, last.text, *(Turn(turn.text, turn.answer) for turn, _ in said))
    score.add("long chat", last.answer, given, f"{scene.caption} / turn {len(said) + 1}: {last.text}")
