"""An event has show days, each with doors and curfews; what there is becomes an event of one day.

Revision ID: show_days
Revises: first
"""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "show_days"
down_revision = "first"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("events", sa.Column("days", sa.JSON(), nullable=True))
    _give_days()
    with op.batch_alter_table("events") as events:
        events.alter_column("days", existing_type=sa.JSON(), nullable=False)
        events.drop_column("doors_local")
        events.drop_column("doors_at")
    with op.batch_alter_table("stages") as stages:
        stages.drop_column("curfew_local")
        stages.drop_column("curfew_at")


def downgrade() -> None:
    """The first day of each event is kept."""
    with op.batch_alter_table("stages") as stages:
        stages.add_column(sa.Column("curfew_local", sa.String(length=24), nullable=True))
        stages.add_column(sa.Column("curfew_at", INSTANT, nullable=True))
    with op.batch_alter_table("events") as events:
        events.add_column(sa.Column("doors_local", sa.String(length=24), nullable=True))
        events.add_column(sa.Column("doors_at", INSTANT, nullable=True))
    _take_days()
    op.drop_column("events", "days")


def _give_days() -> None:
    events, stages = _tables("events"), _tables("stages")
    connection = op.get_bind()
    for event in connection.execute(sa.select(events)).mappings().all():
        zone = ZoneInfo(event["zone"])
        theirs = connection.execute(sa.select(stages).where(stages.c.event_id == event["id"])).mappings().all()
        curfews = {each["key"]: _written(each["curfew_at"], zone) for each in theirs if each["curfew_at"]}
        doors = _written(event["doors_at"], zone) if event["doors_at"] else None
        days = [{"date": event["date"].isoformat(), "doors": doors, "curfews": curfews}]
        connection.execute(sa.update(events).where(events.c.id == event["id"]).values(days=days))


def _take_days() -> None:
    events, stages = _tables("events"), _tables("stages")
    connection = op.get_bind()
    for event in connection.execute(sa.select(events)).mappings().all():
        first = event["days"][0]
        doors = _columns("doors", first["doors"])
        connection.execute(sa.update(events).where(events.c.id == event["id"]).values(doors))
        for stage, curfew in first["curfews"].items():
            its = (stages.c.event_id == event["id"]) & (stages.c.key == stage)
            connection.execute(sa.update(stages).where(its).values(_columns("curfew", curfew)))


def _tables(name: str) -> sa.Table:
    """A table as it is at this point of the migration."""
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)


def _written(at: datetime, zone: ZoneInfo) -> str:
    known = at if at.tzinfo else at.replace(tzinfo=UTC)
    return known.astimezone(zone).isoformat()


def _columns(name: str, written: str | None) -> dict[str, Any]:
    if written is None:
        return {}
    at = datetime.fromisoformat(written)
    return {f"{name}_local": f"{at:%Y-%m-%dT%H:%M}", f"{name}_at": at.astimezone(UTC)}
