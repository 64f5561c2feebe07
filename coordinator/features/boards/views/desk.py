"""For whoever looks after the screens: each board with its link, messages from the desk, and which screens report."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.show_time import whole_minute
from coordinator.events.models import Event, Stage
from coordinator.services import services
from coordinator.shownight.actions.boards import make_board_key, revoke_board_key, take_down_message, write_message
from coordinator.shownight.actions.screens import forget_screen
from coordinator.shownight.models import BoardKey, BoardKind
from coordinator.shownight.queries.boards import (
    board_key_in_force,
    desk_message_of,
    desk_messages,
    screen_of,
    screens_of,
)
from coordinator.web.guard import current_actor, must_run, needs, our_event, we_may_run
from coordinator.web.live import live_page
from coordinator.web.pause_status import event_etag
from coordinator.web.qr_codes import Square, square_of

from ..forms import MessageForm
from .backstage import links
from .blueprint import bp

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class BoardLink:
    """A board that can be opened on a screen. ``stage`` is that of a timer."""

    kind: BoardKind
    stage: Stage | None
    address: str
    square: Square


@bp.get("/coordinate/<slug>/boards")
@needs(Permission.RUN_NIGHT)
def boards(slug: str) -> ResponseReturnValue:
    """The links of all boards, the messages on them, and the screens that show them."""
    event, at = our_event(slug), now()
    screens = [(screen.id, screen.is_silent(at)) for screen in screens_of(event.id)]
    return live_page(f"{event_etag(event, at)}-{screens}", lambda: _page(event, at, _message_form(event)))


@bp.post("/coordinate/<slug>/boards/messages")
@needs(Permission.RUN_NIGHT)
def write(slug: str) -> ResponseReturnValue:
    """Put a message on the boards of one stage, or of all."""
    event, at = our_event(slug), now()
    form = _message_form(event)
    if not form.validate_on_submit():
        return _page(event, at, form), 422
    stage = next((stage for stage in event.stages if stage.key == form.stage.data), None)
    until_at = whole_minute(at + int(form.minutes.data) * MINUTE + MINUTE)  # boards look once a minute whether it holds
    write_message(event, form.words.data or "", stage=stage, until_at=until_at, actor=current_actor(), now=at)
    return redirect(url_for(".boards", slug=slug, _anchor="messages"), 303)


@bp.post("/coordinate/<slug>/boards/messages/<int:desk_message_id>/removal")
@needs(Permission.RUN_NIGHT)
def take_down(slug: str, desk_message_id: int) -> ResponseReturnValue:
    """Take a message off the boards."""
    event = our_event(slug)
    message = desk_message_of(event.id, desk_message_id) or abort(404)
    for stage in event.stages:
        if message.stage_id in (None, stage.id):
            must_run(stage.id)
    take_down_message(message, actor=current_actor(), now=now())
    return redirect(url_for(".boards", slug=slug, _anchor="messages"), 303)


@bp.post("/coordinate/<slug>/boards/screens/<int:screen_id>/removal")
@needs(Permission.RUN_NIGHT)
def forget(slug: str, screen_id: int) -> ResponseReturnValue:
    """Take a screen off the list, because it was switched off on purpose."""
    screen = screen_of(our_event(slug).id, screen_id) or abort(404)
    forget_screen(screen, actor=current_actor(), now=now())
    return redirect(url_for(".boards", slug=slug, _anchor="screens"), 303)


@bp.post("/coordinate/<slug>/boards/wall")
@needs(Permission.EDIT_PLAN)
def make_key(slug: str) -> ResponseReturnValue:
    """Make the link of the wall."""
    make_board_key(our_event(slug), actor=current_actor(), now=now())
    return redirect(url_for(".boards", slug=slug, _anchor="wall"), 303)


@bp.post("/coordinate/<slug>/boards/wall/removal")
@needs(Permission.EDIT_PLAN)
def revoke_key(slug: str) -> ResponseReturnValue:
    """Every screen with the present link of the wall goes dark."""
    event = our_event(slug)
    key = board_key_in_force(event.id)
    if key is not None:
        revoke_board_key(key, actor=current_actor(), now=now())
        flash(_("The link to the backstage wall is switched off."), "ok")
    return redirect(url_for(".boards", slug=slug, _anchor="wall"), 303)


def _message_form(event: Event) -> MessageForm:
    ours = [stage for stage in event.stages if we_may_run(stage.id)]
    return MessageForm().offer(ours, everywhere=len(ours) == len(event.stages))


def _page(event: Event, at: datetime, form: MessageForm) -> str:
    key = board_key_in_force(event.id)
    return render_template(
        "boards/boards.html",
        event=event,
        now=at,
        form=form,
        key=key,
        links=_links(event, key),
        messages=desk_messages(event.id, at),
        screens=screens_of(event.id),
    )


def _links(event: Event, key: BoardKey | None) -> list[BoardLink]:
    """Every board that has a link, first the one for everybody."""
    slug = event.slug
    house = _link(BoardKind.NOW_NEXT, url_for(".board", slug=slug, screen="new"))
    walls = [_link(BoardKind.WALL, url_for(".wall", slug=slug, key=links().key(key.id)))] if key else []
    goal = _link(BoardKind.GOAL, url_for(".goal", slug=slug, screen="new"))
    timers = [
        _link(BoardKind.TIMER, url_for(".timer", slug=slug, stage_key=stage.key, screen="new"), stage)
        for stage in event.stages
    ]
    return [house, *walls, *timers, *([goal] if event.donation_goal or event.donation_url else [])]


def _link(kind: BoardKind, path: str, stage: Stage | None = None) -> BoardLink:
    address = services().settings.public_url + path
    return BoardLink(kind, stage, address, square_of(address, on_screen=True))
