"""Make BlipDesk's demonstration checkpoints and sample pictures, all from code in this folder.

    python packaging/demo_models/build.py train --model pair --out build/demo_models  # an hour, two cores
    python packaging/demo_models/build.py train --model retriever --out build/demo_models  # 45 minutes, one
    python packaging/demo_models/build.py train --model blip2 --out build/demo_models  # half an hour, one
    python packaging/demo_models/build.py install   --out build/demo_models  # into resources/models
    python packaging/demo_models/build.py evaluate                           # on 500 fresh scenes
    python packaging/demo_models/build.py calibrate                          # resources/models/sureness.json
    python packaging/demo_models/build.py samples                            # resources/samples
    python packaging/demo_models/build.py show --seed 3 --file scene.png     # look at one scene

Seeds are fixed: evaluation scenes have seeds 0 to 499, calibration scenes are those from 400,000 and samples
are chosen from 500,000 upwards, training scenes from 1,000,000 upwards, and evaluation, calibration and
training refuse other ranges.  Weights and batches start from the plans' seeds.  Training of the pair draws
scenes in processes beside it, so which scene meets which step depends on the machine, and a second training
gives other weights of the same quality.  `evaluate` prints the bars and ends with status 1 below any of them.
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
PARTS = {
    "pair": ("demo-captioner", "demo-answerer"),
    "retriever": ("demo-retriever",),
    "blip2": ("demo-blip2",),
}
"""What is trained together, and the checkpoints that it gives."""
NAMES = tuple(name for names in PARTS.values() for name in names)
EVALUATED = (*PARTS, "precisions")
"""What is measured: each part, and how far the smaller precisions caption as fp32 does."""


def _checkpoints(folder: str) -> list[str]:
    return [name for name in NAMES if os.path.isdir(os.path.join(folder, name))]


def write_sums(folder: str) -> None:
    """Write `SHA256SUMS` over every file of the checkpoints in a folder."""
    lines = []
    for name in _checkpoints(folder):
        for file in sorted(os.listdir(os.path.join(folder, name))):
            with open(os.path.join(folder, name, file), "rb") as stream:
                lines.append(f"{hashlib.sha256(stream.read()).hexdigest()}  {name}/{file}\n")
    with open(os.path.join(folder, "SHA256SUMS"), "w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(lines)


def install(source: str, target: str = MODELS) -> None:
    """Put the trained checkpoints of a folder where the application carries them, with all sums."""
    for name in _checkpoints(source):
        shutil.rmtree(os.path.join(target, name), ignore_errors=True)
        shutil.copytree(os.path.join(source, name), os.path.join(target, name))
    write_sums(target)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("train", help="train the checkpoints of one part")
    one.add_argument("--model", choices=PARTS, default="pair")
    one.add_argument("--out", required=True)
    one.add_argument("--resume", default="", help="a state.pt of the pair to go on from")
    one.add_argument("--steps", type=int, default=0, help="another number of steps than the plan's")
    one = commands.add_parser("install", help="copy trained checkpoints into resources/models")
    one.add_argument("--out", required=True)
    one = commands.add_parser("evaluate", help="measure on fresh scenes")
    one.add_argument("--model", choices=EVALUATED, help="measure one part alone")
    one.add_argument("--models", default=MODELS)
    one.add_argument("--scenes", type=int, default=500)
    one.add_argument("--first", type=int, default=0, help="seed of the first scene")
    one.add_argument("--wrong", type=int, default=0, help="how many wrong answers to print")
    commands.add_parser("calibrate", help="work out from which margin on a caption is sure")
    commands.add_parser("samples", help="draw the sample pictures")
    one = commands.add_parser("show", help="draw one scene")
    one.add_argument("--seed", type=int, required=True)
    one.add_argument("--file", required=True)
    options = parser.parse_args(arguments)
    return int(_COMMANDS[options.command](options))


def _train(options: argparse.Namespace) -> int:
    from dataclasses import replace

    from demo_models.models import Shape

    changed = {"steps": options.steps} if options.steps else {}
    if options.model == "retriever":
        from demo_models.retriever import RetrieverPlan, train_retriever

        plan = replace(RetrieverPlan(), **changed)
        train_retriever(plan, Shape(), options.out, os.path.join(MODELS, "demo-answerer"))
    elif options.model == "blip2":
        from demo_models.blip2_learn import Blip2Plan, train_blip2
        from demo_models.blip2_model import Blip2Shape

        chosen = replace(Blip2Plan(), text_steps=options.steps) if options.steps else Blip2Plan()
        train_blip2(chosen, Blip2Shape(), os.path.join(MODELS, "demo-captioner"), options.out)
    else:
        from demo_models.learn import Plan, train

        train(replace(Plan(), **changed), Shape(), options.out, resume=options.resume)
    return 0


def _install(options: argparse.Namespace) -> int:
    install(options.out)
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    import torch

    from demo_models import measure, measure_blip2, measure_retriever, precisions

    torch.set_num_threads(1)  # One picture and one token at a time are too little to share.
    parts = {
        "pair": measure.evaluate,
        "retriever": measure_retriever.evaluate,
        "blip2": measure_blip2.evaluate,
        "precisions": precisions.evaluate,
    }
    good = True
    for part in [options.model] if options.model else EVALUATED:
        score = parts[part](options.models, options.scenes, options.first)
        for note, wanted, given in score.wrong[: options.wrong]:
            print(f"{note}: {wanted!r}, not {given!r}")
        print(measure.table(score), flush=True)
        good = good and score.good
    return 0 if good else 1


def _calibrate(options: argparse.Namespace) -> int:
    import torch

    from demo_models.calibrate import calibrate

    del options
    torch.set_num_threads(1)
    print(calibrate(MODELS))
    return 0


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


_COMMANDS = {
    "train": _train,
    "install": _install,
    "evaluate": _evaluate,
    "calibrate": _calibrate,
    "samples": _samples,
    "show": _show,
}

if __name__ == "__main__":
    sys.exit(main())
