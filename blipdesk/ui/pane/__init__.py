"""The right-hand pane: one photo's picture, caption, tags, file details and the chat about it.

Layer: part of :mod:`blipdesk.ui`; may import ``services`` (types only, at run time through the workspace
it is given), ``domain`` and the ui's ``theme``, ``icons`` and ``tasks``.  Owner: the GUI thread.
Every text that comes from a file, a model or a person is shown as plain text.
"""

from blipdesk.ui.pane.pane import PhotoPane

__all__ = ["PhotoPane"]
