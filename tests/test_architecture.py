"""The house stands as ARCHITECTURE.md says: one test a law, and for each law a source that breaks it."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache, partial
from pathlib import Path, PurePosixPath

import pytest

from coordinator import BLUEPRINTS
from tests.architecture import laws
from tests.architecture.laws import Law
from tests.architecture.source import FEATURE_ROOMS, SLICE_ROOMS, SLICES, Source, place_of

SHARED_TEMPLATES = {"components", "errors", "layouts", "mail", "sms"}
ROOT = Path(__file__).resolve().parent.parent
TOP = set(
    "coordinator jobs tests config.py wsgi.py README.md ARCHITECTURE.md CHANGELOG.md CONTRIBUTING.md LICENSE Makefile "
    "Procfile pyproject.toml requirements.lock requirements-dev.lock requirements-uv.lock requirements-audit.lock "
    "package.json package-lock.json .npmrc docs bench deploy .ci .git .gitignore".split()
)


OF_CODE: list[Law] = [
    laws.slices_import_downwards,
    laws.rooms_import_what_they_may,
    laws.other_packages_import_what_they_may,
    laws.nothing_below_knows_a_feature,
    laws.pages_leave_the_database_to_queries,
    laws.actions_know_no_request,
    laws.only_db_commits,
    laws.only_clock_reads_the_wall_clock,
    laws.only_config_reads_the_environment,
    laws.only_one_gateway_imports_twilio,
    laws.core_is_pure,
    laws.nothing_imports_jobs,
    laws.private_names_stay_in_files,
    laws.only_commands_print,
    laws.files_have_plain_names,
    laws.functions_are_short,
    laws.long_files_say_why,
]
OF_TEMPLATES: list[Law] = [
    laws.templates_hold_no_code,
    laws.templates_keep_to_their_feature,
    laws.template_lines_can_be_read,
    laws.templates_hold_no_tables,
]


@pytest.mark.parametrize("law", OF_CODE)
def test_the_code_keeps_the_law(law: Law) -> None:
    assert breaches(law) == []


@pytest.mark.parametrize("law", OF_TEMPLATES)
def test_the_templates_keep_the_law(law: Law) -> None:
    assert breaches(law, templates()) == []


def test_features_import_only_features_that_the_architecture_lists() -> None:
    assert breaches(partial(laws.features_import_listed_features, listed=listed_edges())) == []


def test_every_listed_edge_is_walked() -> None:
    walked = {
        (source.place.part, there.part)
        for source in code()
        for there in (place_of(found.parts) for found in source.imports)
        if (source.place.layer, there.layer) == ("features", "features") and source.place.part != there.part
    }

    assert listed_edges() == walked


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert laws.circles(code()) == []


def test_a_feature_is_one_package_one_blueprint_one_template_folder_and_one_test_folder() -> None:
    features = {file.parent.name for file in (ROOT / "coordinator/features").glob("*/__init__.py")}
    with_pages = {bp.name for bp in BLUEPRINTS}
    templates_of = {folder.name for folder in (ROOT / "coordinator/templates").iterdir()} - SHARED_TEMPLATES
    tests_of = {folder.name for folder in (ROOT / "tests/features").iterdir() if folder.name != "__pycache__"}

    assert with_pages == {place_of(bp.import_name.split(".")).part for bp in BLUEPRINTS}
    assert (with_pages - features, templates_of - with_pages, features - tests_of, tests_of - features) == (
        set(),
        set(),
        set(),
        set(),
    )


def test_the_top_of_the_house_holds_what_belongs_there_only() -> None:
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()]
    found = {entry.name for entry in ROOT.iterdir() if not any(fnmatch(entry.name, pattern) for pattern in ignored)}

    assert found - TOP == set()


def test_the_laws_have_a_house_to_look_at() -> None:
    places = {source.place for source in code()}

    assert {place.layer for place in places} >= {"config", "wsgi", "jobs", "core", "db", "clock", "web", "slices"}
    assert {place.part for place in places} >= {*SLICES, "running_order", "show_night", "texts"}
    assert {place.room for place in places} >= {*SLICE_ROOMS, *FEATURE_ROOMS}
    assert templates()
    assert listed_edges()


LINEUP, ORDER = "coordinator/lineup", "coordinator/features/running_order"
BREAKS: list[tuple[Law, str, str]] = [
    (laws.slices_import_downwards, f"{LINEUP}/queries.py", "from coordinator.shifts.models import Shift"),
    (laws.slices_import_downwards, f"{LINEUP}/queries.py", "from ..shifts import models"),
    (laws.slices_import_downwards, f"{LINEUP}/queries.py", "if TYPE_CHECKING:\n    from ..shifts.models import Shift"),
    (laws.slices_import_downwards, "coordinator/people/actions.py", "def f():\n    import coordinator.accounts.models"),
    (laws.slices_import_downwards, "coordinator/messaging/gateway.py", "from coordinator.events.models import Event"),
    (laws.nothing_below_knows_a_feature, f"{LINEUP}/actions.py", "from coordinator.features.texts.actions import send"),
    (laws.nothing_below_knows_a_feature, "jobs/tick.py", "from coordinator.features.texts.actions import send"),
    (laws.nothing_below_knows_a_feature, "coordinator/web/guard.py", "from coordinator.features import texts"),
    (laws.other_packages_import_what_they_may, "coordinator/db/__init__.py", "from ..people.models import Person"),
    (laws.other_packages_import_what_they_may, "coordinator/spoken/regions.py", "from coordinator.web import guard"),
    (laws.other_packages_import_what_they_may, "coordinator/core/rules.py", "from coordinator import db"),
    (laws.rooms_import_what_they_may, f"{ORDER}/views.py", "from coordinator.db import db"),
    (laws.rooms_import_what_they_may, f"{ORDER}/views/page.py", "from ..commands import load"),
    (laws.rooms_import_what_they_may, f"{ORDER}/forms.py", "from .actions import move_slot"),
    (laws.rooms_import_what_they_may, f"{ORDER}/moving.py", "from .forms import SlotForm"),
    (laws.rooms_import_what_they_may, f"{ORDER}/moving.py", "from coordinator.web.guard import our_event"),
    (laws.rooms_import_what_they_may, f"{ORDER}/moving/steps.py", "from coordinator.services import services"),
    (laws.rooms_import_what_they_may, f"{ORDER}/queries.py", "from .actions import move_slot"),
    (laws.rooms_import_what_they_may, f"{LINEUP}/actions.py", "from coordinator.web import guard"),
    (laws.rooms_import_what_they_may, f"{LINEUP}/writing.py", "from coordinator.web import guard"),
    (laws.rooms_import_what_they_may, f"{LINEUP}/queries.py", "from . import actions"),
    (laws.rooms_import_what_they_may, f"{LINEUP}/models.py", "from .queries import running_order"),
    (laws.rooms_import_what_they_may, "coordinator/shifts/models.py", "from ..lineup.queries import running_order"),
    (laws.rooms_import_what_they_may, f"{LINEUP}/models.py", "from .labels import SLOT_KINDS"),
    (laws.rooms_import_what_they_may, f"{LINEUP}/labels.py", "from .queries import running_order"),
    (laws.rooms_import_what_they_may, f"{ORDER}/labels.py", "from coordinator.web.languages import language"),
    (laws.pages_leave_the_database_to_queries, f"{ORDER}/views.py", "from sqlalchemy import select"),
    (laws.pages_leave_the_database_to_queries, f"{ORDER}/labels.py", "from sqlalchemy import select"),
    (laws.actions_know_no_request, f"{LINEUP}/labels.py", "from flask import request"),
    (laws.actions_know_no_request, f"{LINEUP}/actions.py", "from flask import request"),
    (laws.actions_know_no_request, f"{ORDER}/moving.py", "import flask"),
    (laws.actions_know_no_request, f"{LINEUP}/queries.py", "from flask_login import current_user as who"),
    (laws.actions_know_no_request, f"{LINEUP}/actions.py", "from flask.globals import current_app"),
    (laws.actions_know_no_request, "coordinator/spoken/__init__.py", "from flask import g"),
    (laws.only_db_commits, f"{LINEUP}/actions.py", "db.session.commit()"),
    (laws.only_db_commits, "jobs/dispatch.py", "finish = session.commit"),
    (laws.only_db_commits, f"{LINEUP}/queries.py", "from ..db import transaction"),
    (laws.only_clock_reads_the_wall_clock, "coordinator/web/pages.py", "from datetime import datetime\ndatetime.now()"),
    (laws.only_clock_reads_the_wall_clock, "jobs/tick.py", "import datetime as dt\nread = dt.datetime.utcnow"),
    (laws.only_clock_reads_the_wall_clock, f"{ORDER}/views.py", "from datetime import date as D\nD.today()"),
    (laws.only_clock_reads_the_wall_clock, f"{ORDER}/views.py", "from time import time as t\nt()"),
    (laws.only_clock_reads_the_wall_clock, f"{ORDER}/views.py", "from sqlalchemy import func\nfunc.now()"),
    (laws.only_clock_reads_the_wall_clock, f"{ORDER}/actions.py", "from coordinator import clock"),
    (laws.only_clock_reads_the_wall_clock, f"{ORDER}/actions.py", "from coordinator.clock import now"),
    (laws.only_config_reads_the_environment, "jobs/__main__.py", "import os\nos.environ['PORT']"),
    (laws.only_config_reads_the_environment, "wsgi.py", "from os import getenv\ngetenv('PORT')"),
    (
        laws.only_one_gateway_imports_twilio,
        "coordinator/features/phones/views.py",
        "from twilio.request_validator import R",
    ),
    (laws.only_one_gateway_imports_twilio, f"{ORDER}/twilio_gateway.py", "import twilio.rest"),
    (laws.core_is_pure, "coordinator/core/timeline.py", "import sqlalchemy"),
    (laws.core_is_pure, "coordinator/core/timeline.py", "from ..db import Base"),
    (laws.core_is_pure, "coordinator/core/reminders/plan.py", "from ...lineup.models import Slot"),
    (laws.core_is_pure, "coordinator/core/timeline.py", "import time"),
    (laws.nothing_imports_jobs, f"{ORDER}/commands.py", "from jobs.tick import tick"),
    (laws.nothing_imports_jobs, "wsgi.py", "import jobs"),
    (laws.private_names_stay_in_files, f"{LINEUP}/actions.py", "from .queries import _order"),
    (laws.private_names_stay_in_files, "wsgi.py", "from config import _Reader"),
    (laws.only_commands_print, f"{LINEUP}/actions.py", "print('moved')"),
    (laws.functions_are_short, f"{LINEUP}/actions.py", "def f():\n" + "    f()\n" * laws.LONGEST_FUNCTION),
    (laws.long_files_say_why, f"{LINEUP}/actions.py", "f()\n" * (laws.LONGEST_FILE + 1)),
    (laws.templates_keep_to_their_feature, "coordinator/templates/texts/a.html", "{% include 'phones/_b.html' %}"),
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
    (laws.template_lines_can_be_read, "coordinator/templates/a.html", "<p>\n" + "a" * (laws.LONGEST_LINE + 1)),
    (laws.templates_hold_no_tables, "coordinator/templates/a.html", '{%- set words = {"late": _("Late")} -%}'),
    (laws.templates_hold_no_tables, "coordinator/templates/a.html", "{{ shift.starts_at - shift.call }}"),
    (laws.templates_hold_no_tables, "coordinator/templates/a.html", "{{ (now - slot.starts_at) | minutes }}"),
    (laws.templates_hold_no_tables, "coordinator/templates/a.html", "{% if due_at.date() != now.date() %}"),
    (laws.templates_hold_no_tables, "coordinator/templates/a.html", "{{ due_at.astimezone(zone) }}"),
    (laws.templates_hold_no_tables, "coordinator/templates/a.html", "{{ gap.total_seconds() }}"),
]

KEEPS: list[tuple[Law, str, str]] = [
    (laws.slices_import_downwards, "coordinator/shifts/actions.py", "from ..lineup.models import Slot"),
    (laws.slices_import_downwards, "coordinator/reminders/plan.py", "from ..messaging.gateway import Gateway"),
    (laws.nothing_below_knows_a_feature, "coordinator/__init__.py", "from .features.texts import views"),
    (laws.other_packages_import_what_they_may, "coordinator/web/guard.py", "from ..events.queries import event_for"),
    (
        laws.rooms_import_what_they_may,
        f"{ORDER}/views.py",
        "from flask import request\nfrom coordinator.clock import now",
    ),
    (laws.rooms_import_what_they_may, f"{ORDER}/views.py", "from coordinator.events.models import Event"),
    (laws.rooms_import_what_they_may, f"{ORDER}/moving.py", "from coordinator.lineup.actions import move_slot"),
    (laws.rooms_import_what_they_may, "coordinator/reminders/actions/composing.py", "from coordinator import spoken"),
    (laws.rooms_import_what_they_may, f"{LINEUP}/queries.py", "from .labels import SLOT_KINDS"),
    (laws.rooms_import_what_they_may, f"{LINEUP}/labels.py", "from coordinator.core.clashes import ClashKind"),
    (laws.actions_know_no_request, f"{LINEUP}/actions.py", "from flask import render_template"),
    (laws.functions_are_short, f"{LINEUP}/actions.py", "def f():\n" + "    f()\n" * (laws.LONGEST_FUNCTION - 1)),
    (
        laws.long_files_say_why,
        f"{LINEUP}/actions.py",
        '"""Moving.\n\nLong because it is so.\n"""\n' + "f()\n" * laws.LONGEST_FILE,
    ),
    (laws.long_files_say_why, f"{LINEUP}/actions.py", "f()\n" * laws.LONGEST_FILE),
    (laws.templates_keep_to_their_feature, "coordinator/templates/texts/a.html", "{% include 'texts/_b.html' %}"),
    (laws.only_db_commits, "coordinator/db/__init__.py", "session.commit()"),
    (laws.only_clock_reads_the_wall_clock, "coordinator/clock.py", "from datetime import datetime\ndatetime.now()"),
    (
        laws.only_clock_reads_the_wall_clock,
        "jobs/tick.py",
        "import time\nfrom coordinator import clock\ntime.monotonic()",
    ),
    (laws.only_config_reads_the_environment, "config.py", "import os\nos.environ"),
    (laws.only_one_gateway_imports_twilio, "coordinator/messaging/twilio_gateway/webhooks.py", "import twilio.rest"),
    (
        laws.core_is_pure,
        "coordinator/core/reminders/plan.py",
        "import re\nfrom ..timeline import project\nfrom .rule import R",
    ),
    (laws.nothing_imports_jobs, "jobs/__main__.py", "from jobs.tick import tick"),
    (
        laws.private_names_stay_in_files,
        "coordinator/web/x.py",
        "from __future__ import annotations\nfrom lib import _x",
    ),
    (laws.only_commands_print, f"{ORDER}/commands.py", "print('moved')"),
    (laws.files_have_plain_names, "coordinator/lineup/running_order.py", ""),
    (
        laws.templates_hold_no_code,
        "coordinator/templates/a.html",
        '<script src="a.js" defer></script>{{ f(a, only=1) }}',
    ),
    (laws.template_lines_can_be_read, "coordinator/templates/a.html", "a" * laws.LONGEST_LINE),
    (laws.templates_hold_no_tables, "coordinator/templates/a.html", "from - to_at: {{- starts_at | clock(zone) -}}"),
]


def test_an_edge_that_is_not_listed_is_noticed() -> None:
    source = Source(PurePosixPath(f"{ORDER}/views.py"), "from ..texts.actions import send")

    assert len(list(laws.features_import_listed_features(source, {("texts", "running_order")}))) == 1
    assert list(laws.features_import_listed_features(source, {("running_order", "texts")})) == []


def test_a_circle_is_noticed() -> None:
    one = Source(PurePosixPath(f"{ORDER}/one.py"), "from .two import b")
    two = Source(PurePosixPath(f"{ORDER}/two.py"), "if TYPE_CHECKING:\n    from . import one")

    assert laws.circles([one, two]) == [[f"coordinator.features.running_order.{name}" for name in ("one", "two")]]


@pytest.mark.parametrize(("law", "path", "text"), BREAKS)
def test_a_breach_is_noticed(law: Law, path: str, text: str) -> None:
    assert len(list(law(Source(PurePosixPath(path), text)))) == 1


@pytest.mark.parametrize(("law", "path", "text"), KEEPS)
def test_what_is_allowed_is_left_alone(law: Law, path: str, text: str) -> None:
    assert list(law(Source(PurePosixPath(path), text))) == []


def test_a_breach_says_where_and_what() -> None:
    source = Source(PurePosixPath(f"{LINEUP}/queries.py"), "import re\nfrom ..shifts.models import Shift\n")

    assert list(laws.slices_import_downwards(source)) == [
        "coordinator/lineup/queries.py:2 imports coordinator.shifts.models.Shift; shifts stands above lineup"
    ]


@cache
def listed_edges() -> set[tuple[str, str]]:
    """Which feature may import which, as the table in ARCHITECTURE.md lists it: ``| `cover` | `shift_plan` |``."""
    table = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("| Feature | May import |")[2]
    rows = (re.findall(r"`(\w+)`", row) for row in table.partition("\n\n")[0].splitlines())
    return {(row[0], to) for row in rows if row for to in row[1:]}


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
