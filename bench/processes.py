"""Callboard's own processes on a throwaway installation, started as people start them; and what they take."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from flask import Flask

from .houses import database_of
from .instant_network import ACCOUNT

PATIENCE = 90.0  # seconds, for a start or a stop
MEGABYTE = 1024 * 1024
ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def jobs_of(app: Flask, network: str, tick_seconds: float = 1) -> Iterator[subprocess.Popen[bytes]]:
    """``python -m jobs`` on the app's database; texts go to the network at this address."""
    twilio = {"ACCOUNT_SID": ACCOUNT, "AUTH_TOKEN": "a token", "FROM": "+12125550100", "API_URL": network}
    settings = {"TICK_SECONDS": str(tick_seconds), **{f"TWILIO_{key}": value for key, value in twilio.items()}}
    with _running(app, ["jobs"], settings) as process:
        yield process


@contextmanager
def web_of(app: Flask, entry: str = "wsgi:app") -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Two web workers as ``make serve`` runs them, and their port; they may still be starting."""
    port = _free_port()
    line = f"granian --interface wsgi --host 127.0.0.1 --port {port} --no-ws --blocking-threads 4 --workers 2".split()
    with _running(app, [*line, "--workers-kill-timeout", "4", "--log-level", "error", entry], {}) as process:
        yield process, port


def until_it_answers(port: int, path: str = "/") -> None:
    """Wait for the first answer; raises TimeoutError when there is none in a minute and a half."""
    give_up_at = time.monotonic() + PATIENCE
    while time.monotonic() < give_up_at:
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=15) as answer:
                answer.read()
            return
        except HTTPError:
            raise
        except OSError:  # not there yet, or too busy
            time.sleep(0.01)
    raise TimeoutError(f"nothing answered at port {port} within {PATIENCE:.0f} s")


def pss(process: subprocess.Popen[bytes]) -> float:
    """The proportional set size of a process and its children, in MB: what is shared counts once."""
    return sum(_own_pss(each) for each in (process.pid, *_children(process.pid))) / MEGABYTE


@contextmanager
def _running(app: Flask, module: list[str], settings: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": database_of(app),
        "INSTANCE_PATH": app.instance_path,
        "SECRET_KEY": app.config["SECRET_KEY"],
        "PUBLIC_URL": "http://localhost",
        **settings,
    }
    log = Path(app.instance_path) / f"{module[0]}.log"
    with log.open("ab") as said:
        command = [sys.executable, "-m", *module]
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said, cwd=ROOT)
    try:
        yield process
        if process.poll() is not None:
            raise RuntimeError(f"{module[0]} ended by itself: {log.read_text(errors='replace')[-2000:]}")
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _own_pss(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            found += [int(child), *_children(int(child))]
    return found


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port
