"""A band whose members disagree: both on record, nothing confirmed, until a coordinator or one of them settles it."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from coordinator.accounts.models import Actor, Via
from coordinator.db import transaction
from coordinator.features.event_document.dump import dump
from coordinator.lineup.actions.answers import answer_slot
from coordinator.lineup.actions.members import remove_member
from coordinator.lineup.models import Slot
from coordinator.messaging.queries.calls import open_calls
from tests.builders import a_coordinator, a_night, a_slot, a_stage_manager, sign_in
from tests.night import ANight
from tests.playing import Playing
from tests.reading import words

NEEDS = "/coordinate/justice-in-motion"
SHOW = f"{NEEDS}/show"


def a_band() -> tuple[ANight, Playing]:
    night = a_night([a_slot("The Poor Nobodys", "20:00", people=("Ana Alder", "Ben Birch"))])
    playing = Playing(night.at("12:00") - timedelta(days=3))
    playing.tick()
    return night, playing


def says(playing: Playing, night: ANight, name: str, body: str) -> list[str]:
    """Texts from this person's phone; gives back what leaves to it at once."""
    phone = night.person(name).phone or ""
    playing.text_in(phone, body)
    before = len(playing.texts)
    playing.tick()
    return [said for _, to, said in playing.texts[before:] if to == phone]


def stands(slot: Slot) -> tuple[str, bool, dict[str, str]]:
    return slot.answer, slot.disputed_at is not None, {each.person.name: each.answer for each in slot.answers}


def test_two_members_who_disagree_make_the_act_disputed_and_nobody_is_told_that_it_is_confirmed(app: Flask) -> None:
    night, playing = a_band()

    ana = says(playing, night, "Ana Alder", "X")
    ben = says(playing, night, "Ben Birch", "C")

    assert ana == [
        "Thanks for telling us, Ana. The Poor Nobodys won't play at 8pm on Fri Dec 4. Changed your mind? Reply C."
    ]
    assert ben == ["Thanks, Ben. Ana said you can't play, so it isn't settled. The organizers will check with you all."]
    assert stands(night.slot("The Poor Nobodys")) == (
        "invited",
        True,
        {"Ana Alder": "declined", "Ben Birch": "confirmed"},
    )


def test_the_second_who_says_no_hears_who_said_yes_in_their_language(app: Flask) -> None:
    night, playing = a_band()
    with transaction():
        night.person("Ana Alder").language = "es"
    says(playing, night, "Ben Birch", "C")

    assert says(playing, night, "Ana Alder", "X") == [
        "Gracias, Ana. Segun Ben si tocan: no queda decidido. Quienes organizan les van a preguntar."
    ]


def test_a_later_answer_of_the_same_member_takes_the_place_of_their_own(app: Flask) -> None:
    night, playing = a_band()
    says(playing, night, "Ana Alder", "X")
    says(playing, night, "Ben Birch", "C")

    again = says(playing, night, "Ben Birch", "C")
    ana = says(playing, night, "Ana Alder", "C")

    assert again == [
        "Thanks, Ben. Ana said you can't play, so it isn't settled. The organizers will check with you all."
    ]
    assert ana == ["Thanks, Ana. The Poor Nobodys is confirmed: 8pm on Fri Dec 4. If plans change, reply X."]
    assert stands(night.slot("The Poor Nobodys")) == (
        "confirmed",
        False,
        {"Ana Alder": "confirmed", "Ben Birch": "confirmed"},
    )


def test_undo_takes_back_only_ones_own_word(app: Flask) -> None:
    night, playing = a_band()
    says(playing, night, "Ana Alder", "X")
    says(playing, night, "Ben Birch", "C")

    says(playing, night, "Ben Birch", "UNDO")
    without_ben = stands(night.slot("The Poor Nobodys"))
    says(playing, night, "Ben Birch", "C")
    says(playing, night, "Ana Alder", "UNDO")

    assert without_ben == ("declined", False, {"Ana Alder": "declined"})
    assert stands(night.slot("The Poor Nobodys")) == ("confirmed", False, {"Ben Birch": "confirmed"})


def test_whoever_has_answered_is_not_asked_again_while_the_others_disagree(app: Flask) -> None:
    night, playing = a_band()
    says(playing, night, "Ana Alder", "X")
    says(playing, night, "Ben Birch", "C")

    left = playing.until(night.at("20:00") - timedelta(days=1), every=timedelta(minutes=30))

    assert [body for _, _, body in left if "can you play" in body] == []


