"""A document that gives or takes places tells people so, where the show was out before; else it tells nobody."""

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Organisation
from coordinator.db import db
from coordinator.features.event_document.apply import load
from coordinator.messaging.models import Call
from coordinator.people.actions.consent import agree_to_texts
from coordinator.people.models import Person
from tests.builders import an_organisation
from tests.documents import read, small
from tests.playing import Playing

SECONDS = timedelta(seconds=1)


@pytest.fixture
def organisation(app: Flask) -> Organisation:
    return an_organisation("Benefit Nights")


@pytest.fixture
def playing(app: Flask, now: datetime) -> Playing:
    return Playing(now + timedelta(hours=5))  # by day


def document(*sign_ups: str, published: bool = True, **more: Any) -> dict[str, Any]:
    """The small show, with Ana on these shifts."""
    return small() | {
        "published": published,
        "sign_ups": [{"shift": shift, "person": "ana", "state": "confirmed"} for shift in sign_ups],
        **more,
    }


def loaded(playing: Playing, organisation: Organisation, said: dict[str, Any], *, prune: bool = False) -> None:
    load(read(deepcopy(said)), organisation, now=playing.now, prune=prune, force=prune)
    ana = db.session.scalars(select(Person).where(Person.name == "Ana Ruiz")).one()
    if ana.agreed_at is None:
        agree_to_texts(ana, "said so", None, playing.now)


def after(playing: Playing, seconds: int) -> list[str]:
    """What Ana gets in so many seconds."""
    ana = db.session.scalars(select(Person).where(Person.name == "Ana Ruiz")).one()
    left = playing.until(playing.now + seconds * SECONDS, every=SECONDS * 5)
    return [body for _, phone, body in left if phone == ana.phone]


def test_a_document_that_makes_a_show_tells_nobody_of_their_place(organisation: Organisation, playing: Playing) -> None:
    loaded(playing, organisation, document("door-1"))

    assert after(playing, 120) == []


def test_whom_it_puts_on_a_shift_of_a_show_that_is_out_is_asked(organisation: Organisation, playing: Playing) -> None:
    loaded(playing, organisation, document())
    after(playing, 60)

    loaded(playing, organisation, document("door-1"))

    assert after(playing, 25) == []
    (text,) = after(playing, 60)
    assert text.startswith("Benefit Nights: Ana, you're on: Front door 7:15pm, Fri Dec 4")
    assert "Reply C to confirm" in text


def test_a_show_that_nobody_can_see_yet_is_changed_in_silence(organisation: Organisation, playing: Playing) -> None:
    loaded(playing, organisation, document(published=False))
    loaded(playing, organisation, document("door-1", published=False))
    assert after(playing, 60) == []

    loaded(playing, organisation, document(published=False), prune=True)

    assert after(playing, 60) == []


def test_whom_it_takes_off_two_shifts_is_told_in_one_text(organisation: Organisation, playing: Playing) -> None:
    contact: dict[str, Any] = {"contact": {"name": "Priya", "phone": "+12125550142"}}
    loaded(playing, organisation, document("door-1", "door-2", **contact))
    after(playing, 60)

    loaded(playing, organisation, document(**contact), prune=True)

    assert after(playing, 25) == []
    assert after(playing, 300) == [
        "Benefit Nights: Ana, you're no longer on Front door at 7:15pm on Fri Dec 4 and 1 more."
        " Questions? Call Priya, (212) 555-0142. Reply STOP to opt out."
    ]


def test_a_shift_that_it_removes_tells_those_who_were_on_it(organisation: Organisation, playing: Playing) -> None:
    loaded(playing, organisation, document("door-1"))
    after(playing, 60)
    without = document()
    without["shifts"] = [shift for shift in without["shifts"] if shift["key"] != "door-1"]

    loaded(playing, organisation, without, prune=True)

    (text,) = after(playing, 300)
    assert text.startswith("Benefit Nights: Ana, you're no longer on Front door at 7:15pm on Fri Dec 4. Questions?")


def test_a_state_that_it_sets_to_cancelled_is_told_as_well(organisation: Organisation, playing: Playing) -> None:
    loaded(playing, organisation, document("door-1"))
    after(playing, 60)
    cancelled = document("door-1")
    cancelled["sign_ups"][0]["state"] = "cancelled"

    loaded(playing, organisation, cancelled)

    (text,) = after(playing, 60)
    assert "you're no longer on Front door" in text


def test_the_document_before_loaded_again_at_once_tells_nothing(organisation: Organisation, playing: Playing) -> None:
    loaded(playing, organisation, document("door-1", "door-2"))
    after(playing, 60)
    loaded(playing, organisation, document(), prune=True)
    after(playing, 20)

    loaded(playing, organisation, document("door-1", "door-2"))

    assert after(playing, 300) == []


def test_whom_no_text_reaches_stands_on_the_call_list(organisation: Organisation, playing: Playing) -> None:
    loaded(playing, organisation, document("door-1"))
    ana = db.session.scalars(select(Person).where(Person.name == "Ana Ruiz")).one()
    ana.phone_trouble = "unreachable"
    db.session.commit()
    after(playing, 60)

    loaded(playing, organisation, document(), prune=True)

    assert after(playing, 60) == []
    calls = db.session.scalars(select(Call).where(Call.withdrawn_at.is_(None))).all()
    assert [(call.person.name, call.kind, call.about) for call in calls] == [("Ana Ruiz", "removed", "Front door")]
