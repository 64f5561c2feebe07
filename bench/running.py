"""A running installation: time until it answers, memory before and after many texts; and a rehearsed night."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from bench.installations import an_installation
from bench.instant_network import an_instant_network
from bench.outgoing import Columns, a_performer, put, wait_until_sent
from bench.processes import ROOT, jobs_of, pss, until_it_answers, web_of
from bench.table import Row, Size
from tests.databases import throwaway_folder

START, REHEARSAL = 3.0, 10.0  # seconds
WEB, JOBS = 220, 120  # MB
GROWTH = 1.1
WARM = 500  # texts; what is loaded for the first texts is not growth
PAGES = ("/healthz", "/e/justice-in-motion", "/e/justice-in-motion/volunteer")


def measure(size: Size) -> list[Row]:
    return [*_installed(size.of(10_000, 1000)), _rehearsal()]


def _installed(texts: int) -> list[Row]:
    with an_installation("sqlite") as app, an_instant_network() as url:
        whose = a_performer()
        began = time.perf_counter()
        with web_of(app) as (web, port), jobs_of(app, url) as jobs:
            until_it_answers(port)
            started = time.perf_counter() - began
            _busy(whose, port, WARM)
            before = pss(web), pss(jobs)
            _busy(whose, port, texts)
            after = pss(web), pss(jobs)
    rows = [Row("web and jobs started: the first page after", f"{started:.1f} s", f"< {START:g} s", started < START)]
    for name, most, first, last in zip(("web, two workers", "jobs"), (WEB, JOBS), before, after, strict=True):
        grown = last <= GROWTH * first
        rows += [
            Row(f"{name}: memory (PSS)", f"{first:.0f} MB", f"<= {most} MB", first <= most),
            Row(f"  after {texts:,} texts", f"{last:.0f} MB, {last / first - 1:+.1%}", "<= +10 %", grown),
        ]
    return rows


def _busy(whose: Columns, port: int, texts: int) -> None:
    """Sends texts through the jobs process and reads pages from the web workers."""
    before = put(whose, texts)
    for number in range(300):
        with urlopen(f"http://127.0.0.1:{port}{PAGES[number % len(PAGES)]}", timeout=60) as answer:
            answer.read()
    wait_until_sent(before)


def _rehearsal() -> Row:
    """Rehearses the sample night from 8 days before doors, with the command."""
    with throwaway_folder(on_disk=True) as folder:
        _flask(folder, "db", "upgrade")
        _flask(folder, "sample")
        document = folder / "night.json"
        document.write_text(_flask(folder, "event", "dump", "justice-in-motion"), encoding="utf-8")
        began = time.perf_counter()
        texts = _flask(folder, "rehearse", str(document)).rsplit("\n", 2)[-2].split()[0]
        taken = time.perf_counter() - began
    name = f"flask rehearse, the sample night with {texts} texts"
    return Row(name, f"{taken:.1f} s", f"< {REHEARSAL:g} s", taken < REHEARSAL)


def _flask(folder: Path, *command: str) -> str:
    environment = {"PATH": os.environ["PATH"], "INSTANCE_PATH": str(folder), "FLASK_SKIP_DOTENV": "1"}
    line = [sys.executable, "-m", "flask", *command]
    return subprocess.run(line, env=environment, cwd=ROOT, check=True, capture_output=True, text=True).stdout
