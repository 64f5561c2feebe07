"""``flask rehearse``: a whole night in virtual time, writing nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask.cli import with_appcontext

from ...accounts.actions import add_organisation
from ...clock import now
from ...core.vectors import BadVector, reminders_of
from ...db import Base, db, transaction
from ...events.models import Event
from ...house import house
from ...lineup.queries import slots_of
from ...shownight.models import VERBS
from ...shownight.refusals import CannotPress
from ..document import BadDocument, load, read_document
from ..rehearsal import BadScript, Rehearsal, Step, begins_at, report
from .files import json_in, text_in

STEP_KEYS = {"at", "do", "slot", "minutes", "from", "body"}


@click.command("rehearse")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--script", type=click.Path(path_type=Path), help="What happens on the night: a JSON list of steps.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@with_appcontext
def rehearse(file: Path, script: Path | None, as_json: bool) -> None:
    """Play a night in virtual time and print every text that would leave. Nothing is written or sent.

    FILE is an event document, played from 8 days before doors to the end of the show's day with all that applies: quiet
    hours, merging, 30 seconds to undo, consent. The script's steps are
    {"at": "2026-12-04T20:05:00-05:00", "do": "start", "slot": "josh"} with start, end, late, extend (minutes),
    cancel, restore; or {"at": …, "do": "text", "from": "josh", "body": "LATE 10"}.

    FILE may also be one example of the timing model (docs/timing.md): then only its rules are played.

    Example: flask rehearse benefit.json --script night.json
    """
    whole = json_in(file)
    if "callboard" not in whole:
        try:
            click.echo(json.dumps(reminders_of(whole), indent=2, ensure_ascii=False))
        except BadVector as fault:
            raise click.ClickException(f"{file}: {fault}") from None
        return
    steps = steps_in(script) if script else []
    try:
        played, zone = _played(file, steps)
    except (BadDocument, BadScript, CannotPress) as fault:
        raise click.ClickException(str(fault)) from None
    if as_json:
        click.echo(json.dumps(played, indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(played, zone)))


def _played(file: Path, steps: list[Step]) -> tuple[dict[str, Any], ZoneInfo]:
    """The night played in a database in memory, by another app like this one."""
    settings = replace(house().settings, database_url="sqlite:///:memory:", twilio=None)
    document = read_document(text_in(file), now=now())
    with house().twin(settings).app_context():
        Base.metadata.create_all(db.engine)
        event = load(document, add_organisation("Callboard", now()), now=now()).event
        first = begins_at(event)
        rehearsal = Rehearsal(event, settings.public_url)
        rehearsal.play([*_as_if_new(event, first), *steps])
        return report(event), ZoneInfo(event.zone)


def _as_if_new(event: Event, first: datetime) -> list[Step]:
    """Everything has existed since the beginning; facts that the document tells happen when they happened."""
    steps = []
    with transaction() as session:
        for mapper in Base.registry.mappers:
            for row in session.query(mapper.class_) if {"created_at", "joined_at"} & set(mapper.columns.keys()) else ():
                for name in ("created_at", "joined_at"):
                    if hasattr(row, name):
                        setattr(row, name, first)
        for slot in slots_of(event):
            facts = (("start", slot.started_at), ("end", slot.ended_at))
            steps += [Step(at, verb, slot.key) for verb, at in facts if at is not None]
            slot.started_at = slot.ended_at = None
    return steps


def steps_in(file: Path) -> list[Step]:
    """The steps of a script. Raises ClickException with one sentence that says which step is wrong, and how."""
    steps = json.loads(text_in(file)) if file.exists() else json_in(file)
    if not isinstance(steps, list):
        raise click.ClickException(f"{file} must hold a list of steps.")
    try:
        return list(_steps(steps))
    except BadScript as fault:
        raise click.ClickException(f"{file}: {fault}") from None


def _steps(steps: list[Any]) -> Iterator[Step]:
    for number, step in enumerate(steps, start=1):
        if not isinstance(step, Mapping):
            raise BadScript(f"Step {number} must be an object with at, do and slot.")
        if unknown := set(step) - STEP_KEYS:
            raise BadScript(f"Step {number} has an unknown key {min(unknown)!r}.")
        yield Step(
            at=_instant(step.get("at"), number),
            do=_do(step.get("do"), number),
            slot=step.get("slot"),
            minutes=_minutes(step.get("minutes"), number),
            sender=step.get("from"),
            body=str(step.get("body", "")),
        )


def _instant(written: Any, number: int) -> datetime:
    try:
        at = datetime.fromisoformat(written)
    except (TypeError, ValueError):
        at = None
    if at is None or at.tzinfo is None:
        raise BadScript(f"Step {number}: at must be an instant such as 2026-12-04T20:05:00-05:00.")
    return at


def _do(written: Any, number: int) -> str:
    if written not in (*VERBS, "text"):
        raise BadScript(f"Step {number}: do must be one of {', '.join((*VERBS, 'text'))}.")
    return str(written)


def _minutes(written: Any, number: int) -> int | None:
    if written is not None and (not isinstance(written, int) or isinstance(written, bool)):
        raise BadScript(f"Step {number}: minutes must be a whole number.")
    return written


def _lines(played: dict[str, Any], zone: ZoneInfo) -> Iterator[str]:
    for text in played["texts"]:
        yield f"{_when(text['at'], zone)}  {text['to'] or '?':<16} {text['rule']:<11} {text['body']}"
    for text in played["unsent"]:
        yield f"{_when(text['at'], zone)}  {text['to'] or '?':<16} {text['rule']:<11} (not sent)"
    yield f"{len(played['texts'])} texts, {len(played['unsent'])} not sent."


def _when(written: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(written).astimezone(zone).strftime("%a %d %b %H:%M:%S")
