"""What roles are called, and what they may do."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

ROLES: Final[Mapping[str, LazyString]] = {
    "owner": _l("Owner"),
    "coordinator": _l("Coordinator"),
    "stage_manager": _l("Stage manager"),
    "check_in": _l("Check-in"),
    "viewer": _l("Viewer"),
}
ROLES_OF_MANY: Final[Mapping[str, LazyString]] = {  # as "This is for owners"
    "owner": _l("owners"),
    "coordinator": _l("coordinators"),
    "stage_manager": _l("stage managers"),
    "check_in": _l("people at check-in"),
    "viewer": _l("viewers"),
}
WHAT_ROLES_DO: Final[Mapping[str, LazyString]] = {
    "owner": _l("Everything, including members, setting up texts and the record of changes."),
    "coordinator": _l("Plans shows, publishes them, sends texts and sees phone numbers."),
    "stage_manager": _l("Runs the night on their stages and checks people in. Sees the plan, changes nothing in it."),
    "check_in": _l("Sees the shift sheet and the tablets at the door, and checks people in."),
    "viewer": _l("Sees the plan without phone numbers. Changes nothing."),
}
