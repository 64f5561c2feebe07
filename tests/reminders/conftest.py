"""A night that is played from two weeks before it on."""

from datetime import timedelta

import pytest

from tests.builders import ANight
from tests.playing import Playing


@pytest.fixture
def playing(night: ANight) -> Playing:
    playing = Playing(night.at("12:00") - timedelta(days=14))
    playing.tick()
    return playing
