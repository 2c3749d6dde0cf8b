"""House rules that import-linter and ruff cannot say."""

import ast
import doctest
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "blipdesk").rglob("*.py"))


def run_python(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    ).stdout


def test_the_import_contracts_hold():
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter], check=False, capture_output=True, text=True, cwd=ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("module", ["blipdesk.services.workspace", "blipdesk.cli.main", "blipdesk.pipeline"])
def test_torch_never_enters_the_windows_process(module):
    found = run_python(
        f"import sys, {module}; print([m for m in ('torch', 'transformers', 'PySide6') if m in sys.modules])"
    )
    assert found.strip() == "[]"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_unsafe_call(path):
    """S8: no pickle loading, no shell, no eval, no remote code, anywhere."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        keywords = {k.arg: ast.unparse(k.value) for k in node.keywords}
        assert name not in {"eval", "exec", "pickle.load", "pickle.loads", "os.system", "os.popen"}, (
            ast.unparse(node)
        )
        assert keywords.get("shell") != "True", ast.unparse(node)
        assert keywords.get("trust_remote_code") != "True", ast.unparse(node)
        if name == "torch.load":
            assert keywords.get("weights_only") == "True", ast.unparse(node)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_rooms_stay_small(path):
    assert len(path.read_text("utf-8").splitlines()) <= 430


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if ">>> " in path.read_text("utf-8")],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_examples_in_docstrings_are_true(path):
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    tried = doctest.testmod(module)
    assert tried.attempted > tried.failed == 0


def test_only_the_download_reaches_for_a_network():
    """Nothing uploaded: what could ask a server for anything is imported where one process runs alone."""
    clients = r"huggingface_hub|httpx2?|requests|urllib3|urllib\.request|http\.client|aiohttp"
    network = re.compile(rf"^\s*(?:import|from) ({clients})\b", re.MULTILINE)
    found = {path.name for path in SOURCES if network.search(path.read_text("utf-8"))}
    assert found == {"hub.py", "hub_child.py", "hub_words.py"}
    for name in ("blipdesk.services.workspace", "blipdesk.cli.main"):
        assert run_python(f"import sys, {name}; print('huggingface_hub' in sys.modules)").strip() == "False"


def test_pixmaps_stay_in_the_window():
    for path in SOURCES:
        if "ui" not in path.relative_to(ROOT).parts:
            assert not re.search(r"\bQPixmap\b", path.read_text("utf-8")), path
