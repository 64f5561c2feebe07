"""Callboard as ``make run`` starts it: with its own processes, folder and port."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 30


@dataclass(frozen=True)
class Running:
    """Its address, and the link that signs the owner in once."""

    address: str
    sign_in: str


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Running]:
    """The steps of ``make run``: migrations, the sample night, then everything in the Procfile."""
    port = str(_free_port())
    known = {"INSTANCE_PATH": str(folder), "PORT": port, "FLASK_SKIP_DOTENV": "1", "PYTHONUNBUFFERED": "1"}
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)} | known | settings
    _done("flask", "db", "upgrade", environment=environment)
    said = _done("flask", "sample", environment=environment)
    start = [sys.executable, "-m", "honcho", "start", "--no-colour", "--env", os.devnull, "--port", port]
    with (folder / "said.txt").open("w") as told:
        process = subprocess.Popen(
            start, env=environment, cwd=ROOT, stdout=told, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            address = re.findall(r"^Callboard: (\S+)$", said, re.MULTILINE)[0]
            _wait_for(f"{address}/readyz", process, folder / "said.txt")
            yield Running(address, re.findall(r"^Sign in: (\S+)$", said, re.MULTILINE)[0])
        finally:
            _stop(process)


def _done(*command: str, environment: dict[str, str]) -> str:
    """The standard output of a command, which must succeed."""
    done = subprocess.run(
        [sys.executable, "-m", *command], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _free_port() -> int:
    with closing(socket.socket()) as any_port:
        any_port.bind(("127.0.0.1", 0))
        return int(any_port.getsockname()[1])


def _wait_for(address: str, process: "subprocess.Popen[bytes]", said: Path) -> None:
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up_at and process.poll() is None:
        try:
            with urlopen(address) as answer:
                if answer.status == 200:
                    return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"{address} did not answer:\n{said.read_text()}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(PATIENCE_SECONDS)
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            process.wait()
