"""The code at the stage door. It changes every 30 seconds, so a photo of it is useless at home."""

import hmac
from base64 import b32encode
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

WINDOW: Final = timedelta(seconds=30)  # how long one code is shown
GOOD_FOR: Final = 3  # windows in which a code is accepted: its own and the next two, time to open the phone's camera
AHEAD: Final = 1  # windows by which another machine's clock may be ahead
TOKEN_LENGTH: Final = 16  # characters, 80 bits


def door_token(secret: str, event_id: int, at: datetime) -> str:
    """The token that the door of this event shows at the instant ``at``: letters and digits only."""
    return _token(secret, event_id, _window(at))


def is_door_token(secret: str, event_id: int, token: str, now: datetime) -> bool:
    """Whether the door showed this token within the last 60 to 90 seconds."""
    windows = range(_window(now) - GOOD_FOR + 1, _window(now) + AHEAD + 1)
    known = [_token(secret, event_id, window) for window in windows]
    return token.isascii() and any(hmac.compare_digest(token, each) for each in known)


def next_door_token_at(at: datetime) -> datetime:
    """When the door next shows a different token."""
    epoch = datetime.fromtimestamp(0, at.tzinfo)
    return epoch + WINDOW * (_window(at) + 1)


def _window(at: datetime) -> int:
    return int(at.timestamp() // WINDOW.total_seconds())


def _token(secret: str, event_id: int, window: int) -> str:
    digest = hmac.new(secret.encode(), f"door {event_id} {window}".encode(), sha256).digest()
    return b32encode(digest).decode()[:TOKEN_LENGTH].lower()
