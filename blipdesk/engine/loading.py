"""Loading checkpoints with torch: place, precision, weights, canary.  Runs in the engine's process."""

from __future__ import annotations

import contextlib
import importlib
import logging
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import EngineSettings
from blipdesk.domain.sizes import readable_size
from blipdesk.domain.wording import later
from blipdesk.engine import placement, precision, signs, speed, tensors
from blipdesk.engine.batching import DeviceLostError, check_device, give_memory_back, is_out_of_memory
from blipdesk.engine.canary import Said, try_canary
from blipdesk.engine.checkpoints import Checkpoint
from blipdesk.engine.computing import choose_device, threads_for
from blipdesk.engine.json_files import read_json
from blipdesk.engine.memory import free_memory
from blipdesk.engine.placement import Place
from blipdesk.engine.registry import CAPTION
from blipdesk.engine.vision_model import VisionModel

_log = logging.getLogger(__name__)

_COMPARED_PICTURES = 4
"""On how many canary pictures a quicker precision has to agree with fp32 before ``auto`` takes it."""


class MemoryShortError(ModelError):
    """There is no room for the model at a place; there may be at a smaller one."""


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A checkpoint in memory, with what became of ``auto``."""

    checkpoint: Checkpoint
    model: VisionModel
    place: Place
    batch_size: int
    threads: int
    """torch threads that suit it; torch has one number for the whole process."""
    smaller: Place | None = None
    """Where it would go if one photo were too much memory here."""

    @property
    def device(self) -> str:
        """Where it runs."""
        return self.place.device

    @property
    def precision(self) -> str:
        """In which precision."""
        return self.place.precision

    def use_threads(self) -> None:
        """Set torch to this model's number of threads; before each call, as two models may be loaded."""
        import torch

        if torch.get_num_threads() != self.threads:
            torch.set_num_threads(self.threads)


def load_checkpoint(
    checkpoint: Checkpoint, settings: EngineSettings, task: str, models_dir: Path | None = None
) -> LoadedModel:
    """Load a checkpoint for a task and try it on the canary pictures, at the best place that works.

    Where memory is short the next smaller place is tried, where the words make no sense the safest one.

    Args:
        checkpoint: found and looked through.
        settings: what the person wants.
        task: what it is wanted for.
        models_dir: where measurements of this computer are kept; None: ``auto`` measures nothing.

    Raises:
        ModelError: it cannot be loaded, or gives nothing usable at any precision.
    """
    import torch

    torch.set_num_threads(threads_for(checkpoint.weight_bytes))
    device = choose_device(settings.device)
    if settings.precision == "int8" and not placement.has_int8(checkpoint.family.module, device):
        if task == CAPTION:
            raise ModelError(
                later("The model {title} does not run in int8 on {device}.").format(
                    title=checkpoint.title, device=device
                ),
                later("Choose auto or fp32."),
            )
        settings = replace(settings, precision="auto")  # it was chosen for the captioner
    wanted = precision.choose_precision(settings.precision, device, checkpoint.weight_bytes)
    loader = _Loader(checkpoint, settings, task)
    if models_dir is not None and precision.is_worth_measuring(
        settings.precision, device, checkpoint.weight_bytes
    ):
        wanted = loader.automatic(device, models_dir)
    return loader.load_from(Place(device, wanted))


def load_at(checkpoint: Checkpoint, settings: EngineSettings, task: str, place: Place) -> LoadedModel:
    """Load a checkpoint at a place, such as a model's ``smaller`` one; the model that was is let go of first.

    Raises:
        ModelError: it does not run there, nor at any place below.
    """
    return _Loader(checkpoint, settings, task).load_from(place)


