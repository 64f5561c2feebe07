"""What is known of a stage once it has been worked out: its slots, its end, and what it can still swallow."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple


class SlotState(StrEnum):
    """Where a slot stands in the night."""

    CANCELLED = "cancelled"
    ENDED = "ended"
    ON = "on"
    PASSED = "passed"
    TO_COME = "to_come"


class Anchor(StrEnum):
    """What a reminder or a shift can be tied to. The first three belong to a slot; the others stand still."""

    SET_START = "set_start"
    SET_END = "set_end"
    CHANGEOVER_START = "changeover_start"
    DOORS = "doors"
    CURFEW = "curfew"
    SHIFT_START = "shift_start"


class ProjectedSlot(NamedTuple):
    """A slot as it will really run.

    Without a start (cancelled or passed) every time is None. ``window_starts_at`` is when the stage becomes free before
    it; None when nothing takes time before it. ``changeover_starts_at`` is the same, or the nominal changeover before
    the start when nothing takes time before it. ``late`` is negative when early. ``latest_start_at`` is the last start
    that still keeps the curfew and every pinned slot; only for a slot to come, and None when nothing limits it.
    """

    key: str
    state: SlotState
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    window_starts_at: datetime | None = None
    changeover_starts_at: datetime | None = None
    late: timedelta | None = None
    squeezed: bool = False
    at_minimum: bool = False
    latest_start_at: datetime | None = None


class ConflictKind(StrEnum):
    """``cannot_hold``: a pinned slot that will begin late."""

    CANNOT_HOLD = "cannot_hold"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A promise that cannot be kept, and by how much."""

    kind: ConflictKind
    slot: str
    minutes: timedelta


@dataclass(frozen=True, slots=True)
class Projection:
    """A stage as it will really run.

    ``projected_end_at`` is None when nothing takes time. ``over_curfew`` is how far it runs past the curfew, zero
    without one. ``recoverable`` is how much further delay the coming changeovers can swallow.
    """

    slots: tuple[ProjectedSlot, ...]
    projected_end_at: datetime | None
    over_curfew: timedelta
    recoverable: timedelta
    conflicts: tuple[Conflict, ...]
    _by_key: dict[str, ProjectedSlot] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {slot.key: slot for slot in self.slots})

    def __getitem__(self, key: str) -> ProjectedSlot:
        """The slot with this key. Raises KeyError."""
        return self._by_key[key]

    @property
    def on(self) -> ProjectedSlot | None:
        """The slot that is on now; the last one, should two be."""
        return next((slot for slot in reversed(self.slots) if slot.state is SlotState.ON), None)

    @property
    def next(self) -> ProjectedSlot | None:
        """The first slot to come."""
        return next((slot for slot in self.slots if slot.state is SlotState.TO_COME), None)

    def anchor(self, key: str, name: str) -> datetime | None:
        """The instant of the slot's ``set_start``, ``set_end`` or ``changeover_start``.

        None while the slot has no times (cancelled or passed). Raises KeyError for another slot, ValueError for an
        anchor that is not a slot's own.
        """
        slot = self[key]
        match name:
            case Anchor.SET_START:
                return slot.starts_at
            case Anchor.SET_END:
                return slot.ends_at
            case Anchor.CHANGEOVER_START:
                return slot.changeover_starts_at
        raise ValueError(f"{name!r} is no anchor of a slot; those are set_start, set_end and changeover_start.")
