"""LATE from a performer or volunteer: it is about their next slot or shift."""

from datetime import datetime

from coordinator.features.check_in.queries.arriving import called_apart
from coordinator.people.models import Person
from coordinator.reminders.queries.lateness import holds_at
from coordinator.shownight.queries import night

from . import performers, volunteers
from .asking import ask
from .choices import Means
from .inbound import InboundContext
from .sender_context import Mine, MyShift

Coming = tuple[datetime, Person, Mine | MyShift]


def late(inbound: InboundContext) -> bool:
    """LATE 10 for what comes next for everyone who shares the phone; without minutes, ask how many."""
    coming = _coming(inbound)
    if not coming:
        return False
    minutes = inbound.reply.number
    if minutes is None:
        inbound.echo.say("late-how-long")
        return True
    first: dict[int, Coming] = {}
    for each in sorted(coming, key=lambda each: each[0]):
        first.setdefault(each[1].id, each)
    by_thing = {_means(what, minutes)[0]: each for each in reversed(first.values()) for what in [each[2]]}
    options = [
        (what, person) for _, person, what in sorted(by_thing.values(), key=lambda each: (each[1].name, each[1].id))
    ]
    if len(options) > 1:
        named = [name for _, name in called_apart([person for _, person in options])]
        meanings = [_means(what, minutes)[1] for what, _ in options]
        return ask(inbound, "who", list(zip(meanings, named, named, strict=True)))
    [(what, _)] = options
    return (
        performers.be_late(inbound, what, minutes)
        if isinstance(what, Mine)
        else volunteers.be_late(inbound, what, minutes)
    )


def _coming(inbound: InboundContext) -> list[Coming]:
    sender_context = inbound.sender_context
    slots = [mine for mine in sender_context.slots if not mine.slot.started_at and not mine.has_declined]
    nights = {event_id: night(event_id, inbound.now) for event_id in {mine.slot.event_id for mine in slots}}
    shifts = [each for each in sender_context.shifts if not each.is_here] or list(sender_context.shifts[:1])
    return [
        *((holds_at(mine.slot, nights[mine.slot.event_id]), mine.person, mine) for mine in slots),
        *((mine.starts_at, mine.person, mine) for mine in shifts),
    ]


def _means(what: Mine | MyShift, minutes: int) -> tuple[str, Means]:
    if isinstance(what, Mine):
        means: Means = {"do": "late", "slot": what.slot.id, "person": what.person.id, "minutes": minutes}
        return f"slot:{what.slot.id}", means
    return f"sign-up:{what.sign_up.id}", {"do": "late_shift", "sign_up": what.sign_up.id, "minutes": minutes}
