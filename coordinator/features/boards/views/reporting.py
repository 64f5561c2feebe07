"""A board says that it is shown: its browser asks with ``?screen=`` and a name of its own."""

import re
from datetime import datetime
from typing import Final

from flask import Response, request

from coordinator.accounts.actions.limits import TooManyTries, count_try, refuse_if_tried
from coordinator.accounts.queries import Limit
from coordinator.events.models import Event
from coordinator.features.public_lineup.queries.summaries import EventSummary
from coordinator.shownight.actions.screens import Report, report_screen
from coordinator.shownight.models import LONGEST_SCREEN, BoardKind
from coordinator.shownight.queries.boards import screen_with
from coordinator.web.addresses import caller_address
from coordinator.web.browser_names import browser_name

UNNAMED: Final = "new"  # opened as a screen, by a browser that has not given itself a name yet
FROM_ONE_ADDRESS: Final = 15  # new screens in a quarter of an hour, fewer than a show has room for
BY_ADDRESS: Final = Limit("board-screen", FROM_ONE_ADDRESS)
NAME: Final = re.compile(rf"[a-z0-9-]{{3,{LONGEST_SCREEN}}}")


def report(event_id: int, kind: BoardKind, now: datetime, *, stage_id: int | None = None) -> None:
    """Note what this screen shows, if it has a name. Looking at a board as anybody may writes nothing."""
    name = request.args.get("screen", "")
    if request.method != "GET" or name == UNNAMED or not NAME.fullmatch(name):
        return
    if screen_with(event_id, name) is None and not _may_be_new(now):
        return
    browser = browser_name(request.headers.get("User-Agent", ""))[:60]
    report_screen(event_id, Report(name, kind, stage_id, browser), now)


def _may_be_new(now: datetime) -> bool:
    """Whether one more screen may come from where this one does; anybody can make up names."""
    try:
        refuse_if_tried(BY_ADDRESS, caller_address(), now)  # which takes no lock
        count_try(BY_ADDRESS, caller_address(), now)
    except TooManyTries:
        return False
    return True


def is_screen() -> bool:
    """Whether the board was opened as a screen, which turns its pages by itself, and not by somebody on a phone."""
    return "screen" in request.args


def etag_of(summary: EventSummary | Event, now: datetime, *more: object) -> str:
    """The ETag of a board: the show as it stands, the minute, and whatever else decides what it shows."""
    event_id = summary.id if isinstance(summary, Event) else summary.event_id
    return "-".join(map(str, (event_id, summary.revision, f"{now:%Y%m%d%H%M}", *more)))


def unkept(response: Response) -> Response:
    """The same response, kept by no browser: its countdown begins at the instant at which it was made."""
    response.headers["Cache-Control"] = "no-store"
    return response
