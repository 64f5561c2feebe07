"""Pages that change under a person's eyes: asked for again every few seconds, answered 304 while nothing changed.

In a view::

    return live_page(f"{event.revision}-{minute}", lambda: render_template("…", …))

or, when even reading the page's data must wait until it is known that something changed::

    if (same := not_modified(etag)) is not None:
        return same
    return with_etag(make_response(render_template("…", …)), etag)

The ``etag`` says everything that the page shows: a revision and, when the page tells the time, the minute.
Language, light, who is signed in and the release of the app are added here. ``static/js/live.js`` is the other half.
"""

import hashlib
from collections.abc import Callable

from flask import Flask, Response, g, make_response, request, session

from .languages import language
from .session_cookie import COOKIE
from .static import release
from .theme import theme

KEEPING = "private, no-cache"


def init_app(app: Flask) -> None:
    """Let layouts include the page's own ETag, so that even the first poll can be answered with 304."""
    app.jinja_env.globals.update(live_etag=lambda: g.get("live_etag", ""))


def live_page(etag: str, render: Callable[[], str]) -> Response:
    """A 304 if the browser has this page already, else the page that ``render`` makes."""
    same = not_modified(etag)
    return same if same is not None else with_etag(make_response(render()), etag)


def not_modified(etag: str) -> Response | None:
    """The 304 response if the browser has this very page; None if it must be rendered."""
    g.live_news = bool(session.get("_flashes"))
    own_etag = _own_etag(etag)
    if g.live_news:  # a page that says "Moved by 10 minutes" once must not be shown again from a cache
        return None
    g.live_etag = own_etag
    if not request.if_none_match.contains_weak(own_etag):
        return None
    return _with_own_etag(Response(status=304), own_etag)


def with_etag(response: Response, etag: str) -> Response:
    """The response with this ETag, to be revalidated before it is shown again."""
    if g.get("live_news"):
        response.headers["Cache-Control"] = "no-store"
        return response
    return _with_own_etag(response, _own_etag(etag))


def _with_own_etag(response: Response, own_etag: str) -> Response:
    response.set_etag(own_etag, weak=True)
    response.headers["Cache-Control"] = KEEPING
    response.vary.update(("Accept-Language", "Cookie"))
    return response


def _own_etag(etag: str) -> str:
    """The ETag of the page in this reader's language, theme and session."""
    whose = (request.cookies.get(COOKIE, ""), session.get("csrf_token", ""))
    seen = "\0".join((etag, release(), language(), theme(), *map(str, whose)))
    return hashlib.blake2b(seen.encode(), digest_size=12).hexdigest()
