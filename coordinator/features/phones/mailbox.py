"""Emails as a simulated mailbox shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from coordinator.core.mail_links import MailLinks
from coordinator.core.personal_links import LinkOwner, PersonalLinks
from coordinator.messaging.actions.emails import email_of
from coordinator.messaging.mail_message import mail_body
from coordinator.messaging.models import Message


@dataclass(frozen=True)
class ReceivedMail:
    """One email; ``words`` is all of it, with working links."""

    id: int
    at: datetime
    sender: str
    subject: str
    words: str
    has_calendar: bool


def mailboxes(messages: Iterable[Message], links: PersonalLinks) -> Mapping[str, list[ReceivedMail]]:
    """The emails by address, in the order given."""
    found: dict[str, list[ReceivedMail]] = {}
    for message in messages:
        found.setdefault(message.address or "", []).append(_received(message, links))
    return found


def _received(message: Message, links: PersonalLinks) -> ReceivedMail:
    person = message.person
    owner = LinkOwner(person.id, person.link_version) if person else None
    at = message.sent_at or message.created_at
    mail = email_of(message, "", owner, at)
    stop = MailLinks(links.public_url, links.secret).stop_address(owner.id, mail.to) if owner else None
    return ReceivedMail(
        id=message.id,
        at=at,
        sender=mail.letter.organisation if mail.letter else "",
        subject=mail.letter.subject if mail.letter else "",
        words=mail_body(mail, links, stop),
        has_calendar=mail.letter is not None and mail.letter.calendar is not None,
    )
