"""The coordinators' page of shifts. Alice owns the event, Bob helps, Charlie must not see it."""

from datetime import date, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.accounts.models import Actor, AuditEntry, Coordinator
from coordinator.db import db, transaction
from coordinator.people.models import Person
from coordinator.shifts.actions.assigning import put_on_shift
from coordinator.shifts.models import Shift, SignUp
from tests.builders import ANight, a_coordinator, a_night, a_person, a_shift, sign_in
from tests.playing import Playing
from tests.reading import words

PAGE = "/coordinate/justice-in-motion/volunteers"


class Desk:
    """A coordinator in front of the page."""

    def __init__(self, client: FlaskClient, night: ANight, coordinator: Coordinator | None) -> None:
        self.night, self.client = night, client.application.test_client()
        if coordinator:
            sign_in(self.client, coordinator)

    def look(self, wall: str = "12:00") -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.get(PAGE)

    def ask(self, query: str, wall: str = "12:00") -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.get(PAGE + query)

    def follow(self, answer: TestResponse, wall: str = "12:00") -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.get(answer.headers["Location"])

    def open(self, path: str, wall: str = "12:00") -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.get(f"{PAGE}/{path}")

    def press(self, path: str, wall: str = "12:00", **fields: str) -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.post(f"{PAGE}/{path}", data=fields)

    def put_on(self, key: str, wall: str = "12:00", **fields: str) -> TestResponse:
        prefix = f"on-{self.night.shift(key).id}"
        return self.press(f"shifts/{key}/people", wall, **{f"{prefix}-{name}": said for name, said in fields.items()})


def a_door_night() -> ANight:
    return a_night(
        shifts=[
            a_shift("Front door", "19:15", "20:45", min=2, max=2, people=("Dana Door",)),
            a_shift("Clear up", "22:15", "23:15", max=4),
        ]
    )


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    return a_door_night()


@pytest.fixture
def alice(client: FlaskClient, night: ANight) -> Desk:
    return Desk(client, night, a_coordinator("Alice", organisation=night.organisation))


def people_on(night: ANight, key: str) -> list[tuple[str, str]]:
    return [(sign_up.person.name, sign_up.state) for sign_up in night.shift(key).sign_ups]


def test_every_shift_shows_who_is_on_it_and_what_is_missing(alice: Desk) -> None:
    said = words(alice.look())

    for expected in (
        "Spots taken 1 of 6 5 open spots",
        "Shifts short on people 2 Front door, Clear up",
        "Clear up Add a shift : Clear up, Fri, Dec 4 When People Spots"
        " 10:15–11:15 PM , Clear up Nobody yet 0 of 4 1 more needed",
        "Front door Add a shift : Front door, Fri, Dec 4 When People Spots"
        " 7:15–8:45 PM , Front door Coming Dana Door 1 of 2 1 more needed",
        "localhost/e/justice-in-motion/volunteer",
    ):
        assert expected in said


def test_each_shift_leads_to_its_own_page_where_people_are_added_and_removed(alice: Desk) -> None:
    said = words(alice.open("shifts/front-door-1"))

    assert 'href="/coordinate/justice-in-motion/volunteers/shifts/front-door-1"' in alice.look().text
    assert (
        "On this shift 1 more needed 7:15–8:45 PM · 2 spots, 2 needed Dana Door Coming Call"
        " Remove : Dana Door, Front door We'll tell Dana in 30 seconds. Add them back before then"
        " and nothing goes out."
    ) in said


def test_a_removal_can_be_undone_from_the_page_that_follows(client: FlaskClient, night: ANight) -> None:
    desk = Desk(client, night, a_coordinator("Bob", organisation=night.organisation, role="coordinator"))
    sign_up_id = db.session.scalars(select(SignUp.id)).one()

    removed = desk.press(f"sign-ups/{sign_up_id}/off")
    with time_machine.travel(night.at("12:00"), tick=False):
        page = desk.client.get(removed.location)
    with time_machine.travel(night.at("12:00"), tick=False):
        back = desk.client.post(f"{PAGE}/sign-ups/{sign_up_id}/back", follow_redirects=True)

    assert "Dana Door was removed from Front door." in words(page)
    assert f"/sign-ups/{sign_up_id}/back" in page.text
    assert "Dana Door is back on Front door." in words(back)
    assert people_on(night, "front-door-1") == [("Dana Door", "confirmed")]


