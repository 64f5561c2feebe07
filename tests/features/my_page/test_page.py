"""A person's own page: what they see, and what they can say."""

from datetime import timedelta

import icalendar
import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.accounts.models import Actor, AuditEntry, Via
from coordinator.db import db, transaction
from coordinator.shifts.actions.attendance import mark, new_key
from coordinator.shifts.actions.roles import RoleFacts, edit_role
from coordinator.shifts.actions.signing_up import take_shift
from coordinator.shifts.models import SignUp, SignUpSource
from coordinator.shownight.actions.pressing import cancel_slot, end_set, start_set
from tests.builders import MADE_AT, ANight, a_night, a_person, a_shift, a_sign_up, a_slot, minutes
from tests.features.show_night.pressing import SAM
from tests.links import new_link, token_of
from tests.reading import words


class Own:
    """One person of the night in front of their own page."""

    def __init__(self, client: FlaskClient, night: ANight, name: str) -> None:
        self.client, self.night, self.person = client, night, night.person(name)
        self.url = f"/me/{token_of(self.person)}"

    def look(self, wall: str = "12:00", path: str = "", **headers: str) -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.get(self.url + path, headers=headers)

    def press(self, path: str, wall: str = "12:00", **fields: str) -> TestResponse:
        with time_machine.travel(self.night.at(wall), tick=False):
            return self.client.post(f"{self.url}/{path}", data=fields)

    def slot_path(self, name: str, what: str) -> str:
        return f"slots/{self.night.slot(name).id}/{what}"

    def shift_path(self, what: str) -> str:
        return f"shifts/{self.sign_up().id}/{what}"

    def sign_up(self) -> SignUp:
        mine = select(SignUp).where(SignUp.person_id == self.person.id).execution_options(populate_existing=True)
        return db.session.scalars(mine).one()


def test_a_performer_is_asked_by_name_with_all_they_need_to_know(client: FlaskClient) -> None:
    carlos = Own(client, a_night(venue_address="214 Alder Street"), "Carlos Lumbi")

    said = words(carlos.look())

    for expected in (
        "Hi Carlos, can you play this slot?",
        "Friday, December 4 8:30–9:10 PM Carlos Lumbi, 40 minutes",
        "Be there by 7:30 PM",
        "The Old Chapel, 214 Alder Street",
        "After Josh Granowski, before The Poor Nobodys",
        "Yes, I'll play I can't Need a different time?",
        "Not Carlos?",
    ):
        assert expected in said


def test_looking_changes_nothing(client: FlaskClient) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Carlos Lumbi",))])
    carlos = Own(client, night, "Carlos Lumbi")
    revision = db.session.get_one(type(night.event), night.event.id).revision

    for path in ("", ".ics", "?lang=es"):
        assert carlos.look(path=path).status_code == 200
    for path in (carlos.slot_path("Carlos Lumbi", "answer"), carlos.shift_path("leave"), "language"):
        assert client.get(f"{carlos.url}/{path}").status_code == 405

    assert night.slot("Carlos Lumbi").answer == "invited"
    db.session.refresh(night.event)
    assert night.event.revision == revision
    assert db.session.scalars(select(AuditEntry)).all() == []


def test_the_page_is_kept_by_nobody_and_told_to_nobody(client: FlaskClient) -> None:
    answer = Own(client, a_night(), "Carlos Lumbi").look()

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_it_shows_nothing_of_anybody_else(client: FlaskClient) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Dana Door",))])
    carlos = Own(client, night, "Carlos Lumbi")
    phones = [night.person(name).phone or "" for name in ("Josh Granowski", "Carlos Lumbi", "Dana Door")]

    page = carlos.look().text

    assert not [phone for phone in phones if phone in page or phone[2:] in page]
    assert "Dana" not in page


