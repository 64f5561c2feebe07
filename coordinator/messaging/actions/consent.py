"""Opt-outs of numbers, stored for each sender, as the network does."""

from datetime import datetime

from coordinator.db import transaction

from ..models import OptOut
from ..queries.outbox import open_opt_outs


def stop_texts(phone: str, *, sender: str, cause: str, now: datetime) -> None:
    """Send this number nothing more; ``how`` is the word that was texted, or the network's code. Twice is once."""
    with transaction() as session:
        if not open_opt_outs(phone, sender):
            session.add(OptOut(phone=phone, sender=sender, at=now, cause=cause))


def start_texts(phone: str, *, sender: str, now: datetime) -> bool:
    """Lift this number's opt-out; False if it had none.

    An opt-out that the network itself reported after ``now``, the instant of the START, stays.
    """
    with transaction():
        opt_outs = [
            opt_out for opt_out in open_opt_outs(phone, sender) if opt_out.at <= now or not opt_out.cause.isdigit()
        ]
        for opt_out in opt_outs:
            opt_out.lifted_at = now
        return bool(opt_outs)
