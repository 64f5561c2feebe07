"""The choices of the reminder form."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

UNITS: Final[Mapping[str, LazyString]] = {"minutes": _l("minutes"), "hours": _l("hours"), "days": _l("days")}
WORDS: Final[Mapping[str, LazyString]] = {"en": _l("Text in English"), "es": _l("Text in Spanish")}
