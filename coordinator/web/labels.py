"""The filters that say in words what is kept as a key, in the language of the page.

``call.why | label("call_reasons")``                         It is too late for a text.
``clash.kind | label("clashes", act=slot.name, number=5)``   a label with names in it
``message | text_name``, ``key | text_name``                 what kind of text it is
``message | why_failed``                                     why it did not arrive
``code | alarm_words``                                       what a code that stops every text means, and what to do
``clash | clash_title``, ``clash | clash_words(event)``      a clash of a person: whose, and what with what
``stage.held_reason | hold_reason``                           why a stage is on hold
``event | called``, ``role | called``                        title or name as organizers gave it in this language
"""

from collections.abc import Mapping
from typing import Any, Final

from flask import Flask
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString

from coordinator.accounts import labels as accounts
from coordinator.core.wording import with_times
from coordinator.events import labels as events
from coordinator.events.labels import Titled
from coordinator.events.models import Event
from coordinator.lineup import labels as lineup
from coordinator.messaging import labels as messaging
from coordinator.messaging.models import Message
from coordinator.money import labels as money
from coordinator.reminders import labels as reminders
from coordinator.shifts import clash_words as clashes
from coordinator.shifts import labels as shifts
from coordinator.shifts.queries.clashes import PersonClash
from coordinator.shownight import labels as shownight

from .languages import language

TEXTS: Final[Mapping[str, LazyString]] = {
    **messaging.TEXT_KINDS,
    **shownight.NOTES,
    **shifts.NOTES,
    **reminders.RULES,
    **reminders.ASKED_BY_THE_CLOCK,
}
TABLES: Final[Mapping[str, Mapping[Any, LazyString]]] = {
    "account_roles": accounts.ROLES,
    "boards": shownight.BOARDS,
    "arrivals": shifts.ARRIVALS,
    "call_reasons": messaging.CALL_REASONS,
    "clashes": lineup.CLASHES,
    "clashes_in_place": lineup.CLASHES_IN_PLACE,
    "confirmed_how": lineup.CONFIRMED_HOW,
    "correction_questions": shownight.CORRECTION_QUESTIONS,
    "held_because": messaging.HELD_BECAUSE,
    "money_kinds": money.MONEY_KINDS,
    "phone_troubles": messaging.PHONE_TROUBLES,
    "press_buttons": shownight.PRESS_BUTTONS,
    "press_minutes": shownight.PRESS_MINUTES,
    "press_questions": shownight.PRESS_QUESTIONS,
    "press_true_times": shownight.PRESS_TRUE_TIMES,
    "prints": events.PRINTS,
    "public_slot_kinds": lineup.PUBLIC_SLOT_KINDS,
    "rule_anchors": reminders.ANCHORS,
    "rule_audiences": reminders.AUDIENCES,
    "slot_answers": lineup.ANSWERS,
    "slot_kinds": lineup.SLOT_KINDS,
    "text_states": messaging.TEXT_STATES,
    "unreached": messaging.UNREACHED,
    "unreached_short": messaging.UNREACHED_SHORT,
    "what_boards_show": shownight.WHAT_BOARDS_SHOW,
    "what_roles_do": accounts.WHAT_ROLES_DO,
}


def init_app(app: Flask) -> None:
    """Register every filter of this file."""
    for filter_ in (label, text_name, text_tone, why_failed, alarm_words, mail_alarm_words, called, clash_words):
        app.add_template_filter(filter_)
    app.add_template_filter(clashes.clash_title)
    app.add_template_filter(shownight.hold_reason)


def label(key: str, table: str, **values: object) -> str:
    """The name of the key; ``values`` fill its placeholders. Raises KeyError for a key without a label."""
    words = str(TABLES[table][key])
    return with_times(words % values) if values else words


def text_name(text: Message | str) -> str:
    """The name of a text's rule or kind; a rule of the event's own is named by its key."""
    key = text if isinstance(text, str) else text.rule or text.kind
    return str(TEXTS[key]) if key in TEXTS else _("Reminder: %(name)s", name=key.replace("-", " ").replace("_", " "))


def text_tone(state: str) -> str:
    """The color of the tag of a text's state."""
    return messaging.TEXT_TONES.get(state, "")


def why_failed(message: Message) -> str:
    """Why a text did not arrive, with the network's code; empty if nothing is wrong with it."""
    known = messaging.TEXT_ERRORS.get(message.error or "") or messaging.NETWORK_CODES.get(message.error_code or 0)
    why = str(known or message.error or "")
    return f"{why} ({message.error_code})" if message.error_code else why


def alarm_words(code: int) -> str:
    return str(messaging.ALARMS.get(code, messaging.UNKNOWN_ALARM))


def mail_alarm_words(code: int) -> str:
    return str(messaging.MAIL_ALARMS.get(code, messaging.MAIL_REFUSED))


def called(thing: Titled) -> str:
    return thing.called(language())


def clash_words(clash: PersonClash, event: Event) -> str:
    return clashes.clash_words(clash, event, language())
