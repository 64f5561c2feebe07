"""Six digits by text: one segment, fifteen minutes, five tries, three a phone, and the proof is one browser's."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from coordinator.accounts.actions.limits import TooManyTries
from coordinator.accounts.models import Actor, Attempt
from coordinator.accounts.queries import subject_of
from coordinator.core.sms_text import segments
from coordinator.db import db, transaction
from coordinator.events.actions.events import close_sign_up, open_sign_up, pause_texts, resume_texts
from coordinator.messaging.actions.holding import pause_all_texts, resume_all_texts
from coordinator.messaging.models import Message
from coordinator.people.models import Person
from coordinator.shifts.actions.codes import CodeRequest, Proof, ask_code, forget_old_codes, prove_sign_up, say_who
from coordinator.shifts.models import ProofCode
from coordinator.shifts.queries.code_limits import codes_are_exhausted
from coordinator.shifts.refusals.codes import CodeIsOver, SignUpIsClosed, TextsArePaused, TooManyCodes, WrongCode
from tests.builders import ANight, a_coordinator, a_night, a_person, minutes

PHONE = "+13125550142"
WORDS = "You get a code now and a reminder."


def a_code(
    night: ANight, *, at: str = "12:00", name: str = "Amara", language: str = "en", again: bool = True, **changes: Any
) -> ProofCode:
    wanted: dict[str, Any] = {
        "sent_to": PHONE,
        "host": "show.example",
        "address": "192.0.2.7",
        "browser": "hers",
    } | changes
    asked = CodeRequest(name=name, language=language, consent_words=WORDS, **wanted)
    return ask_code(night.event, asked, now=night.at(at), again=again)


def proved(code_id: int, digits: str, *, now: datetime, browser: str = "hers") -> Proof:
    return prove_sign_up(code_id, digits, browser=browser, now=now)


def said_who(code_id: int, person_id: int | None, *, now: datetime, browser: str = "hers") -> Person:
    return say_who(code_id, person_id, browser=browser, now=now)


def texts_with_codes() -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.kind == "code").order_by(Message.id)))


def digits_of(message: Message) -> str:
    return str(re.findall(r"\b\d{6}\b", message.body)[0])


def another(digits: str) -> str:
    return f"{(int(digits) + 1) % 1_000_000:06}"


ADDRESS = "amara@show.example"


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        (
            "en",
            "{} is your code for Songs for Justice in Motion",
            "It works for 15 minutes. Don't share it with anyone.",
        ),
        (
            "es",
            "{} es tu código para Songs for Justice in Motion",
            "Sirve durante 15 minutos. No lo compartas con nadie.",
        ),
    ],
)
def test_a_code_by_email_leaves_at_once_and_says_the_same(app: Flask, language: str, subject: str, words: str) -> None:
    night = a_night()

    a_code(night, sent_to=ADDRESS, language=language)

    [mail] = texts_with_codes()
    assert (mail.channel, mail.address, mail.phone, mail.any_hour) == ("email", ADDRESS, "", True)
    assert (mail.due_at, mail.useful_until) == (night.at("12:00"), night.at("12:15"))
    assert mail.mail is not None
    assert mail.mail["subject"] == subject.format(digits_of(mail))
    assert words in mail.mail["body"]
    assert "@show.example #" not in mail.body


def test_the_right_digits_by_email_make_somebody_new_who_has_agreed_to_emails_alone(app: Flask) -> None:
    night = a_night()
    code = a_code(night, sent_to=ADDRESS)

    person = proved(code.id, digits_of(texts_with_codes()[0]), now=night.at("12:01")).person

    assert person is not None
    assert (person.name, person.phone, person.email, person.prefers) == ("Amara", None, ADDRESS, "email")
    assert (person.email_agreed_at, person.email_agreed_how) == (night.at("12:01"), "sign-up")
    assert (person.email_agreed_words, person.agreed_at) == (WORDS, None)
    assert (person.can_be_texted, person.can_be_mailed) == (False, True)


def test_nobody_known_by_phone_is_taken_for_somebody_of_that_name_with_an_address(app: Flask) -> None:
    night = a_night()
    by_phone = a_person("Amara", organisation=night.organisation, phone=PHONE)
    code = a_code(night, sent_to=ADDRESS)

    proof = proved(code.id, digits_of(texts_with_codes()[0]), now=night.at("12:01"))

    assert proof.person is not None
    assert (proof.person.id == by_phone.id, by_phone.email) == (False, None)


def test_somebody_known_by_address_and_name_stays_the_same_person_and_is_told_as_they_chose_last(app: Flask) -> None:
    night = a_night()
    amara = a_person("Amara", organisation=night.organisation, phone=PHONE, email=ADDRESS)
    by_email, by_text = a_code(night, sent_to=ADDRESS), a_code(night, sent_to=PHONE)
    codes = texts_with_codes()

    first = proved(by_email.id, digits_of(codes[0]), now=night.at("12:01"))
    chose_emails = amara.channel
    second = proved(by_text.id, digits_of(codes[1]), now=night.at("12:02"))

    assert (first, second) == (Proof(amara), Proof(amara))
    assert (chose_emails, amara.channel) == ("email", "text")


def test_an_address_gets_three_codes_an_hour_whatever_a_phone_got(app: Flask) -> None:
    night = a_night()
    for _ in range(3):
        a_code(night, sent_to=ADDRESS)
        a_code(night)

    with pytest.raises(TooManyTries):
        a_code(night, sent_to=ADDRESS)
    assert a_code(night, sent_to="other@show.example").sent_to == "other@show.example"


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
    assert (code.name, code.sent_to, code.consent_words, code.tries) == ("Amara", PHONE, WORDS, 0)


def test_the_right_digits_make_somebody_new_who_has_agreed_in_these_words(app: Flask) -> None:
    night = a_night()
    code = a_code(night, language="es")

    person = proved(code.id, digits_of(texts_with_codes()[0]), now=night.at("12:01")).person

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

    assert proved(code.id, digits_of(texts_with_codes()[0]), now=night.at("12:01")) == Proof(somebody)


def test_two_people_who_share_a_phone_are_asked_who_it_is(app: Flask) -> None:
    night = a_night()
    diallo = a_person("Amara Diallo", organisation=night.organisation, phone=PHONE, agreed=False)
    code = a_code(night, name="Amara Keita")

    proof = proved(code.id, digits_of(texts_with_codes()[0]), now=night.at("12:01"))
    keita = said_who(code.id, None, now=night.at("12:02"))

    assert proof == Proof(None, [diallo])
    assert (keita.name, keita.phone, keita.agreed_words) == ("Amara Keita", PHONE, WORDS)
    assert diallo.agreed_at is None
    assert said_who(code.id, None, now=night.at("12:02")) == keita
    assert said_who(code.id, diallo.id, now=night.at("12:03")).agreed_at == night.at("12:03")


def test_a_name_that_two_of_them_have_is_asked_about_too(app: Flask) -> None:
    night = a_night()
    for name in ("Amara Diallo", "Amara Keita"):
        a_person(name, organisation=night.organisation, phone=PHONE)
    code = a_code(night, name="Amara")

    proof = proved(code.id, digits_of(texts_with_codes()[0]), now=night.at("12:01"))

    assert (proof.person, [each.name for each in proof.others]) == (None, ["Amara Diallo", "Amara Keita"])


def test_nobody_says_who_they_are_without_a_proof_too_late_or_as_somebody_with_another_phone(app: Flask) -> None:
    night = a_night()
    a_person("Ben", organisation=night.organisation, phone=PHONE)
    elsewhere = a_person("Amara", organisation=night.organisation)
    code = a_code(night)

    with pytest.raises(CodeIsOver):
        said_who(code.id, None, now=night.at("12:01"))
    proved(code.id, digits_of(texts_with_codes()[0]), now=night.at("12:01"))
    with pytest.raises(CodeIsOver):
        said_who(code.id, elsewhere.id, now=night.at("12:02"))
    with pytest.raises(CodeIsOver):
        said_who(code.id, None, now=night.at("12:16"))


def test_a_button_pressed_twice_sends_one_code_and_proves_it_once(app: Flask) -> None:
    night = a_night()
    codes = [a_code(night, again=False) for _ in range(2)]
    [text] = texts_with_codes()
    proofs = [proved(codes[0].id, digits_of(text), now=night.at("12:01")) for _ in range(2)]

    assert codes[0] == codes[1]
    assert proofs[0] == proofs[1]


def test_somebody_of_another_house_with_this_number_is_somebody_else(app: Flask) -> None:
    night = a_night()
    elsewhere = a_person("Amara", phone=PHONE)
    code = a_code(night)

    person = proved(code.id, digits_of(texts_with_codes()[0]), now=night.at("12:01")).person

    assert person is not None
    assert person.id != elsewhere.id


def test_a_code_proves_the_phone_to_the_browser_that_asked_for_it_and_to_no_other(app: Flask) -> None:
    night = a_night()
    code = a_code(night)
    digits = digits_of(texts_with_codes()[0])

    with pytest.raises(CodeIsOver):
        proved(code.id, digits, browser="another", now=night.at("12:01"))
    proof = proved(code.id, digits, now=night.at("12:01"))

    for browser in ("another", ""):
        with pytest.raises(CodeIsOver):
            proved(code.id, digits, browser=browser, now=night.at("12:02"))
        with pytest.raises(CodeIsOver):
            said_who(code.id, None, browser=browser, now=night.at("12:02"))
    assert proved(code.id, digits, now=night.at("12:05")) == proof


def test_two_browsers_that_ask_at_once_get_codes_of_their_own_and_end_nobodys(app: Flask) -> None:
    night = a_night()
    hers = a_code(night, again=False)
    a_code(night, browser="another", again=False)
    mine, _theirs = map(digits_of, texts_with_codes())

    assert proved(hers.id, mine, now=night.at("12:01")).person is not None


def test_two_tabs_of_a_browser_both_take_the_newest_code(app: Flask) -> None:
    night = a_night()
    tabs = [a_code(night), a_code(night, at="12:02")]
    newest = digits_of(texts_with_codes()[1])

    people = [proved(tab.id, newest, now=night.at("12:03")).person for tab in tabs]

    assert people[0] is not None
    assert people[0] == people[1]


def test_a_code_is_over_after_fifteen_minutes(app: Flask) -> None:
    night = a_night()
    code = a_code(night)

    with pytest.raises(CodeIsOver):
        proved(code.id, digits_of(texts_with_codes()[0]), now=night.at("12:15"))


def test_five_wrong_tries_end_a_code_even_for_the_right_digits(app: Flask) -> None:
    night = a_night()
    code = a_code(night)
    digits = digits_of(texts_with_codes()[0])
    refused: list[str] = []

    for _ in range(6):
        try:
            proved(code.id, another(digits), now=night.at("12:01"))
        except (WrongCode, CodeIsOver) as refusal:
            refused.append(type(refusal).__name__)

    assert refused == ["WrongCode"] * 4 + ["CodeIsOver"] * 2
    with pytest.raises(CodeIsOver):
        proved(code.id, digits, now=night.at("12:01"))


def test_a_newer_code_ends_the_older_one(app: Flask) -> None:
    night = a_night()
    first, second = a_code(night), a_code(night, at="12:02")
    old, new = map(digits_of, texts_with_codes())

    with pytest.raises(WrongCode):
        proved(first.id, old, now=night.at("12:03"))
    person = proved(second.id, new, now=night.at("12:03")).person
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
    assert a_code(night, at="12:15").sent_to == PHONE


def test_an_address_gets_forty_codes_in_fifteen_minutes_whatever_the_phones(app: Flask) -> None:
    night = a_night()
    for line in range(40):
        a_code(night, sent_to=f"+121255501{line:02}")

    with pytest.raises(TooManyTries):
        a_code(night, sent_to="+12125550150")
    assert a_code(night, sent_to="+12125550150", address="192.0.2.8").sent_to == "+12125550150"


def test_a_phone_gets_five_codes_a_day(app: Flask) -> None:
    night = a_night()
    for hour in range(5):
        a_code(night, at=f"{12 + hour}:00")

    with pytest.raises(TooManyTries):
        a_code(night, at="18:00")
    assert a_code(night, at="12:00+1").sent_to == PHONE


def test_codes_that_prove_their_number_do_not_count_against_the_address(app: Flask) -> None:
    night = a_night()
    for line in range(45):
        code = a_code(night, sent_to=f"+121255501{line:02}")
        proved(code.id, digits_of(texts_with_codes()[-1]), now=night.at("12:01"))

    assert a_code(night, sent_to="+12125550150").sent_to == "+12125550150"


def test_a_network_of_households_gets_a_hundred_codes(app: Flask) -> None:
    night = a_night()
    for line in range(100):
        a_code(night, sent_to=f"+121255501{line:02}", address=f"2001:db8:7:{line:x}::/64")

    with pytest.raises(TooManyTries):
        a_code(night, sent_to="+13125550199", address="2001:db8:7:ffff::/64")
    assert a_code(night, sent_to="+13125550199", address="2001:db8:8::/64").sent_to == "+13125550199"


@pytest.mark.parametrize(("kind", "subject", "tries"), [("code-event", "the show", 300), ("code-all", "all", 900)])
def test_a_show_and_an_installation_send_so_many_codes_an_hour(app: Flask, kind: str, subject: str, tries: int) -> None:
    night = a_night()
    of = str(night.event.id) if kind == "code-event" else subject
    with transaction() as session:
        session.add_all(Attempt(kind=kind, subject=subject_of(of), at=night.at("11:30")) for _ in range(tries))

    with pytest.raises(TooManyCodes):
        a_code(night)

    assert codes_are_exhausted(night.event, night.at("12:00"))
    assert not codes_are_exhausted(night.event, night.at("12:31"))
    assert a_code(night, at="12:31").sent_to == PHONE


def test_no_code_is_sent_while_texts_are_paused_or_sign_up_is_closed(app: Flask) -> None:
    night = a_night()
    owner = a_coordinator(organisation=night.organisation)

    pause_all_texts(night.organisation.id, actor=Actor.of(owner), now=night.at("11:00"))
    with pytest.raises(TextsArePaused):
        a_code(night)
    resume_all_texts(night.organisation.id, actor=Actor.of(owner), now=night.at("11:00"))
    pause_texts(night.event, actor=Actor.of(owner), now=night.at("11:00"))
    with pytest.raises(TextsArePaused):
        a_code(night)
    resume_texts(night.event, actor=Actor.of(owner), now=night.at("11:00"))
    close_sign_up(night.event, actor=Actor.of(owner), now=night.at("11:00"))
    with pytest.raises(SignUpIsClosed):
        a_code(night)
    open_sign_up(night.event, actor=Actor.of(owner), now=night.at("11:00"))

    assert a_code(night).sent_to == PHONE
    assert len(texts_with_codes()) == 1


def test_old_codes_are_forgotten_with_their_numbers(app: Flask) -> None:
    night = a_night()
    a_code(night)
    a_code(night, at="11:00+1", sent_to="+12125550143")

    gone = forget_old_codes(night.at("12:16+1"))

    assert gone == 1
    assert db.session.scalars(select(ProofCode.sent_to)).all() == ["+12125550143"]


def test_a_refusal_speaks_the_readers_language(app: Flask) -> None:
    night = a_night()
    code = a_code(night)

    with app.test_request_context(), pytest.raises(CodeIsOver) as refusal:
        proved(code.id, "000000", now=night.at("12:00") + timedelta(hours=1))

    with app.test_request_context(), force_locale("es"):
        assert str(refusal.value) == "Este código ya no funciona. Pide otro aquí abajo."
