"""What people type into the pages of the desk."""

from .afterwards import SumsForm, ThanksForm
from .door import DoorForm
from .lineup import ActForm, FactsForm, MemberForm, MoveTimesForm, SlotForm, StageForm
from .shifts import EditShiftForm, RoleForm, ShiftForm
from .visitors import AboutYouForm, AnotherTimeForm, CodeForm, DetailsForm, PersonForm

__all__ = [
    "AboutYouForm",
    "ActForm",
    "AnotherTimeForm",
    "CodeForm",
    "DetailsForm",
    "DoorForm",
    "EditShiftForm",
    "FactsForm",
    "MemberForm",
    "MoveTimesForm",
    "PersonForm",
    "RoleForm",
    "ShiftForm",
    "SlotForm",
    "StageForm",
    "SumsForm",
    "ThanksForm",
]
