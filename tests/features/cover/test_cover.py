"""Offers, cover, swaps, standby and the board of shifts at risk, through pages and texts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator import clock
from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.events.models import Event
from coordinator.features.cover.queries import Risk, risk_of
from coordinator.shifts.actions.coming import stand_by, stand_down
from coordinator.shifts.actions.covering import ask_for_cover
from coordinator.shifts.actions.swapping import ask_swap
from coordinator.shifts.actions.volunteer_policy import edit_volunteer_policy
from coordinator.shifts.actions.waves import next_waves
from coordinator.shifts.models import HOLDING, CoverOffer, CoverSearch, SignUp, Standby, Swap
from coordinator.shifts.queries.planned import shifts_of
from coordinator.shownight.queries import night as night_at
from tests.builders import ANight, a_coordinator, a_message, a_night, a_shift, a_sign_up, a_slot, minutes, sign_in
from tests.full_night import evening_zone, wall
from tests.links import token_of
from tests.night import in_the_cast
from tests.playing import Playing

ALICE = Actor("Alice")


def risk_at(event: Event, now: datetime) -> Risk:
    return risk_of(event, night_at(event.id, now), shifts_of(event), now)


@pytest.fixture
def night(sqlite_app: Flask) -> ANight:
    """Ana has the door in an hour, Ben the bar in three; Cleo stands by."""
    now = clock.now().replace(second=0, microsecond=0)
    zone = evening_zone(now)
    made = a_night(
        [],
        shifts=[
            a_shift("Front door", wall(now, 60, zone), wall(now, 120, zone), people=("Ana Ruiz",), max=1),
            a_shift("Bar", wall(now, 180, zone), wall(now, 240, zone), people=("Ben Ode",), max=1),
        ],
        zone=zone,
        on=now.astimezone(ZoneInfo(zone)).date(),
        doors=None,
        curfew=None,
    )
    with transaction():
        cleo = in_the_cast(made, "Cleo Cedar")
    stand_by(made.event, cleo, actor=ALICE, now=now)
    edit_volunteer_policy(made.event, actor=ALICE, now=now, asks_whom="history")  # nobody is asked but Cleo
    return made


def page_of(night: ANight, name: str) -> str:
    return f"/me/{token_of(night.person(name))}"


def place(night: ANight, name: str) -> SignUp:
    person = night.person(name)
    held = select(SignUp).where(SignUp.person_id == person.id, SignUp.state.in_((*HOLDING, "waitlisted")))
    return db.session.scalars(held.execution_options(populate_existing=True)).one()


def on_it(night: ANight, key: str) -> list[str]:
    db.session.expire_all()
    return [each.person.name for each in night.shift(key).sign_ups if each.state in HOLDING]


def test_a_place_is_asked_for_and_taken_on_two_personal_pages(night: ANight, sqlite_client: FlaskClient) -> None:
    ana, cleo = page_of(night, "Ana Ruiz"), page_of(night, "Cleo Cedar")

    asked = sqlite_client.post(f"{ana}/shifts/{place(night, 'Ana Ruiz').id}/cover", follow_redirects=True)
    next_waves(clock.now())
    offer_id = db.session.scalars(select(CoverOffer.id)).one()
    offered = sqlite_client.get(cleo).text
    taken = sqlite_client.post(f"{cleo}/offers/{offer_id}", data={"answer": "yes"}, follow_redirects=True)

    assert "We're looking for someone to take your shift" in asked.text
    assert "Hi Cleo, can you take this shift?" in offered
    assert "Thank you. You&#39;re signed up for Front door." in taken.text
    assert on_it(night, "front-door-1") == ["Cleo Cedar"]
    assert sqlite_client.post(f"{ana}/offers/{offer_id}", data={"answer": "yes"}).status_code == 404


def test_who_asked_for_cover_sees_that_nobody_was_found_and_can_ask_again(
    night: ANight, sqlite_client: FlaskClient
) -> None:
    ana, now = page_of(night, "Ana Ruiz"), clock.now()
    stand_down(night.event, night.person("Cleo Cedar"), actor=ALICE, now=now)
    asking = f"{ana}/shifts/{place(night, 'Ana Ruiz').id}/cover"
    sqlite_client.post(asking)
    next_waves(clock.now())

    nobody, looking = "We haven't found anyone yet", "We're looking for someone to take your shift"
    seen = sqlite_client.get(ana).text
    stand_by(night.event, night.person("Cleo Cedar"), actor=ALICE, now=now)
    again = sqlite_client.post(asking, follow_redirects=True).text
    next_waves(clock.now())

    assert [sentence in seen for sentence in (nobody, "Ask again", "We're looking for someone to")] == [
        True,
        True,
        False,
    ]
    assert [sentence in again for sentence in (nobody, looking)] == [False, True]
    assert [offer.person.name for offer in db.session.scalars(select(CoverOffer))] == ["Cleo Cedar"]


def test_who_asked_for_cover_can_come_after_all(night: ANight, sqlite_client: FlaskClient) -> None:
    ana, sign_up = page_of(night, "Ana Ruiz"), place(night, "Ana Ruiz")
    sqlite_client.post(f"{ana}/shifts/{sign_up.id}/cover")

    said = sqlite_client.post(f"{ana}/shifts/{sign_up.id}/cover", data={"undo": "1"}, follow_redirects=True)
    next_waves(clock.now() + minutes(1))

    assert "Great. Front door is still yours" in said.text
    assert [search.outcome for search in db.session.scalars(select(CoverSearch))] == ["called_off"]


def test_a_swap_is_chosen_by_first_name_and_answered_on_the_others_page(
    night: ANight, sqlite_client: FlaskClient
) -> None:
    ana, ben = page_of(night, "Ana Ruiz"), page_of(night, "Ben Ode")
    address = f"{ana}/shifts/{place(night, 'Ana Ruiz').id}/swap"

    chosen = sqlite_client.get(address).text
    nothing = sqlite_client.post(address, data={"with": "77"})
    asked = sqlite_client.post(address, data={"with": str(place(night, "Ben Ode").id)}, follow_redirects=True)
    swap_id = db.session.scalars(select(Swap.id)).one()
    agreed = sqlite_client.post(f"{ben}/swaps/{swap_id}", data={"answer": "yes"}, follow_redirects=True)

    assert "Bar" in chosen
    assert not any(secret in chosen for secret in ("Ode", night.person("Ben Ode").phone or "?"))
    assert (nothing.status_code, "Choose a shift that someone has." in nothing.text) == (422, True)
    assert "We&#39;ve asked Ben." in asked.text
    assert "Done. You traded shifts with Ana." in agreed.text
    assert (on_it(night, "front-door-1"), on_it(night, "bar-2")) == (["Ben Ode"], ["Ana Ruiz"])


def test_a_swap_can_be_withdrawn_and_declined(night: ANight, sqlite_client: FlaskClient) -> None:
    ana, ben, now = page_of(night, "Ana Ruiz"), page_of(night, "Ben Ode"), clock.now()
    first = ask_swap(place(night, "Ana Ruiz"), place(night, "Ben Ode"), now=now)
    sqlite_client.post(f"{ana}/swaps/{first.id}", data={"answer": "withdraw"})
    second = ask_swap(place(night, "Ana Ruiz"), place(night, "Ben Ode"), now=now)
    sqlite_client.post(f"{ben}/swaps/{second.id}", data={"answer": "no"})

    assert [swap.outcome for swap in db.session.scalars(select(Swap).order_by(Swap.id))] == ["withdrawn", "declined"]


def test_one_puts_oneself_on_standby_and_sees_ones_place_in_the_queue(
    night: ANight, sqlite_client: FlaskClient
) -> None:
    waiting = a_sign_up(night, night.shift("bar-2"), "Dan Elm", state="waitlisted")
    dan = page_of(night, "Dan Elm")

    seen = sqlite_client.get(dan).text
    on = sqlite_client.post(f"{dan}/standby/{night.event.id}", follow_redirects=True).text
    off = sqlite_client.post(f"{dan}/standby/{night.event.id}", data={"undo": "1"}, follow_redirects=True).text
    left = sqlite_client.post(f"{dan}/shifts/{waiting.id}/leave", follow_redirects=True).text

    assert "You're number 1 on the waitlist" in seen
    assert "We&#39;ll ask you if we need more help." in on
    assert "You&#39;re no longer on standby." in off
    assert "You&#39;re no longer on the waitlist for Bar." in left
    assert sqlite_client.post(f"{dan}/standby/{night.event.id}").status_code == 404


def test_the_board_says_who_may_be_missing_and_why_the_most_urgent_first(night: ANight) -> None:
    now = clock.now()
    with transaction():
        night.add_shift(a_shift("Tea", wall(now, -10, night.zone), wall(now, 50, night.zone), people=("Eli Wood",)))
        night.add_shift(
            a_shift("Cloakroom", wall(now, 90, night.zone), wall(now, 99, night.zone), people=("Kim Tran",))
        )
        place(night, "Kim Tran").late_by = minutes(10)
        night.person("Ben Ode").agreed_at = None
    a_message(night, night.person("Kim Tran"), state="undelivered", claimed_at=now, body="Lost")
    edit_volunteer_policy(night.event, actor=ALICE, now=now, asks_to_confirm=True)
    ask_for_cover(place(night, "Ana Ruiz"), now=now)

    board = risk_at(night.event, now)

    assert [(each.person.name, each.worries) for each in board.people] == [
        ("Eli Wood", ("not_here", "unconfirmed")),
        ("Ana Ruiz", ("wants_cover", "unconfirmed")),
        ("Kim Tran", ("late", "failed", "unconfirmed")),
        ("Ben Ode", ("silent", "unconfirmed")),
    ]
    assert [standby.person.name for standby in board.standbys] == ["Cleo Cedar"]
    assert (board.short, board.looking, board.unfound) == ([], [], [])


def test_a_coordinator_looks_for_somebody_stops_and_sees_when_nobody_was_found(
    night: ANight, sqlite_client: FlaskClient
) -> None:
    client = sign_in(sqlite_client, a_coordinator("Alice", organisation=night.organisation))
    board = f"/coordinate/{night.event.slug}/volunteers"
    ana = place(night, "Ana Ruiz")

    looking = client.post(f"{board}/sign-ups/{ana.id}/replace", follow_redirects=True).text
    next_waves(clock.now() + minutes(1))
    asked = client.get(f"{board}/risk").text
    search_id = db.session.scalars(select(CoverSearch.id)).one()
    client.post(f"{board}/searches/{search_id}/end")
    db.session.execute(Standby.__table__.delete())  # type: ignore[attr-defined]
    db.session.commit()
    client.post(f"{board}/sign-ups/{ana.id}/replace")
    next_waves(clock.now() + minutes(1))
    overview = client.get(f"/coordinate/{night.event.slug}").text

    assert "The first texts go out in 30 seconds." in looking
    assert "1 person asked, waiting for Cleo." in " ".join(asked.split())
    assert "Nobody found: Front door" in overview


def test_a_coordinator_keeps_the_standby_list_and_marks_somebody_as_here(
    night: ANight, sqlite_client: FlaskClient
) -> None:
    client = sign_in(sqlite_client, a_coordinator("Alice", organisation=night.organisation))
    board = f"/coordinate/{night.event.slug}/volunteers"

    unknown = client.post(f"{board}/standby", data={"name": "No Body"})
    client.post(f"{board}/standby", data={"name": " ben  ode "})
    client.post(f"{board}/standby/{night.person('Cleo Cedar').id}/off")
    client.post(f"{board}/sign-ups/{place(night, 'Ana Ruiz').id}/there")
    full = client.post(f"{board}/shifts/bar-2/search", follow_redirects=True).text

    assert (unknown.status_code, "No Body" in unknown.text) == (422, True)
    assert [row.person.name for row in db.session.scalars(select(Standby))] == ["Ben Ode"]
    assert place(night, "Ana Ruiz").state == "checked_in"
    assert "Bar has no open spots." in full


def test_a_shift_that_is_short_is_looked_for_by_one_press(night: ANight, sqlite_client: FlaskClient) -> None:
    client = sign_in(sqlite_client, a_coordinator("Alice", organisation=night.organisation))
    board = f"/coordinate/{night.event.slug}/volunteers"
    with transaction():
        bar = night.shift("bar-2")
        bar.min = bar.max = 3

    short = client.get(f"{board}/risk").text
    client.post(f"{board}/shifts/bar-2/search")
    next_waves(clock.now() + minutes(1))
    still = [(each.shift.key, each.missing) for each in risk_at(night.event, clock.now()).short]

    assert "Short on people: Bar" in short
    assert still == [("bar-2", 1)]
    assert [offer.person.name for offer in db.session.scalars(select(CoverOffer))] == ["Cleo Cedar"]


def a_phone_of(night: ANight, name: str) -> str:
    phone = night.person(name).phone
    assert phone is not None
    return phone


def asked_to_confirm() -> tuple[ANight, Playing]:
    """Ana has the door and plays a set; her event asks its volunteers, and it is three days before."""
    night = a_night(
        [a_slot("Ana Ruiz", "22:00", people=("Ana Ruiz",))],
        shifts=[a_shift("Front door", "19:00", "21:00", people=("Ana Ruiz", "Ben Ode"))],
    )
    edit_volunteer_policy(night.event, actor=ALICE, now=night.at("12:00") - timedelta(days=9), asks_to_confirm=True)
    playing = Playing(night.at("18:00") - timedelta(days=8))
    playing.tick()
    playing.tick(night.at("19:00") - timedelta(days=3))
    return night, playing


def test_volunteers_are_asked_three_days_before_only_where_an_event_wants_it(app: Flask) -> None:
    night, playing = asked_to_confirm()

    asked = [body for at, phone, body in playing.texts if phone == a_phone_of(night, "Ben Ode")]
    playing.text_in(a_phone_of(night, "Ben Ode"), "C")
    said = playing.tick()
    playing.text_in(a_phone_of(night, "Ben Ode"), "UNDO")
    playing.tick()

    assert [body.split(".")[0] for body in asked] == [
        "Benefit Nights: Ben, can you come? Front door 7pm, Fri Dec 4, The Old Chapel"
    ]
    assert said == ["Thanks, Ben. We're counting on you: Front door 7pm, Fri Dec 4. If plans change, reply X."]
    assert place(night, "Ben Ode").will_come_at is None


def test_with_a_slot_and_a_shift_open_c_asks_which_and_the_number_answers(app: Flask) -> None:
    night, playing = asked_to_confirm()
    ana = a_phone_of(night, "Ana Ruiz")

    playing.text_in(ana, "C")
    which = playing.tick()
    playing.text_in(ana, "4")
    said = playing.tick()
    playing.text_in(ana, "X")
    slot_only = playing.tick()

    assert which == ["Which one? Reply 3 for Ana Ruiz 10pm, Fri Dec 4; 4 for Front door 7pm, Fri Dec 4."]
    assert said == ["Thanks, Ana. We're counting on you: Front door 7pm, Fri Dec 4. If plans change, reply X."]
    assert "Ana Ruiz won't play" in slot_only[0]


def test_yes_answers_the_question_whether_one_will_come_once(app: Flask) -> None:
    night, playing = asked_to_confirm()
    ben = a_phone_of(night, "Ben Ode")

    playing.text_in(ben, "Yes")
    said = playing.tick()
    playing.text_in(ben, "Yes")
    again = playing.tick()

    assert place(night, "Ben Ode").will_come_at == playing.now
    assert said == ["Thanks, Ben. We're counting on you: Front door 7pm, Fri Dec 4. If plans change, reply X."]
    assert again == ["Sorry, I didn't get that. Reply WHEN for your times. A coordinator has your message."]


def test_x_to_the_question_whether_one_will_come_gives_the_shift_up_while_there_is_time(app: Flask) -> None:
    night, playing = asked_to_confirm()

    playing.text_in(a_phone_of(night, "Ben Ode"), "X")
    said = playing.tick()

    assert said == [
        "Thanks for telling us, Ben. You're off Front door at 7pm on Fri Dec 4. Changed your mind? Reply UNDO."
    ]
    assert on_it(night, "front-door-1") == ["Ana Ruiz"]


def test_a_swap_is_agreed_and_declined_by_text(app: Flask) -> None:
    night = a_night(
        [],
        shifts=[
            a_shift("Front door", "18:00", "20:00", people=("Ana Ruiz",), max=1),
            a_shift("Bar", "19:00", "21:00", people=("Ben Ode",), max=1),
        ],
    )
    playing = Playing(night.at("12:00"))
    ask_swap(place(night, "Ana Ruiz"), place(night, "Ben Ode"), now=playing.now)
    playing.tick()
    playing.text_in(a_phone_of(night, "Ben Ode"), "x")
    declined = playing.tick()
    ask_swap(place(night, "Ana Ruiz"), place(night, "Ben Ode"), now=playing.now)
    playing.text_in(a_phone_of(night, "Ben Ode"), "C")
    agreed = playing.tick()

    assert sorted(declined) == [
        "Ana, Ben would rather not trade. Still yours: Front door 6pm, tonight.",
        "Thanks, Ben. You're keeping Bar at 7pm tonight, and Ana will be told.",
    ]
    assert "Ben, you've traded with Ana. Yours now: Front door 6pm, tonight." in agreed
    assert (on_it(night, "front-door-1"), on_it(night, "bar-2")) == (["Ben Ode"], ["Ana Ruiz"])


def test_a_no_and_a_yes_to_an_offer_can_be_taken_back(app: Flask) -> None:
    night = a_night([], shifts=[a_shift("Front door", "19:00", "21:00", people=("Ana Ruiz",), max=1)])
    with transaction():
        cleo = in_the_cast(night, "Cleo Cedar")
    playing = Playing(night.at("17:00"))
    stand_by(night.event, cleo, actor=ALICE, now=playing.now)
    ask_for_cover(place(night, "Ana Ruiz"), now=playing.now)
    playing.tick()
    for word in ("X", "UNDO", "C", "UNDO"):
        playing.text_in(a_phone_of(night, "Cleo Cedar"), word)

    playing.tick()
    said = [body for _, phone, body in playing.texts if phone == a_phone_of(night, "Cleo Cedar")]

    assert said[1:] == [
        "Thanks for telling us, Cleo. We'll ask someone else for Front door at 7pm tonight.",
        "Undone. We're waiting for your answer again: C for yes, X for no.",
        "Thanks, Cleo. The shift is yours: Front door 7pm, tonight, The Old Chapel. Can't make it? Reply COVER.",
        "Undone: you're off Front door 7pm, tonight.",
    ]
    assert on_it(night, "front-door-1") == []
