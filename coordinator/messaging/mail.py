"""Emails that are sent at once, such as links: over SMTP where a server is set, else not at all."""

from __future__ import annotations

import logging
import threading
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from typing import TYPE_CHECKING, Protocol

from .gateway import Accepted
from .smtp import SECONDS, SmtpServer

if TYPE_CHECKING:
    from config import Settings


class NotMailed(Exception):
    """The server did not take the email; the message says why, for the log and the operator."""


class Mailer(Protocol):
    """What sends an email."""

    @property
    def is_set_up(self) -> bool:
        """Whether emails are sent; if not, links are shown to whoever asked for them."""
        ...

    def send(self, to: str, subject: str, words: str) -> None:
        """Send it now. Raises NotMailed."""
        ...


class NoMailer:
    """Where no server is set: nothing is sent, and nobody is told that it was."""

    is_set_up = False

    def send(self, to: str, subject: str, words: str) -> None:
        raise NotMailed("SMTP_URL is not set")


class SmtpMailer:
    """Sends through a server, over a connection of its own for each email."""

    is_set_up = True

    def __init__(self, url: str, sender: str, *, seconds: float = SECONDS) -> None:
        self._url, self._sender, self._seconds = url, sender, seconds

    def send(self, to: str, subject: str, words: str) -> None:
        server = SmtpServer(self._url, self._sender, seconds=self._seconds)
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, to, subject
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=server.domain)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(words, cte="quoted-printable")
        outcome = server.deliver(message.as_bytes(policy=SMTP), to, sid=message["Message-ID"])
        server.close()
        if not isinstance(outcome, Accepted):
            raise NotMailed(outcome.reason)


def send_apart(mailer: Mailer, to: str, subject: str, words: str) -> None:
    """Send it while the caller goes on: how long the answer takes must not tell whether there was anything to send."""

    def send() -> None:
        try:
            mailer.send(to, subject, words)
        except NotMailed as fault:
            logging.getLogger(__name__).warning("an email was not sent: %s", fault)

    threading.Thread(target=send, name="mail", daemon=True).start()


def mailer_for(settings: Settings) -> Mailer:
    """What sends the emails of this installation."""
    return SmtpMailer(settings.smtp_url, settings.mail_from) if settings.smtp_url else NoMailer()
