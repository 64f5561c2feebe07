"""Serves any WSGI app on this machine over real HTTP."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

Wsgi = Callable[[dict[str, Any], Any], Any]


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - as its parent has it
        """Say nothing."""


@contextmanager
def served(wsgi: Wsgi) -> Iterator[str]:
    """The address of a server for this app."""
    server = make_server("127.0.0.1", 0, wsgi, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def answering(status: str, body: str = "", **headers: str) -> Wsgi:
    """An app that always gives the same answer."""

    def wsgi(environ: dict[str, Any], start: Any) -> list[bytes]:
        start(status, list({"Content-Type": "text/plain", **headers}.items()))
        return [body.encode()]

    return wsgi