def test_owners_and_coordinators_of_the_house_may_and_nobody_else(client: FlaskClient, night: ANight) -> None:
    sign_up_id = db.session.scalars(select(SignUp.id)).one()
    shift = {"work": "Tea", "on": "2026-12-04", "starts": "20:00", "ends": "21:00", "least": "1", "most": "1"}
    bob = a_coordinator("Bob", organisation=night.organisation, role="coordinator")
    doors = {
        "bob": Desk(client, night, bob),
        "charlie": Desk(client, night, a_coordinator("Charlie")),
        "nobody": Desk(client, night, None),
    }

    looked = {name: desk.look().status_code for name, desk in doors.items()}
    added = {name: desk.press("shifts", **shift).status_code for name, desk in doors.items()}
    removed = {name: desk.press(f"sign-ups/{sign_up_id}/off").status_code for name, desk in reversed(doors.items())}

    assert looked == {"bob": 200, "charlie": 404, "nobody": 303}
    assert added == {"bob": 303, "charlie": 404, "nobody": 303}
    assert removed == {"nobody": 303, "charlie": 404, "bob": 303}
    assert db.session.scalars(select(Shift.key).order_by(Shift.id)).all() == ["front-door-1", "clear-up-2", "tea-1"]
    assert people_on(night, "front-door-1") == [("Dana Door", "cancelled")]


def test_nobody_reaches_another_houses_sign_ups_through_their_own_show(client: FlaskClient, night: ANight) -> None:
    danas = db.session.scalars(select(SignUp.id)).one()
    charlie = a_coordinator("Charlie")
    a_night(organisation=charlie.organisation, slug="charlies")
    visitor = sign_in(client.application.test_client(), charlie)

    answer = visitor.post(f"/coordinate/charlies/volunteers/sign-ups/{danas}/off")

    assert answer.status_code == 404
    assert people_on(night, "front-door-1") == [("Dana Door", "confirmed")]


def test_somebody_known_is_put_on_by_name(alice: Desk, night: ANight) -> None:
    a_person("Ana Ruiz", organisation=night.organisation)

    answer = alice.put_on("front-door-1", name=" ana  ruiz ")

    assert answer.status_code == 303
    assert people_on(night, "front-door-1") == [("Dana Door", "confirmed"), ("Ana Ruiz", "confirmed")]
    plan = alice.follow(answer)
    assert "Ana Ruiz is now on Front door. We'll ask them in 30 seconds. Undo" in words(plan)
    assert db.session.scalars(select(AuditEntry.by)).all() == ["Alice"]


def test_somebody_new_gets_texts_only_when_they_agreed(alice: Desk, night: ANight) -> None:
    alice.put_on("clear-up-2", name="Bo", phone="(212) 555-0177", agreed="y")
    alice.put_on("clear-up-2", name="Cy", phone="(212) 555-0178")

    bo, cy = night.person("Bo"), night.person("Cy")
    assert (bo.phone, bo.agreed_how, bo.can_be_texted) == ("+12125550177", "told Alice", True)
    assert bo.agreed_words == "They said yes to texts about the show"
    assert (cy.phone, cy.can_be_texted) == ("+12125550178", False)


def test_somebody_new_without_a_phone_is_put_on_and_told_by_email(alice: Desk, night: ANight) -> None:
    alice.put_on("clear-up-2", name="Bo", phone="", email="Bo@Show.Example", agreed_to_emails="y")
    again = alice.put_on("front-door-1", name="Bo", email="bo@show.example")

    bo = night.person("Bo")
    assert (bo.phone, bo.email, bo.channel, bo.agreed_at) == (None, "bo@show.example", "email", None)
    assert (bo.email_agreed_how, bo.email_agreed_words) == ("told Alice", "They said yes to emails about the show")
    assert again.status_code == 303
    assert ("Bo", "confirmed") in people_on(night, "front-door-1")


def test_a_wrong_address_is_refused_and_nothing_typed_is_lost(alice: Desk) -> None:
    wrong = alice.put_on("clear-up-2", name="Bo", email="bo at show")

    assert wrong.status_code == 422
    assert "bo at show isn't an email address." in words(wrong)
    assert 'value="bo at show"' in wrong.text


def test_who_is_known_by_a_number_is_not_taken_for_the_one_with_an_address(alice: Desk, night: ANight) -> None:
    a_person("Ana Ruiz", organisation=night.organisation, phone="+12125550142")
    a_person("Cy", organisation=night.organisation, phone=None, email="cy@show.example")

    refused = alice.put_on("clear-up-2", name="Ana Ruiz", email="ana@show.example")
    alice.put_on("clear-up-2", name="Cy", phone="(212) 555-0178")

    assert "We already know Ana Ruiz at •••-0142." in words(refused)
    named = db.session.scalars(select(Person).where(Person.name == "Cy").order_by(Person.id)).all()
    assert [(each.phone, each.email) for each in named] == [(None, "cy@show.example"), ("+12125550178", None)]


