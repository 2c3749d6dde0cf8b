"""numpy computes on one thread in the window's process, and as it likes in a model's."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import os
from blipdesk.domain.children import child_environment, use_one_blas_thread
use_one_blas_thread()
use_one_blas_thread()
print(os.environ.get("OPENBLAS_NUM_THREADS"), child_environment().get("OPENBLAS_NUM_THREADS"))
"""


def said(**variables: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", CODE], env=variables, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return result.stdout.strip()


def test_one_thread_here_and_a_childs_own_number_there() -> None:
    assert said() == "1 None"


def test_what_a_person_chose_stays() -> None:
    assert said(OPENBLAS_NUM_THREADS="3") == "3 3"