class _Loader:
    """One checkpoint on its way into memory."""

    def __init__(self, checkpoint: Checkpoint, settings: EngineSettings, task: str) -> None:
        self._checkpoint = checkpoint
        self._settings = settings
        self._task = task
        files = [checkpoint.path / name for name in checkpoint.weights]
        self._read = 0
        if checkpoint.pickled:
            from blipdesk.engine import stored

            self._weights = stored.pickled_count(files)
            self._read = sum(file.stat().st_size for file in files if not stored.is_mapped(file))
        else:
            self._weights = placement.weight_count(files)
        self._language = checkpoint.family.module in placement.LANGUAGE_FAMILIES
        self._ready: tuple[LoadedModel, Said] | None = None
        """What the comparison of ``auto`` loaded already."""

    def load_from(self, place: Place) -> LoadedModel:
        """Load at a place; where that fails, at the one its failure leads to.

        What babbles in fp32 too has its own way of speaking, and stays where it was wanted.
        """
        last = ModelError(later("The model {title} cannot run here.").format(title=self._checkpoint.title))
        babbled: list[Place] = []
        tried: list[Place] = []
        here: Place | None = place
        while here is not None:
            tried.append(here)
            failure: ModelError | None = None
            try:
                loaded, said = self._try(here)
                if said.makes_sense or (here.precision == "fp32" and not babbled):
                    return loaded
                del loaded
                babbled.append(here)
            except DeviceLostError:
                raise
            except ModelError as error:
                failure = last = _bare(error)
            _log.warning("%s in %s did not do: %s", self._checkpoint.key, here, failure or "senseless words")
            give_memory_back()
            if failure is None and here.precision == "fp32":
                return self._try(babbled[0])[0]
            here = self._after(here, failure, tried, babbled)
        raise last

    def _after(
        self, here: Place, failure: ModelError | None, tried: list[Place], babbled: list[Place]
    ) -> Place | None:
        """Where to try next: without memory the next smaller place, else the device's safest precision first.

        A precision that babbled on a device does so there wherever its weights lie.
        """
        if not isinstance(failure, MemoryShortError):
            exact = Place(here.device, "fp32")
            if here == exact:
                return None
            if exact not in tried:
                return exact
        senseless = {(place.device, place.precision) for place in babbled}
        following = self.smaller(here)
        while following is not None and (
            following in tried or (following.device, following.precision) in senseless
        ):
            following = self.smaller(following)
        return following

    def smaller(self, place: Place) -> Place | None:
        """The next smaller place that has room; the last one is left to the attempt."""
        usable = {device: self._usable(device) for device in {place.device, "cpu"}}
        following = placement.smaller(place, usable, language=self._language)
        while following is not None and not self._fits(following):
            further = placement.smaller(following, usable, language=self._language)
            if further is None:
                break
            following = further
        return following

    def _usable(self, device: str) -> list[str]:
        int8 = placement.has_int8(self._checkpoint.family.module, device)
        return [name for name in precision.usable(device) if int8 or name != "int8"]

    def _fits(self, place: Place) -> bool:
        free = {device: free_memory(device) for device in {place.device, "cpu"}}
        return placement.fits(place, self._weights, self._checkpoint.family.module, free, self._read)

    def _try(self, place: Place, pictures: int = 2) -> tuple[LoadedModel, Said]:
        """The model at a place, and what it makes of the canary pictures."""
        checkpoint = self._checkpoint
        ready, self._ready = self._ready, None
        if ready is not None and ready[0].place == place:
            return ready
        if not self._fits(place):
            needed = placement.needed_bytes(place, self._weights, checkpoint.family.module, self._read)
            raise MemoryShortError(
                later(
                    "The model {title} needs {needed} of memory in {precision} on {memory}; {free} are free."
                ).format(
                    title=checkpoint.title,
                    needed=readable_size(needed),
                    precision=place.precision,
                    memory=place.memory,
                    free=readable_size(free_memory(place.device)),
                ),
                later("Close other programs, or choose a smaller model."),
            )
        family = importlib.import_module(f"blipdesk.engine.{checkpoint.family.module}")
        signs.give(reading=checkpoint.weight_bytes)
        device = tensors.SPREAD if place.spread else place.device
        try:
            with _utf8_path(checkpoint.path) as path:
                model: VisionModel = family.load_model(
                    replace(checkpoint, path=path), device, place.precision
                )
            signs.give()
            said = try_canary(model, checkpoint.title, self._task, pictures)
        except Exception as error:
            reason = error.__cause__ if isinstance(error, ModelError) else error  # what a library raised
            if reason is not None:
                check_device(reason)
                if is_out_of_memory(reason):
                    raise self._short(place) from None
            raise
        batch_size = self._settings.batch_size or automatic_batch_size(model, place.device)
        threads = threads_for(checkpoint.weight_bytes)
        return LoadedModel(checkpoint, model, place, batch_size, threads, self.smaller(place)), said

    def _short(self, place: Place) -> MemoryShortError:
        return MemoryShortError(
            later("The model {title} does not fit into the memory for {precision} on {memory}.").format(
                title=self._checkpoint.title, precision=place.precision, memory=place.memory
            ),
            later("Close other programs, or choose a smaller model."),
        )

    # ------------------------------------------------------------------------------- what auto becomes

    def automatic(self, device: str, models_dir: Path) -> str:
        """The quickest precision that says what fp32 says; measured once, then the same until torch,
        processor or card change: a photo captioned again must not get other words by chance.
        """
        machine = precision.machine(device)
        known = speed.read(models_dir).choice(self._checkpoint.digest, machine)
        if known is None:
            try:
                known = self._decide(device, machine)
            except DeviceLostError:
                raise
            except ModelError as error:
                _log.warning("the quickest precision cannot be compared with fp32 now: %s", error)
                give_memory_back()
                return "fp32"
            speed.record(models_dir, known)
        if known.precision in self._usable(device) and (
            self._ready is not None or self._fits(Place(device, known.precision))
        ):
            return known.precision
        return "fp32"

    def _decide(self, device: str, machine: str) -> speed.Choice:
        width, inner = self._widths()
        names = [name for name in precision.candidates(device) if name in self._usable(device)]
        taken = precision.measure_layer(device, names, width, inner)
        quickest = precision.fastest(taken)
        faster = taken["fp32"] / taken[quickest]
        reason = f"{faster:.1f} times as quick as fp32"
        if quickest == "fp32":
            reason = "no other precision is much quicker here"
        elif device == "cpu" and not self._agrees(Place(device, quickest)):
            quickest, reason = "fp32", f"{quickest} is {faster:.1f} times as quick, but says other things"
        return speed.Choice(self._checkpoint.digest, machine, quickest, reason, taken)

    def _agrees(self, place: Place) -> bool:
        """Whether a place says what fp32 says of the canary pictures; True where fp32 has no room: it cannot
        be asked then.  A model that does is kept for :meth:`load_from`.

        Raises:
            ModelError: one of them cannot be loaded now, which says nothing for good.
        """
        exact = Place(place.device, "fp32")
        if not self._fits(exact):
            return True
        expected = self._try(exact, _COMPARED_PICTURES)[1]
        give_memory_back()
        loaded, said = self._try(place, _COMPARED_PICTURES)
        if said.agrees(expected):
            self._ready = loaded, said
            return True
        del loaded
        give_memory_back()
        return False

    def _widths(self) -> tuple[int, int]:
        """Width of the vision tower's states, and of its layers' middle."""
        vision = read_json(self._checkpoint.path / "config.json", self._checkpoint.key).get("vision_config")
        sizes = vision if isinstance(vision, dict) else {}
        return int(sizes.get("hidden_size", 768)), int(sizes.get("intermediate_size", 3072))


def _bare(error: ModelError) -> ModelError:
    """The error without its frames, which hold what was loaded so far."""
    return type(error)(error.message, error.remedy)


@contextlib.contextmanager
def _utf8_path(path: Path) -> Iterator[Path]:
    """A path to the same folder that safetensors and tokenizers can open: they take valid UTF-8 only."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        with tempfile.TemporaryDirectory(prefix="blipdesk-") as folder:
            link = Path(folder) / "model"
            link.symlink_to(path.absolute(), target_is_directory=True)
            yield link
    else:
        yield path


def automatic_batch_size(model: VisionModel, device: str) -> int:
    """Photos per forward pass within a quarter of the memory that is free.

    At most 16 on a processor: BLIP's vision tower takes two at a time there whatever the batch, and the
    weights that a word needs are read once for all sixteen.
    """
    free = free_memory(device)
    largest = 64 if device == "cuda" else 16
    return max(1, min(largest, int(free / 4 / max(1, model.activation_bytes))))
