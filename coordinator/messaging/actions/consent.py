"""A number that wants no texts, and one that wants them again; kept for each sender, as the network does."""

from __future__ import annotations

from datetime import datetime

from coordinator.db import transaction

from ..models import OptOut
from ..queries import open_opt_outs


def stop_texts(phone: str, *, sender: str, how: str, now: datetime) -> None:
    """Send this number nothing more; ``how`` is the word that was texted, or the network's code. Twice is once."""
    with transaction() as session:
        if not open_opt_outs(phone, sender):
            session.add(OptOut(phone=phone, sender=sender, at=now, how=how))


def start_texts(phone: str, *, sender: str, now: datetime) -> bool:
    """Lift what stopped this number's texts; False when nothing did.

    What the network itself reported after ``now``, the instant of the wish to start, stands.
    """
    with transaction():
        wishes = [wish for wish in open_opt_outs(phone, sender) if wish.at <= now or not wish.how.isdigit()]
        for wish in wishes:
            wish.lifted_at = now
        return bool(wishes)
