"""Several shifts at once, what they ask for, a friend, the waitlist; and what people type by mistake."""

from datetime import date
from urllib.parse import unquote, urlsplit

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from coordinator.db import db
from coordinator.features.sign_up.queries import choices
from coordinator.messaging.models import Message
from coordinator.people.models import Person
from coordinator.shifts.actions.covering import ask_for_cover
from coordinator.shifts.actions.signing_up import leave_shift
from coordinator.shifts.actions.waves import next_waves
from coordinator.shifts.models import CoverOffer, ProofCode, SignUp, SignUpSource
from coordinator.shifts.queries.company import company_of
from coordinator.shifts.queries.planned import shifts_of
from tests.builders import MADE_AT, ANight, a_coordinator, a_night, a_person, a_shift, a_sign_up, minutes, sign_in
from tests.features.sign_up.test_sign_up import PHONE, SLUG, Helper, a_door_night, people_on
from tests.links import token_of
from tests.queries import counted
from tests.reading import words


def a_demanding_night() -> ANight:
    night = a_night(
        shifts=[
            a_shift("First aid", "18:00", "19:00", max=2),
            a_shift("Bar", "19:30", "21:00", max=2),
            a_shift("Night bar", "22:00", "23:30", max=2),
            a_shift("Door", "21:15", "21:45", max=2),
        ]
    )
    night.shift("first-aid-1").role.skills = ["first aid"]
    night.shift("bar-2").role.minimum_age = night.shift("night-bar-3").role.minimum_age = 16
    db.session.commit()
    return night


def everything(night: ANight) -> dict[str, list[tuple[str, str]]]:
    return {shift.key: people_on(night, shift.key) for shift in shifts_of(night.event) if shift.sign_ups}


def test_several_shifts_are_taken_with_one_code(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)

    picked = amara.press("volunteer", shift=["front-door-1", "clear-up-5"])
    asked = amara.open(picked.headers["Location"].removeprefix(f"{SLUG}/"))
    amara.press(picked.headers["Location"].removeprefix(f"{SLUG}/"), name="Amara", phone=PHONE)
    code = amara.open("volunteer/code")
    confirmed = amara.press("volunteer/code", code=amara.digits())

    assert picked.headers["Location"] == f"{SLUG}/volunteer/details?shift=front-door-1&shift=clear-up-5"
    assert "Front door, Friday, December 4, 7:15–8:45 PM" in words(asked)
    assert "Confirm my shifts" in words(code)
    assert people_on(night, "front-door-1") == people_on(night, "clear-up-5") == [("Amara", "confirmed")]
    with time_machine.travel(night.at("12:01"), tick=False):
        landed = client.get(confirmed.headers["Location"])
    assert "You're signed up for Front door and Clear up. Thank you." in words(landed)


def test_two_that_clash_are_told_before_any_code_and_stay_ticked(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)

    answer = amara.press("volunteer", shift=["front-door-1", "tea-and-cake-2", "clear-up-5"])

    assert answer.status_code == 422
    assert words(answer).count("are at the same time. Choose one.") == 1
    assert answer.text.count(" checked") == 3
    assert "Strike about 8:20–8:30 PM Same time as Front door" in words(answer)
    assert amara.open("volunteer/details?shift=front-door-1&shift=tea-and-cake-2").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(ProofCode)) == 0


def test_all_is_taken_or_nothing(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)
    amara.press("volunteer/details?shift=front-door-1&shift=clear-up-5", name="Amara", phone=PHONE)
    a_sign_up(night, night.shift("front-door-1"), "Bob")

    answer = amara.press("volunteer/code", code=amara.digits())

    assert answer.headers["Location"] == f"{SLUG}/volunteer?shift=front-door-1&shift=clear-up-5"
    assert people_on(night, "clear-up-5") == []


def test_what_is_over_or_called_off_says_so(client: FlaskClient) -> None:
    night = a_night(
        shifts=[
            a_shift("Front door", "19:15", "20:45"),
            a_shift("Tea", "20:00", "21:30", cancelled_at=MADE_AT),
            a_shift("Clear up", "22:15", "23:15"),
        ]
    )

    said = words(Helper(client, night).open(wall="20:45"))

    assert "2 shifts are over or called off Front door 7:15–8:45 PM Over Tea 8:00–9:30 PM Called off" in said


