"""Fixtures of the attack tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.nights import Attacked, a_night_attacked
from tests.attacks.server import Server, a_link_for_alice, web
from tests.databases import copy_of


@pytest.fixture(scope="module")
def server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One web process for all tests of a file, with a database that contains only Alice."""
    folder = tmp_path_factory.mktemp("instance")
    with copy_of(sqlite_template) as url, web(url, folder) as started:
        started.database_url = url
        started.link = a_link_for_alice(url, folder)
        yield started


@pytest.fixture(scope="module")
def night(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    """The same with everything a night can have, for the tests of one file, which may break it."""
    with a_night_attacked(sqlite_template, tmp_path_factory.mktemp("night")) as attacked:
        yield attacked
