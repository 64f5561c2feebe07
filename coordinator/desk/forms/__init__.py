"""What people type into the pages of the desk."""

from .afterwards import SumsForm, ThanksForm
from .lineup import ActForm, FactsForm, MemberForm, MoveTimesForm, SlotForm, StageForm
from .visitors import AboutYouForm, AnotherTimeForm, CodeForm, DetailsForm, PersonForm, ShiftForm

__all__ = [
    "AboutYouForm",
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
    "SumsForm",
    "ThanksForm",
]
