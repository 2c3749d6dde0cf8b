"""What is asked before captions go to another place, or come to stand where a person's stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from blipdesk.domain.values import LibraryCounts, WriteTarget
from blipdesk.domain.wording import joined, later, plural, tr
from blipdesk.domain.writes import ExistingText, WritePolicy
from blipdesk.ui.dialogs.opening import open_dialog
from blipdesk.ui.dialogs.write_preview import WritePreview
from blipdesk.ui.tasks import LatestTask

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

_BACK = later("Whatever is written can be taken back under Changes to photos.")
_TARGETS = {
    WriteTarget.EMBED: (
        later("Write captions into your photos?"),
        later(
            "JPEG, PNG, WebP and TIFF photos get theirs inside, other photos "
            "a small .xmp file beside them. The pictures themselves are not "
            "changed."
        ),
    ),
    WriteTarget.SIDECAR: (
        later("Write captions beside your photos?"),
        later(
            "Each photo gets a small .xmp file (a sidecar) beside it. The photos themselves are not touched."
        ),
    ),
}
_HEIF = (
    later("Write captions into HEIC and AVIF photos too?"),
    later(
        "Those that have a place for it carry their caption inside; the pictures themselves are not changed."
    ),
)
_EXISTING = {
    ExistingText.COMMENT: (
        later("Add comments to photos that people captioned?"),
        later("Their own captions stay; the new one goes into the comment field, where that is free."),
    ),
    ExistingText.APPEND: (
        later("Add to captions that people wrote?"),
        later("The new caption goes below theirs, in a line of its own."),
    ),
    ExistingText.REPLACE: (
        later("Replace captions that people wrote?"),
        later("The new caption takes the place of theirs in the file."),
    ),
}


def captioned_words(count: int) -> str:
    """How many photos are meant."""
    if not count:
        return tr("No photo has a caption yet; new captions are written as they are made.")
    return plural(count, tr("{n} photo has a caption."), tr("{n} photos have captions."))


class WriteQuestions(QObject):
    """Asks in front of a dialog. Owner: the GUI thread; counting and looking happen in the pool."""

    def __init__(self, workspace: Workspace, dialog: QWidget) -> None:
        super().__init__(dialog)
        self._workspace, self._dialog = workspace, dialog
        self._count = LatestTask(self)

    def needed(self, name: str, value: Any) -> bool:
        """Whether this change of a setting has to be asked for: it would change files, or change them more.

        A change that is asked about no more, or not yet, drops the question that waits for its number.
        """
        self._count.cancel()
        now = self._workspace.settings.values
        if name == "write_target":
            return value not in (WriteTarget.NONE, now.write_target)
        if name == "embed_heif":
            return bool(value) and now.write_target == WriteTarget.EMBED
        writes = now.write_target != WriteTarget.NONE
        return name == "existing_text" and writes and value not in (ExistingText.SKIP, now.existing_text)

    def ask(
        self,
        name: str,
        value: Any,
        answered: Callable[[bool], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Ask; ``answered`` gets True only for a clear yes."""

        def ask(counts: LibraryCounts) -> None:
            policy = self._workspace.writing.policy
            if name == "write_target":
                policy = replace(policy, target=WriteTarget(value))
                question, words = _TARGETS[policy.target]
                words = joined(captioned_words(counts.captioned), tr(words))
            elif name == "embed_heif":
                policy = replace(policy, embed_heif=True)
                question, words = _HEIF
            else:
                policy = replace(policy, existing=ExistingText(value))
                question, words = _EXISTING[policy.existing]
            self._preview(policy, tr(question), joined(tr(words), tr(_BACK)), answered)

        self._count.start(self._workspace.library.counts, ask, failed)

    def _preview(
        self, policy: WritePolicy, question: str, words: str, answered: Callable[[bool], None]
    ) -> None:
        dialog = WritePreview(self._workspace, policy, question, words, answered, self._dialog)
        open_dialog(dialog)
