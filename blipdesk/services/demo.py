"""The demo library: sample pictures and demo models in a catalog of their own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from blipdesk.domain.resources import find_resources

FOLDER_NAME = "Sample pictures"
UNDERSTANDS = "understands drawn scenes only"
"""What is said wherever a demo model's words are shown: of photos it says anything."""
FOR_PHOTOS = "For photos: blipdesk models download blip-image-captioning-base"


def demo_data_dir(data_dir: Path) -> Path:
    """Where the demo's own catalog lies, inside the data folder."""
    return data_dir / "demo"


def copy_samples(data_dir: Path) -> Path:
    """Copy the sample pictures that are not there yet; returns their folder.

    They are copied because the demo writes captions into them; a picture that the person changed or
    captioned stays as it is.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    source = find_resources() / "samples"
    target = demo_data_dir(data_dir) / FOLDER_NAME
    for folder, _, names in os.walk(source):
        place = target / Path(folder).relative_to(source)
        place.mkdir(parents=True, exist_ok=True)
        for name in names:
            if name.endswith((".json", ".md", ".txt")) or (place / name).exists():
                continue
            partial = place / f".{name}.part"
            shutil.copy2(Path(folder) / name, partial)
            partial.replace(place / name)
    return target
