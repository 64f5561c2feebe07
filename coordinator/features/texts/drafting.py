"""The words of texts sent by hand, filled in for each person, and their cost."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from flask_babel import gettext as _

from coordinator.core.json_values import JsonObject
from coordinator.core.show_time import call_time
from coordinator.core.sms_text import Costly, costly_characters, plain, segments
from coordinator.core.wording import Worded, check_words, worded
from coordinator.messaging.queries.default_texts import default_text, mail_of
from coordinator.messaging.queries.reached import introduced
from coordinator.people.models import Channel
from coordinator.spoken import in_text

from .queries.recipients import UNCONFIRMED, Addressee, EventContacts

LONGEST = 1600  # characters, Twilio's limit
CENTS = Decimal("0.01")
_OUTSIDE_BRACKETS = re.compile(r"\[[^\[\]]*\]")


class NothingToSend(ValueError):
    """No words, too many words, or no recipients; the message says which."""


@dataclass(frozen=True, slots=True)
class WrittenText:
    """One text as it would be sent now. ``missing`` are the placeholders that are empty for this person.

    ``mail`` is the same as an email. ``said`` also has it as it goes out if it is no longer, or becomes, the first to
    its phone.
    """

    to: Addressee
    said: Worded
    mail: JsonObject
    body: str
    segments: int
    costly: tuple[Costly, ...]
    missing: tuple[str, ...]

    @property
    def is_mailed(self) -> bool:
        """Whether it goes out as an email first."""
        return self.to.person.channel is Channel.EMAIL


@dataclass(frozen=True, slots=True)
class Cost:
    """The segments of a text, and the characters that make it more expensive."""

    segments: int
    costly: tuple[Costly, ...]


def suggested_words(to: str, people: Sequence[Addressee], language: str) -> str:
    """The initial text of the form: the second request to answer, or nothing for people who have answered."""
    if to == UNCONFIRMED:
        return default_text("ask-again", language)
    if len(people) == 1 and people[0].slot and people[0].slot.is_unanswered:
        return default_text("ask-again", people[0].person.language)
    return ""


def drafts(contacts: EventContacts, to: Sequence[Addressee], words: str, links: dict[int, str]) -> list[WrittenText]:
    """The texts to everyone who can be texted. Raises NothingToSend, UnknownPlaceholder."""
    if not words.strip():
        raise NothingToSend(_("Enter what the text should say."))
    check_words(words)
    able = [each for each in to if each.why_not is None]
    if not able:
        raise NothingToSend(_("None of them can be texted. Call them instead."))
    known = introduced({each.person.phone or "" for each in able}, able[0].person.organisation_id)
    made = [_draft(contacts, each, words, links, is_first=each.person.phone not in known) for each in able]
    if max(len(draft.body) for draft in made) > LONGEST:
        raise NothingToSend(_("Texts are limited to %(most)d characters.", most=LONGEST))
    return made


def cost_of_answer(words: str) -> Cost:
    """The cost of a reply, which is sent exactly as written. Raises NothingToSend."""
    if not words.strip() or len(words) > LONGEST:
        raise NothingToSend(_("Enter a reply of 1 to %(most)d characters.", most=LONGEST))
    if "{" in words or "}" in words:
        raise NothingToSend(_("Braces aren't filled in here. Write out the actual words."))
    body = plain(words.strip())
    return Cost(segments(body), costly_characters(body))


def fingerprint(to: str, made: Sequence[WrittenText]) -> str:
    """A fingerprint of these texts and recipients, so that only what was previewed is sent."""
    seen = "\0".join((to, *(f"{draft.to.person.id}\0{draft.said.body}" for draft in made)))
    return hashlib.blake2b(seen.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def price_of(number: int, price: Decimal | None) -> Decimal | None:
    """The price of ``number`` segments, rounded up to the cent; None when no price is configured."""
    return None if price is None else (price * number).quantize(CENTS, rounding=ROUND_UP)


def _draft(contacts: EventContacts, to: Addressee, words: str, links: dict[int, str], *, is_first: bool) -> WrittenText:
    language = to.person.language
    values = _values(contacts, to, language) | {"link": links.get(to.person.id, "")}
    said = worded(words, values, language, org=values["org"])
    body = said.first_body if is_first else said.body
    named = re.findall(r"\{([a-z_]+)\}", _OUTSIDE_BRACKETS.sub("", words))
    missing = tuple(dict.fromkeys(name for name in named if not values.get(name)))
    mail = mail_of(words, values, org=values["org"], title=values["title"])
    return WrittenText(to, said, mail, body, segments(body), costly_characters(body), missing)


def _values(contacts: EventContacts, to: Addressee, language: str) -> dict[str, str]:
    event, says = contacts.event, in_text(contacts.event.zone, language)
    values = {
        "first_name": to.person.first_name,
        "org": event.organisation.name,
        "title": event.called(language),
        "venue": event.venue_name or "",
        "address": event.venue_address or "",
        "day": says.show_days(event.dates),
    }
    begins_at = contacts.begins_at(to)
    if begins_at is not None:
        values |= {"time": says.clock(begins_at), "day": says.day_told(begins_at, contacts.night.now)}
    if to.slot is not None:
        values |= {
            "act": to.slot.name,
            "band": to.slot.band_of(to.person),
            "set": values.get("time", ""),
            "stage": to.slot.stage.name if len(contacts.night.event.stages) > 1 else "",
        }
    if to.shift is not None:
        values |= {"role": to.shift.role.called(language), "place": to.shift.place or ""}
        if to.shift.call and begins_at is not None:
            values["call"] = says.clock(call_time(begins_at, to.shift.call))
    return values
