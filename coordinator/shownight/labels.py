"""What is asked before a press, and what its button says; ``name`` is the act's."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from .models import Verb

PRESS_QUESTIONS: Final[Mapping[str, LazyString]] = {
    Verb.START: _l("Has %(name)s started?"),
    Verb.END: _l("Has %(name)s finished?"),
    Verb.LATE: _l("Is %(name)s late?"),
    Verb.EXTEND: _l("Let %(name)s play longer?"),
    Verb.CANCEL: _l("Cancel %(name)s?"),
    Verb.RESTORE: _l("Bring %(name)s back?"),
}
PRESS_MINUTES: Final[Mapping[str, LazyString]] = {  # of those that need them; ``time`` is the start that was advertised
    Verb.LATE: _l("Minutes after the advertised %(time)s"),
    Verb.EXTEND: _l("Minutes longer"),
}
PRESS_BUTTONS: Final[Mapping[str, LazyString]] = {  # of those that need no minutes
    Verb.START: _l("Set started"),
    Verb.END: _l("Set finished"),
    Verb.CANCEL: _l("Cancel %(name)s"),
    Verb.RESTORE: _l("Bring it back"),
}
