"""The show night as a page: its stages, its zone, how often it is sent, and who may see it."""

import pytest
from flask.testing import FlaskClient

from coordinator.shownight.actions.charge import take_charge
from coordinator.shownight.actions.pressing import end_set, start_set
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_slot, a_stage, sign_in
from tests.features.show_night.pressing import PAGE, SAM, at_time, press
from tests.queries import counted
from tests.reading import words


def test_a_show_without_slots_says_so(client: FlaskClient) -> None:
    empty = a_night([])
    sign_in(client, a_coordinator(organisation=empty.organisation))

    page = client.get(PAGE)

    assert "The running order is empty, so there's nothing to run yet." in words(page)


def test_each_stage_has_its_own_page_and_a_press_comes_back_to_it(client: FlaskClient) -> None:
    two = a_night(stages=[a_stage("Inside", [a_slot("Josh")]), a_stage("Patio", [a_slot("Ana")])])
    sign_in(client, a_coordinator(organisation=two.organisation))

    with at_time(two, "19:55"):
        inside, patio = words(client.get(PAGE)), words(client.get(f"{PAGE}?stage=patio"))
        pressed = press(client, "ana", "start")

    assert ("Next 8:00 PM Josh" in inside, "Next 8:00 PM Ana" in inside) == (True, False)
    assert ("Next 8:00 PM Josh" in patio, "Next 8:00 PM Ana" in patio) == (False, True)
    assert pressed.location == f"{PAGE}?stage=patio"


def test_times_are_those_of_the_shows_zone(client: FlaskClient) -> None:
    berlin = a_night([a_slot("Josh", "20:00")], zone="Europe/Berlin")
    sign_in(client, a_coordinator(organisation=berlin.organisation))
    take_charge(berlin.stage.id, actor=SAM, now=berlin.at("19:50"))

    with at_time(berlin, "20:05"):
        page = client.get(PAGE)

    assert "20:05 5 min late" in words(page)
    assert 'data-zone="Europe/Berlin"' in page.text


def test_an_unchanged_page_is_not_sent_again(alice: FlaskClient, night: ANight) -> None:
    first = alice.get(PAGE)
    same = alice.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    other_look = alice.get(f"{PAGE}?verb=cancel&slot=carlos-lumbi", headers={"If-None-Match": first.headers["ETag"]})
    end_set(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("20:52"))
    changed = alice.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})

    assert [same.status_code, other_look.status_code, changed.status_code] == [304, 200, 200]


def test_the_next_minute_is_another_page(alice: FlaskClient, night: ANight) -> None:
    first = alice.get(PAGE)

    with at_time(night, "20:53"):
        later = alice.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})

    assert later.status_code == 200
    assert "27 min left of 40" in words(later)


def queries_of(client: FlaskClient, address: str) -> int:
    with counted() as statements:
        assert client.get(address).status_code == 200
    return len(statements)


@pytest.mark.parametrize("page", ["show", "people"])
def test_a_long_night_takes_no_more_queries(client: FlaskClient, page: str) -> None:
    short = a_night([a_slot("Josh"), a_slot("Carlos")], shifts=[a_shift(starts="19:30", ends="20:30", people=("Ana",))])
    long = a_night(
        [a_slot(f"Act {number}", people=(f"A{number}", f"B{number}")) for number in range(10)],
        shifts=[a_shift(starts="19:30", ends="20:30", people=(f"V{number}", f"W{number}")) for number in range(8)],
        organisation=short.organisation,
        slug="long",
    )
    sign_in(client, a_coordinator(organisation=short.organisation))

    with at_time(long, "19:00"):
        counts = [queries_of(client, f"/coordinate/{night.event.slug}/{page}") for night in (short, long)]

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "show"),
        ("GET", "people"),
        ("POST", "show/carlos-lumbi/end"),
        ("POST", "show/undo/1"),
    ],
)
def test_nobody_but_a_coordinator_gets_in_and_charlie_learns_nothing(
    client: FlaskClient, night: ANight, method: str, path: str
) -> None:
    address = f"/coordinate/justice-in-motion/{path}"

    stranger = client.open(address, method=method)
    charlie = sign_in(client, a_coordinator("Charlie")).open(address, method=method)

    assert (stranger.status_code, stranger.location.split("?")[0]) == (303, "/sign-in")
    assert charlie.status_code == 404
    assert night.slot("Carlos Lumbi").ended_at is None


def test_bob_who_helps_may_press(client: FlaskClient, night: ANight) -> None:
    bob = a_coordinator("Bob", organisation=night.organisation, role="stage_manager")

    with at_time(night, "20:52"):
        press(sign_in(client, bob), "carlos-lumbi", "end")

    assert night.slot("Carlos Lumbi").ended_at == night.at("20:52")


def test_a_press_of_another_show_is_not_undone_here(alice: FlaskClient, night: ANight) -> None:
    other = a_night(slug="other")
    made = start_set(other.slot("Josh Granowski").id, actor=SAM, now=other.at("20:00"))

    answer = alice.post(f"{PAGE}/undo/{made.id}", data={"of": SAM.name})

    assert answer.status_code == 404
    assert other.slot("Josh Granowski").started_at is not None


@pytest.mark.parametrize("path", ["nobody/start", "carlos-lumbi/dance"])
def test_what_is_not_there_cannot_be_pressed(alice: FlaskClient, path: str) -> None:
    assert alice.post(f"{PAGE}/{path}").status_code == 404


def test_people_are_listed_with_their_phones_in_the_order_they_are_needed(alice: FlaskClient, night: ANight) -> None:
    page = alice.get("/coordinate/justice-in-motion/people")

    assert "8:30 The Poor Nobodys On at 9:30 PM Not confirmed Missing Here Call" in words(page)
    assert "9:20 Ana Stage help, 9:20 PM Expected Here Call" in words(page)
    assert f'href="tel:{night.person("Ana").phone}"' in page.text


def test_each_changeover_to_come_leads_to_its_card(alice: FlaskClient) -> None:
    page = alice.get(PAGE)

    assert page.text.count('href="/coordinate/justice-in-motion/changeover/the-poor-nobodys"') == 2
