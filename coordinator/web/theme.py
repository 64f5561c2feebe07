"""Light or dark: as the device says, unless the person chose. Show-night pages are dark unless light was chosen."""

from __future__ import annotations

from flask import Flask, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from .addresses import this_page

THEMES = ("auto", "light", "dark")
COOKIE = "theme"
A_YEAR = 365 * 24 * 3600  # seconds


def init_app(app: Flask, *, secure: bool) -> None:
    """Remember a theme asked for with ``?theme=``, then show the page without it in the address.

    A link and not a form: it changes nothing but this browser, and a public page stays free of a session.
    """
    app.jinja_env.globals.update(THEMES=THEMES, theme=theme, theme_url=theme_url)

    @app.before_request
    def choose() -> BaseResponse | None:
        asked = request.args.get("theme")
        if asked not in THEMES or request.method != "GET":
            return None
        response = redirect(this_page(theme=None), 303)
        response.set_cookie(COOKIE, asked, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
        return response


def theme() -> str:
    """The theme that this browser chose: ``light``, ``dark`` or ``auto``."""
    chosen = request.cookies.get(COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def theme_url(name: str) -> str:
    """The address that chooses a theme and comes back to the present page."""
    return this_page(theme=name)
