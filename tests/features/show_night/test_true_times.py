"""It really began at 7:20: a press is given its true time, when it is made or afterwards; and a press sent twice."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from coordinator.accounts.models import AuditEntry
from coordinator.db import db
from coordinator.shownight.actions.pressing import start_set
from coordinator.shownight.models import Press
from tests.builders import ANight, a_coordinator, a_night, a_slot, sign_in
from tests.features.show_night.pressing import PAGE, SAM, at_time, shown, undo_form
from tests.reading import words


def look(client: FlaskClient, slot: str, verb: str, clock: str, corrects: str = "") -> dict[str, str]:
    """What the sheet sends once this time was typed and looked at."""
    page = client.get(f"{PAGE}?verb={verb}&slot={slot}&clock={clock}&corrects={corrects}")
    form = {"shown": shown(page, slot, verb), "clock": clock, "looked": clock}
    return form | ({"corrects": corrects} if corrects else {})


def presses() -> int:
    return db.session.scalar(select(func.count(Press.id))) or 0


def test_an_end_is_pressed_with_the_time_at_which_it_really_was(alice: FlaskClient, night: ANight) -> None:
    answer = alice.post(f"{PAGE}/carlos-lumbi/end", data=look(alice, "carlos-lumbi", "end", "20:48"))

    assert answer.location == PAGE
    assert night.slot("Carlos Lumbi").ended_at == night.at("20:48")


def test_a_start_that_was_marked_is_corrected_and_the_correction_undone(alice: FlaskClient, night: ANight) -> None:
    sheet = alice.get(f"{PAGE}?verb=start&slot=carlos-lumbi&corrects=1")
    alice.post(f"{PAGE}/carlos-lumbi/start", data=look(alice, "carlos-lumbi", "start", "20:35", "1"))
    corrected = night.slot("Carlos Lumbi").started_at
    page = alice.get(PAGE)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    address, form = undo_form(page, '"Undo: Carlos Lumbi started at 8:35 PM 8:35"')
    alice.post(address, data=form)

    assert "When did Carlos Lumbi really start?" in words(sheet)
    assert 'name="clock" value="20:40"' in sheet.text
    assert corrected == night.at("20:35")
    assert "9:15 PM should end, started 8:35" in words(page)
    assert entry is not None
    assert entry.what == "slot.start.corrected"
    assert night.slot("Carlos Lumbi").started_at == night.at("20:40")


def test_what_the_correction_moves_is_shown_before_it_is_pressed(alice: FlaskClient) -> None:
    page = words(alice.get(f"{PAGE}?verb=start&slot=carlos-lumbi&corrects=1&clock=20:50"))

    assert "Correct it" in page
    assert "The Poor Nobodys was 9:30 now 9:40 PM" in page
    assert "1 person gets a text" in page


@pytest.mark.parametrize(
    ("slot", "verb", "clock", "corrects", "sentence"),
    [
        ("carlos-lumbi", "start", "20:25", "1", "That time doesn't fit what is marked before or after Carlos Lumbi."),
        ("josh-granowski", "end", "20:45", "1", "That time doesn't fit what is marked before or after Josh Granowski."),
        ("josh-granowski", "start", "20:31", "1", "Josh Granowski can't finish before it starts."),
        ("carlos-lumbi", "end", "20:39", "", "Carlos Lumbi can't finish before it starts."),
        ("the-poor-nobodys", "start", "20:20", "", "doesn't fit what is marked before or after The Poor Nobodys."),
        ("the-poor-nobodys", "start", "25:00", "", "Enter a time in the last 12 hours, like 7:20 PM."),
        ("the-poor-nobodys", "start", "20:53", "", "Enter a time in the last 12 hours, like 7:20 PM."),
        ("the-poor-nobodys", "start", "20:50", "1", "Nobody has marked that for The Poor Nobodys yet."),
    ],
)
def test_a_time_that_cannot_be_is_refused_and_stays_typed(
    alice: FlaskClient, slot: str, verb: str, clock: str, corrects: str, sentence: str
) -> None:
    before = presses()

    looked = alice.get(f"{PAGE}?verb={verb}&slot={slot}&clock={clock}&corrects={corrects}")
    answer = alice.post(f"{PAGE}/{slot}/{verb}", data={"clock": clock, "corrects": corrects, "shown": "x.1.1"})

    assert sentence in words(looked)
    assert f'value="{clock}"' in looked.text
    assert sentence in words(alice.get(answer.location))
    assert presses() == before


def test_after_midnight_a_time_of_the_evening_before_is_understood(client: FlaskClient) -> None:
    late = a_night([a_slot("Josh", "23:30", minutes=60, changeover=0)])
    sign_in(client, a_coordinator(organisation=late.organisation))

    with at_time(late, "00:10+1"):
        client.post(f"{PAGE}/josh/start", data=look(client, "josh", "start", "23:45"))

    assert late.slot("Josh").started_at == late.at("23:45")


def test_a_missed_start_before_one_that_was_marked_can_be_given_afterwards(client: FlaskClient) -> None:
    two = a_night([a_slot("Josh", "20:00", changeover=0), a_slot("Carlos", "20:40", changeover=10)])
    sign_in(client, a_coordinator(organisation=two.organisation))
    start_set(two.slot("Carlos").id, actor=SAM, now=two.at("20:40"))

    with at_time(two, "20:45"):
        client.post(f"{PAGE}/josh/start", data=look(client, "josh", "start", "20:05"))
        page = words(client.get(PAGE))

    assert two.slot("Josh").started_at == two.at("20:05")
    assert "On now Carlos" in page


def test_a_press_that_is_sent_later_counts_from_the_instant_at_which_it_was_made(
    alice: FlaskClient, night: ANight
) -> None:
    made_at = (night.at("20:52") - timedelta(minutes=3, seconds=20)).isoformat()
    looked = alice.get(PAGE, query_string={"verb": "end", "slot": "carlos-lumbi", "at": made_at})
    form = {"shown": shown(looked, "carlos-lumbi", "end")}

    alice.post(f"{PAGE}/carlos-lumbi/end", data=form | {"at": made_at, "key": "phone-1"})

    assert night.slot("Carlos Lumbi").ended_at == night.at("20:48:40")


@pytest.mark.parametrize("at", ["tomorrow", "2026-12-04T20:50", "2026-12-04T23:00:00-05:00"])
def test_an_instant_that_cannot_be_is_refused(alice: FlaskClient, night: ANight, at: str) -> None:
    form = {"shown": shown(alice.get(PAGE), "carlos-lumbi", "end")}

    answer = alice.post(f"{PAGE}/carlos-lumbi/end", data=form | {"at": at})

    assert "Enter a time in the last 12 hours" in words(alice.get(answer.location))
    assert night.slot("Carlos Lumbi").ended_at is None


def test_a_press_that_is_sent_twice_is_made_once_and_answered_the_same(alice: FlaskClient, night: ANight) -> None:
    form = {"shown": shown(alice.get(PAGE), "carlos-lumbi", "extend"), "minutes": "2", "looked": "2", "key": "phone-7"}

    first, second = (alice.post(f"{PAGE}/carlos-lumbi/extend", data=form) for _ in range(2))

    assert (first.location, second.location) == (PAGE, PAGE)
    assert night.slot("Carlos Lumbi").extension == timedelta(minutes=2)


def test_another_show_may_use_the_same_key(alice: FlaskClient, night: ANight) -> None:
    other = a_night(slug="other", organisation=night.organisation)
    page = "/coordinate/other/show"

    for base, slot, verb in ((PAGE, "carlos-lumbi", "end"), (page, "josh-granowski", "start")):
        alice.post(f"{base}/{slot}/{verb}", data={"shown": shown(alice.get(base), slot, verb), "key": "phone-1"})

    assert night.slot("Carlos Lumbi").ended_at == night.at("20:52")
    assert other.slot("Josh Granowski").started_at == other.at("20:52")
