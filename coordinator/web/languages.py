"""The language of a page: requested in the URL, chosen before, the person's own, or the browser's."""

from collections.abc import Callable, MutableMapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

from flask import Flask, Response, g, has_request_context, request
from flask_babel import Babel, Domain, get_locale, refresh
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from coordinator.core.wording import ended, with_times

from .addresses import this_page

LANGUAGES = MappingProxyType({"en": "English", "es": "Español"})
COOKIE = "lang"
A_YEAR = 365 * 24 * 3600  # seconds


class Sentences(Domain):
    """Translations that agree with the times in them: ``a la 1:15``, ``a las 8:30``, and one period after ``p. m.``"""

    def gettext(self, string: str, **variables: object) -> str:
        return with_times(super().gettext(string, **variables))  # type: ignore[no-untyped-call]

    def ngettext(self, singular: str, plural: str, num: int, **variables: object) -> str:
        return with_times(super().ngettext(singular, plural, num, **variables))  # type: ignore[no-untyped-call]

    def pgettext(self, context: str, string: str, **variables: object) -> str:
        return with_times(super().pgettext(context, string, **variables))  # type: ignore[no-untyped-call]


class Languages(Babel):
    """Babel with our sentences."""

    @cached_property
    def domain_instance(self) -> Domain:
        return Sentences(domain=self.domain)  # type: ignore[no-untyped-call]


def init_app(app: Flask, *, secure: bool) -> None:
    """Set up Babel and remember a language requested with ``?lang=``."""
    Languages(app, default_locale="en", locale_selector=_chosen)  # type: ignore[no-untyped-call]
    said: MutableMapping[str, Any] = app.jinja_env.globals
    said.update({name: _agreeing(said[name]) for name in ("gettext", "ngettext", "pgettext", "npgettext")})
    app.add_template_filter(ended)
    app.jinja_env.globals.update(LANGUAGES=LANGUAGES, language=language, language_url=language_url)

    @app.after_request
    def remember(response: Response) -> Response:
        asked = request.args.get("lang", "")
        if asked in LANGUAGES and asked != request.cookies.get(COOKIE):
            response.set_cookie(COOKIE, asked, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
        return response


def speak(code: str) -> None:
    """From here on, render in the language of the person the page belongs to, unless the reader chose another."""
    g.person_language = code
    refresh()  # type: ignore[no-untyped-call]


def language() -> str:
    """The code of the current language: ``en`` or ``es``."""
    found = get_locale()
    return found.language if found is not None else "en"


def language_url(code: str) -> str:
    """The URL of the current page in another language."""
    return this_page(lang=code)


def _agreeing(translate: Callable[..., str]) -> Callable[..., str]:
    """The same for templates, whose own functions put the names into a sentence."""

    @pass_context
    def said(context: Context, *args: object, **variables: object) -> str:
        words = translate(context, *args, **variables)
        agreeing = with_times(words)
        return Markup(agreeing) if isinstance(words, Markup) else agreeing  # noqa: S704 - it was one before

    return said


def _chosen() -> str:
    if not has_request_context():
        return "en"
    for code in (request.args.get("lang"), request.cookies.get(COOKIE), g.get("person_language")):
        if code in LANGUAGES:
            return str(code)
    return request.accept_languages.best_match(list(LANGUAGES), "en")