def test_a_skill_is_asked_only_where_a_shift_needs_it_and_kept_with_the_person(client: FlaskClient) -> None:
    night = a_demanding_night()
    amara = Helper(client, night)
    plain = amara.open("volunteer/details?shift=door-4")
    page = amara.open("volunteer/details?shift=first-aid-1")

    without = amara.press("volunteer/details?shift=first-aid-1", name="Amara", phone=PHONE)
    amara.press("volunteer/details?shift=first-aid-1", name="Amara", phone=PHONE, skills="first aid")
    amara.press("volunteer/code", code=amara.digits())

    assert 'name="skills"' not in plain.text
    assert 'name="skills" value="first aid"' in page.text
    assert without.status_code == 422
    assert "First aid needs someone who knows: first aid." in words(without)
    assert 'value="Amara"' in without.text
    assert night.person("Amara").skills == ["first aid"]
    assert people_on(night, "first-aid-1") == [("Amara", "confirmed")]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "Enter your date of birth, like 2001-05-31."),
        ("31 May", "Enter your date of birth, like 2001-05-31."),
        ("2030-01-01", "Enter your date of birth, like 2001-05-31."),
        ("2012-01-01", "To work Bar, you must be at least 16 on the day of the show."),
    ],
)
def test_a_date_of_birth_that_will_not_do_says_why_and_is_kept(client: FlaskClient, written: str, said: str) -> None:
    amara = Helper(client, a_demanding_night())

    answer = amara.press("volunteer/details?shift=bar-2", name="Amara", phone=PHONE, born_on=written)

    assert answer.status_code == 422
    assert said in words(answer)
    assert f'value="{written}"' in answer.text
    assert 'value="Amara"' in answer.text
    assert db.session.scalars(select(Message)).all() == []


def test_age_and_night_decide_by_what_was_said(client: FlaskClient) -> None:
    night = a_demanding_night()
    amara = Helper(client, night)

    late = amara.press("volunteer/details?shift=night-bar-3", name="Amara", phone=PHONE, born_on="2010-01-01")
    amara.press("volunteer/details?shift=bar-2", name="Amara", phone=PHONE, born_on="2010-01-01")
    amara.press("volunteer/code", code=amara.digits())

    assert "Night bar ends too late for people under 18." in words(late)
    assert night.person("Amara").born_on == date(2010, 1, 1)
    assert people_on(night, "bar-2") == [("Amara", "confirmed")]
    assert "Night bar 10:00–11:30 PM Ends too late for under 18" in words(amara.open())


def test_somebody_we_know_is_asked_only_what_we_do_not_know_yet(client: FlaskClient) -> None:
    night = a_demanding_night()
    amara = Helper(client, night)
    amara.sign_up("door-4")

    asked = amara.press("volunteer", shift="first-aid-1")
    page = amara.open("volunteer/details?shift=first-aid-1")
    amara.press("volunteer/details?shift=first-aid-1", skills="first aid")

    assert asked.headers["Location"] == f"{SLUG}/volunteer/details?shift=first-aid-1"
    assert 'name="phone"' not in page.text
    assert people_on(night, "first-aid-1") == [("Amara", "confirmed")]


def test_a_full_shift_can_be_queued_for_in_the_same_way(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)
    a_sign_up(night, night.shift("stage-helper-3"), "Zed", state="waitlisted")

    picked = amara.press("volunteer", queue="stage-helper-3")
    amara.press("volunteer/details?queue=stage-helper-3", name="Amara", phone=PHONE)
    confirmed = amara.press("volunteer/code", code=amara.digits())

    assert picked.headers["Location"] == f"{SLUG}/volunteer/details?queue=stage-helper-3"
    assert people_on(night, "stage-helper-3")[2:] == [("Zed", "waitlisted"), ("Amara", "waitlisted")]
    with time_machine.travel(night.at("12:01"), tick=False):
        landed = words(client.get(confirmed.headers["Location"]))
    assert "You're number 2 on the waitlist for Stage helper." in landed
    assert "Stage helper 7:45–10:30 PM You're on the waitlist" in words(amara.open())


