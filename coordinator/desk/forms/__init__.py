"""What people type into the pages of the desk."""

from .lineup import ActForm, FactsForm, MemberForm, MoveTimesForm, SlotForm, StageForm
from .visitors import AnotherTimeForm, CodeForm, DetailsForm, PersonForm, ShiftForm

__all__ = [
    "ActForm",
    "AnotherTimeForm",
    "CodeForm",
    "DetailsForm",
    "FactsForm",
    "MemberForm",
    "MoveTimesForm",
    "PersonForm",
    "ShiftForm",
    "SlotForm",
    "StageForm",
]
