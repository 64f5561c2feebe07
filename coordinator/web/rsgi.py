"""How granian serves the app: bodies are read on its event loop, and only a complete request gets a thread.

A WSGI server reads the body in the thread that answers, so a few clients who never finish theirs occupy all threads.
Here an unfinished body costs some memory for a few seconds. The app itself stays plain WSGI.
"""

from __future__ import annotations

import asyncio
import logging
import resource
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TYPE_CHECKING, Protocol
from wsgiref.types import WSGIEnvironment

from flask import Flask, Request

from .bodies import REFUSAL, Allowance, allowance_of

if TYPE_CHECKING:
    from granian.rsgi import Scope

THREADS = 4
ROOM = 64 * 1024 * 1024  # bytes of bodies that one process holds at once; beyond that, requests are answered with 503
DRAINED = 16 * 1024 * 1024  # bytes read and dropped: a browser shows our response only after it has sent everything
FIXED = {
    "GATEWAY_INTERFACE": "CGI/1.1",
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "granian",
    "wsgi.errors": sys.stderr,
    "wsgi.input_terminated": True,
    "wsgi.multiprocess": True,
    "wsgi.multithread": True,
    "wsgi.run_once": False,
    "wsgi.version": (1, 0),
}

Answer = tuple[int, list[tuple[str, str]], bytes]

log = logging.getLogger(__name__)


class Connection(Protocol):
    """What granian gives for each request: its body, part by part, and ways to answer it once."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None: ...

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None: ...


class BodyRefused(Exception):
    """The body will not be read; ``status`` is the response: 408, 411, 413 or 503."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class ClientIsGone(Exception):
    """The connection ended before the body did; nobody waits for a response."""


class RsgiAdapter:
    """The Flask app as an RSGI app, granian's own interface."""

    def __init__(self, app: Flask, threads: int = THREADS) -> None:
        self.app = app
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="web")
        self.held = 0  # bytes of bodies in memory now

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Every connection is an open file: raise the limit to what the system allows."""
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    async def __rsgi__(self, scope: Scope, protocol: Connection) -> None:
        environ = environ_of(scope)
        taken = 0
        try:
            body = await self._body(environ, protocol)
            taken = len(body)
            self.held += taken
        except ClientIsGone:
            protocol.response_empty(400, [])
            return
        except BodyRefused as refusal:
            environ[REFUSAL], body = refusal.status, b""
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(body), str(len(body))
        try:
            loop = asyncio.get_running_loop()
            status, headers, content = await loop.run_in_executor(self.threads, answer, self.app, environ)
        finally:
            self.held -= taken
        if REFUSAL in environ:
            headers.append(("Connection", "close"))
        protocol.response_bytes(status, headers, content)

    async def _body(self, environ: WSGIEnvironment, protocol: Connection) -> bytes:
        """The whole announced body. Raises BodyRefused, ClientIsGone."""
        if "HTTP_TRANSFER_ENCODING" in environ:
            raise BodyRefused(411)  # a body of unknown length looks the same complete and cut off
        announced = int(environ.get("CONTENT_LENGTH") or 0)
        if not announced:
            return b""
        allowance = allowance_of(self.app, Request(environ))
        try:
            async with asyncio.timeout(allowance.seconds):
                return await self._read(protocol, announced, allowance)
        except TimeoutError:
            raise BodyRefused(408) from None

    async def _read(self, protocol: Connection, announced: int, allowance: Allowance) -> bytes:
        if announced > allowance.most_bytes:
            await _drain(protocol)
            raise BodyRefused(413)
        parts, came = [], 0
        try:
            async for part in protocol:
                if self.held + len(part) > ROOM:
                    raise BodyRefused(503)
                parts.append(part)
                came += len(part)
                self.held += len(part)
        finally:
            self.held -= came
        if came < announced:
            raise ClientIsGone
        return b"".join(parts)


def environ_of(scope: Scope) -> WSGIEnvironment:
    """The request as a WSGI environment, without its body. Header names with ``_`` are left out: they could pass for
    others.
    """
    host, _, port = scope.server.rpartition(":")
    environ: WSGIEnvironment = FIXED | {
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "REQUEST_METHOD": scope.method,
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.url_scheme": scope.scheme,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        if key in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
            environ.setdefault(key, value)
            continue
        key, between = f"HTTP_{key}", "; " if key == "COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    return environ


def answer(app: Flask, environ: WSGIEnvironment) -> Answer:
    """The app's complete response, so that a slow reader keeps nobody else waiting."""
    status_code, sent_headers = 500, list[tuple[str, str]]()

    def start(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[[bytes], object]:
        nonlocal status_code, sent_headers
        status_code, sent_headers = int(status[:3]), list(headers)
        return _no_writing

    try:
        content = _joined(app(environ, start))
    except Exception:
        log.exception("the app failed to respond")
        return 500, [("Content-Type", "text/plain")], b"Something broke on our side.\n"
    return status_code, sent_headers, content


def _no_writing(part: bytes) -> object:
    raise NotImplementedError("Flask returns its response and never writes it")


def _joined(parts: Iterable[bytes]) -> bytes:
    try:
        return b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()


async def _drain(protocol: Connection) -> None:
    came = 0
    async for part in protocol:
        came += len(part)
        if came > DRAINED:
            return
