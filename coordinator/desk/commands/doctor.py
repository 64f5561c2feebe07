"""``flask doctor``: whether all that a night needs is in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from config import Settings

from ...clock import now
from ...db import db
from ...house import house
from ...messaging.actions import address_findings, inbound_finding
from ...messaging.queries import database_answers, database_clock, jobs_tick, last_tick, migrations_are_applied

Finding = tuple[bool | None, str]  # None: it could not be told, which is no trouble
MARKS = {True: "OK     ", False: "TROUBLE", None: "UNKNOWN"}


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Check the database, the clock, Twilio's credentials and the address for webhooks. Exit status 1 on trouble.

    The address is asked from this machine, as Twilio would ask it; no text is sent and nothing is changed.

    Example: flask doctor
    """
    healthy = True
    for name, findings in _checks(house().settings):
        for well, sentence in _found(findings):
            healthy = healthy and well is not False
            click.echo(f"{MARKS[well]}  {name}: {sentence}")
    if not healthy:
        raise click.ClickException("Something needs you; see above.")


def _checks(settings: Settings) -> list[tuple[str, Callable[[], Iterator[Finding]]]]:
    return [
        ("database", _database),
        ("clock", lambda: _clock(now())),
        ("jobs", lambda: _jobs(now(), settings.tick_seconds)),
        ("Twilio", lambda: _twilio(settings)),
        ("webhooks", lambda: _webhooks(settings)),
    ]


def _found(findings: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(findings())
    except SQLAlchemyError as fault:
        return [(False, _why_not(fault))]


def _why_not(fault: SQLAlchemyError) -> str:
    """A database that answers, and then does not, lacks what is asked of it."""
    db.session.rollback()
    try:
        database_answers()
    except SQLAlchemyError:
        return f"the database does not answer ({type(fault).__name__}). Check DATABASE_URL."
    return "tables are missing. Run: flask db upgrade"


def _database() -> Iterator[Finding]:
    database_answers()
    folder = current_app.extensions["migrate"].directory
    current = migrations_are_applied(folder)
    yield current, "answers, and is up to date" if current else "is not up to date. Run: flask db upgrade"


def _clock(at: datetime) -> Iterator[Finding]:
    there = database_clock()
    if there is None:
        yield True, f"it is {at:%Y-%m-%d %H:%M:%S} UTC here; is that right?"
        return
    apart = abs(there - at)
    well = apart < timedelta(seconds=2)
    yield (
        well,
        f"{apart.total_seconds():.1f} s from the database's" + ("" if well else ". Set this machine's clock (NTP)"),
    )


def _jobs(at: datetime, tick_seconds: float) -> Iterator[Finding]:
    ticked_at = last_tick()
    if ticked_at is None:
        yield True, "no jobs process has ticked yet; texts leave only while one runs"
        return
    well = jobs_tick(ticked_at, tick_seconds, at)
    ago = f"the last tick was noted {(at - ticked_at).total_seconds():.0f} s ago"
    yield well, ago if well else f"{ago}. Start: python -m jobs"


def _twilio(settings: Settings) -> Iterator[Finding]:
    if settings.twilio is None:
        yield True, "not set up, so phones are simulated and no text leaves this machine"
        return
    trouble = house().gateway.check()
    yield trouble is None, trouble or f"takes the account; texts come from {settings.twilio.from_whom}"


def _webhooks(settings: Settings) -> Iterator[Finding]:
    if settings.twilio is None:
        return
    findings = list(address_findings(settings, settings.twilio))
    if all(finding.well for finding in findings):
        findings.append(inbound_finding(settings, house().gateway.sender_set_up()))
    for finding in findings:
        yield finding.well, finding.sentence
