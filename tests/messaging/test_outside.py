"""Our own public address, asked as the network would ask it: real HTTP on this machine."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from config import Settings, TwilioSettings
from coordinator.db import db
from coordinator.messaging.actions.outside import address_findings, inbound_finding
from coordinator.messaging.listing import SenderSetUp, Unreachable
from coordinator.messaging.models import Message
from coordinator.services import AppServices
from tests.messaging.stand_in import ACCOUNT, SENDER, TOKEN
from tests.serving import Wsgi, answering, served


def dropping_queries(behind: Wsgi) -> Wsgi:
    """A proxy that passes on the path only."""
    return lambda environ, start: behind({**environ, "QUERY_STRING": ""}, start)


def furnished(app: Flask, address: str, **changes: Any) -> Settings:
    """This app with Twilio's settings, under this address."""
    services: AppServices = app.extensions["callboard"]
    twilio = TwilioSettings(ACCOUNT, TOKEN, sender=SENDER, api_url="http://127.0.0.1:9", **changes)
    settings = replace(services.settings, public_url=address, twilio=twilio)
    app.extensions["callboard"] = replace(services, settings=settings)
    return settings


def found(settings: Settings) -> list[tuple[bool | None, str]]:
    assert settings.twilio is not None
    return [(finding.well, finding.sentence) for finding in address_findings(settings, settings.twilio)]


def test_an_address_that_leads_here_takes_what_is_signed_and_nothing_else(sqlite_app: Flask) -> None:
    with served(sqlite_app) as address:
        said = found(furnished(sqlite_app, address))

    assert said == [
        (True, f"{address} answers"),
        (True, "an unsigned call is refused"),
        (True, "a call signed the way Twilio signs is accepted"),
    ]
    assert db.session.query(Message).count() == 0


def test_a_proxy_that_loses_the_query_is_named(sqlite_app: Flask) -> None:
    with served(dropping_queries(sqlite_app)) as address:
        said = found(furnished(sqlite_app, address))

    assert said[-1] == (
        False,
        ("a proxy changes what comes after the question mark in an address. Have it pass that through unchanged"),
    )


def test_another_token_there_is_named(sqlite_app: Flask) -> None:
    with served(sqlite_app) as address:
        settings = furnished(sqlite_app, address)
        assert settings.twilio is not None
        ours = replace(settings, twilio=replace(settings.twilio, auth_token="another"))
        said = found(ours)

    assert [well for well, _ in said] == [True, True, False]
    assert said[-1][1].startswith(
        "a call signed with our token is refused there: the web process has a different TWILIO_AUTH_TOKEN or PUBLIC_URL"
    )


def test_a_web_process_without_twilio_is_named(sqlite_app: Flask) -> None:
    services: AppServices = sqlite_app.extensions["callboard"]
    with served(sqlite_app) as address:
        settings = furnished(sqlite_app, address)
        sqlite_app.extensions["callboard"] = services
        said = found(settings)

    assert said[1] == (
        False,
        ("the web process there is running without Twilio's settings. Restart it with the same settings"),
    )


@pytest.mark.parametrize(
    ("wsgi", "sentence"),
    [
        (answering("200 OK", "<h1>It works</h1>"), "{url}/healthz answers 200, which isn't how Callboard answers."),
        (answering("502 Bad Gateway"), "{url}/healthz answers 502, which isn't how Callboard answers."),
        (
            answering("301 Moved", Location="https://show.example/healthz?key=1"),
            (
                "{url} redirects to https://show.example, and Twilio doesn't "
                "follow redirects. Set PUBLIC_URL to that address"
            ),
        ),
    ],
)
def test_somebody_else_at_the_address_is_named(sqlite_app: Flask, wsgi: Wsgi, sentence: str) -> None:
    with served(wsgi) as address:
        said = found(furnished(sqlite_app, address))

    assert [well for well, _ in said] == [False]
    assert said[0][1].startswith(sentence.format(url=address))


def test_an_address_where_nobody_listens_is_named(sqlite_app: Flask) -> None:
    with served(answering("200 OK")) as address:
        pass

    assert found(furnished(sqlite_app, address)) == [
        (
            False,
            f"Can't reach {address} from here (ConnectionError). Check the name, the proxy, and that "
            "Callboard is running",
        )
    ]


def test_a_server_that_takes_everything_does_not_pass_for_ours(sqlite_app: Flask) -> None:
    with served(answering("200 OK", "ok\n")) as address:
        said = found(furnished(sqlite_app, address))

    assert [well for well, _ in said] == [True, False, False]


URL = "https://show.example"


@pytest.mark.parametrize(
    ("told", "well", "sentence"),
    [
        (SenderSetUp(True, f"{URL}/twilio/inbound"), True, f"Twilio sends incoming messages to {URL}/twilio/inbound"),
        (
            SenderSetUp(True, f"{URL}/twilio/inbound", f"{URL}/twilio/fallback"),
            True,
            f"Twilio sends incoming messages to {URL}/twilio/inbound",
        ),
        (
            SenderSetUp(True, "https://demo.twilio.com/welcome"),
            False,
            "Twilio sends incoming messages to https://demo.twilio.com/welcome. "
            f"Have it send them to {URL}/twilio/inbound",
        ),
        (
            SenderSetUp(True),
            False,
            f"Twilio sends incoming messages to nowhere. Have it send them to {URL}/twilio/inbound",
        ),
        (
            SenderSetUp(True, f"{URL}/twilio/inbound", "https://old.example"),
            False,
            f"when we don't answer, Twilio asks https://old.example. Have it ask {URL}/twilio/fallback",
        ),
        (
            SenderSetUp(False),
            False,
            "the account doesn't have that number. Set TWILIO_FROM to a number on this account",
        ),
        (
            Unreachable("The network answered 404.", 404),
            None,
            f"couldn't read where Twilio sends incoming messages; it should be {URL}/twilio/inbound, by HTTP POST",
        ),
    ],
)
def test_where_the_network_calls_is_held_against_our_address(
    sqlite_app: Flask, told: SenderSetUp | Unreachable, well: bool | None, sentence: str
) -> None:
    finding = inbound_finding(furnished(sqlite_app, URL), told)

    assert (finding.well, finding.sentence) == (well, sentence)
