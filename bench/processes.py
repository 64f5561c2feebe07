"""Starts Callboard's real processes on a temporary installation, and measures their memory."""

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

from bench.installations import database_of
from bench.instant_network import ACCOUNT

PATIENCE = 90.0  # seconds to wait for a start or a stop
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
def web_of(app: Flask, entry: str = "wsgi:server") -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Two web workers as started by ``make serve``, and their port; they may not be ready yet."""
    port = _free_port()
    line = f"granian --interface rsgi --http 1 --host 127.0.0.1 --port {port} --no-ws --workers 2".split()
    line += "--backlog 2048 --backpressure 4096".split()  # a connection for each phone of a hall
    with _running(app, [*line, "--workers-kill-timeout", "4", "--log-level", "error", entry], {}) as process:
        yield process, port


def until_it_answers(port: int, path: str = "/") -> None:
    """Wait for the first answer. Raises TimeoutError after 90 seconds."""
    give_up_at = time.monotonic() + PATIENCE
    while time.monotonic() < give_up_at:
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=15) as answer:
                answer.read()
            return
        except HTTPError:
            raise
        except OSError:  # not listening yet, or too busy
            time.sleep(0.01)
    raise TimeoutError(f"nothing answered at port {port} within {PATIENCE:.0f} s")


def pss(process: subprocess.Popen[bytes]) -> float:
    """The proportional set size of a process and its children, in MB: shared memory counts once."""
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
