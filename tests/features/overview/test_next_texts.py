"""Which day the overview says of the texts that go out next."""

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import a_coordinator, a_message, a_night, a_slot, sign_in
from tests.reading import read_page


@pytest.mark.parametrize(
    ("now", "due", "says_day"),
    [
        ("18:30", "20:15", False),  # in New York it is the same evening, in UTC another day
        ("20:15", "23:59", False),
        ("20:15", "00:30+1", True),  # and here the same day in UTC
    ],
)
def test_a_day_is_said_when_it_is_another_one_where_the_show_is(
    app: Flask, client: FlaskClient, now: str, due: str, says_day: bool
) -> None:
    night = a_night([a_slot("Josh Granowski", "21:00", answer="confirmed")])
    a_message(night, night.person("Josh Granowski"), due_at=night.at(due), useful_until=night.at("03:00+1"))
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))

    with time_machine.travel(night.at(now), tick=False):
        page = read_page(alice.get("/coordinate/justice-in-motion").text)

    panel = next(each for each in page.every("section") if each.attributes.get("id") == "next-texts")
    assert [small.words.startswith("Josh Granowski,") for small in panel.every("small")] == [says_day]
