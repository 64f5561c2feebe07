"""An email as it leaves: what its row says, and what the row's text says where it was not written as one."""

from datetime import datetime
from typing import Final

from coordinator.core.invitation import CalendarEntry
from coordinator.core.mail_words import subject_of
from coordinator.core.personal_links import LinkOwner

from ..gateway import Letter, OutgoingText
from ..models import Message, MessageKind

NO_PAGE: Final = (MessageKind.CODE, MessageKind.DIGEST, MessageKind.ALERT, MessageKind.FORWARD)
NOBODY: Final = "Callboard"


def email_of(message: Message, installation: str, owner: LinkOwner | None, now: datetime) -> OutgoingText:
    """The claimed message as an email; ``installation`` is its name, for the Message-ID."""
    mail, person = message.mail or {}, message.person
    organisation = message.organisation.name if message.organisation else NOBODY
    body = str(mail.get("body") or message.body)
    first_name = person.first_name if person else ""
    link = "answer" if mail.get("asks") else "page"
    letter = Letter(
        name=f"{installation}.{message.id}",
        subject=str(mail.get("subject") or subject_of(body, first_name=first_name, org=organisation)),
        organisation=organisation,
        language=message.language,
        link=link if person is not None and message.kind not in NO_PAGE else None,
        calendar=CalendarEntry.from_json(mail["calendar"]) if mail.get("calendar") else None,
        at=now,
    )
    return OutgoingText(message.id, message.address or "", body, person=owner, letter=letter)
