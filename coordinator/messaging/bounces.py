"""Reports of mail servers about an email that they could not deliver, as RFC 3464 has them."""

import re
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from typing import Final

FAILED: Final = "failed"
_ADDRESS: Final = re.compile(r"[^\s<>();]+@[^\s<>();]+")
_STATUS: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True, slots=True)
class Bounce:
    """What became of the email with this ``name``, which stands before the @ of its Message-ID.

    ``status`` is an enhanced status code like 5.1.1, ``is_final``: no server tries it again. ``reason`` is without
    addresses.
    """

    name: str
    status: str
    is_final: bool
    reason: str


def read_bounce(written: bytes) -> Bounce | None:
    """The report in this email; None when it is not one, or does not say about which email."""
    report = message_from_bytes(written)
    if report.get_content_type() != "multipart/report":
        return None
    told, name = _told(report), _name(report)
    status = _STATUS.search(told.get("status", ""))
    if name is None or status is None:
        return None
    action = told.get("action", "").strip().lower() or (FAILED if status[0][0] == "5" else "delayed")
    said = " ".join(_ADDRESS.sub("…", told.get("diagnostic-code", "")).split())
    what = "It came back" if action == FAILED else "It is late"
    return Bounce(name, status[0], action == FAILED, f"{what} ({status[0]}): {said}"[:300].rstrip(": "))


def _told(report: Message) -> dict[str, str]:
    """The fields about the recipient: an email of ours has one."""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            groups = part.get_payload()
            return {
                key.lower(): str(value)
                for group in (groups if isinstance(groups, list) else [])
                if isinstance(group, Message)
                for key, value in group.items()
            }
    return {}


def _name(report: Message) -> str | None:
    """From the headers of our email, which the report has with it."""
    for part in report.walk():
        if part is report:
            continue
        headers = part
        if part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            headers = message_from_string(payload.decode(errors="replace") if isinstance(payload, bytes) else "")
        if written := headers.get("Message-ID"):
            return str(written).strip().strip("<>").partition("@")[0]
    return None
