"""Labels of the setup steps, their settings and the results of checks."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_babel.speaklater import LazyString

STEP_STATES: Final[Mapping[str, LazyString]] = {
    "done": lazy_pgettext("step", "Done"),
    "todo": _l("To do"),
    "trouble": _l("Trouble"),
    "note": _l("Good to know"),
}
STEP_TONES: Final[Mapping[str, str]] = {"done": "ok", "todo": "wait", "trouble": "bad", "note": ""}
FINDINGS: Final[Mapping[bool | None, LazyString]] = {True: _l("Good"), False: _l("Trouble"), None: _l("Unknown")}
FINDING_TONES: Final[Mapping[bool | None, str]] = {True: "ok", False: "bad", None: "wait"}
SETTINGS: Final[Mapping[str, LazyString]] = {
    "TWILIO_ACCOUNT_SID": _l("begins with AC"),
    "TWILIO_AUTH_TOKEN": _l("secret"),
    "TWILIO_API_KEY": _l("optional"),
    "TWILIO_API_SECRET": _l("optional, secret"),
    "TWILIO_FROM": _l("the number"),
    "TWILIO_MESSAGING_SERVICE_SID": _l("or the service, begins with MG"),
    "TWILIO_SEGMENTS_PER_SECOND": _l("how fast it sends texts: about 1 for a local number, 3 for toll-free"),
    "PUBLIC_URL": _l("Callboard's public address; it begins with https://"),
}
