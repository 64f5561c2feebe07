"""Nights in a notation to read and compare: plan, facts and expectations as JSON.

Wall times are ``HH:MM`` on the ``date`` of the show, ``+1`` on the next day, with a ``b`` for the second passing of a
repeated hour; lengths are whole minutes. docs/timing.md describes every key.
"""

from coordinator.core.vectors.answers import reminders_of, timeline_of
from coordinator.core.vectors.reading import BadVector

__all__ = ["BadVector", "reminders_of", "timeline_of"]
