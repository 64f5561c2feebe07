"""Signing up to help, page by page."""

import re

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from coordinator import clock
from coordinator.accounts.models import Attempt
from coordinator.accounts.queries import subject_of
from coordinator.db import db, transaction
from coordinator.messaging.models import Message
from coordinator.people.models import Person
from coordinator.shifts.models import ProofCode, Shift, SignUp
from coordinator.shifts.queries.searching import standbys_of
from tests.builders import MADE_AT, ANight, a_coordinator, a_night, a_shift, a_sign_up, sign_in
from tests.links import new_link, token_of
from tests.reading import words

SLUG = "/e/justice-in-motion"
PHONE = "(415) 555-0142"


class Helper:
    """Someone with a browser who would like to help."""

    def __init__(self, client: FlaskClient, night: ANight) -> None:
        self.client, self.night = client, night

    def open(self, path: str = "volunteer", wall: str = "12:00", **headers: str) -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.get(f"{SLUG}/{path}".rstrip("/"), headers=headers)

    def press(self, path: str, wall: str = "12:00", **fields: str | list[str]) -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.post(f"{SLUG}/{path}", data=fields)

    def details(self, shift: str = "front-door-1", name: str = "Amara", phone: str = PHONE) -> TestResponse:
        return self.press(f"volunteer/details?shift={shift}", name=name, phone=phone)

    def digits(self) -> str:
        newest = select(Message.body).where(Message.kind == "code").order_by(Message.id.desc()).limit(1)
        return str(re.findall(r"\b\d{6}\b", db.session.scalar(newest) or "")[0])

    def sign_up(self, shift: str = "front-door-1", name: str = "Amara") -> TestResponse:
        self.details(shift, name)
        return self.press("volunteer/code", code=self.digits())


def a_door_night() -> ANight:
    return a_night(
        shifts=[
            a_shift("Front door", "19:15", "20:45", max=1),
            a_shift("Tea and cake", "20:00", "21:30", max=3),
            a_shift("Stage helper", "19:45", "22:30", people=("Eve", "Finn")),
            a_shift("Strike", follows="Carlos Lumbi", max=2),
            a_shift("Clear up", "22:15", "23:15", max=4),
        ]
    )


def people_on(night: ANight, key: str) -> list[tuple[str, str]]:
    return [(sign_up.person.name, sign_up.state) for sign_up in night.shift(key).sign_ups]


def test_open_shifts_can_be_picked_and_full_ones_say_why_not(client: FlaskClient) -> None:
    page = Helper(client, a_door_night()).open()

    said = words(page)
    for expected in (
        "Front door 7:15–8:45 PM Last spot",
        "Stage helper 7:45–10:30 PM Full: join the waitlist",
        "Tea and cake 8:00–9:30 PM 3 spots left",
        "Strike about 8:20–8:30 PM Last 2 spots",
    ):
        assert expected in said
    keys = re.findall(r'name="shift" value="([^"]+)"', page.text)
    assert keys == ["front-door-1", "tea-and-cake-2", "strike-4", "clear-up-5"]


def test_shifts_that_are_over_or_called_off_are_not_offered(client: FlaskClient) -> None:
    night = a_night(
        shifts=[
            a_shift("Front door", "19:15", "20:45"),
            a_shift("Tea", "20:00", "21:30", cancelled_at=MADE_AT),
            a_shift("Clear up", "22:15", "23:15"),
        ]
    )

    page = Helper(client, night).open(wall="20:45")

    assert re.findall(r'name="shift" value="([^"]+)"', page.text) == ["clear-up-3"]


def test_without_any_shift_to_come_nobody_is_asked_for_anything(client: FlaskClient) -> None:
    page = Helper(client, a_night()).open()

    assert "We don't need anyone right now." in words(page)
    assert "Continue" not in page.text


def test_continuing_without_a_pick_says_so(client: FlaskClient) -> None:
    answer = Helper(client, a_door_night()).press("volunteer")

    assert answer.status_code == 422
    assert "Choose a shift to continue." in words(answer)


