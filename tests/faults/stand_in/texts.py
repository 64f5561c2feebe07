"""A text in the network: its words, its states over time, and its form in an answer."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any, Final

from tests.faults.stand_in.ledger import Entry, now
from tests.faults.stand_in.script import Script

UNDELIVERED: Final = (30003, 30004, 30005, 30006, 30007, 30008, 30032, 30034, 30036, 30500)
FAILED: Final = (30001, 30500, 99998)
ACCOUNT_LATER: Final = 30002


@dataclass(frozen=True)
class Account:
    """The account. Texts are sent from ``sender``, and replies go to it."""

    sid: str = "AC" + "0" * 32
    token: str = "the stand-in's token"
    sender: str = "+12125550100"


@dataclass(frozen=True)
class Step:
    """A state that a text reaches ``after`` seconds."""

    after: float
    status: str
    code: int | None = None


@dataclass(frozen=True)
class Text:
    """One text, outbound or inbound. It is in the list after ``listed_after`` seconds."""

    sid: str
    to: str
    sender: str
    body: str
    made_at: datetime
    steps: tuple[Step, ...]
    direction: str = "outbound-api"
    callback: str | None = None
    service: str | None = None
    listed_after: float = 0

    def state(self, at: datetime | None = None) -> Step:
        """The last state it has reached."""
        age = ((at or now()) - self.made_at).total_seconds()
        return [step for step in self.steps if step.after <= age or step is self.steps[0]][-1]

    @property
    def sent_at(self) -> datetime | None:
        """When it was sent; None while it is queued, so no date finds it."""
        at = next((step.after for step in self.steps if step.status not in {"queued", "accepted"}), None)
        sent_at = None if at is None else self.made_at + timedelta(seconds=at)
        return sent_at if sent_at is not None and sent_at <= now() else None

    def is_listed(self) -> bool:
        return (now() - self.made_at).total_seconds() >= self.listed_after


def sid_of(*key: object) -> str:
    """An id in the network's form, always the same for the same key."""
    return "SM" + hashlib.blake2b("\x1f".join(map(str, key)).encode(), digest_size=16).hexdigest()


def fate_of(script: Script, sid: str, pace: float) -> tuple[Step, ...]:
    """Every state that this text will have; ``pace`` is roughly the seconds until delivery."""
    sent = Step(pace * (0.2 + 0.3 * script.number("sent", sid)), "sent")
    begun, last = (Step(0, "queued"), sent), sent.after + pace * (0.1 + 0.5 * script.number("arrives", sid))
    match script.draw("fate", sid):
        case "undelivered" if script.number("failed", sid) < 0.3:
            return (Step(0, "queued"), Step(last, "failed", script.one_of(FAILED, "code", sid)))
        case "undelivered":
            return (*begun, Step(last, "undelivered", script.one_of(UNDELIVERED, "code", sid)))
        case "account_later":
            return (Step(0, "queued"), Step(last, "undelivered", ACCOUNT_LATER))
        case "only_sent":
            return begun
        case _:
            return (*begun, Step(last, "delivered"))


def resource(text: Text, account: str) -> dict[str, Any]:
    """The text in the form of the contract."""
    state, uri = text.state(), f"/2010-04-01/Accounts/{account}/Messages/{text.sid}"
    changed_at = text.made_at + timedelta(seconds=state.after)
    return {
        "account_sid": account,
        "api_version": "2010-04-01",
        "body": text.body,
        "date_created": format_datetime(text.made_at),
        "date_sent": format_datetime(text.sent_at) if text.sent_at else None,
        "date_updated": format_datetime(changed_at),
        "direction": text.direction,
        "error_code": state.code,
        "error_message": None,
        "from": text.sender or None,
        "messaging_service_sid": text.service,
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "price_unit": "USD",
        "sid": text.sid,
        "status": state.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": text.to,
        "uri": f"{uri}.json",
    }


def kept_text(entry: Entry, script: Script, pace: float, lag: float) -> Text:
    """A text from its ledger entry; this is also how a restarted network recovers its texts."""
    sid, inbound = entry["sid"], entry["what"] == "came in"
    return Text(
        sid=sid,
        to=entry["to"],
        sender=entry["from"],
        body=entry["body"],
        made_at=entry["at"],
        steps=(Step(0, "received"),) if inbound else fate_of(script, sid, pace),
        direction="inbound" if inbound else "outbound-api",
        callback=entry.get("callback"),
        service=entry.get("service"),
        listed_after=lag * script.number("lag", sid) if script.happens("list_lags", "lags", sid) else 0,
    )


def look_alikes(to: str, body: str, account: Account) -> list[Text]:
    """Similar texts that must not be confused with it: inbound, of another sender, an hour old, reworded."""
    whole: Mapping[str, Any] = {"steps": (Step(0, "delivered"),), "made_at": now()}
    earlier = {**whole, "made_at": now() - timedelta(hours=1)}
    return [
        Text(sid_of("in", to, body), account.sender, to, body, direction="inbound", **whole),
        Text(sid_of("returned", to, body), to, to, body, direction="inbound", **whole),
        Text(sid_of("stranger", to, body), to, "+12125550199", body, **whole),
        Text(sid_of("earlier", to, body), to, account.sender, body, **earlier),
        Text(sid_of("reworded", to, body), to, account.sender, f"{body} Bring cables.", **whole),
    ]
