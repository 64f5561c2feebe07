"""Static files under URLs that change with their content, so that a browser may cache them for a year.

The small style sheets in ``static/css`` are sent as one, joined in the order of ``SHEETS``.
"""

import gzip
import hashlib
from collections.abc import MutableMapping
from functools import cache
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from flask import Blueprint, Flask, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse
from whitenoise import WhiteNoise

FOLDER = Path(__file__).resolve().parent.parent / "static"
ORDER = "@layer reset, tokens, base, parts, screens, prefs;\n"
SHEETS = (
    *("reset", "tokens", "base"),
    *("button", "tag", "card", "field", "notice", "page", "table", "timeline"),
    *("public", "signup", "live", "sheet", "door", "desk", "crew", "flyer", "phones", "people", "boards"),
    *("texts", "texting", "paper", "rehearsal"),
    "poster",
    *("money", "report", "changeover"),
    "prefs",
)
A_YEAR = 365 * 24 * 3600  # seconds

web = Blueprint("web", __name__)


def init_app(app: Flask) -> None:
    """Serve static files from an index in memory; each URL contains the hash of its content."""
    app.register_blueprint(web)
    app.jinja_env.globals.update(static_url=static_url, stylesheet_url=stylesheet_url)

    @app.url_defaults
    def carry_hash(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values and "v" not in values:
            values["v"] = content_hash(values["filename"])

    if app.debug:  # designers see each change without a restart
        app.before_request(_look_again)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=FOLDER, prefix="static/", max_age=A_YEAR, autorefresh=app.debug, add_headers_function=_safely
    )


def static_url(name: str) -> str:
    """The URL of a file in ``static/``, for instance ``static_url("icons.svg")``."""
    return url_for("static", filename=name)


def stylesheet_url() -> str:
    """The URL of all style sheets in one."""
    return url_for("web.stylesheet", v=stylesheet()[0])


@cache
def content_hash(name: str) -> str:
    """Twelve hex digits that change when the file in ``static/`` does."""
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:12]


@cache
def stylesheet() -> tuple[str, bytes, bytes]:
    """All style sheets as one: its hash, its bytes, its bytes compressed."""
    joined = ORDER + "\n".join((FOLDER / "css" / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS)
    plain = joined.encode()
    return hashlib.sha256(plain).hexdigest()[:12], plain, gzip.compress(plain, 9, mtime=0)


@cache
def release() -> str:
    """A hash that changes when pages may look different although their data is the same."""
    templates = sorted((FOLDER.parent / "templates").rglob("*.html"))
    seen = hashlib.sha256(stylesheet()[1])
    for path in templates:
        seen.update(path.read_bytes())
    return seen.hexdigest()[:12]


@web.get("/callboard.css", endpoint="stylesheet")
def serve_stylesheet() -> Response:
    _, plain, small = stylesheet()
    compressed = request.accept_encodings.quality("gzip") > 0
    response = Response(small if compressed else plain, mimetype="text/css")
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response.vary.add("Accept-Encoding")
    if compressed:
        response.headers["Content-Encoding"] = "gzip"
    return response


@web.get("/callboard-night.js")
def night_worker() -> Response:
    """The service worker that keeps the pages of a night on a phone.

    Not under ``/static/``: a worker controls only pages below its own path, and uses the security policy it came with.
    """
    response = Response((FOLDER / "js" / "worker" / "night.js").read_bytes(), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/coordinate/"
    return response


@web.get("/favicon.ico")
def favicon() -> BaseResponse:
    return redirect(static_url("mark.svg"), 302)


def _safely(headers: Headers | MutableMapping[str, str], path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def _look_again() -> None:
    for remembered in (content_hash, stylesheet, release):
        remembered.cache_clear()
