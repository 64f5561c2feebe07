"""What can be done with shifts: plan them, take them, leave them, be there."""

from .afterwards import forgive, settle
from .attendance import Marked, check_in, finish_shifts, forget_marks_of, mark, new_key
from .codes import Proof, ask_code, forget_old_codes, prove_phone, say_who
from .coming import say_will_come, stand_by, stand_down
from .covering import (
    Answered,
    answer_offer,
    ask_for_cover,
    come_after_all,
    give_back,
    look_for_somebody,
    reopen_offer,
    stop_looking,
)
from .friends import bring_friend, come_alone, come_along, let_friends_go
from .house import HouseRuleChanges, edit_house_rule
from .kiosks import close_kiosk, open_kiosk
from .laying import MOST_AT_ONCE, ShiftDraft, identity_of, lay_shifts, left_to_lay
from .planning import ShiftChanges, add_shift, cancel_shift, edit_shift, remove_shift
from .roles import RoleFacts, add_role, edit_role, make_role, remove_role, role_for
from .searches import let_waitlists_move_up, open_search, place_came_free, places_were_added
from .signing_up import (
    change_shift,
    join_waitlist,
    leave_shift,
    put_on_shift,
    take_off_shift,
    take_shift,
    take_shifts,
)
from .swapping import agree_swap, ask_swap, decline_swap, withdraw_swap
from .waves import next_waves

__all__ = [
    "MOST_AT_ONCE",
    "Answered",
    "HouseRuleChanges",
    "Marked",
    "Proof",
    "RoleFacts",
    "ShiftChanges",
    "ShiftDraft",
    "add_role",
    "add_shift",
    "agree_swap",
    "answer_offer",
    "ask_code",
    "ask_for_cover",
    "ask_swap",
    "bring_friend",
    "cancel_shift",
    "change_shift",
    "check_in",
    "close_kiosk",
    "come_after_all",
    "come_alone",
    "come_along",
    "decline_swap",
    "edit_house_rule",
    "edit_role",
    "edit_shift",
    "finish_shifts",
    "forget_marks_of",
    "forget_old_codes",
    "forgive",
    "give_back",
    "identity_of",
    "join_waitlist",
    "lay_shifts",
    "leave_shift",
    "left_to_lay",
    "let_friends_go",
    "let_waitlists_move_up",
    "look_for_somebody",
    "make_role",
    "mark",
    "new_key",
    "next_waves",
    "open_kiosk",
    "open_search",
    "place_came_free",
    "places_were_added",
    "prove_phone",
    "put_on_shift",
    "remove_role",
    "remove_shift",
    "reopen_offer",
    "role_for",
    "say_who",
    "say_will_come",
    "settle",
    "stand_by",
    "stand_down",
    "stop_looking",
    "take_off_shift",
    "take_shift",
    "take_shifts",
    "withdraw_swap",
]
