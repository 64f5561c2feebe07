"""``flask people forget``."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from ...clock import now
from ...db import transaction
from ...people.actions import parse_phone
from ...people.queries import people_with_phone, person_by_id
from ..actions import forget, forget_past
from .refusing import one_sentence

people = AppGroup("people", help="People whose data is kept.")


@people.command("forget")
@click.option("--person", "person_id", type=int, metavar="ID", help="The person with this number.")
@click.option("--phone", metavar="PHONE", help="Everybody with this phone.")
@click.option("--past", is_flag=True, help="Everybody whose last show is 30 days past; not coordinators.")
@one_sentence
def forget_people(person_id: int | None, phone: str | None, past: bool) -> None:
    """Forget people: name, phone, consent, links, and the words of their texts. This cannot be undone.

    Example: flask people forget --phone "+1 212 555 0101"
    """
    if (person_id is not None) + (phone is not None) + past != 1:
        raise click.ClickException("Say whom to forget: --person ID, --phone PHONE or --past.")
    if past:
        click.echo(f"{forget_past(now())} forgotten.")
        return
    found = people_with_phone(parse_phone(phone)) if phone is not None else [person_by_id(person_id or 0)]
    known = [person for person in found if person is not None and person.forgotten_at is None]
    if not known:
        raise click.ClickException("Nobody like that is known.")
    with transaction():
        for person in known:
            forget(person, now())
    click.echo(f"{len(known)} forgotten.")
