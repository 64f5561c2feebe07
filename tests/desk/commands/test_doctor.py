"""``flask doctor``: one line for each thing that a night needs."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from config import TwilioSettings
from coordinator import clock, create_app
from coordinator.db import Base, db, transaction
from coordinator.house import House
from coordinator.messaging.gateway import RecordingGateway
from coordinator.messaging.listing import SenderSetUp
from coordinator.messaging.models import Heartbeat
from tests.databases import settings_for
from tests.serving import answering, served

TWILIO = TwilioSettings(account_sid="AC0123", auth_token="kept to itself", sender="+12125550100")
STAND_ALONE = ("http://127.0.0.1:8000", "http://show.example")
REFUSES = "Twilio refuses the account: it answered 401 (code 20003)."


class RefusingGateway(RecordingGateway):
    """A network that does not take the account."""

    def check(self) -> str | None:
        return REFUSES


class ToldGateway(RecordingGateway):
    """A network that tells what it has written down for our number."""

    def __init__(self, told: SenderSetUp) -> None:
        super().__init__()
        self.told = told

    def sender_set_up(self) -> SenderSetUp:
        return self.told


def said(app: Flask) -> tuple[int, list[str]]:
    """The exit status, and every line."""
    result = app.test_cli_runner().invoke(args=["doctor"])
    return result.exit_code, result.stdout.splitlines()


def examined(app: Flask) -> tuple[int, dict[str, str]]:
    """The exit status, and what was said last of each thing, by its name."""
    status, written = said(app)
    lines = (re.fullmatch(r"(OK|TROUBLE|UNKNOWN) +(\w+): (.+)", line) for line in written)
    return status, {line[2]: f"{line[1]}: {line[3]}" for line in lines if line}


def furnish(app: Flask, gateway: RecordingGateway, public_url: str = "http://show.example") -> None:
    """The same app with Twilio's settings and this network, which stands on this machine where the app does."""
    house: House = app.extensions["callboard"]
    api_url = public_url if public_url not in STAND_ALONE else TWILIO.api_url
    settings = replace(house.settings, twilio=replace(TWILIO, api_url=api_url), public_url=public_url)
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
    assert found["jobs"] == "TROUBLE: tables are missing. Run: flask db upgrade"


def test_a_database_that_does_not_answer_is_not_said_to_lack_tables(tmp_path: Path) -> None:
    app = create_app(settings_for(f"sqlite:///{tmp_path}/no/such/folder/callboard.sqlite3", tmp_path))

    status, found = examined(app)

    sentence = "TROUBLE: the database does not answer (OperationalError). Check DATABASE_URL."
    assert (status, found["database"], found["jobs"]) == (1, sentence, sentence)


def test_an_account_that_twilio_takes_and_an_address_that_leads_here_are_well(sqlite_app: Flask) -> None:
    with served(sqlite_app) as address:
        furnish(sqlite_app, ToldGateway(SenderSetUp(True, f"{address}/twilio/inbound")), address)
        status, lines = said(sqlite_app)

    assert status == 0
    assert lines[-5:] == [
        "OK       Twilio: takes the account; texts come from +12125550100",
        f"OK       webhooks: {address} answers",
        "OK       webhooks: a call that nobody signed is refused",
        "OK       webhooks: a call signed as Twilio signs is taken",
        f"OK       webhooks: Twilio sends incoming messages to {address}/twilio/inbound",
    ]


def test_a_network_that_does_not_tell_where_it_calls_is_no_trouble(sqlite_app: Flask) -> None:
    with served(sqlite_app) as address:
        furnish(sqlite_app, RecordingGateway(), address)
        status, found = examined(sqlite_app)

    assert (status, found["webhooks"]) == (
        0,
        f"UNKNOWN: where Twilio sends incoming messages could not be read; it should be {address}/twilio/inbound, "
        "by HTTP POST",
    )


def test_an_address_where_nobody_answers_is_trouble(sqlite_app: Flask) -> None:
    with served(answering("404 Not Found")) as address:
        furnish(sqlite_app, RecordingGateway(), address)
        status, found = examined(sqlite_app)

    assert (status, found["webhooks"]) == (
        1,
        f"TROUBLE: {address}/healthz answers 404, and not as Callboard does. "
        "Let the proxy pass everything to Callboard",
    )


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
