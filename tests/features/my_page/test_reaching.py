"""How somebody is reached, on their own page: agree, stop, which way first, and another number or address."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.accounts.models import AuditEntry
from coordinator.db import db, transaction
from coordinator.messaging.actions.consent import stop_texts
from coordinator.messaging.models import Message
from coordinator.people.models import Person
from coordinator.people.queries import past_agreements
from coordinator.services import services
from tests.builders import MADE_AT, ANight, a_night, a_shift
from tests.features.my_page.test_page import Own
from tests.reading import words

ADDRESS = "ana@show.example"
PHONE = "+14155550142"
BOTH = {
    "email": ADDRESS,
    "email_agreed_at": MADE_AT,
    "email_agreed_words": "We will email you.",
    "agreed_words": "Texts.",
}


class Ana(Own):
    """Ana is at the front door."""

    def __init__(self, client: FlaskClient, **columns: Any) -> None:
        night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Ana Ruiz",))])
        with transaction():
            for name, value in ({"phone": PHONE} | columns).items():
                setattr(night.person("Ana Ruiz"), name, value)
        super().__init__(client, night, "Ana Ruiz")

    def said(self, wall: str = "12:00") -> str:
        return words(self.look(wall))

    def proves(self, **fields: str) -> None:
        self.press("address", **fields)
        newest = select(Message.body).where(Message.kind == "code").order_by(Message.id.desc()).limit(1)
        self.press("address/code", code=(db.session.scalar(newest) or "")[:6])

    def row(self) -> Person:
        db.session.refresh(self.person)
        return self.person


def recorded(night: ANight) -> list[tuple[str, str, Any]]:
    found = select(AuditEntry).where(AuditEntry.what.startswith("person.")).order_by(AuditEntry.id)
    return [(each.what, each.via, each.after) for each in db.session.scalars(found)]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({}, "We'll text •••-0142 to ask if you can come, with details beforehand"),
        (BOTH, "Reply STOP to end, HELP for help. If a text can't reach you, we email a•••@show.example."),
        (
            BOTH | {"prefers": "email"},
            "stops them. If an email can't reach you, we text •••-0142.",
        ),
        (BOTH | {"phone": None}, "We'll email a•••@show.example to ask if you can come"),
        ({"phone": None}, "You don't get texts or emails from us. Check here for changes."),
        (BOTH | {"email_trouble": "550", "phone": None}, "Our last email to a•••@show.example came back."),
    ],
)
def test_the_page_says_how_they_are_reached(client: FlaskClient, columns: dict[str, Any], sentence: str) -> None:
    ana = Ana(client, **columns)

    assert sentence in ana.said()
    assert ADDRESS not in ana.look().text


def test_whoever_replied_stop_reads_that_no_texts_come_and_is_told_by_email(client: FlaskClient) -> None:
    ana = Ana(client, **BOTH)
    stop_texts(PHONE, sender=services().gateway.sender, cause="STOP", now=MADE_AT)

    said = ana.said()

    assert "We'll email a•••@show.example to ask if you can come" in said
    assert "You replied STOP from your phone, so no texts come." in said
    assert "Text me at" not in said


def test_emails_are_agreed_to_in_the_words_that_were_read_and_stopped_again(client: FlaskClient) -> None:
    ana = Ana(client, phone=None, agreed_at=None, email=ADDRESS)
    before = ana.said()

    ana.press("agreement", channel="email")
    agreed = (ana.row().email_agreed_how, ana.row().email_agreed_words or "")
    ana.press("stop", channel="email")

    assert "Email me at a•••@show.example" in before
    assert agreed[0] == "own page"
    assert agreed[1] in before
    assert ana.row().email_agreed_at is None
    assert "You don't get texts or emails from us." in ana.said()
    assert [(each.channel, each.agreed_words) for each in past_agreements([ana.person.id])] == [("email", agreed[1])]
    assert recorded(ana.night) == [
        ("person.agreed_to_emails", "link", {"agreed": True}),
        ("person.stopped_emails", "link", {"agreed": False}),
    ]


def test_texts_are_stopped_and_agreed_to_again_beside_emails(client: FlaskClient) -> None:
    ana = Ana(client, **BOTH)

    ana.press("stop", channel="text")
    stopped = (ana.row().can_be_texted, ana.row().can_be_mailed, "Text me at •••-0142" in ana.said())
    ana.press("agreement", channel="text")

    assert stopped == (False, True, True)
    assert ana.row().can_be_texted


def test_which_way_comes_first_is_theirs_to_choose(client: FlaskClient) -> None:
    ana = Ana(client, **BOTH)

    ana.press("preference", channel="email")
    by_email = ana.row().channel
    ana.press("preference", channel="text")

    assert (by_email, ana.row().channel) == ("email", "text")
    assert [what for what, *_ in recorded(ana.night)] == ["person.changed", "person.changed"]


def test_an_address_is_theirs_once_its_code_is_there_and_not_before(client: FlaskClient) -> None:
    ana = Ana(client)

    sent = ana.press("address", by="email", email="Ana@show.example", phone="")
    meanwhile = ana.row().email
    ana.proves(by="email", email="Ana@show.example")

    assert sent.headers["Location"] == f"{ana.url}/address/code"
    assert (meanwhile, ana.row().email, ana.row().email_agreed_how) == (None, ADDRESS, "own page")
    assert (ana.row().phone, ana.row().channel) == (PHONE, "text")
    assert "From now on we email a•••@show.example." in ana.said()
    assert "If a text can't reach you, we email a•••@show.example." in ana.said()
    assert recorded(ana.night) == [("person.changed", "link", {"has_email": True, "agreed": True})]


def test_a_changed_address_can_be_taken_back_for_ten_minutes(client: FlaskClient) -> None:
    ana = Ana(client, **BOTH)
    ana.proves(by="email", email="other@show.example")
    moved = ana.row().email
    offered = ["From now on we email o•••@show.example." in ana.said(wall) for wall in ("12:09", "12:11")]

    ana.press("address/undo", "12:09")

    assert offered == [True, False]
    assert (moved, ana.row().email, ana.row().email_agreed_words) == (
        "other@show.example",
        ADDRESS,
        "We will email you.",
    )


def test_a_first_number_taken_back_is_gone(client: FlaskClient) -> None:
    ana = Ana(client, **BOTH | {"phone": None, "agreed_at": None, "agreed_words": None})
    ana.proves(by="text", phone="(415) 555-0177")
    moved = (ana.row().phone, ana.row().can_be_texted)

    ana.press("address/undo")

    assert moved == ("+14155550177", True)
    assert (ana.row().phone, ana.row().agreed_at) == (None, None)


def test_a_wrong_code_changes_nothing_and_can_be_tried_again(client: FlaskClient) -> None:
    ana = Ana(client)
    ana.press("address", by="email", email=ADDRESS)

    wrong = ana.press("address/code", code="12")
    again = ana.press("address/again", "12:01")
    ana.look("12:01")

    assert wrong.status_code == 422
    assert again.headers["Location"] == f"{ana.url}/address/code"
    assert ana.row().email is None


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"by": "email", "email": "ana"}, "ana isn't an email address. Write it like ana@show.example."),
        ({"by": "text", "phone": "555"}, "555 is too short."),
    ],
)
def test_what_is_neither_says_what_would_be_right_and_stays(
    client: FlaskClient, fields: dict[str, str], why: str
) -> None:
    ana = Ana(client)

    answer = ana.press("address", **fields)

    assert answer.status_code == 422
    assert why in words(answer)
    assert f'value="{fields.get("email") or fields["phone"]}"' in answer.text


def test_a_code_sent_to_another_browser_moves_nobody(client: FlaskClient) -> None:
    ana = Ana(client)
    ana.press("address", by="email", email=ADDRESS)
    other = Own(client.application.test_client(), ana.night, "Ana Ruiz")

    answer = other.press("address/code", code="123456")

    assert answer.headers["Location"] == f"{ana.url}/address"


def test_an_unknown_way_is_refused(client: FlaskClient) -> None:
    ana = Ana(client)

    assert [ana.press(path, channel="pigeon").status_code for path in ("agreement", "stop", "preference")] == [400] * 3
    assert ana.press("agreement", channel="email").status_code == 404


def test_a_performer_with_an_address_alone_says_yes_on_their_page(client: FlaskClient) -> None:
    night = a_night()
    carlos = Own(client, night, "Carlos Lumbi")
    with transaction():
        carlos.person.phone, carlos.person.email, carlos.person.email_agreed_at = None, "c@show.example", MADE_AT

    said = words(carlos.look())
    carlos.press(carlos.slot_path("Carlos Lumbi", "answer"), answer="confirmed")

    assert "Yes, I'll play" in said
    assert "reply to the text" not in said.partition("This page belongs")[0]
    assert night.slot("Carlos Lumbi").answer == "confirmed"
