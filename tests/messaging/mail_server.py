"""A real SMTP server on this machine, which fails as it is told to."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

DROP = "drop"  # hang up, without an answer
DROP_KEPT = "drop what was kept"  # take the email, then hang up without saying so
SLOW = "slow"  # answer after a second


class MailServer:
    """Keeps the emails it takes. ``faults`` says, per step (``MAIL``, ``RCPT``, ``DATA``), what comes next."""

    def __init__(self, **faults: list[str]) -> None:
        self.faults = faults
        self.mails: list[EmailMessage] = []
        self.connections = 0
        self.host, self.port = "127.0.0.1", 0

    @property
    def url(self) -> str:
        return f"smtp://{self.host}:{self.port}"

    async def handle_EHLO(  # noqa: N802 - as aiosmtpd calls it
        self, server: SMTP, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return await self._answer("MAIL", server)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return await self._answer("RCPT", server)

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=default)
        fault = self.faults.get("DATA", [])[:1]
        if not fault or fault[0] in (DROP_KEPT, SLOW):
            self.mails.append(mail)
        return await self._answer("DATA", server)

    async def _answer(self, step: str, server: SMTP) -> str:
        coming = self.faults.get(step)
        fault = coming.pop(0) if coming else ""
        if fault in (DROP, DROP_KEPT):
            cast("asyncio.Transport", server.transport).abort()
        if fault == SLOW:
            await asyncio.sleep(1)
        return fault if fault[:1].isdigit() else "250 OK"


def refuse_login(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=False, handled=False)


@contextmanager
def serving(box: MailServer, *, host: str = "127.0.0.1", **options: Any) -> Iterator[MailServer]:
    """The server at a free port of this machine, until the block ends."""
    with socket.socket() as free:
        free.bind((host, 0))
        box.host, box.port = free.getsockname()
    controller = Controller(box, hostname=host, port=box.port, **options)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
