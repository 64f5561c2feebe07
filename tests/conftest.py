"""Fixtures of all tests.

``app`` and ``client`` run a test twice, on SQLite and on PostgreSQL, each time on an empty database of its own;
``sqlite_app`` and ``sqlite_client`` once. Tests with their own processes or threads use ``cloned_database_url``.
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
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import URL, Engine, make_url
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule
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
from tests.mailing import Letters, keep_letters
from tests.snapshots import Snapshot

ENGINES = ("sqlite", "postgresql")
TODAY = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LONG = ("faults", "deploy", "attacks", "browser")  # folders whose tests start processes of their own
ODD_ZONE = "Pacific/Chatham"  # UTC+12:45 or +13:45: code that ignores the event's zone shows a wrong time

network.switch_off()
os.environ["TZ"] = ODD_ZONE
time.tzset()

hypothesis.settings.register_profile("callboard", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.register_profile("long", deadline=None, max_examples=5_000)
hypothesis.settings.load_profile("long" if os.environ.get("FUZZ") == "long" else "callboard")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full-length", action="store_true", help="run the fault rehearsals for as long as they can take")
    parser.addoption("--write-snapshots", action="store_true", help="write anew what texts and labels say")
    parser.addoption("--pictures", metavar="FOLDER", help="keep a picture of each page of the first minute there")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take minutes, so that no worker is alone with one at the end."""
    items.sort(key=lambda item: item.path.parent.name not in LONG)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    unseen = [skip for skip in terminalreporter.stats.get("skipped", []) if "NO BROWSER" in str(skip.longrepr)]
    if unseen:
        terminalreporter.write_line(f"NO BROWSER: {len(unseen)} tests that look at pages did not run.", red=True)
    skipped = [str(skip.longrepr[-1]) for skip in terminalreporter.stats.get("skipped", []) if skip.longrepr]
    for reason in sorted({reason for reason in skipped if "NO SOAK" in reason}):
        terminalreporter.write_line(reason, red=True)
    for test in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for verdict in (said for what, said in test.user_properties if what == "verdict"):
            terminalreporter.write_line(str(verdict))


@pytest.fixture
def letters(app: Flask) -> Letters:
    """The emails that the app sends from now on."""
    return keep_letters(app)


@pytest.fixture
def snapshot(pytestconfig: pytest.Config) -> Snapshot:
    return Snapshot(pytestconfig)


@pytest.fixture
def full_length(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--full-length"))


@pytest.fixture(autouse=True, scope="module")
def the_day(request: pytest.FixtureRequest) -> Iterator[None]:
    """All tests run on one fixed day; those with a browser, other processes or the doctor have the real one."""
    if {"attacks", "browser", "deploy", "faults", "soak", "test_doctor.py"}.intersection(request.path.parts):
        yield
    else:
        with time_machine.travel(TODAY.timestamp(), tick=True):
            yield


@pytest.fixture(autouse=True)
def network_off() -> Iterator[None]:
    """An attempt to reach another machine fails the test, even when the exception was caught."""
    network.attempts.clear()
    yield
    assert network.attempts == []


@pytest.fixture(autouse=True)
def own_clock() -> Iterator[None]:
    """Undo changes of the process's clock after each test."""
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
    """The server of TEST_DATABASE_URL (its user may create databases), or else a temporary one."""
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
    """An empty database in the newest schema for this test alone; the test runs once on each engine."""
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
    """Requests run outside the test's own app context, as in production: they share neither its session nor ``g``.

    Afterwards the test's session is rolled back, so that it reads what the request wrote.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = Context().run(super().open, *args, **kwargs)
        if has_app_context():  # followed redirects have no outer context
            db.session.rollback()
        return response


class _Compiled(BytecodeCache):
    """Compiles templates once per process: compiling them for each app makes tests a third slower."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if (known := self.kept.get(bucket.key + bucket.checksum)) is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


def _compile_each_route_once() -> None:
    """Compile what builds a route's address once per process: doing so for each app makes tests half as long again."""
    compiled: dict[object, Any] = {}
    compile_builder = Rule._compile_builder  # noqa: SLF001 - werkzeug has no public name for it

    def compile_once(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)  # noqa: SLF001 - all that it compiles from
        if key not in compiled:
            compiled[key] = compile_builder(rule, append_unknown)
        return compiled[key]

    setattr(Rule, "_compile_builder", compile_once)  # noqa: B010


def _compile_each_statement_once(engine: Engine) -> None:
    """Use the statements that earlier tests on the same kind of server compiled, which takes a third less time."""
    if (known := _dialects.get(engine.name)) is not None:
        engine.dialect, engine._compiled_cache = known.dialect, known._compiled_cache  # noqa: SLF001 - no public name
    else:
        engine._compiled_cache = LRUCache(5_000)  # noqa: SLF001


_dialects: dict[str, Engine] = {}
_compile_each_route_once()
_compiled = _Compiled()


@contextmanager
def _running(settings: Settings) -> Iterator[Flask]:
    """The app with its context pushed. CSRF protection is off unless a test switches WTF_CSRF_ENABLED on."""
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.test_client_class = Visitor
    app.jinja_env.bytecode_cache = _compiled
    with app.app_context():
        for engine in db.engines.values():
            _compile_each_statement_once(engine)
        yield app
        db.session.remove()
        for engine in db.engines.values():
            if engine.dialect.server_version_info is not None:  # it has been connected, and knows its server
                _dialects.setdefault(engine.name, engine)
            engine.dispose()
