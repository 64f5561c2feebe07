"""Light or dark: as the device says, unless the person chose. Show-night pages are dark unless light was chosen."""

from flask import Flask, redirect, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from .addresses import this_page

THEMES = {"auto": _l("Auto"), "light": _l("Light"), "dark": _l("Dark")}
COOKIE = "theme"
A_YEAR = 365 * 24 * 3600  # seconds


def init_app(app: Flask, *, secure: bool) -> None:
    """Remember a theme requested with ``?theme=``, then show the page without it in the URL.

    A link, not a form: it changes only this browser, and a public page needs no session.
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
    """The URL that chooses a theme and returns to the current page."""
    return this_page(theme=name)
