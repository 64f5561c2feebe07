"""Callboard: everybody in a show is told the right thing at the right minute, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

from . import web
from .db import db, migrate
from .house import House
from .messaging.actions import leave_to_people
from .messaging.network import gateway_for
from .messaging.views import bp as messaging
from .shownight.commands import timeline

if TYPE_CHECKING:
    from click import Command
    from flask import Blueprint

    from config import Settings

BLUEPRINTS: tuple[Blueprint, ...] = (messaging,)
COMMANDS: tuple[Command, ...] = (timeline,)


def create_app(settings: Settings) -> Flask:
    """The composition root: one app with its database, phone network, pages and commands."""
    app = Flask(__name__, instance_path=str(settings.instance_path.resolve()))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        MAX_CONTENT_LENGTH=4_000_000,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        REMEMBER_COOKIE_SECURE=settings.https,
    )
    db.init_app(app)
    migrate.init_app(app, db)
    web.init_app(app, settings)
    app.extensions["callboard"] = House(settings, gateway_for(settings), leave_to_people)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
    return app
