"""The web process of the Procfile, on any Python of this machine."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.request import urlopen

from config import Settings
from tests.attacks.server import procfile_line
from tests.faults.fleet import free_ports

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 60  # seconds for a start or a stop on a busy machine
STOPS_WITHIN: Final = 10  # seconds
DIED: Final = "Unexpected exit from worker"  # from granian's log


@dataclass(frozen=True)
class Web:
    """It listens on ``port``; its output is in ``log``."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def workers(self) -> list[int]:
        """The process ids of the workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(child) for child in children.read_text(encoding="ascii").split()]

    @property
    def deaths(self) -> int:
        """How many workers exited on their own."""
        return self.said.count(DIED)

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def ask(self, path: str) -> Any:
        """The JSON answer."""
        with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE) as answer:
            return json.load(answer)

    def until_it_answers(self) -> None:
        """Wait for the first answer. Raises TimeoutError."""
        give_up_at = time.monotonic() + PATIENCE
        while time.monotonic() < give_up_at and self.process.poll() is None:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=PATIENCE):
                    return
            except (URLError, ConnectionError):
                time.sleep(0.05)
        raise TimeoutError(f"the web does not answer: {self.said[-2000:]}")


@contextmanager
def served(interpreter: Path, settings: Settings, entry: str = "wsgi:server") -> Iterator[Web]:
    """The command of the Procfile with this interpreter and entry point; ready when yielded, then stopped."""
    (port,) = free_ports(1)
    line = procfile_line("web").replace(".venv/bin/granian", f"{interpreter} -m granian").replace("wsgi:server", entry)
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": settings.database_url,
        "INSTANCE_PATH": str(settings.instance_path),
        "SECRET_KEY": settings.secret_key,
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    log = settings.instance_path / f"web-{port}.log"
    with log.open("ab") as said:
        process = subprocess.Popen(
            ["sh", "-c", line], env=environment, cwd=ROOT, stdout=said, stderr=said, start_new_session=True
        )
    web = Web(port, process, log)
    try:
        web.until_it_answers()
        yield web
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Kills it if needed: granian may never stop when asked while it replaces a worker."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOPS_WITHIN)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
