"""Callboard's real processes and the stand-in for Twilio; they can be killed, and all of them end with the test."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
_ANY: Final = random.SystemRandom()
PATIENCE: Final = 60.0  # seconds for a start or a stop on a busy machine


class NeverReady(RuntimeError):
    """A process did not start; the message has the end of its output."""


class ManagedProcess:
    """One process that can be restarted after being killed. Its output is in ``log``."""

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
                start_new_session=True,  # so that its workers can be killed with it
            )

    @property
    def is_ready(self) -> bool:
        """Whether it runs and has reported that it is ready."""
        if self._process is None or self._process.poll() is not None or not self.log.exists():
            return False
        return self.sign.encode() in self.log.read_bytes()[self._said_before :]

    def wait(self) -> None:
        """Wait until it is ready. Raises NeverReady after a minute."""
        give_up_at = time.monotonic() + PATIENCE
        while not self.is_ready:
            if time.monotonic() > give_up_at or (self._process and self._process.poll() is not None):
                raise NeverReady(f"{self.name}: {self.log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill it at once, together with its workers."""
        self.kills += 1
        self._end(signal.SIGKILL)

    def stop(self) -> int | None:
        """Terminate it, and kill it if it does not end; returns its exit status, None when it was not running."""
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
    """All processes of a run, in one folder."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.environment = dict(environment)
        self.processes: list[ManagedProcess] = []

    def process(self, name: str, *arguments: str, sign: str) -> ManagedProcess:
        """Run a Python module; ``sign`` is the output that says it is ready."""
        command = [sys.executable, "-m", *arguments]
        process = ManagedProcess(name, command, self.environment, self.folder / f"{name}.log", sign)
        self.processes.append(process)
        return process

    def end(self) -> None:
        """Kill whatever still runs."""
        for process in self.processes:
            process.kill()


@contextmanager
def a_fleet(folder: Path, environment: Mapping[str, str]) -> Iterator[Fleet]:
    fleet = Fleet(folder, environment)
    try:
        yield fleet
    finally:
        fleet.end()


def free_ports(number: int) -> list[int]:
    """Local ports that are free, and stay so: none that the system may give to an outgoing connection meanwhile."""
    free: set[int] = set()
    while len(free) < number:
        port = _ANY.randrange(15_000, 30_000)
        with socket.socket() as tried, suppress(OSError):
            tried.bind(("127.0.0.1", port))
            free.add(port)
    return list(free)
