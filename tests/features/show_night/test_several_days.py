"""Show night of a show of several days: one day at a time."""

import time_machine
from flask.testing import FlaskClient

from tests.builders import a_coordinator, a_night, a_shift, a_slot, sign_in
from tests.reading import words

SHOW = "/coordinate/justice-in-motion"


def test_pages_of_the_night_are_about_the_day_that_is_on(client: FlaskClient) -> None:
    festival = a_night(
        [a_slot("Josh", "20:00"), a_slot("Wren", "21:00+1")],
        shifts=[
            a_shift("Door", "19:00", "21:00", people=("Ana Ruiz",)),
            a_shift("Bar", "19:00+1", "21:00+1", people=("Bo Birch",)),
        ],
        days=2,
    )
    alice = sign_in(client.application.test_client(), a_coordinator("Alice", organisation=festival.organisation))

    with time_machine.travel(festival.at("19:00+1"), tick=False):
        show, people, friday = (
            words(alice.get(f"{SHOW}{path}")) for path in ("/show", "/people", "/show?day=2026-12-04")
        )

    assert [("Josh" in page, "Wren" in page) for page in (show, people, friday)] == [
        (False, True),
        (False, True),
        (True, False),
    ]
    assert ("Ana Ruiz" in people, "Bo Birch" in people) == (False, True)


def test_lists_of_the_whole_show_say_the_day_of_each_time(client: FlaskClient) -> None:
    festival = a_night([a_slot("Josh", "20:00"), a_slot("Wren", "21:00+1")], days=2)
    alice = sign_in(client.application.test_client(), a_coordinator("Alice", organisation=festival.organisation))

    with time_machine.travel(festival.at("12:00"), tick=False):
        listed, playing = words(alice.get(f"{SHOW}/people-list")), words(alice.get(f"{SHOW}/performers"))

    for page in (listed, playing):
        assert "Fri, Dec 4, 8:00 PM" in page
        assert "Sat, Dec 5, 9:00 PM" in page