@pytest.mark.parametrize("answer", ["confirmed", "declined"])
def test_an_answer_is_kept_with_how_and_who_and_can_be_changed(client: FlaskClient, answer: str) -> None:
    night = a_night()
    carlos = Own(client, night, "Carlos Lumbi")

    pressed = carlos.press(carlos.slot_path("Carlos Lumbi", "answer"), "12:00", answer=answer)

    slot = night.slot("Carlos Lumbi")
    assert (slot.answer, slot.answered_via, slot.answered_at) == (answer, "link", night.at("12:00"))
    assert (pressed.status_code, pressed.headers["Location"]) == (303, f"{carlos.url}#slot-{slot.id}")
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.by, entry.what) == ("Carlos Lumbi", "slot.answered")
    carlos.press(carlos.slot_path("Carlos Lumbi", "answer"), "12:01", answer="confirmed")
    assert night.slot("Carlos Lumbi").answer == "confirmed"
    assert "You said yes. You're playing." in words(carlos.look())


def test_another_time_is_kept_for_a_coordinator_and_leaves_the_slot_open(client: FlaskClient) -> None:
    night = a_night()
    carlos = Own(client, night, "Carlos Lumbi")

    carlos.press(carlos.slot_path("Carlos Lumbi", "another-time"), asks_for=" After 9,\r\n if you can ")

    slot = night.slot("Carlos Lumbi")
    assert (slot.asks_for, slot.answer) == ("After 9, if you can", "invited")
    assert "You asked for a different time: After 9, if you can" in words(carlos.look())


@pytest.mark.parametrize("asked", ["", "x" * 301])
def test_another_time_without_words_says_what_is_missing_and_loses_nothing(client: FlaskClient, asked: str) -> None:
    carlos = Own(client, a_night(), "Carlos Lumbi")

    answer = carlos.press(carlos.slot_path("Carlos Lumbi", "another-time"), asks_for=asked)

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert f">{asked}</textarea>" in answer.text


def test_on_the_day_they_can_be_late_and_be_here(client: FlaskClient) -> None:
    night = a_night()
    carlos = Own(client, night, "Carlos Lumbi")
    late, here = carlos.slot_path("Carlos Lumbi", "late"), carlos.slot_path("Carlos Lumbi", "here")

    carlos.press(late, "19:50", minutes="10")
    ten = night.slot("Carlos Lumbi").said_late_by
    carlos.press(late, "19:51", minutes="5", other="25")
    page = words(carlos.look("19:52"))
    carlos.press(late, "19:53", minutes="0")
    carlos.press(here, "20:00")

    slot = night.slot("Carlos Lumbi")
    assert ten == minutes(10)
    assert "You said: about 8:55 PM, 25 minutes late." in page
    assert (slot.said_late_by, slot.said_here_at, slot.late_by) == (None, night.at("20:00"), None)
    carlos.press(here, "20:01", undo="1")
    assert night.slot("Carlos Lumbi").said_here_at is None


@pytest.mark.parametrize("said", ["", "-5", "soon", "181", "1e3", "²"])
def test_minutes_that_are_none_are_refused(client: FlaskClient, said: str) -> None:
    night = a_night()
    carlos = Own(client, night, "Carlos Lumbi")

    carlos.press(carlos.slot_path("Carlos Lumbi", "late"), "19:50", other=said)

    assert night.slot("Carlos Lumbi").said_late_by is None
    assert "from 1 to 180" in words(carlos.look("19:50"))


def test_days_before_nobody_is_late_or_here(client: FlaskClient) -> None:
    said = words(Own(client, a_night(), "Carlos Lumbi").look("12:00-3"))

    assert "I'm here" not in said
    assert "I'll be late" not in said


def test_a_moved_set_a_running_one_and_a_cancelled_one_are_told(client: FlaskClient) -> None:
    night = a_night()
    josh, carlos = Own(client, night, "Josh Granowski"), Own(client, night, "Carlos Lumbi")
    nobodys = Own(client, night, "The Poor Nobodys")
    start_set(night.slot("Josh Granowski").id, actor=Actor("Sam"), now=night.at("20:15"))
    cancel_slot(night.slot("The Poor Nobodys").id, actor=Actor("Sam"), now=night.at("20:16"))

    assert "You're on now." in words(josh.look("20:20"))
    assert "was 8:30 now 8:40–9:20 PM" in words(carlos.look("20:20"))
    assert "This slot was canceled. You're not playing." in words(nobodys.look("20:20"))


