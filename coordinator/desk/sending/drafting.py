"""The words of texts that are sent by hand, filled in for each person, and what they may cost."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from ...core.sms_text import Costly, costly_characters, plain, segments
from ...core.wording import check_words, fill
from ...messaging.queries import introduced
from ...reminders.actions import SENDER, cheap_day
from ...reminders.queries import house_words
from ...web import spoken
from .addressing import UNANSWERED, UNCONFIRMED, Addressee, House

LONGEST = 1600  # characters, as the network takes them
CENTS = Decimal("0.01")
_OUTSIDE_BRACKETS = re.compile(r"\[[^\[\]]*\]")


class NothingToSend(ValueError):
    """No words, too many of them, or nobody to send them to; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One text as it will leave. ``missing`` are the placeholders that have nothing to say for this person."""

    to: Addressee
    body: str
    segments: int
    costly: tuple[Costly, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """What some words come to, and which characters are to blame."""

    segments: int
    costly: tuple[Costly, ...]


def suggested_words(to: str, people: Sequence[Addressee], language: str) -> str:
    """What the form begins with: the second ask, for who has not answered, in the one person's own language."""
    if to == UNCONFIRMED:
        return house_words("ask-again", language)
    if len(people) == 1 and people[0].slot and people[0].slot.answer in UNANSWERED:
        return house_words("ask-again", people[0].person.language)
    return ""


def drafts(house: House, to: Sequence[Addressee], words: str, links: dict[int, str]) -> list[Draft]:
    """Each text as it will leave, for those who can be texted. Raises NothingToSend, UnknownPlaceholder."""
    if not words.strip():
        raise NothingToSend(_("Write what the text should say."))
    check_words(words)
    able = [each for each in to if each.why_not is None]
    if not able:
        raise NothingToSend(_("None of them can be texted. Call them instead."))
    known = introduced({each.person.phone or "" for each in able}, able[0].person.organisation_id)
    made = [_draft(house, each, words, links, is_first=each.person.phone not in known) for each in able]
    if max(len(draft.body) for draft in made) > LONGEST:
        raise NothingToSend(_("A text can have %(most)d characters at the most.", most=LONGEST))
    return made


def cost_of_answer(words: str) -> Cost:
    """What an answer comes to, which leaves word for word. Raises NothingToSend."""
    if not words.strip() or len(words) > LONGEST:
        raise NothingToSend(_("Write an answer of 1 to %(most)d characters.", most=LONGEST))
    if "{" in words or "}" in words:
        raise NothingToSend(_("Braces are not filled in here. Write the words themselves."))
    body = plain(words.strip())
    return Cost(segments(body), costly_characters(body))


def seal(to: str, made: Sequence[Draft]) -> str:
    """A word for exactly these texts to exactly these people, so that only what was shown is sent."""
    seen = "\0".join((to, *(f"{draft.to.person.id}\0{draft.body}" for draft in made)))
    return hashlib.blake2b(seen.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def price_of(number: int, price: Decimal | None) -> Decimal | None:
    """What so many segments may cost, rounded up to the cent; None when no price is set."""
    return None if price is None else (price * number).quantize(CENTS, rounding=ROUND_UP)


def _draft(house: House, to: Addressee, words: str, links: dict[int, str], *, is_first: bool) -> Draft:
    language = to.person.language
    values = _values(house, to, language) | {"link": links.get(to.person.id, "")}
    before, after = SENDER.get(language, SENDER["en"]) if is_first else ("", "")
    stop = "." if after and words.rstrip()[-1:].isalnum() else ""  # or its last words would run on into ours
    body = fill(words, values, before=before.replace("{org}", values["org"]), after=stop + after)
    named = re.findall(r"\{([a-z_]+)\}", _OUTSIDE_BRACKETS.sub("", words))
    missing = tuple(dict.fromkeys(name for name in named if not values.get(name)))
    return Draft(to, body, segments(body), costly_characters(body), missing)


def _values(house: House, to: Addressee, language: str) -> dict[str, str]:
    event, zone = house.event, ZoneInfo(house.event.zone)
    values = {
        "first_name": to.person.first_name,
        "org": event.organisation.name,
        "title": event.title,
        "venue": event.venue_name or "",
        "address": event.venue_address or "",
        "day": spoken.day_short(event.date, language),
    }
    begins_at = house.begins_at(to)
    if begins_at is not None:
        values |= {"time": spoken.clock(begins_at, zone, language), "day": cheap_day(begins_at, language, zone)}
    if to.slot is not None:
        values |= {"act": to.slot.name, "stage": to.slot.stage.name if len(house.night.stages) > 1 else ""}
    if to.shift is not None:
        values |= {"role": to.shift.role.name, "place": to.shift.place or ""}
    return values
