"""From a pasted flyer to an event: what was read, put right by a person, then made."""

from .drafts import Draft, DraftRow, draft_of
from .making import events_from

__all__ = ["Draft", "DraftRow", "draft_of", "events_from"]
