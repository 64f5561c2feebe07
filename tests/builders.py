"""Test data: a night with its slots, shifts and people, all with fictional numbers.

``a_slot`` and ``a_shift`` describe what a night should have; ``a_night`` saves it and gives access by name. Wall times
are in the show's zone on its date, ``"20:00"`` or ``"00:30+1"``; lengths are whole minutes.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from secrets import token_urlsafe
from typing import Any

from flask.testing import FlaskClient

from coordinator import clock
from coordinator.accounts.models import Account, AccountSession, Coordinator, Organisation
from coordinator.accounts.queries import account_by_email, token_hash
from coordinator.db import transaction
from coordinator.events.models import Event, EventPerson
from coordinator.messaging.models import Message
from coordinator.people.models import Person
from coordinator.shifts.models import Shift, SignUp
from coordinator.web.session_cookie import COOKIE, signed_token
from tests.night import MADE_AT, SHOW_ON, ZONE, ANight, a_phone, an_event_row, at, in_the_cast, key_of

__all__ = [
    "MADE_AT",
    "SHOW_ON",
    "ZONE",
    "ANight",
    "AShift",
    "ASlot",
    "AStage",
    "a_coordinator",
    "a_message",
    "a_night",
    "a_person",
    "a_phone",
    "a_shift",
    "a_sign_up",
    "a_slot",
    "a_stage",
    "a_stage_manager",
    "an_event",
    "an_organisation",
    "at",
    "key_of",
    "minutes",
    "sign_in",
    "three_acts",
]


A_YEAR = timedelta(days=365)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


@dataclass(frozen=True)
class ASlot:
    """A slot to create. Without ``starts`` it follows the slot before it, after its changeover."""

    name: str
    starts: str | None
    length: timedelta
    changeover: timedelta
    changeover_min: timedelta
    people: tuple[str, ...]
    columns: dict[str, Any]


def a_slot(
    name: str = "Josh Granowski",
    starts: str | None = None,
    *,
    minutes: int = 30,
    changeover: int = 15,
    changeover_min: int = 5,
    people: tuple[str, ...] | None = None,
    **columns: Any,
) -> ASlot:
    """A slot of an act called ``name``, played by one person of that name unless ``people`` is given.

    The first slot of a stage is at 20:00 unless ``starts`` is given.
    """
    played_by = (name,) if people is None and columns.get("kind", "set") == "set" else people or ()
    return ASlot(
        name=name,
        starts=starts,
        length=timedelta(minutes=minutes),
        changeover=timedelta(minutes=changeover),
        changeover_min=timedelta(minutes=min(changeover, changeover_min)),
        people=played_by,
        columns=columns,
    )


@dataclass(frozen=True)
class AShift:
    """A shift to create: from ``starts`` to ``ends``, or tied to the slot named in ``follows``."""

    role: str
    starts: str | None
    ends: str | None
    people: tuple[str, ...]
    follows: str | None
    columns: dict[str, Any]


def a_shift(
    role: str = "Front door",
    starts: str | None = None,
    ends: str | None = None,
    *,
    people: tuple[str, ...] = (),
    follows: str | None = None,
    **columns: Any,
) -> AShift:
    """A shift with these people confirmed; its key is ``front-door-1`` when it is the first of the night.

    ``follows`` names a slot; without ``follows_from`` and ``follows_to`` the shift covers its changeover.
    """
    if follows is not None:
        columns = {"follows_from": "changeover_start", "follows_to": "set_start"} | columns
    return AShift(role, starts, ends, people, follows, columns)


@dataclass(frozen=True)
class AStage:
    name: str
    slots: tuple[ASlot, ...]
    curfew: str | None


def a_stage(name: str, slots: list[ASlot], *, curfew: str | None = "23:00") -> AStage:
    return AStage(name, tuple(slots), curfew)


def three_acts() -> list[ASlot]:
    """The sample night: 20:00, 20:30 and 21:30."""
    return [
        a_slot("Josh Granowski", "20:00", minutes=20, changeover=10),
        a_slot("Carlos Lumbi", "20:30", minutes=40, changeover=10),
        a_slot("The Poor Nobodys", "21:30", minutes=45, changeover=20, changeover_min=10),
    ]


def a_night(
    slots: list[ASlot] | None = None,
    *,
    stages: list[AStage] | None = None,
    shifts: list[AShift] | None = None,
    organisation: Organisation | None = None,
    slug: str = "justice-in-motion",
    doors: str | None = "19:30",
    curfew: str | None = "23:00",
    zone: str = ZONE,
    on: date = SHOW_ON,
    days: int = 1,
    **columns: Any,
) -> ANight:
    """A published event with acts, people and shifts; by default the sample night's three acts on one stage.

    ``days``: how many show days in a row; doors and curfews are those of the first.
    """
    organisation = organisation or an_organisation()
    parts = stages or [a_stage("Main stage", three_acts() if slots is None else slots, curfew=curfew)]
    with transaction() as session:
        night = ANight(an_event_row(organisation, slug, doors, zone, on, columns), organisation, zone=zone, on=on)
        night.add_days(days - 1)
        for stage in parts:
            night.add_stage(stage.name, stage.curfew)
            for slot in stage.slots:
                night.add_slot(slot)
        for shift in shifts or []:
            night.add_shift(shift)
        session.refresh(night.event)  # its revision has counted all that was added
    return night


def an_event(organisation: Organisation | None = None, slug: str = "justice-in-motion", **columns: Any) -> Event:
    """An event with one stage and an empty running order."""
    return a_night([], organisation=organisation, slug=slug, **columns).event


def an_organisation(name: str = "Benefit Nights") -> Organisation:
    with transaction() as session:
        organisation = Organisation(name=name, created_at=MADE_AT)
        session.add(organisation)
    return organisation


def a_person(
    name: str = "Ana Ruiz",
    *,
    organisation: Organisation | None = None,
    phone: str | None = "",
    agreed: bool = True,
    **columns: Any,
) -> Person:
    """A person with their own number who agreed to texts. ``phone=None``: without a number."""
    organisation = organisation or an_organisation()
    with transaction() as session:
        person = Person(
            organisation_id=organisation.id,
            name=name,
            phone=a_phone() if phone == "" else phone,
            created_at=MADE_AT,
            agreed_at=MADE_AT if agreed else None,
            **columns,
        )
        session.add(person)
    return person


def a_coordinator(
    name: str = "Alice", *, organisation: Organisation | None = None, email: str | None = None, role: str = "owner"
) -> Coordinator:
    organisation = organisation or an_organisation()
    person = a_person(name, organisation=organisation)
    address = email or f"{key_of(name)}@show.example"
    with transaction() as session:
        account = account_by_email(address) or Account(email=address, created_at=MADE_AT)
        session.add(account)
        session.flush()
        coordinator = Coordinator(
            organisation_id=organisation.id, account_id=account.id, person_id=person.id, role=role, created_at=MADE_AT
        )
        session.add(coordinator)
        session.flush()
        session.refresh(account)
    return coordinator


def a_stage_manager(night: ANight, name: str = "Sam Stage") -> Person:
    """A person without an account who may run the night by text."""
    person = a_person(name, organisation=night.organisation)
    with transaction() as session:
        session.add(EventPerson(event_id=night.event.id, person_id=person.id, key=key_of(name), stage_manager=True))
    return person


def an_artist_liaison(night: ANight, name: str = "Lia Liaison") -> Person:
    """A person without an account who looks after the performers."""
    person = a_person(name, organisation=night.organisation)
    with transaction() as session:
        session.add(EventPerson(event_id=night.event.id, person_id=person.id, key=key_of(name), artist_liaison=True))
    return person


def a_sign_up(night: ANight, shift: Shift, name: str = "Ana Ruiz", *, state: str = "confirmed") -> SignUp:
    with transaction():
        return night.add_sign_up(shift, in_the_cast(night, name), state)


def a_message(
    night: ANight, person: Person, *, kind: str = "reminder", body: str = "You are on.", **columns: Any
) -> Message:
    """One outbound text of the night, waiting unless ``state`` is given."""
    defaults: dict[str, Any] = {"phone": person.phone or a_phone(), "created_at": MADE_AT, "language": person.language}
    with transaction() as session:
        message = Message(
            organisation_id=night.organisation.id,
            event_id=night.event.id,
            person_id=person.id,
            kind=kind,
            body=body,
            **defaults | columns,
        )
        session.add(message)
    return message


def sign_in(client: FlaskClient, coordinator: Coordinator) -> FlaskClient:
    """The same client, with this coordinator's session."""
    token = token_urlsafe(16)
    with transaction() as session:
        row = AccountSession(account_id=coordinator.account_id, coordinator_id=coordinator.id, address="127.0.0.1")
        row.token_hash, row.browser = token_hash(token), "Tests"
        row.created_at = clock.now()
        row.proved_at = row.last_seen_at = clock.now() + A_YEAR  # so that nobody is asked, and reading does not write
        session.add(row)
    client.set_cookie(COOKIE, signed_token(client.application, token))
    return client
