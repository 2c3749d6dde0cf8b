"""Training of the tiny BLIP-2, a few steps of it: the checkpoint that is shipped took longer."""

import os
from dataclasses import replace

import pytest
import torch
from demo_models.blip2_learn import Blip2Plan, train_blip2
from demo_models.blip2_model import NAME, Blip2Shape, make_tokenizer
from demo_models.blip2_texts import NO_GROUP, Texts, numbers
from demo_models.build import MODELS
from demo_models.models import load
from demo_models.scenes import PLURALS, make_scene
from transformers import Blip2ForConditionalGeneration

CAPTIONER = os.path.join(MODELS, "demo-captioner")
SHORT = replace(Blip2Plan(), scenes=8, query_steps=2, query_batch=4, text_steps=2, text_batch=4)


def test_training_keeps_the_captioner_s_tower_and_goes_on_after_the_first_stage(tmp_path) -> None:
    def train() -> Blip2ForConditionalGeneration:
        train_blip2(SHORT, Blip2Shape(query_layers=1, text_layers=1), CAPTIONER, str(tmp_path))
        return Blip2ForConditionalGeneration.from_pretrained(tmp_path / NAME).eval()

    first = train()
    learnt = torch.load(tmp_path / "queries.pt", weights_only=True)
    torch.save(learnt | {"query_tokens": learnt["query_tokens"] + 1}, tmp_path / "queries.pt")
    again = train()
    assert torch.allclose(again.query_tokens, first.query_tokens + 1, atol=0.01)
    captioner, _ = load(CAPTIONER)
    pixels = torch.randn(2, 3, 96, 96)
    with torch.inference_mode():
        wanted = captioner.vision_model(pixels).last_hidden_state
        assert torch.allclose(again.vision_model(pixels).last_hidden_state, wanted, atol=1e-4)


def test_only_captions_and_answers_are_learnt_each_up_to_its_end() -> None:
    tokenizer = make_tokenizer()
    texts, scenes = Texts(tokenizer, 3), [make_scene(seed) for seed in range(40)]
    for scene, row in zip(scenes, texts.captions(scenes).targets.tolist(), strict=True):
        learnt = [token for token in row if token >= 0]
        assert tokenizer.decode(learnt).strip() == f"{scene.caption}</s>"
    spelt = texts.chats(scenes, 3)
    for read, row in zip(spelt.ids.tolist(), spelt.targets.tolist(), strict=True):
        whole = tokenizer.decode(read, skip_special_tokens=True)
        assert whole.count("Question: ") == whole.count(" Answer: ") == 3
        learnt = tokenizer.decode([token for token in row if token >= 0]).split("</s>")
        told = [turn.split(" Answer: ")[1] for turn in whole.split("Question: ")[1:]]
        assert [answer.strip() for answer in learnt[:-1]] == [answer.strip().rstrip(".") for answer in told]


@pytest.mark.parametrize("text", ["Was ist das? 🙂", "whose <s> is\tthis", "日本語", "a  b"])
def test_any_text_comes_back_from_its_tokens(text: str) -> None:
    tokenizer = make_tokenizer()
    ids = tokenizer(text, add_special_tokens=False).input_ids
    assert tokenizer.decode(ids) == text


def test_questions_are_taught_what_they_name_and_what_they_mean() -> None:
    tokenizer, scenes = make_tokenizer(), [make_scene(seed) for seed in range(40)]
    spelt = Texts(tokenizer, 3).chats(scenes, 3)
    words = {word for pair in PLURALS.items() for word in pair}
    for spot in spelt.named:
        word = tokenizer.decode(spelt.ids[spot.row, spot.column]).strip()
        assert word in words
        there = [group for group in scenes[spot.row].groups if word in (group.kind, PLURALS[group.kind])]
        assert spot.facts == (numbers(scenes[spot.row], there[0]) if there else NO_GROUP)
    assert {tokenizer.decode(spelt.ids[spot.row, spot.column]) for spot in spelt.meant} == {":"}
    for spot in spelt.meant:
        assert spot.facts in [numbers(scenes[spot.row], group) for group in scenes[spot.row].groups]
