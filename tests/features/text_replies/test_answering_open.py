"""Whoever answers is understood: what was asked, by number and by name, reactions, opt-outs, and what nobody gets."""

from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.features.text_replies.routing import answer_text
from coordinator.features.texts.actions import answer
from coordinator.messaging.actions.inbound import InboundText, receive_text
from coordinator.messaging.models import Message, MessageChange
from coordinator.messaging.queries.outbox import open_opt_outs
from coordinator.messaging.queries.texts import inbox
from coordinator.shifts.actions.swapping import ask_swap
from coordinator.shifts.models import SignUp
from tests.builders import a_coordinator, a_night, a_person, a_shift, a_slot
from tests.night import ANight, in_the_cast
from tests.playing import PUBLIC_URL, Playing, knows_us


def phone_of(night: ANight, name: str) -> str:
    return night.person(name).phone or ""


def says(playing: Playing, phone: str, body: str) -> list[str]:
    """Texts from this phone; gives back what leaves to it at once."""
    playing.text_in(phone, body)
    seen = len(playing.texts)
    playing.tick()
    return [said for _, to, said in playing.texts[seen:] if to == phone]


def asked(*slots: tuple[str, str], language: str = "en") -> tuple[ANight, Playing, str, str]:
    """Acts of one person, asked three days before; also that person's phone and the text that asked first."""
    first = slots[0][0]
    night = a_night([a_slot(name, at, people=(first,)) for name, at in slots])
    with transaction():
        night.person(first).language = language
    playing = Playing(night.at("12:00") - timedelta(days=3))
    playing.tick()
    phone = phone_of(night, first)
    return night, playing, phone, next(body for _, to, body in playing.texts if to == phone)


@pytest.mark.parametrize(
    "body", ["Yes, we can play! Thanks for asking", "👍", "sounds good", "Yes – Josh", "I'll be there"]
)
def test_they_answer_as_people_do(app: Flask, body: str) -> None:
    night, playing, josh, _ = asked(("Josh Granowski", "20:00"))

    assert says(playing, josh, body) == [
        "Thanks, Josh. Josh Granowski is confirmed: 8pm on Fri Dec 4. If plans change, reply X."
    ]
    assert night.slot("Josh Granowski").answer == "confirmed"


@pytest.mark.parametrize("body", ["no puedo", "No voy a poder, perdón", "lo siento, no puedo"])
def test_in_spanish_too(sqlite_app: Flask, body: str) -> None:
    night, playing, josh, _ = asked(("Josh Granowski", "20:00"), language="es")

    assert says(playing, josh, body) == [
        "Gracias por avisar, Josh. Josh Granowski no toca a las 8pm el vie 4 dic. ¿Cambiaste de idea? Responde C."
    ]
    assert night.slot("Josh Granowski").answer == "declined"


@pytest.mark.parametrize("body", ["yes if I get off work", "maybe", "Josh can't", "yes Saturday works", "C?"])
def test_doubt_is_never_a_yes_and_goes_to_the_inbox(app: Flask, body: str) -> None:
    night, playing, josh, _ = asked(("Josh Granowski", "20:00"))

    assert says(playing, josh, body) == [
        "Sorry, I didn't get that. Reply C for yes, X for no. A coordinator has your message."
    ]
    assert night.slot("Josh Granowski").answer == "invited"
    assert [message.body for message in inbox(night.organisation.id)] == [body]


def test_what_was_not_understood_is_said_once_an_hour(app: Flask) -> None:
    night, playing, josh, _ = asked(("Josh Granowski", "20:00"))

    first = says(playing, josh, "where do I park?")
    again = says(playing, josh, "and is there a green room?")
    playing.tick(playing.now + timedelta(minutes=61))
    later = says(playing, josh, "hello?")

    assert (len(first), again, len(later)) == (1, [], 1)
    assert len(inbox(night.organisation.id)) == 3


