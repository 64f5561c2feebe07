"""``flask email bounce``: what a mail server reports about an email that it could not deliver."""

import sys

import click
from flask.cli import AppGroup

from coordinator.clock import now
from coordinator.core.mail_links import MailLinks
from coordinator.messaging.actions.bouncing import apply_bounce
from coordinator.messaging.bounces import read_bounce
from coordinator.services import services

email = AppGroup("email", help="Emails of the installation.")
MOST = 1_000_000  # bytes that are read of a report


@email.command("bounce")
def bounce() -> None:
    """Read a delivery report from standard input; the mail server pipes it here.

    The email counts as not delivered, its address is marked, and the notice goes on by text while it is of use. What
    isn't a report about an email of ours changes nothing.

    Example: flask email bounce < report.eml
    """
    settings = services().settings
    report = read_bounce(sys.stdin.buffer.read(MOST))
    if report is None:
        click.echo("This isn't a delivery report about one email. Nothing was changed.")
        return
    message = apply_bounce(report, MailLinks(settings.public_url, settings.secret_key), now=now())
    if message is None:
        click.echo("That email isn't one of ours, or its end is known already. Nothing was changed.")
    elif not report.is_final:
        click.echo(f"Message {message.id} is late ({report.status}); the mail server is still trying.")
    else:
        click.echo(f"Message {message.id} came back ({report.status}).")
