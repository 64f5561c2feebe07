"""Conflicts in the plan of a stage: slots that overlap, tight changeovers, sets past curfew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from .timeline import SlotPlan


class ClashKind(StrEnum):
    """``tight``: less than the minimum changeover; ``short``: less than the nominal changeover."""

    OUT_OF_ORDER = "out_of_order"
    OVERLAP = "overlap"
    TIGHT = "tight"
    SHORT = "short"
    PAST_CURFEW = "past_curfew"


@dataclass(frozen=True, slots=True)
class Clash:
    """A slot that does not fit, and by how many ``minutes``.

    ``after`` is the key of the slot before it; None for ``past_curfew``.
    """

    kind: ClashKind
    slot: str
    after: str | None
    minutes: timedelta

    @property
    def whole_minutes(self) -> int:
        return self.minutes // timedelta(minutes=1)


def clashes(slots: Sequence[SlotPlan], curfew_at: datetime | None) -> tuple[Clash, ...]:
    """The clashes of one stage, in the order of the slots. Cancelled slots are ignored."""
    standing = [slot for slot in slots if not slot.cancelled]
    found = [clash for before, slot in pairwise(standing) for clash in _between(before, slot)]
    if standing and curfew_at is not None and standing[-1].ends_at > curfew_at:
        last = standing[-1]
        found.append(Clash(ClashKind.PAST_CURFEW, last.key, None, last.ends_at - curfew_at))
    return tuple(found)


def _between(before: SlotPlan, slot: SlotPlan) -> Iterator[Clash]:
    if slot.starts_at < before.starts_at:
        yield Clash(ClashKind.OUT_OF_ORDER, slot.key, before.key, before.starts_at - slot.starts_at)
    gap = slot.starts_at - before.ends_at
    if gap < timedelta(0):
        yield Clash(ClashKind.OVERLAP, slot.key, before.key, -gap)
    elif gap < slot.changeover_min:
        yield Clash(ClashKind.TIGHT, slot.key, before.key, slot.changeover_min - gap)
    elif gap < slot.changeover:
        yield Clash(ClashKind.SHORT, slot.key, before.key, slot.changeover - gap)