def test_a_stranger_gives_name_number_and_code_and_is_down_for_the_shift(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)

    picked = amara.press("volunteer", shift="front-door-1")
    asked = amara.details()
    code_page = amara.open("volunteer/code")
    confirmed = amara.press("volunteer/code", code=f"{amara.digits()[:3]} {amara.digits()[3:]}")

    assert picked.headers["Location"] == f"{SLUG}/volunteer/details?shift=front-door-1"
    assert asked.headers["Location"] == f"{SLUG}/volunteer/code"
    assert "Sent to •••-0142." in words(code_page)
    assert people_on(night, "front-door-1") == [("Amara", "confirmed")]
    person = night.person("Amara")
    assert (person.phone, person.agreed_how) == ("+14155550142", "sign-up")
    assert confirmed.headers["Location"] == f"/me/{token_of(person)}"
    with time_machine.travel(night.at("12:01"), tick=False):
        landed = client.get(confirmed.headers["Location"])
    assert "You're signed up for Front door. Thank you." in words(landed)
    assert "+14155550142" not in landed.text


def test_the_consent_that_was_shown_is_the_one_that_is_kept(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)
    shown = words(amara.open("volunteer/details?shift=front-door-1&lang=es"))

    amara.sign_up()

    kept = night.person("Amara").agreed_words or ""
    assert "STOP" in kept
    assert kept in shown
    assert night.person("Amara").language == "es"
    assert db.session.scalars(select(Message.language).where(Message.kind == "code")).one() == "es"


def test_somebody_this_browser_knows_takes_a_shift_with_one_press(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)
    amara.sign_up("tea-and-cake-2")
    page = amara.open()

    amara.press("volunteer", shift="clear-up-5")

    assert "You're signing up as Amara." in words(page)
    assert "Sign me up" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert people_on(night, "clear-up-5") == [("Amara", "confirmed")]
    assert db.session.scalar(select(func.count()).select_from(ProofCode)) == 1


def test_a_clash_with_what_somebody_has_is_told_and_nothing_is_taken(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)
    amara.sign_up("front-door-1")

    answer = amara.press("volunteer", shift="tea-and-cake-2")

    assert answer.status_code == 422
    assert "Tea and cake is at the same time as Front door, which you already have." in words(answer)
    assert "Tea and cake 8:00–9:30 PM Same time as Front door" in words(amara.open())
    assert people_on(night, "tea-and-cake-2") == []


def test_a_place_that_went_while_typing_leads_back_without_losing_the_proof(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)
    amara.details("front-door-1")
    a_sign_up(night, night.shift("front-door-1"), "Bob")

    answer = amara.press("volunteer/code", code=amara.digits())
    page = words(amara.open())

    assert answer.headers["Location"] == f"{SLUG}/volunteer?shift=front-door-1"
    assert "Front door has just filled up. Please choose another shift." in page
    assert "You're signing up as Amara." in page
    assert people_on(night, "front-door-1") == [("Bob", "confirmed")]


def test_a_full_shift_sends_no_code(client: FlaskClient) -> None:
    night = a_door_night()

    answer = Helper(client, night).details("stage-helper-3")

    assert answer.headers["Location"] == f"{SLUG}/volunteer?shift=stage-helper-3"
    assert db.session.scalars(select(Message)).all() == []


def test_a_wrong_number_says_what_would_be_right_and_keeps_what_was_typed(client: FlaskClient) -> None:
    amara = Helper(client, a_door_night())

    answer = amara.details(name="Amara", phone="555-01")

    assert 'value="555-01"' in answer.text
    assert 'value="Amara"' in answer.text
    assert "Write it like (212) 555-0101" in words(answer)
    assert 'aria-describedby="phone-hint phone-error"' in answer.text
    assert db.session.scalars(select(Message)).all() == []


def test_nothing_typed_says_what_is_missing(client: FlaskClient) -> None:
    said = words(Helper(client, a_door_night()).details(name=" ", phone=""))

    assert "Enter the name we should call you." in said
    assert "Enter your mobile number" in said


def test_a_wrong_code_can_be_tried_again(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)
    amara.details()
    wrong = f"{(int(amara.digits()) + 1) % 1_000_000:06}"

    answer = amara.press("volunteer/code", code=wrong)
    amara.press("volunteer/code", code=amara.digits())

    assert "That's not the code." in words(answer)
    assert people_on(night, "front-door-1") == [("Amara", "confirmed")]