@pytest.mark.parametrize("body", ["thanks!", "haha", "lol thanks 😂", "gracias"])
def test_chatter_needs_nobody_and_gets_nothing(app: Flask, body: str) -> None:
    night, playing, josh, _ = asked(("Josh Granowski", "20:00"))

    assert says(playing, josh, body) == []
    assert inbox(night.organisation.id) == []
    assert night.slot("Josh Granowski").answer == "invited"


def test_a_reaction_to_the_question_answers_it_and_one_to_another_text_does_not(app: Flask) -> None:
    night, playing, josh, question = asked(("Josh Granowski", "20:00"))

    other = says(playing, josh, "Liked “See you at the show”")
    untouched = night.slot("Josh Granowski").answer
    says(playing, josh, f"Liked “{question}”")

    assert (other, untouched) == ([], "invited")
    assert night.slot("Josh Granowski").answer == "confirmed"


def test_a_dislike_of_the_question_is_a_no(sqlite_app: Flask) -> None:
    night, playing, josh, question = asked(("Josh Granowski", "20:00"))

    says(playing, josh, f"Disliked “{question}”")

    assert night.slot("Josh Granowski").answer == "declined"


def test_words_do_not_answer_a_question_after_somebody_wrote_but_letters_do(app: Flask) -> None:
    night, playing, josh, _ = asked(("Josh Granowski", "20:00"))
    alice = a_coordinator("Alice", organisation=night.organisation)
    wrote = playing.text_in(josh, "Is there a piano?")
    playing.tick()
    answer(
        night.event, wrote, "There is. Can you bring your own bench?", "k" * 20, actor=Actor.of(alice), now=playing.now
    )
    playing.tick()

    to_alice = says(playing, josh, "yes I can")
    after = night.slot("Josh Granowski").answer
    says(playing, josh, "C")

    assert (to_alice, after) == ([], "invited")  # they were told within the hour that someone reads it
    assert night.slot("Josh Granowski").answer == "confirmed"


@pytest.mark.parametrize(
    ("body", "slots"),
    [("4", ["invited", "declined"]), ("Moonlight", ["invited", "declined"]), ("the Josh one", ["declined", "invited"])],
)
def test_no_to_several_is_asked_which_and_understood_by_number_and_by_name(
    app: Flask, body: str, slots: list[str]
) -> None:
    night, playing, josh, _ = asked(("Josh Granowski", "20:00"), ("Moonlight Trio", "21:00"))

    which = says(playing, josh, "sorry, we can't make it")
    says(playing, josh, body)

    assert which == ["Which one? Reply 3 for Josh Granowski 8pm, Fri Dec 4; 4 for Moonlight Trio 9pm, Fri Dec 4."]
    assert [night.slot(name).answer for name in ("Josh Granowski", "Moonlight Trio")] == slots


def test_a_slot_and_a_shift_of_one_phone_are_asked_which_in_one_text(app: Flask) -> None:
    night = a_night(
        [a_slot("Josh Granowski", "20:00", answer="confirmed")],
        shifts=[a_shift("Front door", "18:00", "19:00", people=("Josh Granowski",))],
    )
    knows_us(night.person("Josh Granowski"))
    playing = Playing(night.at("12:00") - timedelta(days=3))
    playing.tick()
    josh = phone_of(night, "Josh Granowski")

    which = says(playing, josh, "X")
    said = says(playing, josh, "front door")

    assert which == ["Which one? Reply 3 for Josh Granowski 8pm, Fri Dec 4; 4 for Front door 6pm, Fri Dec 4."]
    assert said == [
        "Thanks for telling us, Josh. You're off Front door at 6pm on Fri Dec 4. Changed your mind? Reply UNDO."
    ]
    assert night.slot("Josh Granowski").answer == "confirmed"


