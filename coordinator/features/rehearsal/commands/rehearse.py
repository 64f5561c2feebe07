"""``flask rehearse``: a whole night in virtual time, writing nothing."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from flask.cli import with_appcontext

from coordinator.clock import now
from coordinator.command_line.files import object_in, text_in
from coordinator.command_line.refusing import one_sentence
from coordinator.core.json_values import JsonObject
from coordinator.core.vectors import BadVector, reminders_of
from coordinator.features.event_document.entries import Document
from coordinator.features.event_document.read import read_document
from coordinator.services import services

from ..in_memory import copy_of, in_memory
from ..playing import Rehearsal
from ..report import report
from ..script import steps_in
from ..steps import BadScript, RehearsalStep

WITHOUT_NAME = "Callboard"  # a document does not say whose it is


@click.command("rehearse")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--script", type=click.Path(path_type=Path), help="What happens on the night: a JSON list of steps.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@with_appcontext
@one_sentence
def rehearse(file: Path, script: Path | None, as_json: bool) -> None:
    """Play a night in virtual time and print every text that would go out. Nothing is written or sent.

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
    steps = _steps_in(script) if script else []
    document = read_document(text, now=now())
    played = played_through(document, steps)
    lines = [json.dumps(played, indent=2, ensure_ascii=False)] if as_json else _lines(played, document)
    click.echo("\n".join(lines))


def played_through(document: Document, steps: list[RehearsalStep]) -> JsonObject:
    """What goes out and what does not in a night played in memory, by another app like this one.

    Raises BadDocument, BadScript.
    """
    settings = services().settings
    with services().twin(in_memory(settings)).app_context():
        event, facts = copy_of(document, organisation=WITHOUT_NAME, now=now())
        Rehearsal(event, settings.public_url).play([*facts, *steps])
        return report(event)


def _steps_in(file: Path) -> list[RehearsalStep]:
    """Raises ClickException for a file that cannot be read, BadScript with a sentence that names the wrong step."""
    try:
        return steps_in(text_in(file))
    except BadScript as fault:
        raise BadScript(f"{file}: {fault}") from None


def _model_says(vector: JsonObject, file: Path, script: Path | None) -> str:
    if script is not None:
        raise click.ClickException(f"{file} is an example of the timing model, which has a script of its own.")
    try:
        return json.dumps(reminders_of(vector), indent=2, ensure_ascii=False)
    except BadVector as fault:
        raise click.ClickException(f"{file}: {fault}") from None


def _lines(played: JsonObject, document: Document) -> Iterator[str]:
    zone = ZoneInfo(document.event["zone"])
    for text in played["texts"]:
        yield f"{_when(text['at'], zone)}  {text['to'] or '?':<16} {text['rule']:<11} {text['body']}"
    for text in played["unsent"]:
        yield f"{_when(text['at'], zone)}  {text['to'] or '?':<16} {text['rule']:<11} (not sent)"
    yield f"{len(played['texts'])} texts, {len(played['unsent'])} not sent."


def _when(written: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(written).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
