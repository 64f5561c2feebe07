"""An email came back: its row says so, its address is marked, and the notice goes on by text while it is of use."""

from datetime import datetime
from typing import Final

from coordinator.core.mail_links import MailLinks
from coordinator.db import db, transaction
from coordinator.people.models import Channel

from ..bounces import Bounce
from ..gateway import Refused
from ..models import Message, MessageState
from ..queries.installation import installation_name
from .outbox import note_change
from .outcomes import refused
from .tallies import count_one

_DIGITS: Final = 19
_NO_SUCH_MAILBOX: Final = 550
_WENT: Final = (MessageState.SENDING, MessageState.UNKNOWN, MessageState.ACCEPTED, MessageState.SENT)


def apply_bounce(bounce: Bounce, links: MailLinks, *, now: datetime) -> Message | None:
    """Record what a mail server reports about one of our emails; None if it isn't one, or has come to an end already.

    A delay is only recorded: the server goes on trying.
    """
    with transaction():
        message = _message_of(bounce, links)
        if message is None or message.state not in _WENT:
            return None
        if not bounce.is_final:
            note_change(message, now=now, cause=bounce.reason)
            return message
        refusal = Refused(_NO_SUCH_MAILBOX, bounce.reason, "recipient" if bounce.status[0] == "5" else "other")
        refused([message], refusal, sender="", now=now, state=MessageState.UNDELIVERED)
        count_one("bounced")
        return message


def _message_of(bounce: Bounce, links: MailLinks) -> Message | None:
    name, _, number = bounce.name.rpartition(".")[0].rpartition(".")
    if not links.is_named(bounce.name) or not number.isdigit() or len(number) > _DIGITS:
        return None
    message = db.session.get(Message, int(number), with_for_update={"of": Message})
    if message is None or message.channel != Channel.EMAIL:
        return None
    is_it = message.provider_sid == bounce.name if message.provider_sid else name == installation_name()
    return message if is_it else None
