"""People are told that they have a place on a shift, and that they have it no more: once, in one text or by a call."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.core.sms_text import segments
from coordinator.db import db, transaction
from coordinator.messaging.actions.calls import tick_call
from coordinator.messaging.models import Call, Message
from coordinator.people.actions.persons import edit_person
from coordinator.people.models import Person
from coordinator.reminders.queries.asking import asking_texts, coming_of
from coordinator.shifts.actions.assigning import put_on_shift, take_off_shift
from coordinator.shifts.actions.friends import bring_friend, come_along
from coordinator.shifts.actions.planning import cancel_shift
from coordinator.shifts.actions.signing_up import leave_shift, take_shift, take_shifts
from coordinator.shifts.models import SignUp, SignUpSource
from coordinator.shownight.actions.pressing import cancel_slot, restore_slot
from tests.builders import ANight, a_coordinator, a_night, a_person, a_shift, a_slot, minutes
from tests.links import link_in_texts
from tests.night import in_the_cast
from tests.playing import PUBLIC_URL, Playing

SECONDS = timedelta(seconds=1)
DOOR, TEA, STAGE = "front-door-1", "tea-table-2", "stage-crew-3"
ALICE = Actor("Alice")


@pytest.fixture
def night(app: Flask) -> ANight:
    """A fortnight before the show; Ana is known and agreed, and so are Ben and Cleo."""
    night = a_night(
        [a_slot("Carlos Lumbi", "20:30", minutes=40, changeover=10)],
        shifts=[
            a_shift("Front door", "17:30", "19:00", max=4, place="Main entrance"),
            a_shift("Tea table", "19:35", "19:45", max=4),
            a_shift("Stage crew", follows="Carlos Lumbi", max=4),
        ],
        venue_name="Alder Street Hall",
    )
    with transaction():
        for name in ("Ana Ruiz", "Ben Ode", "Cleo Cedar"):
            in_the_cast(night, name)
    return night


def put_on(night: ANight, key: str, name: str, now: datetime, actor: Actor = ALICE) -> SignUp:
    return put_on_shift(night.shift(key).id, night.person(name), actor=actor, now=now)


def signed_up(night: ANight, name: str, *keys: str, now: datetime) -> list[SignUp]:
    return take_shifts([night.shift(key).id for key in keys], [night.person(name)], now=now, source=SignUpSource.LINK)


def link_of(person: Person) -> str:
    return link_in_texts(PUBLIC_URL, person)


def after(playing: Playing, seconds: int) -> list[str]:
    """What leaves in so many seconds from now."""
    return [body for _, _, body in playing.until(playing.now + seconds * SECONDS, every=SECONDS * 5)]


def calls(night: ANight) -> list[tuple[str, str, str, str]]:
    """Who is on the call list, why, and about what."""
    open_ones = select(Call).where(Call.event_id == night.event.id, Call.withdrawn_at.is_(None))
    rows = db.session.scalars(open_ones.where(Call.ticked_at.is_(None)).order_by(Call.id))
    return [(row.person.first_name, row.kind, row.why, row.about) for row in rows]


def test_whoever_signs_up_is_told_in_half_a_minute_with_their_own_link(night: ANight, playing: Playing) -> None:
    signed_up(night, "Ana Ruiz", DOOR, now=playing.now)

    assert after(playing, 25) == []
    assert after(playing, 10) == [
        "Benefit Nights: Ana, you're on: Front door 5:30pm, Fri Dec 4, Main entrance."
        f" {link_of(night.person('Ana Ruiz'))} Reply STOP to opt out."
    ]
    assert after(playing, 300) == []


def test_several_shifts_taken_in_one_go_are_one_text(night: ANight, playing: Playing) -> None:
    edit_person(night.person("Ana Ruiz"), language="es")
    signed_up(night, "Ana Ruiz", TEA, DOOR, STAGE, now=playing.now)

    assert after(playing, 60) == [
        "Benefit Nights: Ana, tu turno: Front door 5:30pm, vie 4 dic y 2 mas."
        f" {link_of(night.person('Ana Ruiz'))} STOP para no recibir mas mensajes."
    ]


def test_a_text_names_the_role_in_the_language_of_whoever_gets_it(night: ANight, playing: Playing) -> None:
    night.shift(DOOR).role.name_es = "Montaje"
    edit_person(night.person("Ana Ruiz"), language="es")
    signed_up(night, "Ana Ruiz", DOOR, now=playing.now)
    signed_up(night, "Ben Ode", DOOR, now=playing.now)

    to_ana, to_ben = sorted(after(playing, 60))

    assert "Ana, tu turno: Montaje 5:30pm, vie 4 dic" in to_ana
    assert "Ben, you're on: Front door 5:30pm, Fri Dec 4" in to_ben


def test_what_is_asked_and_answered_by_text_is_named_in_the_same_language(night: ANight, playing: Playing) -> None:
    night.shift(DOOR).role.name_es = "Montaje"
    edit_person(night.person("Ana Ruiz"), language="es")
    put_on(night, DOOR, "Ana Ruiz", playing.now)
    after(playing, 60)

    playing.text_in(night.person("Ana Ruiz").phone or "", "X")

    said = " ".join(after(playing, 60))
    assert "Montaje" in said
    assert "Front door" not in said


def test_whoever_takes_it_back_within_half_a_minute_gets_no_text(night: ANight, playing: Playing) -> None:
    (sign_up,) = signed_up(night, "Ana Ruiz", DOOR, now=playing.now)
    after(playing, 20)

    leave_shift(sign_up, now=playing.now, source=SignUpSource.LINK)

    assert after(playing, 120) == []


def test_of_several_shifts_the_text_names_those_that_were_kept(night: ANight, playing: Playing) -> None:
    door, _tea = signed_up(night, "Ana Ruiz", DOOR, TEA, now=playing.now)
    after(playing, 20)

    leave_shift(door, now=playing.now, source=SignUpSource.LINK)

    (text,) = after(playing, 120)
    assert text.startswith("Benefit Nights: Ana, you're on: Tea table 7:35pm, Fri Dec 4, Alder Street Hall.")


def test_leaving_one_of_several_later_tells_nothing_again(night: ANight, playing: Playing) -> None:
    door, _tea = signed_up(night, "Ana Ruiz", DOOR, TEA, now=playing.now)
    after(playing, 60)

    leave_shift(door, now=playing.now, source=SignUpSource.LINK)

    assert after(playing, 120) == []


def test_what_somebody_just_did_is_told_at_night_and_what_was_done_to_them_waits_for_the_morning(
    night: ANight, playing: Playing
) -> None:
    playing.tick(night.at("22:00") - timedelta(days=14))
    signed_up(night, "Ana Ruiz", DOOR, now=playing.now)
    put_on(night, TEA, "Ben Ode", playing.now)

    assert [body.split(",")[0] for body in after(playing, 60)] == ["Benefit Nights: Ana"]
    playing.tick(night.at("07:59") - timedelta(days=13))
    assert [body.split(",")[0] for body in after(playing, 120)] == ["Benefit Nights: Ben"]


def test_a_shift_that_moves_is_told_anew_also_when_it_was_not_the_first_in_the_text(
    night: ANight, playing: Playing
) -> None:
    signed_up(night, "Ana Ruiz", DOOR, TEA, now=playing.now)
    after(playing, 60)

    with transaction():
        tea = night.shift(TEA)
        tea.starts_at += minutes(5)

    assert after(playing, 120) == ["Ana, Tea table on Fri Dec 4 has changed: now 7:40-7:45pm, was 7:35-7:45pm."]


def test_whoever_is_put_on_is_asked_whether_they_come(night: ANight, playing: Playing) -> None:
    with transaction():
        night.shift(DOOR).call = minutes(10)
    put_on(night, DOOR, "Ana Ruiz", playing.now)

    assert after(playing, 25) == []
    (text,) = after(playing, 10)
    assert text == (
        "Benefit Nights: Ana, you're on: be there 5:20pm; Front door 5:30pm, Fri Dec 4, Main entrance."
        " Reply C to confirm, X if you can't. Reply STOP to opt out."
    )
    assert after(playing, 300) == []


def test_whoever_is_put_on_and_taken_off_again_at_once_hears_of_neither(night: ANight, playing: Playing) -> None:
    sign_up = put_on(night, DOOR, "Ana Ruiz", playing.now)
    after(playing, 20)

    take_off_shift(sign_up, actor=ALICE, now=playing.now)

    assert after(playing, 300) == []


def test_whoever_was_asked_and_is_taken_off_is_told_whom_to_call(night: ANight, playing: Playing) -> None:
    alice = a_coordinator("Alice", organisation=night.organisation)
    phone = alice.person.phone or ""
    actor = Actor("Alice", alice.id)
    sign_up = put_on(night, DOOR, "Ana Ruiz", playing.now, actor)
    after(playing, 60)

    take_off_shift(sign_up, actor=actor, now=playing.now)

    assert after(playing, 25) == []
    assert after(playing, 10) == [
        "Ana, you're no longer on Front door at 5:30pm on Fri Dec 4."
        f" Questions? Call Alice, ({phone[2:5]}) {phone[5:8]}-{phone[8:]}"
    ]


def test_the_contact_of_the_show_is_named_before_whoever_pressed(night: ANight, playing: Playing) -> None:
    with transaction():
        night.event.contact_name, night.event.contact_phone = "Priya", "+12125550142"
    edit_person(night.person("Ana Ruiz"), language="es")
    sign_up = put_on(night, DOOR, "Ana Ruiz", playing.now)
    after(playing, 60)

    take_off_shift(sign_up, actor=ALICE, now=playing.now)

    assert after(playing, 60) == [
        "Ana, ya no te toca Front door (vie 4 dic, 5:30pm). ¿Preguntas? Llama a Priya, (212) 555-0142"
    ]


def test_put_back_within_half_a_minute_tells_nothing_and_keeps_what_they_said(night: ANight, playing: Playing) -> None:
    sign_up = put_on(night, DOOR, "Ana Ruiz", playing.now)
    after(playing, 60)
    playing.text_in(night.person("Ana Ruiz").phone or "", "C")
    after(playing, 60)
    take_off_shift(sign_up, actor=ALICE, now=playing.now)
    after(playing, 20)

    put_on(night, DOOR, "Ana Ruiz", playing.now)

    assert after(playing, 300) == []
    (row,) = night.shift(DOOR).sign_ups
    assert (row.state, row.will_come_at is not None) == ("confirmed", True)


def test_put_back_later_they_are_asked_anew(night: ANight, playing: Playing) -> None:
    sign_up = put_on(night, DOOR, "Ana Ruiz", playing.now)
    after(playing, 60)
    take_off_shift(sign_up, actor=ALICE, now=playing.now)
    after(playing, 60)

    put_on(night, DOOR, "Ana Ruiz", playing.now)

    (text,) = after(playing, 60)
    assert "Reply C to confirm" in text


def test_whoever_removes_themselves_gets_no_text_about_it(night: ANight, playing: Playing) -> None:
    (sign_up,) = signed_up(night, "Ana Ruiz", DOOR, now=playing.now)
    after(playing, 60)

    leave_shift(sign_up, now=playing.now, source=SignUpSource.LINK)

    assert after(playing, 300) == []


def test_whoever_signed_up_a_moment_ago_is_told_that_they_were_taken_off(night: ANight, playing: Playing) -> None:
    (sign_up,) = signed_up(night, "Ana Ruiz", DOOR, now=playing.now)
    after(playing, 10)

    take_off_shift(sign_up, actor=ALICE, now=playing.now)

    (text,) = after(playing, 120)
    assert text.startswith("Benefit Nights: Ana, you're no longer on Front door at 5:30pm on Fri Dec 4. Questions?")


def test_a_shift_that_is_called_off_is_told_once_to_whoever_was_told_of_it(night: ANight, playing: Playing) -> None:
    signed_up(night, "Ana Ruiz", DOOR, now=playing.now)
    put_on(night, DOOR, "Ben Ode", playing.now)
    after(playing, 60)

    cancel_shift(night.shift(DOOR), actor=ALICE, now=playing.now)

    assert after(playing, 25) == []
    assert sorted(after(playing, 300)) == [
        "Ana, your shift is canceled: Front door at 5:30pm on Fri Dec 4. Questions? Just reply.",
        "Ben, your shift is canceled: Front door at 5:30pm on Fri Dec 4. Questions? Just reply.",
    ]


def test_a_shift_that_is_called_off_before_anything_was_told_tells_those_who_took_it(
    night: ANight, playing: Playing
) -> None:
    signed_up(night, "Ana Ruiz", DOOR, now=playing.now)
    put_on(night, DOOR, "Ben Ode", playing.now)
    after(playing, 10)

    cancel_shift(night.shift(DOOR), actor=ALICE, now=playing.now)

    (text,) = after(playing, 300)
    assert text.startswith("Benefit Nights: Ana, you're no longer on Front door")


def test_calling_off_and_back_within_half_a_minute_tells_what_was_to_be_told_alone(
    night: ANight, playing: Playing
) -> None:
    signed_up(night, "Ana Ruiz", DOOR, now=playing.now)
    after(playing, 10)
    cancel_shift(night.shift(DOOR), actor=ALICE, now=playing.now)
    after(playing, 10)

    cancel_shift(night.shift(DOOR), actor=ALICE, now=playing.now, undo=True)

    (text,) = after(playing, 300)
    assert text.startswith("Benefit Nights: Ana, you're on: Front door")


def test_a_shift_that_takes_place_after_all_asks_those_anew_who_heard_that_it_does_not(
    night: ANight, playing: Playing
) -> None:
    signed_up(night, "Ana Ruiz", DOOR, now=playing.now)
    after(playing, 10)
    cancel_shift(night.shift(DOOR), actor=ALICE, now=playing.now)
    after(playing, 120)

    cancel_shift(night.shift(DOOR), actor=ALICE, now=playing.now, undo=True)

    assert after(playing, 25) == []
    (text,) = after(playing, 300)
    assert text.startswith("Benefit Nights: Ana, you're on: Front door")
    assert "Reply C to confirm" in text


def test_a_slot_that_is_cancelled_takes_its_shifts_with_it_in_one_text_for_each_person(
    night: ANight, playing: Playing
) -> None:
    (sign_up,) = signed_up(night, "Ana Ruiz", STAGE, now=playing.now)
    after(playing, 10)

    cancel_slot(night.slot("Carlos Lumbi").id, actor=ALICE, now=playing.now)

    texts = after(playing, 120)
    assert [text for text in texts if text.startswith("Benefit Nights: Ana")] == texts
    assert len(texts) == 1
    assert "you're no longer on Stage crew" in texts[0]
    restore_slot(night.slot("Carlos Lumbi").id, actor=ALICE, now=playing.now)
    (again,) = after(playing, 120)
    assert "you're on: Stage crew" in again
    assert sign_up.state == "confirmed"


def test_whoever_was_told_that_the_shift_is_off_hears_nothing_when_taken_off_it(
    night: ANight, playing: Playing
) -> None:
    (sign_up,) = signed_up(night, "Ana Ruiz", DOOR, now=playing.now)
    after(playing, 60)
    cancel_shift(night.shift(DOOR), actor=ALICE, now=playing.now)
    after(playing, 120)

    take_off_shift(sign_up, actor=ALICE, now=playing.now)

    assert after(playing, 300) == []


@pytest.mark.parametrize("state", ["failed", "undelivered", "expired"])
def test_who_was_asked_or_removed_by_a_text_that_got_lost_is_called(
    night: ANight, playing: Playing, state: str
) -> None:
    asked = put_on(night, DOOR, "Ana Ruiz", playing.now)
    lose(playing, "assigned", state)
    called = calls(night)
    tick_call(db.session.scalars(select(Call)).one(), actor=ALICE, now=playing.now)
    after(playing, 30)
    take_off_shift(asked, actor=ALICE, now=playing.now)
    lose(playing, "removed", state)

    why = "too_late" if state == "expired" else "failed"
    assert called == [("Ana", "assigned", why, "Front door")]
    assert calls(night) == [("Ana", "removed", why, "Front door")]


def lose(playing: Playing, kind: str, state: str) -> None:
    """The text of this kind leaves and does not arrive."""
    after(playing, 60)
    with transaction():
        row = db.session.scalars(select(Message).where(Message.kind == kind)).one()
        row.state, row.finished_at = state, playing.now
    after(playing, 30)


def test_whoever_signed_up_without_texts_is_owed_no_call(night: ANight, playing: Playing) -> None:
    dora = a_person("Dora Elm", organisation=night.organisation, phone=None)

    take_shift(night.shift(DOOR).id, dora, now=playing.now, source=SignUpSource.LINK)
    after(playing, 60)

    assert calls(night) == []


@pytest.mark.parametrize(
    ("person", "why"),
    [
        ({"phone": None}, "no_phone"),
        ({"agreed": False}, "not_agreed"),
        ({"phone_trouble": "unreachable"}, "phone_trouble"),
    ],
)
def test_whom_no_text_reaches_stands_on_the_call_list_until_it_is_undone(
    night: ANight, playing: Playing, person: dict[str, Any], why: str
) -> None:
    dora = a_person("Dora Elm", organisation=night.organisation, **person)
    sign_up = put_on_shift(night.shift(DOOR).id, dora, actor=ALICE, now=playing.now)
    assert after(playing, 60) == []
    assert calls(night) == [("Dora", "assigned", why, "Front door")]

    take_off_shift(sign_up, actor=ALICE, now=playing.now)

    assert after(playing, 60) == []
    assert calls(night) == []


def test_whoever_was_called_about_a_place_is_to_be_called_when_it_goes(night: ANight, playing: Playing) -> None:
    dora = a_person("Dora Elm", organisation=night.organisation, phone=None)
    sign_up = put_on_shift(night.shift(DOOR).id, dora, actor=ALICE, now=playing.now)
    after(playing, 60)
    tick_call(db.session.scalars(select(Call)).one(), actor=Actor("Alice"), now=playing.now)

    take_off_shift(sign_up, actor=ALICE, now=playing.now)

    after(playing, 60)
    assert calls(night) == [("Dora", "removed", "no_phone", "Front door")]


def test_a_friend_who_takes_the_place_is_told_and_the_name_that_held_it_never(night: ANight, playing: Playing) -> None:
    (host,) = bring_friend(
        [night.shift(DOOR).id], night.person("Ana Ruiz"), "Ben", now=playing.now, source=SignUpSource.LINK
    )
    after(playing, 60)
    assert host.friends_key is not None
    playing.texts.clear()
    playing.gateway.texts.clear()

    come_along(host.friends_key, night.person("Ben Ode"), event_id=night.event.id, now=playing.now)

    assert [body.split(",")[0] for body in after(playing, 60)] == ["Benefit Nights: Ben"]
    assert calls(night) == []


def test_a_reminder_whose_moment_passed_before_the_sign_up_is_not_made_up_for(night: ANight, playing: Playing) -> None:
    playing.tick(night.at("16:40"))
    take_shift(night.shift(DOOR).id, night.person("Ana Ruiz"), now=playing.now, source=SignUpSource.LINK)

    texts = [body for _, _, body in playing.until(night.at("18:00"))]

    assert [body.partition(".")[0] for body in texts] == [
        "Benefit Nights: Ana, you're on: Front door 5:30pm, tonight, Main entrance"
    ]


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_of_these_texts_is_one_segment_with_names_as_they_are(
    night: ANight, playing: Playing, language: str
) -> None:
    with transaction():
        night.organisation.name = "Riverside Arts Collective"
        night.event.contact_name, night.event.contact_phone = "Priya", "+12125550142"
    guadalupe = a_person("Guadalupe Hernandez", organisation=night.organisation, language=language)
    for key in (DOOR, TEA):
        put_on_shift(night.shift(key).id, guadalupe, actor=ALICE, now=playing.now)
    after(playing, 60)
    for sign_up in (night.shift(DOOR).sign_ups[0], night.shift(TEA).sign_ups[0]):
        take_off_shift(sign_up, actor=ALICE, now=playing.now)
    after(playing, 60)
    take_shifts([night.shift(DOOR).id, night.shift(TEA).id], [guadalupe], now=playing.now, source=SignUpSource.LINK)
    after(playing, 60)

    rows = db.session.scalars(select(Message).order_by(Message.id)).all()

    assert [row.kind for row in rows if row.sent_at] == ["assigned", "assigned", "removed", "signed-up"]
    assert [segments(row.body) for row in rows if row.sent_at] == [1, 1, 1, 1]


def states(night: ANight, key: str) -> list[str]:
    db.session.expire_all()
    sign_ups = night.shift(key).sign_ups
    return [coming_of(sign_ups)[each.id] for each in sign_ups]


def test_not_told_becomes_asked_and_asked_becomes_coming(night: ANight, playing: Playing) -> None:
    ana = night.person("Ana Ruiz")
    put_on(night, DOOR, "Ana Ruiz", playing.now)
    after(playing, 20)
    assert states(night, DOOR) == ["not_told"]
    after(playing, 20)
    assert states(night, DOOR) == ["asked"]

    playing.text_in(ana.phone or "", "C")

    assert states(night, DOOR) == ["coming"]
    assert asking_texts(night.shift(DOOR).sign_ups) == {}
    assert after(playing, 60) == [
        "Thanks, Ana. We're counting on you: Front door 5:30pm, Fri Dec 4. If plans change, reply X."
    ]


def test_whoever_was_put_on_and_cannot_come_starts_the_search_for_somebody(night: ANight, playing: Playing) -> None:
    put_on(night, DOOR, "Ana Ruiz", playing.now)
    after(playing, 60)
    (text,) = asking_texts(night.shift(DOOR).sign_ups).values()
    assert (text.kind, text.person_id) == ("assigned", night.person("Ana Ruiz").id)

    playing.tick(night.at("14:00"))  # too late to give the place up
    playing.text_in(night.person("Ana Ruiz").phone or "", "X")

    assert states(night, DOOR) == ["cannot"]


def test_whoever_was_asked_by_phone_counts_as_asked(night: ANight, playing: Playing) -> None:
    dora = a_person("Dora Elm", organisation=night.organisation, phone=None)
    put_on_shift(night.shift(DOOR).id, dora, actor=ALICE, now=playing.now)
    after(playing, 60)
    assert states(night, DOOR) == ["not_told"]

    tick_call(db.session.scalars(select(Call)).one(), actor=Actor("Alice"), now=playing.now)

    assert states(night, DOOR) == ["asked"]
