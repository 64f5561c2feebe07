"""``flask rehearse``: a whole night in virtual time, writing nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
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
from ..document import Document, load, read_document
from ..rehearsal import Rehearsal, Step, begins_at, report
from .files import object_in, text_in
from .refusing import one_sentence
from .script import steps_in

WHEN_MADE = ("created_at", "joined_at")


@click.command("rehearse")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--script", type=click.Path(path_type=Path), help="What happens on the night: a JSON list of steps.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@with_appcontext
@one_sentence
def rehearse(file: Path, script: Path | None, as_json: bool) -> None:
    """Play a night in virtual time and print every text that would leave. Nothing is written or sent.

    FILE is an event document, played from 8 days before doors to the end of the show's day with all that applies: quiet
    hours, merging, 30 seconds to undo, consent. The script's steps are
    {"at": "2026-12-04T20:05:00-05:00", "do": "start", "slot": "josh"} with start, end, late, extend (minutes),
    cancel, restore; or {"at": …, "do": "text", "from": "josh", "body": "LATE 10"}.

    FILE may also be one example of the timing model (docs/timing.md): then only its rules are played.

    Example: flask rehearse benefit.json --script night.json
    """
    text = text_in(file)
    whole = object_in(text, file)
    if "callboard" not in whole:
        click.echo(_model_says(whole, file, script))
        return
    steps = steps_in(script) if script else []
    document = read_document(text, now=now())
    played = played_through(document, steps)
    lines = [json.dumps(played, indent=2, ensure_ascii=False)] if as_json else _lines(played, document)
    click.echo("\n".join(lines))


def played_through(document: Document, steps: list[Step]) -> dict[str, Any]:
    """What leaves and what does not, of a night played in a database in memory by another app like this one.

    Raises BadDocument, BadScript.
    """
    settings = replace(house().settings, database_url="sqlite:///:memory:", twilio=None)
    with house().twin(settings).app_context():
        Base.metadata.create_all(db.engine)
        event = load(document, add_organisation("Callboard", now()), now=now()).event
        first = begins_at(event)
        Rehearsal(event, settings.public_url).play([*_as_if_new(event, first), *steps])
        return report(event)


def _model_says(vector: dict[str, Any], file: Path, script: Path | None) -> str:
    if script is not None:
        raise click.ClickException(f"{file} is an example of the timing model, which has a script of its own.")
    try:
        return json.dumps(reminders_of(vector), indent=2, ensure_ascii=False)
    except BadVector as fault:
        raise click.ClickException(f"{file}: {fault}") from None


def _as_if_new(event: Event, first: datetime) -> list[Step]:
    """Everything has existed since the beginning; facts that the document tells happen when they happened."""
    with transaction() as session:
        for mapper in Base.registry.mappers:
            for name in set(WHEN_MADE) & set(mapper.columns.keys()):
                for row in session.query(mapper.class_):
                    setattr(row, name, first)
        return _facts_as_steps(event)


def _facts_as_steps(event: Event) -> list[Step]:
    steps = []
    for slot in slots_of(event):
        facts = (("start", slot.started_at), ("end", slot.ended_at)) if slot.cancelled_at is None else ()
        steps += [Step(at, verb, slot.key) for verb, at in facts if at is not None]
        slot.started_at = slot.ended_at = None
    return steps


def _lines(played: dict[str, Any], document: Document) -> Iterator[str]:
    zone = ZoneInfo(document.event["zone"])
    for text in played["texts"]:
        yield f"{_when(text['at'], zone)}  {text['to'] or '?':<16} {text['rule']:<11} {text['body']}"
    for text in played["unsent"]:
        yield f"{_when(text['at'], zone)}  {text['to'] or '?':<16} {text['rule']:<11} (not sent)"
    yield f"{len(played['texts'])} texts, {len(played['unsent'])} not sent."


def _when(written: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(written).astimezone(zone).strftime("%a %d %b %H:%M:%S")
