"""What can be done with shifts: plan them, take them, leave them, be there."""

from .attendance import check_in
from .codes import ask_code, forget_old_codes, prove_phone
from .planning import ShiftChanges, add_role, add_shift, cancel_shift, edit_shift
from .signing_up import leave_shift, put_on_shift, take_off_shift, take_shift

__all__ = [
    "ShiftChanges",
    "add_role",
    "add_shift",
    "ask_code",
    "cancel_shift",
    "check_in",
    "edit_shift",
    "forget_old_codes",
    "leave_shift",
    "prove_phone",
    "put_on_shift",
    "take_off_shift",
    "take_shift",
]
