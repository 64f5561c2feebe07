"""Callboard's own processes and the stand-in, started as people start them, killed at will, and none left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 60.0  # seconds, for a start or a stop on the busiest of machines


class NeverReady(RuntimeError):
    """A process did not come up; the message holds the end of what it said."""


class Crew:
    """One process by its name, started again as often as it is killed. What it says is in ``log``."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path, sign: str) -> None:
        self.name, self.command, self.environment = name, list(command), dict(environment)
        self.log, self.sign = log, sign
        self.kills = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._said_before = 0

    def start(self) -> None:
        self._said_before = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command,
                env={"PATH": os.environ["PATH"], **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                start_new_session=True,  # so that its own workers can be ended with it
            )

    @property
    def is_ready(self) -> bool:
        """Whether it runs and has said that it is at work."""
        if self._process is None or self._process.poll() is not None or not self.log.exists():
            return False
        return self.sign.encode() in self.log.read_bytes()[self._said_before :]

    def wait(self) -> None:
        """Until it is at work; raises NeverReady when it is not in a minute."""
        give_up_at = time.monotonic() + PATIENCE
        while not self.is_ready:
            if time.monotonic() > give_up_at or (self._process and self._process.poll() is not None):
                raise NeverReady(f"{self.name}: {self.log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it at once, with its workers and whatever it was doing."""
        self.kills += 1
        self._end(signal.SIGKILL)

    def stop(self) -> int | None:
        """Ask it to end, and kill it if it does not; how it ended, None when it was not running."""
        return self._end(signal.SIGTERM)

    def _end(self, how: int) -> int | None:
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return None
        os.killpg(process.pid, signal.SIGKILL) if how == signal.SIGKILL else process.terminate()
        try:
            return process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise


class Fleet:
    """Every process of a run, in one folder."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.environment = dict(environment)
        self.crews: list[Crew] = []

    def crew(self, name: str, *arguments: str, sign: str) -> Crew:
        """A Python module to be run; ``sign`` is what it says when it is at work."""
        command = [sys.executable, "-m", *arguments]
        crew = Crew(name, command, self.environment, self.folder / f"{name}.log", sign)
        self.crews.append(crew)
        return crew

    def end(self) -> None:
        """Kill whatever still runs."""
        for crew in self.crews:
            crew.kill()


@contextmanager
def a_fleet(folder: Path, environment: Mapping[str, str]) -> Iterator[Fleet]:
    fleet = Fleet(folder, environment)
    try:
        yield fleet
    finally:
        fleet.end()


def free_ports(number: int) -> list[int]:
    """Ports of this machine that nobody uses at the moment."""
    sockets = [socket.socket() for _ in range(number)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()
