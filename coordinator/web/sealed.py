"""Small things that a browser carries for us and cannot change: signed, each for one purpose and for so long."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def seal(purpose: str, kept: dict[str, Any], until: datetime) -> str:
    """The same as letters for an address, a cookie or a form. It can be read by whoever holds it, and not changed."""
    return str(_signer(purpose).dumps({**kept, "until": int(until.timestamp())}))


def unseal(purpose: str, sealed: str, now: datetime) -> dict[str, Any] | None:
    """What was sealed for this purpose; None when it was not sealed here, or is too old."""
    try:
        kept = _signer(purpose).loads(sealed)
    except BadSignature:
        return None
    return kept if isinstance(kept, dict) and kept.get("until", 0) > now.timestamp() else None


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"sealed {purpose}")
