"""A night with two stages, and what is on the boards at a time of it."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from coordinator.accounts.models import Actor
from coordinator.core.board_links import BoardLinks
from coordinator.shownight.actions.boards import make_board_key
from coordinator.shownight.actions.pressing import start_set
from tests.builders import ANight, a_night, a_shift, a_slot, a_stage
from tests.features.show_night.pressing import at_time

Opened = Callable[..., TestResponse]
SAM = Actor("Sam Stage")
HOUSE = "/e/justice-in-motion/board"
TIMER = "/e/justice-in-motion/stage/main-stage"


@pytest.fixture
def night(app: Flask) -> ANight:
    """Carlos began ten minutes late, at 20:10, and plays for 40; nobody has been seen at the garden stage."""
    night = a_night(
        stages=[
            a_stage("Main stage", [a_slot("Carlos Lumbi", "20:00", minutes=40), a_slot("Las Flores", "20:50")]),
            a_stage("Garden", [a_slot("Brass Hat", "20:15", minutes=30), a_slot("Marimba Sur", "21:00")]),
        ],
        shifts=[a_shift("Stage help", follows="Las Flores", people=("Ana Ruiz", "Bo Late"))],
    )
    start_set(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("20:10"))
    return night


@pytest.fixture
def opened(client: FlaskClient, night: ANight) -> Opened:
    """The board as somebody without an account gets it at this time."""

    def get(path: str, wall: str, **headers: str) -> TestResponse:
        with at_time(night, wall):
            return client.get(path, headers=headers)

    return get


def wall_of(app: Flask, night: ANight) -> str:
    """The address of the wall backstage."""
    key = make_board_key(night.event, actor=SAM, now=night.at("19:00"))
    return f"/e/{night.event.slug}/wall/{BoardLinks(app.config['SECRET_KEY']).key(key.id)}"
