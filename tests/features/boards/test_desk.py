"""The coordinators' page of the boards: links, messages, screens."""

import pytest
from flask.testing import FlaskClient

from coordinator.accounts.models import Coordinator
from coordinator.db import transaction
from coordinator.shownight.actions.boards import write_message
from coordinator.shownight.actions.screens import Report, report_screen
from coordinator.shownight.models import BoardKind
from coordinator.shownight.queries.boards import board_key_in_force, desk_messages, screens_of
from tests.builders import ANight, a_coordinator, sign_in
from tests.features.boards.conftest import SAM
from tests.features.show_night.pressing import at_time
from tests.reading import words

PAGE = "/coordinate/justice-in-motion/boards"


@pytest.fixture
def manager(night: ANight) -> Coordinator:
    """She runs the garden stage alone."""
    manager = a_coordinator("Gita Garden", organisation=night.organisation, role="stage_manager")
    with transaction():
        manager.stage_ids = [night.stages[1].id]
    return manager


def test_it_has_a_link_for_every_board(client: FlaskClient, night: ANight) -> None:
    sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    before = client.get(PAGE).text
    client.post(f"{PAGE}/wall")
    after = client.get(PAGE).text

    assert "/e/justice-in-motion/board?screen=new" in before
    assert "/e/justice-in-motion/stage/main-stage?screen=new" in before
    assert "/e/justice-in-motion/stage/garden?screen=new" in before
    assert ("/wall/" in before.replace(f"{PAGE}/wall", ""), "/e/justice-in-motion/wall/" in after) == (False, True)


def test_the_link_of_the_wall_can_be_switched_off(client: FlaskClient, night: ANight) -> None:
    sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    client.post(f"{PAGE}/wall")
    page = client.post(f"{PAGE}/wall/removal", follow_redirects=True)

    assert "The link to the backstage wall is switched off." in page.text
    assert board_key_in_force(night.event.id) is None


def test_a_message_is_written_for_a_time_and_taken_down(client: FlaskClient, night: ANight) -> None:
    sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    with at_time(night, "20:00:20"):
        client.post(f"{PAGE}/messages", data={"words": "Rain at nine", "stage": "", "minutes": "15"})
        stands = [
            (each.words, each.stage_id, each.until_at) for each in desk_messages(night.event.id, night.at("20:01"))
        ]
        message = desk_messages(night.event.id, night.at("20:01"))[0]
        page = words(client.get(PAGE))
        client.post(f"{PAGE}/messages/{message.id}/removal")

    assert stands == [("Rain at nine", None, night.at("20:16"))]
    assert "Rain at nine All stages, until 8:16 PM, Alice" in page
    assert list(desk_messages(night.event.id, night.at("20:01"))) == []


@pytest.mark.parametrize("said", ["", "x" * 51])
def test_a_message_that_cannot_be_read_from_a_stage_is_refused_and_kept_in_its_field(
    client: FlaskClient, night: ANight, said: str
) -> None:
    sign_in(client, a_coordinator("Alice", organisation=night.organisation))

    answer = client.post(f"{PAGE}/messages", data={"words": said, "stage": "garden", "minutes": "15"})

    assert answer.status_code == 422
    assert f'value="{said}"' in answer.text
    assert '<option selected value="garden">' in answer.text


def test_a_stage_manager_writes_for_their_own_stages(client: FlaskClient, night: ANight, manager: Coordinator) -> None:
    sign_in(client, manager)
    with at_time(night, "20:00"):
        statuses = [
            client.post(f"{PAGE}/messages", data={"words": "Sit", "stage": stage, "minutes": "15"}).status_code
            for stage in ("garden", "main-stage", "")
        ]
        found = desk_messages(night.event.id, night.at("20:01"))
        both = write_message(
            night.event, "All", stage=None, until_at=night.at("20:30"), actor=SAM, now=night.at("20:00")
        )
        refused = client.post(f"{PAGE}/messages/{both.id}/removal").status_code

    assert statuses == [303, 422, 422]
    assert [each.stage_id for each in found] == [night.stages[1].id]
    assert refused == 403


def test_a_stage_manager_copies_the_link_of_the_wall_and_does_not_make_it(
    client: FlaskClient, night: ANight, manager: Coordinator
) -> None:
    sign_in(client, manager)

    assert client.post(f"{PAGE}/wall").status_code == 403
    assert "Make the link" not in client.get(PAGE).text


def test_it_says_which_screens_report_and_since_when_one_is_silent(client: FlaskClient, night: ANight) -> None:
    sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    timer = Report("by-the-monitor", BoardKind.TIMER, night.stages[1].id, "LG TV")
    report_screen(night.event.id, Report("foyer", BoardKind.NOW_NEXT, None, "Chrome, Linux"), night.at("20:00"))
    report_screen(night.event.id, timer, night.at("20:03"))
    with at_time(night, "20:04"):
        page = words(client.get(PAGE))
        client.post(f"{PAGE}/screens/{screens_of(night.event.id)[0].id}/removal")

    assert "Now and next Silent since 8:00 PM Chrome, Linux, foyer" in page
    assert "Stage timer: Garden Reporting LG TV, by-the-monit" in page
    assert [each.key for each in screens_of(night.event.id)] == ["by-the-monitor"]
