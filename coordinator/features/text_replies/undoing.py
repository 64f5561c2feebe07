"""UNDO by text of what the sender pressed on the page."""

from coordinator.lineup.models import Slot
from coordinator.messaging.models import ReplyChoice
from coordinator.shownight.models import Press
from coordinator.shownight.queries import presses_by

from . import choices, running
from .asking import ask
from .choices import Means
from .inbound import InboundContext
from .pins import may_press


def undo_on_page(inbound: InboundContext, done: ReplyChoice | None) -> bool:
    """Undo what the sender pressed on the page since ``done``, their last change by text; False: they pressed nothing.

    Asks which is meant when they pressed on several stages, or by text as well.
    """
    made = _newest_of_each_stage(inbound, done)
    if not made:
        return False
    if not may_press(inbound):
        return True
    by_text = running.press_remembered(done) if done else None
    meant = [*made, *([by_text] if by_text else [])]
    if len(meant) == 1:
        running.undo_press_by_text(inbound, {"press": meant[0].id})
        return True
    options = [({"do": "undo", "press": press.id}, _described(inbound, press), press.slot.name) for press in meant]
    return ask(inbound, "which", options)


def chosen(inbound: InboundContext, means: Means) -> bool:
    """The press that was meant."""
    for each in choices.all_done(inbound.sender_context.phone, inbound.now):
        if each.means.get("press") == means["press"]:
            each.taken_at = inbound.now
    running.undo_press_by_text(inbound, means)
    return True


def _newest_of_each_stage(inbound: InboundContext, done: ReplyChoice | None) -> list[Press]:
    sender, actor = inbound.sender_context, running.actor_of(inbound)
    if actor.coordinator_id is None:
        return []
    since_at = max(inbound.now - choices.UNDO_FOR, done.offered_at if done else inbound.now - choices.UNDO_FOR)
    texted = [running.press_remembered(each) for each in choices.all_done(sender.phone, inbound.now)]
    ids = {tap for press in texted if press for tap in (press.id, press.tap_id) if tap}
    newest: dict[int, Press] = {}
    for press in presses_by(actor.coordinator_id, [event.id for event in sender.runs], since_at):
        if not ids & {press.id, press.tap_id} and _is_theirs(inbound, press.slot):
            newest.setdefault(press.slot.stage_id, press)
    return list(newest.values())


def _is_theirs(inbound: InboundContext, slot: Slot) -> bool:
    return slot.stage_id in inbound.sender_context.stage_ids and inbound.stage_id in (None, slot.stage_id)


def _described(inbound: InboundContext, press: Press) -> str:
    time = inbound.echo.clock(press.at, press.slot.event)
    return f"{press.slot.name} {time}, {press.slot.stage.name}"
