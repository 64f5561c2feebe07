"""What the public pages and what came of a try are called."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from coordinator.messaging.models import Door, DoorOutcome

_WRONG_PERSON: Final = _l("Nobody found: wrong name or number")
_TOO_OFTEN: Final = _l("Refused: too many wrong tries")

DOORS: Final[Mapping[Door, LazyString]] = {
    Door.CODE: _l("Codes by text"),
    Door.SIGN_IN: _l("Sign-in with a password"),
    Door.DOOR: _l("Check-in at the door"),
    Door.KIOSK: _l("Check-in tablet"),
}
OUTCOMES: Final[Mapping[Door, Mapping[DoorOutcome, LazyString]]] = {
    Door.CODE: {
        DoorOutcome.SENT: _l("Codes sent"),
        DoorOutcome.RIGHT: _l("Numbers proved with a code"),
        DoorOutcome.WRONG: _l("Wrong codes typed"),
        DoorOutcome.TOO_OFTEN: _l("Refused: too many for one number or one address"),
        DoorOutcome.TOO_MANY: _l("Refused: too many for one show or for all"),
        DoorOutcome.CLOSED: _l("Refused: sign-up is closed"),
        DoorOutcome.PAUSED: _l("Refused: texts are paused"),
    },
    Door.SIGN_IN: {
        DoorOutcome.RIGHT: _l("Signed in"),
        DoorOutcome.WRONG: _l("Wrong email or password"),
        DoorOutcome.TOO_OFTEN: _TOO_OFTEN,
    },
    Door.DOOR: {
        DoorOutcome.RIGHT: _l("Found by name and number"),
        DoorOutcome.WRONG: _WRONG_PERSON,
        DoorOutcome.TOO_OFTEN: _TOO_OFTEN,
    },
    Door.KIOSK: {
        DoorOutcome.RIGHT: _l("Found by number"),
        DoorOutcome.WRONG: _l("Nobody found: wrong number"),
        DoorOutcome.TOO_OFTEN: _TOO_OFTEN,
    },
}
