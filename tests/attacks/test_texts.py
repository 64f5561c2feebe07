"""Texts made to break or to stall whoever reads them get an answer, and nothing that was typed is lost."""

from html import unescape

import pytest

from tests.attacks.server import Browser, Server

MUCH = 900_000
FLYERS = {
    "a number of 4,400 digits": "Gathering " + "7" * 4_400 + "\n8pm Ash\n",
    "a table of tabs and times": ("20:00\tAsh\t" * 100 + "\n") * 60,
    "a million tabs": "\t" * MUCH + "8pm",
    "one line of hours": "at 8 " * (MUCH // 5),
    "dashes": "- " * (MUCH // 2) + "8pm",
    "accents": "x" + "\u0301\u0323" * 100_000 + "8pm",
    "turned around": "8pm \u202eknalP\u202c Ash\n",
}


@pytest.fixture
def alice(server: Server) -> Browser:
    alice = Browser(server)
    alice.sign_in()
    return alice


@pytest.mark.parametrize("flyer", FLYERS.values(), ids=FLYERS.keys())
def test_a_hostile_flyer_is_read_and_others_are_answered_meanwhile(alice: Browser, flyer: str) -> None:
    shown = alice.press("/coordinate/new", flyer=flyer, zone="America/New_York")

    assert shown.status == 200
    assert "\u202e" not in unescape(shown.text)
    assert alice.server.seconds() < 1
