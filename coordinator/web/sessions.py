"""Who is signed in: the browser's cookie names a row, and the row a membership."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from flask import Flask, Request, Response, current_app, g, request
from flask_login import LoginManager
from sqlalchemy.exc import OperationalError

from coordinator.accounts.actions.sessions import SeenBrowser, begin_session, end_session, note_use
from coordinator.accounts.models import AccountSession, Actor, Coordinator
from coordinator.accounts.queries import open_session
from coordinator.clock import now

from .addresses import caller_address
from .session_cookie import drop_session, keep_session, session_token


def init_app(app: Flask) -> None:
    """Let requests know their coordinator, and sessions that they are in use."""
    # A session is a row: neither Flask's own session nor a cookie of Flask-Login's stands for an account.
    app.config.update(REMEMBER_COOKIE_NAME="no_such_cookie", SESSION_PROTECTION=None)
    manager = LoginManager(app)
    manager.request_loader(_coordinator_of)
    app.after_request(_note_use)


def current_session() -> AccountSession | None:
    """The session of whoever is signed in here; None until somebody asked who it is, or when nobody is."""
    found: AccountSession | None = g.get("account_session")
    return found


def begin(response: Response, coordinator: Coordinator, *, proves: bool = True, is_new: bool = False) -> None:
    """Sign the account in as this member; what the browser was signed in to before ends.

    ``proves`` is false where nothing was asked for that only the account's owner has. ``is_new`` says that the account
    doesn't know the browser.
    """
    before, proved_at = _kept(request), None
    if before is not None:
        proved_at = None if proves else before.proved_at
        end_session(before, now(), actor=Actor.of(before.coordinator))
    browser = replace(seen_browser(), is_new=is_new)
    keep_session(response, begin_session(coordinator, browser, now(), proved_at=proved_at))


def end(response: Response) -> None:
    """Sign the browser out, here and in the row."""
    kept = _kept(request)
    if kept is not None:
        end_session(kept, now(), actor=Actor.of(kept.coordinator))
    drop_session(response)


def seen_browser() -> SeenBrowser:
    """The browser that asks."""
    return SeenBrowser(caller_address(), request.user_agent.string)


def _coordinator_of(asked: Request) -> Coordinator | None:
    g.account_session = kept = _kept(asked)
    return kept.coordinator if kept is not None else None


def _kept(asked: Request) -> AccountSession | None:
    token = session_token(current_app, asked)
    return open_session(token, now()) if token else None


def _note_use(response: Response) -> Response:
    """After the page is made, so that nothing of it waits; while the database is busy, another page's turn comes."""
    kept = current_session()
    if kept is not None and kept.ended_at is None:
        with suppress(OperationalError):
            note_use(kept, seen_browser(), now())
    return response
