"""What the audit log stores about changes of shifts and of the people on them."""

from datetime import timedelta

from coordinator.core.json_values import JsonObject

from ..models import Shift, SignUp

MINUTE = timedelta(minutes=1)


def place_as_recorded(sign_up: SignUp) -> str:
    """The sign-up, as the audit log names it."""
    return f"shift:{sign_up.shift_id} person:{sign_up.person_id}"


def shift_as_recorded(shift: Shift) -> JsonObject:
    """The shift as values for the audit log; lengths in minutes, wall times."""
    facts: JsonObject = {
        "key": shift.key,
        "starts": shift.starts_local,
        "ends": shift.ends_local,
        "min": shift.min,
        "max": shift.max,
        "place": shift.place,
        "call": (shift.call or timedelta(0)) // MINUTE,
    }
    if shift.follows_slot_id is not None:
        facts["follows"] = {
            "slot": shift.follows_slot_id,
            "from": shift.follows_from,
            "to": shift.follows_to,
            "before": shift.before // MINUTE,
            "after": shift.after // MINUTE,
        }
    return facts
