"""What tests of the jobs may ask for: a phone network of our own on this machine."""

from collections.abc import Iterator

import pytest

from tests.messaging.stand_in import StandIn, standing_in


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with standing_in() as network:
        yield network
