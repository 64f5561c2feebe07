"""``flask people forget`` and ``flask people export``."""

import json
from collections.abc import Callable

import click
from flask.cli import AppGroup

from coordinator.accounts.actions.personal_links import record_export
from coordinator.accounts.models import Actor
from coordinator.clock import now
from coordinator.command_line.refusing import one_sentence
from coordinator.db import transaction
from coordinator.people.actions.emails import parse_email
from coordinator.people.actions.phones import parse_phone
from coordinator.people.models import Person
from coordinator.people.queries import people_at, people_with_name, people_with_phone, person_by_id
from coordinator.shifts.actions.forgetting import forget, forget_past
from coordinator.shifts.queries.held import held_about

WAYS = "--person ID, --phone PHONE, --email EMAIL, --name NAME"
ID = click.IntRange(1, 2**63 - 1)  # what the database can hold
people = AppGroup("people", help="People's personal data.")


def _whom(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say of whom."""
    options = (
        click.option("--person", "person_id", type=ID, metavar="ID", help="The person with this number."),
        click.option("--phone", metavar="PHONE", help="Everyone with this phone."),
        click.option("--email", metavar="EMAIL", help="Everyone with this email address."),
        click.option("--name", metavar="NAME", help="The one person with this full name."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@people.command("forget")
@_whom
@click.option("--past", is_flag=True, help="Everyone whose last show is 30 days past; not members.")
@one_sentence
def forget_people(person_id: int | None, phone: str | None, email: str | None, name: str | None, past: bool) -> None:
    """Forget people: name, phone, email, consent, links, and the words of texts and emails. This cannot be undone.

    Example: flask people forget --phone "+1 212 555 0101"
    """
    if sum(each is not None for each in (person_id, phone, email, name)) + past != 1:
        raise click.ClickException(f"Say whom to forget: {WAYS} or --past.")
    if past:
        click.echo(f"Forgotten: {forget_past(now())}.")
        return
    known = _known(person_id, phone, email, name)
    with transaction():
        for person in known:
            forget(person, now())
    click.echo(f"Forgotten: {len(known)}.")


@people.command("export")
@_whom
@one_sentence
def export_people(person_id: int | None, phone: str | None, email: str | None, name: str | None) -> None:
    """Print everything that is held about people, as JSON.

    Example: flask people export --phone "+1 212 555 0101" > held.json
    """
    if sum(each is not None for each in (person_id, phone, email, name)) != 1:
        raise click.ClickException("Say about whom: --person ID, --phone PHONE, --email EMAIL or --name NAME.")
    people = _known(person_id, phone, email, name)
    for person in people:
        record_export(person, actor=Actor.command("flask people export"), now=now())
    held = [held_about(person) for person in people]
    click.echo(json.dumps(held, indent=2, ensure_ascii=False))


def _known(person_id: int | None, phone: str | None, email: str | None, name: str | None) -> list[Person]:
    """Those who are meant. Raises ClickException if nobody is, or several have the name."""
    if phone is not None:
        return _or_nobody(people_with_phone(parse_phone(phone)))
    if email is not None:
        return _or_nobody(people_at(parse_email(email)))
    if name is None:
        person = person_by_id(person_id or 0)
        return _or_nobody([person] if person is not None and person.forgotten_at is None else [])
    named = _or_nobody(people_with_name(name))
    if len(named) > 1:
        numbers = ", ".join(str(person.id) for person in named)
        raise click.ClickException(f"{len(named)} people have that name. Choose one: --person ID, one of {numbers}.")
    return named


def _or_nobody(known: list[Person]) -> list[Person]:
    if not known:
        raise click.ClickException("There is no such person.")
    return known