def test_a_coordinator_settles_it_in_one_press(app: Flask, client: FlaskClient) -> None:
    night, playing = a_band()
    says(playing, night, "Ana Alder", "X")
    says(playing, night, "Ben Birch", "C")
    sign_in(client, a_coordinator("Alice", organisation=night.organisation))

    needs, show = words(client.get(NEEDS)), words(client.get(SHOW))
    order = words(client.get("/coordinate/justice-in-motion/order"))
    performers = words(client.get("/coordinate/justice-in-motion/performers"))
    client.post(f"{NEEDS}/answers/the-poor-nobodys", data={"answer": "confirmed"})

    said = "Ben Birch said yes, Ana Alder said no. Nobody has been told it's confirmed. They'll play They can't"
    assert f"Needs you 1 The Poor Nobodys: members disagree about 8:00 PM {said} Call Ben Call Ana" in needs
    assert f"The Poor Nobodys: members disagree about 8:00 PM {said} Call Ben Call Ana" in show
    assert "Disagree: Ben yes, Ana no" in order
    assert "Disagree: Ben yes, Ana no" in performers
    assert stands(night.slot("The Poor Nobodys")) == ("confirmed", False, {"Ben Birch": "confirmed"})
    assert "disagree" not in words(client.get(NEEDS))


def test_after_that_a_member_who_still_says_no_makes_it_disputed_again(app: Flask, client: FlaskClient) -> None:
    night, playing = a_band()
    says(playing, night, "Ana Alder", "X")
    says(playing, night, "Ben Birch", "C")
    sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    client.post(f"{NEEDS}/answers/the-poor-nobodys", data={"answer": "confirmed"})

    assert says(playing, night, "Ana Alder", "X") == [
        "Thanks, Ana. Ben said you can play, so it isn't settled. The organizers will check with you all."
    ]
    assert stands(night.slot("The Poor Nobodys"))[:2] == ("invited", True)


def test_one_who_leaves_the_band_no_longer_disagrees(app: Flask) -> None:
    night, playing = a_band()
    says(playing, night, "Ana Alder", "X")
    says(playing, night, "Ben Birch", "C")
    alice, act = a_coordinator("Alice", organisation=night.organisation), night.slot("The Poor Nobodys").act
    assert act is not None

    remove_member(act, night.person("Ana Alder"), actor=Actor.of(alice), now=playing.now)

    assert stands(night.slot("The Poor Nobodys"))[:2] == ("confirmed", False)


def test_two_of_the_band_on_one_phone_speak_as_one(app: Flask) -> None:
    night = a_night([a_slot("The Poor Nobodys", "20:00", people=("Ana Alder", "Ben Birch"))])
    with_one_phone(night)
    playing = Playing(night.at("12:00") - timedelta(days=3))
    playing.tick()

    says(playing, night, "Ana Alder", "X")
    says(playing, night, "Ana Alder", "C")

    assert stands(night.slot("The Poor Nobodys")) == (
        "confirmed",
        False,
        {"Ana Alder": "confirmed", "Ben Birch": "confirmed"},
    )


def with_one_phone(night: ANight) -> None:
    with transaction():
        night.person("Ben Birch").phone = night.person("Ana Alder").phone


def test_a_dispute_travels_as_invited(app: Flask) -> None:
    night, playing = a_band()
    says(playing, night, "Ana Alder", "X")
    says(playing, night, "Ben Birch", "C")

    document = dump(night.event)

    assert document["stages"][0]["slots"][0]["state"] == "invited"


def test_the_stage_manager_hears_of_it_and_how_it_ended(app: Flask, client: FlaskClient) -> None:
    night, playing = a_band()
    sam = a_stage_manager(night, "Sam Stage").phone
    says(playing, night, "Ben Birch", "C")
    says(playing, night, "Ana Alder", "X")
    disputed = playing.until(playing.now + timedelta(minutes=1))
    sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    client.post(f"{NEEDS}/answers/the-poor-nobodys", data={"answer": "confirmed"})
    settled = playing.until(playing.now + timedelta(minutes=10))

    assert [body for _, to, body in disputed if to == sam] == [
        "Benefit Nights: The Poor Nobodys at 8pm on Fri Dec 4: Ben said yes, Ana said no. "
        "It isn't confirmed until you've talked to them. Reply STOP to opt out."
    ]
    assert [body for _, to, body in settled if to == sam] == ["The Poor Nobodys can play after all: 8pm on Fri Dec 4."]


def later(playing: Playing, night: ANight, name: str, body: str) -> None:
    """The same, a minute after whatever was before."""
    playing.tick(playing.now + timedelta(minutes=1))
    says(playing, night, name, body)


def told_later(playing: Playing, night: ANight) -> dict[str, list[str]]:
    """What each phone gets in the next two minutes, by the name of its owner."""
    phones = {night.person(name).phone: name for name in ("Ana Alder", "Ben Birch")}
    said: dict[str, list[str]] = {}
    for _, to, body in playing.until(playing.now + timedelta(minutes=2)):
        said.setdefault(phones[to], []).append(body)
    return said


