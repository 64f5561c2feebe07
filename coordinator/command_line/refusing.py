"""A refused command fails with one clear sentence on standard error and exit status 1."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

P = ParamSpec("P")
R = TypeVar("R")

NO_TABLES = "The database is not ready. Run: flask db upgrade"


def one_sentence(command: Callable[P, R]) -> Callable[P, R]:
    """Turn a named refusal (a ValueError with a sentence) into a ClickException with that sentence."""

    @functools.wraps(command)
    def refusing(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except ValueError as refusal:
            raise click.ClickException(str(refusal)) from None
        except (OperationalError, ProgrammingError) as fault:  # no database, or a database without our tables
            raise click.ClickException(f"{NO_TABLES} ({type(fault.orig).__name__})") from None

    return refusing