def test_a_wrong_number_or_a_full_shift_is_refused_and_nothing_typed_is_lost(alice: Desk, night: ANight) -> None:
    wrong = alice.put_on("front-door-1", name="Bo", phone="12")
    alice.put_on("front-door-1", name="Bo")
    full = alice.put_on("front-door-1", name="Cy")
    empty = alice.put_on("clear-up-2", name="")

    assert (wrong.status_code, full.status_code, empty.status_code) == (422, 422, 422)
    assert 'value="12"' in wrong.text
    assert "12 is" in words(wrong)
    assert "Enter a name." in words(empty)
    assert people_on(night, "front-door-1") == [("Dana Door", "confirmed"), ("Bo", "confirmed")]


def test_a_coordinator_who_is_told_of_a_clash_may_say_why_it_should_be_so_all_the_same(
    alice: Desk, night: ANight
) -> None:
    told = alice.put_on("front-door-1", name="Josh Granowski")
    alice.put_on("front-door-1", name="Josh Granowski", override_reason="He plays by the door.")

    assert told.status_code == 422
    assert "Josh Granowski is on Josh Granowski at that time. Give a reason" in words(told)
    assert 'value="Josh Granowski"' in told.text
    assert ("Josh Granowski", "confirmed") in people_on(night, "front-door-1")
    kept = select(SignUp.override_reason).where(SignUp.override_reason.is_not(None))
    assert db.session.scalars(kept).all() == ["He plays by the door."]


def test_somebody_is_checked_in_and_taken_off(alice: Desk, night: ANight) -> None:
    sign_up_id = db.session.scalars(select(SignUp.id)).one()

    states = []
    for path, fields in (("here", {}), ("here", {"undo": "1"}), ("off", {}), ("off", {})):
        alice.press(f"sign-ups/{sign_up_id}/{path}", "18:15", **fields)
        states += people_on(night, "front-door-1")

    assert [state for _, state in states] == ["checked_in", "confirmed", "cancelled", "cancelled"]


def test_nobody_is_checked_in_before_check_in_opens(alice: Desk, night: ANight) -> None:
    sign_up_id = db.session.scalars(select(SignUp.id)).one()

    offered = ["Here: Dana Door" in alice.open("shifts/front-door-1", wall).text for wall in ("18:14", "18:15")]
    alice.press(f"sign-ups/{sign_up_id}/here", "18:14")

    assert offered == [False, True]
    assert [state for _, state in people_on(night, "front-door-1")] == ["confirmed"]
    assert "Check-in opens at 6:15 PM on Friday, December 4." in words(alice.look("18:14"))


def test_a_shift_is_added_over_midnight(alice: Desk, night: ANight) -> None:
    alice.press(
        "shifts", work="Night watch", note="Bring a torch", on="2026-12-04", starts="23:00", ends="01:30", least="0",
        most="2",
    )  # fmt: skip

    watch = night.shift("night-watch-1")
    assert (watch.starts_at, watch.ends_at) == (night.at("23:00"), night.at("01:30+1"))
    assert (watch.min, watch.max, watch.role.note) == (0, 2, "Bring a torch")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"work": ""}, "Enter what the work is"),
        ({"starts": "soon"}, "Not a valid time value."),
        ({"least": "3"}, "can't need more people than it has spots"),
        ({"most": "x"}, "Enter a whole number, like 2."),
    ],
)
def test_what_cannot_be_planned_is_said_and_nothing_typed_is_lost(
    alice: Desk, changed: dict[str, str], sentence: str
) -> None:
    shift = {"work": "Tea", "on": "2026-12-04", "starts": "20:00", "ends": "21:00", "least": "1", "most": "1"}

    answer = alice.press("shifts", **shift | changed)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'value="21:00"' in answer.text
    assert db.session.scalars(select(Shift.key).where(Shift.key.startswith("tea"))).all() == []


def test_a_shift_is_changed_and_called_off_and_back(alice: Desk, night: ANight) -> None:
    fields = {"on": "2026-12-04", "starts": "22:30", "ends": "23:30", "least": "2", "most": "6"}

    alice.press("shifts/clear-up-2", **fields)
    alice.press("shifts/clear-up-2/cancelled")
    called_off = night.shift("clear-up-2").cancelled_at
    page, its_own = words(alice.look()), words(alice.open("shifts/clear-up-2"))
    alice.press("shifts/clear-up-2/cancelled", undo="1")

    shift = night.shift("clear-up-2")
    assert (shift.starts_at, shift.ends_at, shift.min, shift.max) == (night.at("22:30"), night.at("23:30"), 2, 6)
    assert called_off == night.at("12:00")
    assert "0 of 6 Called off" in page
    assert "On this shift Called off" in its_own
    assert shift.cancelled_at is None