def test_whoever_spoke_first_hears_half_a_minute_later_that_the_other_said_otherwise(app: Flask) -> None:
    night, playing = a_band()
    says(playing, night, "Ana Alder", "C")
    later(playing, night, "Ben Birch", "X")

    at_once = playing.until(playing.now + timedelta(seconds=15))
    told = told_later(playing, night)

    assert at_once == []
    assert told == {
        "Ana Alder": [
            "Ana, Ben said no to The Poor Nobodys, 8pm, Fri Dec 4, so it isn't confirmed. "
            "The organizers will check with you all."
        ]
    }


def test_in_spanish_and_of_a_no_that_came_first_it_reads_right_too(sqlite_app: Flask) -> None:
    night, playing = a_band()
    with transaction():
        night.person("Ana Alder").language = "es"
    later(playing, night, "Ana Alder", "X")
    later(playing, night, "Ben Birch", "C")

    assert told_later(playing, night) == {
        "Ana Alder": [
            "Ana, segun Ben si tocan: The Poor Nobodys, 8pm, vie 4 dic. No queda decidido. "
            "Quienes organizan les van a preguntar."
        ]
    }


def test_a_slip_that_is_taken_back_within_half_a_minute_is_told_to_nobody(app: Flask) -> None:
    night, playing = a_band()
    says(playing, night, "Ana Alder", "C")
    later(playing, night, "Ben Birch", "X")

    says(playing, night, "Ben Birch", "UNDO")

    assert told_later(playing, night) == {}


def test_an_answer_on_the_own_page_tells_the_other_as_well(app: Flask) -> None:
    night, playing = a_band()
    says(playing, night, "Ana Alder", "C")
    playing.tick(playing.now + timedelta(minutes=1))
    ben = night.person("Ben Birch")

    answer_slot(
        night.slot("The Poor Nobodys"),
        "declined",
        actor=Actor.person(ben, Via.LINK),
        now=playing.now,
        people=[ben],
    )

    assert list(told_later(playing, night)) == ["Ana Alder"]


def test_what_a_coordinator_settles_is_told_to_both_once(app: Flask, client: FlaskClient) -> None:
    night, playing = a_band()
    says(playing, night, "Ana Alder", "C")
    later(playing, night, "Ben Birch", "X")
    told_later(playing, night)
    alice = Actor.of(a_coordinator("Alice", organisation=night.organisation))
    playing.tick(playing.now + timedelta(minutes=1))

    answer_slot(night.slot("The Poor Nobodys"), "confirmed", actor=alice, now=playing.now)
    settled = told_later(playing, night)
    answer_slot(night.slot("The Poor Nobodys"), "declined", actor=alice, now=playing.now)
    changed = told_later(playing, night)

    assert settled == {
        name: [
            f"{name.split()[0]}, it's settled: The Poor Nobodys is confirmed, 8pm, Fri Dec 4. If plans change, reply X."
        ]
        for name in ("Ana Alder", "Ben Birch")
    }
    assert changed == {}


def test_who_settles_it_by_changing_their_mind_is_answered_and_the_other_is_told(app: Flask) -> None:
    night, playing = a_band()
    says(playing, night, "Ana Alder", "C")
    later(playing, night, "Ben Birch", "X")
    told_later(playing, night)

    later(playing, night, "Ana Alder", "X")

    assert told_later(playing, night) == {
        "Ben Birch": ["Ben, it's settled: The Poor Nobodys won't play at 8pm on Fri Dec 4."]
    }


def test_a_member_whom_no_text_reaches_is_on_the_call_list_until_it_is_settled(app: Flask) -> None:
    night, playing = a_band()
    says(playing, night, "Ana Alder", "C")
    with transaction():
        night.person("Ana Alder").agreed_at = None
    later(playing, night, "Ben Birch", "X")
    told_later(playing, night)

    disputed = [(call.person.name, call.kind) for call in open_calls(night.event.id, playing.now)]
    later(playing, night, "Ben Birch", "C")
    told_later(playing, night)

    assert disputed == [("Ana Alder", "disputed")]
    assert open_calls(night.event.id, playing.now) == []


def test_a_stage_manager_without_texts_is_called_about_it_until_it_is_settled(app: Flask) -> None:
    night, playing = a_band()
    sam = a_stage_manager(night)
    with transaction():
        sam.agreed_at = None
    says(playing, night, "Ana Alder", "X")
    says(playing, night, "Ben Birch", "C")
    disputed = [each for each in open_calls(night.event.id, playing.now) if each.person_id == sam.id]

    says(playing, night, "Ana Alder", "C")

    settled = [each.kind for each in open_calls(night.event.id, playing.now) if each.person_id == sam.id]
    assert [(each.kind, each.why, each.about) for each in disputed] == [("disputed", "not_agreed", "The Poor Nobodys")]
    assert settled == []
