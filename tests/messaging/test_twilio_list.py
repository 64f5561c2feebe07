"""Looking up, fetching and what came in, over real HTTP, with a list that lags, fails, pages and holds look-alikes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config import TwilioSettings
from coordinator.messaging.gateway import Accepted, OutgoingText
from coordinator.messaging.listing import Absent, Found, Sought, Unreachable
from coordinator.messaging.twilio_gateway import TwilioGateway
from tests.faults.stand_in.network import OURS
from tests.faults.trying import PHONE, Tried, eventually, standing_in

MINUTE = timedelta(minutes=1)


def gateway_to(network: Tried, token: str = OURS.token) -> TwilioGateway:
    settings = TwilioSettings(OURS.sid, token, sender=OURS.sender, api_url=network.line.url)
    return TwilioGateway(settings, network.app.url, timeout=(1, 2))


def sought(body: str, *known: str) -> Sought:
    now = datetime.now(UTC)
    return Sought(PHONE, body, now - MINUTE, now + MINUTE, frozenset(known))


def test_a_text_is_found_among_look_alikes_page_after_page(tmp_path: Path) -> None:
    with standing_in(tmp_path, "list_pages=1,look_alike=1") as network:
        gateway = gateway_to(network)
        sent = [gateway.send(OutgoingText(number, PHONE, f"You are on, no {number}.")) for number in range(5)]

        found = gateway.look_up(sought("You are on, no 0."))
        missing = gateway.look_up(sought("You are on, no 7."))

    first = sent[0]
    assert isinstance(first, Accepted)
    assert isinstance(found, Found)
    assert (found.sid, missing) == (first.sid, Absent())
    assert network.noted("contract") == []


def test_the_list_is_read_no_further_than_the_text_itself(tmp_path: Path) -> None:
    with standing_in(tmp_path, "list_pages=1") as network:
        gateway = gateway_to(network)
        for number in range(5):
            gateway.send(OutgoingText(number, PHONE, f"You are on, no {number}."))

        gateway.look_up(sought("You are on, no 4."))
        pages_of_the_newest = network.line.network.listing.times.total()
        gateway.look_up(sought("You are on, no 0."))

    assert (pages_of_the_newest, network.line.network.listing.times.total()) == (1, 1 + 3)


def test_a_text_that_belongs_to_another_row_is_not_found(tmp_path: Path) -> None:
    with standing_in(tmp_path) as network:
        gateway = gateway_to(network)
        sent = gateway.send(OutgoingText(1, PHONE, "You are on."))
        assert isinstance(sent, Accepted)

        assert gateway.look_up(sought("You are on.", sent.sid)) == Absent()


def test_a_list_that_lags_holds_it_later(tmp_path: Path) -> None:
    with standing_in(tmp_path, "list_lags=1", lag=0.5) as network:
        gateway = gateway_to(network)
        sent = gateway.send(OutgoingText(1, PHONE, "You are on."))

        assert isinstance(sent, Accepted)
        assert eventually(lambda: isinstance(gateway.look_up(sought("You are on.")), Found))


@pytest.mark.parametrize("token", ["somebody else's", OURS.token])
def test_nothing_is_learnt_from_a_list_that_is_refused_or_fails(tmp_path: Path, token: str) -> None:
    with standing_in(tmp_path, "list_fails=1") as network:
        gateway = gateway_to(network, token)

        assert isinstance(gateway.look_up(sought("You are on.")), Unreachable)
        assert isinstance(gateway.came_in(datetime.now(UTC) - MINUTE), Unreachable)


def test_what_became_of_a_text_can_be_asked(tmp_path: Path) -> None:
    with standing_in(tmp_path) as network:
        gateway = gateway_to(network)
        sent = gateway.send(OutgoingText(1, PHONE, "You are on."))
        assert isinstance(sent, Accepted)

        assert eventually(lambda: gateway.fetch(sent.sid) == Found(sent.sid, "delivered"))
        assert gateway.fetch("SM" + "f" * 32) == Absent()


def test_what_came_in_is_told_oldest_first_and_nothing_else(tmp_path: Path) -> None:
    with standing_in(tmp_path) as network:
        gateway = gateway_to(network)
        gateway.send(OutgoingText(1, PHONE, "You are on."))
        for words in ("C", "LATE 10"):
            network.line.network.inbound.text(PHONE, words)

        came = gateway.came_in(datetime.now(UTC) - MINUTE)

    assert not isinstance(came, Unreachable)
    assert [(text.phone, text.body, text.num_media) for text in came] == [(PHONE, "C", 0), (PHONE, "LATE 10", 0)]
