"""``python -m tests.faults.mail_stand_in``: a mail server on this machine that fails, with a ledger of what it took.

What goes wrong is drawn from a seed, per email and attempt. An email is in the ledger, on disk, before any answer.
"""

import argparse
import asyncio
import signal
import sys
import threading
from collections import Counter
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any, Final, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests.faults.stand_in.ledger import Ledger, now
from tests.faults.stand_in.script import Script

RATES: Final = {
    "busy": 0.02,  # 421 to MAIL
    "greylisted": 0.1,  # 451 to RCPT, once
    "no_such_user": 0.02,  # 550 5.1.1 to RCPT
    "dropped_before": 0.03,  # hangs up instead of asking for the words
    "full": 0.02,  # 452 after the words
    "spam": 0.01,  # 554 after the words
    "lost": 0.03,  # hangs up after the words, and has not kept them
    "kept": 0.05,  # hangs up after the words, and has kept them
    "slow": 0.05,  # takes a second over the words
}
BEFORE: Final = ("busy", "greylisted", "no_such_user", "dropped_before")
ANSWERS: Final = {
    "busy": "421 4.3.2 busy",
    "greylisted": "451 4.7.1 try later",
    "no_such_user": "550 5.1.1 nobody of that name",
    "full": "452 4.3.1 disk full",
    "spam": "554 5.7.1 looks like spam",
}


class FailingServer:
    """Answers as the script says. ``tries`` counts the attempts for each address."""

    def __init__(self, script: Script, ledger: Ledger) -> None:
        self.script, self.ledger = script, ledger
        self.tries = Counter[str]()

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd calls it
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        self.tries[address] += 1
        for name in BEFORE:
            if self.script.happens(name, address, self.tries[address]):
                if name == "dropped_before":
                    _hang_up(server)
                return ANSWERS.get(name, "250 OK")
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=default)
        key = str(mail["Message-ID"])
        self.tries[key] += 1
        fault = next(
            (name for name in RATES if name not in BEFORE and self.script.happens(name, key, self.tries[key])), ""
        )
        if fault == "slow":
            await asyncio.sleep(1)
        if fault in ("", "slow", "kept"):
            body = mail.get_body(("plain",))
            said = str(body.get_content()) if body is not None else ""
            to = envelope.rcpt_tos[0]
            self.ledger.write("mailed", sid=key, to=to, body=said, arrived_at=now(), fault=fault)
        if fault in ("lost", "kept"):
            _hang_up(server)
        return ANSWERS.get(fault, "250 OK")


def _hang_up(server: SMTP) -> None:
    cast("asyncio.Transport", server.transport).abort()


def main() -> None:
    """Listen until SIGTERM."""
    reader = argparse.ArgumentParser(prog="python -m tests.faults.mail_stand_in")
    reader.add_argument("--port", type=int, required=True)
    reader.add_argument("--ledger", type=Path, required=True)
    reader.add_argument("--seed", type=int, default=1)
    asked, told = reader.parse_args(), threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: told.set())
    server = FailingServer(Script(asked.seed, RATES), Ledger(asked.ledger))
    controller = Controller(server, hostname="127.0.0.1", port=asked.port)
    controller.start()
    sys.stdout.write(f"smtp://127.0.0.1:{asked.port}\n")
    sys.stdout.flush()
    told.wait()
    controller.stop()


if __name__ == "__main__":
    main()
