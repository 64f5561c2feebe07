"""What the list of people can be narrowed to."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

DOES: Final[Mapping[str, LazyString]] = {
    "performers": _l("Performers"),
    "volunteers": _l("Volunteers"),
    "crew": _l("Stage managers and artist liaison"),
    "nothing": _l("No shift yet"),
}
TOLD: Final[Mapping[str, LazyString]] = {
    "text": _l("By text"),
    "email": _l("By email"),
    "nothing": _l("Not reachable: no OK yet, or replied STOP"),
}
