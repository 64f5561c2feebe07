"""One text to a network that speaks real HTTP, and what each of its answers means."""

import socket
import ssl
import threading
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from coordinator.messaging.gateway import Accepted, Outcome, OutgoingText, Refused, TryLater, Unsure
from coordinator.messaging.twilio_gateway import TwilioGateway
from coordinator.messaging.twilio_gateway.webhooks import really_twilio
from tests.messaging.stand_in import ACCOUNT, SENDER, TOKEN, Play, StandIn, settings_to, signature, standing_in

PUBLIC_URL = "https://show.example"
TEXT = OutgoingText(7, "+12125550142", "You are on at 8:30 pm.", 900)


def gateway_to(network: StandIn, **changes: str | None) -> TwilioGateway:
    return TwilioGateway(settings_to(network, **changes), PUBLIC_URL, timeout=(0.5, 0.3))


def test_a_text_carries_its_sender_where_to_call_back_and_how_long_it_is_true(stand_in: StandIn) -> None:
    outcome = gateway_to(stand_in).send(TEXT)

    assert outcome == Accepted("SM" + "1".rjust(32, "0"))
    assert stand_in.requests == [
        {
            "To": "+12125550142",
            "From": SENDER,
            "Body": "You are on at 8:30 pm.",
            "StatusCallback": "https://show.example/twilio/status/7",
            "ValidityPeriod": "900",
        }
    ]
    assert stand_in.authorisations == [f"{ACCOUNT}:{TOKEN}"]


def test_a_messaging_service_sends_and_an_api_key_signs_when_they_are_set(stand_in: StandIn) -> None:
    gateway = gateway_to(
        stand_in, sender=None, messaging_service_sid="MG" + "1" * 32, api_key="SK" + "2" * 32, api_secret="hush"
    )

    gateway.send(OutgoingText(8, "+12125550142", "Hello."))

    assert stand_in.requests == [
        {
            "To": "+12125550142",
            "MessagingServiceSid": "MG" + "1" * 32,
            "Body": "Hello.",
            "StatusCallback": "https://show.example/twilio/status/8",
        }
    ]
    assert stand_in.authorisations == [f"SK{'2' * 32}:hush"]


def refused(code: int, kind: str, status: int = 400) -> Refused:
    return Refused(code, f"The network answered {status} (code {code}).", kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("play", "outcome"),
    [
        (Play(400, 21211), refused(21211, "recipient")),
        (Play(400, 21614), refused(21614, "recipient")),
        (Play(400, 21635), refused(21635, "recipient")),
        (Play(400, 21408), refused(21408, "recipient")),
        (Play(400, 21612), refused(21612, "recipient")),
        (Play(400, 21610), refused(21610, "opted_out")),
        (Play(401, 20003), refused(20003, "account", 401)),
        (Play(403, 70000), refused(70000, "account", 403)),
        (Play(401, body="<html>who are you</html>"), refused(401, "account", 401)),
        (Play(400, 21606), refused(21606, "account")),
        (Play(400, 21212), refused(21212, "account")),
        (Play(400, 63038), refused(63038, "account")),
        (Play(429, 63038), refused(63038, "account", 429)),
        (Play(400, 30034), refused(30034, "blocked")),
        (Play(400, 21617), refused(21617, "other")),
        (Play(400, 99999), refused(99999, "other")),
        (Play(429, 20429), TryLater("The network answered 429 (code 20429).")),
        (Play(429, 20429, headers={"Retry-After": "7"}), TryLater("The network answered 429 (code 20429).", 7.0)),
        (Play(429, body="slow down"), TryLater("The network answered 429 (code 429).")),
        (Play(400, 21611), TryLater("The network answered 400 (code 21611).")),
        (Play(500, 20500), Unsure("The network answered 500 (code 20500).")),
        (Play(503, body="<html>sorry</html>"), Unsure("The network answered 503 (code 503).")),
        (Play(307, body="", headers={"Location": "/elsewhere"}), Unsure("The network answered 307 (code 307).")),
        (Play(201, body='{"sid": "SM1'), Unsure("The network's answer could not be read.")),
        (Play(201, body="<html>thanks</html>"), Unsure("The network's answer could not be read.")),
        (Play(201, body="{}"), Unsure("The network's answer named no message.")),
        (Play(201, body=""), Unsure("The network's answer named no message.")),
        (Play(201, body="[]"), Unsure("The network's answer could not be read.")),
        (Play(hang_up=True), Unsure("The network did not answer (ConnectionError).")),
        (Play(after_seconds=0.5), Unsure("The network did not answer (ReadTimeout).")),
    ],
    ids=lambda value: f"{value.status}-{value.code}" if isinstance(value, Play) else "",
)
def test_each_answer_says_whether_the_text_went(stand_in: StandIn, play: Play, outcome: Outcome) -> None:
    stand_in.play(play)

    assert gateway_to(stand_in).send(TEXT) == outcome
    assert len(stand_in.requests) == 1


