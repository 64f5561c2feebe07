"""The network: what it accepts, refuses and remembers, and which fault each request gets."""

import base64
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from tests.faults.stand_in.answers import Answer, broken_off, json_answer, refusal
from tests.faults.stand_in.callbacks import Callbacks
from tests.faults.stand_in.calls import Later
from tests.faults.stand_in.contract import (
    E164,
    Asked,
    Given,
    breach_of_answer,
    breach_of_request,
    create_fields,
    the_contract,
)
from tests.faults.stand_in.inbound import Inbound
from tests.faults.stand_in.ledger import Entry, Ledger, entries, now
from tests.faults.stand_in.listing import Listing
from tests.faults.stand_in.script import Script
from tests.faults.stand_in.texts import Account, Text, kept_text, resource, sid_of
from tests.faults.stand_in.windows import Windows

RECIPIENTS_CODES = (21211, 21614, 21635, 21408, 21612, 21610, 30034, 99999)
ACCOUNTS_CODES = ((401, 20003), (400, 21606), (400, 21212), (429, 63038), (403, 20003))
OURS = Account()
FIVES = (500, 502, 503, 504)


@dataclass(frozen=True)
class Manner:
    """``pace``: seconds until delivery. ``lag``: the longest delay until the list has a text. ``app``: callback URL."""

    app: str = "http://127.0.0.1:8000"
    pace: float = 2.0
    lag: float = 60.0


