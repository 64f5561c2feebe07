"""What can be done with shifts: plan them, take them, leave them, be there."""

from .attendance import check_in
from .codes import ask_code, forget_old_codes, prove_phone
from .house import HouseRuleChanges, edit_house_rule
from .laying import MOST_AT_ONCE, ShiftDraft, identity_of, lay_shifts, left_to_lay
from .planning import ShiftChanges, add_shift, cancel_shift, edit_shift, remove_shift
from .roles import RoleFacts, add_role, edit_role, make_role, role_for
from .signing_up import join_waitlist, leave_shift, put_on_shift, take_off_shift, take_shift, take_shifts

__all__ = [
    "MOST_AT_ONCE",
    "HouseRuleChanges",
    "RoleFacts",
    "ShiftChanges",
    "ShiftDraft",
    "add_role",
    "add_shift",
    "ask_code",
    "cancel_shift",
    "check_in",
    "edit_house_rule",
    "edit_role",
    "edit_shift",
    "forget_old_codes",
    "identity_of",
    "join_waitlist",
    "lay_shifts",
    "leave_shift",
    "left_to_lay",
    "make_role",
    "prove_phone",
    "put_on_shift",
    "remove_shift",
    "role_for",
    "take_off_shift",
    "take_shift",
    "take_shifts",
]
