"""The house stands as ARCHITECTURE.md says: one test a law, and for each law a source that breaks it."""

from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

from tests.architecture import laws
from tests.architecture.laws import Law
from tests.architecture.source import Source

ROOT = Path(__file__).resolve().parent.parent
TOP = set(
    "coordinator jobs tests config.py wsgi.py README.md ARCHITECTURE.md CHANGELOG.md CONTRIBUTING.md LICENSE Makefile "
    "Procfile pyproject.toml requirements.lock requirements-dev.lock requirements-uv.lock package.json "
    "package-lock.json .npmrc docs bench .ci .git .gitignore".split()
)


def test_slices_import_downwards_and_only_models_queries_and_actions() -> None:
    assert breaches(laws.slices_import_downwards) == []


def test_what_all_slices_share_knows_no_slice_above_it() -> None:
    assert breaches(laws.what_all_share_knows_no_slice) == []


def test_each_room_imports_only_what_it_may() -> None:
    assert breaches(laws.rooms_keep_to_their_doors) == []


def test_views_and_forms_leave_the_database_to_queries() -> None:
    assert breaches(laws.pages_leave_the_database_to_queries) == []


def test_actions_queries_and_models_know_no_request() -> None:
    assert breaches(laws.actions_know_no_request) == []


def test_only_transaction_commits() -> None:
    assert breaches(laws.only_db_commits) == []


def test_only_the_clock_reads_the_wall_clock() -> None:
    assert breaches(laws.only_clock_reads_the_wall_clock) == []


def test_only_config_reads_the_environment() -> None:
    assert breaches(laws.only_config_reads_the_environment) == []


def test_only_the_twilio_gateway_imports_twilio() -> None:
    assert breaches(laws.only_one_gateway_imports_twilio) == []


def test_the_core_is_pure() -> None:
    assert breaches(laws.core_is_pure) == []


def test_nothing_imports_jobs() -> None:
    assert breaches(laws.nothing_imports_jobs) == []


def test_names_with_a_leading_underscore_stay_in_their_file() -> None:
    assert breaches(laws.private_names_stay_at_home) == []


def test_only_commands_print() -> None:
    assert breaches(laws.only_commands_print) == []


def test_no_file_is_called_something_that_could_be_anything() -> None:
    assert breaches(laws.files_have_plain_names) == []


def test_templates_hold_no_script_no_style_and_no_blind_trust() -> None:
    assert breaches(laws.templates_hold_no_code, templates()) == []


def test_the_top_of_the_house_holds_what_belongs_there_only() -> None:
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()]
    found = {entry.name for entry in ROOT.iterdir() if not any(fnmatch(entry.name, pattern) for pattern in ignored)}

    assert found - TOP == set()


def test_the_laws_have_a_house_to_look_at() -> None:
    floors = {source.floor for source in code()}

    assert floors >= {"config", "wsgi", "jobs", "core", "db", "clock", "web", "lineup", "reminders", "desk"}
    assert templates()


