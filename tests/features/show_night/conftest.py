"""A running night and its owner."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from coordinator.shownight.actions.pressing import end_set, start_set
from tests.builders import ANight, a_coordinator, a_message, a_night, a_shift, sign_in
from tests.features.show_night.pressing import SAM, at_time


@pytest.fixture
def night(app: Flask) -> ANight:
    """The sample night with Josh done, 10 minutes late, and Carlos on since 20:40; the last act was told 21:30."""
    night = a_night(shifts=[a_shift("Stage help", follows="The Poor Nobodys", people=("Ana", "Bo"))])
    start_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:10"))
    end_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:30"))
    start_set(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("20:40"))
    a_message(
        night,
        night.person("The Poor Nobodys"),
        slot_id=night.slot("The Poor Nobodys").id,
        anchor="set_start",
        says_at=night.at("21:30"),
        claimed_at=night.at("20:30"),
        state="delivered",
    )
    return night


@pytest.fixture
def alice(client: FlaskClient, night: ANight) -> Iterator[FlaskClient]:
    """The owner, signed in, at 20:52."""
    sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    with at_time(night, "20:52"):
        yield client
