"""Puts the tools of `packaging/` where tests can import them; that folder is no installed package."""

import os
import sys

_PACKAGING = os.path.join(os.path.dirname(__file__), os.pardir, os.pardir, "packaging")
sys.path.insert(0, os.path.abspath(_PACKAGING))
