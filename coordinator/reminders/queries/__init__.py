"""What ought to be told, to whom, and what was told already."""

from ...messaging.queries import house_words
from .held import HeldBack, held_back
from .rules import overrides_of, rules_of
from .subjects import Recipient, Subject, subjects_of
from .threads import Gone, Thread, ToldKey, thread_of, threads_of, told_times
from .words import house_words_of

__all__ = [
    "Gone",
    "HeldBack",
    "Recipient",
    "Subject",
    "Thread",
    "ToldKey",
    "held_back",
    "house_words",
    "house_words_of",
    "overrides_of",
    "rules_of",
    "subjects_of",
    "thread_of",
    "threads_of",
    "told_times",
]