BREAKS: list[tuple[Law, str, str]] = [
    (laws.slices_import_downwards, "coordinator/lineup/queries.py", "from coordinator.shifts.models import Shift"),
    (laws.slices_import_downwards, "coordinator/lineup/queries.py", "from ..shifts import models"),
    (laws.slices_import_downwards, "coordinator/lineup/views/order.py", "from ...desk.actions import send_now"),
    (laws.slices_import_downwards, "coordinator/desk/views.py", "from ..lineup.forms import SlotForm"),
    (laws.slices_import_downwards, "coordinator/desk/views.py", "from ..lineup import bp"),
    (laws.slices_import_downwards, "coordinator/people/actions.py", "def f():\n    import coordinator.accounts.models"),
    (laws.what_all_share_knows_no_slice, "coordinator/web/guard.py", "from ..lineup.queries import running_order"),
    (laws.what_all_share_knows_no_slice, "coordinator/web/guard.py", "from ..accounts.views import sign_in"),
    (laws.what_all_share_knows_no_slice, "coordinator/db.py", "from .people.models import Person"),
    (laws.rooms_keep_to_their_doors, "coordinator/lineup/views.py", "from ..db import db"),
    (laws.rooms_keep_to_their_doors, "coordinator/lineup/forms.py", "from .actions import move_slot"),
    (laws.pages_leave_the_database_to_queries, "coordinator/lineup/views.py", "from sqlalchemy import select"),
    (laws.rooms_keep_to_their_doors, "coordinator/lineup/actions.py", "from .forms import SlotForm"),
    (laws.rooms_keep_to_their_doors, "coordinator/lineup/actions/move.py", "from ...web import guard"),
    (laws.rooms_keep_to_their_doors, "coordinator/lineup/queries.py", "from . import actions"),
    (laws.rooms_keep_to_their_doors, "coordinator/lineup/models.py", "from .queries import running_order"),
    (laws.rooms_keep_to_their_doors, "coordinator/shifts/models.py", "from ..lineup.queries import running_order"),
    (laws.actions_know_no_request, "coordinator/lineup/actions.py", "from flask import request"),
    (laws.actions_know_no_request, "coordinator/lineup/actions.py", "import flask"),
    (laws.actions_know_no_request, "coordinator/lineup/queries.py", "from flask_login import current_user as who"),
    (laws.actions_know_no_request, "coordinator/lineup/actions.py", "from flask.globals import current_app"),
    (laws.actions_know_no_request, "coordinator/web/spoken.py", "from flask import g"),
    (laws.only_db_commits, "coordinator/lineup/actions.py", "db.session.commit()"),
    (laws.only_db_commits, "jobs/dispatch.py", "finish = session.commit"),
    (laws.only_db_commits, "coordinator/lineup/queries.py", "from ..db import transaction"),
    (laws.only_clock_reads_the_wall_clock, "coordinator/web/pages.py", "from datetime import datetime\ndatetime.now()"),
    (laws.only_clock_reads_the_wall_clock, "jobs/tick.py", "import datetime as dt\nread = dt.datetime.utcnow"),
    (laws.only_clock_reads_the_wall_clock, "coordinator/desk/views.py", "from datetime import date as D\nD.today()"),
    (laws.only_clock_reads_the_wall_clock, "coordinator/desk/views.py", "from time import time as t\nt()"),
    (laws.only_clock_reads_the_wall_clock, "coordinator/desk/views.py", "from sqlalchemy import func\nfunc.now()"),
    (laws.only_clock_reads_the_wall_clock, "coordinator/desk/actions.py", "from .. import clock"),
    (laws.only_clock_reads_the_wall_clock, "coordinator/desk/actions.py", "from ..clock import now"),
    (laws.only_config_reads_the_environment, "jobs/__main__.py", "import os\nos.environ['PORT']"),
    (laws.only_config_reads_the_environment, "wsgi.py", "from os import getenv\ngetenv('PORT')"),
    (laws.only_one_gateway_imports_twilio, "coordinator/messaging/views.py", "from twilio.request_validator import R"),
    (laws.only_one_gateway_imports_twilio, "coordinator/desk/twilio_gateway.py", "import twilio.rest"),
    (laws.core_is_pure, "coordinator/core/timeline.py", "import sqlalchemy"),
    (laws.core_is_pure, "coordinator/core/timeline.py", "from ..db import Base"),
    (laws.core_is_pure, "coordinator/core/reminders/plan.py", "from ...lineup.models import Slot"),
    (laws.core_is_pure, "coordinator/core/timeline.py", "import time"),
    (laws.nothing_imports_jobs, "coordinator/desk/commands.py", "from jobs.tick import tick"),
    (laws.nothing_imports_jobs, "wsgi.py", "import jobs"),
    (laws.private_names_stay_at_home, "coordinator/lineup/actions.py", "from .queries import _order"),
    (laws.private_names_stay_at_home, "wsgi.py", "from config import _Reader"),
    (laws.only_commands_print, "coordinator/lineup/actions.py", "print('moved')"),
    (laws.files_have_plain_names, "coordinator/lineup/utils.py", ""),
    (laws.files_have_plain_names, "coordinator/helpers/times.py", ""),
    (laws.templates_hold_no_code, "coordinator/templates/a.html", "<script>go()</script>"),
    (laws.templates_hold_no_code, "coordinator/templates/a.html", "<style>p {}</style>"),
    (laws.templates_hold_no_code, "coordinator/templates/a.html", "<p\n  style='x'>"),
    (laws.templates_hold_no_code, "coordinator/templates/a.html", '<a onclick="go()">'),
    (laws.templates_hold_no_code, "coordinator/templates/a.html", '<a hx-on:click="go()">'),
    (laws.templates_hold_no_code, "coordinator/templates/a.html", '<a href="javascript:go()">'),
    (laws.templates_hold_no_code, "coordinator/templates/a.html", "{{ act.name | safe }}"),
    (laws.templates_hold_no_code, "coordinator/templates/a.html", "{% autoescape false %}"),
]

