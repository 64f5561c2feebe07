"""Why someone gets no thank-you text."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from coordinator.messaging.labels import UNREACHED_SHORT

NOT_THANKED: Final[Mapping[str, LazyString]] = {
    **UNREACHED_SHORT,
    "still_on": _l("still has a shift to come"),
    "thanked": _l("already thanked"),
}
