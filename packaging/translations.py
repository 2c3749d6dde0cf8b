"""Languages: finds the texts of the sources, and compiles their translations.

    python packaging/translations.py            compile each resources/translations/*.ts to a .qm beside it
    python packaging/translations.py --update   take the texts of the sources over into the .ts files

The tools are Qt's own, as PySide6 brings them.  Beside the .qm files a list of the texts with ``{names}`` is
written: sentences that another process has made are found again by it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
ALIASES = "tr+=tr,QT_TR_NOOP+=later"
TEMPLATES = "templates.json"


def tool(name: str) -> str:
    """The path of PySide6's ``lupdate`` or ``lrelease``.

    Raises:
        FileNotFoundError: PySide6 is not here, or brings none.
    """
    try:
        import PySide6
    except ImportError:
        raise FileNotFoundError(f"{name} comes with PySide6_Essentials, which is not installed.") from None
    folder = Path(PySide6.__path__[0])
    ending = ".exe" if os.name == "nt" else ""
    for path in (folder / (name + ending), folder / "Qt" / "libexec" / (name + ending)):
        if path.is_file():
            return str(path)
    raise FileNotFoundError(f"This PySide6 brings no {name}.")


def run(name: str, *arguments: str) -> None:
    """Run a tool quietly.

    Raises:
        RuntimeError: it failed; what it said.
    """
    done = subprocess.run([tool(name), *arguments], capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stdout}{done.stderr}")


def messages(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Each message of a .ts file: the English text, its translation, and whether that is finished."""
    for message in ElementTree.parse(path).iter("message"):
        found = message.find("translation")
        kind = found.get("type", "") if found is not None else "unfinished"
        if kind not in ("vanished", "obsolete"):
            said = found.text or "" if found is not None else ""
            yield message.findtext("source", ""), said, kind != "unfinished"


def update(path: Path) -> None:
    """Take the texts of the sources over into a .ts file; translations of texts that are gone are dropped."""
    sources = sorted(str(file.relative_to(ROOT)) for file in (ROOT / "blipdesk").rglob("*.py"))
    run(
        "lupdate", "-tr-function-alias", ALIASES, "-locations", "none", "-no-obsolete", "-sort-messages",
        "-source-language", "en", "-target-language", path.stem, *sources, "-ts", str(path),
    )  # fmt: skip


def compile_all() -> None:
    """Make the .qm file of each .ts file, and the list of templates."""
    templates: set[str] = set()
    for path in sorted(FOLDER.glob("*.ts")):
        run("lrelease", "-silent", str(path), "-qm", str(path.with_suffix(".qm")))
        templates |= {source for source, _, finished in messages(path) if finished and "{" in source}
    (FOLDER / TEMPLATES).write_text(json.dumps(sorted(templates)), "utf-8")


def is_compiled() -> bool:
    """Whether what :func:`compile_all` makes is there and no older than what it is made of."""
    made = [path.with_suffix(".qm") for path in FOLDER.glob("*.ts")] + [FOLDER / TEMPLATES]
    if not all(path.is_file() for path in made):
        return False
    oldest = min(path.stat().st_mtime_ns for path in made)
    return all(path.stat().st_mtime_ns <= oldest for path in FOLDER.glob("*.ts"))


if __name__ == "__main__":
    if "--update" in sys.argv[1:]:
        for language in sorted(FOLDER.glob("*.ts")):
            update(language)
    compile_all()
