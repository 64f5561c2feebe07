"""``flask backup``, ``flask backup verify`` and ``flask restore``: all data to one file, and back."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from coordinator.clock import now
from coordinator.command_line.refusing import one_sentence
from coordinator.db import db
from coordinator.messaging.queries.texts import last_tick

from .copying import CannotCopy, put_back, write_copy
from .verifying import told, verify

AT_WORK: Final = timedelta(seconds=30)


@click.command("backup")
@click.argument("words", nargs=-1, required=True, metavar="[verify] FILE")
@with_appcontext
@one_sentence
def backup(words: tuple[str, ...]) -> None:
    """Write everything that is kept into FILE, while Callboard runs. Only you can read it.

    SQLite writes a whole database; PostgreSQL uses pg_dump. The key that signs sessions and links is not in it:
    keep SECRET_KEY, or instance/secret_key, beside it.

    With verify: restore FILE into a database of its own, which is removed again, plan its texts, look up in Twilio's
    list what may have left, and say what would leave once it is restored and let go. Nothing is sent or changed.
    Status 1 when a text would be sent twice, or when that cannot be told.

    Example: flask backup before-the-show.callboard

    Example: flask backup verify before-the-show.callboard
    """
    verb, name = words if len(words) == 2 else ("", words[0])
    if len(words) > 2 or verb not in {"", "verify"}:
        raise click.UsageError("Name one file: flask backup FILE, or flask backup verify FILE.")
    if verb:
        _verify(Path(name))
        return
    file = Path(name)
    if file.exists():
        raise CannotCopy(f"{file} is there already. Name a new file.")
    write_copy(file)
    click.echo(f"{file} holds everything as it is now. Keep SECRET_KEY or instance/secret_key beside it.")


def _verify(file: Path) -> None:
    _must_be_there(file)
    found = verify(file, now())
    click.echo(f"{file} can be restored.")
    for sentence in told(found):
        click.echo(sentence)
    if found.twice:
        ids = ", ".join(map(str, found.twice[:20]))
        raise CannotCopy(f"Texts that would be sent twice: {len(found.twice)}, with the ids {ids}.")
    if found.unreachable:
        raise CannotCopy(f"Twilio's list cannot be read, so nobody can tell what has left. {found.unreachable}")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
@one_sentence
def restore(file: Path) -> None:
    """Replace all data with FILE, which flask backup wrote. Stop Callboard first.

    It starts on hold: no text goes out until a coordinator taps "Resume texts" on any page, or flask texts resume.
    Meanwhile, texts that may have gone out after the backup are looked up. A previous SQLite database is kept beside
    the new one.

    Example: flask restore before-the-show.callboard
    """
    at = now()
    _must_be_there(file)
    _nobody_at_work(at)
    db.session.remove()
    db.engine.dispose()
    kept = put_back(file, at)
    click.echo(f"{file} is restored, and its texts are on hold. Start Callboard, check your shows, then resume texts:")
    click.echo("tap Resume texts on any coordinator page, or run: flask texts resume")
    if kept is not None:
        click.echo(f"The previous database is kept as {kept}.")


def _must_be_there(file: Path) -> None:
    if not file.is_file():
        raise CannotCopy(f"There is no file {file}.")


def _nobody_at_work(at: datetime) -> None:
    try:
        ticked_at = last_tick()
    except SQLAlchemyError:  # there is no database yet that anyone could be using
        db.session.rollback()
        return
    if ticked_at is not None and timedelta(0) <= at - ticked_at < AT_WORK:
        raise CannotCopy(
            f"A jobs process was at work {(at - ticked_at).seconds} s ago. Stop Callboard, web and jobs, first."
        )
