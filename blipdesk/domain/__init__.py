"""Values, errors and ports that every layer shares.

Layer: the lowest; imports the standard library only.  Thread: none, everything here is immutable.
"""
