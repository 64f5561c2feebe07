"""Metrics of the installation."""

from datetime import datetime
from typing import Final

from sqlalchemy import Case, Float, case, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from coordinator.db import db
from coordinator.people.models import Channel

from ..models import Direction, Message, MessageChange, MessageState, OptOut, Tally

LATE_BY: Final = (0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 3600.0)  # seconds


class seconds_between(GenericFunction[float]):  # noqa: N801 - a function of the database
    """Seconds between two instants; the two databases count them differently."""

    type = Float()
    inherit_cache = True


@compiles(seconds_between, "sqlite")
def _by_days(function: seconds_between, compiler: SQLCompiler, **options: object) -> str:
    earlier, later = [compiler.process(clause, **options) for clause in function.clauses]
    return f"round((julianday({later}) - julianday({earlier})) * 86400.0, 3)"  # a day has too few digits for less


@compiles(seconds_between, "postgresql")
def _by_epochs(function: seconds_between, compiler: SQLCompiler, **options: object) -> str:
    earlier, later = [compiler.process(clause, **options) for clause in function.clauses]
    return f"CAST(EXTRACT(EPOCH FROM ({later} - {earlier})) AS FLOAT)"


def messages_by_state() -> dict[tuple[str, str, str, str], int]:
    """How many texts and emails there are, by channel, direction, kind and state."""
    columns = (Message.channel, Message.direction, Message.kind, Message.state)
    grouped = select(*columns, func.count()).group_by(*columns)
    return {
        (channel, direction, kind, state): count
        for channel, direction, kind, state, count in db.session.execute(grouped)
    }


def lateness() -> tuple[dict[float, int], int, float]:
    """How many texts went out within each limit after they could; how many went out in all; the sum of the seconds.

    A text can go out when it is due, or later, when a pause or quiet hours release it. Waiting for the network counts
    as lateness.
    """
    left = Message.sent_at.is_not(None) & Message.due_at.is_not(None) & (Message.direction == Direction.OUT)
    late = select(_late_by().label("late")).where(left).cte("late").c.late
    within = [func.coalesce(func.sum(case((late <= limit, 1), else_=0)), 0) for limit in LATE_BY]
    *counts, number, seconds = db.session.execute(
        select(*within, func.count(), func.coalesce(func.sum(late), 0.0))
    ).one()
    return dict(zip(LATE_BY, map(int, counts), strict=True)), int(number), float(seconds)


def _late_by() -> Case[float]:
    """Seconds; only for a text that seems late is it checked whether it was held."""
    since_due = seconds_between(Message.due_at, Message.sent_at)
    let_go_at = (
        select(func.max(MessageChange.at))
        .where(
            MessageChange.message_id == Message.id,
            MessageChange.before == MessageState.HELD,
            MessageChange.after == MessageState.WAITING,
        )
        .scalar_subquery()
    )
    since_let_go = func.coalesce(seconds_between(let_go_at, Message.sent_at), since_due)
    return case(
        (since_due <= LATE_BY[0], since_due), (since_let_go < since_due, func.abs(since_let_go)), else_=since_due
    )


def oldest_unknown() -> datetime | None:
    """The claim time of the oldest text that may or may not have gone out; None if there is none.

    Of an email nobody will ever know.
    """
    unsure = (Message.state == MessageState.UNKNOWN, Message.channel == Channel.TEXT)
    return db.session.scalar(select(func.min(Message.claimed_at)).where(*unsure))


def opt_outs() -> int:
    """How many numbers have opted out."""
    return db.session.scalar(select(func.count()).where(OptOut.lifted_at.is_(None))) or 0


def tallies() -> dict[str, int]:
    """All counters, by name."""
    return {tally.name: tally.number for tally in db.session.scalars(select(Tally).order_by(Tally.name))}
