"""What became of every text that was due, by the stand-in's ledger and not by the app's word.

For each text of a person who had not opted out: it was accepted once, or a coordinator is shown that it is not
confirmed. The only thing that is asked of the app is which texts it shows.
"""

from __future__ import annotations

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
SLACK: Final = timedelta(seconds=5)  # between the app's last look and the request's arrival, on a machine that is busy
CAME_BACK: Final = {"undelivered", "failed"}  # the network says so itself: the same text may be sent once more


@dataclass(frozen=True)
class Due:
    """A text that was queued: ``mark`` stands in its words and in no other's."""

    mark: str
    phone: str
    due_at: datetime
    useful_until: datetime | None


class DueList:
    """The texts that were due, one a line, written down before the app is asked to send them."""

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
    return Due(str(written["mark"]), str(written["phone"]), at, datetime.fromisoformat(until) if until else None)


@dataclass
class Verdict:
    """Marks of the texts that went wrong, and of those that a coordinator is shown; what else must not have happened.

    ``late``: accepted after it had stopped being of use. ``illegal``: after the person's STOP had been answered.
    ``breaches`` of the contract; ``believed``: lies that the app answered as if they were true; ``unclean``: processes
    that were asked to stop and did not do so by themselves.
    """

    due: int
    accepted: int
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
        return f"{self.due} texts: {wrong}, {len(self.shown)} shown to a person, {self.accepted} accepted"

    @property
    def wrong(self) -> dict[str, list[str]]:
        """All that must be empty, by name; only what is not."""
        every = asdict(self)
        names = ("lost", "doubled", "late", "illegal", "breaches", "believed", "unclean")
        return {name: every[name] for name in names if every[name]}


def judge(due: Collection[Due], ledger: Path, shown: Collection[str]) -> Verdict:
    """Judge a run by its ledger. ``shown`` are the marks of the texts that the app shows as not confirmed."""
    written = list(entries(ledger))
    taken = _by_mark(entry for entry in written if entry["what"] == "accepted")
    stopped = _stops(written)
    came_back = _came_back(written)
    verdict = Verdict(len(due), sum(text.mark in taken for text in due), doubled=_doubled_echoes(written, came_back))
    for text in due:
        times, stopped_at = taken.get(text.mark, []), stopped.get(text.phone)
        _judge_one(text, times, came_back, stopped_at, verdict)
        if not times and text.mark in shown:
            verdict.shown.append(text.mark)
        elif not times and not _was_stopped(text, stopped_at):
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
    if stopped_at and any(entry["arrived_at"] > stopped_at + SLACK for entry in times):
        verdict.illegal.append(text.mark)


def _by_mark(accepted: Iterable[Entry]) -> Mapping[str, list[Entry]]:
    """Acceptances of each text; several reminders may stand in one."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in accepted:
        for mark in MARK.findall(entry["body"]):
            found[mark].append(entry)
    return found


def _stops(written: Iterable[Entry]) -> dict[str, datetime]:
    """Since when the app knows who wants no more texts: when it had answered, or been told so as an answer."""
    stops: dict[str, datetime] = {}
    for entry in written:
        told = entry["what"] == "came in" and entry.get("stops") and entry["answered"] and entry["answered"] < 300
        if told or (entry["what"] == "refused" and entry["code"] == 21610):
            stops.setdefault(entry.get("from") or entry["to"], entry["at"])
    return stops


def _was_stopped(text: Due, stopped_at: datetime | None) -> bool:
    return stopped_at is not None and (text.useful_until is None or stopped_at <= text.useful_until)


def _came_back(written: Iterable[Entry]) -> set[str]:
    """The names of accepted texts of which the network says that they never arrived."""
    ends = (entry for entry in written if entry["what"] == "fate")
    return {entry["sid"] for entry in ends if entry["status"] in CAME_BACK}


def _doubled_echoes(written: Iterable[Entry], came_back: Collection[str]) -> list[str]:
    """Answers of the app's that came more often than they had been asked for; one that came back may go again."""
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
