"""The web process stays up while eight people read its longest pages, on each Python of this machine."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.databases import PostgresqlTemplate, copy_of, settings_for
from tests.soak.big_show import BigShow, a_big_show
from tests.soak.pythons import CannotServe, Python, environment_of, pythons
from tests.soak.readers import COLLECTIONS, READERS, read
from tests.soak.web import PATIENCE, Web, served

SECONDS: Final = 60
SERVERS: Final = 12  # that may be started until one of them dies
SECONDS_EACH: Final = 10
COLLECTS_BY_ITSELF: Final = (3, 12)
ENGINES: Final = ("sqlite", "postgresql")
BY_TURNS: Final = [(python, ENGINES[turn % 2]) for turn, python in enumerate(pythons())]
OLD: Final = [python for python in pythons() if python.version < COLLECTS_BY_ITSELF]


@pytest.fixture(scope="module")
def sqlite_show(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BigShow]:
    with copy_of(sqlite_template) as url:
        yield a_big_show(settings_for(url, tmp_path_factory.mktemp("sqlite")))


@pytest.fixture(scope="module")
def postgresql_show(
    postgresql_template: PostgresqlTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BigShow]:
    with postgresql_template.copy() as url:
        yield a_big_show(settings_for(url, tmp_path_factory.mktemp("postgresql")))


@pytest.mark.parametrize(("python", "engine"), BY_TURNS, ids=str)
def test_eight_people_read_the_longest_pages_and_nothing_breaks(
    python: Python, engine: str, request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    interpreter = _serving(python)
    show: BigShow = request.getfixturevalue(f"{engine}_show")

    with served(interpreter, show.settings, "tests.soak.watched:server") as web:
        workers = web.workers
        reading = read(web.port, show.paths, show.cookie, SECONDS)
        assert (reading.failures, web.deaths, web.workers) == ((), 0, workers), web.said
        told = web.ask(COLLECTIONS)

    collected = told.get("at safe points", 0)
    said = f"Python {python}, {engine}: {READERS} people read {reading.pages} long pages; collections: {told}"
    record_property("verdict", said)
    assert reading.pages > READERS
    if python.version < COLLECTS_BY_ITSELF:
        assert (told["runs by itself"], told.get("elsewhere", 0), collected > 0) == (False, 0, True)
    else:
        assert (told["runs by itself"], collected) == (True, 0)


@pytest.mark.parametrize("python", OLD, ids=str)
def test_with_the_collector_running_by_itself_an_old_python_dies_of_it(python: Python, sqlite_show: BigShow) -> None:
    """Else the test above would notice nothing. A worker dies of its first ten pages or so, or hardly ever."""
    interpreter = _serving(python)

    assert any(_dies_untamed(interpreter, sqlite_show) for _ in range(SERVERS))


def _dies_untamed(interpreter: Path, show: BigShow) -> bool:
    with served(interpreter, show.settings, "tests.soak.untamed:server") as web:
        reading = read(web.port, show.public_paths, show.cookie, SECONDS_EACH, most_failures=1)
        return bool(reading.failures) and _until_one_died(web)


def _until_one_died(web: Web) -> bool:
    """Granian looks after its workers now and then, and says a moment later that one is gone."""
    give_up_at = time.monotonic() + PATIENCE
    while not web.deaths and time.monotonic() < give_up_at:
        time.sleep(0.05)
    return web.deaths > 0


def test_a_worker_that_is_killed_is_replaced(sqlite_database_url: str, tmp_path: Path) -> None:
    with served(Path(sys.executable), settings_for(sqlite_database_url, tmp_path)) as web:
        (before,) = web.workers
        os.kill(before, signal.SIGSEGV)
        assert _until_one_died(web)
        web.until_it_answers()
        (after,) = web.workers

        assert (before != after, web.process.poll()) == (True, None)


def _serving(python: Python) -> Path:
    """Its environment. One that cannot be made is no success: it is named, and where CI is set the test fails."""
    try:
        return environment_of(python)
    except CannotServe as fault:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"NO SOAK on Python {python}: {fault}")
        raise
