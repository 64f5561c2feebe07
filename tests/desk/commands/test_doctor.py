"""``flask doctor``: one line for each thing that a night needs."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from config import TwilioSettings
from coordinator import clock
from coordinator.db import Base, db, transaction
from coordinator.house import House
from coordinator.messaging.gateway import RecordingGateway
from coordinator.messaging.models import Heartbeat

TWILIO = TwilioSettings(account_sid="AC0123", auth_token="kept to itself", sender="+12125550100")
REFUSES = "Twilio refuses the account: it answered 401 (code 20003)."


class RefusingGateway(RecordingGateway):
    """A network that does not take the account."""

    def check(self) -> str | None:
        return REFUSES


def examined(app: Flask) -> tuple[int, dict[str, str]]:
    """The exit status, and what was said of each thing, by its name."""
    result = app.test_cli_runner().invoke(args=["doctor"])
    lines = (re.fullmatch(r"(OK|TROUBLE) +(\w+): (.+)", line) for line in result.stdout.splitlines())
    return result.exit_code, {line[2]: f"{line[1]}: {line[3]}" for line in lines if line}


def furnish(app: Flask, gateway: RecordingGateway, public_url: str = "https://show.example") -> None:
    """The same app with Twilio's settings and this network."""
    house: House = app.extensions["callboard"]
    settings = replace(house.settings, twilio=TWILIO, public_url=public_url)
    app.extensions["callboard"] = replace(house, settings=settings, gateway=gateway)


def tick(ago: timedelta) -> None:
    with transaction() as session:
        session.add(Heartbeat(name="jobs", at=clock.now() - ago))


def test_an_installation_with_simulated_phones_is_well(app: Flask) -> None:
    status, found = examined(app)

    assert (status, set(found)) == (0, {"database", "clock", "jobs", "Twilio"})
    assert found["database"] == "OK: answers, and is up to date"
    assert found["Twilio"] == "OK: not set up, so phones are simulated and no text leaves this machine"
    assert found["jobs"] == "OK: no jobs process has ticked yet; texts leave only while one runs"


def test_the_clock_is_held_against_the_databases_where_it_has_one(app: Flask) -> None:
    clocks = {"sqlite": r"OK: it is \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC here; is that right\?"}

    _status, found = examined(app)

    assert re.fullmatch(clocks.get(db.engine.dialect.name, r"OK: [01]\.\d s from the database's"), found["clock"])


@pytest.mark.parametrize(
    ("ago", "status", "said"),
    [
        (2, 0, r"OK: the last tick was noted \d+ s ago"),
        (60, 1, r"TROUBLE: the last tick was noted \d+ s ago\. Start: python -m jobs"),
    ],
)
def test_jobs_that_stand_still_are_trouble(sqlite_app: Flask, ago: int, status: int, said: str) -> None:
    tick(timedelta(seconds=ago))

    left_with, found = examined(sqlite_app)

    assert (left_with, bool(re.fullmatch(said, found["jobs"]))) == (status, True)


def test_a_database_that_is_behind_is_trouble(sqlite_app: Flask) -> None:
    with transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'older'"))

    status, found = examined(sqlite_app)

    assert (status, found["database"]) == (1, "TROUBLE: is not up to date. Run: flask db upgrade")


def test_a_database_without_tables_is_trouble_in_words(app: Flask) -> None:
    Base.metadata.drop_all(db.engine)

    status, found = examined(app)

    assert status == 1
    assert found["jobs"].startswith("TROUBLE: the database does not answer (")


def test_an_account_that_twilio_takes_is_well(sqlite_app: Flask) -> None:
    furnish(sqlite_app, RecordingGateway())

    status, found = examined(sqlite_app)

    assert (status, found["Twilio"]) == (0, "OK: takes the account; texts come from +12125550100")
    assert found["webhooks"] == "OK: let Twilio send incoming messages to https://show.example/twilio/inbound"


def test_an_account_that_twilio_refuses_is_trouble(sqlite_app: Flask) -> None:
    furnish(sqlite_app, RefusingGateway())

    status, found = examined(sqlite_app)

    assert (status, found["Twilio"]) == (1, f"TROUBLE: {REFUSES}")


@pytest.mark.parametrize(
    ("public_url", "said"),
    [
        (
            "http://127.0.0.1:8000",
            "TROUBLE: PUBLIC_URL is http://127.0.0.1:8000, which Twilio cannot reach. Set it to your public address",
        ),
        ("http://show.example", "TROUBLE: PUBLIC_URL is http://show.example; it should begin with https://"),
    ],
)
def test_an_address_that_twilio_cannot_call_is_trouble(sqlite_app: Flask, public_url: str, said: str) -> None:
    furnish(sqlite_app, RecordingGateway(), public_url)

    status, found = examined(sqlite_app)

    assert (status, found["webhooks"]) == (1, said)


def test_trouble_is_summed_up_on_standard_error(sqlite_app: Flask) -> None:
    furnish(sqlite_app, RefusingGateway())

    result = sqlite_app.test_cli_runner().invoke(args=["doctor"])

    assert result.stderr == "Error: Something needs you; see above.\n"
