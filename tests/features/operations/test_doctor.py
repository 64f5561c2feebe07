"""``flask doctor``: one line for each thing that a night needs."""

import os
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
from coordinator.messaging.gateway import RecordingGateway
from coordinator.messaging.listing import SenderSetUp
from coordinator.messaging.models import Heartbeat
from coordinator.services import AppServices
from tests.databases import settings_for
from tests.messaging.mail_server import MailServer, serving
from tests.serving import answering, served

TWILIO = TwilioSettings(account_sid="AC0123", auth_token="kept to itself", sender="+12125550100")
STAND_ALONE = ("http://127.0.0.1:8000", "http://show.example")
REFUSES = "Twilio refuses the account: it answered 401 (code 20003)."


class RefusingGateway(RecordingGateway):
    """A network that does not take the account."""

    def check(self) -> str | None:
        return REFUSES


class ToldGateway(RecordingGateway):
    """A network that says what it has configured for our number."""

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
    """The same app with Twilio's settings and this network, which is on this machine where the app does."""
    services: AppServices = app.extensions["callboard"]
    api_url = public_url if public_url not in STAND_ALONE else TWILIO.api_url
    settings = replace(services.settings, twilio=replace(TWILIO, api_url=api_url), public_url=public_url)
    app.extensions["callboard"] = replace(services, settings=settings, gateway=gateway)


def tick(ago: timedelta) -> None:
    with transaction() as session:
        session.add(Heartbeat(name="jobs", at=clock.now() - ago))


def test_an_installation_with_simulated_phones_is_well(app: Flask) -> None:
    status, found = examined(app)

    assert (status, set(found)) == (0, {"database", "clock", "jobs", "texts", "Twilio", "email"})
    assert found["database"] == "OK: answers and is up to date"
    assert found["email"] == "OK: not set up: mailboxes are SIMULATED, and no email leaves this machine"
    assert found["Twilio"] == "OK: not set up: phones are SIMULATED, and no text leaves this machine"
    assert found["jobs"] == "OK: no jobs process has ticked yet; texts go out only while one runs"


def test_the_clock_is_held_against_the_databases_where_it_has_one(app: Flask) -> None:
    clocks = {"sqlite": r"OK: it is \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC on this machine; is that right\?"}

    _status, found = examined(app)

    assert re.fullmatch(clocks.get(db.engine.dialect.name, r"OK: [01]\.\d s from the database's"), found["clock"])


@pytest.mark.parametrize(
    ("ago", "status", "said"),
    [
        (2, 0, r"OK: the last tick was recorded \d+ s ago"),
        (60, 1, r"TROUBLE: the last tick was recorded \d+ s ago\. Start: python -m jobs"),
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
    assert lines[-6:] == [
        "OK       Twilio: accepts the account; texts come from +12125550100",
        "OK       email: not set up: people can only be texted (SMTP_URL)",
        f"OK       webhooks: {address} answers",
        "OK       webhooks: an unsigned call is refused",
        "OK       webhooks: a call signed the way Twilio signs is accepted",
        f"OK       webhooks: Twilio sends incoming messages to {address}/twilio/inbound",
    ]


def test_a_network_that_does_not_tell_where_it_calls_is_no_trouble(sqlite_app: Flask) -> None:
    with served(sqlite_app) as address:
        furnish(sqlite_app, RecordingGateway(), address)
        status, found = examined(sqlite_app)

    assert (status, found["webhooks"]) == (
        0,
        f"UNKNOWN: couldn't read where Twilio sends incoming messages; it should be {address}/twilio/inbound, "
        "by HTTP POST",
    )


def test_an_address_where_nobody_answers_is_trouble(sqlite_app: Flask) -> None:
    with served(answering("404 Not Found")) as address:
        furnish(sqlite_app, RecordingGateway(), address)
        status, found = examined(sqlite_app)

    assert (status, found["webhooks"]) == (
        1,
        f"TROUBLE: {address}/healthz answers 404, which isn't how Callboard answers. "
        "Have the proxy pass everything to Callboard",
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
            ("TROUBLE: PUBLIC_URL is http://127.0.0.1:8000, which Twilio can't reach. Set it to your public address"),
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

    assert result.stderr == "Error: Something is wrong; see above.\n"


def test_a_database_and_a_key_that_others_can_read_are_trouble(sqlite_app: Flask, tmp_path: Path) -> None:
    key, folder = tmp_path / "secret_key", tmp_path
    key.write_text("secret")
    key.chmod(0o644)
    folder.chmod(0o755)

    _, lines = said(sqlite_app)
    key.chmod(0o600)
    _, later = said(sqlite_app)

    line = f"TROUBLE  files: others on this machine can read {key}. Run: chmod go-rwx {key}"
    assert ([line in each for each in (lines, later)]) == [True, False]


def test_who_is_root_is_warned_and_that_is_no_trouble(sqlite_app: Flask) -> None:
    status, lines = said(sqlite_app)

    assert (status, lines[0].startswith("WARNING  user: ")) == (0, os.geteuid() == 0)


def test_a_mail_server_is_asked_whether_it_takes_our_emails(sqlite_app: Flask) -> None:
    with serving(MailServer(MAIL=["250 OK", "553 not this sender"])) as box:
        services: AppServices = sqlite_app.extensions["callboard"]
        settings = replace(services.settings, smtp_url=box.url, mail_from="show@show.example")
        sqlite_app.extensions["callboard"] = replace(services, settings=settings)

        answers = [examined(sqlite_app) for _ in range(2)]

    assert [(status, found["email"]) for status, found in answers] == [
        (0, "OK: the mail server takes emails from show@show.example"),
        (1, "TROUBLE: The mail server answered 553: not this sender"),
    ]
