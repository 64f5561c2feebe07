"""The real app for a browser: a server in a thread, and checks of its pages."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.test import run_wsgi_app

from coordinator.web.session_cookie import COOKIE
from tests.serving import Wsgi

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
VIOLATIONS = """axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
    .then(({violations}) => violations.map(({id, nodes}) => id + ": " + nodes[0].html))"""
SMALL = """[...document.querySelectorAll("a, button, summary, select, textarea, input:not([type=hidden])")]
    .filter(each => each.checkVisibility() && !each.closest(".skip, p") && !each.matches(".tick input"))
    .filter(each => Math.min(each.getBoundingClientRect().height, each.getBoundingClientRect().width) < 44)
    .map(each => each.outerHTML)"""


class KeepsConnections(WSGIRequestHandler):
    """One connection for a page and its resources: Chromium sometimes loses one of many short connections."""

    protocol_version = "HTTP/1.1"


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of the app, with CSRF protection on."""
    app.config["WTF_CSRF_ENABLED"] = True
    server: BaseWSGIServer = make_server(
        "127.0.0.1", 0, _in_one_piece(app), threaded=True, request_handler=KeepsConnections
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _in_one_piece(app: Flask) -> Wsgi:
    """Each file is read and closed before it is sent: the server leaves it open when the browser hangs up."""

    def wsgi(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        body, status, headers = run_wsgi_app(app, environ, buffered=True)
        start(status, headers.to_wsgi_list())
        return body

    return wsgi


def seen_by(page: Page, client: FlaskClient, address: str, path: str) -> Page:
    """The page as seen by the user who is signed in with this client."""
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    page.context.add_cookies([{"name": COOKIE, "value": cookie.value, "url": address}])
    page.goto(address + path)
    return page


def wrongs(page: Page, width: int) -> list[str]:
    """Findings of axe, targets that are too small, and whether the page scrolls sideways."""
    page.emulate_media(reduced_motion="reduce")  # colors in transition would fail the contrast check
    page.mouse.move(0, 0)
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": height})  # a fixed bar at the bottom covers nothing then
    page.evaluate(AXE.read_text(encoding="utf-8"))  # a script tag would break the content policy
    sideways = page.evaluate("document.documentElement.scrollWidth")
    found = [*page.evaluate(VIOLATIONS), *(f"small: {each}" for each in page.evaluate(SMALL))]
    return [*found, *([f"{sideways} px wide"] if sideways > width else [])]
