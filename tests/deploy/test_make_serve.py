"""``make serve``: web and jobs are started again when they end, and neither ends the other."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.attacks.server import PATIENCE, ROOT, SECRET
from tests.attacks.test_simulated import MAKE_SERVE
from tests.databases import copy_of
from tests.deploy.test_systemd import answers, until
from tests.faults.fleet import free_ports

NAMES = {"web": ".venv/bin/granian", "jobs": "jobs"}


def serve(folder: Path, database_url: str, port: int) -> "subprocess.Popen[bytes]":
    known = {"DATABASE_URL": database_url, "INSTANCE_PATH": str(folder), "SECRET_KEY": SECRET, "PORT": str(port)}
    return subprocess.Popen(
        MAKE_SERVE,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "SIMULATED": "1", "GRANIAN_WORKERS": "1", **known},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


@contextmanager
def serving(folder: Path, database_url: str, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    process = serve(folder, database_url, port)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)  # make passes nothing on, so honcho, its child, is told as well
            for child in children(process.pid):
                os.kill(child, signal.SIGTERM)
            process.communicate(timeout=PATIENCE)


def children(pid: int) -> list[int]:
    """Those that this process has started and that run now."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def below(pid: int) -> list[int]:
    """They, and theirs."""
    try:
        mine = children(pid)
    except OSError:
        return []
    return [*mine, *(each for child in mine for each in below(child))]


def at_work(process: "subprocess.Popen[bytes]", name: str) -> int | None:
    """The first process below that is this line's own, not the shell that keeps it."""
    for pid in below(process.pid):
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if "sh" not in Path(words[0]).name and NAMES[name] in [*words[1:3], *words[:1]]:
            return pid
    return None


def test_either_may_be_killed_and_the_other_goes_on(sqlite_template: Path, tmp_path: Path) -> None:
    (port,) = free_ports(1)
    with copy_of(sqlite_template) as url, serving(tmp_path, url, port) as process:
        until(lambda: answers(port, "/readyz") == 200)
        web, jobs = at_work(process, "web"), at_work(process, "jobs")
        assert web is not None
        assert jobs is not None

        os.kill(jobs, signal.SIGKILL)
        until(lambda: at_work(process, "jobs") not in {None, jobs})
        assert at_work(process, "web") == web

        jobs = at_work(process, "jobs")
        os.kill(web, signal.SIGKILL)
        until(lambda: at_work(process, "web") not in {None, web} and answers(port, "/readyz") == 200)
        assert (at_work(process, "jobs"), process.poll()) == (jobs, None)


def test_a_port_that_is_taken_ends_all_of_it(sqlite_template: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, copy_of(sqlite_template) as url:
        process = serve(tmp_path, url, taken.getsockname()[1])
        process.communicate(timeout=PATIENCE)

    assert process.returncode != 0
