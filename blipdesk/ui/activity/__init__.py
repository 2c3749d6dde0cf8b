"""What the background worker does, in full: the panel over the status bar.

Layer: ui.  Owner: the GUI thread.
"""
