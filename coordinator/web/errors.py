"""Pages for what went wrong: plain words, what to do next, nothing about the inside. They need no database."""

from dataclasses import dataclass

from flask import Flask, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException, ServiceUnavailable, default_exceptions
from werkzeug.wrappers import Response

JSON = "application/json"
PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class ErrorWords:
    """The words for one kind of error: a title, a sentence, and whether asking again can help."""

    title: LazyString
    sentence: LazyString
    again: bool = False


FORM_TOO_OLD = ErrorWords(
    _l("This page was open too long"),
    _l("Nothing was changed. Go back, reload the page and try again."),
    again=True,
)
SAID = {
    400: ErrorWords(
        _l("We couldn't read that"), _l("Nothing was changed. Go back, check what you typed and try again.")
    ),
    401: ErrorWords(_l("Sign in first"), _l("This page is for coordinators who are signed in.")),
    403: ErrorWords(
        _l("You don't have access to this page"), _l("It belongs to someone else. Check which account you're using.")
    ),
    404: ErrorWords(
        _l("There's nothing here"), _l("The link may be old or incomplete. Check it, or ask whoever sent it to you.")
    ),
    405: ErrorWords(_l("You can't do that here"), _l("Go back and use the buttons on the page.")),
    408: ErrorWords(
        _l("That took too long to arrive"),
        _l("Nothing was changed. Check your connection and send it again."),
        again=True,
    ),
    409: ErrorWords(
        _l("Someone else got there first"), _l("The page has changed since you opened it. Reload it and check.")
    ),
    410: ErrorWords(
        _l("This link no longer works"), _l("It was already used or has been replaced. Ask for a new one.")
    ),
    411: ErrorWords(
        _l("We couldn't read that"), _l("Nothing was changed. Go back, check what you typed and try again.")
    ),
    413: ErrorWords(_l("That's too much to send"), _l("Nothing was changed. Send a shorter text or a smaller file.")),
    429: ErrorWords(_l("Too many tries"), _l("Wait a few minutes, then try again."), again=True),
    500: ErrorWords(
        _l("Something went wrong on our end"),
        _l("We've logged it. Texts already planned will still go out. Try again in a minute."),
        again=True,
    ),
    503: ErrorWords(
        _l("We can't answer right now"), _l("Try again in a minute. Nothing you sent was changed."), again=True
    ),
}
OWN_WORDS = frozenset({403, 404, 409, 410, 429, 503})  # where a view may say more: abort(410, _("…"))


def init_app(app: Flask) -> None:
    """Answer every HTTP error, and a database that cannot be reached, with a page or with problem+json."""
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(OperationalError, without_database)
    app.register_error_handler(InterfaceError, without_database)


def answer(error: HTTPException) -> ResponseReturnValue:
    """The page for an HTTP error, in the person's language; JSON for who asked for it."""
    code = error.code or 500
    if code < 400 or error.response is not None:
        return error
    said = FORM_TOO_OLD if isinstance(error, CSRFError) else SAID.get(code, SAID[400 if code < 500 else 500])
    sentence = _own_words(error) or str(said.sentence)
    response = _problem(code, said, sentence) if wants_json() else _page(code, said, sentence)
    for name, value in error.get_headers(request.environ):
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def without_database(error: Exception) -> ResponseReturnValue:
    """503: the database cannot be reached, or is not as this release expects it."""
    current_app.logger.error("the database did not answer", exc_info=error)
    return answer(ServiceUnavailable(retry_after=30))


def wants_json() -> bool:
    """Whether the caller would rather have JSON than a page."""
    if request.path.startswith("/api/"):
        return True
    best = request.accept_mimetypes.best_match(["text/html", JSON, PROBLEM])
    return best in {JSON, PROBLEM}


def _own_words(error: HTTPException) -> str | None:
    usual = default_exceptions.get(error.code or 500)
    own = error.code in OWN_WORDS and usual is not None and error.description != usual.description
    return str(error.description) if own and error.description else None


def _page(code: int, said: ErrorWords, sentence: str) -> Response:
    try:
        body = render_template("errors/error.html", code=code, said=said, sentence=sentence)
        return make_response(body, code)
    except Exception:  # the page of last resort must not fail as well
        current_app.logger.exception("the error page itself failed")
        return Response(f"{said.title}. {sentence}\n", code, mimetype="text/plain")


def _problem(code: int, said: ErrorWords, sentence: str) -> Response:
    body = {"type": "about:blank", "title": str(said.title), "status": code, "detail": sentence}
    return Response(current_app.json.dumps(body), code, mimetype=PROBLEM)
