"""What every test may ask for.

``app`` and ``client`` run a test twice, on SQLite and on PostgreSQL, each time on an empty database of its own;
``sqlite_app`` and ``sqlite_client`` once. Tests that bring their own processes or threads take ``cloned_database_url``.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import time_machine
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from sqlalchemy import URL, make_url
from werkzeug.test import TestResponse

from config import Settings
from coordinator import clock, create_app
from coordinator.db import db
from tests import network
from tests.databases import (
    PostgresqlTemplate,
    build_schema,
    copy_of,
    postgresql_server,
    settings_for,
    sqlite_url,
    throwaway_folder,
)

ENGINES = ("sqlite", "postgresql")
TODAY = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ODD_ZONE = "Pacific/Chatham"  # UTC+12:45 or +13:45: whoever forgets the event's own zone shows a wrong time

network.switch_off()
os.environ["TZ"] = ODD_ZONE
time.tzset()

hypothesis.settings.register_profile("callboard", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("callboard")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full-length", action="store_true", help="run the fault rehearsals for as long as they can take")
    parser.addoption("--pictures", metavar="FOLDER", help="keep a picture of each page of the first minute there")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    unseen = [skip for skip in terminalreporter.stats.get("skipped", []) if "NO BROWSER" in str(skip.longrepr)]
    if unseen:
        terminalreporter.write_line(f"NO BROWSER: {len(unseen)} tests that look at pages did not run.", red=True)
    for test in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for verdict in (said for what, said in test.user_properties if what == "verdict"):
            terminalreporter.write_line(str(verdict))


@pytest.fixture
def full_length(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--full-length"))


@pytest.fixture(autouse=True, scope="module")
def the_day(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests live on one day, so that they pass on any; a browser, other processes and the doctor keep the real one."""
    if {"browser", "faults", "test_doctor.py"}.intersection(request.path.parts):
        yield
    else:
        with time_machine.travel(TODAY.timestamp(), tick=True):
            yield


@pytest.fixture(autouse=True)
def network_off() -> Iterator[None]:
    """A try to reach another machine fails the test, even when somebody swallowed the refusal."""
    network.attempts.clear()
    yield
    assert network.attempts == []


@pytest.fixture(autouse=True)
def own_clock() -> Iterator[None]:
    """What a test let the process's clock be set to is nothing to the next test."""
    yield
    clock.go_by_the_machine()


@pytest.fixture
def now() -> datetime:
    """The Sunday before the sample night, 12:00 UTC."""
    return datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def sqlite_template() -> Iterator[Path]:
    with throwaway_folder() as folder:
        build_schema(sqlite_url(folder / "template.sqlite3"), folder)
        yield folder / "template.sqlite3"


@pytest.fixture(scope="session")
def postgresql_server_url() -> Iterator[URL]:
    """The server that TEST_DATABASE_URL names (its user may create databases), else one of our own."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    with postgresql_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_template(
    postgresql_server_url: URL, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PostgresqlTemplate]:
    template = PostgresqlTemplate(postgresql_server_url, tmp_path_factory.mktemp("postgresql"))
    yield template
    template.drop()


@pytest.fixture
def sqlite_database_url(sqlite_template: Path) -> Iterator[str]:
    with copy_of(sqlite_template) as url:
        yield url


@pytest.fixture
def postgresql_database_url(postgresql_template: PostgresqlTemplate) -> Iterator[str]:
    with postgresql_template.copy() as url:
        yield url


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database in the newest schema, this test's own; the test runs once on each engine."""
    url: str = request.getfixturevalue(f"{request.param}_database_url")
    return url


@pytest.fixture
def cloned_database_url(database_url: str) -> str:
    """The same, for a test that opens its own processes, threads and apps on it."""
    return database_url


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return settings_for(database_url, tmp_path)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    with _running(settings) as app:
        yield app


@pytest.fixture
def sqlite_app(sqlite_database_url: str, tmp_path: Path) -> Iterator[Flask]:
    with _running(settings_for(sqlite_database_url, tmp_path)) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def sqlite_client(sqlite_app: Flask) -> FlaskClient:
    return sqlite_app.test_client()


class Visitor(FlaskClient):
    """Asks as the world does: outside the test's own app context, whose session and ``g`` no request may see.

    Afterwards the test's session forgets what it had read, so that it reads what the request wrote.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = Context().run(super().open, *args, **kwargs)
        if has_app_context():  # a redirect that is followed is asked for from inside, without one
            db.session.rollback()
        return response


@contextmanager
def _running(settings: Settings) -> Iterator[Flask]:
    """The app with its context pushed; forms need no token unless a test switches WTF_CSRF_ENABLED on."""
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.test_client_class = Visitor
    with app.app_context():
        yield app
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