class Network:
    """Everything behind the server. ``answer`` is thread-safe."""

    def __init__(
        self, script: Script, ledger: Ledger, windows: Windows, *, account: Account = OURS, manner: Manner = Manner()
    ) -> None:
        self.script, self.ledger, self.windows = script, ledger, windows
        self.account, self.manner = account, manner
        self.later = Later()
        self.texts: dict[str, Text] = {}
        self.tried: Counter[tuple[str, str]] = Counter()
        self.callbacks = Callbacks(script, ledger, self.account, self.later, manner.pace)
        self.inbound = Inbound(script, ledger, self.account, manner.app, self.later, self._keep)
        self.listing = Listing(script, self.account, self.texts, self.tried)
        self._lock = threading.Lock()
        self._remember()
        the_contract()

    def answer(self, asked: Asked) -> Answer:
        """Answer one request; violations of the contract by either side go into the ledger."""
        answer = self._weather(asked) or self._stranger(asked) or self._met(asked)
        if answer.fault is None and (breach := breach_of_answer(asked, Given(answer.status, answer.body))):
            self.ledger.write("contract", where=f"answer to {asked.method} {asked.path}", breach=breach)
        return answer

    def _met(self, asked: Asked) -> Answer:
        if breach := breach_of_request(asked):
            self.ledger.write("contract", where=f"{asked.method} {asked.path}", breach=breach)
        if asked.path == f"/2010-04-01/Accounts/{self.account.sid}/Messages.json":
            return self._create(asked) if asked.method == "post" else self.listing.answer(asked)
        sid = asked.path.removeprefix(f"/2010-04-01/Accounts/{self.account.sid}/Messages/").removesuffix(".json")
        text = self.texts.get(sid) if asked.method == "get" else None
        return json_answer(200, resource(text, self.account.sid)) if text else refusal(404, 20404)

    def _weather(self, asked: Asked) -> Answer | None:
        window, drawn = self.windows.open_now(), (asked.target, asked.body)
        if window == "outage":
            return refusal(503, 20503, fault=window)
        if window == "burst":
            return refusal(429, 20429, fault=window, retry_after=self.script.one_of((1, 2, None), "burst", *drawn))
        if window == "unauthorised":
            return refusal(*self.script.one_of(ACCOUNTS_CODES, "code", *drawn), fault=window)
        return None

    def _stranger(self, asked: Asked) -> Answer | None:
        known = base64.b64encode(f"{self.account.sid}:{self.account.token}".encode()).decode()
        return None if asked.headers.get("Authorization") == f"Basic {known}" else refusal(401, 20003)

    def _create(self, asked: Asked) -> Answer:
        arrived_at = now()
        pairs = parse_qsl(asked.body.decode(), keep_blank_values=True)
        form = dict(pairs)
        to, body = form.get("To", ""), form.get("Body", "")
        if code := _refused(form, len(pairs)):
            self.ledger.write("refused", to=to, body=body, code=code, fault=None)
            return refusal(400, code)
        with self._lock:
            self.tried[to, body] += 1
            attempt = self.tried[to, body]
        self.inbound.before(to, body, attempt)
        if to in self.inbound.blocked:
            return self._refuse(form, 21610, None)
        return self._play(form, attempt, arrived_at, self.script.draw("request", to, body, attempt))

    def _play(self, form: Mapping[str, str], attempt: int, arrived_at: object, fault: str | None) -> Answer:
        key = (form["To"], form["Body"], attempt)
        match fault:
            case "reset_after" | "black_hole":
                return broken_off(fault, "reset" if fault == "reset_after" else "never")
            case "error_before":
                return refusal(self.script.one_of(FIVES, "5xx", *key), 20500, fault=fault)
            case "too_many":
                return refusal(429, 20429, fault=fault, retry_after=self.script.one_of((1, 3, None), "after", *key))
            case "crowded":
                return refusal(400, self.script.one_of((21611, 30001), "code", *key), fault=fault)
            case "permanent":
                return self._refuse(form, self.script.one_of(RECIPIENTS_CODES, "code", *key), fault)
            case "html" if self.script.number("taken", *key) < 0.5:
                return _answered(Answer(201), fault)
        text = self._accept(form, attempt, arrived_at, fault)
        return _answered(json_answer(201, resource(text, self.account.sid)), fault)

    def _refuse(self, form: Mapping[str, str], code: int, fault: str | None) -> Answer:
        if code == 21610:
            self.inbound.blocked.add(form["To"])
        self.ledger.write("refused", to=form["To"], body=form["Body"], code=code, fault=fault)
        return refusal(400, code, fault=fault)

    def _accept(self, form: Mapping[str, str], attempt: int, arrived_at: object, fault: str | None) -> Text:
        """Accept the text, write it to disk, and start everything that follows."""
        entry = self.ledger.write(
            "accepted",
            arrived_at=arrived_at,
            sid=sid_of(self.script.seed, form["To"], form["Body"], attempt),
            to=form["To"],
            **{"from": form.get("From", "")},
            service=form.get("MessagingServiceSid"),
            body=form["Body"],
            callback=form.get("StatusCallback"),
            validity=form.get("ValidityPeriod"),
            attempt=attempt,
            fault=fault,
        )
        text = self._keep(entry)
        last = text.steps[-1]
        self.ledger.write("fate", sid=text.sid, status=last.status, code=last.code, after=last.after)
        self.callbacks.tell_early(text)
        self.callbacks.follow(text)
        self.inbound.after(text, attempt)
        return text

    def _keep(self, entry: Entry) -> Text:
        text = kept_text(entry, self.script, self.manner.pace, self.manner.lag)
        with self._lock:
            return self.texts.setdefault(text.sid, text)

    def _remember(self) -> None:
        """Load what an earlier process of this network had accepted before it was killed."""
        for entry in entries(self.ledger.path):
            if entry["what"] in {"accepted", "came in"}:
                self._keep(entry)
            if entry.get("network_blocks") or entry.get("code") == 21610:
                self.inbound.blocked.add(entry.get("from") or entry["to"])
            if entry["what"] == "accepted":
                self.tried[entry["to"], entry["body"]] = entry["attempt"]


def _refused(form: Mapping[str, str], fields: int) -> int | None:
    """The network's error code for a text that the contract allows but the network rejects; None when accepted."""
    wrong = {
        21602: not form.get("Body"),
        21603: not (form.get("From") or form.get("MessagingServiceSid")),
        21211: E164.fullmatch(form.get("To", "")) is None,
        21617: len(form.get("Body", "")) > 1600,
        20001: fields != len(form) or not set(form) <= create_fields(),
    }
    return next((code for code, is_wrong in wrong.items() if is_wrong), None)


def _answered(right: Answer, fault: str | None) -> Answer:
    """How the answer to an accepted text is sent; ``right`` is the answer without a fault."""
    match fault:
        case "hang_up":
            return broken_off(fault)
        case "no_answer":
            return broken_off(fault, "never")
        case "error_after":
            return refusal(500, 20500, fault=fault)
        case "html":
            page = b"<!doctype html><title>Welcome</title><p>Sign in to go on the air."
            return Answer(201, page, "text/html; charset=utf-8", fault=fault)
        case "late_answer" | "slow" | "truncated":
            manner = "late" if fault == "late_answer" else fault
            return replace(right, manner=manner, fault=fault)
    return right
