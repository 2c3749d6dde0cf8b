"""The right-hand pane: one photo's picture, caption, tags, file details and the chat about it.

Layer: part of :mod:`blipdesk.ui`; may import ``services`` (types; at run time it is given a workspace, and
asks ``run_options`` what a demo model is), ``domain`` and the ui's ``theme``, ``icons``, ``words``,
``painted`` and ``tasks``.
Owner: the GUI thread.
Every text that comes from a file, a model or a person is shown as plain text.

``texts``, ``paint``, ``flow`` and ``controls`` are shared with the rest of the window and its dialogs.
Where it differs from the design: a picture that would lose more than a fiftieth to the preview's shape is
shown whole over a blurred ground of itself, and Save is there only while there is something to save.
"""

from blipdesk.ui.pane.pane import PhotoPane

__all__ = ["PhotoPane"]
