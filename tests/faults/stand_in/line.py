"""The server: real HTTP on this machine, and every way in which a connection can fail."""

import os
import select
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

from tests.faults.stand_in.answers import Answer
from tests.faults.stand_in.contract import Asked
from tests.faults.stand_in.network import Network

LOOKS_EVERY = 0.05  # seconds
AT_ONCE_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends a reset instead of a normal end
Said = Callable[[Asked, Answer], None]


@dataclass
class Line:
    """The network's address. ``patience``: how long the caller waits for an answer, in seconds.

    The port stays reserved while nothing listens, so that connections are refused instead of reaching another program.
    """

    network: Network
    port: int = 0
    patience: float = 10.0
    said: Said | None = None

    def __post_init__(self) -> None:
        self._ours = _bound(self.port)
        self.port = self._ours.getsockname()[1]
        self._stopped = threading.Event()
        self._listener: _Listener | None = None
        self._watch = threading.Thread(target=self._keep_watch, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._listen(refused=self.network.windows.open_now() == "refused")
        self._watch.start()

    def stop(self) -> None:
        self._stopped.set()
        self._watch.join()
        self._listen(refused=True)
        self._ours.close()
        self.network.later.stop()

    def _keep_watch(self) -> None:
        while not self._stopped.wait(LOOKS_EVERY):
            self._listen(refused=self.network.windows.open_now() == "refused")

    def _listen(self, *, refused: bool) -> None:
        if refused and self._listener is not None:
            self._listener.hang_up()
            self._listener = None
        elif not refused and self._listener is None:
            self._listener = _Listener(self)


def _bound(port: int) -> socket.socket:
    ours = socket.socket()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    ours.bind(("127.0.0.1", port))
    return ours


class _Listener(ThreadingHTTPServer):
    """Listens until ``hang_up``, which also closes idle connections."""

    allow_reuse_port = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, line: Line) -> None:
        super().__init__(("127.0.0.1", line.port), _Handler, bind_and_activate=False)
        self.line = line
        self.numbers = count()
        self.idle: set[socket.socket] = set()
        self.socket.close()
        self.socket = _bound(line.port)
        self.server_address = self.socket.getsockname()
        self.server_activate()
        self._thread = threading.Thread(target=self.serve_forever, args=(LOOKS_EVERY,), daemon=True)
        self._thread.start()

    def hang_up(self) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()
        for connection in list(self.idle):
            _say_goodbye(connection)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore clients that have disconnected."""


def _say_goodbye(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet per answer: two would wait for each other
    server: _Listener

    def setup(self) -> None:
        super().setup()
        self.number, self.turn = next(self.server.numbers), 0

    def handle_one_request(self) -> None:
        with self._waiting():
            select.select([self.connection], [], [])
        self.turn += 1
        if self._network.script.happens("reset_before", self.number, self.turn):
            self._reset()
            return
        super().handle_one_request()

    def do_POST(self) -> None:
        self._meet()

    def do_GET(self) -> None:
        self._meet()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as its parent has it
        """The ledger records this."""

    @property
    def _network(self) -> Network:
        return self.server.line.network

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        self.server.idle.add(self.connection)
        try:
            yield
        finally:
            self.server.idle.discard(self.connection)

    def _meet(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Asked(self.command.lower(), self.path, dict(self.headers), body)
        answer = self._network.answer(asked)
        if self.server.line.said:
            self.server.line.said(asked, answer)
        if answer.fault:
            self._network.ledger.write("played", fault=answer.fault, method=asked.method)
        self._leave(answer)

    def _leave(self, answer: Answer) -> None:
        patience = self.server.line.patience
        if answer.manner == "reset":
            return self._reset()
        if answer.manner == "never":
            select.select([self.connection], [], [], 3 * patience)  # until the caller times out
            self.close_connection = True
            return None
        time.sleep({"slow": 0.9, "late": 1.3}.get(answer.manner, 0) * patience)
        return self._write(answer)

    def _write(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in {**answer.headers, "Content-Type": answer.content_type}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if answer.manner == "truncated":
            self.wfile.write(answer.body[: len(answer.body) // 2])
            self.close_connection = True
        else:
            self.wfile.write(answer.body)

    def _reset(self) -> None:
        """Discards unread data and the answer."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE_RESET)
        os.close(self.connection.detach())
