"""Program code that a checkpoint brings along: imported in the engine's process where the person agreed.

transformers calls it "remote code".  Here nothing is fetched: the code lies in the checkpoint's folder.  What
it defines has to be a kind of the class that its family module drives, that is all that is known of it.
"""

from __future__ import annotations

from typing import Any

from blipdesk.domain.errors import ModelError
from blipdesk.domain.wording import later
from blipdesk.engine.checkpoints import Checkpoint


def load_class(checkpoint: Checkpoint, known: type) -> Any:
    """Import the checkpoint's own model class.

    Args:
        checkpoint: with ``own_class``, as the person agreed.
        known: the class that it has to be a kind of.

    Raises:
        ModelError: its code does not run with this version of transformers, or is of another kind.
    """
    from transformers.dynamic_module_utils import get_class_from_dynamic_module

    try:
        found = get_class_from_dynamic_module(
            checkpoint.own_class, str(checkpoint.path), local_files_only=True
        )
    except Exception as error:
        # The code is anybody's and may raise anything.
        raise ModelError(
            later("The program code of {title} does not run here: {name}: {error}.").format(
                title=checkpoint.title, name=type(error).__name__, error=error
            ),
            later("It was written for another version of transformers, or needs packages that are not here."),
        ) from error
    if not (isinstance(found, type) and issubclass(found, known)):
        raise ModelError(
            later(
                "The program code of {title} defines a model that BlipDesk cannot drive: "
                "{own_class} is no {name}."
            ).format(title=checkpoint.title, own_class=checkpoint.own_class, name=known.__name__),
            later("Choose another checkpoint."),
        )
    return found
