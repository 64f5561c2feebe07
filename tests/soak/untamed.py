"""Callboard as in ``wsgi.py``, except that the garbage collector runs automatically on every Python.

It runs seven times as often as by default, so that the fault appears within the first pages.
"""

import gc
from typing import Final

from wsgi import server

__all__ = ["server"]

NEW_OBJECTS: Final = 100  # a collection after so many allocations

gc.unfreeze()
gc.set_threshold(NEW_OBJECTS)
gc.enable()