def test_fewer_places_than_people_are_refused(alice: Desk, night: ANight) -> None:
    alice.put_on("front-door-1", name="Bo")
    fields = {"on": "2026-12-04", "starts": "19:15", "ends": "20:45", "least": "1", "most": "1"}

    answer = alice.press("shifts/front-door-1", **fields)

    assert answer.status_code == 422
    assert "2 people are on this shift." in words(answer)
    assert db.session.scalars(select(Person.name).where(Person.name == "Bo")).one() == "Bo"


@pytest.mark.parametrize(("name", "status"), [("李小龙", 303), ("A" * 200, 303), ("A" * 201, 422)])
def test_a_name_in_another_alphabet_or_of_two_hundred_letters_is_a_name_and_a_longer_one_is_kept_to_be_shortened(
    alice: Desk, night: ANight, name: str, status: int
) -> None:
    answer = alice.put_on("clear-up-2", name=name)

    assert answer.status_code == status
    assert people_on(night, "clear-up-2") == ([(name, "confirmed")] if status == 303 else [])
    assert ("Names are limited to 200 characters." in words(answer)) == (status == 422)
    assert (f'value="{name}"' in answer.text) == (status == 422)


def test_two_people_may_have_one_phone_and_one_name_two_phones(alice: Desk, night: ANight) -> None:
    for name, phone in (("Bo", "(212) 555-0177"), ("Cy", "(212) 555-0177"), ("Bo", "(212) 555-0178")):
        assert alice.put_on("clear-up-2", name=name, phone=phone).status_code == 303

    on_it = [(each.person.name, each.person.phone) for each in night.shift("clear-up-2").sign_ups]
    assert on_it == [("Bo", "+12125550177"), ("Cy", "+12125550177"), ("Bo", "+12125550178")]


def anas(night: ANight) -> list[tuple[str, str | None]]:
    found = select(Person).where(Person.name == "Ana Ruiz", Person.organisation_id == night.organisation.id)
    return [(person.name, person.phone) for person in db.session.scalars(found.order_by(Person.id))]


def test_a_name_that_two_people_bear_is_asked_about_and_nothing_typed_is_lost(alice: Desk, night: ANight) -> None:
    for phone in ("+12125550177", "+12125550178"):
        a_person("Ana Ruiz", organisation=night.organisation, phone=phone)

    answer = alice.put_on("clear-up-2", name="Ana Ruiz", agreed="y")

    assert answer.status_code == 422
    assert "More than one person is named Ana Ruiz. Include the mobile number too." in words(answer)
    assert 'value="Ana Ruiz"' in answer.text
    assert (people_on(night, "clear-up-2"), len(anas(night))) == ([], 2)


def test_a_number_says_which_of_two_people_of_one_name_is_meant(alice: Desk, night: ANight) -> None:
    for phone in ("+12125550177", "+12125550178"):
        a_person("Ana Ruiz", organisation=night.organisation, phone=phone)

    alice.put_on("clear-up-2", name="ana ruiz", phone="(212) 555-0178")

    assert [each.person.phone for each in night.shift("clear-up-2").sign_ups] == ["+12125550178"]
    assert len(anas(night)) == 2


def test_somebody_known_without_a_number_gets_the_one_that_is_typed(alice: Desk, night: ANight) -> None:
    a_person("Ana Ruiz", organisation=night.organisation, phone=None)

    alice.put_on("clear-up-2", name="Ana Ruiz", phone="(212) 555-0177")

    assert anas(night) == [("Ana Ruiz", "+12125550177")]
    assert people_on(night, "clear-up-2") == [("Ana Ruiz", "confirmed")]
    changes = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(each.what, each.by) for each in changes if each.what.startswith("person")] == [("person.changed", "Alice")]


def test_who_is_refused_leaves_nobody_new_behind_and_changes_nobody(alice: Desk, night: ANight) -> None:
    a_person("Ana Ruiz", organisation=night.organisation, phone=None)
    alice.put_on("front-door-1", name="Bo")

    refused = [
        alice.put_on("front-door-1", name=name, phone="(212) 555-0177").status_code for name in ("Cy", "Ana Ruiz")
    ]

    assert refused == [422, 422]
    assert anas(night) == [("Ana Ruiz", None)]
    assert db.session.scalars(select(Person).where(Person.name == "Cy")).all() == []


