"""A local stand-in for Twilio: real HTTP, strict about requests, and able to simulate faults.

It records every request and every accepted text, so that a test asks the network and not the app what was sent.
"""

import base64
import hashlib
import hmac
import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from typing import Any
from urllib.parse import parse_qsl

from config import TwilioSettings

ACCOUNT = "AC" + "0" * 32
TOKEN = "the stand-in's token"
SENDER = "+12125550100"
FIELDS = {"To", "From", "MessagingServiceSid", "Body", "StatusCallback", "ValidityPeriod"}


@dataclass(frozen=True)
class Play:
    """What the network does with one request: status, error code, headers, and the delay before it answers."""

    status: int = 201
    code: int | None = None
    body: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    after_seconds: float = 0.0
    hang_up: bool = False


class StandIn:
    """One network at ``url``. ``plays`` are used in order; after them every text is accepted."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.plays: list[Play] = []
        self.requests: list[dict[str, str]] = []
        self.taken: list[dict[str, str]] = []
        self.authorisations: list[str] = []
        self.cookies: list[str | None] = []
        self.connections = 0
        self._lock = threading.Lock()

    def play(self, *plays: Play) -> None:
        self.plays.extend(plays)

    def meet(self, path: str, authorisation: str, form: dict[str, str]) -> tuple[Play, str]:
        """The play for this request, and the body of its answer."""
        with self._lock:
            self.requests.append(form)
            self.authorisations.append(base64.b64decode(authorisation.removeprefix("Basic ")).decode())
            play = self.plays.pop(0) if self.plays else Play()
            if play == Play():
                play = self._refusal(path, form)
            if play.status != 201:
                return play, play.body if play.body is not None else self._error(play)
            sid = f"SM{len(self.taken) + 1:032x}"
            self.taken.append({**form, "sid": sid})
            return play, play.body if play.body is not None else json.dumps({"sid": sid, "status": "queued"})

    def _refusal(self, path: str, form: dict[str, str]) -> Play:
        """The refusal that a strict network gives for this form."""
        checks = {
            20404: path != f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
            21602: not form.get("Body"),
            21603: not (form.get("From") or form.get("MessagingServiceSid")),
            21211: re.fullmatch(r"\+[1-9]\d{6,14}", form.get("To", "")) is None,
            21617: len(form.get("Body", "")) > 1600,
            20001: not set(form) <= FIELDS,
        }
        return next((Play(400, code) for code, is_wrong in checks.items() if is_wrong), Play())

    def _error(self, play: Play) -> str:
        return json.dumps({"status": play.status, "code": play.code, "message": "no", "more_info": "no"})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet per answer: two would wait for each other
    stand_in: StandIn

    def setup(self) -> None:
        super().setup()
        self.stand_in.connections += 1

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        form = dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True, strict_parsing=True))
        self.stand_in.cookies.append(self.headers.get("Cookie"))
        play, body = self.stand_in.meet(self.path, self.headers.get("Authorization", ""), form)
        time.sleep(play.after_seconds)
        if play.hang_up:
            self.close_connection = True
            return
        written = body.encode()
        self.send_response(play.status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(written))}.items():
            self.send_header(name, value)
        for name, value in play.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(written)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as its parent has it
        """Say nothing."""


@contextmanager
def standing_in(secured: SSLContext | None = None) -> Iterator[StandIn]:
    """A network until the end of the block; ``secured``: over HTTPS with this certificate."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    if secured is not None:
        server.socket = secured.wrap_socket(server.socket, server_side=True)
    stand_in = StandIn(f"{'https' if secured else 'http'}://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = type("Handler", (_Handler,), {"stand_in": stand_in})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def settings_to(network: StandIn, **changes: Any) -> TwilioSettings:
    """Settings that use this network."""
    known = TwilioSettings(account_sid=ACCOUNT, auth_token=TOKEN, sender=SENDER, api_url=network.url)
    return replace(known, **changes)


def signature(url: str, fields: Mapping[str, str], token: str = TOKEN) -> str:
    """Signature of a call: over the address and all fields in the order of their names, with the token as the key."""
    signed = url + "".join(name + value for name, value in sorted(fields.items()))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()
