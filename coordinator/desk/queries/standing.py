"""What every coordinator must know whatever page they are on: why texts do not leave, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ...accounts.models import Organisation
from ...accounts.queries import last_record
from ...events.models import Event
from ...messaging.models import Alarm
from ...messaging.queries import open_alarms


@dataclass(frozen=True, slots=True)
class Pause:
    """Texts are paused since then; ``by`` whom is "" where the record does not say."""

    since: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Standing:
    """``everything``: no text of the organisation leaves. ``show``: none of this show does."""

    alarms: tuple[Alarm, ...]
    everything: Pause | None
    show: Pause | None

    @property
    def mark(self) -> str:
        """It in a word, to tell whether a page has changed."""
        alarms = ",".join(str(alarm.id) for alarm in self.alarms)
        return f"{alarms};{self.everything and self.everything.since};{self.show and self.show.since}"


def standing_of(organisation: Organisation, event: Event | None) -> Standing:
    """What stands now; at most three questions, one when nothing is paused."""
    return Standing(
        alarms=tuple(open_alarms()),
        everything=_pause(organisation.texts_paused_at, organisation.id, "all_texts.paused", None),
        show=_pause(event.texts_paused_at, event.organisation_id, "texts.paused", event.id) if event else None,
    )


def _pause(since: datetime | None, organisation_id: int, what: str, event_id: int | None) -> Pause | None:
    if since is None:
        return None
    entry = last_record(organisation_id, what, event_id)
    return Pause(since, entry.by if entry is not None and entry.at == since else "")
