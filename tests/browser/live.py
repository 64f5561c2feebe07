"""The real app for a browser: a server in a thread, and what is wrong with a page that it shows."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
VIOLATIONS = """axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
    .then(({violations}) => violations.map(({id, nodes}) => id + ": " + nodes[0].html))"""
SMALL = """[...document.querySelectorAll("a, button, summary, select, textarea, input:not([type=hidden])")]
    .filter(each => each.checkVisibility() && !each.closest(".skip, p") && !each.matches(".tick input"))
    .filter(each => Math.min(each.getBoundingClientRect().height, each.getBoundingClientRect().width) < 44)
    .map(each => each.outerHTML)"""


class KeepsConnections(WSGIRequestHandler):
    """One connection for a page and all it needs: Chromium now and then loses one of many short ones."""

    protocol_version = "HTTP/1.1"


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address where the app answers, its forms guarded as for the world."""
    app.config["WTF_CSRF_ENABLED"] = True
    server: BaseWSGIServer = make_server("127.0.0.1", 0, app, threaded=True, request_handler=KeepsConnections)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def wrongs(page: Page, width: int) -> list[str]:
    """What axe finds, targets that are too small to press, and whether the page moves sideways."""
    page.emulate_media(reduced_motion="reduce")  # a colour on its way to another is neither
    page.mouse.move(0, 0)
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": height})  # a bar at the bottom covers what may be scrolled away
    page.evaluate(AXE.read_text(encoding="utf-8"))  # a script tag would break the content policy
    sideways = page.evaluate("document.documentElement.scrollWidth")
    found = [*page.evaluate(VIOLATIONS), *(f"small: {each}" for each in page.evaluate(SMALL))]
    return [*found, *([f"{sideways} px wide"] if sideways > width else [])]
