"""The process that reads captions: ``python -m blipdesk.engine.sentence_child`` or ``--sentence-child``.

A request is a line ``{"sentences": [...]}``, its reply ``{"ok": ...}`` (float32 in base64) or ``{"error":
...}``.  It ends when its stdin does: at the latest after the sentences in hand, 0.3 s, its parent is missed.
Reading a library takes minutes of computing: in this process, of low priority, it stalls nothing.
"""

from __future__ import annotations

import base64
import contextlib
import logging
import os
import signal
import sys

from blipdesk.domain.children import stand_back, use_one_blas_thread
from blipdesk.domain.errors import ModelError
from blipdesk.engine import protocol
from blipdesk.engine.sentences import SentenceEncoder


def main() -> None:
    """Answer requests until stdin ends."""
    use_one_blas_thread()
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library's print() must not land between the replies
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's business
    stand_back()
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    encoder: SentenceEncoder | None = None
    for line in sys.stdin.buffer:
        try:
            encoder = encoder or SentenceEncoder()
            vectors = encoder.encode(protocol.decode(line)["sentences"])
            reply: protocol.Message = {"ok": base64.b64encode(vectors.tobytes()).decode()}
        except ModelError as error:
            reply = {"error": {"kind": "model", "message": error.message, "remedy": error.remedy}}
        with contextlib.suppress(OSError):  # the parent is gone, and stdin ends
            replies.write(protocol.encode(reply))
            replies.flush()


if __name__ == "__main__":
    main()