def test_late_is_about_what_comes_first_for_them(app: Flask) -> None:
    night = a_night(
        [a_slot("Josh Granowski", "20:00", answer="confirmed")],
        shifts=[a_shift("Front door", "18:00", "19:00", people=("Josh Granowski",))],
    )
    playing = Playing(night.at("17:30"))
    playing.tick()

    said = says(playing, phone_of(night, "Josh Granowski"), "running 10 min late")

    assert said == ["Thanks, Josh. We'll tell the coordinators: 10 min late for Front door at 6pm."]
    assert night.slot("Josh Granowski").said_late_by is None


def test_late_without_a_number_asks_how_many_and_a_bare_number_answers(app: Flask) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00", answer="confirmed")])
    playing, josh = Playing(night.at("19:00")), phone_of(night, "Josh Granowski")
    playing.tick()

    how_many = says(playing, josh, "running late, sorry!")
    said = says(playing, josh, "about 15")

    assert how_many == ["How many minutes late? Reply with just the number, like 10."]
    assert said == ["Got it, Josh: about 8:15pm, 15 min late. The stage manager will confirm."]


@pytest.mark.parametrize(
    "body", ["stop texting me", "lose my number", "Who is this? Stop texting me.", "leave me the hell alone", "basta"]
)
def test_any_plain_wish_to_stop_is_obeyed_at_once_and_confirmed_once(app: Flask, body: str) -> None:
    _, playing, josh, _ = asked(("Josh Granowski", "20:00"))

    said = says(playing, josh, body)
    later = says(playing, josh, "C")

    assert said in (
        ["You won't get any more texts from Benefit Nights. Reply START to get them again."],
        ["Ya no recibes mensajes de Benefit Nights. Responde START para recibirlos otra vez."],
    )
    assert later == []
    assert len(open_opt_outs(josh, playing.gateway.sender)) == 1


def test_stop_itself_is_confirmed_by_the_network_and_cancelar_is_told_to_a_coordinator(app: Flask) -> None:
    night, playing, josh, _ = asked(("Josh Granowski", "20:00"))

    stopped = says(playing, josh, "STOP")
    says(playing, josh, "START")
    says(playing, josh, "CANCELAR")

    assert stopped == []
    assert [message.body for message in inbox(night.organisation.id)] == ["CANCELAR"]
    assert len(open_opt_outs(josh, playing.gateway.sender)) == 1


@pytest.mark.parametrize("body", ["wrong number", "I am not Josh, you have the wrong person"])
def test_a_wrong_number_gets_no_more_texts_and_a_coordinator_is_told(app: Flask, body: str) -> None:
    night, playing, josh, _ = asked(("Josh Granowski", "20:00"))

    says(playing, josh, body)

    assert [message.body for message in inbox(night.organisation.id)] == [body]
    assert [opt_out.cause for opt_out in open_opt_outs(josh, playing.gateway.sender)] == ["wrong number"]


def test_who_is_this_is_answered(app: Flask) -> None:
    night, playing, josh, _ = asked(("Josh Granowski", "20:00"))

    assert says(playing, josh, "who is this?") == [
        "This is Benefit Nights, for Songs for Justice in Motion. "
        "We're texting you about Josh Granowski 8pm, Fri Dec 4. Reply STOP to opt out."
    ]
    assert inbox(night.organisation.id) == []


def test_a_picture_beside_an_answer_changes_nothing_and_alone_somebody_sees_it(client: FlaskClient) -> None:
    night, playing, josh, _ = asked(("Josh Granowski", "20:00"))

    texted(playing, josh, "C", media=1)
    texted(playing, josh, "thanks!", media=1)

    assert night.slot("Josh Granowski").answer == "confirmed"
    assert [message.body for message in inbox(night.organisation.id)] == ["thanks! [1 attachment]"]


def texted(playing: Playing, phone: str, body: str, *, media: int) -> Message:
    playing.heard += 1
    return receive_text(
        InboundText(
            phone=phone, to=playing.gateway.sender, body=body, sid=f"SMmedia{playing.heard:027d}", num_media=media
        ),
        now=playing.now,
        answer=partial(answer_text, public_url=PUBLIC_URL),
    )


