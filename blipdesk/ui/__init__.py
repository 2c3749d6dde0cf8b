"""The window: PySide6 widgets over :mod:`blipdesk.services`.

Layer: top.  May import ``services`` and ``domain`` only, and nothing heavy (SQLAlchemy, Pillow, numpy,
torch) at the import of any module that the first paint needs: see ``tests/ui/test_ui_start_up.py``.
Owner: the GUI thread owns every QObject and QPixmap here; services are called from the pool of
:mod:`blipdesk.ui.tasks`, never from the GUI thread (except those marked immediate).

Where things are: ``main`` starts and ends a run; ``shell`` is the top-level window and its first paint;
``session`` then has ``assembly`` make the content and opens the library; ``main_window`` is the content and
wires it; ``browser`` holds what is looked at and reads it; ``gallery`` is the centre, ``pane`` the right
side, ``sidebar``, ``top_bar`` and ``status_bar`` the rest; ``selection`` and ``folder_actions`` act;
``windows`` opens the ``dialogs``.

Differs from the design notes: the gallery paints its cells itself instead of through an item delegate (one
screen of 25 cells costs 2 ms of processor time so), deleting photos from the disk is not offered, and the
theme without a system that tells its own is dark.
"""
