"""The words of planned texts: who, what, when, where, in one segment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from ...core.show_time import show_day
from ...core.timeline import Anchor
from ...core.wording import SENDER, fill
from ...events.models import Event
from ...web import spoken
from ...web.spoken import cheap_day
from ..queries import Subject, house_words, house_words_of
from .wanted import Wanted


def words_for(text: Wanted, language: str) -> str:
    """The words of a planned text before they are filled in: the organiser's own, or the house's."""
    if text.rule is not None:
        own = text.rule.texts.get(language) or text.rule.texts.get("en")
        return own or house_words_of(text.rule.key, language)
    what = "changeover" if text.anchor == Anchor.CHANGEOVER_START else "set" if text.subject.slot else "shift"
    kind = "restored" if text.kind == "new_time" and text.was.voided else text.kind
    return house_words(f"{kind}-{what}", language)


def compose(text: Wanted, event: Event, *, now: datetime, links: Mapping[int, str], is_first: bool) -> str:
    """The whole body in the person's language. The first text to somebody names the sender and how to stop."""
    language = text.person.language
    values = values_of(text, event, language, now=now) | {"link": links.get(text.person.id, "")}
    words = words_for(text, language)
    if not is_first:
        return fill(words, values)
    before, after = SENDER.get(language, SENDER["en"])
    return fill(words, values, before=before.replace("{org}", values["org"]), after=after)


def values_of(text: Wanted, event: Event, language: str, *, now: datetime) -> dict[str, str]:
    """What the placeholders stand for, times in the event's zone as they are said in the language."""
    zone = ZoneInfo(event.zone)
    subject, was = text.subject, text.was.at
    shift = subject.shift
    # A reminder always names the day it is about; a new time only when that is not today.
    today = show_day(now, zone) == show_day(text.says_at, zone)
    return {
        "first_name": text.person.first_name,
        "org": event.organisation.name,
        "title": event.title,
        "act": subject.leader.name if subject.leader else "",
        "role": shift.role.name if shift else "",
        "time": spoken.clock(text.says_at, zone, language),
        "was": spoken.clock(was, zone, language) if was else "",
        "day": "" if today and text.kind == "new_time" else cheap_day(text.says_at, language, zone),
        "stage": _stage_name(subject, event),
        "venue": event.venue_name or "",
        "address": event.venue_address or "",
        "place": (shift.place or "") if shift else "",
    }


def _stage_name(subject: Subject, event: Event) -> str:
    """The stage, where there is more than one to find."""
    return subject.leader.stage.name if subject.leader and len(event.stages) > 1 else ""
