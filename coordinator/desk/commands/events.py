"""``flask event load`` and ``flask event dump``: an event as a document."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from ...accounts.actions import add_organisation
from ...accounts.models import Organisation
from ...accounts.queries import first_organisation, organisation_named
from ...clock import now
from ...db import transaction
from ...events.queries import event_by_slug
from ..document import Comparison, compare_with, described, dump_text, kept_because, load, read_document
from .files import text_in
from .refusing import one_sentence

event = AppGroup("event", help="Load an event from its document, or write it as one.")

UNNAMED = "My organisation"


@event.command("load")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--prune", is_flag=True, help="Remove what the document leaves out.")
@click.option("--force", is_flag=True, help="With --prune: also slots and shifts that have people confirmed.")
@click.option("--organisation", metavar="NAME", help="Whose event it is; made if there is none of that name.")
@one_sentence
def load_event(file: Path, prune: bool, force: bool, organisation: str | None) -> None:
    """Make an event match the document in FILE (docs/event-document.md), and print what changes.

    Loading it twice changes nothing.

    Example: flask event load benefit.json --prune
    """
    document = read_document(text_in(file), now=now())
    whose = _organisation(organisation, document.slug)
    zone = ZoneInfo(document.event["zone"])
    _say(compare_with(document, whose, prune=prune, force=force), document.warnings, zone)
    with transaction():
        load(document, whose or add_organisation(organisation or UNNAMED, now()), now=now(), prune=prune, force=force)


@event.command("dump")
@click.argument("slug")
@one_sentence
def dump_event(slug: str) -> None:
    """Print the event SLUG as a document.

    Example: flask event dump justice-in-motion > benefit.json
    """
    found = event_by_slug(slug)
    if found is None:
        raise click.ClickException(f"There is no event {slug!r}.")
    click.echo(dump_text(found), nl=False)


def _organisation(name: str | None, slug: str) -> Organisation | None:
    """The one that is named; else whose the event is, or the first there is. None when it has yet to be made."""
    if name:
        return organisation_named(name)
    found = event_by_slug(slug)
    return found.organisation if found else first_organisation()


def _say(comparison: Comparison, warnings: tuple[str, ...], zone: ZoneInfo) -> None:
    for change in comparison.changes:
        click.echo(described(change, zone))
    for kept in comparison.kept:
        click.echo(kept_because(kept))
    for warning in warnings:
        click.echo(f"note: {warning}", err=True)
    if not comparison.changes:
        click.echo("Nothing changes.")
