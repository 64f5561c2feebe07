"""What can be done with shifts: plan them, take them, leave them, be there."""

from .afterwards import forgive, settle
from .attendance import check_in
from .codes import ask_code, forget_old_codes, prove_phone
from .house import HouseRuleChanges, edit_house_rule
from .planning import ShiftChanges, add_role, add_shift, cancel_shift, edit_shift
from .signing_up import join_waitlist, leave_shift, put_on_shift, take_off_shift, take_shift, take_shifts

__all__ = [
    "HouseRuleChanges",
    "ShiftChanges",
    "add_role",
    "add_shift",
    "ask_code",
    "cancel_shift",
    "check_in",
    "edit_house_rule",
    "edit_shift",
    "forget_old_codes",
    "forgive",
    "join_waitlist",
    "leave_shift",
    "prove_phone",
    "put_on_shift",
    "settle",
    "take_off_shift",
    "take_shift",
    "take_shifts",
]
