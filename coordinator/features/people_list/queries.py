"""Everybody of a show, with what they do and how they are told; and the part of it that somebody looks for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coordinator.core.search_words import is_found, searchable
from coordinator.core.show_time import whole_minute
from coordinator.events.models import Event
from coordinator.events.queries import cast_of
from coordinator.lineup.models import Act, Slot
from coordinator.lineup.queries import acts_of
from coordinator.messaging.queries.outbox import opted_out
from coordinator.people.models import Person
from coordinator.reminders.queries.asking import coming_of
from coordinator.shifts.models import HOLDING, Shift, SignUp
from coordinator.shifts.queries.everybody import ON_SHIFTS, everybody_of
from coordinator.shifts.queries.planned import is_on_another_day, shift_times, shifts_of
from coordinator.shownight.queries import Night, night

A_PAGE = 50  # people
FEWEST_DIGITS = 3  # that are looked for in numbers


@dataclass(frozen=True, slots=True)
class Playing:
    """A slot of one of their acts, and when it begins."""

    slot: Slot
    at: datetime


@dataclass(frozen=True, slots=True)
class Helping:
    """A shift of theirs, or one that they wait for. ``coming``: how sure it is; empty: nobody has to say.

    ``is_on_another_day``: it begins on another day than the show.
    """

    shift: Shift
    sign_up: SignUp
    starts_at: datetime
    ends_at: datetime
    coming: str
    is_on_another_day: bool


@dataclass(slots=True)
class PersonOfShow:
    """Someone of the show. ``acts`` are those without a slot yet; ``has_stopped``: they replied STOP."""

    person: Person
    runs: bool = False
    liaises: bool = False
    has_stopped: bool = False
    acts: list[Act] = field(default_factory=list)
    plays: list[Playing] = field(default_factory=list)
    helps: list[Helping] = field(default_factory=list)

    @property
    def length(self) -> timedelta:
        """How long their shifts take together."""
        held = (each for each in self.helps if each.sign_up.state in HOLDING)
        return sum((each.ends_at - each.starts_at for each in held), timedelta(0))

    @property
    def does(self) -> frozenset[str]:
        """Their parts, of DOES."""
        parts = {"performers": self.acts or self.plays, "volunteers": self.helps, "crew": self.runs or self.liaises}
        return frozenset(part for part, has in parts.items() if has) or frozenset({"nothing"})

    @property
    def told(self) -> str:
        """What they agreed to, of TOLD: the way that comes first, or nothing."""
        is_texted = self.person.can_be_texted and not self.has_stopped
        if not is_texted and not self.person.can_be_mailed:
            return "nothing"
        return str(self.person.channel) if is_texted else "email"


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for: words of a name, an address or a number, a part of DOES, a way of TOLD; empty: any."""

    words: str = ""
    does: str = ""
    told: str = ""
    page: int = 1

    @property
    def is_narrow(self) -> bool:
        return bool(self.words or self.does or self.told)

    @property
    def asked(self) -> dict[str, str]:
        """As the query string of the page, without the page."""
        said = {"q": self.words, "does": self.does, "told": self.told}
        return {key: value for key, value in said.items() if value}

    def fits(self, each: PersonOfShow, *, sees_numbers: bool) -> bool:
        """Numbers and addresses are looked through only for whoever may see them."""
        fits = (not self.does or self.does in each.does) and (not self.told or self.told == each.told)
        return fits and self._is_found_in(each.person, sees_numbers=sees_numbers)

    def _is_found_in(self, person: Person, *, sees_numbers: bool) -> bool:
        sought = searchable(self.words)
        digits = "".join(each for each in sought if each.isdigit())
        if is_found(sought, person.name):
            return True
        if not sees_numbers:
            return False
        has_number = len(digits) >= FEWEST_DIGITS and not any(each.isalpha() for each in sought)
        return sought in (person.email or "") or (has_number and digits in (person.phone or ""))


@dataclass(frozen=True, slots=True)
class PageOfPeople:
    """One page of those who fit; the numbers are of everybody."""

    rows: Sequence[PersonOfShow]
    found: int
    everybody: int
    without_agreement: int
    without_shift: int
    page: int
    pages: int


def people_page(event: Event, sought: Sought, sender: str, now: datetime, *, sees_numbers: bool) -> PageOfPeople:
    """The people who fit, by name, in the same number of queries however many there are."""
    everybody = people_of_show(event, sender, now)
    found = [each for each in everybody if sought.fits(each, sees_numbers=sees_numbers)]
    pages = max(1, -(-len(found) // A_PAGE))
    page = min(sought.page, pages)
    return PageOfPeople(
        rows=found[(page - 1) * A_PAGE : page * A_PAGE],
        found=len(found),
        everybody=len(everybody),
        without_agreement=sum(
            each.person.agreed_at is None and each.person.email_agreed_at is None for each in everybody
        ),
        without_shift=sum("nothing" in each.does for each in everybody),
        page=page,
        pages=pages,
    )


def people_of_show(event: Event, sender: str, now: datetime) -> list[PersonOfShow]:
    """Everybody of the show by name; ``sender``'s opt-outs count."""
    people = {person.id: PersonOfShow(person) for person in everybody_of(event)}
    stopped = opted_out({each.person.phone for each in people.values() if each.person.phone}, sender)
    for each in people.values():
        each.has_stopped = each.person.phone in stopped
    for part in cast_of(event):
        if part.person_id in people:
            people[part.person_id].runs, people[part.person_id].liaises = part.stage_manager, part.artist_liaison
    tonight = night(event.id, now)
    _add_acts(event, people, tonight)
    _add_shifts(event, people, tonight)
    return sorted(people.values(), key=lambda each: (searchable(each.person.name), each.person.id))


def person_of_show(event: Event, person_id: int, sender: str, now: datetime) -> PersonOfShow | None:
    """One of them; None when the person is not of the show."""
    return next((each for each in people_of_show(event, sender, now) if each.person.id == person_id), None)


def _add_acts(event: Event, people: dict[int, PersonOfShow], tonight: Night) -> None:
    slots: dict[int, list[Slot]] = defaultdict(list)
    for slot in tonight.slots:
        if slot.act_id is not None:
            slots[slot.act_id].append(slot)
    for act in acts_of(event):
        plays = [Playing(slot, whole_minute(tonight.told_start(slot))) for slot in slots[act.id]]
        for person in act.people:
            if person.id in people:
                people[person.id].plays += plays
                people[person.id].acts += [] if plays else [act]


def _add_shifts(event: Event, people: dict[int, PersonOfShow], tonight: Night) -> None:
    shifts = [shift for shift in shifts_of(event) if shift.cancelled_at is None]
    sign_ups = [(shift, each) for shift in shifts for each in shift.sign_ups if each.state in ON_SHIFTS]
    coming = coming_of([each for _shift, each in sign_ups])
    for shift, each in sign_ups:
        if each.person_id in people:
            people[each.person_id].helps.append(_helping(event, shift, each, tonight, coming.get(each.id, "")))


def _helping(event: Event, shift: Shift, sign_up: SignUp, tonight: Night, coming: str) -> Helping:
    starts_at, ends_at = map(whole_minute, shift_times(shift, tonight).or_planned(shift))
    return Helping(shift, sign_up, starts_at, ends_at, coming, is_on_another_day(event, starts_at))
