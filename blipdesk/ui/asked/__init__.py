"""One question to many photos: the dialog that asks it, shows how far it is, and its answers in groups.

Layer: ui.  May import services and domain.  All of it lives on the GUI thread.
"""
