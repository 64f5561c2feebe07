"""``flask user add``: an account for a coordinator."""

from __future__ import annotations

from datetime import timedelta

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from ..clock import now
from ..db import transaction
from ..house import house
from ..people.actions import agree_to_texts, parse_phone
from .actions import add_coordinator, add_organisation, sign_in_link
from .models import ROLES
from .queries import first_organisation, organisation_named

user = AppGroup("user", help="Coordinators' accounts.")

AGREED = "Their mobile, for the morning digest and for GO and DONE by text."  # as the option says that takes it
UNNAMED = "My organisation"
NO_TABLES = "The database is not ready. Run: flask db upgrade"


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, metavar="N", help="How the coordinator is called.")
@click.option("--phone", metavar="P", help=AGREED)
@click.option("--role", default="coordinator", type=click.Choice(ROLES), show_default=True)
@click.option("--organisation", metavar="NAME", help="Whose coordinator; made if there is none of that name.")
def add_user(email: str, name: str, phone: str | None, role: str, organisation: str | None) -> None:
    """Make an account for EMAIL, and print a link that sets its password. The link works once, for a day.

    Example: flask user add ana@show.example --name "Ana Ruiz" --phone "+1 212 555 0101" --role owner
    """
    at = now()
    try:
        number = parse_phone(phone) if phone else None
        with transaction():
            whose = organisation_named(organisation) if organisation else first_organisation()
            whose = whose or add_organisation(organisation or UNNAMED, at)
            coordinator = add_coordinator(email, name, number, role, whose, at)
            if number:
                agree_to_texts(coordinator.person, "flask user add", AGREED, at)
    except ValueError as refusal:
        raise click.ClickException(str(refusal)) from None
    except (OperationalError, ProgrammingError) as fault:
        raise click.ClickException(f"{NO_TABLES} ({type(fault.orig).__name__})") from None
    token = sign_in_link(coordinator, at, sets_password=True, lasts=timedelta(days=1))
    click.echo(f"{name} coordinates for {whose.name}. Set a password within a day:")
    click.echo(f"{house().settings.public_url}/sign-in/{token}")
