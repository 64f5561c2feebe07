"""``flask timeline``: how a night would really run, from a file."""

import json
from pathlib import Path

import click

from coordinator.core.vectors import BadVector, timeline_of


@click.command("timeline")
@click.argument("file", type=click.Path(path_type=Path))
def timeline(file: Path) -> None:
    """Print how one stage will really run: states, times, changeovers, curfew, clashes.

    FILE is JSON: zone, date, curfew, now and slots, as docs/timing.md describes them.

    Example: flask timeline stage.json
    """
    try:
        answer = timeline_of(_object_in(file))
    except BadVector as fault:
        raise click.ClickException(f"{file}: {fault}") from None
    click.echo(json.dumps(answer, indent=2, ensure_ascii=False))


def _object_in(file: Path) -> dict[str, object]:
    try:
        vector = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise click.ClickException(f"{file} cannot be read: {(fault.strerror or 'no such file').lower()}.") from None
    except UnicodeDecodeError:
        raise click.ClickException(f"{file} is not text; it must be JSON in UTF-8.") from None
    except json.JSONDecodeError as fault:
        where = f"line {fault.lineno}, column {fault.colno}"
        raise click.ClickException(f"{file} is not JSON: {fault.msg.lower()} at {where}.") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, or endlessly nested brackets
        raise click.ClickException(f"{file} is not JSON that can be read.") from None
    if not isinstance(vector, dict):
        raise click.ClickException(f"{file} must hold one JSON object, with zone, date, curfew, now and slots.")
    return vector
