"""Asking acts for their answer at any time, and getting people's OK for texts."""

from datetime import datetime, timedelta

import time_machine
from flask.testing import FlaskClient

from coordinator.core.personal_links import stand_in
from coordinator.db import db, transaction
from tests.builders import ANight, a_coordinator, a_message, a_night, a_slot, sign_in
from tests.links import token_of
from tests.playing import PUBLIC_URL, Playing
from tests.reading import words

SHOW = "/coordinate/justice-in-motion"
LONG_BEFORE = timedelta(days=30)


def far_off(client: FlaskClient, *, josh: str = "open") -> tuple[ANight, FlaskClient, datetime]:
    """A show in 30 days, of which nobody has been asked; Alice is signed in."""
    night = a_night([a_slot("Josh Granowski", "20:00", answer=josh), a_slot("Carlos Lumbi", "21:00")])
    for person in ("Josh Granowski", "Carlos Lumbi"):
        a_message(night, night.person(person), state="delivered", claimed_at=night.at("12:00") - LONG_BEFORE)
    at = night.at("12:00") - LONG_BEFORE
    with time_machine.travel(at, tick=False):
        alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    return night, alice, at


def press(client: FlaskClient, at: datetime, path: str, **fields: str) -> str:
    with time_machine.travel(at, tick=False):
        answer = client.post(f"{SHOW}/{path}", data=fields, follow_redirects=True)
    return words(answer)


def look(client: FlaskClient, at: datetime, path: str = "") -> str:
    with time_machine.travel(at, tick=False):
        return words(client.get(f"{SHOW}{path}"))


def heard(playing: Playing, phone: str | None, until: datetime) -> list[str]:
    return [body for _, to, body in playing.until(until, timedelta(seconds=10)) if to == phone]


def test_an_act_that_is_asked_now_gets_the_first_question_half_a_minute_later(client: FlaskClient) -> None:
    night, alice, at = far_off(client)
    playing, josh = Playing(at), night.person("Josh Granowski").phone

    said = press(alice, at, "performers/asking", slot=night.slot("Josh Granowski").key)

    assert "1 act will be asked in 30 seconds." in said
    assert heard(playing, josh, at + timedelta(seconds=20)) == []
    assert heard(playing, josh, at + timedelta(minutes=5)) == [
        "Josh, can you play Songs for Justice in Motion at 8pm on Fri Dec 4? Reply C to confirm, X if you can't. "
        f"Or tap {stand_in(PUBLIC_URL, night.person('Josh Granowski').id)}"
    ]


def test_a_yes_in_their_own_words_counts_as_it_does_after_any_question(client: FlaskClient) -> None:
    night, alice, at = far_off(client)
    playing, josh = Playing(at), night.person("Josh Granowski").phone or ""
    press(alice, at, "performers/asking", slot=night.slot("Josh Granowski").key)
    heard(playing, josh, at + timedelta(minutes=1))

    playing.text_in(josh, "yes, I can")

    db.session.expire_all()
    assert night.slot("Josh Granowski").answer == "confirmed"


def test_who_was_asked_before_is_asked_in_the_words_of_the_second_question(client: FlaskClient) -> None:
    night, alice, at = far_off(client)
    playing, josh = Playing(at), night.person("Josh Granowski").phone
    press(alice, at, "performers/asking", slot=night.slot("Josh Granowski").key)
    heard(playing, josh, at + timedelta(minutes=1))

    press(alice, at + timedelta(days=1), "performers/asking", slot=night.slot("Josh Granowski").key)
    playing.now = at + timedelta(days=1)

    assert heard(playing, josh, playing.now + timedelta(minutes=1)) == [
        "Josh, we still need your answer: can you play at 8pm on Fri Dec 4? Reply C to confirm, X if you can't. "
        f"Or tap {stand_in(PUBLIC_URL, night.person('Josh Granowski').id)}"
    ]


def test_undone_within_half_a_minute_nobody_is_asked(client: FlaskClient) -> None:
    night, alice, at = far_off(client)
    playing, slot = Playing(at), night.slot("Josh Granowski")
    press(alice, at, "performers/asking", slot=slot.key)
    playing.tick(at + timedelta(seconds=10))

    said = press(alice, at + timedelta(seconds=20), f"performers/asking/{slot.key}/undo", was="open")

    assert "Josh Granowski won't be asked." in said
    assert heard(playing, night.person("Josh Granowski").phone, at + timedelta(minutes=5)) == []


def test_later_it_says_that_the_text_has_left(client: FlaskClient) -> None:
    night, alice, at = far_off(client)
    slot = night.slot("Josh Granowski")
    press(alice, at, "performers/asking", slot=slot.key)

    said = press(alice, at + timedelta(seconds=31), f"performers/asking/{slot.key}/undo", was="open")

    assert "It's too late to undo: the text has left." in said


