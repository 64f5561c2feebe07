"""What was counted, and what it comes to."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from coordinator.db import db
from coordinator.events.models import Event

from .models import MoneyCount


def counts_of(event: Event) -> list[MoneyCount]:
    """Every sum of the event, newest first, with what was entered."""
    theirs = select(MoneyCount).where(MoneyCount.event_id == event.id).options(selectinload(MoneyCount.entries))
    return list(db.session.scalars(theirs.order_by(MoneyCount.id.desc())))


def raised_of(event: Event) -> Decimal:
    """What has been raised for its beneficiary so far, in its currency: only sums that are confirmed.

    What was given for another cause is in ``totals_of`` alone.
    """
    confirmed = select(MoneyCount.amount).where(
        MoneyCount.event_id == event.id,
        MoneyCount.cause.is_(None),
        MoneyCount.currency == event.currency,
        MoneyCount.amount.is_not(None),
    )
    return sum((amount for amount in db.session.scalars(confirmed) if amount is not None), Decimal(0))


@dataclass(frozen=True, slots=True)
class CauseTotal:
    """What is confirmed for one cause, by kind of money. ``cause`` None: the event's beneficiary."""

    cause: str | None
    currency: str
    by_kind: Mapping[str, Decimal]

    @property
    def total(self) -> Decimal:
        return sum(self.by_kind.values(), Decimal(0))


def totals_of(event: Event) -> list[CauseTotal]:
    """What is confirmed, cause by cause: first the event's beneficiary."""
    sums: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for counted in counts_of(event):
        if counted.amount is not None:
            sums[counted.cause or "", counted.currency][counted.kind] += counted.amount
    return [CauseTotal(cause or None, currency, by_kind) for (cause, currency), by_kind in sorted(sums.items())]


def count_of(event: Event, count_id: int) -> MoneyCount | None:
    """The event's count of this id; None when there is none."""
    return next((counted for counted in counts_of(event) if counted.id == count_id), None)
