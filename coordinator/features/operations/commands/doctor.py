"""``flask doctor``: whether everything that a night needs is in order."""

import os
import stat
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from config import Settings, root_warning
from coordinator.clock import now
from coordinator.db import db
from coordinator.messaging.actions.outside import address_findings, inbound_finding
from coordinator.messaging.actions.proxies import SEEN, proxy_finding
from coordinator.messaging.models import HoldReason
from coordinator.messaging.queries.health import database_answers, database_clock, jobs_tick, migrations_are_applied
from coordinator.messaging.queries.installation import still_in_doubt, the_installation
from coordinator.messaging.queries.texts import last_tick
from coordinator.messaging.smtp import SmtpServer
from coordinator.services import services
from coordinator.web.signed import sign

Finding = tuple[bool | None, str]  # None: unknown, which is not trouble
WHY_HELD = {
    HoldReason.ASKED: "someone paused them with flask texts pause",
    HoldReason.RESTORED: "the database was restored from a backup",
    HoldReason.COPY: "the database is older than this machine remembers: it was restored",
    HoldReason.GAP: "the database was unused for long and is new to this machine: it may be a copy",
}
MARKS = {True: "OK     ", False: "TROUBLE", None: "UNKNOWN"}


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Check the database, clock, jobs, Twilio's credentials, mail server and webhook address. Exit status 1 on trouble.

    The address is called from this machine, as Twilio would call it. Nothing is sent or changed.

    Example: flask doctor
    """
    healthy = True
    if warning := root_warning(os.geteuid()):
        click.echo(f"WARNING  user: {warning}")
    for name, findings in _checks(services().settings):
        for well, sentence in _found(findings):
            healthy = healthy and well is not False
            click.echo(f"{MARKS[well]}  {name}: {sentence}")
    if not healthy:
        raise click.ClickException("Something is wrong; see above.")


def _checks(settings: Settings) -> list[tuple[str, Callable[[], Iterator[Finding]]]]:
    return [
        ("database", _database),
        ("files", lambda: _files(settings)),
        ("clock", lambda: _clock(now())),
        ("jobs", lambda: _jobs(now(), settings.tick_seconds)),
        ("texts", _texts),
        ("Twilio", lambda: _twilio(settings)),
        ("email", lambda: _mail(settings)),
        ("webhooks", lambda: _webhooks(settings)),
        ("proxy", lambda: _proxy(settings, now())),
    ]


def _found(findings: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(findings())
    except SQLAlchemyError as fault:
        return [(False, _why_not(fault))]


def _why_not(fault: SQLAlchemyError) -> str:
    """If the database answers now, what was missing is the tables."""
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
    yield current, "answers and is up to date" if current else "is not up to date. Run: flask db upgrade"


def _files(settings: Settings) -> Iterator[Finding]:
    """Only problems: databases and keys that others can read because they were created earlier or by other means."""
    url = make_url(settings.database_url)
    database = [Path(url.database)] if url.drivername.startswith("sqlite") and url.database else []
    for file in (*database, settings.instance_path / "secret_key"):
        if _others_read(file):
            yield False, f"others on this machine can read {file}. Run: chmod go-rwx {file}"


def _others_read(file: Path) -> bool:
    try:
        is_open, is_reachable = file.stat().st_mode, file.parent.stat().st_mode
    except OSError:
        return False
    by_group = is_open & stat.S_IRGRP and is_reachable & stat.S_IXGRP
    return bool(by_group or (is_open & stat.S_IROTH and is_reachable & stat.S_IXOTH))


def _clock(at: datetime) -> Iterator[Finding]:
    there = database_clock()
    if there is None:
        yield True, f"it is {at:%Y-%m-%d %H:%M:%S} UTC on this machine; is that right?"
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
        yield True, "no jobs process has ticked yet; texts go out only while one runs"
        return
    well = jobs_tick(ticked_at, tick_seconds, at)
    ago = f"the last tick was recorded {(at - ticked_at).total_seconds():.0f} s ago"
    yield well, ago if well else f"{ago}. Start: python -m jobs"


def _texts() -> Iterator[Finding]:
    row = the_installation()
    if row is None or row.held_at is None or row.held_because is None:
        yield True, "not on hold"
        return
    why = WHY_HELD[HoldReason(row.held_because)]
    since = f"all have been on hold since {row.held_at:%Y-%m-%d %H:%M} UTC, because {why}"
    yield False, f"{since}. {still_in_doubt()} are being looked up. When everything is right, run: flask texts resume"


def _twilio(settings: Settings) -> Iterator[Finding]:
    if settings.twilio is None:
        yield True, "not set up: phones are SIMULATED, and no text leaves this machine"
        return
    trouble = services().gateway.check()
    yield trouble is None, trouble or f"accepts the account; texts come from {settings.twilio.from_whom}"


def _mail(settings: Settings) -> Iterator[Finding]:
    if not settings.smtp_url:
        simulated = "mailboxes are SIMULATED, and no email leaves this machine"
        yield True, f"not set up: {simulated if settings.twilio is None else 'people can only be texted (SMTP_URL)'}"
        return
    trouble = SmtpServer(settings.smtp_url, settings.mail_from).check()
    yield trouble is None, trouble or f"the mail server takes emails from {settings.mail_from}"


def _webhooks(settings: Settings) -> Iterator[Finding]:
    if settings.twilio is None:
        return
    findings = list(address_findings(settings, settings.twilio))
    if all(finding.well for finding in findings):
        findings.append(inbound_finding(settings, services().gateway.sender_set_up()))
    for finding in findings:
        yield finding.well, finding.sentence


def _proxy(settings: Settings, at: datetime) -> Iterator[Finding]:
    finding = proxy_finding(settings, sign(SEEN, {}, at + timedelta(minutes=1)))
    if finding is not None:
        yield finding.well, finding.sentence
