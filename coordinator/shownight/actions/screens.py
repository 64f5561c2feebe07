"""Screens that show a board report in, so that somebody notices when one stops."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from coordinator.accounts.actions.records import record
from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.models import Event

from ..models import BoardKind, BoardScreen
from ..queries.boards import screen_with, screens_of

KEPT_EVERY: Final = timedelta(seconds=30)  # a screen asks every few seconds; one report in so long is written down
MOST_SCREENS: Final = 40  # of an event: anybody who has the link of a board can make one up
FORGOTTEN_AFTER: Final = timedelta(days=1)  # of silence, even of a known one


@dataclass(frozen=True, slots=True)
class Report:
    """What a screen says of itself: the key that its browser made, the board it shows, and what the browser is."""

    key: str
    kind: BoardKind
    stage_id: int | None
    browser: str


def report_screen(event_id: int, report: Report, now: datetime) -> None:
    """Note that the screen shows this board now: at most one small write for each screen in half a minute.

    When the event has as many screens as it may have, a new one takes the place of the one that has been silent for
    longest, of those that only passed by; while there is none, it is not counted. A known screen and a wall (by a
    signed link) give way to nobody on the night; a wall takes the place of one that passes by.
    """
    known = screen_with(event_id, report.key)
    if known is None:
        _add(event_id, report, now)
    elif now - known.seen_at >= KEPT_EVERY:
        with transaction():
            screen = screen_with(event_id, report.key)  # it may have been forgotten since
            if screen is not None:
                screen.kind, screen.stage_id, screen.browser = report.kind, report.stage_id, report.browser
                screen.seen_at = now


def forget_screen(screen: BoardScreen, *, actor: Actor, now: datetime) -> None:
    """Take it off the list; if it still shows a board, it is back with its next report."""
    with transaction() as session:
        record(screen.event, actor, "board.screen_forgotten", f"board:{screen.id}", now=now)
        session.delete(screen)


def _add(event_id: int, report: Report, now: datetime) -> None:
    with transaction() as session:
        session.scalars(select(Event.id).where(Event.id == event_id).with_for_update()).one()
        if screen_with(event_id, report.key) is not None:  # it reported twice at once
            return
        screens = screens_of(event_id)
        if len(screens) >= MOST_SCREENS:
            gives_way = _gives_way(screens, report, now)
            if gives_way is None:
                return
            session.delete(gives_way)
        screen = BoardScreen(event_id=event_id, key=report.key, kind=report.kind, stage_id=report.stage_id)
        screen.browser, screen.first_seen_at, screen.seen_at = report.browser, now, now
        session.add(screen)


def _gives_way(screens: Sequence[BoardScreen], report: Report, now: datetime) -> BoardScreen | None:
    passing = [screen for screen in screens if not _is_missed(screen, now)]
    silent = [screen for screen in passing if screen.is_silent(now) or report.kind == BoardKind.WALL]
    return min(silent, key=lambda screen: screen.seen_at, default=None)


def _is_missed(screen: BoardScreen, now: datetime) -> bool:
    """Whether somebody would look for it if it were gone from the list."""
    return screen.is_known and now - screen.seen_at < FORGOTTEN_AFTER
