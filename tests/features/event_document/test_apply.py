"""Loading a document: the event matches it, twice is once, and nobody is lost by accident."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor, AuditEntry, Organisation
from coordinator.db import db, transaction
from coordinator.events.models import Event, EventPerson, Stage
from coordinator.features.event_document.apply import compare_with, load
from coordinator.features.event_document.changes import Change
from coordinator.features.event_document.dump import dump
from coordinator.features.event_document.problems import BadDocument
from coordinator.lineup.models import ActMember, Slot
from coordinator.people.models import Person
from coordinator.people.queries import past_agreements
from coordinator.shifts.models import Shift, SignUp, VolunteerPolicy
from tests.builders import SHOW_ON, ANight, a_night, a_person, a_shift, a_sign_up, an_organisation, at
from tests.documents import full, read, slot_of, small
from tests.night import curfew_local, doors_local
from tests.queries import counted

LATER = timedelta(hours=1)


@pytest.fixture
def ours(app: Flask) -> Organisation:
    return an_organisation()


def loaded(
    document: dict[str, Any], ours: Organisation, now: datetime, *, prune: bool = False, force: bool = False
) -> tuple[Change, ...]:
    return load(read(document), ours, now=now, prune=prune, force=force).comparison.changes


def lines(changes: tuple[Change, ...]) -> list[tuple[str, str, str, str | None]]:
    return [(change.kind, change.what, change.key, change.field) for change in changes]


def present(slug: str = "benefit") -> Event:
    with transaction() as session:
        return session.scalars(select(Event).where(Event.slug == slug)).one()


def one(table: type[Any], key: str) -> Any:
    with transaction() as session:
        return session.scalars(select(table).where(table.key == key)).one()


def test_a_full_document_comes_back_as_it_went_in(ours: Organisation, now: datetime) -> None:
    loaded(full(), ours, now)

    assert dump(present("justice-in-motion")) == full()


def test_the_keys_of_a_dump_stand_in_the_documents_order(ours: Organisation, now: datetime) -> None:
    loaded(full(), ours, now)

    assert str(dump(present("justice-in-motion"))) == str(full())


@pytest.mark.parametrize("document", [small, full])
@pytest.mark.parametrize("prune", [False, True])
def test_loading_twice_changes_nothing(document: Any, prune: bool, ours: Organisation, now: datetime) -> None:
    loaded(document(), ours, now)
    before = present(document()["slug"]).revision

    again = loaded(document(), ours, now + LATER, prune=prune, force=prune)

    assert (again, present(document()["slug"]).revision) == ((), before)


def test_loading_what_was_dumped_changes_nothing_even_of_people_without_a_key(app: Flask, now: datetime) -> None:
    night = a_night(
        shifts=[a_shift("Front door", "19:15", "20:45", people=("Ana Ruiz",)), a_shift(follows="Carlos Lumbi")]
    )
    _forget_the_keys(night)

    dumped = dump(night.event)

    assert [person["key"] for person in dumped["people"]] == [
        "josh-granowski",
        "carlos-lumbi",
        "the-poor-nobodys",
        "ana-ruiz",
    ]
    assert loaded(dumped, night.organisation, now) == ()


def test_wall_times_and_the_end_of_the_day_are_kept_beside_the_instants(ours: Organisation, now: datetime) -> None:
    loaded(full(), ours, now)

    event, slot, shift = present("justice-in-motion"), one(Slot, "duo"), one(Shift, "strike-1")
    assert (doors_local(event), curfew_local(event.stages[0])) == ("2026-12-04T19:30", "2026-12-05T00:30")
    assert (slot.starts_local, slot.starts_at) == ("2026-12-04T23:30", at("23:30"))
    assert (shift.starts_local, shift.ends_local) == ("2026-12-04T20:30", "2026-12-04T20:50")
    assert event.plan_until_at == at("05:00+1")


def test_the_plan_goes_on_until_the_day_of_the_last_slot_is_over(ours: Organisation, now: datetime) -> None:
    document = small()
    slot_of(document, "raffle")["starts"] = "2026-12-05T20:00:00-05:00"

    loaded(document, ours, now)

    assert present().plan_until_at == at("05:00+2")


def test_the_plan_goes_on_until_the_day_of_the_last_shift_is_over(ours: Organisation, now: datetime) -> None:
    document = full()
    shift = next(shift for shift in document["shifts"] if "starts" in shift)
    shift["ends"] = "2026-12-05T06:00:00-05:00"

    loaded(document, ours, now)

    assert present("justice-in-motion").plan_until_at == at("05:00+2")


def test_a_shift_that_follows_gets_its_times_from_the_plan_not_from_the_night(
    ours: Organisation, now: datetime
) -> None:
    loaded(full(), ours, now)

    strike, pack = one(Shift, "strike-1"), one(Shift, "pack-up")
    assert (strike.starts_at, strike.ends_at) == (at("20:30"), at("20:50"))
    assert (pack.starts_at, pack.ends_at) == (at("19:30"), at("22:00"))


def test_a_shift_moves_with_the_slot_it_follows(ours: Organisation, now: datetime) -> None:
    loaded(small(), ours, now)
    document = small()
    slot_of(document, "raffle")["starts"] = "2026-12-04T21:40:00-05:00"

    loaded(document, ours, now)

    shift = one(Shift, "door-2")
    assert (shift.starts_at, shift.ends_at) == (at("21:25"), at("21:40"))


def test_a_shift_may_go_from_following_to_fixed_times_and_back(ours: Organisation, now: datetime) -> None:
    loaded(small(), ours, now)
    fixed = small()
    fixed["shifts"][1] = {
        "key": "door-2",
        "role": "door",
        "starts": "2026-12-04T21:00:00-05:00",
        "ends": "2026-12-04T22:00:00-05:00",
    }

    loaded(fixed, ours, now)
    shift = one(Shift, "door-2")
    assert (shift.follows_slot_id, shift.starts_at, shift.ends_at) == (None, at("21:00"), at("22:00"))

    loaded(small(), ours, now)
    shift = one(Shift, "door-2")
    assert (shift.follows.key, shift.starts_at, shift.ends_at) == ("raffle", at("20:25"), at("20:40"))


def test_a_shift_that_follows_a_cancelled_slot_is_planned_where_it_would_be(ours: Organisation, now: datetime) -> None:
    document = small()
    slot_of(document, "raffle")["state"] = "cancelled"

    loaded(document, ours, now)

    assert one(Shift, "door-2").ends_at == at("20:40")


@pytest.mark.parametrize(
    ("follows", "sentence"),
    [
        (
            {"from": "set_start", "to": "set_start"},
            'Shift "door-2" would take no time; give it minutes before or after.',
        ),
        ({"from": "doors", "to": "set_end"}, 'Shift "door-2" follows doors to set_end, and one of them has no time.'),
    ],
)
def test_a_shift_that_cannot_follow_is_refused_and_nothing_is_written(
    ours: Organisation, now: datetime, follows: dict[str, str], sentence: str
) -> None:
    document = small()
    document["shifts"][1]["follows"] = {"slot": "raffle"} | follows

    with pytest.raises(BadDocument) as refused:
        loaded(document, ours, now)

    assert str(refused.value) == sentence
    assert db.session.scalars(select(Event)).all() == []


def test_only_what_differs_changes(ours: Organisation, now: datetime) -> None:
    loaded(small(), ours, now)
    document = small() | {"title": "Another title"}
    slot_of(document, "josh")["length"] = 25

    changes = loaded(document, ours, now)

    assert changes == (
        Change("edit", "event", "benefit", "title", "Songs for Justice in Motion", "Another title"),
        Change("edit", "slot", "josh", "length", timedelta(minutes=20), timedelta(minutes=25)),
    )
    assert one(Slot, "josh").length == timedelta(minutes=25)


def test_what_the_document_does_not_say_stays_and_pruned_goes_back_to_its_default(
    ours: Organisation, now: datetime
) -> None:
    loaded(small() | {"about": "The cause", "quiet": None, "published": True}, ours, now)

    assert loaded(small(), ours, now) == ()
    assert lines(loaded(small(), ours, now, prune=True)) == [
        ("edit", "event", "benefit", "about"),
        ("edit", "event", "benefit", "published"),
        ("edit", "event", "benefit", "quiet.from"),
        ("edit", "event", "benefit", "quiet.to"),
    ]


def test_answers_consent_and_facts_are_never_taken_back_by_leaving_them_out(ours: Organisation, now: datetime) -> None:
    document = full()
    loaded(document, ours, now)
    for stage in document["stages"]:
        for slot in stage["slots"]:
            for fact in ("state", "started_at", "ended_at", "late_by", "extension"):
                slot.pop(fact, None)
    for person in document["people"]:
        person.pop("texts", None)
    for sign_up in document["sign_ups"]:
        sign_up.pop("state")

    assert loaded(document, ours, now, prune=True, force=True) == ()


def test_null_takes_facts_and_consent_back(ours: Organisation, now: datetime) -> None:
    loaded(full(), ours, now)
    document = full()
    slot_of(document, "josh").update(started_at=None, ended_at=None, late_by=None)
    document["people"][0]["texts"] = None

    loaded(document, ours, now)

    slot, part = one(Slot, "josh"), one(EventPerson, "josh")
    assert (slot.started_at, slot.ended_at, slot.late_by) == (None, None, None)
    assert (part.person.agreed_at, part.person.agreed_how) == (None, None)


def test_another_time_withdraws_the_declared_lateness_unless_the_document_says_it(
    ours: Organisation, now: datetime
) -> None:
    late, moved, both = small(), small(), small()
    slot_of(late, "josh")["late_by"] = 20
    slot_of(moved, "josh")["starts"] = "2026-12-04T20:05:00-05:00"
    slot_of(both, "josh").update(starts="2026-12-04T20:10:00-05:00", late_by=20)

    first, second, again = loaded(late, ours, now), loaded(moved, ours, now), loaded(moved, ours, now)
    third, as_before = loaded(both, ours, now), loaded(both, ours, now)

    assert ("edit", "slot", "josh", "late_by") not in lines(first)
    assert lines(second) == [
        ("edit", "slot", "josh", "starts"),
        ("edit", "slot", "josh", "late_by"),
    ]
    assert (again, as_before) == ((), ())
    assert ("edit", "slot", "josh", "late_by") in lines(third)
    assert one(Slot, "josh").late_by == timedelta(minutes=20)


def test_who_runs_a_stage_is_kept_until_the_document_takes_it_back(ours: Organisation, now: datetime) -> None:
    run, given_back = small(), small()
    run["stages"][0]["attended"], given_back["stages"][0]["attended"] = True, False

    loaded(run, ours, now)
    stage = one(Stage, "main")
    taken = (stage.attended_at, stage.attended_by, dump(present())["stages"][0]["attended"])
    left_out, changes = loaded(small(), ours, now, prune=True), loaded(given_back, ours, now)

    assert taken == (now, "document", True)
    assert left_out == ()
    assert lines(changes) == [("edit", "stage", "main", "attended")]
    assert (stage.attended_at, stage.attended_by) == (None, None)
    assert "attended" not in dump(present())["stages"][0]


def test_cancelling_keeps_the_answer_and_another_state_restores(ours: Organisation, now: datetime) -> None:
    document = small()
    slot_of(document, "josh")["state"] = "confirmed"
    loaded(document, ours, now)
    slot_of(document, "josh")["state"] = "cancelled"
    loaded(document, ours, now + LATER)

    slot = one(Slot, "josh")
    assert (slot.answer, slot.answered_at, slot.answered_via) == ("confirmed", now, "document")
    assert slot.cancelled_at == now + LATER

    slot_of(document, "josh")["state"] = "confirmed"
    loaded(document, ours, now + 2 * LATER)

    slot = one(Slot, "josh")
    assert (slot.cancelled_at, slot.restored_at, slot.answered_at) == (None, now + 2 * LATER, now)


def test_nothing_is_removed_without_prune(ours: Organisation, now: datetime) -> None:
    loaded(full(), ours, now)
    bare = {key: value for key, value in full().items() if not isinstance(value, list)}

    assert loaded(bare, ours, now) == ()


def test_prune_keeps_who_is_confirmed_and_all_that_they_lean_on(ours: Organisation, now: datetime) -> None:
    loaded(full(), ours, now)
    bare = {key: value for key, value in full().items() if not isinstance(value, list)}

    comparison = load(read(bare), ours, now=now, prune=True).comparison

    assert lines(comparison.changes) == [
        ("remove", "sign-up", "strike-1/sam", None),
        ("remove", "shift", "pack-up", None),
        ("remove", "slot", "duo", None),
        ("remove", "slot", "tea", None),
        ("remove", "slot", "tba", None),
        ("remove", "act", "duo", None),
        ("remove", "act", "tba", None),
        ("remove", "stage", "yard", None),
        ("remove", "person", "carlos", None),
        ("remove", "person", "sam", None),
        ("remove", "person", "guest", None),
        ("remove", "rule", "call", None),
        ("remove", "rule", "details", None),
        ("remove", "rule", "stage", None),
        ("remove", "rule", "tidy", None),
    ]
    assert [(kept.what, kept.key, kept.people) for kept in comparison.kept] == [
        ("slot", "check", 1),
        ("slot", "josh", 1),
        ("shift", "door-1", 1),
        ("shift", "strike-1", 1),
        ("sign-up", "door-1/ana", 1),
        ("sign-up", "strike-1/ana", 1),
    ]
    assert loaded(bare, ours, now, prune=True) == ()


def crowded(ours: Organisation, now: datetime) -> dict[str, Any]:
    """A document with a shift for one that names nobody, though two are on it."""
    document = small()
    document["shifts"][0]["max"] = 2
    document["sign_ups"] = [{"shift": "door-1", "person": person} for person in ("josh", "ana")]
    loaded(document, ours, now)
    document["shifts"][0]["max"] = 1
    document["sign_ups"] = []
    return document


def test_places_are_not_cut_below_people_whom_the_document_does_not_name(ours: Organisation, now: datetime) -> None:
    document = crowded(ours, now)

    with pytest.raises(BadDocument) as refused:
        loaded(document, ours, now + LATER)

    assert refused.value.problems == (
        "shifts[0].max is 1, but 2 people are on the shift, 2 of whom the document does not name; write 2 or more, or "
        "take people off it first.",
    )
    assert one(Shift, "door-1").max == 2


def test_whoever_names_them_or_says_force_may_have_more_people_than_places(ours: Organisation, now: datetime) -> None:
    document = crowded(ours, now)
    forced = lines(loaded(document, ours, now + LATER, force=True))
    again = lines(loaded(document, ours, now + LATER))
    document["sign_ups"] = [{"shift": "door-1", "person": person} for person in ("josh", "ana")]

    named = lines(loaded(document, ours, now + LATER))

    assert (forced, again, named) == ([("edit", "shift", "door-1", "max")], [], [])


def test_prune_with_force_leaves_what_the_document_says_and_nothing_else(ours: Organisation, now: datetime) -> None:
    loaded(full(), ours, now)
    bare = {key: value for key, value in full().items() if not isinstance(value, list)}

    comparison = load(read(bare), ours, now=now, prune=True, force=True).comparison

    lists = ("people", "acts", "stages", "roles", "shifts", "sign_ups", "rules")
    assert comparison.kept == ()
    assert dump(present("justice-in-motion")) == bare | {key: [] for key in lists}
    assert db.session.scalars(select(ActMember)).all() == []
    assert len(db.session.scalars(select(Person)).all()) == 5


def test_a_pruned_slot_is_no_part_of_the_plan_of_what_stays(ours: Organisation, now: datetime) -> None:
    loaded(small(), ours, now)
    document = small()
    del document["stages"][0]["slots"][0]

    loaded(document, ours, now, prune=True)

    assert one(Shift, "door-2").starts_at == at("20:25")


def test_a_slot_that_is_left_out_keeps_its_place_by_its_time(ours: Organisation, now: datetime) -> None:
    loaded(full(), ours, now)
    document = full()
    main = document["stages"][0]
    main["slots"] = [slot for slot in main["slots"] if slot["key"] in ("check", "duo")]
    document["shifts"] = document["sign_ups"] = []

    assert loaded(document, ours, now) == ()
    assert [slot["key"] for slot in dump(present("justice-in-motion"))["stages"][0]["slots"]] == [
        "check",
        "josh",
        "raffle",
        "duo",
    ]


def test_the_documents_order_is_the_running_order(ours: Organisation, now: datetime) -> None:
    loaded(full(), ours, now)
    document = full()
    document["stages"].reverse()
    document["stages"][1]["slots"].reverse()

    changes = loaded(document, ours, now)

    assert changes == (
        Change("edit", "event", "justice-in-motion", "order", ("main", "yard"), ("yard", "main")),
        Change(
            "edit", "stage", "main", "order", ("check", "josh", "raffle", "duo"), ("duo", "raffle", "josh", "check")
        ),
    )
    assert dump(present("justice-in-motion")) == document


def test_a_slot_can_move_to_another_stage(ours: Organisation, now: datetime) -> None:
    loaded(full(), ours, now)
    document = full()
    document["stages"][1]["slots"].append(document["stages"][0]["slots"].pop())

    changes = loaded(document, ours, now)

    assert changes == (Change("edit", "slot", "duo", "stage", "main", "yard"),)
    assert dump(present("justice-in-motion")) == document


def test_who_joins_an_act_joins_now_and_who_stays_keeps_their_day(ours: Organisation, now: datetime) -> None:
    loaded(small(), ours, now)
    document = small()
    document["acts"][0]["people"] = ["ana", "josh"]

    loaded(document, ours, now + LATER)

    joined = {member.person.name: member.joined_at for member in db.session.scalars(select(ActMember))}
    assert joined == {"Josh Granowski": now, "Ana Ruiz": now + LATER}
    assert loaded(small(), ours, now) == (Change("edit", "act", "josh", "people", ("josh", "ana"), ("josh",)),)
    assert [member.person.name for member in db.session.scalars(select(ActMember))] == ["Josh Granowski"]


def test_somebody_known_by_name_and_phone_is_the_same_person_and_keeps_their_consent(
    ours: Organisation, now: datetime
) -> None:
    josh = a_person("Josh Granowski", organisation=ours, phone="+12125550101", language="es", agreed_how="form")
    a_person("Ana Ruiz", organisation=an_organisation("Theirs"), phone="+12125550102")

    loaded(small(), ours, now)

    assert one(EventPerson, "josh").person == josh
    assert (josh.language, josh.agreed_how) == ("es", "form")
    assert len(db.session.scalars(select(Person)).all()) == 3


def test_the_words_that_somebody_agreed_to_are_kept_and_what_held_before_as_well(
    ours: Organisation, now: datetime
) -> None:
    document = small()
    document["people"][0]["texts"] = {"agreed_at": now.isoformat(), "how": "form", "words": "Text me.\nOften."}
    loaded(document, ours, now)
    document["people"][0]["texts"] = {"agreed_at": (now + LATER).isoformat(), "how": "paper"}

    loaded(document, ours, now + LATER)

    josh = one(EventPerson, "josh").person
    past = [(each.agreed_at, each.agreed_how, each.agreed_words, each.ended_at) for each in past_agreements([josh.id])]
    assert (josh.agreed_at, josh.agreed_how, josh.agreed_words) == (now + LATER, "paper", None)
    assert past == [(now, "form", "Text me.\nOften.", now + LATER)]
    assert loaded(document, ours, now + LATER) == ()


def emails_of(person: Person) -> tuple[Any, ...]:
    return person.email, person.email_agreed_at, person.email_agreed_how, person.email_agreed_words


def test_an_address_its_agreement_and_the_way_that_comes_first_are_loaded_dumped_and_loaded_again(
    ours: Organisation, now: datetime
) -> None:
    document = small()
    emails = {"agreed_at": now.isoformat(), "how": "form", "words": "Email me."}
    document["people"][0] |= {"phone": None, "email": "Josh@Show.example", "emails": emails, "prefers": "email"}

    loaded(document, ours, now)

    josh = one(EventPerson, "josh").person
    assert emails_of(josh) == ("josh@show.example", now, "form", "Email me.")
    assert (josh.prefers, josh.channel, josh.can_be_texted) == ("email", "email", False)
    assert loaded(document, ours, now) == ()
    assert loaded(dump(present()), ours, now) == ()


def test_somebody_known_by_name_and_address_is_the_same_person_where_no_phone_is_given(
    ours: Organisation, now: datetime
) -> None:
    josh = a_person("Josh Granowski", organisation=ours, phone=None, email="josh@show.example", email_agreed_at=now)
    document = small()
    document["people"][0] |= {"phone": None, "email": "josh@show.example"}

    loaded(document, ours, now)

    assert one(EventPerson, "josh").person == josh
    assert josh.email_agreed_at == now


def test_nobody_known_by_phone_is_merged_with_the_one_who_has_the_address(ours: Organisation, now: datetime) -> None:
    by_mail = a_person("Josh Granowski", organisation=ours, phone=None, email="josh@show.example")
    document = small()
    document["people"][0] |= {"email": "josh@show.example"}

    loaded(document, ours, now)

    assert one(EventPerson, "josh").person != by_mail


def test_a_new_address_ends_the_agreement_for_the_old_one_and_keeps_it_as_past(
    ours: Organisation, now: datetime
) -> None:
    document = small()
    document["people"][0] |= {"email": "old@show.example", "emails": {"agreed_at": now.isoformat(), "how": "form"}}
    loaded(document, ours, now)
    document["people"][0]["email"] = "new@show.example"
    del document["people"][0]["emails"]

    loaded(document, ours, now + LATER)

    josh = one(EventPerson, "josh").person
    assert emails_of(josh) == ("new@show.example", None, None, None)
    past = [(each.channel, each.agreed_at, each.ended_at) for each in past_agreements([josh.id])]
    assert past == [("email", now, now + LATER)]
    assert loaded(document, ours, now + LATER) == ()


def test_somebody_known_by_phone_who_gets_another_address_agreed_for_the_old_one_alone(
    ours: Organisation, now: datetime
) -> None:
    josh = a_person("Josh Granowski", organisation=ours, phone="+12125550101", email="old@show.example")
    with transaction():
        josh.email_agreed_at = now
    document = small()
    document["people"][0] |= {"email": "new@show.example"}

    loaded(document, ours, now + LATER)

    assert emails_of(josh) == ("new@show.example", None, None, None)


def test_pruning_takes_nobodys_address_away(ours: Organisation, now: datetime) -> None:
    loaded(small(), ours, now)
    josh = one(EventPerson, "josh").person
    with transaction():
        josh.email, josh.email_agreed_at, josh.prefers = "josh@show.example", now, "email"

    loaded(small(), ours, now, prune=True)

    assert (josh.email, josh.email_agreed_at, josh.prefers) == ("josh@show.example", now, "email")


def test_two_people_of_one_name_and_phone_are_two_people(ours: Organisation, now: datetime) -> None:
    document = small()
    document["people"].append({"key": "josh-too", "name": "Josh Granowski", "phone": "+12125550101"})

    loaded(document, ours, now)

    assert one(EventPerson, "josh").person_id != one(EventPerson, "josh-too").person_id
    assert loaded(document, ours, now) == ()


def test_somebody_forgotten_is_not_known_again(ours: Organisation, now: datetime) -> None:
    a_person("Josh Granowski", organisation=ours, phone="+12125550101", forgotten_at=now)

    loaded(small(), ours, now)

    assert one(EventPerson, "josh").person.forgotten_at is None


def test_another_zone_moves_the_wall_times_and_no_instant(ours: Organisation, now: datetime) -> None:
    loaded(small(), ours, now)

    changes = loaded(small() | {"zone": "America/Chicago"}, ours, now)

    slot = one(Slot, "josh")
    assert lines(changes) == [("edit", "event", "benefit", "zone")]
    assert (slot.starts_local, slot.starts_at) == ("2026-12-04T19:00", at("20:00"))


def test_comparing_writes_nothing(ours: Organisation, now: datetime) -> None:
    loaded(small(), ours, now)
    before = present().revision

    changes = compare_with(read(full() | {"slug": "benefit"}), ours).changes

    assert changes != ()
    assert (dump(present())["title"], present().revision) == (small()["title"], before)


def test_another_organisations_show_is_not_theirs_to_load(ours: Organisation, now: datetime) -> None:
    loaded(small(), ours, now)
    theirs = an_organisation("Theirs")

    for attempt in (lambda: loaded(small(), theirs, now), lambda: compare_with(read(small()), theirs)):
        with pytest.raises(BadDocument) as refused:
            attempt()
        assert str(refused.value) == 'slug is "benefit", which is a show of another organisation; choose another slug.'


def test_a_load_is_recorded_without_names_and_phones(ours: Organisation, now: datetime) -> None:
    loaded(small(), ours, now)
    document = small()
    document["people"][0].update(phone="+12125550199", name="Josh G.")
    slot_of(document, "josh")["length"] = 25

    load(read(document), ours, now=now, actor=Actor("Alice"))

    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.by, entry.what, entry.subject) == ("Alice", "event.loaded", "benefit")
    assert entry.after == {
        "changes": ['edit person "josh": name', 'edit person "josh": phone', 'edit slot "josh": length 20 -> 25']
    }


def test_a_sign_up_changes_its_state_and_says_when(ours: Organisation, now: datetime) -> None:
    loaded(small(), ours, now)
    document = small()
    document["sign_ups"][0]["state"] = "done"

    loaded(document, ours, now + LATER)

    sign_up = db.session.scalars(select(SignUp)).one()
    assert (sign_up.state, sign_up.created_at, sign_up.changed_at, sign_up.source) == (
        "done",
        now,
        now + LATER,
        "document",
    )


def test_a_long_dump_asks_as_many_questions_as_a_short_one(app: Flask) -> None:
    shifts = [a_shift("Front door", "19:15", "20:45", people=("Ana",)) for _ in range(9)]
    short, long = a_night(slug="short", shifts=shifts[:1]), a_night(slug="long", shifts=shifts)
    for name in ("Ben", "Cleo", "Dan"):
        a_sign_up(long, long.shift("front-door-1"), name)

    assert _questions(long) == _questions(short)


def _questions(night: ANight) -> int:
    db.session.expire_all()
    event = present(night.event.slug)
    with counted() as statements:
        dump(event)
    return len(statements)


def _forget_the_keys(night: ANight) -> None:
    with transaction() as session:
        for part in session.scalars(select(EventPerson).where(EventPerson.event_id == night.event.id)):
            session.delete(part)


def test_an_event_that_says_nothing_of_its_house_rules_has_no_row_of_them_and_dumps_none(
    ours: Organisation, now: datetime
) -> None:
    loaded(small(), ours, now)

    assert db.session.scalars(select(VolunteerPolicy)).all() == []
    assert "house_rules" not in dump(present())


def test_house_rules_that_are_emptied_or_pruned_are_those_of_every_show(ours: Organisation, now: datetime) -> None:
    asking = small() | {"house_rules": {"rest": 45, "asks_to_confirm": True}}
    seen = []
    for document, prune in ((asking, False), (small(), False), (small(), True), (asking, False)):
        loaded(document, ours, now, prune=prune)
        seen.append(dump(present()).get("house_rules"))
    loaded(small() | {"house_rules": None}, ours, now)

    said = {"rest": 45, "asks_to_confirm": True}
    assert seen == [said, said, None, said]
    assert dump(present())["house_rules"] is None
    assert lines(loaded(dump(present()), ours, now)) == []


def test_a_new_event_may_have_no_limits_at_all(ours: Organisation, now: datetime) -> None:
    free = {"longest": None, "minors_until": None}

    loaded(small() | {"house_rules": free | {"rest": 45}}, ours, now)

    assert dump(present())["house_rules"] == free | {"rest": 45}


def test_a_date_of_birth_is_in_no_record(ours: Organisation, now: datetime) -> None:
    loaded(small(), ours, now)
    born = small()
    born["people"][1]["born_on"] = "1998-05-31"

    loaded(born, ours, now)

    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert entry.after == {"changes": ['edit person "ana": born_on']}


def a_big_document(times: int) -> dict[str, Any]:
    """So many acts, players, shifts that follow and shifts that do not, each with somebody on it; one stage of each."""
    document, numbers = small(), range(1, times)
    document["people"] += [{"key": f"p{n}", "name": f"Person {n}", "phone": f"+1212555{n:04}"} for n in numbers]
    document["acts"] += [{"key": f"a{n}", "name": f"Act {n}", "people": [f"p{n}"]} for n in numbers]
    starts = at("20:00", on=SHOW_ON).isoformat()
    slots = [{"key": f"a{n}", "act": f"a{n}", "starts": starts, "length": 5, "changeover": 5} for n in numbers]
    document["stages"] += [{"key": f"s{n}", "name": f"Stage {n}", "slots": [slots[n - 1]]} for n in numbers]
    follows = {"from": "changeover_start", "to": "set_start"}
    fixed = {"starts": "2026-12-04T19:15:00-05:00", "ends": "2026-12-04T20:45:00-05:00"}
    document["shifts"] += [{"key": f"f{n}", "role": "door", "follows": {"slot": f"a{n}", **follows}} for n in numbers]
    document["shifts"] += [{"key": f"d{n}", "role": "door", **fixed} for n in numbers]
    document["sign_ups"] += [{"shift": f"d{n}", "person": f"p{n}"} for n in numbers]
    return document


def asked_while_loading(document: dict[str, Any], ours: Organisation, now: datetime) -> list[str]:
    """What the database is asked, apart from the rows that are written: those grow with the document."""
    db.session.remove()
    with counted() as statements:
        loaded(document, ours, now)
    return [each for each in statements if not each.startswith(("INSERT", "UPDATE"))]


def test_a_document_of_any_length_is_loaded_in_the_same_few_questions(app: Flask, now: datetime) -> None:
    """For the first time, again, and changed once the show is out: who is added there is told."""
    asked = []
    for times in (3, 30):
        ours = an_organisation()
        document = a_big_document(times) | {"slug": f"night-{times}", "published": True}
        first, again = (asked_while_loading(document, ours, now) for _ in range(2))
        for shift in document["shifts"]:
            shift["max"] = 9
        document["sign_ups"] += [{"shift": "door-1", "person": f"p{n}"} for n in range(1, times)]
        changed = asked_while_loading(document, ours, now + LATER)
        asked.append((len(first), len(again), len(changed)))

    assert asked[0] == asked[1]
