"""Quick actions in a conversation: each does one thing for whoever wrote, is recorded, and can be taken back."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.accounts.models import AuditEntry
from coordinator.db import db
from coordinator.messaging.actions.consent import stop_texts
from coordinator.messaging.queries.outbox import open_opt_outs
from coordinator.messaging.queries.texts import inbox
from coordinator.shifts.models import SignUp
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_slot, minutes, sign_in
from tests.playing import Playing
from tests.reading import words


class Desk:
    """Alice in the conversation with one person, a week before the show."""

    def __init__(self, client: FlaskClient, night: ANight, name: str) -> None:
        self.night, self.person = night, night.person(name)
        self.client = sign_in(client, a_coordinator("Alice", organisation=night.organisation))
        self.url = f"/coordinate/justice-in-motion/texts/people/{self.person.id}"

    def act(self, **said: object) -> str:
        """Press it, follow it, and return the page; ``undo`` is then what takes it back."""
        answer = self.client.post(f"{self.url}/act", data={name: str(value) for name, value in said.items()})
        page: TestResponse = self.client.get(answer.location)
        found = re.search(r'name="undo" value="([^"]+)"', page.text)
        self.undo = found[1] if found else ""
        return words(page)

    def take_back(self) -> str:
        return self.act(undo=self.undo)


def a_show() -> ANight:
    return a_night(
        [a_slot("Josh Granowski", "20:00")], shifts=[a_shift("Front door", "18:00", "19:00", people=("Cleo Cedar",))]
    )


@pytest.mark.parametrize(("do", "answer"), [("confirmed", "confirmed"), ("cannot", "declined")])
def test_an_answer_given_for_a_performer_is_theirs_and_can_be_taken_back(
    app: Flask, client: FlaskClient, do: str, answer: str
) -> None:
    night = a_show()
    desk, slot = Desk(client, night, "Josh Granowski"), night.slot("Josh Granowski")

    desk.act(do=do, slot=slot.id)
    done = night.slot("Josh Granowski").answer
    desk.take_back()

    assert (done, night.slot("Josh Granowski").answer) == (answer, "invited")
    kept = db.session.scalars(select(AuditEntry.what).where(AuditEntry.what.startswith("text.act"))).all()
    assert sorted(kept) == ["text.act_taken_back", "text.acted_on"]


def test_a_performer_who_writes_that_they_are_late_is_noted_and_read(app: Flask, client: FlaskClient) -> None:
    night = a_show()
    Playing(night.at("12:00-6")).text_in(night.person("Josh Granowski").phone or "", "traffic is terrible here")
    desk, slot = Desk(client, night, "Josh Granowski"), night.slot("Josh Granowski")

    said = desk.act(do="late", slot=slot.id, minutes=10)
    late = night.slot("Josh Granowski").said_late_by
    desk.take_back()

    assert "Noted: Josh will be late. Undo" in said
    assert (late, night.slot("Josh Granowski").said_late_by) == (minutes(10), None)
    assert inbox(night.organisation.id) == []


def test_a_volunteer_is_marked_as_coming_as_looking_for_cover_and_as_late(app: Flask, client: FlaskClient) -> None:
    night = a_show()
    desk = Desk(client, night, "Cleo Cedar")
    sign_up = db.session.scalars(select(SignUp)).one()
    said: list[tuple[bool, bool, object]] = []

    def stands() -> tuple[bool, bool, object]:
        db.session.expire_all()
        return sign_up.will_come_at is not None, sign_up.wants_cover_at is not None, sign_up.late_by

    for do, more in (("confirmed", {}), ("cannot", {}), ("late", {"minutes": 20})):
        desk.act(do=do, sign_up=sign_up.id, **more)
        said.append(stands())
        desk.take_back()
        said.append(stands())

    nothing = (False, False, None)
    assert said == [(True, False, None), nothing, (False, True, None), nothing, (False, False, minutes(20)), nothing]


def test_texts_are_turned_off_and_on_with_how_they_agreed(app: Flask, client: FlaskClient) -> None:
    night = a_show()
    desk = Desk(client, night, "Josh Granowski")

    desk.act(do="texts-off")
    off = night.person("Josh Granowski").agreed_at
    desk.act(do="texts-on", how="on the phone")

    assert off is None
    assert night.person("Josh Granowski").agreed_how == "told a coordinator on the phone"


def test_a_stop_is_not_lifted_from_here(app: Flask, client: FlaskClient) -> None:
    night = a_show()
    desk, phone = Desk(client, night, "Josh Granowski"), night.person("Josh Granowski").phone or ""
    desk.act(do="texts-off")
    sender = app.extensions["callboard"].gateway.sender
    stop_texts(phone, sender=sender, cause="STOP", now=night.at("12:00-6"))

    page = desk.act(do="texts-on", how="in person")

    assert "They replied STOP. Only a START from their own phone turns texts on again." in page
    assert (night.person("Josh Granowski").agreed_at, len(open_opt_outs(phone, sender))) == (None, 1)


@pytest.mark.parametrize(
    "said",
    [
        {"do": "go"}, {"do": ""}, {"do": "confirmed"}, {"do": "confirmed", "slot": "99999"},
        {"do": "confirmed", "slot": "x"}, {"do": "late", "minutes": "7"}, {"do": "confirmed", "sign_up": "1" * 30},
    ],
)  # fmt: skip
def test_what_is_not_on_the_list_or_not_theirs_changes_nothing(
    app: Flask, client: FlaskClient, said: dict[str, str]
) -> None:
    night = a_show()
    desk = Desk(client, night, "Josh Granowski")

    page = desk.act(**said)

    assert "That can't be done anymore. Look at the page again." in page
    assert (night.slot("Josh Granowski").answer, db.session.scalars(select(SignUp.will_come_at)).all()) == (
        "invited",
        [None],
    )
