"""Callboard as in ``wsgi.py``, with one more address that reports where garbage was collected in this process."""

import gc
import sys
from collections import Counter

from coordinator.collector import safe_point
from tests.soak.readers import COLLECTIONS
from wsgi import app, server

__all__ = ["server"]

_collections: Counter[str] = Counter()


def _count(phase: str, _: object) -> None:
    if phase == "start":
        asked = sys._getframe(1).f_code is safe_point.__code__  # noqa: SLF001 - the only way to know the caller
        _collections["at safe points" if asked else "elsewhere"] += 1


gc.callbacks.append(_count)
app.add_url_rule(COLLECTIONS, "collections", lambda: {"runs by itself": gc.isenabled(), **_collections})