KEEPS: list[tuple[Law, str, str]] = [
    (laws.slices_import_downwards, "coordinator/shifts/actions.py", "from ..lineup.models import Slot"),
    (laws.slices_import_downwards, "coordinator/lineup/__init__.py", "from .views import bp"),
    (laws.what_all_share_knows_no_slice, "coordinator/web/guard.py", "from ..accounts.queries import coordinator"),
    (laws.rooms_keep_to_their_doors, "coordinator/lineup/views.py", "from flask import request\nfrom . import bp"),
    (laws.rooms_keep_to_their_doors, "coordinator/desk/views/show.py", "from ...events.models import Event"),
    (laws.rooms_keep_to_their_doors, "coordinator/desk/actions/move.py", "from ...lineup.actions import move_slot"),
    (laws.actions_know_no_request, "coordinator/lineup/actions.py", "from flask import render_template"),
    (laws.rooms_keep_to_their_doors, "coordinator/reminders/actions/composing.py", "from ...web import spoken"),
    (laws.slices_import_downwards, "coordinator/reminders/actions/plan.py", "from ...messaging.gateway import Gateway"),
    (laws.only_db_commits, "coordinator/db.py", "session.commit()"),
    (laws.only_clock_reads_the_wall_clock, "coordinator/clock.py", "from datetime import datetime\ndatetime.now()"),
    (
        laws.only_clock_reads_the_wall_clock,
        "jobs/tick.py",
        "import time\nfrom coordinator import clock\ntime.monotonic()",
    ),
    (laws.only_config_reads_the_environment, "config.py", "import os\nos.environ"),
    (laws.only_one_gateway_imports_twilio, "coordinator/messaging/twilio_gateway/calls.py", "import twilio.rest"),
    (
        laws.core_is_pure,
        "coordinator/core/reminders/plan.py",
        "import re\nfrom ..timeline import project\nfrom .rule import R",
    ),
    (laws.nothing_imports_jobs, "jobs/__main__.py", "from jobs.tick import tick"),
    (laws.private_names_stay_at_home, "coordinator/web/x.py", "from __future__ import annotations\nfrom lib import _x"),
    (laws.only_commands_print, "coordinator/desk/commands.py", "print('moved')"),
    (laws.files_have_plain_names, "coordinator/lineup/running_order.py", ""),
    (
        laws.templates_hold_no_code,
        "coordinator/templates/a.html",
        '<script src="a.js" defer></script>{{ f(a, only=1) }}',
    ),
]


@pytest.mark.parametrize(("law", "path", "text"), BREAKS)
def test_a_breach_is_noticed(law: Law, path: str, text: str) -> None:
    assert len(list(law(Source(PurePosixPath(path), text)))) == 1


@pytest.mark.parametrize(("law", "path", "text"), KEEPS)
def test_what_is_allowed_is_left_alone(law: Law, path: str, text: str) -> None:
    assert list(law(Source(PurePosixPath(path), text))) == []


def test_a_breach_says_where_and_what() -> None:
    source = Source(PurePosixPath("coordinator/lineup/queries.py"), "import re\nfrom ..shifts.models import Shift\n")

    assert list(laws.slices_import_downwards(source)) == [
        "coordinator/lineup/queries.py:2 imports coordinator.shifts.models.Shift; shifts stands above lineup"
    ]


def breaches(law: Law, sources: list[Source] | None = None) -> list[str]:
    return [breach for source in (code() if sources is None else sources) for breach in law(source)]


@cache
def code() -> list[Source]:
    folders = [*(ROOT / "coordinator").rglob("*.py"), *(ROOT / "jobs").rglob("*.py")]
    return list(read([ROOT / "config.py", ROOT / "wsgi.py", *sorted(folders)]))


def templates() -> list[Source]:
    return list(read(sorted((ROOT / "coordinator/templates").rglob("*.html"))))


def read(files: list[Path]) -> Iterator[Source]:
    for file in files:
        if "migrations" not in file.parts:
            yield Source(PurePosixPath(file.relative_to(ROOT)), file.read_text(encoding="utf-8"))
