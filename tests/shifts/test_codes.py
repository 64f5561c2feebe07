"""Six digits by text: one segment, fifteen minutes, five tries, three a phone."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from coordinator.accounts.actions import TooManyTries
from coordinator.core.sms_text import segments
from coordinator.db import db
from coordinator.messaging.models import Message
from coordinator.shifts.actions import Proof, ask_code, forget_old_codes, prove_phone, say_who
from coordinator.shifts.models import PhoneCode
from coordinator.shifts.refusals import CodeIsOver, WrongCode
from tests.builders import ANight, a_night, a_person, minutes

PHONE = "+13125550142"
WORDS = "You get a code now and a reminder."


def a_code(night: ANight, *, at: str = "12:00", name: str = "Amara", language: str = "en", **changes: str) -> PhoneCode:
    wanted: dict[str, Any] = {"phone": PHONE, "host": "show.example", "address": "192.0.2.7"} | changes
    return ask_code(night.event, name=name, language=language, words=WORDS, shift_id=None, now=night.at(at), **wanted)


def texts_with_codes() -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.kind == "code").order_by(Message.id)))


def digits_of(message: Message) -> str:
    return message.body[:6]


def another(digits: str) -> str:
    return f"{(int(digits) + 1) % 1_000_000:06}"


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_code_leaves_at_once_at_any_hour_in_one_segment_that_a_phone_can_fill_in(app: Flask, language: str) -> None:
    night = a_night(title="A very long title for a long evening of songs, speeches and dances in aid of good causes")

    a_code(night, language=language)

    [text] = texts_with_codes()
    assert re.fullmatch(r"\d{6} .*\n@show\.example #\d{6}", text.body, re.DOTALL)
    assert text.body.endswith(f"#{digits_of(text)}")
    assert segments(text.body) == 1
    assert (text.phone, text.language, text.state, text.any_hour) == (PHONE, language, "waiting", True)
    assert (text.due_at, text.useful_until) == (night.at("12:00"), night.at("12:15"))


def test_the_digits_are_not_kept_with_the_code(app: Flask) -> None:
    code = a_code(a_night())

    assert digits_of(texts_with_codes()[0]) not in code.code_hash
    assert (code.name, code.phone, code.words, code.tries) == ("Amara", PHONE, WORDS, 0)


def test_the_right_digits_make_somebody_new_who_has_agreed_in_these_words(app: Flask) -> None:
    night = a_night()
    code = a_code(night, language="es")

    person = prove_phone(code.id, digits_of(texts_with_codes()[0]), now=night.at("12:01")).person

    assert person is not None
    assert (person.name, person.phone, person.language) == ("Amara", PHONE, "es")
    assert person.organisation_id == night.organisation.id
    assert (person.agreed_at, person.agreed_how, person.agreed_words) == (night.at("12:01"), "sign-up", WORDS)


@pytest.mark.parametrize(
    ("known", "said"), [("Amara", "amara"), ("Amara Diallo", "Amara"), ("Amara", "Amara Diallo"), ("Zoë", "ZOË")]
)
def test_somebody_known_by_number_and_name_stays_the_same_person(app: Flask, known: str, said: str) -> None:
    night = a_night()
    somebody = a_person(known, organisation=night.organisation, phone=PHONE)
    code = a_code(night, name=said)

    assert prove_phone(code.id, digits_of(texts_with_codes()[0]), now=night.at("12:01")) == Proof(somebody)


def test_two_people_who_share_a_phone_are_asked_who_it_is(app: Flask) -> None:
    night = a_night()
    diallo = a_person("Amara Diallo", organisation=night.organisation, phone=PHONE, agreed=False)
    code = a_code(night, name="Amara Keita")

    proof = prove_phone(code.id, digits_of(texts_with_codes()[0]), now=night.at("12:01"))
    keita = say_who(code.id, None, now=night.at("12:02"))

    assert proof == Proof(None, [diallo])
    assert (keita.name, keita.phone, keita.agreed_words) == ("Amara Keita", PHONE, WORDS)
    assert diallo.agreed_at is None
    assert say_who(code.id, None, now=night.at("12:02")) == keita
    assert say_who(code.id, diallo.id, now=night.at("12:03")).agreed_at == night.at("12:03")


def test_a_name_that_two_of_them_have_is_asked_about_too(app: Flask) -> None:
    night = a_night()
    for name in ("Amara Diallo", "Amara Keita"):
        a_person(name, organisation=night.organisation, phone=PHONE)
    code = a_code(night, name="Amara")

    proof = prove_phone(code.id, digits_of(texts_with_codes()[0]), now=night.at("12:01"))

    assert (proof.person, [each.name for each in proof.others]) == (None, ["Amara Diallo", "Amara Keita"])


def test_nobody_says_who_they_are_without_a_proof_too_late_or_as_somebody_with_another_phone(app: Flask) -> None:
    night = a_night()
    a_person("Ben", organisation=night.organisation, phone=PHONE)
    elsewhere = a_person("Amara", organisation=night.organisation)
    code = a_code(night)

    with pytest.raises(CodeIsOver):
        say_who(code.id, None, now=night.at("12:01"))
    prove_phone(code.id, digits_of(texts_with_codes()[0]), now=night.at("12:01"))
    with pytest.raises(CodeIsOver):
        say_who(code.id, elsewhere.id, now=night.at("12:02"))
    with pytest.raises(CodeIsOver):
        say_who(code.id, None, now=night.at("12:16"))


def test_a_button_pressed_twice_sends_one_code_and_proves_it_once(app: Flask) -> None:
    night = a_night()
    wanted = {"phone": PHONE, "name": "Amara", "language": "en", "words": WORDS, "host": "show.example"}

    codes = [
        ask_code(night.event, shift_id=None, address="192.0.2.7", again=False, now=night.at("12:00"), **wanted)
        for _ in range(2)
    ]
    [text] = texts_with_codes()
    proofs = [prove_phone(codes[0].id, digits_of(text), now=night.at("12:01")) for _ in range(2)]

    assert codes[0] == codes[1]
    assert proofs[0] == proofs[1]


def test_somebody_of_another_house_with_this_number_is_somebody_else(app: Flask) -> None:
    night = a_night()
    elsewhere = a_person("Amara", phone=PHONE)
    code = a_code(night)

    person = prove_phone(code.id, digits_of(texts_with_codes()[0]), now=night.at("12:01")).person

    assert person is not None
    assert person.id != elsewhere.id


def test_a_code_proves_once_only(app: Flask) -> None:
    night = a_night()
    code = a_code(night)
    digits = digits_of(texts_with_codes()[0])
    prove_phone(code.id, digits, now=night.at("12:01"))

    with pytest.raises(CodeIsOver):
        prove_phone(code.id, digits, now=night.at("12:02"))


def test_a_code_is_over_after_fifteen_minutes(app: Flask) -> None:
    night = a_night()
    code = a_code(night)

    with pytest.raises(CodeIsOver):
        prove_phone(code.id, digits_of(texts_with_codes()[0]), now=night.at("12:15"))


def test_five_wrong_tries_end_a_code_even_for_the_right_digits(app: Flask) -> None:
    night = a_night()
    code = a_code(night)
    digits = digits_of(texts_with_codes()[0])
    refused: list[str] = []

    for _ in range(6):
        try:
            prove_phone(code.id, another(digits), now=night.at("12:01"))
        except (WrongCode, CodeIsOver) as refusal:
            refused.append(type(refusal).__name__)

    assert refused == ["WrongCode"] * 4 + ["CodeIsOver"] * 2
    with pytest.raises(CodeIsOver):
        prove_phone(code.id, digits, now=night.at("12:01"))


def test_a_newer_code_ends_the_older_one(app: Flask) -> None:
    night = a_night()
    first, second = a_code(night), a_code(night, at="12:02")
    old, new = map(digits_of, texts_with_codes())

    with pytest.raises(CodeIsOver):
        prove_phone(first.id, old, now=night.at("12:03"))
    person = prove_phone(second.id, new, now=night.at("12:03")).person
    assert person is not None
    assert person.phone == PHONE


def test_a_phone_gets_three_codes_in_fifteen_minutes(app: Flask) -> None:
    night = a_night()
    for minute in range(3):
        a_code(night, at=f"12:0{minute}")

    with pytest.raises(TooManyTries) as refusal:
        a_code(night, at="12:03")

    assert refusal.value.again_at == night.at("12:00") + minutes(15)
    assert len(texts_with_codes()) == 3
    assert a_code(night, at="12:15").phone == PHONE


def test_an_address_gets_forty_codes_in_fifteen_minutes_whatever_the_phones(app: Flask) -> None:
    night = a_night()
    for line in range(40):
        a_code(night, phone=f"+121255501{line:02}")

    with pytest.raises(TooManyTries):
        a_code(night, phone="+12125550150")
    assert a_code(night, phone="+12125550150", address="192.0.2.8").phone == "+12125550150"


def test_old_codes_are_forgotten_with_their_numbers(app: Flask) -> None:
    night = a_night()
    a_code(night)
    a_code(night, at="11:00+1", phone="+12125550143")

    gone = forget_old_codes(night.at("12:16+1"))

    assert gone == 1
    assert db.session.scalars(select(PhoneCode.phone)).all() == ["+12125550143"]


def test_a_refusal_speaks_the_readers_language(app: Flask) -> None:
    night = a_night()
    code = a_code(night)

    with app.test_request_context(), pytest.raises(CodeIsOver) as refusal:
        prove_phone(code.id, "000000", now=night.at("12:00") + timedelta(hours=1))

    with app.test_request_context(), force_locale("es"):
        assert str(refusal.value) == "Este código ya no funciona. Pide otro aquí abajo."
