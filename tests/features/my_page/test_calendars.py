"""Calendars that a phone follows: each entry keeps its key, counts up with every change, and is cancelled, not lost."""

from datetime import datetime, timedelta
from typing import Any

import icalendar
import time_machine
from flask.testing import FlaskClient

from coordinator.accounts.models import Actor
from coordinator.db import db
from coordinator.shifts.actions.planning import cancel_shift, edit_shift
from coordinator.shifts.actions.signing_up import leave_shift, take_shift
from coordinator.shifts.models import SignUpSource
from coordinator.shownight.actions.pressing import cancel_slot, declare_late, start_set
from tests.builders import ANight, a_night, a_shift
from tests.features.my_page.test_page import Own
from tests.links import token_of

ALICE = Actor("Alice")


def a_bar_night(**columns: Any) -> ANight:
    return a_night(
        shifts=[
            a_shift("Bar", "21:00", "22:00", people=("Dana",), **columns),
            a_shift("Strike", follows="Carlos Lumbi", people=("Dana",)),
        ]
    )


def entries(client: FlaskClient, night: ANight, name: str = "Dana", wall: str = "12:00") -> dict[str, Any]:
    """What a calendar reads at that moment, by the first word of its title."""
    answer = Own(client, night, name).look(wall, path=".ics")
    read = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    return {str(entry["SUMMARY"]).partition(",")[0]: entry for entry in read}


def told(entry: Any) -> tuple[str, datetime, datetime, str]:
    return str(entry["UID"]), entry.decoded("dtstart"), entry.decoded("dtend"), str(entry["STATUS"])


def test_a_shift_that_moves_keeps_its_key_and_counts_up(client: FlaskClient) -> None:
    night = a_bar_night()
    before = entries(client, night)["Bar"]

    edit_shift(night.shift("bar-1"), actor=ALICE, now=night.at("12:01"), starts_at=night.at("21:15"))
    after = entries(client, night, wall="12:02")["Bar"]

    sign_up = night.shift("bar-1").sign_ups[0].id
    assert told(before) == (f"sign-up-{sign_up}@localhost", night.at("21:00"), night.at("22:00"), "CONFIRMED")
    assert told(after) == (f"sign-up-{sign_up}@localhost", night.at("21:15"), night.at("22:00"), "CONFIRMED")
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("dtstamp") == night.at("12:02")


def test_another_place_counts_up_too(client: FlaskClient) -> None:
    night = a_bar_night(place="Yard")
    before = entries(client, night)["Bar"]

    edit_shift(night.shift("bar-1"), actor=ALICE, now=night.at("12:01"), place="Foyer")
    after = entries(client, night)["Bar"]

    assert (str(before["LOCATION"]), str(after["LOCATION"])) == ("Yard, The Old Chapel", "Foyer, The Old Chapel")
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_who_leaves_sees_it_cancelled_and_who_comes_back_sees_it_on_again(client: FlaskClient) -> None:
    night = a_bar_night()
    dana = night.person("Dana")
    on = entries(client, night)["Bar"]
    leave_shift(night.shift("bar-1").sign_ups[0], now=night.at("12:01"), source=SignUpSource.LINK)
    off = entries(client, night)["Bar"]
    take_shift(night.shift("bar-1").id, dana, now=night.at("12:02"), source=SignUpSource.LINK)
    again = entries(client, night)["Bar"]

    assert [str(each["STATUS"]) for each in (on, off, again)] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert len({str(each["UID"]) for each in (on, off, again)}) == 1
    assert on["SEQUENCE"] < off["SEQUENCE"] < again["SEQUENCE"]


def test_what_is_called_off_or_cancelled_is_cancelled_in_the_calendar(client: FlaskClient) -> None:
    night = a_bar_night()
    cancel_shift(night.shift("bar-1"), actor=ALICE, now=night.at("12:01"))
    cancel_slot(night.slot("Josh Granowski").id, actor=ALICE, now=night.at("12:01"))

    assert str(entries(client, night)["Bar"]["STATUS"]) == "CANCELLED"
    assert str(entries(client, night, "Josh Granowski")["Josh Granowski"]["STATUS"]) == "CANCELLED"


def test_a_shift_that_follows_the_show_is_where_the_show_puts_it(client: FlaskClient) -> None:
    night = a_bar_night()
    before = entries(client, night, wall="19:00")["Strike"]

    declare_late(night.slot("Carlos Lumbi").id, 20, actor=ALICE, now=night.at("19:01"))
    after = entries(client, night, wall="19:02")["Strike"]

    assert after.decoded("dtend") - before.decoded("dtend") == timedelta(minutes=20)
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_the_clock_alone_moves_nothing_in_a_calendar_and_a_late_start_does(client: FlaskClient) -> None:
    night = a_bar_night()

    planned, unpressed = (entries(client, night, wall=wall)["Strike"] for wall in ("19:50", "20:40"))
    start_set(night.slot("Josh Granowski").id, actor=ALICE, now=night.at("20:41"))
    late = entries(client, night, wall="20:42")["Strike"]

    assert told(unpressed) == told(planned)
    assert late.decoded("dtend") > planned.decoded("dtend")
    assert late["SEQUENCE"] > planned["SEQUENCE"]


def test_commas_semicolons_and_lines_arrive_as_they_were_written(client: FlaskClient) -> None:
    night = a_bar_night(place="Yard; left, behind \\ the bar", call=timedelta(minutes=15))
    night.shift("bar-1").role.instructions = "Ice; glasses, cloths.\nCount the till."
    db.session.commit()

    bar = entries(client, night)["Bar"]

    assert str(bar["LOCATION"]) == "Yard; left, behind \\ the bar, The Old Chapel"
    assert str(bar["DESCRIPTION"]) == "Be there by 8:45 PM\nIce; glasses, cloths.\nCount the till."


def test_instructions_are_in_the_persons_language_where_there_are_any(client: FlaskClient) -> None:
    night = a_bar_night(call=timedelta(minutes=15))
    role = night.shift("bar-1").role
    role.instructions, role.instructions_es, night.person("Dana").language = "Ice.", "Hielo.", "es"
    db.session.commit()

    assert str(entries(client, night)["Bar"]["DESCRIPTION"]).splitlines()[1:] == ["Hielo."]


def test_who_only_waits_has_nothing_in_the_calendar(client: FlaskClient) -> None:
    night = a_bar_night()
    night.shift("bar-1").sign_ups[0].state = "waitlisted"
    db.session.commit()

    assert list(entries(client, night)) == ["Strike"]


def test_the_page_offers_a_calendar_that_follows(client: FlaskClient) -> None:
    night = a_bar_night()
    token = token_of(night.person("Dana"))

    page = Own(client, night, "Dana").look()
    raw = Own(client, night, "Dana").look(path=".ics").text

    assert f'href="webcal://localhost/me/{token}.ics"' in page.text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT15M" in raw
    assert "METHOD:PUBLISH" in raw


def test_on_the_night_the_clocks_go_back_an_hour_is_an_hour(client: FlaskClient) -> None:
    on = datetime.fromisoformat("2026-10-31").date()
    night = a_night(on=on, shifts=[a_shift("Clear up", "00:30+1", "02:30+1", people=("Dana",))])

    with time_machine.travel(night.at("12:00"), tick=False):
        bar = entries(client, night)["Clear up"]

    assert bar.decoded("dtend") - bar.decoded("dtstart") == timedelta(hours=2)
    assert (bar.decoded("dtstart"), bar.decoded("dtend")) == (night.at("00:30+1"), night.at("02:30+1"))
