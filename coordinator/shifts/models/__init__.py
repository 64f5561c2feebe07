"""The tables of this slice: importing this makes all of them known to SQLAlchemy."""

from .clashes import AcceptedClash
from .covering import CoverOffer, CoverSearch, OfferAnswer, SearchOutcome, SearchReason, Standby, Swap, SwapOutcome
from .presence import Kiosk, Mark
from .proof_codes import ProofCode
from .shifts import (
    EXPECTED,
    FOLLOWED,
    HOLDING,
    NOTICES,
    WORKED,
    Role,
    Shift,
    SignUp,
    SignUpSource,
    SignUpState,
    VolunteerPolicy,
)

__all__ = [
    "EXPECTED",
    "FOLLOWED",
    "HOLDING",
    "NOTICES",
    "WORKED",
    "AcceptedClash",
    "CoverOffer",
    "CoverSearch",
    "Kiosk",
    "Mark",
    "OfferAnswer",
    "ProofCode",
    "Role",
    "SearchOutcome",
    "SearchReason",
    "Shift",
    "SignUp",
    "SignUpSource",
    "SignUpState",
    "Standby",
    "Swap",
    "SwapOutcome",
    "VolunteerPolicy",
]
