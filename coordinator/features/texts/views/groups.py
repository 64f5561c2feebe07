"""The groups of people one can write to."""

from dataclasses import dataclass

from flask_babel import gettext as _

from coordinator.shifts.models import Shift
from coordinator.web.filters import span_on
from coordinator.web.labels import called

from ..queries.recipients import EVERYBODY, PERFORMERS, UNCONFIRMED, VOLUNTEERS, WITHOUT_SHIFT, EventContacts


@dataclass(frozen=True, slots=True)
class RecipientGroup:
    """A group of people to choose: its key and its label."""

    key: str
    word: str


def recipient_groups(contacts: EventContacts) -> list[tuple[str, list[RecipientGroup]]]:
    """The recipients to choose from, by heading; empty headings are left out."""
    stages = contacts.event.stages if len(contacts.event.stages) > 1 else ()
    shifts = [shift for shift in contacts.shifts if shift.cancelled_at is None]
    acts = {slot.act.id: slot.act.name for slot in contacts.night.slots if slot.act and slot.cancelled_at is None}
    people = {each.person.id: each.person.name for each in contacts.playing + contacts.helping}
    groups = [
        (
            _("Many"),
            [
                RecipientGroup(UNCONFIRMED, _("Everyone who hasn't answered")),
                RecipientGroup(EVERYBODY, _("Everyone in the show")),
                RecipientGroup(PERFORMERS, _("All performers")),
                RecipientGroup(VOLUNTEERS, _("All volunteers")),
                RecipientGroup(WITHOUT_SHIFT, _("Everyone without a shift yet")),
            ],
        ),
        (_("One stage"), [RecipientGroup(f"stage-{each.id}", each.name) for each in stages]),
        (_("One act"), _named("act", acts)),
        (_("One role"), _named("role", {shift.role_id: called(shift.role) for shift in shifts})),
        (_("One shift"), [RecipientGroup(f"shift-{shift.id}", _shift_word(contacts, shift)) for shift in shifts]),
        (_("One person"), sorted(_named("person", people), key=lambda circle: circle.word.casefold())),
    ]
    return [group for group in groups if group[1]]


def _named(kind: str, names: dict[int, str]) -> list[RecipientGroup]:
    return [RecipientGroup(f"{kind}-{number}", name) for number, name in names.items()]


def _shift_word(contacts: EventContacts, shift: Shift) -> str:
    times = contacts.times(shift)
    starts_at, ends_at = times.or_planned(shift)
    return f"{called(shift.role)}, {span_on(starts_at, ends_at, contacts.event)}"
