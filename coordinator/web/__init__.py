"""What every page needs, whatever slice it belongs to: language, light, headers, errors, live answers, static files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

from . import (
    bodies,
    csrf,
    errors,
    filters,
    first_wrong,
    guard,
    headers,
    ids,
    labels,
    languages,
    live,
    navigation,
    offline,
    static,
    theme,
    typed,
)

if TYPE_CHECKING:
    from config import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Wire all of it to the app. Called once, by create_app, before the blueprints."""
    ids.init_app(app)
    typed.init_app(app)
    bodies.init_app(app)  # before the forms are read to see where they came from
    csrf.init_app(app)
    app.config["TRUSTED_PROXIES"] = settings.trusted_proxies
    languages.init_app(app, secure=settings.https)
    theme.init_app(app, secure=settings.https)
    filters.init_app(app)
    first_wrong.init_app(app)
    guard.init_app(app)
    labels.init_app(app)
    live.init_app(app)
    simulated = settings.twilio is None
    navigation.init_app(app, simulated=simulated, mails_simulated=simulated and settings.smtp_url is None)
    offline.init_app(app)
    static.init_app(app)
    errors.init_app(app)
    headers.init_app(app, https=settings.https)
