"""Done once for all the commands that are forked off: imports, and the check of the sentence model's file."""

from contextlib import suppress
from importlib import import_module

from blipdesk.domain.errors import ModelError
from blipdesk.engine.sentence_files import find_sentence_files

for name in (
    "PIL.Image",
    "blipdesk.app",
    "blipdesk.catalog.index.index",
    "blipdesk.catalog.index.keeping",
    "blipdesk.cli.main",
    "blipdesk.engine.sentence_adapter",
    "blipdesk.engine.sentence_model",
    "blipdesk.metadata.writer",
    "blipdesk.services.headless",
    "blipdesk.services.nothing_found",
    "blipdesk.services.workspace",
    "numpy.ma",
    "safetensors",
    "snowballstemmer",
    "tokenizers",
    "typer._adapters",
):
    import_module(name)
with suppress(ModelError):  # its absence is told by the command
    find_sentence_files()
