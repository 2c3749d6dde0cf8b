"""BlipDesk: captions a person's photo library on this computer and makes it searchable.

The layers, from the top: ``ui | cli``, ``services``, ``pipeline``, ``catalog | engine | imaging |
metadata``, ``domain``.  Each may import only what lies below it; ``app`` is the composition root.
The contracts stand in pyproject.toml and are checked with the tests.
"""

__version__ = "0.1.0"
