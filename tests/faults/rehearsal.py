"""A whole run: real processes, texts that fall due, everything going wrong at once, and the verdict at the end."""

from __future__ import annotations

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
from coordinator.messaging.models import Message
from tests.faults.fleet import Crew, Fleet, a_fleet, free_ports
from tests.faults.misfortunes import NEVER, Jump, Misfortunes, Window
from tests.faults.queueing import MOST_PEOPLE, Texts, a_company
from tests.faults.stand_in.texts import Account
from tests.faults.verdict import MARK, DueList, Verdict, judge

SHOWN: Final = ("unknown", "failed", "undelivered", "expired", "stopped")  # what a coordinator finds under Failed
STILL_MOVING: Final = ("waiting", "held", "sending")
WEB_EVERY: Final = 6  # the web dies with every sixth kill
ACCOUNT: Final = Account()


@dataclass(frozen=True)
class Plan:
    """How long and how hard. Lengths are seconds; ``settles`` is how long the end of it may take."""

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
    """Play the plan on this database, whose schema stands and which is otherwise empty."""
    web_port, line_port = free_ports(2)
    environment = _environment(plan, database_url, folder, web_port, line_port)
    due, ledger = DueList(folder / "due.jsonl"), folder / "ledger.jsonl"
    with a_fleet(folder, environment) as fleet, _the_app(environment) as app:
        web = fleet.crew("web", *_granian(web_port), sign="Started worker")
        web.start()
        company = a_company(plan.people)
        network = fleet.crew("network", *_network(plan, web_port, line_port, ledger), sign="http://")
        web.wait()
        network.start()
        network.wait()
        names = [f"jobs-{number}" for number in range(plan.jobs)]
        jobs = [fleet.crew(name, "tests.faults.unlucky", name, sign="looking every") for name in names]
        misfortunes = Misfortunes(folder, plan.full, plan.jumps)
        _play(plan, Texts(plan.texts, plan.due_over, plan.seed, company, due), web, jobs, misfortunes)
        _settle(plan, app)
        ended = {crew.name: crew.stop() for crew in jobs}
        verdict = judge(due.read(), ledger, _shown())
        verdict.unclean = [f"{name} ended with {how}" for name, how in ended.items() if how != 0]
        _remember(fleet, plan, verdict)
    return verdict


def _environment(plan: Plan, database_url: str, folder: Path, web_port: int, line_port: int) -> dict[str, str]:
    return {
        "DATABASE_URL": database_url,
        "INSTANCE_PATH": str(folder),
        "SECRET_KEY": "the same in every process",
        "PUBLIC_URL": f"http://127.0.0.1:{web_port}",
        "RECONCILE_SECONDS": str(plan.reconcile),
        "TWILIO_ACCOUNT_SID": ACCOUNT.sid,
        "TWILIO_AUTH_TOKEN": ACCOUNT.token,
        "TWILIO_FROM": ACCOUNT.sender,
        "TWILIO_API_URL": f"http://127.0.0.1:{line_port}",
        "SAMPLE": "0",
    }


def _granian(port: int) -> list[str]:
    listening = ["--host", "127.0.0.1", "--port", str(port), "--no-ws", "--blocking-threads", "4"]
    return ["granian", "--interface", "wsgi", *listening, "--log-level", "info", "tests.faults.unlucky.web:app"]


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


@contextmanager
def _the_app(environment: dict[str, str]) -> Iterator[Flask]:
    """The app in this process: to queue texts as a page does, and to see what it shows."""
    app = create_app(Settings.from_env(environment))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _play(plan: Plan, texts: Texts, web: Crew, jobs: list[Crew], misfortunes: Misfortunes) -> None:
    """Let texts fall due, while every 1 to 3 s a jobs process, and now and then the web, is killed and comes back.

    While the disk is full nothing is queued: nobody could promise what could not be written down.
    """
    texts.put_first(clock.now())
    for crew in jobs:
        crew.start()
    dice, began, victim_at, turn = random.Random(plan.seed + 1), time.monotonic(), 0.0, 0
    while (passed := time.monotonic() - began) < plan.killed_for:
        misfortunes.befall(passed / plan.killed_for)
        if not misfortunes.is_full:
            texts.put_some(passed / plan.due_over)
        victims = [crew for crew in jobs if crew.is_ready]
        if passed >= victim_at and victims:
            turn += 1
            victim = web if turn % WEB_EVERY == 0 and web.is_ready else dice.choice(victims)
            victim.kill()
            victim.start()
            victim_at = passed + dice.uniform(1, 3)
        time.sleep(0.1)
    misfortunes.befall(1)
    texts.put_some(1)
    for crew in (web, *jobs):
        crew.wait()


def _settle(plan: Plan, app: Flask) -> None:
    """Until the app has done with every text, for as long as that may take."""
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
    grouped = select(Message.state, func.count()).where(Message.direction == "out").group_by(Message.state)
    states: Counter[str] = Counter()
    for state, count in db.session.execute(grouped):
        states[state] = count
    db.session.rollback()
    return states


def _sought() -> int:
    """How many texts the app is still looking up."""
    number = db.session.scalar(select(func.count()).where(Message.state == "unknown", Message.look_at.is_not(None)))
    db.session.rollback()
    return number or 0


def _shown() -> set[str]:
    """The marks of those texts that a coordinator is shown as not confirmed."""
    bodies = db.session.scalars(select(Message.body).where(Message.direction == "out", Message.state.in_(SHOWN)))
    return {mark for body in bodies for mark in MARK.findall(body)}


def _remember(fleet: Fleet, plan: Plan, verdict: Verdict) -> None:
    """What a person wants to know who looks into the folder of a run that failed."""
    kills = {crew.name: crew.kills for crew in fleet.crews}
    lines = [str(verdict), f"{plan}", f"killed {kills}", f"states {dict(_states())}", f"wrong {verdict.wrong}"]
    (fleet.folder / "verdict.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
