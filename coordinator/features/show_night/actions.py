"""Making exactly the press that was shown."""

from datetime import datetime

from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.reminders.previews.outlook import outlook
from coordinator.shownight.actions.presses import ProposedPress
from coordinator.shownight.actions.pressing import held, press
from coordinator.shownight.models import Press
from coordinator.shownight.refusals import NotAsShown

from .fingerprint import Fingerprint, fingerprint_of


def press_as_shown(
    event_id: int, proposed: ProposedPress, shown: str, *, actor: Actor, now: datetime, sender: str | None
) -> Press:
    """Press if that does what was ``shown``: the fingerprint beside the button.

    ``sender``: the number texts come from. Raises NotAsShown, and the refusals of the press itself.
    """
    with transaction() as session:
        held(session, proposed.slot_id)
        ahead = outlook(event_id, now, sender=sender)
        would = fingerprint_of(ahead, ahead.effect(proposed))
        was = Fingerprint.read(shown)
        if was is None or not was.still_holds(would, proposed.verb):
            raise NotAsShown
        return press(proposed, actor=actor, now=now)
