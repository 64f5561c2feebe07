"""Small values that a browser carries for us and cannot change: signed, each for one purpose and a limited time."""

from datetime import datetime

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from coordinator.core.json_values import JsonObject


def sign(purpose: str, kept: JsonObject, until: datetime) -> str:
    """A signed string for a URL, a cookie or a form. Whoever has it can read it, but not change it."""
    return str(_signer(purpose).dumps({**kept, "until": int(until.timestamp())}))


def unsign(purpose: str, signed: str, now: datetime) -> JsonObject | None:
    """What was signed for this purpose; None if it was not signed here, or is too old."""
    try:
        kept = _signer(purpose).loads(signed)
    except BadSignature:
        return None
    return kept if isinstance(kept, dict) and kept.get("until", 0) > now.timestamp() else None


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"signed {purpose}")
