"""Make BlipDesk's demonstration checkpoints and sample pictures, all from code in this folder.

    python packaging/demo_models/build.py train     --out build/demo_models  # an hour, two cores
    python packaging/demo_models/build.py install   --out build/demo_models  # into resources/models
    python packaging/demo_models/build.py evaluate                           # on 500 fresh scenes
    python packaging/demo_models/build.py samples                            # resources/samples
    python packaging/demo_models/build.py show --seed 3 --file scene.png     # look at one scene

Seeds are fixed: evaluation scenes have seeds 0 to 499, samples are chosen from 500,000 upwards, training
scenes from 1,000,000 upwards, and evaluation and training refuse other ranges.  Weights and batches start
from seed 7.  Training draws scenes in processes beside it, so which scene meets which step depends on the
machine, and a second training gives other weights of the same quality.  `evaluate` ends with status 1 below
the bar of 90 % exactly right captions and 92 % right answers.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))
_ROOT = os.path.dirname(os.path.dirname(_HERE))
if os.path.dirname(_HERE) not in sys.path:
    sys.path.insert(0, os.path.dirname(_HERE))

MODELS = os.path.join(_ROOT, "resources", "models")
SAMPLES = os.path.join(_ROOT, "resources", "samples")
NAMES = ("demo-captioner", "demo-answerer")


def write_sums(folder: str) -> None:
    """Write `SHA256SUMS` over every file of the checkpoints in a folder."""
    lines = []
    for name in NAMES:
        for file in sorted(os.listdir(os.path.join(folder, name))):
            with open(os.path.join(folder, name, file), "rb") as stream:
                lines.append(f"{hashlib.sha256(stream.read()).hexdigest()}  {name}/{file}\n")
    with open(os.path.join(folder, "SHA256SUMS"), "w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(lines)


def install(source: str, target: str = MODELS) -> None:
    """Put a trained pair of checkpoints where the application carries them, with their sums."""
    from demo_models.models import Shape, load, make_processor, make_tokenizer, save

    for name in NAMES:
        model, _ = load(os.path.join(source, name))
        shutil.rmtree(os.path.join(target, name), ignore_errors=True)
        save(model, make_processor(Shape(), make_tokenizer()), os.path.join(target, name))
    write_sums(target)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("train", help="train both checkpoints")
    one.add_argument("--out", required=True)
    one.add_argument("--resume", default="", help="a state.pt to go on from")
    one.add_argument("--steps", type=int, default=0, help="another number of steps than the plan's")
    one = commands.add_parser("install", help="copy a trained pair into resources/models")
    one.add_argument("--out", required=True)
    one = commands.add_parser("evaluate", help="measure on fresh scenes")
    one.add_argument("--models", default=MODELS)
    one.add_argument("--scenes", type=int, default=500)
    one.add_argument("--first", type=int, default=0, help="seed of the first scene")
    one.add_argument("--wrong", type=int, default=0, help="how many wrong answers to print")
    one.add_argument("--precisions", action="store_true", help="compare captions with fp32's instead")
    commands.add_parser("samples", help="draw the sample pictures")
    one = commands.add_parser("show", help="draw one scene")
    one.add_argument("--seed", type=int, required=True)
    one.add_argument("--file", required=True)
    options = parser.parse_args(arguments)
    return int(_COMMANDS[options.command](options))


def _train(options: argparse.Namespace) -> int:
    from dataclasses import replace

    from demo_models.learn import Plan, train
    from demo_models.models import Shape

    plan = replace(Plan(), steps=options.steps) if options.steps else Plan()
    train(plan, Shape(), options.out, resume=options.resume)
    return 0


def _install(options: argparse.Namespace) -> int:
    install(options.out)
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    if options.precisions:
        from demo_models import precisions

        shares = precisions.agreement(options.models, options.scenes, options.first)
        print(precisions.table(shares))
        return int(any(share < precisions.EQUAL_BAR for share in shares.values()))
    from demo_models.measure import evaluate, table

    score = evaluate(options.models, options.scenes, options.first)
    for note, wanted, given in score.wrong[: options.wrong]:
        print(f"{note}: {wanted!r}, not {given!r}")
    print(table(score))
    return 0 if score.good else 1


def _samples(options: argparse.Namespace) -> int:
    from demo_models.samples import write_samples

    del options
    for line in write_samples(SAMPLES):
        print(line)
    return 0


def _show(options: argparse.Namespace) -> int:
    from demo_models.draw import portrait
    from demo_models.scenes import make_scene

    scene = make_scene(options.seed)
    portrait(scene, 1200).save(options.file)
    print(scene.caption)
    return 0


_COMMANDS = {"train": _train, "install": _install, "evaluate": _evaluate, "samples": _samples, "show": _show}

if __name__ == "__main__":
    sys.exit(main())
