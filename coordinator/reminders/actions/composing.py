"""The words of planned texts: who, what, when, where, in one segment."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from coordinator.core.json_values import JsonObject
from coordinator.core.rules import Audience
from coordinator.core.show_time import call_time, show_day
from coordinator.core.timeline import Anchor
from coordinator.core.wording import Worded, worded
from coordinator.events.models import Event
from coordinator.events.queries import awake_at
from coordinator.messaging.models import MessageKind
from coordinator.messaging.queries.default_texts import default_text, mail_of
from coordinator.spoken import Manner, in_text

from ..queries.default_texts import default_rule_text
from ..queries.rules import CALL, call_lead
from ..queries.subjects import Subject
from .calendar_entries import entry_of
from .changed_words import changed_values, changed_words
from .owed import OwedText


def words_for(text: OwedText, language: str) -> str:
    """The words of a planned text with unfilled placeholders: the organizer's own, or the default."""
    if text.rule is not None:
        own = text.rule.texts.get(language) or text.rule.texts.get("en")
        return own or default_rule_text(text.rule.key, language)
    if text.change is not None:
        return changed_words(text.change, language)
    what = "changeover" if text.anchor == Anchor.CHANGEOVER_START else "set" if text.subject.slot else "shift"
    kind = "restored" if text.kind == MessageKind.NEW_TIME and text.was.voided else text.kind
    return default_text(f"{kind}-{what}", language)


def compose(text: OwedText, event: Event, *, now: datetime, links: Mapping[int, str]) -> Worded:
    """The whole text in the person's language."""
    language = text.person.language
    values = values_of(text, event, language, now=now) | {"link": links.get(text.person.id, "")}
    return worded(words_for(text, language), values, language, org=values["org"])


def compose_mail(text: OwedText, event: Event, *, now: datetime) -> JsonObject | None:
    """The same as an email; None for who cannot be mailed."""
    if not text.person.can_be_mailed:
        return None
    language = text.person.language
    values = values_of(text, event, language, now=now)
    mail = mail_of(words_for(text, language), values, org=values["org"], title=event.called(language))
    entry = entry_of(text, event)
    return mail | {"calendar": entry} if entry else mail


def values_of(text: OwedText, event: Event, language: str, *, now: datetime) -> dict[str, str]:
    """The values of the placeholders, with times in the event's zone and in the style of the language."""
    zone, says = ZoneInfo(event.zone), in_text(event.zone, language)
    subject, was = text.subject, text.was.at
    shift = subject.shift
    # A reminder always names the day it is about; a new time only when that is not today.
    today = show_day(now, zone) == show_day(text.says_at, zone)
    changed = {} if text.change is None else changed_values(text.change, says, awake_at(event, text.due_at))
    return {
        "first_name": text.person.first_name,
        "org": event.organisation.name,
        "title": event.called(language),
        "act": subject.leader.name if subject.leader else "",
        "band": subject.leader.band_of(text.person) if subject.leader else "",
        "role": shift.role.called(language) if shift else "",
        "call": says.clock(call_at) if (call_at := _call_at(text, event)) else "",
        "time": says.clock(text.says_at),
        "set": _set_time(subject, says),
        "was": says.clock(was) if was else "",
        "day": ""
        if today and text.kind in (MessageKind.NEW_TIME, MessageKind.CHANGED)
        else says.day_told(text.says_at, awake_at(event, text.due_at)),
        "stage": _stage_name(subject, event),
        "venue": event.venue_name or "",
        "address": event.venue_address or "",
        "place": (shift.place or "") if shift else "",
        **changed,
    }


def _call_at(text: OwedText, event: Event) -> datetime | None:
    """When they must be there; None: at the start itself, or nobody said when."""
    subject = text.subject
    if subject.called_before:
        starts_at = text.says_at if text.anchor == Anchor.SHIFT_START else subject.anchors.get(Anchor.SHIFT_START)
        return call_time(starts_at or subject.starts_at, subject.called_before)
    if text.rule is None or (text.rule.audience, text.anchor) != (Audience.PERFORMERS, Anchor.SET_START):
        return None
    lead = text.rule.lead if text.rule.key == CALL else call_lead(event.id)
    return call_time(text.says_at, lead) if lead else None


def _set_time(subject: Subject, says: Manner) -> str:
    """When the act that it depends on is told to start."""
    if subject.leader is None:
        return ""
    return says.clock(subject.anchors.get(Anchor.SET_START) or subject.leader.starts_at)


def _stage_name(subject: Subject, event: Event) -> str:
    """The stage, if the event has more than one."""
    return subject.leader.stage.name if subject.leader and len(event.stages) > 1 else ""
