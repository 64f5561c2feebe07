"""What there was becomes an event of one day, and goes back."""

from datetime import UTC, date, datetime

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text

from coordinator.core.show_days import ShowDay
from coordinator.db import db, transaction
from coordinator.events.models import Event
from tests.builders import a_night

DOORS_AT, CURFEW_AT = datetime(2026, 12, 5, 0, 30, tzinfo=UTC), datetime(2026, 12, 5, 4, 0, tzinfo=UTC)


def test_a_show_becomes_one_of_one_day_and_back(app: Flask) -> None:
    stage = a_night(doors="19:30", curfew="23:00").stage.key
    db.session.remove()

    downgrade(revision="first")
    with transaction() as session:
        doors = session.execute(text("SELECT doors_local FROM events")).scalar_one()
        curfew = session.execute(text("SELECT curfew_local FROM stages")).scalar_one()
    upgrade()

    event = db.session.scalars(select(Event)).one()
    assert (doors, curfew) == ("2026-12-04T19:30", "2026-12-04T23:00")
    assert event.days == (ShowDay(date(2026, 12, 4), DOORS_AT, {stage: CURFEW_AT}),)
    assert event.date == date(2026, 12, 4)
