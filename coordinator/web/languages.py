"""Which language a page speaks: asked for in the address, chosen before, the person's own, or the browser's."""

from __future__ import annotations

from types import MappingProxyType

from flask import Flask, Response, g, has_request_context, request
from flask_babel import Babel, get_locale, refresh

from .addresses import this_page

LANGUAGES = MappingProxyType({"en": "English", "es": "Español"})
COOKIE = "lang"
A_YEAR = 365 * 24 * 3600  # seconds


def init_app(app: Flask, *, secure: bool) -> None:
    """Set up Babel and remember a language asked for with ``?lang=``."""
    Babel(app, default_locale="en", locale_selector=_chosen)  # type: ignore[no-untyped-call]
    app.jinja_env.globals.update(LANGUAGES=LANGUAGES, language=language, language_url=language_url)

    @app.after_request
    def remember(response: Response) -> Response:
        asked = request.args.get("lang", "")
        if asked in LANGUAGES and asked != request.cookies.get(COOKIE):
            response.set_cookie(COOKIE, asked, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
        return response


def speak(code: str) -> None:
    """From here on this page speaks the language of the person it belongs to, unless another was chosen."""
    g.person_language = code
    refresh()  # type: ignore[no-untyped-call]


def language() -> str:
    """The code of the language spoken now: ``en`` or ``es``."""
    found = get_locale()
    return found.language if found is not None else "en"


def language_url(code: str) -> str:
    """The address of the present page in another language."""
    return this_page(lang=code)


def _chosen() -> str:
    if not has_request_context():
        return "en"
    for code in (request.args.get("lang"), request.cookies.get(COOKIE), g.get("person_language")):
        if code in LANGUAGES:
            return str(code)
    return request.accept_languages.best_match(list(LANGUAGES), "en")
