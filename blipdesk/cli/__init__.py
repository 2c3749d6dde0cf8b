"""The command line: the same services, headless.

Layer: beside ``ui``, above services; imports services and domain only.  Results go to stdout, progress and
logs to stderr.  Exit status: 0 all well; 1 some photos failed; 2 wrong usage; 3 cannot run.
"""
