"""Forms prove that they came from a page of ours; webhooks prove themselves by signature instead."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask
from flask_wtf.csrf import CSRFProtect

View = TypeVar("View", bound=Callable[..., object])

protect = CSRFProtect()


def init_app(app: Flask) -> None:
    """Guard every POST, PUT, PATCH and DELETE of the app."""
    # A page left open in the wings all night must still work: a token lives as long as its session.
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    # Personal pages send no referrer on purpose, and the referrer check would refuse their forms on https.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    protect.init_app(app)


def webhook(view: View) -> View:
    """Mark a view that a machine calls, and that checks the caller's signature itself."""
    protect.exempt(view)
    return view