def test_whoever_waits_sees_beforehand_which_shifts_would_end_that(client: FlaskClient) -> None:
    night = a_night(
        [],
        shifts=[
            a_shift("Front door", "19:00", "21:00", people=("Ana Ruiz",), max=1),
            a_shift("Tea", "20:00", "21:00", max=3),
            a_shift("Set up", "16:00", "16:30", max=3),
        ],
    )
    amara, warning = Helper(client, night), "You'd leave the waitlist for Front door."
    amara.press("volunteer/details?queue=front-door-1", name="Amara", phone=PHONE)
    unknown = words(amara.open())
    amara.press("volunteer/code", code=amara.digits())

    page = words(amara.open())
    amara.press("volunteer", shift="tea-2")

    assert warning not in unknown
    assert page.count(warning) == 1
    assert f"Tea 8:00–9:00 PM {warning}" in page
    assert [each for each in people_on(night, "front-door-1") if each[0] == "Amara"] == [("Amara", "cancelled")]


def test_a_full_shift_that_has_a_place_again_is_taken_by_who_would_queue(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)
    amara.press("volunteer/details?queue=stage-helper-3", name="Amara", phone=PHONE)
    night.shift("stage-helper-3").sign_ups[0].state = "cancelled"
    db.session.commit()

    amara.press("volunteer/code", code=amara.digits())

    assert ("Amara", "confirmed") in people_on(night, "stage-helper-3")


def test_a_full_shift_of_somebody_who_asked_for_cover_says_so_and_who_joins_gets_it(client: FlaskClient) -> None:
    door = a_shift("Front door", "19:00", "21:00", people=("Ana Ruiz",), max=1)
    night = a_night(shifts=[door], quiet_from=None, quiet_to=None)
    amara, desk = Helper(client, night), client.application.test_client()
    with time_machine.travel(night.at("12:00"), tick=False):
        sign_in(desk, a_coordinator("Alice", organisation=night.organisation))
        full = desk.get("/coordinate/justice-in-motion/volunteers").text
    before = words(amara.open())
    ask_for_cover(night.shift("front-door-1").sign_ups[0], now=night.at("12:00"))
    next_waves(night.at("12:00"))

    shown = words(amara.open())
    amara.press("volunteer/details?queue=front-door-1", name="Amara", phone=PHONE)
    amara.press("volunteer/code", code=amara.digits())
    next_waves(night.at("12:01"))
    with time_machine.travel(night.at("12:01"), tick=False):
        wanted = desk.get("/coordinate/justice-in-motion/volunteers").text

    assert "Front door 7:00–9:00 PM Full: join the waitlist" in before
    said = "Someone can't make it. Join the waitlist, and we'll offer it to you right away. Cover wanted"
    assert f"Front door 7:00–9:00 PM {said}" in shown
    assert ("Cover wanted" in full, "Cover wanted" in wanted) == (False, True)
    offers = [(each.source, each.answer) for each in db.session.scalars(select(CoverOffer).order_by(CoverOffer.id))]
    assert offers == [("show", "open"), ("waitlist", "open")]  # an act of the show was asked before she joined


def test_a_friend_gets_a_link_and_says_yes_with_their_own_phone(client: FlaskClient) -> None:
    night = a_door_night()
    ana, bo = Helper(client, night), Helper(client.application.test_client(), night)
    ana.press("volunteer/details?shift=clear-up-5", name="Ana", phone=PHONE, friend="Bo")
    landed = ana.press("volunteer/code", code=ana.digits()).headers["Location"]
    key = db.session.scalars(select(SignUp.friends_key).where(SignUp.source == SignUpSource.FRIEND)).one()
    with time_machine.travel(night.at("12:01"), tick=False):
        page = client.get(landed)
    texts_before = db.session.scalars(select(Message.phone)).all()

    asked = bo.open(f"volunteer/friend/{key}")
    bo.press(f"volunteer/friend/{key}", name="Bo", phone="(415) 555-0177")
    said = bo.press("volunteer/code", code=bo.digits())

    assert f"http://localhost{SLUG}/volunteer/friend/{key}" in page.text
    sms = unquote(page.text.partition('href="sms:?&amp;body=')[2].partition('"')[0])
    assert sms.startswith("Help with me at Songs for Justice in Motion? Clear up on Fri, Dec 4, ")
    assert sms.endswith(f" on Fri, Dec 4: http://localhost{SLUG}/volunteer/friend/{key}")
    assert texts_before == ["+14155550142"]
    assert "Ana invited you to come along" in words(asked)
    assert "+1415" not in asked.text
    assert urlsplit(said.headers["Location"]).path.startswith("/me/")
    assert people_on(night, "clear-up-5") == [("Ana", "confirmed"), ("Bo", "confirmed")]
    assert night.person("Bo").phone == "+14155550177"
    assert company_of(night.event.id, key or "", night.at("12:02")) is None
    assert bo.open(f"volunteer/friend/{key}", wall="12:02").status_code == 410


