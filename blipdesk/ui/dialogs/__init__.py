"""The window's dialogs: first start, settings, the large view, problems, and the crash report.

Layer: part of :mod:`blipdesk.ui`; may import ``services`` (settings' descriptions at run time, the rest as
types), ``domain``, the ui's ``theme``, ``icons``, ``tasks``, ``words``, ``folder_actions`` and the controls
and edits of ``pane``.
Owner: the GUI thread.  Import the submodule that is needed: nothing here belongs to the first paint.
"""
