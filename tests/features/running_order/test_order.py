"""The running order editor. Alice owns the show, Bob helps, Charlie must not see it."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator import spoken
from coordinator.accounts.models import AuditEntry, Coordinator
from coordinator.db import db, transaction
from coordinator.events.models import Stage
from coordinator.lineup.models import Slot
from coordinator.lineup.queries import running_order
from tests.builders import ANight, a_coordinator, a_message, a_night, a_shift, a_slot, sign_in, three_acts
from tests.night import curfew_local
from tests.reading import words

PAGE = "/coordinate/justice-in-motion/order"
SAMPLE = [("Josh Granowski", "20:00"), ("Carlos Lumbi", "20:30"), ("The Poor Nobodys", "21:30")]


class Desk:
    """A coordinator in front of the page, at noon on the day before the show."""

    def __init__(self, client: FlaskClient, night: ANight, coordinator: Coordinator | None) -> None:
        self.night, self.coordinator = night, coordinator
        self.now = night.at("12:00") - timedelta(days=1)
        self.client = client.application.test_client()

    def look(self) -> TestResponse:
        with time_machine.travel(self.now, tick=False):
            return self._signed_in().get(PAGE)

    def post(self, path: str, **fields: str) -> TestResponse:
        with time_machine.travel(self.now, tick=False):
            return self._signed_in().post(f"{PAGE}/{path}", data=fields)

    def add(self, **fields: str) -> TestResponse:
        usual = {"length": "20", "changeover": "10", "changeover_min": "5", "kind": "set"}
        sure = {"sure": fields.pop("sure")} if "sure" in fields else {}
        return self.post("stages/main-stage/slots", **prefixed(f"add-{self.night.stage.id}", usual | fields), **sure)

    def edit(self, name: str, **fields: str) -> TestResponse:
        slot = self.night.slot(name)
        typed = prefixed(f"slot-{slot.id}", as_it_is(slot) | fields)
        return self.post(f"slots/{slot.key}", **typed, **{"sure": "1"} if "sure" in fields else {})

    def _signed_in(self) -> FlaskClient:
        return sign_in(self.client, self.coordinator) if self.coordinator else self.client


def prefixed(prefix: str, fields: dict[str, str]) -> dict[str, str]:
    return {f"{prefix}-{name}": said for name, said in fields.items()}


def as_it_is(slot: Slot) -> dict[str, str]:
    lengths = {"length": slot.length, "changeover": slot.changeover, "changeover_min": slot.changeover_min}
    facts = {"name": slot.name, "starts": slot.starts_local[11:16], "kind": slot.kind}
    return facts | {name: str(length.seconds // 60) for name, length in lengths.items()}


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    return a_night()


@pytest.fixture
def alice(client: FlaskClient, night: ANight) -> Desk:
    return Desk(client, night, a_coordinator("Alice", organisation=night.organisation))


def order(night: ANight) -> list[tuple[str, str]]:
    return [(slot.name, slot.starts_local[11:]) for slot in running_order(night.stage)]


def told(night: ANight, name: str, says: str, **columns: Any) -> None:
    defaults: dict[str, Any] = {"rule": "call", "anchor": "set_start", "slot_id": night.slot(name).id}
    sent = {"says_at": night.at(says), "claimed_at": night.at("11:00"), "state": "delivered"}
    a_message(night, night.person(name), **defaults | sent | columns)


def test_the_page_shows_times_lengths_changeovers_and_when_it_ends(alice: Desk) -> None:
    said = words(alice.look())

    for expected in (
        "Main stage Ends 10:15 PM, curfew 11:00 PM",
        "8:00 PM Josh Granowski 20 min Waiting Move down",
        "Changeover, 10 minutes 8:30 PM Carlos Lumbi 40 min Waiting Move up Move down",
        "Changeover, 20 minutes 9:30 PM The Poor Nobodys 45 min Waiting Move up",
    ):
        assert expected in said


def test_what_was_worked_out_is_marked(client: FlaskClient) -> None:
    night = a_night([a_slot("Josh", length_inferred=True), a_slot("Carlos", changeover_inferred=True)])

    said = words(Desk(client, night, a_coordinator(organisation=night.organisation)).look())

    assert "Josh 30 min, calculated from the flyer" in said
    assert "Changeover, 15 minutes, calculated from the flyer" in said


@pytest.mark.parametrize(
    ("slots", "curfew", "sentence"),
    [
        ([a_slot("A", "20:00"), a_slot("B", "20:20")], "23:00", "Starts 10 min before the one above ends."),
        ([a_slot("A", "20:00"), a_slot("B", "20:32")], "23:00", "The changeover is 3 min under its minimum."),
        (
            [a_slot("A", "20:00"), a_slot("B", "20:40")],
            "23:00",
            "The changeover is 5 min shorter than it should be.",
        ),
        ([a_slot("A", "20:00"), a_slot("B", "20:45")], "21:00", "Ends 15 min after curfew."),
    ],
)
def test_what_clashes_is_said_with_its_minutes(
    client: FlaskClient, slots: list[Any], curfew: str, sentence: str
) -> None:
    night = a_night(slots, curfew=curfew)

    assert sentence in words(Desk(client, night, a_coordinator(organisation=night.organisation)).look())


def test_a_set_is_added_with_its_name_its_time_and_its_length(alice: Desk, night: ANight) -> None:
    asked = alice.add(name="Lucía Paz", starts="00:30", length="25")
    answer = alice.add(name="Lucía Paz", starts="00:30", length="25", sure="1")

    assert "Ends 12:55, curfew 11:00 PM." in words(asked)
    assert answer.status_code == 303
    assert order(night) == [*SAMPLE, ("Lucía Paz", "00:30")]
    assert night.slot("Lucia Paz").starts_at == night.at("00:30+1")


def test_what_is_wrong_with_a_set_is_said_and_what_was_typed_stays(alice: Desk, night: ANight) -> None:
    answer = alice.add(name="", starts="half past", length="x")

    said = words(answer)
    assert answer.status_code == 422
    for sentence in ("Enter who's playing, or what it is.", "Not a valid time value.", "Enter a whole number, like 2."):
        assert sentence in said
    assert 'value="half past"' in answer.text
    assert order(night) == SAMPLE


def test_a_changeover_that_cannot_be_is_refused(alice: Desk, night: ANight) -> None:
    answer = alice.edit("Carlos Lumbi", changeover="5", changeover_min="9")

    assert answer.status_code == 422
    assert "A changeover takes 0 to 1440 minutes, and its minimum can't be longer than that." in words(answer)


def test_a_time_that_comes_twice_offers_both_readings(client: FlaskClient) -> None:
    night = a_night([a_slot("Josh", "23:00")], on=date(2026, 10, 31), curfew=None)
    desk = Desk(client, night, a_coordinator(organisation=night.organisation))

    asked = desk.add(name="Carlos", starts="01:30")
    answer = desk.add(name="Carlos", starts="01:30", dst_fold="1")

    assert asked.status_code == 422
    assert "That time happens twice that night because the clocks go back. Choose the first or the second." in words(
        asked
    )
    assert "the first the second" in words(asked)
    assert 'value="01:30"' in asked.text
    assert answer.status_code == 303
    assert night.slot("Carlos").starts_local == "2026-11-01T01:30b"


def test_a_time_that_does_not_exist_offers_both_sides(client: FlaskClient) -> None:
    night = a_night([a_slot("Josh", "23:00")], on=date(2027, 3, 13), curfew=None)
    desk = Desk(client, night, a_coordinator(organisation=night.organisation))

    asked = desk.add(name="Carlos", starts="02:30")
    answer = desk.add(name="Carlos", starts="02:30", dst_fold="0")

    assert asked.status_code == 422
    assert "That time doesn't exist that night because the clocks go forward." in words(asked)
    assert (answer.status_code, night.slot("Carlos").starts_local) == (303, "2027-03-14T03:30")


def test_buttons_move_a_slot(alice: Desk, night: ANight) -> None:
    alice.post("slots/josh-granowski/place", to="down")
    down = order(night)
    alice.post("slots/josh-granowski/place", to="up")
    up = order(night)
    alice.post("slots/the-poor-nobodys/place", to="0")

    assert down == [("Carlos Lumbi", "20:00"), ("Josh Granowski", "20:50"), ("The Poor Nobodys", "21:30")]
    assert up == SAMPLE
    assert [name for name, _ in order(night)] == ["The Poor Nobodys", "Josh Granowski", "Carlos Lumbi"]


@pytest.mark.parametrize("to", ["", "sideways", "-1", "٣"])
def test_a_place_that_is_none_is_refused(alice: Desk, night: ANight, to: str) -> None:
    assert alice.post("slots/josh-granowski/place", to=to).status_code == 400
    assert order(night) == SAMPLE


def test_whoever_was_told_a_time_is_named_before_the_move_is_kept(alice: Desk, night: ANight) -> None:
    told(night, "Carlos Lumbi", "20:30")

    asked = alice.edit("Carlos Lumbi", starts="20:40")
    before = order(night)
    kept = alice.edit("Carlos Lumbi", starts="20:40", sure="1")

    assert asked.status_code == 200
    assert "Change Carlos Lumbi?" in words(asked)
    assert "Carlos Lumbi was 8:30 now 8:40 PM 1 person gets a text" in words(asked)
    assert "Carlos, new time: you're on at 8:40pm, was 8:30pm (Fri Dec 4)." in words(asked)
    assert "Texts go out after a minute. Undo before then, and nobody hears about it." in words(asked)
    assert f'name="slot-{night.slot("Carlos Lumbi").id}-starts" value="20:40"' in asked.text
    assert before == SAMPLE
    assert kept.status_code == 303
    assert order(night)[1] == ("Carlos Lumbi", "20:40")


def test_whoever_gets_no_texts_is_named_to_be_called(alice: Desk, night: ANight) -> None:
    told(night, "Carlos Lumbi", "20:30")
    with transaction():
        night.person("Carlos Lumbi").agreed_at = None

    asked = alice.post("slots/carlos-lumbi/place", to="up")

    phone = spoken.phone(night.person("Carlos Lumbi").phone or "")
    assert f"Call Carlos Lumbi, {phone} : Carlos Lumbi is now on at 8:00 PM (was 8:30 PM)." in words(asked)
    assert order(night) == SAMPLE


def test_nobody_is_asked_when_nobody_was_told(alice: Desk, night: ANight) -> None:
    assert alice.edit("Carlos Lumbi", starts="20:40").status_code == 303
    assert order(night)[1] == ("Carlos Lumbi", "20:40")


def test_on_the_day_of_the_show_every_move_is_shown_before_it_is_kept(alice: Desk, night: ANight) -> None:
    alice.now = night.at("12:00")

    asked = alice.post("slots/carlos-lumbi/place", to="up")
    before = order(night)
    kept = alice.post("slots/carlos-lumbi/place", to="up", sure="1")

    assert "Carlos Lumbi was 8:30 now 8:00 PM Josh Granowski was 8:00 now 8:50 PM Nobody gets a text." in words(asked)
    assert '<input type="hidden" name="to" value="up">' in asked.text
    assert (before, kept.status_code) == (SAMPLE, 303)
    assert order(night)[0] == ("Carlos Lumbi", "20:00")


def test_a_change_that_does_not_fit_is_shown_before_it_is_kept(alice: Desk, night: ANight) -> None:
    asked = alice.edit("Carlos Lumbi", length="70")
    kept = alice.edit("Carlos Lumbi", length="70", sure="1")

    assert "The Poor Nobodys starts 10 min before the previous slot ends." in words(asked)
    assert f'name="slot-{night.slot("Carlos Lumbi").id}-length" value="70"' in asked.text
    assert kept.status_code == 303


def test_a_change_past_the_curfew_says_how_much_could_be_won_back(alice: Desk, night: ANight) -> None:
    shown = alice.post("times", show="1", **{"times-slot": "carlos-lumbi", "times-minutes": "60"})

    assert "Ends 11:15, curfew 11:00 PM. You can make up 15 minutes in changeovers." in words(shown)


def test_times_are_moved_after_it_was_shown_what_moves(alice: Desk, night: ANight) -> None:
    told(night, "The Poor Nobodys", "21:30")
    fields = {"times-slot": "carlos-lumbi", "times-minutes": "15"}

    shown = alice.post("times", show="1", **fields)
    before = order(night)
    moved = alice.post("times", move="1", **fields)

    said = words(shown)
    assert "Carlos Lumbi was 8:30 now 8:45 PM The Poor Nobodys was 9:30 now 9:45 PM" in said
    assert "1 person gets a text" in said
    assert before == SAMPLE
    assert moved.status_code == 303
    assert order(night) == [("Josh Granowski", "20:00"), ("Carlos Lumbi", "20:45"), ("The Poor Nobodys", "21:45")]


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        ("", "Enter a number of minutes, like 10 or -10."),
        ("721", "Enter minutes from -720 to 720."),
        ("600", "would fall outside the show day, which runs from 5 AM to 5 AM."),
    ],
)
def test_minutes_that_cannot_be_are_refused(alice: Desk, night: ANight, minutes: str, sentence: str) -> None:
    answer = alice.post("times", move="1", **{"times-slot": "carlos-lumbi", "times-minutes": minutes})

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert f'value="{minutes}"' in answer.text
    assert order(night) == SAMPLE


def test_shifts_that_follow_a_slot_are_planned_with_it(client: FlaskClient) -> None:
    night = a_night(three_acts(), shifts=[a_shift("Stage", follows="Carlos Lumbi")])
    desk = Desk(client, night, a_coordinator(organisation=night.organisation))

    desk.edit("Carlos Lumbi", starts="20:40")

    assert night.shift("stage-1").ends_at == night.at("20:40")


def test_a_slot_is_removed_but_not_when_somebody_was_told(alice: Desk, night: ANight) -> None:
    told(night, "Carlos Lumbi", "20:30")

    refused = alice.post("slots/carlos-lumbi/removal", sure="1")
    removed = alice.post("slots/josh-granowski/removal")

    assert (refused.status_code, removed.status_code) == (303, 303)
    assert [name for name, _ in order(night)] == ["Carlos Lumbi", "The Poor Nobodys"]
    assert (
        "Carlos Lumbi already knows about this slot. Cancel it instead of removing it, so they get the news."
        in words(alice.look())
    )


def test_a_slot_that_said_yes_is_removed_once_that_is_meant(client: FlaskClient) -> None:
    night = a_night([a_slot("Josh", answer="confirmed")])
    desk = Desk(client, night, a_coordinator(organisation=night.organisation))

    asked = desk.post("slots/josh/removal")
    before = order(night)
    removed = desk.post("slots/josh/removal", sure="1")

    assert "Josh has said yes. Remove the slot anyway?" in words(asked)
    assert (before, removed.status_code, order(night)) == ([("Josh", "20:00")], 303, [])


def test_a_slot_is_cancelled_and_brought_back(alice: Desk, night: ANight) -> None:
    told(night, "Carlos Lumbi", "20:30")

    asked = alice.post("slots/carlos-lumbi/cancellation")
    standing = night.slot("Carlos Lumbi").cancelled_at
    alice.post("slots/carlos-lumbi/cancellation", sure="1")
    cancelled = night.slot("Carlos Lumbi").cancelled_at
    alice.post("slots/carlos-lumbi/cancellation", undo="1", sure="1")

    assert "Carlos Lumbi was 8:30 PM canceled 1 person gets a text Carlos Lumbi " in words(asked)
    assert "Texts go out after 30 seconds. Undo before then, and nobody hears about it." in words(asked)
    assert (standing, cancelled) == (None, alice.now)
    assert night.slot("Carlos Lumbi").cancelled_at is None


def test_a_stage_is_added_and_given_another_curfew(alice: Desk, night: ANight) -> None:
    added = alice.post("stages", **{"new-stage-name": "Patio", "new-stage-curfew": "22:00"})
    changed = alice.post(
        "stages/main-stage", **prefixed(f"stage-{night.stage.id}", {"name": "Hall", "curfew": "00:30"})
    )

    stages = db.session.scalars(select(Stage).order_by(Stage.position).execution_options(populate_existing=True)).all()
    assert (added.status_code, changed.status_code) == (303, 303)
    assert [(stage.key, stage.name, curfew_local(stage)) for stage in stages] == [
        ("main-stage", "Hall", "2026-12-05T00:30"),
        ("patio", "Patio", "2026-12-04T22:00"),
    ]
    assert db.session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)).all() == ["stage.added", "stage.changed"]


def test_a_stage_without_a_name_is_refused(alice: Desk) -> None:
    answer = alice.post("stages", **{"new-stage-name": " ", "new-stage-curfew": "22:00"})

    assert answer.status_code == 422
    assert "Enter the name of the stage." in words(answer)
    assert 'value="22:00"' in answer.text


def test_owners_and_coordinators_of_the_house_may_and_nobody_else(client: FlaskClient, night: ANight) -> None:
    bob = a_coordinator("Bob", organisation=night.organisation, role="coordinator")
    doors = {
        "charlie": Desk(client, night, a_coordinator("Charlie")),
        "nobody": Desk(client, night, None),
        "bob": Desk(client, night, bob),
    }

    looked = {name: desk.look().status_code for name, desk in doors.items()}
    moved = {name: desk.post("slots/josh-granowski/place", to="down").status_code for name, desk in doors.items()}

    assert looked == {"charlie": 404, "nobody": 303, "bob": 200}
    assert moved == {"charlie": 404, "nobody": 303, "bob": 303}
    entries = db.session.scalars(select(AuditEntry)).all()
    assert [(entry.by, entry.what) for entry in entries] == [("Bob", "slot.moved")]
