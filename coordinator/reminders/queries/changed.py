"""What has changed about someone's spot on a shift since they were told."""

from dataclasses import replace

from coordinator.core.consequences import KnownTimes
from coordinator.core.reminders.spots import PlaceChange, SpotFacts, place_change
from coordinator.core.timeline import Anchor
from coordinator.shifts.models import SignUp

from .places import awaits_word
from .subjects import Recipient, Subject
from .threads import Thread


def spot_change(
    subject: Subject, recipient: Recipient, thread: Thread, silent: str | None, known: KnownTimes
) -> PlaceChange | None:
    """None: nothing they were told has changed, or the text that tells them of the spot itself is still to come.

    ``silent``: why no text reaches them; ``known``: the starts that such people have in mind. A start that facts alone
    have made earlier again stays as told.
    """
    sign_up, now_is, shift = recipient.sign_up, subject.spot, subject.shift
    if sign_up is None or now_is is None or shift is None:
        return None
    told = thread.told.get(Anchor.SHIFT_START)
    was = _as_told(sign_up, thread)
    if (told is None and was is None) or (told is not None and told.voided):
        return None
    if awaits_word(sign_up, thread) and not (silent and sign_up.notice == "signed-up"):
        return None
    known_at = told.at if told else known.get((subject.key, recipient.person.id)) if silent else None
    was = was or SpotFacts()
    was = replace(was, starts_at=known_at or was.starts_at)
    follows = shift.follows_slot_id is not None
    moved_earlier = told is None or told.was_moved_earlier(subject.plan.planned_at)
    if follows and was.starts_at and now_is.starts_at and now_is.starts_at < was.starts_at and not moved_earlier:
        now_is = replace(now_is, starts_at=was.starts_at)
    return place_change(was, now_is, follows=follows)


def _as_told(sign_up: SignUp, thread: Thread) -> SpotFacts | None:
    """The shift as the last text told it, else as it was when they took it themselves."""
    if thread.spot is not None:
        return thread.spot
    knew = sign_up.notice != "assigned" or sign_up.will_come_at is not None
    return SpotFacts.of_json(sign_up.known) if sign_up.known and knew else None