def test_another_code_can_be_sent_three_times_in_all(client: FlaskClient) -> None:
    amara = Helper(client, a_door_night())
    amara.details()

    said = []
    for _ in range(3):
        amara.press("volunteer/code/again")
        said.append(words(amara.open("volunteer/code")))

    assert "A new code is on its way." in said[1]
    assert "Too many tries." in said[2]
    assert db.session.scalar(select(func.count()).select_from(Message)) == 3


def test_going_back_to_change_the_number_finds_what_was_typed(client: FlaskClient) -> None:
    amara = Helper(client, a_door_night())
    amara.details()

    page = amara.open("volunteer/details?shift=front-door-1&change=1")

    assert 'value="Amara"' in page.text
    assert 'value="+14155550142"' in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_a_code_page_without_a_code_leads_to_the_shifts(client: FlaskClient) -> None:
    assert Helper(client, a_door_night()).open("volunteer/code").headers["Location"] == f"{SLUG}/volunteer"


def test_somebody_else_on_this_browser_begins_anew(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)
    amara.sign_up("tea-and-cake-2")

    amara.press("volunteer/somebody-else")

    assert "You're signing up as" not in words(amara.open())


def test_a_revoked_link_is_known_no_longer_nor_in_another_house(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)
    amara.sign_up("tea-and-cake-2")
    a_night(slug="elsewhere", shifts=[a_shift("Front door", "19:15", "20:45")])

    with time_machine.travel(night.at("12:00"), tick=False):
        elsewhere = client.get("/e/elsewhere/volunteer")
    new_link(night.person("Amara"), night.at("12:01"))

    assert "You're signing up as" not in words(elsewhere)
    assert "You're signing up as" not in words(amara.open())


def test_a_forged_cookie_knows_nobody(client: FlaskClient) -> None:
    night = a_door_night()
    eve = token_of(night.person("Eve"))
    client.set_cookie("known", f'"{eve}".forged', path="/e/")

    assert "You're signing up as" not in words(Helper(client, night).open())


def test_pages_of_an_unknown_show_are_not_there(client: FlaskClient) -> None:
    for path in ("volunteer", "volunteer/details?shift=x", "volunteer/code"):
        assert client.get(f"/e/nothing/{path}").status_code == 404
    assert db.session.scalars(select(Person.id)).all() == []
    assert db.session.scalars(select(SignUp.id)).all() == []


def test_somebody_known_is_put_on_standby_from_here_once_and_without_a_shift(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)
    amara.sign_up()
    before = amara.open()

    answers = [amara.press("volunteer/standby") for _ in range(2)]

    assert "Put me on standby" in words(before)
    assert [answer.headers["Location"].startswith("/me/") for answer in answers] == [True, True]
    assert [each.person.name for each in standbys_of(night.event)] == ["Amara"]
    assert "On standby for" in words(amara.open())
    assert "Put me on standby" not in words(amara.open())


def test_a_stranger_is_offered_shifts_and_no_standby(client: FlaskClient) -> None:
    night = a_door_night()
    stranger = Helper(client, night)

    answer = stranger.press("volunteer/standby")

    assert "Put me on standby" not in words(stranger.open())
    assert answer.headers["Location"] == f"{SLUG}/volunteer"
    assert standbys_of(night.event) == []


def test_one_person_with_two_phones_loses_nothing_by_the_other_one(client: FlaskClient) -> None:
    night = a_door_night()
    amara = Helper(client, night)
    amara.sign_up()
    amara.press("volunteer/somebody-else")

    amara.details("clear-up-5", phone="(415) 555-0143")
    landed = amara.press("volunteer/code", code=amara.digits())

    assert landed.headers["Location"].startswith("/me/")
    phones = [
        (key, [each.person.phone for each in night.shift(key).sign_ups]) for key in ("front-door-1", "clear-up-5")
    ]
    assert phones == [("front-door-1", ["+14155550142"]), ("clear-up-5", ["+14155550143"])]