def test_two_who_share_a_phone_say_who_is_here_by_name(app: Flask) -> None:
    night = a_night(
        [],
        shifts=[a_shift("Bar", "19:00", "21:00", people=("Ana Alder", "Ben Birch"))],
    )
    with transaction():
        night.person("Ben Birch").phone = phone_of(night, "Ana Alder")
    playing, phone = Playing(night.at("18:45")), phone_of(night, "Ana Alder")
    playing.tick()

    who = says(playing, phone, "I'm here")
    said = says(playing, phone, "Ben")

    assert who == ["Who is it? Reply 3 for Ana; 4 for Ben."]
    assert said == ["Welcome, Ben. You're checked in: Bar at 7pm."]


def two_trades(omars: str, priyas: str) -> tuple[ANight, Playing, str]:
    """Omar, at seven, and Priya, at nine, both ask Dana to trade; also Dana's phone."""
    night = a_night(
        [],
        shifts=[
            a_shift("Set up", "15:00", "16:00", people=("Dana Door",)),
            a_shift(omars, "19:00", "20:00", people=("Omar",)),
            a_shift(priyas, "21:00", "22:00", people=("Priya",)),
        ],
    )
    playing = Playing(night.at("12:00-3"))
    playing.tick()
    held = {each.person.name: each for each in db.session.scalars(select(SignUp))}
    for name in ("Omar", "Priya"):
        ask_swap(held[name], held["Dana Door"], now=playing.now)
    playing.tick(playing.now + timedelta(minutes=1))
    return night, playing, phone_of(night, "Dana Door")


def test_two_trades_of_one_role_are_told_apart_by_who_asks(app: Flask) -> None:
    night, playing, dana = two_trades("Front door", "Front door")

    which = says(playing, dana, "C")
    said = says(playing, dana, "Priya")

    assert which == [
        "Which one? Reply 3 for Front door 7pm, Fri Dec 4, for Omar; 4 for Front door 9pm, Fri Dec 4, for Priya."
    ]
    assert said == ["Dana, you've traded with Priya. Yours now: Front door 9pm, Fri Dec 4."]
    assert inbox(night.organisation.id) == []


@pytest.mark.parametrize("body", ["tea", "the Priya one"])
def test_trades_of_two_roles_are_told_apart_by_role_and_by_who_asks(sqlite_app: Flask, body: str) -> None:
    _, playing, dana = two_trades("Front door", "Tea")

    says(playing, dana, "C")

    assert says(playing, dana, body) == ["Dana, you've traded with Priya. Yours now: Tea 9pm, Fri Dec 4."]


def test_a_word_of_several_answers_is_asked_about_again_and_pressed_by_number(app: Flask) -> None:
    night, playing, josh, _ = asked(("Moonlight Duo", "20:00"), ("Moonlight Trio", "21:00"))

    says(playing, josh, "sorry, we can't make it")
    again = says(playing, josh, "moonlight")
    says(playing, josh, "4")

    assert again == ["Which one? Reply 3 for Moonlight Duo 8pm, Fri Dec 4; 4 for Moonlight Trio 9pm, Fri Dec 4."]
    assert [night.slot(name).answer for name in ("Moonlight Duo", "Moonlight Trio")] == ["invited", "declined"]
    assert inbox(night.organisation.id) == []


def test_the_time_tells_which_where_the_name_does_not(app: Flask) -> None:
    night, playing, josh, _ = asked(("Moonlight", "20:00"), ("Moonlight Trio", "21:00"))

    says(playing, josh, "sorry, we can't make it")
    says(playing, josh, "the one at 9pm")

    assert [night.slot(name).answer for name in ("Moonlight", "Moonlight Trio")] == ["invited", "declined"]


