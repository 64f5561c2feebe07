"""What carries emails: the mail server, a simulated mailbox, or nothing."""

from email.policy import SMTP

from config import Settings
from coordinator.core.mail_links import MailLinks
from coordinator.core.personal_links import PersonalLinks
from coordinator.people.models import Channel

from .gateway import Accepted, Line, Outcome, OutgoingText, Refused
from .mail_message import message_of
from .simulated_gateway import SENDER
from .smtp import SmtpServer

NOT_SET_UP = 550


class MailLine:
    """A real mail server; each thread keeps a connection to it."""

    channel = Channel.EMAIL

    def __init__(self, server: SmtpServer, sender: str, links: PersonalLinks) -> None:
        self.server, self.sender = server, sender
        self._links, self._mail_links = links, MailLinks(links.public_url, links.secret)

    def send(self, text: OutgoingText) -> Outcome:
        message = message_of(text, self.sender, self._links, self._mail_links)
        name = message["Message-ID"].strip("<>").partition("@")[0]
        return self.server.deliver(message.as_bytes(policy=SMTP), text.to, sid=name)


class SimulatedMailLine:
    """Takes every email at once; they are shown at ``/phones/mail``."""

    channel, sender = Channel.EMAIL, SENDER

    def send(self, text: OutgoingText) -> Outcome:
        return Accepted(text.letter.name if text.letter else str(text.message_id))


class NoMailLine:
    """Where texts really go out and no mail server is set: notices go on by text, or onto the call list."""

    channel, sender = Channel.EMAIL, ""

    def send(self, text: OutgoingText) -> Outcome:
        return Refused(NOT_SET_UP, "No mail server is set up.", "other")


def mail_line_for(settings: Settings, links: PersonalLinks) -> Line:
    """The mail server of ``SMTP_URL``; without one simulated mailboxes, if phones are simulated too."""
    if settings.smtp_url:
        return MailLine(SmtpServer(settings.smtp_url, settings.mail_from), settings.mail_from, links)
    return SimulatedMailLine() if settings.twilio is None else NoMailLine()