def taken_by_amara() -> list[str]:
    hers = select(Shift.key).join(SignUp, SignUp.shift_id == Shift.id).join(Person, Person.id == SignUp.person_id)
    return list(db.session.scalars(hers.where(Person.name == "Amara").order_by(Shift.key)))


def test_a_browser_that_asks_for_somebodys_code_at_the_same_moment_does_not_get_their_page(client: FlaskClient) -> None:
    night = a_door_night()
    amara, thief = Helper(client, night), Helper(client.application.test_client(), night)
    amara.details()
    digits = amara.digits()
    thief.details()

    amara.press("volunteer/code", code=digits)
    stolen = [
        thief.open("volunteer/who"),
        thief.press("volunteer/who", who="new"),
        thief.press("volunteer/code", code=digits, sent="1"),
        thief.press("volunteer/code", code=digits),
    ]

    assert [page.headers.get("Location", "") for page in stolen[:3]] == [f"{SLUG}/volunteer?shift=front-door-1"] * 3
    assert (stolen[3].status_code, "That's not the code." in words(stolen[3])) == (422, True)


def test_each_of_two_tabs_takes_the_shift_it_was_opened_for(client: FlaskClient) -> None:
    amara = Helper(client, a_door_night())
    amara.details("front-door-1")
    amara.press("volunteer/details?shift=clear-up-5", wall="12:01", name="Amara", phone=PHONE)
    [first, second] = db.session.scalars(select(ProofCode.id).order_by(ProofCode.id))

    digits = amara.digits()
    for tab in (first, second):
        amara.press("volunteer/code", wall="12:02", code=digits, sent=str(tab))

    assert taken_by_amara() == ["clear-up-5", "front-door-1"]


@pytest.mark.parametrize(
    ("phone", "why"),
    [
        ("+44 7700 900123", "We can only text numbers from here: United States."),
        ("+1 876 555 0123", "We can only text numbers from here: United States."),
        ("+881 6 1234 5678", "We can only text numbers from here: United States."),
        ("+870 773 111 632", "We can only text numbers from here: United States."),
        ("(900) 234-5678", "isn't a mobile number. Enter a mobile number."),
        ("(800) 234-5678", "isn't a mobile number. Enter a mobile number."),
    ],
)
def test_a_stranger_gets_no_code_sent_to_numbers_that_are_no_neighbours(
    client: FlaskClient, phone: str, why: str
) -> None:
    amara = Helper(client, a_door_night())

    answer = amara.details(phone=phone)

    assert answer.status_code == 422
    assert why in words(answer)
    assert db.session.scalar(select(func.count(ProofCode.id))) == 0


def test_sign_up_that_a_coordinator_closed_says_so_and_takes_nobody(client: FlaskClient) -> None:
    night = a_door_night()
    amara, alice = Helper(client, night), a_coordinator("Alice", organisation=night.organisation)
    amara.details()
    at_her_desk = sign_in(client.application.test_client(), alice)
    plan = "/coordinate/justice-in-motion/volunteers"

    at_her_desk.post(f"{plan}/sign-up", data={"closed": "1"})
    answers = [amara.press("volunteer/code", code=amara.digits()), amara.details(), amara.open("volunteer/friend/x")]
    page, notice = words(amara.open()), words(at_her_desk.get(plan))
    at_her_desk.post(f"{plan}/sign-up", data={"closed": "0"})

    assert [answer.headers["Location"] for answer in answers] == [f"{SLUG}/volunteer"] * 3
    assert "Sign-up is closed" in page
    assert "To help out, ask whoever runs the show." in page
    assert "Sign-up is closed. By Alice" in notice
    assert amara.press("volunteer/code", code=amara.digits()).status_code == 303
    assert taken_by_amara() == ["front-door-1"]


def test_coordinators_are_told_when_no_more_codes_are_sent(client: FlaskClient) -> None:
    night = a_door_night()
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    subject = subject_of(str(night.event.id))
    with transaction() as session:
        session.add_all(Attempt(kind="code-event", subject=subject, at=clock.now()) for _ in range(300))

    page = words(alice.get("/coordinate/justice-in-motion/volunteers"))

    assert "Too many sign-up codes were requested." in page
    assert "Close sign-up" in page
