"""A local phone network for tests of the jobs."""

from collections.abc import Iterator

import pytest

from tests.messaging.stand_in import StandIn, standing_in


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with standing_in() as network:
        yield network
