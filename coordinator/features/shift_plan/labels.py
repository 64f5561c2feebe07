"""Names of how well half an hour of a role is covered."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

COVER: Final[Mapping[str, LazyString]] = {
    "short": _l("short"),
    "over": _l("over"),
    "filled": _l("filled"),
    "none": _l("nobody needed"),
}
KINDS: Final[Mapping[str, LazyString]] = {
    "short": _l("Short on people"),
    "open": _l("With open spots"),
    "full": _l("Full"),
    "unanswered": _l("Not answered yet"),
}