def test_a_friend_whom_the_browser_knows_says_yes_with_one_press(client: FlaskClient) -> None:
    night = a_door_night()
    bo, ana = Helper(client, night), Helper(client.application.test_client(), night)
    bo.sign_up("tea-and-cake-2", name="Bo")
    ana.press("volunteer/details?shift=clear-up-5", name="Ana", phone="(415) 555-0143", friend="Bo")
    ana.press("volunteer/code", code=ana.digits())
    key = db.session.scalars(select(SignUp.friends_key).where(SignUp.source == SignUpSource.FRIEND)).one()

    own = ana.open(f"volunteer/friend/{key}")
    bo.press(f"volunteer/friend/{key}")

    assert "Send this to Bo" in words(own)
    assert people_on(night, "clear-up-5") == [("Ana", "confirmed"), ("Bo", "confirmed")]
    assert db.session.scalar(select(func.count()).select_from(Person).where(Person.name == "Bo")) == 1


def test_two_need_two_places(client: FlaskClient) -> None:
    night = a_door_night()

    answer = Helper(client, night).press("volunteer/details?shift=front-door-1", name="Ana", phone=PHONE, friend="Bo")

    assert "Front door has one spot left, not two. Leave this empty to come alone." in words(answer)
    assert 'value="Bo"' in answer.text
    assert db.session.scalars(select(Message)).all() == []


def test_a_shared_phone_is_asked_who_it_is(client: FlaskClient) -> None:
    night = a_door_night()
    a_person("Ben Ode", organisation=night.organisation, phone="+14155550142")
    amara = Helper(client, night)
    amara.details()

    asked = amara.press("volunteer/code", code=amara.digits())
    page = amara.open("volunteer/who")
    nothing = amara.press("volunteer/who")
    amara.press("volunteer/who", who="new")

    assert asked.headers["Location"] == f"{SLUG}/volunteer/who"
    assert "I'm Ben Someone else: Amara" in words(page)
    assert "Tell us which one of you it is." in words(nothing)
    assert people_on(night, "front-door-1") == [("Amara", "confirmed")]


def test_who_someone_is_cannot_be_said_before_the_code(client: FlaskClient) -> None:
    night = a_door_night()
    ben = a_person("Ben Ode", organisation=night.organisation, phone="+14155550142")
    amara = Helper(client, night)
    amara.details()

    answer = amara.press("volunteer/who", who=str(ben.id))

    assert answer.headers["Location"].startswith(f"{SLUG}/volunteer")
    assert everything(night) == {"stage-helper-3": [("Eve", "confirmed"), ("Finn", "confirmed")]}


@pytest.mark.parametrize("name", ["Ольга Петровна", "李小龙", "Zoë-Ann O'Brien", "عائشة"])
def test_a_name_in_any_alphabet_is_a_name(client: FlaskClient, name: str) -> None:
    night = a_door_night()

    Helper(client, night).sign_up(name=name)

    assert people_on(night, "front-door-1") == [(name, "confirmed")]


@pytest.mark.parametrize("name", ["A" * 200, "\x00\x01", "\u200b"])
def test_a_name_that_is_none_or_too_long_says_so_and_keeps_the_rest(client: FlaskClient, name: str) -> None:
    answer = Helper(client, a_door_night()).details(name=name)

    assert answer.status_code == 422
    assert "name" in words(answer).split("Please fix one thing")[1]
    assert 'value="(415) 555-0142"' in answer.text
    assert db.session.scalars(select(Message)).all() == []


def test_a_landline_is_refused_with_what_would_be_right(client: FlaskClient) -> None:
    in_london = a_night(zone="Europe/London", shifts=[a_shift("Front door", "19:15", "20:45", max=1)])

    answer = Helper(client, in_london).details(phone="+44 20 7946 0018")

    assert answer.status_code == 422
    assert "is a landline, so it may not get texts. Enter a mobile number." in words(answer)
    assert 'value="+44 20 7946 0018"' in answer.text


