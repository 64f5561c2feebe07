"""Compares a night before a change with the night after it."""

from collections.abc import Iterator
from datetime import datetime

from ..clashes import ClashKind
from ..show_time import whole_minute
from ..timeline import NOTHING
from .nights import Piece, SeenNight, SeenStage, StageKey
from .values import Clashing, Consequences, Forecast, Move, MustCall, ShiftMoves, SlotMoves, TextGoes, Who


def consequences_of(before: SeenNight[Who], after: SeenNight[Who]) -> Consequences[Who]:
    """Everything the change causes. Texts and calls that are due anyway are left out."""
    news = list(_news(before, after))
    later, dropped = _reminders(before, after)
    return Consequences(
        slots=tuple(_slots(before, after)),
        shifts=tuple(_shifts(before, after)),
        texts=tuple(_text(piece) for piece in news if piece.body is not None),
        calls=tuple(_call(piece) for piece in news if piece.body is None),
        later_reminders=later,
        dropped_reminders=dropped,
        forecasts=tuple(_forecasts(before, after)),
        clashes=tuple(_clashes(before, after)),
        paused=after.paused,
    )


def forecast_of(before: SeenNight[Who], after: SeenNight[Who], stage: StageKey) -> Forecast:
    """When one stage ends on its day, whether or not the change moves that."""
    was, now = before.stages.get(stage), after.stages[stage]
    old = was.clashes if was else ()
    return Forecast(
        stage=now.name,
        on=now.on,
        end=move(was.projection.projected_end_at if was else None, now.projection.projected_end_at),
        curfew_at=now.curfew_at,
        over_curfew=now.projection.over_curfew,
        was_over_curfew=was.projection.over_curfew if was else NOTHING,
        recoverable=now.projection.recoverable,
        clashes=tuple(
            (after.names[clash.slot], clash)
            for clash in now.clashes
            if clash not in old and clash.kind is not ClashKind.PAST_CURFEW
        ),
        cannot_hold=tuple(after.names[key] for key in _cannot_hold(now) if key not in _cannot_hold(was)),
    )


def move(from_at: datetime | None, to_at: datetime | None) -> Move:
    """A move between two times, rounded to whole minutes."""
    return Move(from_at and whole_minute(from_at), to_at and whole_minute(to_at))


def _cannot_hold(stage: SeenStage | None) -> list[str]:
    return [conflict.slot for conflict in stage.projection.conflicts] if stage else []


def _news(before: SeenNight[Who], after: SeenNight[Who]) -> Iterator[Piece[Who]]:
    for key, piece in after.news.items():
        was = before.news.get(key)
        if was is None or _told_by(was) != _told_by(piece):
            yield piece


def _told_by(piece: Piece[Who]) -> tuple[object, ...]:
    news = piece.news
    return news.says_at, news.why, news.change and news.change.now


def _text(piece: Piece[Who]) -> TextGoes[Who]:
    news = piece.news
    assert piece.body is not None
    return TextGoes(
        piece.person, news.kind, piece.about, news.says_at, news.was.at, news.leaves_at, news.is_held, piece.body
    )


def _call(piece: Piece[Who]) -> MustCall[Who]:
    news = piece.news
    assert news.why is not None
    return MustCall(piece.person, news.kind, piece.about, news.anchor, news.says_at, news.was_at, news.why, news.change)


def _slots(before: SeenNight[Who], after: SeenNight[Who]) -> Iterator[SlotMoves]:
    for slot_id, slot in after.slots.items():
        was = before.slots.get(slot_id)
        if moves := Move(was.starts_at if was else None, slot.starts_at):
            yield SlotMoves(slot_id, slot.name, moves)


def _shifts(before: SeenNight[Who], after: SeenNight[Who]) -> Iterator[ShiftMoves]:
    for shift_id, shift in after.shifts.items():
        was = before.shifts.get(shift_id)
        if was and (moves := Move(was.starts_at, shift.starts_at)):
            yield ShiftMoves(shift.role, shift.people, moves)


def _reminders(before: SeenNight[Who], after: SeenNight[Who]) -> tuple[int, int]:
    """How many unsent reminders move without notice, and how many are canceled."""
    moved = [after.reminders.get(id_) for id_, at in before.reminders.items() if at and after.reminders.get(id_) != at]
    return sum(at is not None for at in moved), sum(at is None for at in moved)


def _forecasts(before: SeenNight[Who], after: SeenNight[Who]) -> Iterator[Forecast]:
    for key, stage in after.stages.items():
        was = before.stages.get(key)
        if was is None or (was.plans, was.curfew_at) != (stage.plans, stage.curfew_at):
            yield forecast_of(before, after, key)


def _clashes(before: SeenNight[Who], after: SeenNight[Who]) -> Iterator[Clashing]:
    for key, clash in after.clashes.items():
        was = before.clashes.get(key)
        if was is None or clash.overlap.is_worse_than(was.overlap.kind, was.overlap.minutes):
            yield clash
