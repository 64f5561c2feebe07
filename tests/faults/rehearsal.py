"""A whole run: real processes, due texts, all faults at once, and a verdict at the end."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Flask
from sqlalchemy import func, select

from config import Settings
from coordinator import clock, create_app
from coordinator.db import db
from coordinator.messaging.models import Direction, Message
from tests.faults.fleet import Fleet, ManagedProcess, a_fleet, free_ports
from tests.faults.machine_faults import NEVER, Jump, MachineFaults, Window
from tests.faults.queueing import MOST_PEOPLE, Texts, some_recipients
from tests.faults.stand_in.texts import Account
from tests.faults.verdict import MARK, DueList, Verdict, judge

SHOWN: Final = ("unknown", "failed", "undelivered", "expired", "stopped")  # listed for coordinators as not sent
STILL_MOVING: Final = ("waiting", "held", "sending")
WEB_EVERY: Final = 6  # every sixth kill hits the web process
ACCOUNT: Final = Account()


@dataclass(frozen=True)
class Plan:
    """Duration and intensity. Lengths are seconds; ``settles`` is the maximum time for the end of the run."""

    texts: int
    jobs: int
    due_over: float
    killed_for: float
    stretch: float
    settles: float
    faults: str = "all"
    reconcile: float = 2.0
    pace: float = 2.0
    full: Window = NEVER
    jumps: tuple[Jump, ...] = ()
    seed: int = 1

    @property
    def people(self) -> int:
        return max(1, min(self.texts // 5, MOST_PEOPLE))


def rehearse(plan: Plan, database_url: str, folder: Path) -> Verdict:
    """Play the plan on this database, which must be migrated and empty."""
    web_port, line_port, mail_port = free_ports(3)
    environment = _environment(plan, database_url, folder, web_port, line_port)
    environment |= {"SMTP_URL": f"smtp://127.0.0.1:{mail_port}", "MAIL_FROM": "show@show.example"}
    due, ledger, mail_ledger = DueList(folder / "due.jsonl"), folder / "ledger.jsonl", folder / "mail.jsonl"
    with a_fleet(folder, environment) as fleet, _the_app(environment) as app:
        web = fleet.process("web", *_granian(web_port), sign="Started worker")
        web.start()
        company = some_recipients(plan.people)
        network = fleet.process("network", *_network(plan, web_port, line_port, ledger), sign="http://")
        mail = fleet.process("mail", *_mail(plan, mail_port, mail_ledger), sign="smtp://")
        mail.start()
        web.wait()
        network.start()
        network.wait()
        mail.wait()
        names = [f"jobs-{number}" for number in range(plan.jobs)]
        jobs = [fleet.process(name, "tests.faults.unlucky", name, sign="looking every") for name in names]
        machine_faults = MachineFaults(folder, plan.full, plan.jumps)
        _play(plan, Texts(plan.texts, plan.due_over, plan.seed, company, due), web, jobs, machine_faults)
        _settle(plan, app)
        ended = {process.name: process.stop() for process in jobs}
        verdict = judge(due.read(), [ledger, mail_ledger], _shown())
        verdict.unclean = [f"{name} ended with {how}" for name, how in ended.items() if how != 0]
        _remember(fleet, plan, verdict)
    return verdict


def _environment(plan: Plan, database_url: str, folder: Path, web_port: int, line_port: int) -> dict[str, str]:
    return {
        "DATABASE_URL": database_url,
        "INSTANCE_PATH": str(folder),
        "SECRET_KEY": "the same in every process of a rehearsal",
        "PUBLIC_URL": f"http://127.0.0.1:{web_port}",
        "RECONCILE_SECONDS": str(plan.reconcile),
        "TWILIO_ACCOUNT_SID": ACCOUNT.sid,
        "TWILIO_AUTH_TOKEN": ACCOUNT.token,
        "TWILIO_FROM": ACCOUNT.sender,
        "TWILIO_API_URL": f"http://127.0.0.1:{line_port}",
        "SAMPLE": "0",
    }


def _granian(port: int) -> list[str]:
    listening = ["--interface", "rsgi", "--http", "1", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    return ["granian", *listening, "--log-level", "info", "tests.faults.unlucky.web:server"]


def _network(plan: Plan, web_port: int, line_port: int, ledger: Path) -> list[str]:
    options = {
        "port": line_port,
        "app": f"http://127.0.0.1:{web_port}",
        "ledger": ledger,
        "seed": plan.seed,
        "faults": plan.faults,
        "stretch": plan.stretch,
        "pace": plan.pace,
        "lag": 0.9 * plan.reconcile,
    }
    asked = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return ["tests.faults.stand_in", "--quiet", *asked, *([] if plan.due_over > plan.stretch else ["--once"])]


def _mail(plan: Plan, port: int, ledger: Path) -> list[str]:
    return ["tests.faults.mail_stand_in", "--port", str(port), "--ledger", str(ledger), "--seed", str(plan.seed)]


@contextmanager
def _the_app(environment: dict[str, str]) -> Iterator[Flask]:
    """The app in this process, to queue texts as a page does and to see what it shows."""
    app = create_app(Settings.from_env(environment))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _play(plan: Plan, texts: Texts, web: ManagedProcess, jobs: list[ManagedProcess], faults: MachineFaults) -> None:
    """Let texts become due; every 1 to 3 s a jobs process, and sometimes the web, is killed and restarted.

    Nothing is queued while the disk is full, because it could not be saved.
    """
    texts.put_first(clock.now())
    for process in jobs:
        process.start()
    dice, began, victim_at, turn = random.Random(plan.seed + 1), time.monotonic(), 0.0, 0
    while (passed := time.monotonic() - began) < plan.killed_for:
        faults.apply(passed / plan.killed_for)
        if not faults.is_full:
            texts.put_some(passed / plan.due_over)
        victims = [process for process in jobs if process.is_ready]
        if passed >= victim_at and victims:
            turn += 1
            victim = web if turn % WEB_EVERY == 0 and web.is_ready else dice.choice(victims)
            victim.kill()
            victim.start()
            victim_at = passed + dice.uniform(1, 3)
        time.sleep(0.1)
    faults.apply(1)
    texts.put_some(1)
    for process in (web, *jobs):
        process.wait()


def _settle(plan: Plan, app: Flask) -> None:
    """Wait until the app has finished with every text."""
    give_up_at, before, since = time.monotonic() + plan.settles, Counter[str](), time.monotonic()
    while time.monotonic() < give_up_at:
        states = _states()
        if states != before:
            before, since = states, time.monotonic()
        quiet_for = time.monotonic() - since
        if (
            not any(states[state] for state in STILL_MOVING)
            and not _sought()
            and quiet_for > 2 * plan.pace + 4 * plan.reconcile
        ):
            return
        time.sleep(1)


def _states() -> Counter[str]:
    grouped = select(Message.state, func.count()).where(Message.direction == Direction.OUT).group_by(Message.state)
    states: Counter[str] = Counter()
    for state, count in db.session.execute(grouped):
        states[state] = count
    db.session.rollback()
    return states


def _sought() -> int:
    """How many texts the app is still looking up."""
    number = db.session.scalar(select(func.count()).where(Message.state == "unknown", Message.check_at.is_not(None)))
    db.session.rollback()
    return number or 0


def _shown() -> set[str]:
    """The marks of the texts that are shown to coordinators as not confirmed."""
    bodies = db.session.scalars(
        select(Message.body).where(Message.direction == Direction.OUT, Message.state.in_(SHOWN))
    )
    return {mark for body in bodies for mark in MARK.findall(body)}


def _remember(fleet: Fleet, plan: Plan, verdict: Verdict) -> None:
    """Write down what helps to investigate a failed run."""
    kills = {process.name: process.kills for process in fleet.processes}
    lines = [str(verdict), f"{plan}", f"killed {kills}", f"states {dict(_states())}", f"wrong {verdict.wrong}"]
    (fleet.folder / "verdict.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
