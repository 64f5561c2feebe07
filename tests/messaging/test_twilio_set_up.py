"""What Twilio has configured for our number or service, read over real HTTP."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

import pytest

from config import TwilioSettings
from coordinator.messaging.listing import SenderSetUp, Unreachable
from coordinator.messaging.twilio_gateway import TwilioGateway
from tests.messaging.stand_in import ACCOUNT, SENDER, TOKEN
from tests.serving import Wsgi, answering, served

SERVICE = "MG" + "0" * 32
NUMBERS = f"/2010-04-01/Accounts/{ACCOUNT}/IncomingPhoneNumbers.json"


def knowing(pages: Mapping[str, dict[str, Any]], asked: list[dict[str, list[str]]]) -> Wsgi:
    """A Twilio that knows these addresses, and what it was asked for."""

    def wsgi(environ: dict[str, Any], start: Any) -> list[bytes]:
        asked.append(parse_qs(environ["QUERY_STRING"]))
        found = pages.get(environ["PATH_INFO"])
        start("200 OK" if found else "404 Not Found", [("Content-Type", "application/json")])
        return [json.dumps(found or {"code": 20404, "message": "no", "status": 404}).encode()]

    return wsgi


def told(pages: Mapping[str, dict[str, Any]], **changes: Any) -> SenderSetUp | Unreachable:
    with served(knowing(pages, [])) as url:
        settings = TwilioSettings(ACCOUNT, TOKEN, api_url=url, **({"sender": SENDER} | changes))
        return TwilioGateway(settings, "https://show.example").sender_set_up()


def a_number(number: str = SENDER, **columns: Any) -> dict[str, Any]:
    listed = {"phone_number": number, "sms_url": "https://show.example/twilio/inbound", **columns}
    return {NUMBERS: {"incoming_phone_numbers": [listed], "page": 0, "page_size": 50}}


def test_a_number_is_asked_for_by_itself_and_tells_where_it_calls() -> None:
    asked: list[dict[str, list[str]]] = []
    pages = a_number(sms_fallback_url="https://show.example/twilio/fallback")
    with served(knowing(pages, asked)) as url:
        settings = TwilioSettings(ACCOUNT, TOKEN, sender=SENDER, api_url=url)
        found = TwilioGateway(settings, "https://show.example").sender_set_up()

    assert found == SenderSetUp(True, "https://show.example/twilio/inbound", "https://show.example/twilio/fallback")
    assert [each["PhoneNumber"] for each in asked] == [[SENDER]]


@pytest.mark.parametrize(
    "pages", [a_number("+12125550199"), {NUMBERS: {"incoming_phone_numbers": [], "page": 0, "page_size": 50}}]
)
def test_a_number_that_the_account_does_not_have_is_not_ours(pages: dict[str, dict[str, Any]]) -> None:
    assert told(pages) == SenderSetUp(is_ours=False)


def test_a_number_that_calls_nobody_says_so() -> None:
    assert told(a_number(sms_url=None)) == SenderSetUp(True, "", "")


def test_a_service_tells_where_it_calls() -> None:
    service = {"sid": SERVICE, "inbound_request_url": "https://show.example/twilio/inbound", "fallback_url": None}
    pages = {f"/v1/Services/{SERVICE}": {**service, "use_inbound_webhook_on_number": False}}

    assert told(pages, sender=None, messaging_service_sid=SERVICE) == SenderSetUp(
        True, "https://show.example/twilio/inbound"
    )


def test_a_service_that_leaves_it_to_its_numbers_does_not_tell() -> None:
    pages = {f"/v1/Services/{SERVICE}": {"sid": SERVICE, "use_inbound_webhook_on_number": True}}

    assert isinstance(told(pages, sender=None, messaging_service_sid=SERVICE), Unreachable)


def test_a_network_that_does_not_know_the_question_does_not_tell() -> None:
    assert isinstance(told({}), Unreachable)


def test_an_answer_that_cannot_be_read_does_not_tell() -> None:
    with served(answering("200 OK", "<h1>It works</h1>")) as url:
        settings = TwilioSettings(ACCOUNT, TOKEN, sender=SENDER, api_url=url)
        found = TwilioGateway(settings, "https://show.example").sender_set_up()

    assert found == Unreachable("The network's answer could not be read.")
