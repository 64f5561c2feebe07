"""The tables of this slice: importing this makes all of them known to SQLAlchemy."""

from .accounts import (
    SHORTEST_PASSWORD,
    Account,
    AccountRole,
    AccountSession,
    Actor,
    Attempt,
    AuditEntry,
    Coordinator,
    Invitation,
    Organisation,
    SignInLink,
    Via,
)
from .second_factors import Authenticator, Passkey, RecoveryCode

__all__ = [
    "SHORTEST_PASSWORD",
    "Account",
    "AccountRole",
    "AccountSession",
    "Actor",
    "Attempt",
    "AuditEntry",
    "Authenticator",
    "Coordinator",
    "Invitation",
    "Organisation",
    "Passkey",
    "RecoveryCode",
    "SignInLink",
    "Via",
]
