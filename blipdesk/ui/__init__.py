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
screen of 25 cells costs 2 ms of processor time so), and the theme without a system that tells its own is
dark.
"""

import builtins
from importlib import import_module

_plain_import = builtins.__import__
import_module("PySide6.QtCore")
# PySide6 has put a hook there that reads the source of each module imported from now on, to see whether it
# asks for another spelling of Qt's names (``__feature__``; none of ours does), and keeps all of it: 306,000
# lines of 770 files, 33 MiB.
builtins.__import__ = _plain_import