def test_asking_again_after_a_no_really_asks_and_its_undo_brings_the_no_back(client: FlaskClient) -> None:
    night, alice, at = far_off(client, josh="declined")
    playing, slot = Playing(at), night.slot("Josh Granowski")
    key, josh = slot.key, night.person("Josh Granowski").phone

    press(alice, at, f"performers/asking/{key}/undo", was="declined")
    said = press(alice, at, f"answers/{key}", answer="invited")
    left = heard(playing, josh, at + timedelta(minutes=1))
    press(alice, playing.now, f"answers/{key}", answer="declined")
    press(alice, playing.now, "performers/asking", slot=key)
    press(alice, playing.now, f"performers/asking/{key}/undo", was="declined")

    assert "We'll ask Josh Granowski again in 30 seconds." in said
    assert len(left) == 1
    db.session.expire_all()
    assert night.slot("Josh Granowski").answer == "declined"


def test_the_undo_on_the_page_that_follows_knows_that_the_act_had_said_no(client: FlaskClient) -> None:
    night, alice, at = far_off(client, josh="declined")
    key = night.slot("Josh Granowski").key

    with time_machine.travel(at, tick=False):
        page = alice.post(f"{SHOW}/performers/asking", data={"slot": key}, follow_redirects=True).text

    assert f"/performers/asking/{key}/undo" in page
    assert '<input type="hidden" name="was" value="declined">' in page


def test_the_page_says_whom_no_text_reaches_and_takes_only_acts_that_one_reaches(client: FlaskClient) -> None:
    night, alice, at = far_off(client)
    with transaction():
        night.person("Carlos Lumbi").agreed_at = None

    page = look(alice, at, "/performers/asking")

    assert "Goes to Josh Granowski. Not asked yet." in page
    assert "Nothing reaches Carlos Lumbi: They haven't agreed to texts." in page
    assert "Pick at least one act" in press(alice, at, "performers/asking", slot="")


def test_a_show_far_off_does_not_nag_about_acts_that_nobody_has_asked(client: FlaskClient) -> None:
    night, alice, at = far_off(client)
    playing = Playing(at)

    before = look(alice, at)
    press(alice, at, "performers/asking", slot=night.slot("Josh Granowski").key)
    heard(playing, None, at + timedelta(minutes=1))
    after = look(alice, at + timedelta(minutes=1))

    assert "no answer yet" not in before
    assert "Josh Granowski: no answer yet" in after
    assert "Carlos Lumbi: no answer yet" not in after
    assert "Carlos Lumbi: no answer yet" in look(alice, night.at("21:00") - timedelta(days=7))


def test_several_who_have_not_agreed_are_one_thing_to_do_in_one_go(client: FlaskClient) -> None:
    night, alice, at = far_off(client)
    with transaction():
        for name in ("Josh Granowski", "Carlos Lumbi"):
            night.person(name).agreed_at = None

    said = look(alice, at)
    ids = [str(night.person(name).id) for name in ("Josh Granowski", "Carlos Lumbi")]
    with time_machine.travel(at, tick=False):
        done = words(
            alice.post(
                f"{SHOW}/performers/agreeing", data={"person": ids, "how": "on the phone"}, follow_redirects=True
            )
        )

    assert "2 people haven't agreed to texts or emails" in said
    assert "2 people get texts now." in done
    db.session.expire_all()
    assert [night.person(name).agreed_how for name in ("Josh Granowski", "Carlos Lumbi")] == [
        "told a coordinator on the phone",
        "told a coordinator on the phone",
    ]


def test_someone_agrees_on_their_own_page_and_the_words_are_kept(client: FlaskClient) -> None:
    night, _, at = far_off(client)
    with transaction():
        night.person("Josh Granowski").agreed_at = None
    josh, me = client.application.test_client(), f"/me/{token_of(night.person('Josh Granowski'))}"

    with time_machine.travel(at, tick=False):
        page = words(josh.get(me))
        said = words(josh.post(f"{me}/agreement", follow_redirects=True))

    db.session.expire_all()
    person = night.person("Josh Granowski")
    assert f"{night.organisation.name} will text you to ask if you can come" in page
    assert "You get texts from now on." in said
    assert (person.agreed_at, person.agreed_how) == (at, "own page")
    assert "Message and data rates may apply" in (person.agreed_words or "")


def test_people_who_said_yes_to_emails_are_noted_in_one_go_and_who_has_no_address_is_named(client: FlaskClient) -> None:
    night, alice, at = far_off(client)
    with transaction():
        for name in ("Josh Granowski", "Carlos Lumbi"):
            night.person(name).agreed_at = None
        night.person("Josh Granowski").email = "josh@show.example"
    ids = [str(night.person(name).id) for name in ("Josh Granowski", "Carlos Lumbi")]

    with time_machine.travel(at, tick=False):
        data = {"person": ids, "how": "in writing", "channel": "email"}
        said = words(alice.post(f"{SHOW}/performers/agreeing", data=data, follow_redirects=True))

    db.session.expire_all()
    josh = night.person("Josh Granowski")
    assert "1 person gets emails now." in said
    assert "We don't have an email address for Carlos Lumbi." in said
    assert (josh.email_agreed_how, josh.agreed_at) == ("told a coordinator in writing", None)
    assert josh.email_agreed_words == "Has agreed to emails about this show"
