"""Pages that change under a person's eyes: asked for again every few seconds, answered 304 while nothing changed.

In a view::

    return live_page(f"{event.revision}-{minute}", lambda: render_template("…", …))

or, when even reading the page's data must wait until it is known that something changed::

    if (same := not_modified(etag)) is not None:
        return same
    return with_etag(make_response(render_template("…", …)), etag)

The ``etag`` says everything that the page shows: a revision and, when the page tells the time, the minute.
Language, light, who is signed in and the release of the app are added here. ``static/js/live.js`` is the other half.

A page that a whole hall asks for is made once and given to everybody who would get the same one
(``live_page(etag, render, shared=True)``): each press and each minute makes a thousand phones ask for it anew.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from flask import Flask, Response, current_app, g, make_response, request, session

from coordinator.clock import now

from .languages import language
from .session_cookie import COOKIE
from .static import release
from .theme import theme

KEEPING = "private, no-cache"
SHARED_FOR = timedelta(seconds=5)  # by which what a page says about the time may be old
MOST_SHARED = 64  # pages


class SharedPages:
    """Pages as they were made a moment ago, by what decides what they show and by their address."""

    def __init__(self) -> None:
        self._pages: dict[tuple[str, str], tuple[datetime, str]] = {}
        self._lock = Lock()

    def made_once(self, key: tuple[str, str], render: Callable[[], str], at: datetime) -> str:
        """The page with this key, made anew if it is too old; some that ask in the same instant may make it too.

        A page that gave its reader a session, for instance a form with a token, is this reader's alone.
        """
        made_at, page = self._pages.get(key, (None, ""))
        if made_at is not None and timedelta(0) <= at - made_at < SHARED_FOR:
            return page
        page = render()
        if session.modified:
            return page
        with self._lock:
            self._pages.pop(key, None)
            self._pages[key] = at, page
            while len(self._pages) > MOST_SHARED:
                del self._pages[next(iter(self._pages))]
        return page


def init_app(app: Flask) -> None:
    """Let layouts include the page's own ETag, so that even the first poll can be answered with 304."""
    app.extensions["callboard_pages"] = SharedPages()
    app.jinja_env.globals.update(live_etag=lambda: g.get("live_etag", ""))


def live_page(etag: str, render: Callable[[], str], *, shared: bool = False) -> Response:
    """A 304 if the browser has this page already, else the page that ``render`` makes.

    ``shared``: the same page may be given to everyone for whom it has the same ETag, for a few seconds.
    """
    same = not_modified(etag)
    if same is not None:
        return same
    if not shared or g.live_news:
        return with_etag(make_response(render()), etag)
    pages: SharedPages = current_app.extensions["callboard_pages"]
    return with_etag(make_response(pages.made_once((_own_etag(etag), request.full_path), render, now())), etag)


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
