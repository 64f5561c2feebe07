"""The event document: the one format in which an event travels, is kept, and is compared."""

from .apply import Loaded, compare_with, load
from .changes import Change, Comparison, compare
from .describe import described, kept_because
from .dump import dump, dump_text, written
from .entries import Document, Entry
from .leftovers import Kept
from .problems import BadDocument
from .read import read_document

__all__ = [
    "BadDocument",
    "Change",
    "Comparison",
    "Document",
    "Entry",
    "Kept",
    "Loaded",
    "compare",
    "compare_with",
    "described",
    "dump",
    "dump_text",
    "kept_because",
    "load",
    "read_document",
    "written",
]
