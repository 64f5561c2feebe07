"""``flask sample``: what ``make run`` prints before it starts."""

from datetime import timedelta

import click
from flask.cli import with_appcontext

from coordinator.accounts.actions.sign_in_links import sign_in_link
from coordinator.clock import now
from coordinator.command_line.refusing import one_sentence
from coordinator.events.queries import any_event
from coordinator.services import services

from .night import add_sample, sample_owner


@click.command("sample")
@with_appcontext
@one_sentence
def sample() -> None:
    """Load the sample night into an empty database; print the address and a sign-in link that works once.

    With SAMPLE=0 nothing is loaded. Example: flask sample
    """
    settings = services().settings
    owner = sample_owner()
    if owner is None and settings.sample and not any_event():
        owner = add_sample(now())
    click.echo(f"Callboard: {settings.public_url}")
    if owner is not None:
        token = sign_in_link(owner.account, now(), lasts=timedelta(days=1))
        click.echo(f"Sign in: {settings.public_url}/sign-in/{token}")
