"""What the wheel needs beside its sources: the compiled translations."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TOOL = runpy.run_path(str(Path(__file__).with_name("translations.py")))


class TranslationsHook(BuildHookInterface[Any]):
    """Compiles them into ``resources``, which the wheel takes up whole."""

    def dependencies(self) -> list[str]:
        """Qt's compiler, where there is something to compile."""
        return [] if TOOL["is_compiled"]() else ["PySide6_Essentials>=6.11,<6.12"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile what is not compiled, or older than its source."""
        if not TOOL["is_compiled"]():
            TOOL["compile_all"]()
