"""Status callbacks to the app, and everything that can be wrong with them."""

import re
from collections.abc import Sequence
from functools import partial

from tests.faults.stand_in.calls import Later, call
from tests.faults.stand_in.ledger import Ledger
from tests.faults.stand_in.script import Script
from tests.faults.stand_in.texts import Account, Step, Text

STRANGERS_TOKEN = "a stranger's token"
LIES = {"forged", "other_account"}  # the app must refuse these and change nothing
FAILED = Step(0, "failed", 30008)
OPPOSITE = {"delivered": FAILED, "undelivered": Step(0, "delivered"), "failed": Step(0, "delivered")}
NOBODYS_ID = "2147480000"


class Callbacks:
    """Calls back about texts; each call and its answer is in the ledger."""

    def __init__(self, script: Script, ledger: Ledger, account: Account, later: Later, pace: float) -> None:
        self.script = script
        self.ledger = ledger
        self.account = account
        self.later = later
        self.pace = pace  # seconds; a callback is delayed by up to half of it

    def fault_of(self, text: Text) -> str | None:
        return self.script.draw("callback", text.sid)

    def tell_early(self, text: Text) -> None:
        """For the fault of early callbacks: the first callback, before the create request is answered."""
        if text.callback and self.fault_of(text) == "early":
            self._tell(text, text.steps[0], "early")

    def follow(self, text: Text) -> None:
        """Schedule every callback about a text that was just accepted."""
        fault = self.fault_of(text)
        if text.callback is None or fault == "lost":
            return
        for after, step in self._in_order(text, fault):
            for _ in range(2 if fault == "doubled" else 1):
                self.later(after, partial(self._tell, text, step, fault))
        self._say_something_else(text, fault)

    def _in_order(self, text: Text, fault: str | None) -> Sequence[tuple[float, Step]]:
        told = text.steps[1:] if fault == "early" else text.steps
        wait = self.pace / 2 * self.script.number("told", text.sid)
        times = [step.after + wait for step in told]
        steps = list(reversed(told)) if fault == "reordered" else list(told)
        ordered = list(zip(times, steps, strict=True))
        if fault == "contradicting" and told[-1].status in OPPOSITE:
            ordered.append((times[-1] + 0.3, OPPOSITE[told[-1].status]))
        return ordered

    def _say_something_else(self, text: Text, fault: str | None) -> None:
        if fault in LIES:
            self.later(0, partial(self._tell, text, FAILED, fault, lie=True))
        if fault == "after_deletion" and text.callback:
            self.later(0, partial(self._tell, text, FAILED, fault, url=re.sub(r"\d+$", NOBODYS_ID, text.callback)))

    def _tell(self, text: Text, step: Step, fault: str | None, *, url: str | None = None, lie: bool = False) -> None:
        fields = self._fields(text, step)
        fields |= {"RawDlrDoneDate": "2612042030", "Añadido": "sí", "Empty": ""} if fault == "unknown_fields" else {}
        fields |= {"AccountSid": "AC" + "f" * 32} if lie and fault == "other_account" else {}
        token = STRANGERS_TOKEN if lie and fault == "forged" else self.account.token
        answered = call(url or text.callback or "", fields, token)
        self.ledger.write("called back", sid=text.sid, status=step.status, fault=fault, lie=lie, answered=answered)

    def _fields(self, text: Text, step: Step) -> dict[str, str]:
        fields = {
            "AccountSid": self.account.sid,
            "ApiVersion": "2010-04-01",
            "From": text.sender,
            "MessageSid": text.sid,
            "MessageStatus": step.status,
            "SmsSid": text.sid,
            "SmsStatus": step.status,
            "To": text.to,
        }
        fields |= {"MessagingServiceSid": text.service} if text.service else {}
        return fields | ({"ErrorCode": str(step.code)} if step.code else {})