def test_a_refused_connection_can_be_tried_again() -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        network = StandIn(f"http://127.0.0.1:{unheard.getsockname()[1]}")

        outcome = gateway_to(network).send(TEXT)

    assert outcome == TryLater("The network could not be reached (ConnectionError).")


def test_a_retry_after_of_one_answer_says_nothing_about_the_next(stand_in: StandIn) -> None:
    gateway = gateway_to(stand_in)
    stand_in.play(Play(429, 20429, headers={"Retry-After": "7"}), Play(429, 20429))

    assert [gateway.send(TEXT), gateway.send(TEXT)] == [
        TryLater("The network answered 429 (code 20429).", 7.0),
        TryLater("The network answered 429 (code 20429)."),
    ]


def test_one_connection_carries_a_threads_texts_and_no_cookie_of_the_network_comes_back(stand_in: StandIn) -> None:
    gateway = gateway_to(stand_in)
    stand_in.play(Play(headers={"Set-Cookie": "seen=1"}), Play(429, 20429, headers={"Set-Cookie": "seen=2"}))

    for _text in range(3):
        gateway.send(TEXT)

    assert (stand_in.connections, stand_in.cookies) == (1, [None, None, None])


def test_nothing_is_told_to_a_network_that_nobody_vouches_for() -> None:
    certificate = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.load_cert_chain(Path(__file__).with_name("nobody_vouches.pem"))

    with standing_in(certificate) as network:
        outcome = gateway_to(network).send(TEXT)

    assert outcome == TryLater("The network could not be reached (SSLError).")
    assert network.requests == []


def test_threads_send_side_by_side(stand_in: StandIn) -> None:
    gateway = gateway_to(stand_in)
    outcomes: list[Outcome] = []
    threads = [threading.Thread(target=lambda: outcomes.append(gateway.send(TEXT))) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {outcome.sid for outcome in outcomes if isinstance(outcome, Accepted)} == {
        text["sid"] for text in stand_in.taken
    }
    assert len(stand_in.taken) == 4


FIELDS = {"MessageSid": "SM1", "Body": "Sí ñ", "From": "+12125550142", "AddOns": ""}
ADDRESS = "https://show.example/twilio/inbound?from=a%20b&x=%2B"


@pytest.mark.parametrize(
    ("token", "url", "fields", "is_real"),
    [
        (TOKEN, ADDRESS, FIELDS, True),
        ("the one before", ADDRESS, FIELDS, True),
        ("somebody else's", ADDRESS, FIELDS, False),
        (TOKEN, "https://show.example/twilio/inbound", FIELDS, False),
        (TOKEN, ADDRESS, FIELDS | {"Body": "GO"}, False),
        (TOKEN, ADDRESS, FIELDS | {"One": "more"}, False),
    ],
)
def test_a_call_is_the_networks_when_every_field_is_signed(
    stand_in: StandIn, token: str, url: str, fields: dict[str, str], *, is_real: bool
) -> None:
    settings = settings_to(stand_in, auth_token_previous="the one before")
    signed = signature(ADDRESS, FIELDS, token)

    assert really_twilio(settings, url, MultiDict(fields), signed) is is_real


def test_a_call_without_a_signature_is_nobodys(stand_in: StandIn) -> None:
    assert not really_twilio(settings_to(stand_in), ADDRESS, MultiDict(FIELDS), "")


def test_secrets_and_numbers_stay_out_of_what_is_logged(stand_in: StandIn, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        gateway_to(stand_in).send(TEXT)

    assert caplog.text == ""
    assert "2125550142" not in repr(TEXT)
