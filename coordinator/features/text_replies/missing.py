"""GO, DONE or LATE when a start was not recorded: first ask the stage manager what is on now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import repeat

from coordinator.accounts.models import Actor
from coordinator.core.sms_text import fits_one_segment
from coordinator.core.timeline import SlotState
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.lineup.models import Slot
from coordinator.messaging.models import Message
from coordinator.messaging.queries.phones import last_gone_to
from coordinator.shownight.actions.catching_up import Progress, WhatIsOn, catch_up
from coordinator.shownight.models import Press
from coordinator.shownight.queries import StageNight

from . import choices
from .choices import Means
from .inbound import InboundContext

MOST_ANSWERS = 4
LONGEST_NAME = 22
GOOD_FOR = timedelta(minutes=15)  # an older answer is no longer about now
SOON = timedelta(minutes=5)
ASKS = {"go": "on-now", "late": "on-now", "done": "over-now"}


@dataclass(frozen=True, slots=True)
class Offered:
    """One offered answer: what is on, in the words of the text. ``what`` None: nothing is on yet."""

    what: WhatIsOn | None
    words: str


def ask_what_is_on(
    inbound: InboundContext, event: Event, stage: StageNight, missed: Slot, verb: str, minutes: int | None
) -> None:
    """Offer numbered answers to what is on now; the requested press follows the answer."""
    since = inbound.echo.clock(stage.told[missed.key].starts_at or missed.starts_at, event)
    offered = _answers(inbound, event, stage, verb)

    def numbered(numbers: Iterable[int]) -> str:
        pairs = zip(numbers, offered, strict=False)
        return ", ".join(inbound.echo.part("part-choice", number=str(n), name=each.words) for n, each in pairs)

    def body(numbers: Iterable[int]) -> str:
        return inbound.echo.part(f"echo-{ASKS[verb]}", time=since, choices=numbered(numbers))

    while len(offered) > 2 and not fits_one_segment(body(repeat(8))):
        del offered[0 if offered[0].what else 1]  # the earliest set is the least likely
    means = [_means(stage, each.what, verb, minutes, inbound.now) for each in offered]
    words = [each.words for each in offered]
    numbers = choices.offer(inbound.sender_context.phone, means, inbound.now, names=words, said=words)
    inbound.echo.say(ASKS[verb], event=event, time=since, choices=numbered(numbers))


def was_asked_about(phone: str, slot: Slot) -> bool:
    """Whether the last text to this phone asked if the slot is on: LATE says that it is not."""
    return any(text.slot_id == slot.id for text in _asking(phone, "alert-overdue-start:"))


def stage_asked_about(phone: str) -> int | None:
    """The id of the stage of the slot that the last text to this phone asked about; None when it asked about none."""
    asked = next(iter(_asking(phone, "alert-overdue-")), None)
    slot = db.session.get(Slot, asked.slot_id) if asked is not None else None
    return slot.stage_id if slot is not None else None


def _asking(phone: str, words: str) -> list[Message]:
    return [text for text in last_gone_to(phone) if (text.dedupe_key or "").startswith(words)]


def is_old(means: Means, now: datetime) -> bool:
    """Whether the question was asked too long ago for an answer about now."""
    return now - datetime.fromisoformat(means["asked"]) > GOOD_FOR


def record_missing(inbound: InboundContext, stage: StageNight, means: Means, actor: Actor) -> Press:
    """Record the presses that were missing according to the answer; returns the last of them.

    Raises NothingIsMissing when nothing is missing anymore, NoSuchSlot when the answer is no longer possible.
    """
    what = WhatIsOn(means["slot"], means["progress"])
    asked_at = datetime.fromisoformat(means["asked"])
    made = catch_up(stage.stage.id, what, actor=actor, now=inbound.now, said_at=asked_at)
    choices.remember(inbound.sender_context.phone, {"undo": "press", "press": made[-1].id}, inbound.now)
    return made[-1]


def _means(stage: StageNight, what: WhatIsOn | None, verb: str, minutes: int | None, now: datetime) -> Means:
    said = {"slot": what.slot_id, "progress": what.progress} if what else {"slot": None, "progress": None}
    return {"do": "run", "stage": stage.stage.id, "verb": verb, "minutes": minutes, "asked": now.isoformat()} | said


def _answers(inbound: InboundContext, event: Event, stage: StageNight, verb: str) -> list[Offered]:
    """The likeliest answers, in the order of the running order."""
    begun = _may_have_begun(stage)
    if verb == "go":
        return [*_starting(inbound, event, stage, begun)][-MOST_ANSWERS:]
    progress: Progress = "done" if verb == "done" else "on"
    slots = [stage.on, *begun] if stage.on else begun
    said = [Offered(WhatIsOn(slot.id, progress), _name(slot)) for slot in slots[-MOST_ANSWERS + 1 :]]
    if stage.on and verb == "late":
        return said
    nothing = Offered(None, inbound.echo.part("part-none-yet"))
    return [nothing, *said] if verb == "late" else [*said, nothing]


def _starting(inbound: InboundContext, event: Event, stage: StageNight, begun: Sequence[Slot]) -> list[Offered]:
    """What GO may be about: each slot could begin now, and the last overdue one could already be on."""
    told = stage.told
    offered = [Offered(WhatIsOn(slot.id, "now"), inbound.echo.part("part-from-now", act=_name(slot))) for slot in begun]
    last, starts_at = begun[-1], told[begun[-1].key].starts_at or stage.now
    since = inbound.echo.part("part-since", act=_name(last), time=inbound.echo.clock(starts_at, event))
    offered.append(Offered(WhatIsOn(last.id, "on"), since))
    after = stage.slots[stage.slots.index(last) + 1 :]
    coming = next((slot for slot in after if told[slot.key].state is SlotState.TO_COME), None)
    if coming is not None and (told[last.key].ends_at or stage.now) <= stage.now + SOON:
        words = inbound.echo.part("part-from-now", act=_name(coming))
        offered.append(Offered(WhatIsOn(coming.id, "now"), words))
    return offered


def _may_have_begun(stage: StageNight) -> list[Slot]:
    """The overdue slots, in order; at least one when a start is missing."""
    pairs = zip(stage.slots, stage.told.slots, strict=True)
    return [
        slot
        for slot, seen in pairs
        if seen.state is SlotState.TO_COME and seen.starts_at is not None and seen.starts_at <= stage.now
    ]


def _name(slot: Slot) -> str:
    return slot.name if len(slot.name) <= LONGEST_NAME else slot.name[: LONGEST_NAME - 2].rstrip() + ".."
