"""The revisions, ``0001`` upwards."""
