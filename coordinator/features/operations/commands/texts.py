"""``flask texts pause`` and ``flask texts resume``: the texts of the whole installation, or of one organization."""

import click
from flask.cli import AppGroup

from coordinator.accounts.models import Actor, Organisation
from coordinator.accounts.queries import organisation_named
from coordinator.clock import now
from coordinator.command_line.refusing import one_sentence
from coordinator.messaging.actions.holding import pause_all_texts, resume_all_texts
from coordinator.messaging.actions.restored import hold_everything, let_everything_leave
from coordinator.messaging.models import HoldReason

texts = AppGroup("texts", help="The texts of the whole installation, or of one organization.")
OF_ONE = click.option(
    "--organization", "--organisation", "organisation", metavar="NAME", help="Only the texts of this organization."
)


@texts.command("pause")
@OF_ONE
@one_sentence
def pause_texts(organisation: str | None) -> None:
    """Hold all texts of all shows, codes included, until ``flask texts resume`` or a coordinator resumes them.

    Example: flask texts pause --organization "Kitchen Table Concerts"
    """
    if organisation is not None:
        whose = _named(organisation)
        was_paused = whose.texts_paused_at is not None
        pause_all_texts(whose.id, actor=Actor.command("flask texts pause"), now=now())
        click.echo(f"All texts of {whose.name} {'were paused already' if was_paused else 'are paused now'}.")
        return
    held = hold_everything(HoldReason.ASKED, now())
    click.echo("All texts are on hold now." if held else "All texts were on hold already.")


@texts.command("resume")
@OF_ONE
@one_sentence
def resume_texts(organisation: str | None) -> None:
    """Let texts go out again, also after a restore. What coordinators paused stays paused.

    With --organization: end the pause of that organization, whoever started it.

    Example: flask texts resume
    """
    if organisation is not None:
        whose = _named(organisation)
        was_paused = whose.texts_paused_at is not None
        resume_all_texts(whose.id, actor=Actor.command("flask texts resume"), now=now())
        click.echo(f"Texts of {whose.name} {'are going out again' if was_paused else 'were not paused'}.")
        return
    released = let_everything_leave(now())
    click.echo("Texts are going out again." if released else "Texts were not on hold.")


def _named(name: str) -> Organisation:
    found = organisation_named(name)
    if found is None:
        raise click.ClickException(f"There is no organization {name!r}.")
    return found
