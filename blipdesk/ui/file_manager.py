"""Photos marked in the desktop's file manager."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtCore import QProcess, QUrl


def items_argument(paths: Sequence[str]) -> str:
    """The paths as dbus-send takes a list; it parts the list at commas.

    >>> items_argument(["/p/a,b.jpg", "/p/c d.jpg"])
    'array:string:file:///p/a%2Cb.jpg,file:///p/c%20d.jpg'
    """
    encoded = QUrl.ComponentFormattingOption.FullyEncoded
    urls = (QUrl.fromLocalFile(path).toString(encoded).replace(",", "%2C") for path in paths)
    return "array:string:" + ",".join(urls)


def mark_in_file_manager(paths: Sequence[str]) -> bool:
    """Open the photos' folder with the photos marked; False where the desktop cannot. Waits: for the pool."""
    if os.name == "nt":
        return QProcess.startDetached("explorer", ["/select,", os.path.normpath(paths[0])])[0]
    if os.uname().sysname == "Darwin":
        return QProcess.startDetached("open", ["-R", *paths])[0]
    call = [
        "--session", "--print-reply", "--type=method_call", "--dest=org.freedesktop.FileManager1",
        "/org/freedesktop/FileManager1", "org.freedesktop.FileManager1.ShowItems",
        items_argument(paths), "string:",
    ]  # fmt: skip
    process = QProcess()
    process.start("dbus-send", call)
    return process.waitForStarted(300) and process.waitForFinished(2000) and process.exitCode() == 0
