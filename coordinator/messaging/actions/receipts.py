"""Receipts, the network's callbacks about our texts: stored as they come, and applied afterwards.

They come late, twice, out of order, before the response to the call itself, or not at all. So a receipt only ever moves
its text forward, the first final state wins, and every receipt proves that the network has the text.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from coordinator.db import transaction

from ..gateway import Refused
from ..models import WENT_OUT, AlarmKind, Direction, Message, MessageState, Receipt
from ..queries.outbox import message_of_sid, unapplied_receipts, with_their_rides
from ..refusals import WORTH_ANOTHER, kind_of
from .alarms import lift_alarms, raise_alarm
from .claiming import LINE_RESTS
from .dispositions import last_moment
from .going_on import may_go_on
from .outbox import change_state, send_again
from .outcomes import accept, refused
from .tallies import count_one

_STATES: Final = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending"), MessageState.ACCEPTED),
    "sent": MessageState.SENT,
    **dict.fromkeys(("delivered", "read"), MessageState.DELIVERED),
    "undelivered": MessageState.UNDELIVERED,
    "failed": MessageState.FAILED,
    "canceled": MessageState.CANCELLED,
}
AT_A_TIME: Final = 500
ON_RECORD: Final = "CallboardRead"  # our own field: not called back, but read from the network's record

log = logging.getLogger(__name__)


def store_receipt(message_id: int, fields: Mapping[str, str], *, now: datetime) -> Receipt:
    """Store a callback about this message, every field of it, for ``apply_receipts``."""
    receipt = Receipt(message_id=message_id, received_at=now, fields=dict(fields))
    with transaction() as session:
        session.add(receipt)
    return receipt


def apply_receipts(now: datetime) -> int:
    """Apply stored callbacks to their texts; how many were read."""
    with transaction():
        receipts = unapplied_receipts(AT_A_TIME)
        together = with_their_rides({receipt.message_id for receipt in receipts}) if receipts else {}
        for receipt in receipts:
            receipt.applied_at = now
            rows = together.get(receipt.message_id)
            if rows is not None:
                _apply(receipt, rows)
        _let_delivered_texts_lift(
            [rows[0] for rows in together.values() if rows[0].state == MessageState.DELIVERED], now
        )
        return len(receipts)


def _let_delivered_texts_lift(delivered: list[Message], now: datetime) -> None:
    """A text that went out after carriers last blocked one, and arrived, shows that they let ours through again."""
    left = [message.sent_at for message in delivered if message.sent_at is not None]
    if left:
        lift_alarms(AlarmKind.BLOCKED, now=now, said_before=max(left))


def _apply(receipt: Receipt, rows: list[Message]) -> None:
    sid, at = str(receipt.fields.get("MessageSid") or ""), receipt.received_at
    if rows[0].direction != Direction.OUT or not _is_of(rows[0], sid):
        log.warning("message %s: a callback about another text was ignored", rows[0].id)
        return
    if rows[0].sent_at is None:
        accept(rows, sid, sender=_sender(receipt), at=at, cause="the network called back")
    state = _STATES.get(str(receipt.fields.get("MessageStatus") or ""))
    if state in (MessageState.UNDELIVERED, MessageState.FAILED):
        _not_delivered(receipt, rows, state)
    elif state is not None:
        for row in rows:
            change_state(row, state, now=at, cause=f"the network said {receipt.fields['MessageStatus']}")
        if rows[0].state == MessageState.DELIVERED:
            rows[0].error_code = None
            _is_reached(rows[0])


def _is_reached(message: Message) -> None:
    """Clear the number's trouble, if it was reported for an earlier text."""
    person, since = message.person, message.sent_at
    if person is None or person.phone != message.phone or person.phone_trouble_at is None or since is None:
        return
    if person.phone_trouble_at <= since:
        person.phone_trouble = person.phone_trouble_at = None


def _is_of(message: Message, sid: str) -> bool:
    """Whether the network's ID is this text's, or may become it."""
    if message.provider_sid is not None:
        return message.provider_sid == sid
    return 0 < len(sid) <= 64 and sid not in message.former_names and message_of_sid(sid) is None


def _not_delivered(receipt: Receipt, rows: list[Message], state: str) -> None:
    """A text the network could not deliver: some are sent again, or go on by email, while they are true; others end."""
    code, at = _code(receipt), receipt.received_at
    refusal = Refused(code, f"The network said {state} (code {code}).", kind_of(code))
    if refusal.kind == "account":
        raise_alarm(AlarmKind.ACCOUNT, code=code, reason=refusal.reason, now=at)
    again, on_record = _may_go_again(rows, refusal, at), ON_RECORD in receipt.fields
    if not on_record and (again or any(may_go_on(row, now=at) for row in rows)):
        _ask_first(rows[0], code, at)
    elif again:
        for row in rows:
            send_again(row, now=at, cause=refusal.reason, after=LINE_RESTS)
        count_one("came_back")
    else:
        ended = replace(refusal, kind="other") if refusal.kind in ("account", "later") else refusal
        refused(rows, ended, sender=rows[0].sender or "", now=at, state=state)


def _ask_first(message: Message, code: int, at: datetime) -> None:
    """Callbacks may contradict each other, and the first final one may be lost: the network's own record decides.

    A text with an error but no final state is looked up at once.
    """
    message.error_code, message.check_at = code, at


def _may_go_again(rows: list[Message], refusal: Refused, at: datetime) -> bool:
    """Yes if the account was at fault, and once if the next try may well succeed; while the text is true."""
    wanted = refusal.kind == "account" or (refusal.code in WORTH_ANOTHER and rows[0].resends == 0)
    if not wanted or rows[0].state not in WENT_OUT or rows[0].state == MessageState.DELIVERED:
        return False
    return not any(row.useful_until and at + LINE_RESTS > last_moment(row, row.useful_until) for row in rows)


def _sender(receipt: Receipt) -> str:
    """The sender as opt-outs know it: the messaging service, if one sends."""
    return str(receipt.fields.get("MessagingServiceSid") or receipt.fields.get("From") or "")[:64]


def _code(receipt: Receipt) -> int:
    written = str(receipt.fields.get("ErrorCode") or "")
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 9 else 0
