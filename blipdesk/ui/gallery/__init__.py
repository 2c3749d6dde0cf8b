"""The centre of the window: a virtual gallery that stays quick with a million photos.

Layer: part of :mod:`blipdesk.ui`; imports ``domain``, the ui's foundation modules, and takes the services
it reads as objects.  Owner: the GUI thread; rows and thumbnails are read in pools and come back by queued
signals.  Geometry is computed, never stored (``geometry``); rows are ids with tiles read 50 at a time
(``model``); thumbnails come last in, first out (``thumbnails``); ``cell`` paints; ``view`` is the
QListView; ``panel`` is the whole centre with its head and its states.
"""
