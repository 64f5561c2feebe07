"""The codes that an authenticator app makes of a secret and the time (RFC 6238): 6 digits, new every half minute."""

from __future__ import annotations

from base64 import b32encode
from dataclasses import dataclass, field
from datetime import datetime
from hmac import digest
from typing import Final

from pyotp import TOTP

ISSUER: Final = "Callboard"
SECRET_BYTES: Final = 20  # as long as the hash that the codes are cut from
DRIFT: Final = 1  # steps that a phone's clock may be off


@dataclass(frozen=True, slots=True)
class TimeCodes:
    """Makes the secrets of one installation, and checks codes. A copy of the database alone makes no code."""

    key: str = field(repr=False)  # SECRET_KEY

    def secret(self, salt: str) -> str:
        """What the app is given, as it is typed: 32 letters and digits."""
        return b32encode(digest(self.key.encode(), f"time codes {salt}".encode(), "sha256")[:SECRET_BYTES]).decode()

    def address(self, salt: str, email: str) -> str:
        """The same as an ``otpauth://`` address, for a QR code."""
        return str(self._app(salt).provisioning_uri(name=email, issuer_name=ISSUER))

    def step_of(self, salt: str, typed: str, now: datetime) -> int | None:
        """Of which half minute this is the code, no more than one away from ``now``; None: of none of them."""
        app = self._app(salt)
        here = int(now.timestamp()) // app.interval
        steps = range(here - DRIFT, here + DRIFT + 1)
        return next((step for step in steps if app.verify(typed, for_time=step * app.interval)), None)

    def _app(self, salt: str) -> TOTP:
        return TOTP(self.secret(salt))