def test_only_their_own_slot_can_be_answered(client: FlaskClient) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Dana Door",))])
    carlos = Own(client, night, "Carlos Lumbi")
    danas = db.session.scalars(select(SignUp.id)).one()

    refused = [
        carlos.press(carlos.slot_path("Josh Granowski", "answer"), answer="declined"),
        carlos.press(carlos.slot_path("Josh Granowski", "late"), minutes="10"),
        carlos.press(f"shifts/{danas}/leave"),
    ]

    assert [answer.status_code for answer in refused] == [404, 404, 404]
    assert night.slot("Josh Granowski").answer == "invited"
    assert carlos.press(carlos.slot_path("Carlos Lumbi", "answer"), answer="cancelled").status_code == 400


def test_two_people_on_one_phone_have_a_page_each(client: FlaskClient) -> None:
    night = a_night([a_slot("Ana", "20:00"), a_slot("Bo", "21:00")])
    with transaction():
        night.person("Bo").phone = night.person("Ana").phone

    assert "Hi Ana" in words(Own(client, night, "Ana").look())
    assert "Hi Bo" in words(Own(client, night, "Bo").look())


def test_a_volunteer_sees_their_shift_and_can_say_that_they_are_there(client: FlaskClient) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Dana Door",))])
    dana = Own(client, night, "Dana Door")

    said = words(dana.look())
    dana.press(dana.shift_path("here"), "19:10")

    assert "Hi Dana, you're signed up for Front door Friday, December 4 7:15–8:45 PM Front door" in said
    assert dana.sign_up().state == "checked_in"
    dana.press(dana.shift_path("here"), "19:11", undo="1")
    assert dana.sign_up().state == "confirmed"


def test_a_volunteer_who_cannot_come_opens_the_place_until_it_is_too_late_for_that(client: FlaskClient) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Dana Door",), max=1)])
    dana = Own(client, night, "Dana Door")
    leave = dana.shift_path("leave")

    dana.press(leave, "15:16")
    too_late = dana.sign_up().state
    dana.press(leave, "15:15")

    assert too_late == "confirmed"
    assert dana.sign_up().state == "cancelled"
    assert night.shift("front-door-1").places_left == 1
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.what, entry.by) == ("shift.left", "Dana Door")


def test_a_place_that_was_given_up_is_taken_back_on_the_same_page_for_ten_minutes(client: FlaskClient) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Dana Door",), max=1)])
    dana = Own(client, night, "Dana Door")
    back = dana.shift_path("back")

    dana.press(dana.shift_path("leave"), "12:00")
    left, later = words(dana.look("12:09")), words(dana.look("12:10"))
    too_late = dana.press(back, "12:10").status_code
    dana.press(back, "12:09")
    kept = words(dana.look("12:09"))

    assert "You're no longer signed up for Front door. Thanks for letting us know. Undo" in left
    assert "no longer signed up" not in later
    assert too_late == 404
    assert "Great. Front door is yours again." in kept
    assert "no longer signed up" not in kept
    assert dana.sign_up().state == "confirmed"


def test_a_place_that_somebody_else_took_meanwhile_is_not_taken_back(client: FlaskClient) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Dana Door",), max=1)])
    dana = Own(client, night, "Dana Door")
    dana.press(dana.shift_path("leave"), "12:00")
    a_sign_up(night, night.shift("front-door-1"), "Zed")

    dana.press(dana.shift_path("back"), "12:01")

    assert "Front door has just filled up." in words(dana.look("12:01"))
    assert dana.sign_up().state == "cancelled"


