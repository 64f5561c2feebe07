"""One comparison of two nights, whoever the people are."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from coordinator.core.commitments import Commitment, Overlap, OverlapKind
from coordinator.core.consequences import (
    Consequences,
    Move,
    MustCall,
    News,
    Piece,
    SeenNight,
    SeenShift,
    SeenSlot,
    ShiftMoves,
    SlotMoves,
    TextGoes,
    consequences_of,
)
from coordinator.core.reminders import Told

EIGHT = datetime(2026, 12, 5, 1, 0, tzinfo=UTC)
LATER = EIGHT + timedelta(minutes=15)


@dataclass(frozen=True)
class Clash:
    overlap: Overlap


Clashes = dict[tuple[int, tuple[str, str]], Clash]


def clashing(minutes: int) -> Clashes:
    work = Commitment("Front door", EIGHT, LATER, EIGHT, key="shift:1")
    overlap = Overlap(OverlapKind.SAME_TIME, work, work, timedelta(minutes=minutes))
    return {(1, ("shift:1", "slot:1")): Clash(overlap)}


def a_seen_night(
    starts_at: datetime | None, *pieces: Piece[str], reminder_at: datetime | None = None, clashes: Clashes | None = None
) -> SeenNight[str]:
    return SeenNight(
        slots={1: SeenSlot("Josh", starts_at)},
        shifts={7: SeenShift("Stage", 2, starts_at)},
        stages={},
        news={("slot:1", number, piece.news.kind, piece.news.anchor): piece for number, piece in enumerate(pieces)},
        reminders={3: reminder_at},
        known={},
        names={"josh": "Josh"},
        clashes=clashes or {},
        paused=False,
    )


def a_piece(who: str, says_at: datetime, *, body: str | None = None, why: str | None = None) -> Piece[str]:
    return Piece(who, "Josh", News("new_time", "set_start", says_at, Told(EIGHT), why, says_at, says_at), body)


def test_what_moves_and_who_is_told_is_a_consequence() -> None:
    after = a_seen_night(
        LATER, a_piece("Ana", LATER, body="Ana, 8:15"), a_piece("Bo", LATER, why="no_phone"), reminder_at=LATER
    )

    found = consequences_of(a_seen_night(EIGHT, reminder_at=EIGHT), after)

    assert found == Consequences(
        slots=(SlotMoves(1, "Josh", Move(EIGHT, LATER)),),
        shifts=(ShiftMoves("Stage", 2, Move(EIGHT, LATER)),),
        texts=(TextGoes("Ana", "new_time", "Josh", LATER, EIGHT, LATER, False, "Ana, 8:15"),),
        calls=(MustCall("Bo", "new_time", "Josh", "set_start", LATER, EIGHT, "no_phone"),),
        later_reminders=1,
        dropped_reminders=0,
        forecasts=(),
        clashes=(),
        paused=False,
    )
    assert (found.texted, found.to_call) == (("Ana",), ("Bo",))


def test_what_was_owed_before_is_no_consequence() -> None:
    night = a_seen_night(LATER, a_piece("Ana", LATER, body="Ana, 8:15"))

    found = consequences_of(night, night)

    assert (found.moves_anything, found.concerns_anybody) == (False, False)


def test_a_slot_without_a_time_any_more_takes_its_reminder_back() -> None:
    found = consequences_of(a_seen_night(EIGHT, reminder_at=EIGHT), a_seen_night(None))

    assert (found.slots[0].move, found.dropped_reminders) == (Move(EIGHT, None), 1)


def test_a_clash_that_is_new_or_worse_is_a_consequence_and_one_that_stands_is_none() -> None:
    stands, worse = clashing(10), clashing(11)
    before, after = a_seen_night(EIGHT, clashes=stands), a_seen_night(EIGHT, clashes=worse)

    found = consequences_of(before, after)

    assert (found.clashes, found.concerns_anybody) == (tuple(worse.values()), True)
    assert consequences_of(a_seen_night(EIGHT), before).clashes == tuple(stands.values())
    assert consequences_of(after, before).clashes == consequences_of(before, before).clashes == ()
