"""``flask doctor``: whether all that a night needs is in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from config import Settings

from ...clock import now
from ...house import house
from ...messaging.queries import database_answers, database_clock, last_tick, migrations_are_applied

Finding = tuple[bool, str]


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Check the database, the clock, Twilio's credentials and the address for webhooks. Exit status 1 on trouble.

    Example: flask doctor
    """
    healthy = True
    for name, findings in _checks(house().settings):
        for well, sentence in _found(findings):
            healthy = healthy and well
            click.echo(f"{'OK     ' if well else 'TROUBLE'}  {name}: {sentence}")
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
        return [(False, f"the database does not answer ({type(fault).__name__}). Check DATABASE_URL.")]


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
    well = at - ticked_at < timedelta(seconds=max(10.0, 10 * tick_seconds))
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
    parts = urlsplit(settings.public_url)
    inbound = f"{settings.public_url}/twilio/inbound"
    if parts.hostname in {"127.0.0.1", "localhost", "::1"}:
        yield False, f"PUBLIC_URL is {settings.public_url}, which Twilio cannot reach. Set it to your public address"
    elif parts.scheme != "https":
        yield False, f"PUBLIC_URL is {settings.public_url}; it should begin with https://"
    else:
        yield True, f"let Twilio send incoming messages to {inbound}"