def test_a_name_that_begins_with_an_accent_is_known_again_in_any_case(alice: Desk, night: ANight) -> None:
    a_person("Ángel Ruiz", organisation=night.organisation)

    alice.put_on("clear-up-2", name="ángel ruiz")

    assert people_on(night, "clear-up-2") == [("Ángel Ruiz", "confirmed")]


def test_a_time_that_the_clocks_leave_out_is_refused_and_nothing_typed_is_lost(client: FlaskClient) -> None:
    spring = a_night([], on=date(2027, 3, 13), doors=None, shifts=[a_shift("Watch", "23:00", "23:30")])
    with time_machine.travel(spring.at("12:00"), tick=False):
        alice = Desk(client, spring, a_coordinator("Alice", organisation=spring.organisation))

    answer = alice.press(
        "shifts", work="Night bar", note="Bring a torch", on="2027-03-14", starts="02:30", ends="04:00", least="1",
        most="2",
    )  # fmt: skip

    assert answer.status_code == 422
    assert "clocks go forward" in words(answer)
    assert 'value="02:30"' in answer.text
    assert 'value="Night bar"' in answer.text


def test_the_page_says_who_gets_a_text_and_whom_to_call_before_anything_is_pressed(alice: Desk, night: ANight) -> None:
    silent = a_person("Bo Elm", organisation=night.organisation, phone=None)
    put_on_shift(
        night.shift("front-door-1").id, silent, actor=Actor("Alice"), now=night.at("12:00") - timedelta(days=14)
    )
    with transaction():
        night.shift("front-door-1").sign_ups[1].will_come_at = night.at("11:00")
    shift = words(alice.open("shifts/front-door-1"))

    assert "We'll tell Dana in 30 seconds. Add them back before then and nothing goes out." in shift
    assert "Nothing reaches Bo. You'll have to call; it goes on your call list." in shift
    assert "1 person gets a text Dana Door" in shift
    assert "Tell Bo Elm in person" in shift
    assert ("they're no longer needed: Front door, Fri, Dec 4 at 7:15 PM. We don't have their number.") in shift


def test_the_page_shows_the_very_words_before_anyone_is_added_or_removed(alice: Desk, night: ANight) -> None:
    play = Playing(night.at("11:50"))
    asked = (
        "Benefit Nights: you're on: Front door 7:15pm, tonight, Side door, The Old Chapel. Reply C to confirm, X if you"
        " can't."
    )
    with transaction():
        night.shift("front-door-1").max, night.shift("front-door-1").place = 3, "Side door"
        night.event.contact_name, night.event.contact_phone = "Priya", "+12125550142"
    plan = words(alice.open("shifts/front-door-1"))
    dana = night.shift("front-door-1").sign_ups[0]

    alice.press(f"sign-ups/{dana.id}/off")
    removed = [body for _, _, body in play.until(night.at("12:02")) if "no longer on" in body]

    assert asked in plan
    assert len(removed) == 1
    assert removed[0] in plan
    assert "Questions? Call Priya, (212) 555-0142" in removed[0]


def test_adding_someone_can_be_undone_for_half_a_minute_and_then_nobody_hears_of_it(alice: Desk, night: ANight) -> None:
    a_person("Ana Ruiz", organisation=night.organisation)
    play = Playing(night.at("11:50"))
    added = alice.put_on("front-door-1", name="Ana Ruiz")
    ana = night.shift("front-door-1").sign_ups[-1]

    offered = f"/sign-ups/{ana.id}/off" in alice.follow(added, "12:00:29").text.partition("grid")[0]
    later = "is now on Front door" in words(alice.follow(added, "12:00:30"))
    alice.press(f"sign-ups/{ana.id}/off", "12:00:20")

    assert (offered, later) == (True, False)
    assert people_on(night, "front-door-1")[-1] == ("Ana Ruiz", "cancelled")
    assert [body for _, _, body in play.until(night.at("12:02")) if "Ana" in body] == []


def test_somebody_who_was_put_on_stands_there_as_not_told_until_they_are_asked(alice: Desk, night: ANight) -> None:
    a_person("Ana Ruiz", organisation=night.organisation)
    alice.put_on("front-door-1", name="Ana Ruiz")

    assert "Coming Dana Door Not told yet Ana Ruiz" in words(alice.look())
    assert "Ana hasn't been told about this shift, and won't be." in words(alice.open("shifts/front-door-1"))
    assert "Ana Ruiz Not told yet" in words(alice.open("shifts/front-door-1"))
    assert "Ana Ruiz Front door, 7:15–8:45 PM Not told yet" in words(alice.open("risk"))
