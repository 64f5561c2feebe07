"""What every page needs, whatever slice it belongs to: language, light, headers, errors, live answers, static files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

from . import csrf, errors, filters, headers, languages, live, navigation, static, theme

if TYPE_CHECKING:
    from config import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Wire all of it to the app. Called once, by create_app, before the blueprints."""
    csrf.init_app(app)
    languages.init_app(app, secure=settings.https)
    theme.init_app(app, secure=settings.https)
    filters.init_app(app)
    live.init_app(app)
    navigation.init_app(app, simulated=settings.twilio is None)
    static.init_app(app)
    errors.init_app(app)
    headers.init_app(app, https=settings.https)
