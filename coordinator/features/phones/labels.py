"""What a quick answer means, for whoever can't see the phone around it."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

ANSWERS: Final[Mapping[str, LazyString]] = {"C": _l("C, confirm"), "X": _l("X, can't")}
