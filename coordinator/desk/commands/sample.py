"""``flask sample``: what ``make run`` says before it starts."""

from __future__ import annotations

from datetime import timedelta

import click
from flask.cli import with_appcontext

from ...accounts.actions import sign_in_link
from ...clock import now
from ...events.queries import any_event
from ...house import house
from ..sample import add_sample, sample_owner
from .refusing import one_sentence


@click.command("sample")
@with_appcontext
@one_sentence
def sample() -> None:
    """Load the sample night into an empty database, and print the address and a sign-in link that works once.

    With SAMPLE=0 nothing is loaded. Example: flask sample
    """
    settings = house().settings
    owner = sample_owner()
    if owner is None and settings.sample and not any_event():
        owner = add_sample(now())
    click.echo(f"Callboard: {settings.public_url}")
    if owner is not None:
        token = sign_in_link(owner, now(), lasts=timedelta(days=1))
        click.echo(f"Sign in: {settings.public_url}/sign-in/{token}")
