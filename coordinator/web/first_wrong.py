"""Where a form that came back begins to be wrong: the browser scrolls there and puts the cursor into that field."""

from flask import Flask, request

_SAID = "callboard.first_wrong"


def init_app(app: Flask) -> None:
    """Let the macros of fields ask."""
    app.jinja_env.globals.update(first_wrong=first_wrong)


def first_wrong() -> bool:
    """Whether nothing on this page was wrong so far; true once in each answer, for the field with ``autofocus``."""
    is_first = _SAID not in request.environ
    request.environ[_SAID] = True
    return is_first
