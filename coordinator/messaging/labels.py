"""Names of the kinds and states of texts, of reasons and of the network's codes."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from .models import CallReason, HoldReason, MessageKind, MessageState, TextError

TEXT_KINDS: Final[Mapping[str, LazyString]] = {
    MessageKind.REMINDER: _l("Reminder"),
    MessageKind.NEW_TIME: _l("New time"),
    MessageKind.CANCELLED: _l("Canceled"),
    MessageKind.ECHO: _l("Automatic reply"),
    MessageKind.CODE: _l("Code"),
    MessageKind.DIGEST: _l("Morning digest"),
    MessageKind.NOTE: _l("Sent by hand"),
    MessageKind.REPLY: _l("Reply"),
    MessageKind.FORWARD: _l("Forwarded"),
    MessageKind.SIGNED_UP: _l("Signed up"),
    MessageKind.ASSIGNED: _l("Added to a shift"),
    MessageKind.REMOVED: _l("Removed from a shift"),
    MessageKind.CHANGED: _l("Shift changed"),
    MessageKind.ACCEPTED: _l("Late start accepted"),
    MessageKind.ALERT: _l("Alert to a stage manager"),
    MessageKind.DISPUTED: _l("Members disagree, or settled it"),
}
TEXT_STATES: Final[Mapping[str, LazyString]] = {
    MessageState.WAITING: _l("Planned"),
    MessageState.HELD: _l("On hold"),
    MessageState.SENDING: _l("Sending"),
    MessageState.UNKNOWN: _l("May not have gone out"),
    MessageState.ACCEPTED: _l("Sent"),
    MessageState.SENT: _l("Sent"),
    MessageState.DELIVERED: _l("Delivered"),
    MessageState.FAILED: _l("Failed"),
    MessageState.UNDELIVERED: _l("Not delivered"),
    MessageState.EXPIRED: _l("Not sent: too late"),
    MessageState.CANCELLED: _l("No longer needed"),
    MessageState.STOPPED: _l("Not sent"),
    MessageState.RECEIVED: _l("Received"),
}
TEXT_TONES: Final[Mapping[str, str]] = {  # the color of a state's tag; none where none is named
    **dict.fromkeys((MessageState.ACCEPTED, MessageState.SENT, MessageState.DELIVERED), "ok"),
    **dict.fromkeys((MessageState.HELD, MessageState.UNKNOWN, MessageState.EXPIRED), "wait"),
    **dict.fromkeys((MessageState.FAILED, MessageState.UNDELIVERED, MessageState.STOPPED), "bad"),
}
UNREACHED: Final[Mapping[str, LazyString]] = {
    TextError.NO_PHONE: _l("There's no phone number."),
    TextError.NO_EMAIL: _l("There's no email address, or the person doesn't want emails."),
    TextError.OPTED_OUT: _l("The person replied STOP and doesn't want texts."),
    TextError.NOT_AGREED: _l("The person hasn't agreed to texts."),
}
UNREACHED_SHORT: Final[Mapping[str, LazyString]] = {
    TextError.NO_PHONE: _l("no phone number"),
    TextError.NO_EMAIL: _l("no emails"),
    TextError.OPTED_OUT: _l("replied STOP"),
    TextError.NOT_AGREED: _l("hasn't agreed to texts"),
}
TEXT_ERRORS: Final[Mapping[str, LazyString]] = {
    **UNREACHED,
    TextError.TOO_LATE: _l("Not sent: it was too late."),
    TextError.HELD_TOO_LONG: _l("It was on hold until it was no longer true."),
    TextError.UNSURE: _l("The network didn't say if it took the text. We're asking; call if it can't wait."),
    TextError.NOT_CONFIRMED: _l("The network never confirmed it, so we can't tell if it arrived. Call to be sure."),
}

_NO_SUCH_NUMBER = _l("There's no such number.")
_LANDLINE = _l("The number is a landline.")
_UNREGISTERED = _l("The sender's number isn't registered yet.")
_BUSY = _l("The network had too many texts to carry.")
_BAD_ACCOUNT = _l("The network won't let us send. See Set up texts.")
PHONE_TROUBLES: Final[Mapping[str, LazyString]] = {
    "no_such_number": _NO_SUCH_NUMBER,
    "not_a_mobile": _l("The number isn't a mobile phone."),
    "landline": _LANDLINE,
    "country_not_served": _l("Texts to that country aren't turned on."),
    "unreachable": _l("The number can't be reached."),
    "refuses_texts": _l("The phone refuses texts."),
}
NETWORK_CODES: Final[Mapping[int, LazyString]] = {  # Twilio's; HTTP's if Twilio sent none
    **dict.fromkeys((401, 403, 20003, 20404, 21212, 21606, 30002, 63038), _BAD_ACCOUNT),
    **dict.fromkeys((20429, 21611, 30001), _BUSY),
    **dict.fromkeys((21211, 30005), _NO_SUCH_NUMBER),
    **dict.fromkeys((21635, 30006), _LANDLINE),
    **dict.fromkeys((30032, 30034), _UNREGISTERED),
    21408: PHONE_TROUBLES["country_not_served"],
    21610: UNREACHED[TextError.OPTED_OUT],
    21612: PHONE_TROUBLES["unreachable"],
    21614: PHONE_TROUBLES["not_a_mobile"],
    30003: _l("The phone was off or out of reach."),
    30004: PHONE_TROUBLES["refuses_texts"],
    30007: _l("The carrier blocked it as spam."),
    30008: _l("The carrier didn't say why."),
    30036: _l("The network couldn't deliver it in time."),
    30500: _l("The network had a fault of its own."),
}

_FIX_CREDENTIALS = _l(
    "Twilio doesn't accept the account. Fix TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, then restart Callboard."
)
ALARMS: Final[Mapping[int, LazyString]] = {  # for each code that stops all texts: what it means, and what to do
    401: _FIX_CREDENTIALS,
    403: _l("Twilio won't let this account send. Check the account in Twilio's console."),
    20003: _FIX_CREDENTIALS,
    20404: _l("Twilio doesn't know this account. Fix TWILIO_ACCOUNT_SID, then restart Callboard."),
    21212: _l("Twilio says our number isn't a phone number. Fix TWILIO_FROM, then restart Callboard."),
    21606: _l("This account can't send texts from our number. Fix TWILIO_FROM, then restart Callboard."),
    30002: _l("Twilio suspended the account, often over an unpaid bill. Check it in Twilio's console."),
    30007: _l("Carriers are blocking our texts as spam. Reword the one that was blocked, without shortened links."),
    30032: _l("The toll-free number isn't verified. Get it verified in Twilio's console."),
    30034: _l("The number isn't registered for the United States. Register it in Twilio's console (A2P 10DLC)."),
    63038: _l("The account has reached its daily limit. Ask Twilio for a higher one."),
}
MAIL_ALARMS: Final[Mapping[int, LazyString]] = {  # the same for the mail server
    421: _l("The mail server can't be reached. Check SMTP_URL."),
    530: _l("The mail server offers no TLS that we can trust, or no login. Fix SMTP_URL, then restart Callboard."),
    535: _l("The mail server doesn't accept the login. Fix SMTP_URL, then restart Callboard."),
}
MAIL_REFUSED: Final = _l("The mail server refuses our emails. Check SMTP_URL and MAIL_FROM.")
UNKNOWN_ALARM: Final = _l("Look up the code in Twilio's console.")
HELD_BECAUSE: Final[Mapping[str, LazyString]] = {
    HoldReason.ASKED: _l("They were paused with a command on the machine that runs Callboard."),
    HoldReason.RESTORED: _l(
        "The data was restored from a backup, so what happened after that is missing. Look at your shows first."
    ),
    HoldReason.COPY: _l(
        "The data is older than it was: someone restored a copy, so what "
        "happened since is missing. Look at your shows first."
    ),
    HoldReason.GAP: _l(
        "Callboard was down for a while and is starting on a machine that "
        "doesn't know this data. If it's running somewhere else too, turn "
        "one off first."
    ),
}
CALL_REASONS: Final[Mapping[str, LazyString]] = {
    CallReason.TOO_LATE: _l("It's too late for a text."),
    CallReason.EARLIER: _l("Earlier times aren't texted automatically."),
    CallReason.REPEATED: _l("They already got a text with this time."),
    CallReason.NO_PHONE: _l("We don't have their number."),
    CallReason.NOT_AGREED: _l("They haven't agreed to texts."),
    CallReason.OPTED_OUT: _l("They don't want texts."),
    CallReason.PHONE_TROUBLE: _l("Texts to their number are failing."),
    CallReason.EMAIL_TROUBLE: _l("Emails to their address come back."),
    CallReason.QUIET_HOURS: _l("Quiet hours would hold a text for too long."),
    CallReason.FAILED: _l("A text didn't arrive."),
    CallReason.UNSURE: _l("A text may not have arrived."),
    CallReason.NEVER_TOLD: _l("They haven't gotten a text about it yet."),
}
