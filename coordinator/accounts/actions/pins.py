"""The PIN without which a stage manager's phone presses nothing. Only its hash is stored."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _

from coordinator.core.pins import LONGEST, SHORTEST, is_pin
from coordinator.db import transaction
from coordinator.people.models import Person

from ..models import Actor, Organisation
from ..queries import Limit
from .limits import count_try, forgive, refuse_if_tried
from .passwords import hasher
from .records import record

BY_PHONE = Limit("pin", 5, timedelta(minutes=30))


class NotAPin(ValueError):
    """A PIN has 4 to 8 digits."""


class WrongPin(ValueError):
    """It is the PIN of nobody on this phone."""


def set_pin(person: Person, pin: str | None, *, actor: Actor, now: datetime) -> None:
    """From now on GO, DONE, LATE and UNDO by text need this PIN; None: they need none.

    Wrong PINs from the person's phone are forgiven. Raises NotAPin.
    """
    if pin is not None and not is_pin(pin):
        raise NotAPin(_("A PIN has %(least)d to %(most)d digits.", least=SHORTEST, most=LONGEST))
    hashed = hasher().hash(pin) if pin is not None else None
    with transaction() as session:
        person.pin_hash = hashed
        if person.phone:
            forgive(BY_PHONE, person.phone)
        organisation = session.get_one(Organisation, person.organisation_id)
        record(organisation, actor, "pin.set" if pin else "pin.removed", f"person:{person.id}", now=now)


def check_pin(people: Sequence[Person], pin: str, *, phone: str, now: datetime) -> None:
    """Whether the PIN is of one of these people, who share the phone.

    Five wrong ones lock the phone's words for half an hour, for the right PIN too. Raises WrongPin, TooManyTries.
    """
    refuse_if_tried(BY_PHONE, phone, now)
    if not any(_fits(person.pin_hash, pin) for person in people):
        count_try(BY_PHONE, phone, now)
        raise WrongPin
    forgive(BY_PHONE, phone)


def _fits(pin_hash: str | None, pin: str) -> bool:
    try:
        return pin_hash is not None and hasher().verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False
