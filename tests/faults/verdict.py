"""What happened to every text that was due, according to the stand-in's ledger and not the app.

Each text to a person who had not opted out was either accepted once, or is shown to a coordinator as not confirmed. The
app is only asked which texts it shows.
"""

import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from tests.faults.stand_in.ledger import Entry, entries

MARK: Final = re.compile(r"\bno (\d{5})\b")
SLACK: Final = timedelta(seconds=5)  # between the app's last check and the request's arrival, on a busy machine
CAME_BACK: Final = {"undelivered", "failed"}  # reported by the network itself: the text may be sent once more


@dataclass(frozen=True)
class Due:
    """A queued text; ``mark`` occurs in its words only."""

    mark: str
    phone: str
    due_at: datetime
    useful_until: datetime | None
    address: str | None = None  # the person also, or only, gets emails


class DueList:
    """The texts that were due, one per line, written before the app is asked to send them."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, texts: Iterable[Due]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(text), default=datetime.isoformat) + "\n" for text in texts)
            file.flush()
            os.fsync(file.fileno())

    def read(self) -> list[Due]:
        return [_due(json.loads(line)) for line in self.path.read_text(encoding="utf-8").splitlines()]


def _due(written: dict[str, str | None]) -> Due:
    until = written["useful_until"]
    at = datetime.fromisoformat(str(written["due_at"]))
    useful_until = datetime.fromisoformat(until) if until else None
    return Due(str(written["mark"]), str(written["phone"]), at, useful_until, written["address"])


@dataclass
class Verdict:
    """Marks of the texts that went wrong, and of those shown to a coordinator; and other violations.

    ``late``: accepted after it was useful. ``illegal``: accepted after the person's STOP was answered. ``breaches`` of
    the contract. ``believed``: forged calls that the app accepted. ``unclean``: processes that did not stop when asked.
    """

    due: int
    accepted: int
    mailed: int = 0  # of the accepted ones, by email
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    illegal: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    believed: list[str] = field(default_factory=list)
    unclean: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        wrong = ", ".join(f"{len(asdict(self)[name])} {name}" for name in ("lost", "doubled", "late", "illegal"))
        took = f"{self.accepted} accepted, {self.mailed} of them by email"
        return f"{self.due} texts: {wrong}, {len(self.shown)} shown to a person, {took}"

    @property
    def wrong(self) -> dict[str, list[str]]:
        """The non-empty lists that should be empty, by name."""
        every = asdict(self)
        names = ("lost", "doubled", "late", "illegal", "breaches", "believed", "unclean")
        return {name: every[name] for name in names if every[name]}


def judge(due: Collection[Due], ledgers: Iterable[Path], shown: Collection[str]) -> Verdict:
    """Judge a run by its ledgers, of texts and emails. ``shown`` are the marks that the app shows as not confirmed."""
    written = [entry for ledger in ledgers for entry in entries(ledger)]
    taken = _by_mark(entry for entry in written if entry["what"] in ("accepted", "mailed"))
    stopped = _stops(written)
    came_back = _came_back(written)
    verdict = Verdict(len(due), sum(text.mark in taken for text in due), doubled=_doubled_echoes(written, came_back))
    verdict.mailed = sum(any(_is_mail(entry) for entry in taken.get(text.mark, [])) for text in due)
    for text in due:
        times, stopped_at = taken.get(text.mark, []), stopped.get(text.phone)
        _judge_one(text, times, came_back, stopped_at, verdict)
        if not times and text.mark in shown:
            verdict.shown.append(text.mark)
        elif not times and (text.address or not _was_stopped(text, stopped_at)):
            verdict.lost.append(text.mark)
    verdict.breaches = [f"{entry['where']}: {entry['breach']}" for entry in written if entry["what"] == "contract"]
    verdict.believed = [f"{entry['fault']} of {entry['sid']}" for entry in written if _is_believed(entry)]
    return verdict


def _judge_one(
    text: Due, times: list[Entry], came_back: Collection[str], stopped_at: datetime | None, verdict: Verdict
) -> None:
    if len(times) > 1 + sum(entry["sid"] in came_back for entry in times[:-1]):
        verdict.doubled.append(text.mark)
    if text.useful_until and any(entry["arrived_at"] > text.useful_until + SLACK for entry in times):
        verdict.late.append(text.mark)
    if stopped_at and any(entry["arrived_at"] > stopped_at + SLACK for entry in times if not _is_mail(entry)):
        verdict.illegal.append(text.mark)


def _by_mark(accepted: Iterable[Entry]) -> Mapping[str, list[Entry]]:
    """The acceptances of each mark, in order; one text may contain several reminders."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(accepted, key=lambda entry: entry["arrived_at"]):
        for mark in MARK.findall(entry["body"]):
            found[mark].append(entry)
    return found


def _is_mail(entry: Entry) -> bool:
    return bool(entry["what"] == "mailed")


def _stops(written: Iterable[Entry]) -> dict[str, datetime]:
    """Since when the app knows of each opt-out: when it answered the call, or was told in an error."""
    stops: dict[str, datetime] = {}
    for entry in written:
        told = entry["what"] == "came in" and entry.get("stops") and entry["answered"] and entry["answered"] < 300
        if told or (entry["what"] == "refused" and entry["code"] == 21610):
            stops.setdefault(entry.get("from") or entry["to"], entry["at"])
    return stops


def _was_stopped(text: Due, stopped_at: datetime | None) -> bool:
    return stopped_at is not None and (text.useful_until is None or stopped_at <= text.useful_until)


def _came_back(written: Iterable[Entry]) -> set[str]:
    """The ids of accepted texts that the network reported as not delivered."""
    ends = (entry for entry in written if entry["what"] == "fate")
    return {entry["sid"] for entry in ends if entry["status"] in CAME_BACK}


def _doubled_echoes(written: Iterable[Entry], came_back: Collection[str]) -> list[str]:
    """Replies of the app that were sent more often than asked for; an undelivered one may be sent again."""
    asked: dict[str, set[str]] = defaultdict(set)
    echoes: Counter[tuple[str, str]] = Counter()
    for entry in written:
        if entry["what"] == "came in":
            asked[entry["from"]].add(entry["sid"])
        if entry["what"] == "accepted" and entry["sid"] not in came_back and not MARK.search(entry["body"]):
            echoes[entry["to"], entry["body"]] += 1
    return [f"an echo to …{to[-2:]}" for (to, _), times in echoes.items() if times > len(asked[to])]


def _is_believed(entry: Entry) -> bool:
    return entry["what"] == "called back" and entry["lie"] and entry["answered"] is not None and entry["answered"] < 300
