"""Helpers for tests of the stand-in: start one, post to it like the app, receive its callbacks."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import requests

from tests.faults.stand_in.calls import signature
from tests.faults.stand_in.ledger import Entry, Ledger, entries
from tests.faults.stand_in.line import Line
from tests.faults.stand_in.network import OURS, Manner, Network
from tests.faults.stand_in.script import Script, rates_of
from tests.faults.stand_in.windows import Windows

PATIENCE = 0.5  # seconds; the stand-in assumes that the caller waits this long
PHONE = "+12125550142"
LONG_ENOUGH = 10.0  # seconds, on a busy machine


class App:
    """Receives the network's calls, records them, and answers as configured."""

    def __init__(self) -> None:
        self.calls: list[dict[str, str]] = []
        self.signed: list[bool] = []
        self.paths: list[str] = []
        self.url = ""

    def fields(self, name: str) -> list[str]:
        return [call.get(name, "") for call in self.calls]


@contextmanager
def an_app() -> Iterator[App]:
    app = App()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            fields = dict(parse_qsl(body, keep_blank_values=True))
            right = signature(app.url + self.path, fields, OURS.token)
            app.calls.append(fields)
            app.paths.append(self.path)
            app.signed.append(right == self.headers["X-Twilio-Signature"])
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as its parent has it
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    app.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield app
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Tried:
    """A stand-in, and a caller that waits ``patience`` seconds for an answer."""

    def __init__(self, line: Line, ledger: Path, app: App) -> None:
        self.line, self.ledger, self.app = line, ledger, app
        self.patience = LONG_ENOUGH
        self.messages = f"{line.url}/2010-04-01/Accounts/{OURS.sid}/Messages"

    def post(self, body: str = "You are on.", to: str = PHONE, **fields: str) -> requests.Response:
        callback = f"{self.app.url}/twilio/status/7"
        form = {"To": to, "From": OURS.sender, "Body": body, "StatusCallback": callback} | fields
        sent = {name: value for name, value in form.items() if value != "left out"}
        return requests.post(f"{self.messages}.json", sent, auth=(OURS.sid, OURS.token), timeout=self.patience)

    def get(self, what: str = ".json", **query: str) -> requests.Response:
        return requests.get(self.messages + what, query, auth=(OURS.sid, OURS.token), timeout=self.patience)

    def listed(self, **query: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get(**query).json()["messages"]
        return found

    def noted(self, what: str) -> list[Entry]:
        return list(entries(self.ledger, what))


@contextmanager
def standing_in(folder: Path, faults: str = "none", *, stretch: float = 1000, lag: float = 0.3) -> Iterator[Tried]:
    """A network with these faults and an app that it calls; texts arrive within half a second."""
    script, ledger = Script(1, rates_of(faults)), Ledger(folder / "ledger.jsonl")
    with an_app() as app:
        manner = Manner(app.url, pace=0.5, lag=lag)
        line = Line(Network(script, ledger, Windows(script, stretch), manner=manner), patience=PATIENCE)
        line.start()
        try:
            yield Tried(line, ledger.path, app)
        finally:
            line.stop()
            ledger.close()


def eventually(is_true: Callable[[], object]) -> bool:
    """Whether it becomes true within LONG_ENOUGH."""
    give_up_at = time.monotonic() + LONG_ENOUGH
    while not is_true():
        if time.monotonic() > give_up_at:
            return False
        time.sleep(0.01)
    return True