def test_the_last_button_pressed_twice_ends_on_the_same_page(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)
    amara.details()
    code = db.session.scalars(select(ProofCode.id)).one()
    first = amara.press("volunteer/code", code=amara.digits())
    held = {"taking": ["front-door-1"], "queueing": [], "skills": [], "born_on": None, "friend": "", "friends_key": ""}
    with time_machine.travel(night.at("12:00"), tick=False), client.session_transaction() as session:
        session["code"], session["requested"] = (
            code,
            held,
        )  # both presses left with what the browser held before the first

    second = amara.press("volunteer/code", code=amara.digits())

    assert first.headers["Location"] == second.headers["Location"]
    assert people_on(night, "front-door-1") == [("Amara", "confirmed")]


def test_back_after_the_end_finds_the_shifts_and_what_one_has(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)
    amara.sign_up()

    back = amara.open("volunteer/code")
    details = amara.press("volunteer/details?shift=front-door-1", name="Amara", phone=PHONE)

    assert back.headers["Location"] == f"{SLUG}/volunteer"
    assert details.headers["Location"] == f"/me/{token_of(night.person('Amara'))}"
    assert "Front door 7:15–8:45 PM You're signed up for this" in words(amara.open())


def test_a_code_that_is_over_says_so_and_a_new_one_goes_on_where_one_was(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)
    amara.press("volunteer/details?shift=front-door-1&shift=clear-up-5", name="Amara", phone=PHONE)

    late = amara.press("volunteer/code", wall="12:16", code=amara.digits())
    amara.press("volunteer/code/again", wall="12:16")
    amara.press("volunteer/code", wall="12:17", code=amara.digits())

    assert "This code no longer works. Ask for a new one below." in words(late)
    assert people_on(night, "front-door-1") == people_on(night, "clear-up-5") == [("Amara", "confirmed")]


@pytest.mark.parametrize("known", [False, True])
def test_two_hundred_shifts_cost_as_many_questions_as_four(client: FlaskClient, *, known: bool) -> None:
    night, asked = a_door_night(), []
    if known:
        Helper(client, night).sign_up()
    for number in (4, 200):
        shifts = [a_shift(f"Role {each}", "18:00", "19:00", max=2) for each in range(number)]
        a_night(shifts=shifts, slug=f"of-{number}", organisation=night.organisation)
        with time_machine.travel(night.at("12:00"), tick=False):
            client.get(f"/e/of-{number}/volunteer")  # what is read once in the life of a process does not count
            with counted() as statements:
                page = client.get(f"/e/of-{number}/volunteer")
        assert ("You're signing up as Amara" in words(page)) == known
        asked.append(len(statements))

    assert asked[0] == asked[1]
    assert asked[0] <= (12 if known else 8)


def test_a_free_place_that_is_kept_for_somebody_who_waits_is_free_for_them_alone(client: FlaskClient) -> None:
    door = a_shift("Front door", "19:00", "21:00", people=("Ana Ruiz", "Ben Ode", "Cleo Cedar"), max=3)
    night = a_night(shifts=[door], quiet_from=None, quiet_to=None)
    shift, at = night.shift("front-door-1"), night.at("09:00")
    a_sign_up(night, shift, "Dan Elm", state="waitlisted")
    ana, ben = shift.sign_ups[:2]
    passer_by = Helper(client, night)

    leave_shift(ana, now=at, source=SignUpSource.LINK)
    next_waves(at)
    kept, line_up = passer_by.open(wall="09:01"), passer_by.open("", wall="09:01")
    refused = passer_by.press("volunteer", wall="09:01", shift="front-door-1")
    leave_shift(ben, now=at + minutes(1), source=SignUpSource.LINK)
    one_more, more = passer_by.open(wall="09:02"), passer_by.open("", wall="09:02")

    assert "Every spot is taken" in words(kept)
    assert "Full: join the waitlist" in words(kept)
    assert "open spot" not in words(line_up)
    assert refused.status_code == 422
    assert "Front door has just filled up." in words(refused)
    assert "Front door 7:00–9:00 PM Last spot" in words(one_more)
    assert "1 open spot" in words(more)
    assert choices(night.event.id, at, person=night.person("Dan Elm")).all[0].places_free == 2
