"""A process that loads a middling random BLIP in 8 bits from several kinds of files, and says what it took.

Last line of its output: the peak of each load's own memory over what it was said to need, by kind.  ``whole``
is fp16 loaded in fp32, each layer of which is laid out anew.
"""

import json
import shutil
import sys
import threading
from pathlib import Path

import torch
from tiny_blip import make_checkpoint
from transformers import BlipConfig, BlipForConditionalGeneration

from blipdesk.domain.jobs import EngineSettings
from blipdesk.engine import blip, loading
from blipdesk.engine.batching import give_memory_back
from blipdesk.engine.checkpoints import open_checkpoint
from blipdesk.engine.placement import Place, needed_bytes

WIDTH, LAYERS = 512, 7


def main(root: Path) -> None:
    torch.set_num_threads(1)
    folders = {"fp32": make_checkpoint(root / "fp32", "caption")}
    config = BlipConfig.from_pretrained(folders["fp32"])
    for part in (config.vision_config, config.text_config):
        part.hidden_size, part.intermediate_size = WIDTH, 4 * WIDTH
        part.num_hidden_layers, part.num_attention_heads = LAYERS, 8
    config.text_config.encoder_hidden_size, config.text_config.vocab_size = WIDTH, 9000
    config.text_config.initializer_range = config.vision_config.initializer_range = 0.02
    model = BlipForConditionalGeneration(config)
    model.save_pretrained(folders["fp32"])
    for name in ("fp16", "bin"):
        folders[name] = Path(shutil.copytree(folders["fp32"], root / name))
    model.half().save_pretrained(folders["fp16"])
    torch.save(model.state_dict(), folders["bin"] / "pytorch_model.bin")
    (folders["bin"] / "model.safetensors").unlink()
    del model
    taken(folders["fp16"])  # what torch and transformers themselves take at their first load
    ratios = {name: taken(folder) for name, folder in folders.items()}
    print(json.dumps({**ratios, "whole": taken(folders["fp16"], "fp32")}))


def taken(folder: Path, precision: str = "int8") -> float:
    """The peak of a load over what it was said to need."""
    checkpoint = open_checkpoint(str(folder), None)
    loader = loading._Loader(checkpoint, EngineSettings(str(folder), "cpu", precision), "caption")
    needed = needed_bytes(Place("cpu", precision), loader._weights, "blip", loader._read)
    give_memory_back()
    before = peak = own_memory()
    over = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.001):
            peak = max(peak, own_memory())

    watcher = threading.Thread(target=watch)
    watcher.start()
    loaded = blip.load_model(checkpoint, "cpu", precision)
    over.set()
    watcher.join()
    peak = max(peak, own_memory())
    del loaded
    return (peak - before) / needed


def own_memory() -> int:
    """Bytes that are no file's."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
