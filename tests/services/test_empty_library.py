"""What a library without photos costs: numpy, 13 MiB, and what writes into photos, 4, come with the first."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys, threading
from dataclasses import replace
from pathlib import Path
from blipdesk.catalog import Catalog
from blipdesk.domain.jobs import EngineSettings
from blipdesk.pipeline import meaning, picture_reading
from blipdesk.services.workspace import Workspace

meaning._START_SECONDS = picture_reading._START_SECONDS = 0.0
readers, looked = threading.Semaphore(0), threading.Event()
is_empty, keep = Catalog.is_empty.fget, Catalog.keep_search_index

def asked(catalog):
    readers.release()
    return is_empty(catalog)

def kept(catalog, *, wait):
    keep(catalog, wait=wait)
    looked.set()

Catalog.is_empty, Catalog.keep_search_index = property(asked), kept
workspace = Workspace.open(Path(sys.argv[1]), start=False)
workspace.use(replace(workspace.options, retrieval_engine=EngineSettings("fake")))
workspace.begin()
ends = looked.wait(20) and readers.acquire(timeout=20) and readers.acquire(timeout=20)
workspace.close()
print(ends, {"sqlalchemy", "numpy", "PIL"} & set(sys.modules))
"""


def test_a_library_without_photos_loads_neither_numpy_nor_pillow(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)], capture_output=True, text=True, timeout=90, check=True
    )
    assert done.stdout.split() == ["True", "{'sqlalchemy'}"], done.stderr