def test_a_waitlist_that_another_shift_made_impossible_is_said_for_a_day(client: FlaskClient) -> None:
    shifts = [a_shift("Front door", "19:15", "20:45"), a_shift("Tea", "20:00", "21:00")]
    night = a_night(shifts=shifts)
    a_sign_up(night, night.shift("front-door-1"), "Dana Door", state="waitlisted")
    at = night.at("12:00") - timedelta(days=3)
    take_shift(night.shift("tea-2").id, night.person("Dana Door"), now=at, source=SignUpSource.LINK)
    dana = Own(client, night, "Dana Door")
    seen = []

    for when in (at + timedelta(minutes=1), at + timedelta(days=1)):
        with time_machine.travel(when, tick=False):
            seen.append(words(client.get(dana.url)))

    said = "You're off the waitlist for Front door: it doesn't fit with Tea, which you now have."
    assert [said in page for page in seen] == [True, False]
    assert "On the waitlist" not in seen[0]


def test_who_was_marked_absent_may_still_say_that_they_are_here_until_the_shift_is_over(client: FlaskClient) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Dana Door",))])
    dana, said_at = Own(client, night, "Dana Door"), night.at("19:40")
    mark(dana.sign_up(), "no_show", key=new_key(), at=said_at, actor=Actor("Alice", via=Via.SHEET), now=said_at)

    said = words(dana.look("19:45"))
    over = (words(dana.look("20:45")), dana.press(dana.shift_path("here"), "20:45").status_code)
    dana.press(dana.shift_path("here"), "19:45")

    assert "You're marked as not there. If you're here, check in. I'm here" in said
    assert "I can't make it" not in said
    assert "Front door" not in over[0]
    assert over[1] == 404
    assert dana.sign_up().state == "checked_in"


@pytest.mark.parametrize("what", ["cover", "leave", "coming"])
def test_who_was_marked_absent_cannot_give_up_the_shift_any_more(client: FlaskClient, what: str) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Dana Door",))])
    dana, said_at = Own(client, night, "Dana Door"), night.at("19:40")
    mark(dana.sign_up(), "no_show", key=new_key(), at=said_at, actor=Actor("Alice", via=Via.SHEET), now=said_at)

    dana.press(dana.shift_path(what), "19:45")

    assert (dana.sign_up().state, dana.sign_up().wants_cover_at) == ("no_show", None)


def test_a_shift_that_follows_the_show_is_about_a_time(client: FlaskClient) -> None:
    night = a_night(shifts=[a_shift("Strike", follows="Carlos Lumbi", people=("Dana Door",))])
    start_set(night.slot("Josh Granowski").id, actor=Actor("Sam"), now=night.at("20:20"))

    assert "about 8:40–8:45 PM" in words(Own(client, night, "Dana Door").look("20:25"))


def test_the_language_is_kept_on_the_person(client: FlaskClient) -> None:
    night = a_night()
    carlos = Own(client, night, "Carlos Lumbi")

    pressed = carlos.press("language", language="es")

    assert pressed.headers["Location"] == f"{carlos.url}?lang=es"
    db.session.refresh(carlos.person)
    assert carlos.person.language == "es"
    fresh = client.application.test_client().get(carlos.url)
    assert '<html lang="es"' in fresh.text
    assert carlos.press("language", language="tlh").status_code == 400


def test_a_link_that_was_revoked_is_gone_and_an_unknown_one_is_nothing(client: FlaskClient) -> None:
    carlos = Own(client, a_night(), "Carlos Lumbi")
    new_link(carlos.person, MADE_AT + timedelta(days=1))

    gone, nothing = carlos.look(), client.get("/me/nobody-has-this")

    assert (gone.status_code, nothing.status_code) == (410, 404)
    assert "Check our latest message" in gone.text
    assert "Open it from our message again" in nothing.text
    assert carlos.press("language", language="es").status_code == 410


def test_after_the_show_the_page_is_empty_and_kind(client: FlaskClient) -> None:
    carlos = Own(client, a_night(), "Carlos Lumbi")

    said = words(carlos.look("05:00+1"))

    assert "Hi Carlos, you have nothing scheduled right now" in said


