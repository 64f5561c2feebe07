"""Why someone gets no texts, and what was answered for an act."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from coordinator.messaging.labels import CALL_REASONS, PHONE_TROUBLES
from coordinator.messaging.models import CallReason

SILENT: Final[Mapping[str, LazyString]] = {
    "no_phone": CALL_REASONS[CallReason.NO_PHONE],
    "not_agreed": _l("They haven't agreed to texts yet."),
    **PHONE_TROUBLES,
}
ANSWERED: Final[Mapping[str, LazyString]] = {
    "confirmed": _l("%(act)s is confirmed."),
    "declined": _l("%(act)s isn't playing."),
    "invited": _l("We'll ask %(act)s again in 30 seconds."),
}
