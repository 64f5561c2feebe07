"""Receipts: what the network calls back with is stored as it comes, and applied afterwards.

They come late, twice, out of order, before the answer to the call itself, or not at all. So a receipt only ever moves
its text forwards, the first final state wins, and the first thing each proves is that the network has the text.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from coordinator.db import transaction

from ..gateway import Refused
from ..models import WENT_OUT, Message, Receipt
from ..queries import message_of_sid, unapplied_receipts, with_their_rides
from ..refusals import WORTH_ANOTHER, kind_of
from .alarms import lift_alarms, raise_alarm
from .claiming import LINE_RESTS, last_moment
from .outbox import change_state, send_again
from .outcomes import accept, refused
from .tallies import count_one

_STATES: Final = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending"), "accepted"),
    "sent": "sent",
    **dict.fromkeys(("delivered", "read"), "delivered"),
    "undelivered": "undelivered",
    "failed": "failed",
    "canceled": "cancelled",
}
AT_A_TIME: Final = 500
ON_RECORD: Final = "CallboardRead"  # the one field of ours: it was not called back, but read from the network's record

log = logging.getLogger(__name__)


def store_receipt(message_id: int, fields: Mapping[str, str], *, now: datetime) -> Receipt:
    """Keep a callback about this message, every field of it, for ``apply_receipts`` to read."""
    receipt = Receipt(message_id=message_id, received_at=now, fields=dict(fields))
    with transaction() as session:
        session.add(receipt)
    return receipt


def apply_receipts(now: datetime) -> int:
    """Let what was called back change its texts; how many callbacks were read."""
    with transaction():
        receipts = unapplied_receipts(AT_A_TIME)
        together = with_their_rides({receipt.message_id for receipt in receipts}) if receipts else {}
        for receipt in receipts:
            receipt.applied_at = now
            rows = together.get(receipt.message_id)
            if rows is not None:
                _apply(receipt, rows)
        _let_delivered_texts_lift([rows[0] for rows in together.values() if rows[0].state == "delivered"], now)
        return len(receipts)


def _let_delivered_texts_lift(delivered: list[Message], now: datetime) -> None:
    """A text that left after carriers last blocked one, and arrived, shows that they let ours through again."""
    left = [message.sent_at for message in delivered if message.sent_at is not None]
    if left:
        lift_alarms("blocked", now=now, said_before=max(left))


def _apply(receipt: Receipt, rows: list[Message]) -> None:
    sid, at = str(receipt.fields.get("MessageSid") or ""), receipt.received_at
    if rows[0].direction != "out" or not _is_of(rows[0], sid):
        log.warning("message %s: a callback about another text was passed over", rows[0].id)
        return
    if rows[0].sent_at is None:
        accept(rows, sid, sender=_sender(receipt), at=at, cause="the network called back")
    state = _STATES.get(str(receipt.fields.get("MessageStatus") or ""))
    if state in ("undelivered", "failed"):
        _not_delivered(receipt, rows, state)
    elif state is not None:
        for row in rows:
            change_state(row, state, now=at, cause=f"the network said {receipt.fields['MessageStatus']}")
        if rows[0].state == "delivered":
            rows[0].error_code = None
            _is_reached(rows[0])


def _is_reached(message: Message) -> None:
    """What was wrong with the number is right again, if it was said of an earlier text."""
    person, since = message.person, message.sent_at
    if person is None or person.phone != message.phone or person.phone_trouble_at is None or since is None:
        return
    if person.phone_trouble_at <= since:
        person.phone_trouble = person.phone_trouble_at = None


def _is_of(message: Message, sid: str) -> bool:
    """Whether the network's name for it is this text's, or may become it."""
    if message.provider_sid is not None:
        return message.provider_sid == sid
    return 0 < len(sid) <= 64 and sid not in message.former_names and message_of_sid(sid) is None


def _not_delivered(receipt: Receipt, rows: list[Message], state: str) -> None:
    """What the network could not deliver: some of it goes once more while it is true, the rest has come to its end."""
    code, at = _code(receipt), receipt.received_at
    refusal = Refused(code, f"The network said {state} (code {code}).", kind_of(code))
    if refusal.kind == "account":
        raise_alarm("account", code=code, reason=refusal.reason, now=at)
    if not _may_go_again(rows, refusal, at):
        ended = replace(refusal, kind="other") if refusal.kind in ("account", "later") else refusal
        refused(rows, ended, sender=rows[0].sender or "", now=at, state=state)
    elif ON_RECORD in receipt.fields:
        for row in rows:
            send_again(row, now=at, cause=refusal.reason, after=LINE_RESTS)
        count_one("came_back")
    else:
        _ask_first(rows[0], code, at)


def _ask_first(message: Message, code: int, at: datetime) -> None:
    """Calls may contradict each other, and the first final one be lost: the network's own record decides.

    That the text has an error and yet no final state says that it is to be asked about at once.
    """
    message.error_code, message.look_at = code, at


def _may_go_again(rows: list[Message], refusal: Refused, at: datetime) -> bool:
    """When the account was at fault, and once when the next try may well succeed; while it is true."""
    wanted = refusal.kind == "account" or (refusal.code in WORTH_ANOTHER and rows[0].resends == 0)
    if not wanted or rows[0].state not in WENT_OUT or rows[0].state == "delivered":
        return False
    return not any(row.useful_until and at + LINE_RESTS > last_moment(row, row.useful_until) for row in rows)


def _sender(receipt: Receipt) -> str:
    """As opt-outs know it: the service, where one sends."""
    return str(receipt.fields.get("MessagingServiceSid") or receipt.fields.get("From") or "")[:64]


def _code(receipt: Receipt) -> int:
    written = str(receipt.fields.get("ErrorCode") or "")
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 9 else 0
