"""Whoever says something of a slot waits for its event first, as a press does: two never wait for each other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event as Signal
from time import sleep

import pytest
from flask import Flask

from coordinator import create_app
from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.lineup.actions.answers import mark_side_stage, say_here
from coordinator.lineup.models import Slot
from coordinator.reminders.actions.alerts import pass_on_news
from coordinator.shownight.actions.pressing import held
from tests.builders import a_night
from tests.databases import settings_for

SAM = Actor("Sam Stage")
A_WAIT = 0.5  # seconds in which the other comes to wait


@pytest.mark.parametrize("said", ["here", "side stage", "news"])
def test_what_is_said_of_a_slot_during_a_press_waits_for_it(app: Flask, tmp_path: Path, said: str) -> None:
    night = a_night()
    slot_id, now = night.slot("Josh Granowski").id, night.at("19:30")
    with transaction():
        night.slot("Josh Granowski").news_at = now
    another, is_pressed = create_app(settings_for(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path)), Signal()
    says: dict[str, Callable[[], object]] = {
        "here": lambda: say_here(db.session.get_one(Slot, slot_id), call_at=now, actor=SAM, now=now),
        "side stage": lambda: mark_side_stage(db.session.get_one(Slot, slot_id), actor=SAM, now=now),
        "news": lambda: pass_on_news(now, sender="+12125550100"),
    }

    def press() -> None:
        with another.app_context():
            try:
                with transaction() as session:
                    slot = held(session, slot_id)
                    is_pressed.set()
                    sleep(A_WAIT)
                    slot.early_ok = True
            finally:
                db.session.remove()

    def say() -> None:
        with another.app_context():
            try:
                is_pressed.wait(timeout=60)
                says[said]()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(each) for each in (press, say)]
        [each.result(timeout=60) for each in both]
    with another.app_context():
        db.engine.dispose()

    db.session.rollback()
    slot = night.slot("Josh Granowski")
    assert (slot.early_ok, slot.said_here_at is not None, slot.news_at is None) == (
        True,
        said != "news",
        said == "news",
    )
