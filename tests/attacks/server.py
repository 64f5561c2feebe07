"""The real server, started as in the Procfile, and clients that misbehave."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from pathlib import Path
from statistics import median
from string import punctuation
from typing import Any
from urllib.parse import quote, urlencode

from coordinator import clock, create_app
from coordinator.accounts.actions.passwords import set_password
from coordinator.accounts.actions.sign_in_links import sign_in_link
from coordinator.accounts.models import Actor
from coordinator.db import db
from tests.builders import a_coordinator
from tests.databases import settings_for
from tests.faults.fleet import free_ports
from tests.serving import served

ROOT = Path(__file__).resolve().parents[2]
SECRET = "the same in every process of this test"
PASSWORD = "correct horse battery"
ALICE = "alice@show.example"
PATIENCE = 60  # seconds


@dataclass(frozen=True)
class Answer:
    """A response: status, headers, text, and how many seconds it took."""

    status: int
    headers: list[tuple[str, str]]
    text: str
    seconds: float

    def header(self, name: str) -> str:
        return next(value for known, value in self.headers if known.lower() == name.lower())


@dataclass
class Server:
    """One web process, listening on ``port``."""

    port: int
    process: "subprocess.Popen[bytes]"
    written: Path = Path(os.devnull)
    email: str = ALICE
    link: str = ""  # the path that signs Alice in, once
    database_url: str = ""
    asked_from: str = "127.0.0.1"  # the client's address; all that begin with 127. are local

    def ask(self, path: str, body: str | None = None, *, method: str = "GET", **headers: str) -> Answer:
        """Sends one request on its own connection; header names are written with ``_``."""
        began = time.monotonic()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE, source_address=(self.asked_from, 0))
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            named.setdefault("Content-Type", "application/x-www-form-urlencoded")
        try:
            connection.request(method, quote(path, safe=punctuation), body, named)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            return Answer(answer.status, answer.getheaders(), text, time.monotonic() - began)
        finally:
            connection.close()

    def connect(self, sent: bytes) -> socket.socket:
        """A connection that has sent this and stays open."""
        made = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        made.sendall(sent)
        return made

    @contextmanager
    def crowd(self, count: int, sent: bytes) -> Iterator[list[socket.socket]]:
        """``count`` such connections at once."""
        with ExitStack() as stack:
            yield [stack.enter_context(self.connect(sent)) for _ in range(count)]

    @contextmanager
    def proxied(self, says: Callable[[str], str] = lambda said: "203.0.113.5") -> Iterator[str]:
        """The address of a proxy in front of the server. ``says`` makes its X-Forwarded-For from the caller's; "" is
        none."""

        def proxy(environ: dict[str, Any], start: Any) -> list[bytes]:
            query = environ["QUERY_STRING"]
            path = environ["PATH_INFO"] + (f"?{query}" if query else "")
            header = says(environ.get("HTTP_X_FORWARDED_FOR", ""))
            answer = self.ask(path, **({"X_Forwarded_For": header} if header else {}))
            start(f"{answer.status} said", [("Content-Type", answer.header("Content-Type"))])
            return [answer.text.encode()]

        with served(proxy) as address:
            yield address

    def log(self) -> str:
        """The standard error of the process so far."""
        return self.written.read_text(encoding="utf-8", errors="replace")

    def seconds(self, times: int = 5) -> float:
        """The median response time of the health check, in seconds."""
        answers = [self.ask("/healthz") for _ in range(times)]
        assert {answer.status for answer in answers} == {200}
        return median(answer.seconds for answer in answers)


class Browser:
    """Keeps cookies and follows redirects."""

    def __init__(self, server: Server, **headers: str) -> None:
        self.server, self.headers, self.cookies = server, headers, SimpleCookie()

    def ask(self, path: str, body: str | None = None, *, method: str = "GET", **headers: str) -> Answer:
        """The response, after redirects."""
        kept = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        headers = {**self.headers, **({"Cookie": kept} if kept else {}), **headers}
        answer = self.server.ask(path, body, method=method, **headers)
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                self.cookies.load(value)
        if answer.status == 303:
            return self.ask(answer.header("Location"))
        return answer

    def token(self, page: str) -> str:
        """The CSRF token of the forms on this page."""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.ask(page).text)
        assert found is not None, "no form there"
        return found[1]

    def press(self, path: str, *, on: str | None = None, **fields: str) -> Answer:
        """Fills in and submits the form of the page ``on``, or of this path itself."""
        return self.ask(path, urlencode({"csrf_token": self.token(on or path), **fields}), method="POST")

    def sign_in(self) -> None:
        """As Alice, with her password."""
        assert self.press("/sign-in", email=self.server.email, password=PASSWORD).status == 200


def a_link_for_alice(database_url: str, instance: Path) -> str:
    """Creates Alice with a password in this database; returns the path of a link that signs her in once."""
    app = create_app(replace(settings_for(database_url, instance), secret_key=SECRET))
    with app.app_context():
        alice = a_coordinator("Alice")
        set_password(alice.account, PASSWORD, clock.now(), actor=Actor.of(alice))
        token = sign_in_link(alice.account, clock.now())
        db.engine.dispose()
    return f"/sign-in/{token}"


@contextmanager
def web(database_url: str, instance: Path, **environment: str) -> Iterator[Server]:
    """The web process with this database, until the end of the block."""
    (port,) = free_ports(1)
    known = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": database_url,
        "INSTANCE_PATH": str(instance),
        "SECRET_KEY": SECRET,
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    written = instance / f"web-{port}.log"
    with written.open("wb") as log:
        process = subprocess.Popen(
            ["sh", "-c", procfile_line("web")],
            env={**known, **environment},
            cwd=ROOT,
            stderr=log,
            start_new_session=True,
        )
    try:
        server = Server(port, process, written, database_url=database_url)
        _until_it_answers(server)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


def procfile_line(name: str) -> str:
    """The command in the Procfile with this name."""
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    return next(line.partition(":")[2].strip() for line in lines if line.startswith(f"{name}:"))


def _until_it_answers(server: Server) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while time.monotonic() < give_up_at and server.process.poll() is None:
        try:
            server.ask("/healthz")
            return
        except (OSError, HTTPException):
            time.sleep(0.05)
    said = server.written.read_text(encoding="utf-8")[-2000:]
    raise TimeoutError(f"the server does not answer (it ended with {server.process.poll()}): {said}")
