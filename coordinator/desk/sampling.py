"""What a reminder's words come to with the longest names of a show, before anything is planned by them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ..core.sms_text import Costly, costly_characters, measure
from ..core.wording import fill
from ..reminders.actions import SENDER, cheap_day
from ..web import spoken
from .sending import Addressee, House

FIRST = ("ask-1", "shift-day")  # often the first text to somebody, which names the sender and how to stop
LINK = "/me/" + "x" * 22  # as long as a personal link is


@dataclass(frozen=True, slots=True)
class Sample:
    """A text as somebody might get it; ``left`` are the characters that its last segment still holds."""

    body: str
    segments: int
    left: int
    costly: tuple[Costly, ...]


def sample_of(house: House, rule: str, audience: str, words: str, language: str, *, public_url: str) -> Sample:
    """The words filled in for whoever has the longest names among those the rule is for."""
    values = _values(house, audience, language) | {"link": public_url + LINK}
    before, after = SENDER.get(language, SENDER["en"]) if rule in FIRST else ("", "")
    body = fill(words, values, before=before.replace("{org}", values["org"]), after=after)
    measured = measure(body)
    return Sample(body, measured.segments, measured.left, costly_characters(body))


def _values(house: House, audience: str, language: str) -> dict[str, str]:
    event, zone = house.event, ZoneInfo(house.event.zone)
    those = house.playing if audience == "performers" else house.helping
    at = max((begins for each in those if (begins := house.begins_at(each))), default=event.doors_at or house.night.now)
    clock = spoken.clock(at, zone, language)
    return {
        "first_name": _longest((each.person.first_name for each in those), "Alexandra"),
        "org": event.organisation.name,
        "title": event.title,
        "act": _longest(_acts(house, those), event.title),
        "role": _longest((each.shift.role.name for each in house.helping if each.shift), event.title),
        "time": clock,
        "was": clock,
        "day": cheap_day(at, language, zone),
        "stage": _longest(stage.stage.name for stage in house.night.stages) if len(house.night.stages) > 1 else "",
        "venue": event.venue_name or "",
        "address": event.venue_address or "",
        "place": _longest(each.shift.place or "" for each in house.helping if each.shift),
    }


def _acts(house: House, those: Iterable[Addressee]) -> list[str]:
    return [slot.name for slot in house.night.slots if slot.act is not None] or [each.person.name for each in those]


def _longest(names: Iterable[str], otherwise: str = "") -> str:
    return max(names, key=len, default=otherwise)
