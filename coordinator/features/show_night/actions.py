"""Making exactly the press that was shown."""

from dataclasses import dataclass
from datetime import datetime

from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.reminders.previews.outlook import outlook
from coordinator.shownight.actions.presses import ProposedPress
from coordinator.shownight.actions.pressing import held, press
from coordinator.shownight.models import Press
from coordinator.shownight.queries import press_with_key
from coordinator.shownight.refusals import NotAsShown

from .fingerprint import Fingerprint, fingerprint_of


@dataclass(frozen=True, slots=True)
class Shown:
    """What stood beside the button: its fingerprint, and the key with which the device names this press; None: none."""

    fingerprint: str
    key: str | None = None


def press_as_shown(
    event_id: int, proposed: ProposedPress, shown: Shown, *, actor: Actor, now: datetime, sender: str | None
) -> Press:
    """Press if that does what was ``shown``; what was sent before is answered with the press that it made.

    ``sender``: the number texts come from. Raises NotAsShown, and the refusals of the press itself.
    """
    with transaction() as session:
        held(session, proposed.slot_id)
        if shown.key and (known := press_with_key(event_id, shown.key)):
            return known
        ahead = outlook(event_id, now, sender=sender)
        would = fingerprint_of(ahead, ahead.effect(proposed))
        was = Fingerprint.read(shown.fingerprint)
        if was is None or not was.still_holds(would, proposed.verb):
            raise NotAsShown
        return press(proposed, actor=actor, now=now, key=shown.key)
