"""Training of the demo models, a few steps of it: the models that are shipped took an hour."""

from dataclasses import replace

import torch
from demo_models.learn import Plan, train
from demo_models.measure import Reader
from demo_models.models import Shape

# One step of each kind: windows, the tower alone, texts too.
SHORT = replace(Plan(), window_steps=1, tower_steps=2, steps=3, batch=4, pool=32, ahead=16, threads=1)


def test_training_goes_on_where_it_was_left(tmp_path) -> None:
    folder = str(tmp_path)
    train(SHORT, Shape(), folder)
    left = torch.load(tmp_path / "state.pt", weights_only=True)
    train(replace(SHORT, steps=4), Shape(), folder, resume=str(tmp_path / "state.pt"))
    done = torch.load(tmp_path / "state.pt", weights_only=True)
    assert (left["step"], done["step"]) == (3, 4)
    assert done["next_seed"] > left["next_seed"]
    weight = "captioner.vision_model.embeddings.class_embedding"
    assert not torch.equal(left["student"][weight], done["student"][weight])
    Reader(folder)
