"""Emails over a real SMTP server on this machine, and one that takes none."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from coordinator.messaging.mail import NoMailer, NotMailed, SmtpMailer, mailer_for
from coordinator.services import services


class Postbox:
    """Keeps what it is given, or refuses it."""

    def __init__(self, refusal: str = "") -> None:
        self.refusal = refusal
        self.letters: list[Message] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - as aiosmtpd calls it
        if self.refusal:
            return self.refusal
        self.letters.append(message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    box = Postbox()
    yield from served(box)


def served(box: Postbox) -> Iterator[tuple[Postbox, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


def test_an_email_arrives_with_its_words(postbox: tuple[Postbox, int]) -> None:
    box, port = postbox

    SmtpMailer(f"smtp://127.0.0.1:{port}", "Callboard <show@show.example>").send(
        "ana@show.example", "Hi", "Come in, Lucía"
    )

    letter = box.letters[0]
    assert (letter["To"], letter["From"], letter["Subject"]) == (
        "ana@show.example",
        "Callboard <show@show.example>",
        "Hi",
    )
    body = letter.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode().strip() == "Come in, Lucía"
    assert letter["Message-ID"].endswith("@show.example>")


def test_a_server_that_refuses_or_is_not_there_is_said() -> None:
    for box, port in served(Postbox("554 no")):
        with pytest.raises(NotMailed, match="554"):
            SmtpMailer(f"smtp://127.0.0.1:{port}", "show@show.example").send("ana@show.example", "Hi", "Come in")
        assert box.letters == []
    with pytest.raises(NotMailed):
        SmtpMailer(f"smtp://127.0.0.1:{port}", "show@show.example", seconds=2).send("ana@show.example", "Hi", "Come in")


def test_without_a_server_nothing_is_sent(sqlite_app: Flask) -> None:
    mailer = mailer_for(services().settings)

    assert (isinstance(mailer, NoMailer), mailer.is_set_up) == (True, False)
    with pytest.raises(NotMailed):
        mailer.send("ana@show.example", "Hi", "Come in")