def test_the_own_calendar_holds_slots_and_shifts(client: FlaskClient) -> None:
    night = a_night(shifts=[a_shift("Clear up", "22:15", "23:15", people=("Carlos Lumbi",))])
    carlos = Own(client, night, "Carlos Lumbi")

    answer = carlos.look(path=".ics")

    entries = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert [(str(entry["SUMMARY"]).split(",")[0], entry.decoded("dtstart")) for entry in entries] == [
        ("Carlos Lumbi", night.at("20:30")),
        ("Clear up", night.at("22:15")),
    ]
    assert answer.headers["Cache-Control"] == "no-store"


def test_somebody_without_consent_is_told_that_no_texts_come(client: FlaskClient) -> None:
    night = a_night()
    quiet = a_person("Quentin", organisation=night.organisation, agreed=False)

    page = client.get(f"/me/{token_of(quiet)}")

    assert "You don't get texts or emails from us. Check here for changes." in page.text


def test_who_has_a_place_reads_what_to_do_in_their_language(client: FlaskClient) -> None:
    night = a_night(shifts=[a_shift("Bar", "19:15", "20:45", people=("Ana Ruiz",))])
    role = night.shift("bar-1").role
    edit_role(
        role,
        RoleFacts("Bar", instructions="Ask <Ines> for the float.", instructions_es="Pide el cambio a Ines."),
        actor=Actor("Alice"),
        now=night.at("12:00"),
    )
    ana = Own(client, night, "Ana Ruiz")

    english, spanish = ana.look(), ana.look(path="?lang=es")

    assert "Ask &lt;Ines&gt; for the float." in english.text
    assert "What to do Ask <Ines> for the float." in words(english)
    assert "Pide el cambio a Ines." in words(spanish)


def test_on_the_day_they_check_in_from_an_hour_before_they_must_be_there(client: FlaskClient) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Dana Door",), call=minutes(15))])
    dana, carlos = Own(client, night, "Dana Door"), Own(client, night, "Carlos Lumbi")
    here = carlos.slot_path("Carlos Lumbi", "here")

    early = [words(dana.look("17:59")), words(carlos.look("18:29"))]
    dana.press(dana.shift_path("here"), "17:59")
    refused = words(dana.look("17:59"))
    carlos.press(here, "18:29")
    before = (dana.sign_up().state, night.slot("Carlos Lumbi").said_here_at)
    dana.press(dana.shift_path("here"), "18:00")
    carlos.press(here, "18:30")

    assert ["I'm here" in page for page in early] == [False, False]
    assert "You can check in here from 6:00 PM." in early[0]
    assert "You can check in here from 6:30 PM." in early[1]
    assert "Check-in opens at 6:00 PM on Friday, December 4." in refused
    assert before == ("confirmed", None)
    assert (dana.sign_up().state, night.slot("Carlos Lumbi").said_here_at) == ("checked_in", night.at("18:30"))


def test_a_performer_reads_where_they_stand_in_the_words_of_every_page(client: FlaskClient) -> None:
    """Called at 19:30 for 20:30."""
    night = a_night()
    carlos = Own(client, night, "Carlos Lumbi")
    here, pages = carlos.slot_path("Carlos Lumbi", "here"), list[str]()
    pages.extend(words(carlos.look(wall)) for wall in ("18:29", "18:30", "19:31"))
    carlos.press(here, "19:32")
    pages.append(words(carlos.look("19:33")))
    start_set(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("20:30"))
    pages.append(words(carlos.look("20:31")))
    end_set(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("21:00"))
    pages.append(words(carlos.look("21:01")))

    for page, said in zip(
        pages,
        (
            "You can check in here from 6:30 PM.",
            "Expected I'm here",
            "You were due at 7:30 PM I'm here",
            "Here since 7:32 PM Not here yet",
            "You're on now.",
            "Done. Thank you for playing!",
        ),
        strict=True,
    ):
        assert said in page
    assert carlos.press(here, "21:02").status_code == 404