def test_what_was_not_understood_of_somebody_with_nothing_open_names_how_to_see_their_times(app: Flask) -> None:
    night = a_night([a_slot("Josh Granowski", "20:00", answer="confirmed")], shifts=[a_shift("Tea", "18:00", "19:00")])
    nobody = in_the_cast(night, "Cleo Clear")
    knows_us(night.person("Josh Granowski"), nobody)
    playing = Playing(night.at("12:00-3"))
    phones = (phone_of(night, "Josh Granowski"), nobody.phone or "")

    said = [says(playing, phone, "is there parking?") for phone in phones]

    assert said == [
        ["Sorry, I didn't get that. Reply WHEN for your times. A coordinator has your message."],
        ["Sorry, I didn't get that. A coordinator has your message."],
    ]


def test_who_is_this_says_why_to_everybody_whom_we_know(app: Flask) -> None:
    night = a_night()
    on_the_list = in_the_cast(night, "Lee List")
    alice = a_coordinator("Alice", organisation=night.organisation).person
    known = a_person("Nina New", organisation=night.organisation)
    with transaction():
        alice.phone = "+12125550188"
    playing = Playing(night.at("12:00-3"))

    said = {each.name: says(playing, each.phone or "", "who is this?") for each in (on_the_list, alice, known)}
    playing.tick(night.at("12:00+2"))
    afterwards = says(playing, on_the_list.phone or "", "quién es?")

    assert said == {
        "Lee List": [
            "This is Benefit Nights, for Songs for Justice in Motion. You're on the list for this show. "
            "Reply STOP to opt out."
        ],
        "Alice": ["This is Benefit Nights. You're one of its coordinators. Reply STOP to opt out."],
        "Nina New": ["This is Benefit Nights. You gave us your number. Reply STOP to opt out."],
    }
    assert afterwards == [
        "Somos Benefit Nights, por Songs for Justice in Motion. Participaste en esta funcion. "
        "Responde STOP para no recibir mensajes."
    ]
    assert inbox(night.organisation.id) == []


def test_a_stranger_who_asks_who_writes_is_told_once_an_hour_and_a_coordinator_reads_it(app: Flask) -> None:
    night = a_night()
    playing = Playing(night.at("12:00-3"))

    said = [says(playing, "+18085550177", "who is this?") for _ in range(2)]

    assert said == [
        [
            "This is Benefit Nights. Your number isn't on our lists. A coordinator has your message. "
            "Reply STOP to opt out."
        ],
        ["Sorry, I didn't get that. A coordinator has your message."],
    ]
    assert [message.body for message in inbox(night.organisation.id)] == ["who is this?", "who is this?"]


def test_a_maybe_needs_nobody_once_they_answer_and_a_question_still_does(app: Flask) -> None:
    night, playing, josh, _ = asked(("Josh Granowski", "20:00"))
    wrote = ("maybe", "quizás, te aviso", "is there parking?", "let me check with Ben")

    for body in wrote:
        says(playing, josh, body)
    before = [message.body for message in inbox(night.organisation.id)]
    says(playing, josh, "C")

    assert before == list(reversed(wrote))
    assert [message.body for message in inbox(night.organisation.id)] == ["let me check with Ben", "is there parking?"]
    settled = select(MessageChange.cause).join(Message).where(Message.body.in_(wrote), Message.answered_at.is_not(None))
    assert list(db.session.scalars(settled.where(MessageChange.cause != "came in"))) == ["answered by a later text"] * 2


def test_a_maybe_with_a_picture_and_a_wish_to_stop_stay_for_a_person(sqlite_app: Flask) -> None:
    night, playing, josh, _ = asked(("Josh Granowski", "20:00"))

    texted(playing, josh, "maybe", media=1)
    says(playing, josh, "CANCEL")
    says(playing, josh, "START")
    says(playing, josh, "X")

    assert [message.body for message in inbox(night.organisation.id)] == ["CANCEL", "maybe [1 attachment]"]
