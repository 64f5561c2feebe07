"""What a page showed that a press would do, as it travels with the press and is compared when it is pressed.

In it are the verb, the slot and its minutes; where every slot of the stage then stands, and when those on or to
come begin; who gets a text, about what, and which time it says; who has to be called; whether it ends after curfew,
what cannot hold, and what of anybody's clashes. Seconds and the minutes of the clock are not in it.

A start or an end is pressed in another minute than it was looked at, and takes the times behind it along. So these may
be later than was shown by as many minutes as have gone by since, two at most; who is told, and that they are told, must
be as it was shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from coordinator.core.timeline import SlotState
from coordinator.reminders.previews.effects import Effect
from coordinator.reminders.previews.outlook import Outlook
from coordinator.shownight.models import Verb
from coordinator.shownight.queries import StageNight

MOST_MINUTES_LATER = 2
WITH_THE_CLOCK = (Verb.START, Verb.END)  # their effect counts from the minute in which they are pressed
COMES = (SlotState.ON, SlotState.TO_COME)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The fingerprint of a press's effect.

    ``minute`` is when it was computed and ``times`` are the times it leads to, all in minutes since 1970; ``what`` is a
    hash of everything else.
    """

    what: str
    minute: int
    times: tuple[int, ...]

    def __str__(self) -> str:
        return ".".join([self.what, str(self.minute), *(str(at - self.minute) for at in self.times)])

    @staticmethod
    def read(written: str) -> Fingerprint | None:
        """A fingerprint as ``str`` writes it; None if it is not one."""
        try:
            what, minute, *times = written.split(".")
            return Fingerprint(what, int(minute), tuple(int(minute) + int(time) for time in times))
        except ValueError:
            return None

    def still_holds(self, now: Fingerprint, verb: str) -> bool:
        """Whether a press with this fingerprint still does the same, given what it would do ``now``."""
        if self.what != now.what or len(self.times) != len(now.times):
            return False
        gone_by = now.minute - self.minute if verb in WITH_THE_CLOCK else 0
        most = max(0, min(gone_by, MOST_MINUTES_LATER))
        return all(0 <= at - shown <= most for shown, at in zip(self.times, now.times, strict=True))


def fingerprint_of(outlook: Outlook, effect: Effect) -> Fingerprint:
    """The fingerprint of the press at the outlook's ``now``."""
    press, slot = effect.press, effect.slot
    after = outlook.supposing(press, slot).stage_of(slot.id)
    what: tuple[object, ...] = (str(press.verb), slot.id, press.minutes)
    return fingerprint_after((*what, press.at, press.corrects) if press.at else what, after, effect)


def fingerprint_after(what: tuple[object, ...], after: StageNight, effect: Effect) -> Fingerprint:
    """The same for any ``what`` that turns the stage into ``after``."""
    texts = sorted((text.person.id, text.kind, text.about, text.says_at) for text in effect.texts)
    exactly = (
        what,
        [(seen.key, str(seen.state)) for seen in after.told.slots],
        [text[:3] for text in texts],
        sorted(person.id for person in effect.to_call),
        bool(after.told.over_curfew),
        [conflict.slot for conflict in after.told.conflicts],
        sorted(clash.overlap.pair for clash in effect.clashes),
    )
    times = (*_begins(after), *(text[3] for text in texts))
    return Fingerprint(_hash(exactly), _minute(after.now), tuple(_minute(at) for at in times))


def _begins(after: StageNight) -> Iterator[datetime]:
    """The start of a slot that is on or to come, except a start pressed just now: that is now, whenever it is."""
    for seen in after.told.slots:
        is_pressed_now = seen.state is SlotState.ON and seen.starts_at == after.now
        if seen.state in COMES and seen.starts_at and not is_pressed_now:
            yield seen.starts_at


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _hash(what: object) -> str:
    return hashlib.blake2b(repr(what).encode(), digest_size=9).hexdigest()
