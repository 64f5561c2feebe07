"""``flask sheet``: what is read from a pasted table."""

import json
from datetime import date, datetime, time
from pathlib import Path

import click

from coordinator.clock import now
from coordinator.command_line.files import bytes_in
from coordinator.core.flyer import UnreadableFlyer, decode_flyer
from coordinator.core.json_values import JsonObject
from coordinator.core.sheets import read_people, read_shifts
from coordinator.core.sheets.table import NoTable
from coordinator.core.show_time import UnknownZone, zone_named

from .labels import no_table
from .look import Look, as_json, refused

DEFAULT_ZONE = "America/New_York"
DEFAULT_DOORS = "19:30"


@click.command("sheet")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--for", "kind", type=click.Choice(["shifts", "people"]), default="shifts", show_default=True)
@click.option("--date", "on", metavar="D", help="The day of the show, such as 2026-12-04. Default: today.")
@click.option("--zone", default=DEFAULT_ZONE, show_default=True, metavar="Z", help="The show's time zone.")
@click.option("--doors", default=DEFAULT_DOORS, show_default=True, metavar="T", help="When doors open, such as 19:30.")
def sheet(file: Path, kind: str, on: str | None, zone: str, doors: str) -> None:
    """Print what is read from the table in FILE, as JSON. Nothing is stored.

    A table that cannot be read is answered with an error, and each line that cannot with one of its own.

    Example: flask sheet shifts.csv --for shifts --date 2026-12-04 --zone America/New_York --doors 19:30
    """
    try:
        text = decode_flyer(bytes_in(file))
    except UnreadableFlyer:
        raise click.ClickException(f"{file}: this isn't text; save the sheet as CSV.") from None
    click.echo(json.dumps(_read(text, kind, _look(on, zone), _clock(doors)), indent=1, ensure_ascii=False))


def _read(text: str, kind: str, look: Look, doors: time) -> JsonObject:
    try:
        read = read_people(text) if kind == "people" else read_shifts(text, look.context(doors))
    except NoTable as refusal:
        return refused(no_table(refusal, kind))
    return as_json(read, look)


def _look(on: str | None, zone: str) -> Look:
    """Raises ClickException for a zone or date that is none."""
    try:
        return Look(zone, date.fromisoformat(on) if on else now().astimezone(zone_named(zone)).date())
    except UnknownZone as refusal:
        raise click.ClickException(str(refusal)) from None
    except ValueError:
        raise click.ClickException(f"{on!r} is not a date; write it like 2026-12-04.") from None


def _clock(doors: str) -> time:
    try:
        return datetime.strptime(doors, "%H:%M").time()  # noqa: DTZ007 - a wall time
    except ValueError:
        raise click.ClickException(f"{doors!r} is not a time; write it like 19:30.") from None
