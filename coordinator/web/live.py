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

from __future__ import annotations

import hashlib
from collections.abc import Callable

from flask import Flask, Response, g, make_response, request, session

from .languages import language
from .static import release
from .theme import theme

KEEPING = "private, no-cache"


def init_app(app: Flask) -> None:
    """Let layouts write the page's own etag beside what they show, so that the first question can be answered 304."""
    app.jinja_env.globals.update(live_etag=lambda: g.get("live_etag", ""))


def live_page(etag: str, render: Callable[[], str]) -> Response:
    """A 304 when the browser has this page already, else the page that ``render`` makes."""
    same = not_modified(etag)
    return same if same is not None else with_etag(make_response(render()), etag)


def not_modified(etag: str) -> Response | None:
    """The 304 answer when the browser has this very page; None when it must be made."""
    g.live_news = bool(session.get("_flashes"))
    sealed = _sealed(etag)
    if g.live_news:  # a page that says "Moved by 10 minutes" once must not be shown again from a cache
        return None
    g.live_etag = sealed
    if not request.if_none_match.contains_weak(sealed):
        return None
    return _marked(Response(status=304), sealed)


def with_etag(response: Response, etag: str) -> Response:
    """The response, to be asked for again before it is shown again."""
    if g.get("live_news"):
        response.headers["Cache-Control"] = "no-store"
        return response
    return _marked(response, _sealed(etag))


def _marked(response: Response, sealed: str) -> Response:
    response.set_etag(sealed, weak=True)
    response.headers["Cache-Control"] = KEEPING
    response.vary.update(("Accept-Language", "Cookie"))
    return response


def _sealed(etag: str) -> str:
    whose = (session.get("_user_id", ""), session.get("csrf_token", ""))
    seen = "\0".join((etag, release(), language(), theme(), *map(str, whose)))
    return hashlib.blake2b(seen.encode(), digest_size=12).hexdigest()
