"""Test nights as JSON that people can read and compare: plan, facts and expectations.

Wall times are ``HH:MM`` on the ``date`` of the show, with ``+1`` on the next day and ``b`` for the second occurrence of
a repeated hour. Lengths are whole minutes. docs/timing.md describes every key.
"""

from .answers import reminders_of, timeline_of
from .reading import BadVector

__all__ = ["BadVector", "reminders_of", "timeline_of"]
