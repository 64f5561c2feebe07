"""The presses that a phone kept while it had no network, as it sends them when the network is back."""

from collections.abc import Iterator
from datetime import datetime
from typing import TypeGuard

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.json_values import JsonObject
from coordinator.events.models import Event
from coordinator.lineup.refusals import TooEarly
from coordinator.reminders.previews.effects import Effect
from coordinator.services import services
from coordinator.shownight.models import Verb
from coordinator.shownight.refusals import CannotPress
from coordinator.web.guard import current_actor, needs, our_event, we_may_run
from coordinator.web.offline import is_key, kept_in_request, was_at

from ..kept import HERE, NOT_HERE, KeptPress, take_kept_press
from .blueprint import bp

MOST_AT_ONCE = 50
LONGEST_SLOT_KEY = 80
VERBS = (*Verb, HERE, NOT_HERE)


@bp.post("/coordinate/<slug>/show/presses")
@needs(Permission.RUN_NIGHT)
def presses(slug: str) -> ResponseReturnValue:
    """Presses as JSON: ``{"presses": [{key, slot, verb, minutes, ago}]}``, ``ago`` in ms; the oldest is taken first.

    Each is answered by its key: ``kept``; ``known``, received before or so already; ``off``, refused; ``wrong``, it can
    never be accepted; with what it ``says``: what it did, or why not. ``"undone": true`` undoes it if it had arrived.
    """
    event, at = our_event(slug), now()
    answers: dict[str, JsonObject] = {}
    read: list[KeptPress] = []
    for sent in kept_in_request("presses", MOST_AT_ONCE):
        kept = _read(sent, at)
        if kept is None:
            answers[str(sent.get("key"))] = {"answer": "wrong", "says": ""}
        else:
            read.append(kept)
    for kept in sorted(read, key=lambda each: each.at):
        answers[kept.key] = _take(event, kept, at)
    return {"presses": answers}


def _take(event: Event, kept: KeptPress, at: datetime) -> JsonObject:
    actor, sender = current_actor(), services().gateway.sender
    try:
        taken = take_kept_press(event, kept, may_run=we_may_run, actor=actor, now=at, sender=sender)
    except (CannotPress, TooEarly) as refusal:
        return {"answer": "off", "says": str(refusal)}
    return {"answer": taken.outcome, "says": " ".join(_told(taken.effect)) if taken.effect else ""}


def _told(effect: Effect) -> Iterator[str]:
    """Who hears of what it did."""
    number = len(effect.texted)
    if number:
        yield ngettext("%(num)s person gets a text.", "%(num)s people get a text.", number)
    else:
        yield _("Nobody gets a text.")
    if effect.to_call:
        yield _("To call: %(names)s.", names=", ".join(person.name for person in effect.to_call))


def _read(sent: JsonObject, at: datetime) -> KeptPress | None:
    """The press that was sent; None if it is none."""
    key, slot_key, verb, minutes, ago = (sent.get(name) for name in ("key", "slot", "verb", "minutes", "ago"))
    if not is_key(key) or not is_key(slot_key, LONGEST_SLOT_KEY) or not isinstance(verb, str) or verb not in VERBS:
        return None
    if not _is_number(ago):
        return None
    if minutes is not None and not _is_number(minutes):
        return None
    return KeptPress(key, slot_key, verb, minutes, was_at(ago, at), bool(sent.get("undone")))


def _is_number(sent: object) -> TypeGuard[int]:
    return isinstance(sent, int) and not isinstance(sent, bool)
