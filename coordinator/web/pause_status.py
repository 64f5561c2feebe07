"""What every coordinator page must show: why texts don't go out, and since when."""

from dataclasses import dataclass
from datetime import datetime

from flask import request

from coordinator.accounts.models import Organisation
from coordinator.accounts.queries import last_record
from coordinator.events.models import Event
from coordinator.messaging.models import Alarm
from coordinator.messaging.queries.calls import calls_mark
from coordinator.messaging.queries.installation import still_in_doubt, the_installation
from coordinator.messaging.queries.outbox import open_alarms
from coordinator.messaging.queries.texts import last_change
from coordinator.shifts.queries.code_limits import codes_are_exhausted


@dataclass(frozen=True, slots=True)
class Pause:
    """Texts are paused since then; ``by`` is "" if the audit log does not say who."""

    since: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Held:
    """``because`` is a HoldReason; ``in_doubt`` counts the texts that are being looked up."""

    since: datetime
    because: str
    in_doubt: int


@dataclass(frozen=True, slots=True)
class PauseStatus:
    """``held``: no texts at all go out. ``everything``: none of the organization. ``show``: none of this show.

    ``no_more_codes``: so many were requested that nobody new can sign up. ``sign_up_closed``: a coordinator closed it.
    """

    alarms: tuple[Alarm, ...]
    everything: Pause | None
    show: Pause | None
    no_more_codes: bool
    sign_up_closed: Pause | None
    held: Held | None = None

    @property
    def etag(self) -> str:
        """An ETag that differs whenever any of this does."""
        alarms = ",".join(str(alarm.id) for alarm in self.alarms)
        pauses = (self.everything, self.show, self.sign_up_closed)
        return ";".join(
            [alarms, *(str(pause and pause.since) for pause in pauses), str(self.no_more_codes), str(self.held)]
        )


def pause_status_of(organisation: Organisation, event: Event | None, now: datetime) -> PauseStatus:
    """The current status, in a few indexed queries."""
    closed_at = event.sign_up_closed_at if event else None
    return PauseStatus(
        alarms=tuple(open_alarms()),
        everything=_pause(organisation.texts_paused_at, organisation.id, "all_texts.paused", None),
        show=_pause(event.texts_paused_at, event.organisation_id, "texts.paused", event.id) if event else None,
        no_more_codes=codes_are_exhausted(event, now),
        sign_up_closed=_pause(closed_at, organisation.id, "sign_up.closed", event.id) if event else None,
        held=_held(),
    )


def pause_status_shown(organisation: Organisation, event: Event | None, now: datetime) -> PauseStatus:
    """The same, asked once for a request: a page's ETag and its layout both tell it."""
    known: dict[object, PauseStatus] = request.environ.setdefault("callboard.pause_status", {})
    whose = (organisation.id, event and event.id)
    if whose not in known:
        known[whose] = pause_status_of(organisation, event, now)
    return known[whose]


def event_etag(event: Event, now: datetime) -> str:
    """The ETag of a coordinators' page about the event: its parts, its texts, its calls, its pauses, the minute."""
    stands = pause_status_shown(event.organisation, event, now).etag
    return f"{event.revision}-{last_change()}-{calls_mark(event.id)}-{stands}-{now:%Y%m%d%H%M}"


def _held() -> Held | None:
    row = the_installation()
    if row is None or row.held_at is None or row.held_because is None:
        return None
    return Held(row.held_at, row.held_because, still_in_doubt())


def _pause(since: datetime | None, organisation_id: int, what: str, event_id: int | None) -> Pause | None:
    if since is None:
        return None
    entry = last_record(organisation_id, what, event_id)
    return Pause(since, entry.by if entry is not None and entry.at == since else "")
