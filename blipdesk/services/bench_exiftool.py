"""ExifTool as other programs drive it, for ``blipdesk bench write``: one process that stays open."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from typing import Any

import psutil

from blipdesk.domain.errors import UsageError

_READY = b"{ready}"
_PATIENCE = 5.0
_UPDATED = b"1 image files updated"


class ExifTool:
    """One ``exiftool -stay_open True``, a file a request.

    Raises:
        UsageError: it ends at once.
    """

    def __init__(self, program: str) -> None:
        self._popen = subprocess.Popen(
            [program, "-stay_open", "True", "-@", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.version = self._ask(["-ver"]).strip().decode("ascii", "replace")

    @staticmethod
    def find() -> str | None:
        """Where it is installed; None: it is not."""
        return shutil.which("exiftool")

    def write(self, path: str, caption: str, keywords: Sequence[str]) -> bool:
        """Write the fields that this program writes, times kept; whether the file was updated."""
        said = self._ask(
            [
                "-charset",
                "filename=utf8",
                "-overwrite_original",
                "-P",
                f"-IFD0:ImageDescription={caption}",
                f"-IFD0:XPComment={caption}",
                f"-IFD0:XPKeywords={';'.join(keywords)}",
                f"-XMP-dc:Description={caption}",
                *(f"-XMP-dc:Subject={keyword}" for keyword in keywords),
                path,
            ]
        )
        return _UPDATED in said

    def cpu_seconds(self) -> float:
        """The processor time that it took so far."""
        times = psutil.Process(self._popen.pid).cpu_times()
        return float(times.user + times.system)

    def _ask(self, arguments: Sequence[str]) -> bytes:
        """What it prints for one command: arguments a line each (none may hold a line break)."""
        stdin, stdout = self._popen.stdin, self._popen.stdout
        assert stdin is not None and stdout is not None
        try:
            stdin.write("\n".join((*arguments, "-execute", "")).encode("utf-8", "surrogateescape"))
            stdin.flush()
        except OSError as error:
            raise UsageError("exiftool does not run here.", "Mend its installation, or remove it.") from error
        said = b""
        for line in stdout:
            if line.startswith(_READY):
                return said
            said += line
        raise UsageError("exiftool ended by itself.", "Mend its installation, or remove it.")

    def __enter__(self) -> ExifTool:
        return self

    def __exit__(self, *_: Any) -> None:
        try:  # asked first: on Windows a killed wrapper leaves its perl behind
            self._popen.communicate(b"-stay_open\nFalse\n", timeout=_PATIENCE)
        except (OSError, subprocess.TimeoutExpired):
            self._popen.kill()
            self._popen.communicate()
