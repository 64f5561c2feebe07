"""Names of scripts that are ready to be played, and of the moments that a rehearsal can jump to."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from coordinator.core.wording import with_times
from coordinator.messaging.labels import TEXT_ERRORS, TEXT_STATES

READY_NAMES: Final[Mapping[str, LazyString]] = {  # ``time`` is when it happens
    "calm": _l("Calm night"),
    "late": _l("First act 25 minutes late"),
    "cancels": _l("One act cancels at %(time)s"),
    "nobody": _l("Nobody presses anything"),
}
READY_WORDS: Final[Mapping[str, LazyString]] = {  # ``name`` is the act's
    "calm": _l("Everything starts and ends as planned, and the stage manager marks it."),
    "late": _l("%(name)s starts at %(time)s, and nobody says so before. The rest follows."),
    "cancels": _l("You cancel %(name)s at %(time)s. The rest goes on as planned."),
    "nobody": _l("Nobody marks a start or an end, so texts go out by the plan."),
}
JUMPS: Final[Mapping[str, LazyString]] = {
    "begin": _l("From the start"),
    "doors": _l("Doors"),
    "first": _l("First set"),
    "end": _l("The end"),
}


def ready_name(key: str, time: str) -> str:
    """What a script is called; ``time`` is when something is not as planned."""
    return str(READY_NAMES[key]) % {"time": time}


def ready_words(key: str, name: str, time: str) -> str:
    """What happens in it; ``name`` is the act that it is about."""
    return with_times(str(READY_WORDS[key]) % {"name": name, "time": time})


def why_unsent(why: str | None, state: str) -> LazyString | str:
    """Why a text would not go out."""
    return TEXT_ERRORS.get(why or "") or TEXT_STATES[state]
