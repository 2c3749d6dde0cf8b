"""The window: PySide6 widgets over :mod:`blipdesk.services`.

Layer: top.  May import ``services`` and ``domain`` only, and nothing heavy (SQLAlchemy, Pillow, numpy,
torch) at the import of any module that the first paint needs: see ``tests/ui/test_start_up.py``.
Owner: the GUI thread owns every QObject and QPixmap here; services are called from the pool of
:mod:`blipdesk.ui.tasks`, never from the GUI thread (except those marked fast).
"""
