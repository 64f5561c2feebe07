"""``flask flyer``: what is read from a flyer."""

import json
from datetime import date
from pathlib import Path

import click

from coordinator.clock import now
from coordinator.command_line.files import bytes_in
from coordinator.core.flyer import UnreadableFlyer, decode_flyer, read_flyer
from coordinator.core.show_time import UnknownZone, zone_named

DEFAULT_ZONE = "America/New_York"


@click.command("flyer")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--date", "on", metavar="D", help="The day the flyer is read on, such as 2027-05-01. Default: today.")
@click.option("--zone", default=DEFAULT_ZONE, show_default=True, metavar="Z", help="The show's time zone.")
def flyer(file: Path, on: str | None, zone: str) -> None:
    """Print what is read from the flyer in FILE, as JSON.

    A text without times is read too; lines that cannot be placed are listed as unread.

    Example: flask flyer benefit.txt --date 2027-05-01 --zone America/Chicago
    """
    try:
        text = decode_flyer(bytes_in(file))
        day = date.fromisoformat(on) if on else now().astimezone(zone_named(zone)).date()
        zone_named(zone)
    except UnreadableFlyer as refusal:
        raise click.ClickException(f"{file}: {refusal}") from None
    except UnknownZone as refusal:
        raise click.ClickException(str(refusal)) from None
    except ValueError:
        raise click.ClickException(f"{on!r} is not a date; write it like 2027-05-01.") from None
    click.echo(json.dumps(read_flyer(text, default_on=day, zone=zone).as_json(), indent=1, ensure_ascii=False))
