"""Reading a checkpoint's tokenizer, strictly local."""

from __future__ import annotations

from typing import Any

from blipdesk.domain.errors import ModelError
from blipdesk.domain.wording import later
from blipdesk.engine.checkpoints import Checkpoint
from blipdesk.engine.json_files import GET_AGAIN


def load_tokenizer(checkpoint: Checkpoint, vocabulary: int, subfolder: str = "") -> Any:
    """The tokenizer of a checkpoint.

    Args:
        checkpoint: its folder.
        vocabulary: rows of the word embeddings that its ids point to.
        subfolder: where a second tokenizer lies.

    Raises:
        ModelError: it cannot be read, or has more words than the model.
    """
    import transformers

    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(
            str(checkpoint.path),
            subfolder=subfolder,
            local_files_only=True,
            trust_remote_code=bool(checkpoint.own_class),
        )
    except Exception as error:
        # tokenizers raises nothing narrower for a file that it does not understand.
        raise ModelError(
            later("The tokenizer of {title} cannot be read.").format(title=checkpoint.title), GET_AGAIN
        ) from error
    if tokenizer.vocab_size > vocabulary:
        raise ModelError(
            later("The tokenizer of {title} belongs to another model.").format(title=checkpoint.title),
            GET_AGAIN,
        )
    return tokenizer
