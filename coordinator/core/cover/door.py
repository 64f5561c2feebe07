"""The code by the stage door: it changes every half minute, so that a picture of it is worth nothing at home."""

from __future__ import annotations

import hmac
from base64 import b32encode
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

WINDOW: Final = timedelta(seconds=30)  # how long one code is shown
GOOD_FOR: Final = 3  # windows, its own and the two after it: time to find the phone's camera
AHEAD: Final = 1  # windows that another machine's clock may be ahead
LETTERS: Final = 16  # of the token, 80 bits


def door_token(secret: str, event_id: int, at: datetime) -> str:
    """The token that the door of this event shows at ``at``; letters and digits only."""
    return _token(secret, event_id, _window(at))


def is_door_token(secret: str, event_id: int, token: str, now: datetime) -> bool:
    """Whether the door showed this token within the last 60 to 90 seconds."""
    windows = range(_window(now) - GOOD_FOR + 1, _window(now) + AHEAD + 1)
    known = [_token(secret, event_id, window) for window in windows]
    return token.isascii() and any(hmac.compare_digest(token, each) for each in known)


def next_door_token_at(at: datetime) -> datetime:
    """When the door shows another token than at ``at``."""
    epoch = datetime.fromtimestamp(0, at.tzinfo)
    return epoch + WINDOW * (_window(at) + 1)


def _window(at: datetime) -> int:
    return int(at.timestamp() // WINDOW.total_seconds())


def _token(secret: str, event_id: int, window: int) -> str:
    sealed = hmac.new(secret.encode(), f"door {event_id} {window}".encode(), sha256).digest()
    return b32encode(sealed).decode()[:LETTERS].lower()
