"""Decides what goes wrong, how often and when, from a seed and the affected request, independent of timing.

A text gets the same fault in every run with the same seed, however threads are scheduled: the fault depends on its
number, its words and how many times it was tried.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

_T = TypeVar("_T")

Kind = Literal["connection", "request", "window", "callback", "fate", "inbound", "list"]


@dataclass(frozen=True)
class Fault:
    """One thing that can go wrong. ``rate``: its probability, or for windows their number per stretch."""

    kind: Kind
    rate: float
    means: str


FAULTS: Final[Mapping[str, Fault]] = {
    "reset_before": Fault("connection", 0.01, "the connection is reset before the request is read"),
    "reset_after": Fault("request", 0.01, "the request is read, the connection reset, nothing accepted"),
    "hang_up": Fault("request", 0.01, "accepted, and the connection reset instead of an answer"),
    "black_hole": Fault("request", 0.01, "read, not accepted, never answered"),
    "no_answer": Fault("request", 0.01, "accepted, never answered"),
    "late_answer": Fault("request", 0.01, "accepted, answered after the other side's patience"),
    "slow": Fault("request", 0.01, "answered rightly at 0.9 of the other side's patience"),
    "error_before": Fault("request", 0.03, "a 5xx, nothing accepted"),
    "error_after": Fault("request", 0.02, "accepted, and answered with a 5xx"),
    "truncated": Fault("request", 0.01, "accepted, and a 201 that breaks off in the middle"),
    "html": Fault("request", 0.01, "a 201 with HTML, accepted or not"),
    "too_many": Fault("request", 0.03, "a 429, with Retry-After or without"),
    "crowded": Fault("request", 0.01, "21611 or 30001: the queue is full, the same text may be taken later"),
    "permanent": Fault("request", 0.03, "one of the codes that are the recipient's, the carrier's or unknown"),
    "refused": Fault("window", 2, "nobody listens: connections are refused"),
    "outage": Fault("window", 1, "503 to everything"),
    "burst": Fault("window", 3, "429 to everything, with Retry-After and without in turn"),
    "unauthorised": Fault("window", 1, "401 or an account's other code to everything, late in the stretch"),
    "undelivered": Fault("fate", 0.08, "the carrier or the phone refuses it, in a callback only"),
    "account_later": Fault("fate", 0.001, "30002 in a callback: the account is refused, the line must rest"),
    "only_sent": Fault("fate", 0.08, "sent is its last state for ever"),
    "doubled": Fault("callback", 0.06, "every callback comes twice"),
    "reordered": Fault("callback", 0.06, "the last callback comes first"),
    "early": Fault("callback", 0.06, "the first callback comes before the answer to the create"),
    "lost": Fault("callback", 0.2, "no callback comes"),
    "forged": Fault("callback", 0.04, "somebody else says that it failed, under a signature of their own"),
    "other_account": Fault("callback", 0.02, "rightly signed, and about another account"),
    "unknown_fields": Fault("callback", 0.06, "signed fields that nobody has heard of"),
    "after_deletion": Fault("callback", 0.03, "a callback about a text that the app does not have"),
    "contradicting": Fault("callback", 0.04, "after the final state another final state"),
    "answers": Fault("inbound", 0.03, "the person answers"),
    "inbound_doubled": Fault("inbound", 0.03, "the answer is called in twice"),
    "inbound_reordered": Fault("inbound", 0.02, "the second of two answers is called in first"),
    "inbound_lost": Fault("inbound", 0.01, "the answer is in the list only"),
    "stop_between": Fault("inbound", 0.03, "STOP is called in while a text to the same person is on its way"),
    "stop_after": Fault("inbound", 0.03, "STOP as an answer to the text"),
    "list_fails": Fault("list", 0.15, "the list is answered with a 5xx, or not at all"),
    "list_lags": Fault("list", 0.4, "a text is in the list only after a while"),
    "list_pages": Fault("list", 0.5, "the list comes in pages of two"),
    "look_alike": Fault("list", 0.5, "the list holds texts that only look like ours"),
}


class Script:
    """The faults of a run. ``rates`` are those of the active faults, by name."""

    def __init__(self, seed: int, rates: Mapping[str, float]) -> None:
        self.seed = seed
        self.rates = dict(rates)

    def number(self, *key: object) -> float:
        """A number from 0 to 1 (exclusive), always the same for the same key."""
        written = "\x1f".join(map(str, (self.seed, *key))).encode()
        return int.from_bytes(hashlib.blake2b(written, digest_size=8).digest()) / 2**64

    def one_of(self, choices: Sequence[_T], *key: object) -> _T:
        return choices[int(self.number(*key) * len(choices))]

    def happens(self, name: str, *key: object) -> bool:
        return self.number(name, *key) < self.rates.get(name, 0)

    def draw(self, kind: Kind, *key: object) -> str | None:
        """The fault of this kind for this key; None for no fault."""
        left = self.number(kind, *key)
        for name, rate in self.rates.items():
            if FAULTS[name].kind == kind:
                if left < rate:
                    return name
                left -= rate
        return None


class NoSuchFault(ValueError):
    """An unknown fault was requested; the message lists the known ones."""


def rates_of(asked: str) -> dict[str, float]:
    """The rates of the faults in ``all``, ``none``, or ``html,black_hole=0.5``. Raises NoSuchFault."""
    if asked in {"all", "none"}:
        return {name: fault.rate for name, fault in FAULTS.items()} if asked == "all" else {}
    rates: dict[str, float] = {}
    for each in asked.split(","):
        name, _, rate = each.strip().partition("=")
        if name not in FAULTS:
            raise NoSuchFault(f"There is no fault called {name!r}; there are {', '.join(FAULTS)}.")
        rates[name] = float(rate) if rate else FAULTS[name].rate
    return rates
