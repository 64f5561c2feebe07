"""What is ticked before a set: signed, once, and taken back."""

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor, AuditEntry
from coordinator.db import db
from coordinator.shownight.actions.pressing import cancel_slot, start_set
from coordinator.shownight.actions.ready import tick_ready, untick_ready
from coordinator.shownight.models import ReadyPart, ReadyTick
from coordinator.shownight.refusals import CannotPress, SetHasStarted, SlotIsCancelled
from tests.builders import ANight, a_night

SAM, MIA = Actor("Sam Stage"), Actor("Mia Desk")


@pytest.fixture
def night(app: Flask) -> ANight:
    return a_night()


def ticks() -> list[tuple[str, str, bool]]:
    found = db.session.scalars(select(ReadyTick).order_by(ReadyTick.id))
    return [(tick.part, tick.by, tick.undone_at is None) for tick in found]


def test_a_part_is_ticked_once_and_signed_by_the_first(night: ANight) -> None:
    slot = night.slot("Carlos Lumbi")

    first = tick_ready(slot.id, ReadyPart.SOUND, actor=MIA, now=night.at("20:22"))
    again = tick_ready(slot.id, ReadyPart.SOUND, actor=SAM, now=night.at("20:23"))

    assert again.id == first.id
    assert ticks() == [("sound", "Mia Desk", True)]
    assert first.ticked_at == night.at("20:22")


def test_it_is_taken_back_and_ticked_anew_by_somebody_else(night: ANight) -> None:
    slot = night.slot("Carlos Lumbi")
    tick_ready(slot.id, ReadyPart.ACT, actor=MIA, now=night.at("20:22"))

    untick_ready(slot.id, ReadyPart.ACT, actor=SAM, now=night.at("20:23"))
    untick_ready(slot.id, ReadyPart.ACT, actor=SAM, now=night.at("20:23"))
    tick_ready(slot.id, ReadyPart.ACT, actor=SAM, now=night.at("20:24"))

    assert ticks() == [("act", "Mia Desk", False), ("act", "Sam Stage", True)]
    recorded = db.session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)).all()
    assert recorded == ["slot.ready", "slot.ready.undone", "slot.ready"]


def test_what_is_on_or_off_needs_no_tick(night: ANight) -> None:
    josh, carlos = night.slot("Josh Granowski"), night.slot("Carlos Lumbi")
    start_set(josh.id, actor=SAM, now=night.at("20:00"))
    cancel_slot(carlos.id, actor=SAM, now=night.at("20:00"))

    for slot, refusal in ((josh, SetHasStarted), (carlos, SlotIsCancelled)):
        with pytest.raises(refusal):
            tick_ready(slot.id, ReadyPart.STAGE, actor=SAM, now=night.at("20:05"))
    with pytest.raises(CannotPress):
        tick_ready(999_999, ReadyPart.STAGE, actor=SAM, now=night.at("20:05"))
    assert ticks() == []
