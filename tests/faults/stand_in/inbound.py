"""Texts from people, and everything that can happen to them on the way to the app."""

import threading
from collections.abc import Callable

from tests.faults.stand_in.calls import Later, call
from tests.faults.stand_in.ledger import Entry, Ledger
from tests.faults.stand_in.script import Script
from tests.faults.stand_in.texts import Account, Text, sid_of

WORDS = ("C", "1", "WHEN", "OK!", "3", "1️⃣", "CUANDO", "hola, ¿a qué hora?", "HELP", "LATE 10", "is there parking " * 80)
STOPS = ("STOP", "stop.", "UNSUBSCRIBE", "CANCEL", "QUIT")
SHARE_THE_NETWORK_OBEYS = 0.5  # of those who send STOP; for the others only the app can stop the texts


class Inbound:
    """People answer texts; some opt out. ``keep`` is called with every inbound text."""

    def __init__(
        self, script: Script, ledger: Ledger, account: Account, app: str, later: Later, keep: Callable[[Entry], object]
    ) -> None:
        self.script = script
        self.ledger = ledger
        self.account = account
        self.url = f"{app}/twilio/inbound"
        self.later = later
        self.keep = keep
        self.blocked: set[str] = set()
        self._answered: set[str] = set()
        self._lock = threading.Lock()

    def before(self, to: str, body: str, attempt: int) -> None:
        """What the person does while a text to them is being sent."""
        if self.script.draw("inbound", to, body, attempt) == "stop_between" and self._first_of(to):
            self.stop(to)

    def after(self, text: Text, attempt: int) -> None:
        """What the person does with a text they received. Everyone answers once, so each reply can be matched."""
        fault = self.script.draw("inbound", text.to, text.body, attempt)
        if fault in {None, "stop_between"} or not self._first_of(text.to):
            return
        wait = 0.2 + 2 * self.script.number("answers after", text.sid)
        words, phone = self.script.one_of(WORDS, "words", text.sid), text.to
        if fault == "stop_after":
            self.later(wait, lambda: self.stop(phone))
        else:
            self.later(wait, lambda: self._answer(phone, words, fault))

    def stop(self, phone: str) -> None:
        """The person opts out. If the network handles that, it knows before the app does."""
        obeys = self.script.number("obeys", phone) < SHARE_THE_NETWORK_OBEYS
        if obeys:
            self.blocked.add(phone)
        words = self.script.one_of(STOPS, "stop", phone)
        self.text(phone, words, fault="stop", stops=True, network_blocks=obeys)

    def text(self, phone: str, body: str, turn: object = 1, **facts: object) -> int | None:
        """Accept a text from this phone and call the app with it; returns the app's status.

        The same words are a repeated call about the same text, unless ``turn`` differs.
        """
        sid = sid_of(self.script.seed, "in", phone, body, turn)
        lost = facts.get("fault") == "inbound_lost"
        answered = None if lost else call(self.url, self._fields(sid, phone, body), self.account.token)
        whole = {"sid": sid, "from": phone, "to": self.account.sender, "body": body}
        self.keep(self.ledger.write("came in", **whole, answered=answered, **facts))
        return answered

    def _answer(self, phone: str, words: str, fault: str | None) -> None:
        bodies = [words, "X"] if fault == "inbound_reordered" else [words]
        for body in reversed(bodies):
            for _ in range(2 if fault == "inbound_doubled" else 1):
                self.text(phone, body, fault=fault)

    def _first_of(self, phone: str) -> bool:
        with self._lock:
            is_first = phone not in self._answered
            self._answered.add(phone)
            return is_first

    def _fields(self, sid: str, phone: str, body: str) -> dict[str, str]:
        return {
            "AccountSid": self.account.sid,
            "ApiVersion": "2010-04-01",
            "Body": body,
            "From": phone,
            "MessageSid": sid,
            "NumMedia": "0",
            "NumSegments": "1",
            "SmsMessageSid": sid,
            "SmsSid": sid,
            "SmsStatus": "received",
            "To": self.account.sender,
        }
