"""The list of shifts, however long: by day, role and hour; filtered, searched, full ones folded."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from coordinator.features.shift_plan.queries.shift_list import Kind, ListFilter, shift_list
from coordinator.features.shift_plan.queries.volunteers import helping_at
from coordinator.shifts.actions.covering import ask_for_cover
from tests.builders import ANight, AShift, a_coordinator, a_night, a_person, a_shift
from tests.features.shift_plan.test_plan import PAGE, Desk
from tests.queries import counted
from tests.reading import read_page, words

SATURDAY, FRIDAY = date(2026, 12, 5), date(2026, 12, 4)


def many(number: int) -> list[AShift]:
    """Shifts at the bar, hour after hour."""
    return [a_shift("Bar", f"{10 + index % 12}:00", f"{11 + index % 12}:00", max=2) for index in range(number)]


def a_long_night() -> ANight:
    return a_night(
        shifts=[
            *many(10),
            a_shift("Front door", "19:00", "20:00", people=("Ángel Ruiz",), max=1, place="Side door"),
            a_shift("Front door", "18:00", "19:00", people=("Dana Door", "Bo Elm"), max=2, min=2),
            a_shift("Front door", "17:00", "18:00", people=("Cy Park",), max=3, min=2),
            a_shift("Watch", "00:30+1", "01:30+1", people=("Eve Stone",), max=2),
            a_shift("Tidy up", "09:00+1", "10:00+1"),
        ]
    )


def listed(night: ANight, **wanted: object) -> list[tuple[date, str, list[str], list[str]]]:
    """The days and roles, with their shifts by key, and the full ones that are folded."""
    event = night.event
    found = shift_list(event, helping_at(event, night.at("12:00")), ListFilter(**wanted))  # type: ignore[arg-type]
    return [(day.on, part.role.name, _keys(part.shifts), _keys(part.full)) for day in found.days for part in day.roles]


def _keys(shifts: object) -> list[str]:
    return [each.row.shift.key for each in shifts]  # type: ignore[attr-defined]


def test_shifts_stand_by_show_day_role_and_hour_and_full_ones_apart(app: Flask) -> None:
    found = listed(a_long_night())

    assert [(on, role) for on, role, _, _ in found] == [
        (FRIDAY, "Bar"),
        (FRIDAY, "Front door"),
        (FRIDAY, "Watch"),
        (SATURDAY, "Tidy up"),
    ]
    assert found[1][2:] == (["front-door-13"], ["front-door-12", "front-door-11"])


def test_a_short_list_folds_nothing(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:00", "20:00", people=("Ana",))])

    assert listed(night) == [(FRIDAY, "Front door", ["front-door-1"], [])]


def test_a_full_shift_that_somebody_cannot_make_is_not_folded(app: Flask) -> None:
    night = a_long_night()

    ask_for_cover(night.shift("front-door-11").sign_ups[0], now=night.at("12:00"))

    assert listed(night)[1][2:] == (["front-door-13", "front-door-11"], ["front-door-12"])


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        ({"on": SATURDAY}, ["tidy-up-15"]),
        ({"role": "watch"}, ["watch-14"]),
        ({"kind": Kind.SHORT, "role": "front-door"}, ["front-door-13"]),
        ({"kind": Kind.OPEN, "role": "front-door"}, ["front-door-13"]),
        ({"kind": Kind.FULL}, ["front-door-12", "front-door-11"]),
        ({"words": "angel"}, ["front-door-11"]),
        ({"words": "side DOOR"}, ["front-door-11"]),
        ({"words": "door cy"}, ["front-door-13"]),
        ({"words": "nobody"}, []),
    ],
)
def test_it_is_cut_down_to_what_is_looked_for_and_then_nothing_is_folded(
    app: Flask, wanted: dict[str, object], keys: list[str]
) -> None:
    found = listed(a_long_night(), **wanted)

    assert [key for _, _, shown, _ in found for key in shown] == keys
    assert [full for _, _, _, full in found if full] == []


@pytest.fixture
def alice(client: FlaskClient) -> Desk:
    night = a_long_night()
    return Desk(client, night, a_coordinator("Alice", organisation=night.organisation))


def test_who_has_not_answered_is_found(alice: Desk) -> None:
    a_person("Ana Ruiz", organisation=alice.night.organisation)
    alice.put_on("bar-10", name="Ana Ruiz")

    assert [keys for _, _, keys, _ in listed(alice.night, kind=Kind.UNANSWERED)] == [["bar-10"]]
    assert "1 of 15 shifts Show all" in words(alice.ask("?what=unanswered"))


def test_the_address_says_what_is_looked_for_and_what_it_cannot_mean_is_left_out(alice: Desk) -> None:
    found, nothing = words(alice.ask("?q=angel&role=front-door")), words(alice.ask("?q=xyz"))
    odd = alice.ask("?day=soon&what=everything")

    assert "1 of 15 shifts Show all" in found
    assert "7:00–8:00 PM , Front door Side door Coming Ángel Ruiz 1 of 1 Full" in found
    assert "No shifts match these filters." in nothing
    assert (odd.status_code, "Show all" in words(odd)) == (200, False)


def test_days_and_roles_are_jumped_to_and_each_role_leads_to_one_more_shift_of_it(alice: Desk) -> None:
    page = read_page(alice.look().text)

    ids = {each.attributes["id"] for each in page.elements if "id" in each.attributes}
    jumps = [link for nav in page.every("nav") if nav.attributes.get("id") == "jumps" for link in nav.every("a")]
    assert [link.words for link in jumps] == [
        "Fri, Dec 4",
        "Bar 10 missing",
        "Front door 1 missing",
        "Watch",
        "Sat, Dec 5",
        "Tidy up 1 missing",
    ]
    assert {link.attributes["href"].removeprefix("#") for link in jumps} - ids == set()
    assert f"{PAGE}/new?role=watch&on=2026-12-04" in [link.attributes.get("href") for link in page.every("a")]
    assert "12:30–1:30 AM" in page.words


def test_a_short_list_needs_no_filter(client: FlaskClient) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:00", "20:00")])
    page = Desk(client, night, a_coordinator("Alice", organisation=night.organisation)).look()

    assert 'role="search"' not in page.text
    assert 'id="jumps"' not in page.text


def test_one_more_shift_of_a_role_begins_with_that_role_and_day(alice: Desk) -> None:
    page = alice.open("new?role=watch&on=2026-12-05")
    plain = alice.open("new")

    assert 'value="Watch"' in page.text
    assert 'value="2026-12-05"' in page.text
    assert 'value="2026-12-04"' in plain.text


def test_as_many_queries_for_many_shifts_as_for_few(client: FlaskClient) -> None:
    few = a_night(shifts=many(3), slug="few")
    lots = a_night(shifts=many(60), slug="lots", organisation=few.organisation)
    desk = Desk(client, few, a_coordinator("Alice", organisation=few.organisation))
    desk.client.get("/coordinate/few/volunteers")

    with counted() as of_few:
        desk.client.get("/coordinate/few/volunteers")
    with counted() as of_lots:
        desk.client.get("/coordinate/lots/volunteers")

    assert lots.event.slug == "lots"
    assert len(of_few) == len(of_lots)
