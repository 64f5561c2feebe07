"""Before Python 3.12 processes collect garbage at safe points only; on every Python what was loaded is frozen."""

import gc
import os
import subprocess
import sys
import weakref
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import InstanceState

from coordinator.collector import LIMITS, RUNS_BY_ITSELF, safe_point
from coordinator.db import transaction
from jobs.tick import tick
from tests.full_night import a_long_night

ROOT = Path(__file__).resolve().parent.parent
TELL = "print('by itself' if gc.isenabled() else 'at safe points', 'frozen' if gc.get_freeze_count() else 'loose')"
AS_IT_SHOULD = "by itself frozen" if RUNS_BY_ITSELF else "at safe points frozen"
JOBS_TELL = f"""
import gc, os, signal, threading, time
from jobs.__main__ import main

def tell():
    while not gc.get_freeze_count():
        time.sleep(0.01)
    time.sleep(0.1)
    {TELL}
    os.kill(os.getpid(), signal.SIGTERM)

threading.Thread(target=tell).start()
main()
"""


class Knot:
    """Something that only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def kept_to_safe_points() -> Iterator[None]:
    """As before Python 3.12, whichever this is."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def knots(number: int) -> weakref.ref[Knot]:
    """Make so many knots and let go of them; the first is watched."""
    first = Knot()
    for _ in range(number):
        Knot()
    return weakref.ref(first)


@pytest.mark.parametrize(
    "arguments",
    [
        ["-c", f"import gc, wsgi; {TELL}"],
        ["-m", "flask", "shell"],
        ["-c", JOBS_TELL],
    ],
    ids=["web", "a flask command", "jobs"],
)
def test_every_process_of_ours_collects_only_where_it_is_safe(arguments: Sequence[str], tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "INSTANCE_PATH": str(tmp_path), "FLASK_SKIP_DOTENV": "1"}
    told = subprocess.run(
        [sys.executable, *arguments],
        input=f"import gc; {TELL}\n",
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert AS_IT_SHOULD in told.stdout, told.stderr


@pytest.mark.usefixtures("kept_to_safe_points")
def test_a_safe_point_collects_once_there_is_enough() -> None:
    few = knots(10)
    safe_point()
    kept = few() is not None

    knots(LIMITS[0])
    safe_point()

    assert (kept, few()) == (True, None)


@pytest.mark.usefixtures("kept_to_safe_points")
def test_what_grew_old_before_it_was_let_go_is_collected_in_the_end() -> None:
    old = Knot()
    gc.collect()
    watched = weakref.ref(old)
    del old

    for _ in range((LIMITS[1] + 2) * (LIMITS[2] + 2)):
        knots(LIMITS[0])
        safe_point()

    assert watched() is None


def test_where_the_collector_runs_by_itself_a_safe_point_leaves_it_alone() -> None:
    before = [each["collections"] for each in gc.get_stats()]
    gc.freeze()  # so that nothing else makes it run
    try:
        safe_point()
    finally:
        gc.unfreeze()

    assert [each["collections"] for each in gc.get_stats()] == before


@pytest.mark.usefixtures("kept_to_safe_points")
def test_the_end_of_a_request_of_a_transaction_and_of_each_step_of_a_round_are_safe_points(sqlite_app: Flask) -> None:
    seen: dict[str, weakref.ref[Knot]] = {}
    freed: list[str] = []
    sqlite_app.add_url_rule("/knots", "knots", lambda: str(seen.update(request=knots(LIMITS[0]))))

    sqlite_app.test_client().get("/knots")
    freed += [name for name, knot in seen.items() if knot() is None]
    with transaction():
        seen["transaction"] = knots(LIMITS[0])
    freed += [name for name, knot in seen.items() if knot() is None and name not in freed]
    tick(
        sqlite_app,
        {
            "makes": lambda now: seen.update(step=knots(LIMITS[0])),
            "looks": lambda now: freed.extend(name for name in ("step",) if seen[name]() is None),
        },
    )

    assert freed == ["request", "transaction", "step"]


@pytest.mark.usefixtures("kept_to_safe_points")
def test_the_rows_that_wait_to_be_collected_do_not_grow_with_the_pages_read(sqlite_app: Flask) -> None:
    """Pages leave them behind in cycles: rows that know each other, forms and their fields, macros of templates."""
    slug = a_long_night(datetime.now(UTC), 30).night.event.slug
    visitor = sqlite_app.test_client()
    waiting: list[int] = []

    for _ in range(60):
        assert visitor.get(f"/e/{slug}/volunteer").status_code == 200
        waiting.append(sum(type(thing) is InstanceState for thing in gc.get_objects()))

    assert max(waiting[30:]) < 1.5 * max(waiting[:30])
