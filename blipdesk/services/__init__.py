"""Use cases without Qt: everything the window and the command line can do.

Layer: above the pipeline; imports pipeline, the catalog-engine-imaging-metadata row and domain, never a
user interface.  Nothing heavy is imported by this package itself: the window imports the submodules it
needs after its first paint.  Thread: called from any worker thread; the GUI thread calls only what the
docstrings mark as immediate.
"""
