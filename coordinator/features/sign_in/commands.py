"""``flask user``: accounts for coordinators, and links that let them in."""

from datetime import timedelta

import click
from flask.cli import AppGroup
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError, ProgrammingError

from coordinator.accounts.actions.accounts import add_coordinator, add_organisation
from coordinator.accounts.actions.members import change_role, remove_member
from coordinator.accounts.actions.passkeys import remove_second_factors
from coordinator.accounts.actions.sign_in_links import sign_in_link
from coordinator.accounts.models import AccountRole, Actor, Coordinator
from coordinator.accounts.queries import (
    account_by_email,
    coordinators_of,
    first_organisation,
    member_as,
    organisation_named,
    organisations,
)
from coordinator.clock import now
from coordinator.command_line.refusing import one_sentence
from coordinator.core.clean_text import cleaned
from coordinator.db import transaction
from coordinator.people.actions.consent import agree_to_texts
from coordinator.people.actions.phones import parse_phone
from coordinator.services import services
from coordinator.web.account_mail import tell_now, tell_of_removal, tell_of_role

user = AppGroup("user", help="Coordinators' accounts.")

AGREED = "Their mobile, for the morning digest and for GO and DONE by text."  # the same words as the help of the option
UNNAMED = "My organization"
USER_ADD = Actor.command("flask user add")
NO_TABLES = "The database is not ready. Run: flask db upgrade"


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, metavar="N", help="The coordinator's name.")
@click.option("--phone", metavar="P", help=AGREED)
@click.option("--role", default="coordinator", type=click.Choice(list(map(str, AccountRole))), show_default=True)
@click.option(
    "--organization",
    "--organisation",
    "organisation",
    metavar="NAME",
    help="The coordinator's organization; created if it does not exist.",
)
def add_user(email: str, name: str, phone: str | None, role: str, organisation: str | None) -> None:
    """Create an account for EMAIL and print a link that sets its password. The link works once, for a day.

    Example: flask user add ana@show.example --name "Ana Ruiz" --phone "+1 212 555 0101" --role owner
    """
    at, name = now(), cleaned(name)
    try:
        number = parse_phone(phone) if phone else None
        with transaction():
            whose = organisation_named(organisation) if organisation else first_organisation()
            whose = whose or add_organisation(organisation or UNNAMED, at, actor=USER_ADD)
            coordinator = add_coordinator(email, name, number, role, whose, at, actor=USER_ADD)
            if number:
                agree_to_texts(coordinator.person, "flask user add", AGREED, at)
    except ValueError as refusal:
        raise click.ClickException(str(refusal)) from None
    except (OperationalError, ProgrammingError) as fault:
        raise click.ClickException(f"{NO_TABLES} ({type(fault.orig).__name__})") from None
    is_new = coordinator.account.password_hash is None
    token = sign_in_link(coordinator.account, at, sets_password=is_new, lasts=timedelta(days=1))
    what = "Set a password" if is_new else "Sign in"
    click.echo(f"{name} is a coordinator of {whose.name}. {what} within a day:")
    click.echo(f"{services().settings.public_url}/sign-in/{token}")


@user.command("link")
@click.argument("email")
@click.option("--password", "sets_password", is_flag=True, help="Also let the link set a new password.")
def link_user(email: str, sets_password: bool) -> None:
    """Print a link that signs EMAIL in, once, within a day: for someone who forgot a password or is locked out.

    Example: flask user link ana@show.example
    """
    try:
        account = account_by_email(email)
    except (OperationalError, ProgrammingError) as fault:
        raise click.ClickException(f"{NO_TABLES} ({type(fault.orig).__name__})") from None
    if account is None or not account.active_memberships:
        raise click.ClickException(f"There is no account for {email}.")
    token = sign_in_link(account, now(), sets_password=sets_password, lasts=timedelta(days=1))
    click.echo(f"{member_as(account).person.name} can sign in with this link, once, within a day:")
    click.echo(f"{services().settings.public_url}/sign-in/{token}")


@user.command("role")
@click.argument("email")
@click.argument("role", type=click.Choice(list(map(str, AccountRole))))
@click.option("--organisation", metavar="NAME", help="In which organization; needed only where EMAIL is in several.")
@one_sentence
def set_role(email: str, role: str, organisation: str | None) -> None:
    """Give EMAIL another role.

    Example: flask user role ana@show.example owner
    """
    member = _member(email, organisation)
    change_role(member, role, None, now(), actor=Actor.command("flask user role"))
    tell_of_role(member, waits=True)
    click.echo(f"{member.person.name} is {role} of {member.organisation.name}.")


@user.command("remove")
@click.argument("email")
@click.option("--organisation", metavar="NAME", help="From which organization; needed only where EMAIL is in several.")
@one_sentence
def remove_user(email: str, organisation: str | None) -> None:
    """Remove EMAIL from an organization, and sign them out of it. What they did keeps their name.

    Example: flask user remove ana@show.example
    """
    member = _member(email, organisation)
    remove_member(member, now(), actor=Actor.command("flask user remove"))
    tell_of_removal(member, waits=True)
    click.echo(f"{member.person.name} is no longer a member of {member.organisation.name}.")


@user.command("reset-two-step")
@click.argument("email")
@one_sentence
def reset_two_step(email: str) -> None:
    """Turn off two-step sign-in of EMAIL, and remove their passkeys: for someone who lost everything but the password.

    Example: flask user reset-two-step ana@show.example
    """
    account = account_by_email(email)
    if account is None:
        raise ValueError(f"There is no account for {email}.")
    if not remove_second_factors(account, now(), actor=Actor.command("flask user reset-two-step")):
        raise ValueError(f"{account.email} signs in with a password alone already.")
    words = _("Whoever runs this Callboard turned off two-step sign-in for you, and removed your passkeys.")
    tell_now(account, _("Two-step sign-in is off"), words)
    click.echo(f"{account.email} signs in with a password alone now. Ask them to turn on two-step sign-in again.")


@user.command("list")
@one_sentence
def list_users() -> None:
    """Print every member of every organization: organization, role, email and name, with tabs between.

    Example: flask user list
    """
    for organisation in organisations():
        for member in coordinators_of(organisation.id):
            click.echo(f"{organisation.name}\t{member.role}\t{member.email}\t{member.person.name}")


def _member(email: str, organisation: str | None) -> Coordinator:
    account = account_by_email(email)
    found = [
        each
        for each in (account.active_memberships if account else [])
        if organisation in (None, each.organisation.name)
    ]
    if not found:
        raise ValueError(f"{email} is not a member of {organisation or 'any organization'}.")
    if len(found) > 1:
        names = ", ".join(each.organisation.name for each in found)
        raise ValueError(f"{email} is a member of several organizations: {names}. Say which one with --organisation.")
    return found[0]
