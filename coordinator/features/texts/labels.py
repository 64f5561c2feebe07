"""Labels of the lists of texts, and of how far the texts to a person have come."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_babel.speaklater import LazyString

from coordinator.messaging.labels import TEXT_STATES

SHELVES: Final[Mapping[str, LazyString]] = {
    "planned": lazy_pgettext("texts", "Planned"),
    "sent": lazy_pgettext("texts", "Sent"),
    "failed": lazy_pgettext("texts", "Not sent"),
    "answers": _l("Answers"),
}
EMPTY_SHELVES: Final[Mapping[str, LazyString]] = {
    "planned": _l("No texts are planned. They appear as soon as people with phone numbers are in the running order."),
    "sent": _l("Nothing has been sent yet."),
    "failed": _l("Everything that was due has gone out."),
    "answers": _l("Nobody has written yet."),
}
STATES = TEXT_STATES
STATUSES: Final[Mapping[str, LazyString]] = {
    "unconfirmed": _l("Hasn't answered"),
    "planned": _l("Planned"),
    "sent": _l("Sent"),
    "delivered": _l("Delivered"),
    "answered": _l("Read"),
    "failed": _l("Failed"),
    "unsure": _l("May not have gone out"),
    "opted_out": _l("Replied STOP"),
    "not_agreed": _l("Never agreed to texts"),
    "no_phone": _l("No number"),
    "nothing": _l("Nothing yet"),
}
STATUS_TONES: Final[Mapping[str, str]] = {  # color of the tag; others have none
    **dict.fromkeys(("sent", "delivered", "answered"), "ok"),
    **dict.fromkeys(("failed", "opted_out", "not_agreed", "no_phone"), "bad"),
    "unsure": "wait",
}
WHY_CALL: Final[Mapping[str, LazyString]] = {
    "no_phone": _l("No phone number"),
    "no_email": _l("No email address, or doesn't want emails"),
    "opted_out": _l("Replied STOP"),
    "not_agreed": _l("Never agreed to texts"),
    "failed": _l("A text didn't arrive"),
    "unsure": _l("A text may not have arrived"),
    "unconfirmed": _l("Asked, hasn't answered"),
}
# What a coordinator has just done from a conversation; the name is filled in.
DONE: Final[Mapping[str, LazyString]] = {
    "confirmed": _l("Marked as confirmed for %(name)s."),
    "cannot": _l("Noted: %(name)s can't come."),
    "late": _l("Noted: %(name)s will be late."),
    "texts-off": _l("%(name)s gets no more texts."),
    "texts-on": _l("%(name)s gets texts again."),
}
