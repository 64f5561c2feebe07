"""``flask event load`` and ``flask event dump``: an event as a document."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from coordinator.accounts.actions.accounts import add_organisation
from coordinator.accounts.models import Organisation
from coordinator.accounts.queries import first_organisation, organisation_named
from coordinator.clock import now
from coordinator.command_line.files import text_in
from coordinator.command_line.refusing import one_sentence
from coordinator.db import transaction
from coordinator.events.models import Event
from coordinator.events.queries import event_by_slug
from coordinator.shifts.clash_words import clash_title, clash_words
from coordinator.shifts.queries.clashes import clashes_of, standing

from .apply import DOCUMENT, compare_with, load
from .changes import Comparison
from .describe import described, kept_because
from .dump import dump_text
from .read import read_document

event = AppGroup("event", help="Load an event from a document, or print it as one.")

UNNAMED = "My organization"


@event.command("load")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--prune", is_flag=True, help="Remove what the document leaves out.")
@click.option("--force", is_flag=True, help="With --prune: also remove slots and shifts that have people confirmed.")
@click.option(
    "--organization",
    "--organisation",
    "organisation",
    metavar="NAME",
    help="The event's organization; created if it does not exist.",
)
@one_sentence
def load_event(file: Path, prune: bool, force: bool, organisation: str | None) -> None:
    """Make an event match the document in FILE (docs/event-document.md) and print what changes.

    Loading it twice changes nothing. Afterwards it names everyone who has two things at once, or too little time in
    between; that changes nothing and is no failure.

    Example: flask event load benefit.json --prune
    """
    at = now()
    document = read_document(text_in(file), now=at)
    whose = _organisation(organisation, document.slug)
    zone = ZoneInfo(document.event["zone"])
    _say(compare_with(document, whose, prune=prune, force=force), document.warnings, zone)
    with transaction():
        owner = whose or add_organisation(organisation or UNNAMED, at, actor=DOCUMENT)
        loaded = load(document, owner, now=at, prune=prune, force=force)
    _say_clashes(loaded.event, at)


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
    """The named organization; else the event's own, or the first there is. None if it must be created."""
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


def _say_clashes(loaded: Event, at: datetime) -> None:
    """Whoever is in two places at once, whether or not this load made it so."""
    for clash in standing(clashes_of(loaded, at)):
        click.echo(f"clash: {clash_title(clash)}. {clash_words(clash, loaded, 'en')}", err=True)
