"""How much a browser may send us, and for how long it may take: little from anyone, more from who is signed in."""

from dataclasses import dataclass

from flask import Flask, Request, abort, request

from .session_cookie import session_token

FROM_ANYBODY = 64 * 1024  # bytes: forms of the public, webhooks, sign-in
FROM_COORDINATORS = 4_000_000  # a flyer, a spreadsheet; one that is too long is refused by its own page, which keeps it
FOR_COORDINATORS = "/coordinate/"
REFUSAL = "callboard.refusal"  # in the WSGI environment: the status with which the server refused the body


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one request may bring: so many bytes, all of them within so many seconds."""

    most_bytes: int
    seconds: float


LITTLE = Allowance(FROM_ANYBODY, 15)
MUCH = Allowance(FROM_COORDINATORS, 60)


def init_app(app: Flask) -> None:
    """Refuse what is too large (413) or did not come in time (408) before anyone reads it."""

    @app.before_request
    def limit_body() -> None:
        request.max_content_length = allowance_of(app, request).most_bytes
        if refusal := request.environ.get(REFUSAL):
            abort(int(refusal))
        if (request.content_length or 0) > request.max_content_length:
            abort(413)


def allowance_of(app: Flask, asked: Request) -> Allowance:
    """What this request may bring. No database is asked: a cookie that we signed is enough to be given more room."""
    return MUCH if asked.path.startswith(FOR_COORDINATORS) and session_token(app, asked) else LITTLE
