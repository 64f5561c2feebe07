"""A text comes in: stored once, obeyed or answered, or left for a person to read."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from coordinator.db import db, transaction
from coordinator.messaging.actions.inbound import InboundText, leave_to_people, receive_text
from coordinator.messaging.actions.outbox import queue_text
from coordinator.messaging.gateway import RecordingGateway
from coordinator.messaging.models import Direction, Message, OptOut
from coordinator.people.models import Person
from tests.builders import MADE_AT, a_message, a_night, a_person, an_organisation, minutes
from tests.messaging.posting import bodies, send_due, state

SENDER = "+12125550100"
STRANGER = "+12125550277"  # none of the numbers that a_phone() gives out


class Answering:
    """Remembers what it was given to answer."""

    def __init__(self, then: Callable[[Message], None] = lambda message: None) -> None:
        self.bodies: list[str] = []
        self.then = then

    def __call__(self, message: Message, now: datetime) -> None:
        self.bodies.append(message.body)
        self.then(message)


def text_in(
    phone: str,
    body: str,
    answer: Any = leave_to_people,
    *,
    sid: str = "SM1",
    media: int = 0,
    now: datetime = MADE_AT,
) -> Message:
    return receive_text(
        InboundText(phone=phone, to=SENDER, body=body, sid=sid, num_media=media), now=now, answer=answer
    )


def opt_outs() -> list[tuple[str, str, str, datetime | None]]:
    return [(opt_out.phone, opt_out.sender, opt_out.cause, opt_out.lifted_at) for opt_out in db.session.query(OptOut)]


def test_a_text_is_stored_with_who_wrote_it_and_handed_on(app: Flask) -> None:
    night = a_night()
    josh, answering = night.person("Josh Granowski"), Answering()

    message = text_in(josh.phone or "", "C", answering)

    assert (
        message.direction,
        message.state,
        message.phone,
        message.body,
        message.provider_sid,
        message.created_at,
    ) == (
        "in",
        "received",
        josh.phone,
        "C",
        "SM1",
        MADE_AT,
    )
    assert (message.person, message.organisation_id, message.needs_answer) == (josh, night.organisation.id, False)
    assert answering.bodies == ["C"]


@pytest.mark.parametrize(
    ("body", "media", "language", "kept"),
    [
        ("", 1, "en", "[1 attachment]"),
        ("The amp", 2, "en", "The amp [2 attachments]"),
        ("", 2, "es", "[2 adjuntos]"),
        ("Hello ", 0, "en", "Hello "),
        ("C", 1, "en", "C"),  # the letter must still be read as one
    ],
)
def test_a_picture_without_words_is_no_empty_line(
    sqlite_app: Flask, body: str, media: int, language: str, kept: str
) -> None:
    josh = a_night().person("Josh Granowski")
    with transaction():
        josh.language = language

    message = text_in(josh.phone or "", body, media=media)

    assert message.body == kept


def test_the_same_text_again_changes_nothing(app: Flask) -> None:
    night = a_night()
    phone, answering = night.person("Josh Granowski").phone or "", Answering()

    first = text_in(phone, "C", answering)
    again = text_in(phone, "C", answering)

    assert first.id == again.id
    assert answering.bodies == ["C"]
    assert db.session.query(Message).count() == 1


def test_what_cannot_be_answered_stays_for_a_person_to_read(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    night = a_night()
    josh = night.person("Josh Granowski")

    def break_off(message: Message, now: datetime) -> None:
        queue_text(organisation_id=None, event_id=None, person=josh, kind="echo", body="half an answer", now=now)
        raise LookupError(message.phone)

    message = text_in(josh.phone or "", "C", break_off)

    assert (message.needs_answer, message.state) == (True, "received")
    assert db.session.query(Message).count() == 1
    assert "could not be answered: LookupError" in caplog.text
    assert str(josh.phone) not in caplog.text


def test_an_unknown_number_is_stored_for_a_person_to_read(app: Flask) -> None:
    organisation = an_organisation()

    message = text_in(STRANGER, "hello?")

    assert (message.person, message.organisation_id, message.needs_answer) == (None, organisation.id, True)


def test_an_unknown_number_that_could_belong_to_several_organisations_belongs_to_none(app: Flask) -> None:
    an_organisation("One")
    an_organisation("Two")

    assert text_in(STRANGER, "hello?").organisation_id is None


def test_a_shared_phone_is_nobodys_in_particular(app: Flask) -> None:
    organisation = an_organisation()
    for name in ("Ana", "Ben"):
        a_person(name, organisation=organisation, phone=STRANGER)

    message = text_in(STRANGER, "C")

    assert (message.person, message.organisation_id) == (None, organisation.id)


def test_a_phone_that_two_organisations_know_answers_the_one_that_texted_last(app: Flask) -> None:
    nights = [a_night(slug=slug, organisation=an_organisation(slug)) for slug in ("one", "two", "three")]
    people: list[Person] = [night.person("Josh Granowski") for night in nights]
    with transaction():
        for person in people:
            person.phone = STRANGER
    for place in (0, 1):
        at = MADE_AT + minutes(place)
        a_message(nights[place], people[place], state="delivered", created_at=at, sent_at=at)

    message = text_in(STRANGER, "C")

    assert (message.person_id, message.organisation_id, message.event_id) == (
        people[1].id,
        nights[1].organisation.id,
        nights[1].event.id,
    )


@pytest.mark.parametrize("body", ["STOP", "stop.", "Unsubscribe", "STOP ALL"])
def test_stop_is_obeyed_before_all_else_and_the_network_confirms_it(app: Flask, body: str) -> None:
    night = a_night()
    josh, answering = night.person("Josh Granowski"), Answering()

    message = text_in(josh.phone or "", body, answering)

    word = "STOPALL" if "ALL" in body else body.strip(".").upper()
    assert opt_outs() == [(josh.phone, SENDER, word, None)]
    assert (answering.bodies, message.needs_answer) == ([], False)
    assert db.session.query(Message).count() == 1


@pytest.mark.parametrize("body", ["CANCEL", "end", "Quit"])
def test_a_word_that_may_give_up_the_slot_stops_texts_and_is_read_by_a_person(app: Flask, body: str) -> None:
    night = a_night()
    josh = night.person("Josh Granowski")

    message = text_in(josh.phone or "", body)

    assert opt_outs() == [(josh.phone, SENDER, body.upper(), None)]
    assert message.needs_answer


def test_stop_twice_is_one_wish(app: Flask) -> None:
    night = a_night()
    phone = night.person("Josh Granowski").phone or ""

    text_in(phone, "STOP", sid="SM1")
    text_in(phone, "STOP", sid="SM2")

    assert len(opt_outs()) == 1


def test_start_lifts_the_stop_and_says_so(app: Flask) -> None:
    night = a_night()
    phone, now = night.person("Josh Granowski").phone or "", night.at("12:00")
    text_in(phone, "STOP", sid="SM1")

    text_in(phone, "START", sid="SM2", now=now)
    gateway = RecordingGateway()
    send_due(gateway, now)

    assert opt_outs() == [(phone, SENDER, "STOP", now)]
    assert bodies(gateway) == ["Benefit Nights: texts are back on. Reply HELP for help, STOP to stop them."]


def test_a_person_who_stopped_may_still_write(app: Flask) -> None:
    night = a_night()
    phone, answering = night.person("Josh Granowski").phone or "", Answering()
    text_in(phone, "STOP", sid="SM1")

    text_in(phone, "I am late", answering, sid="SM2")

    assert answering.bodies == ["I am late"]


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        (
            "HELP",
            "Benefit Nights texts you about your slot or shift at our shows. Write back and a person will read it."
            " Reply STOP to stop texts.",
        ),
        (
            "ayuda",
            "Benefit Nights te escribe sobre tu actuacion o tu turno. Si respondes, lo lee una persona."
            " Responde STOP para no recibir mensajes.",
        ),
    ],
)
def test_help_says_who_runs_this_and_how_to_stop_it(app: Flask, body: str, answer: str) -> None:
    night = a_night()

    message = text_in(night.person("Josh Granowski").phone or "", body, Answering())
    gateway = RecordingGateway()
    send_due(gateway, MADE_AT)

    echo = db.session.query(Message).filter(Message.direction == Direction.OUT).one()
    assert (bodies(gateway), message.needs_answer) == ([answer], False)
    assert (echo.kind, echo.answers_id, echo.any_hour, state(echo)) == ("echo", message.id, True, "accepted")
    assert echo.segments == 1


def test_help_is_given_even_where_answering_fails(app: Flask) -> None:
    def fail(message: Message) -> None:
        raise RuntimeError("no answer")

    message = text_in(a_night().person("Josh Granowski").phone or "", "HELP", Answering(fail))
    gateway = RecordingGateway()
    send_due(gateway, MADE_AT)

    assert bodies(gateway)[0].startswith("Benefit Nights texts you about your slot or shift")
    assert message.needs_answer is False


def test_help_is_given_to_numbers_that_nobody_knows(app: Flask) -> None:
    text_in(STRANGER, "HELP")
    gateway = RecordingGateway()
    send_due(gateway, MADE_AT)

    assert [text.to for text in gateway.texts] == [STRANGER]
    assert bodies(gateway)[0].startswith("Callboard texts you")


def test_a_body_with_a_character_that_no_database_keeps_is_kept_without_it(app: Flask) -> None:
    assert text_in(STRANGER, "hel\x00lo").body == "hello"
