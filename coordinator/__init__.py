"""Callboard: everybody in a show is told the right thing at the right minute, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

from . import web
from .accounts import views as accounts
from .accounts.commands import user
from .db import db, migrate
from .desk.answering import answer_text
from .desk.commands import doctor, event, flyer, people, rehearse, sample
from .desk.views import (
    after,
    company,
    cover,
    door,
    helping,
    kiosk,
    lineup,
    me,
    my_cover,
    poster,
    prints,
    public,
    rules,
    sheet,
    show,
    start,
    texting,
    texts,
)
from .house import House
from .messaging import views as messaging
from .messaging.network import gateway_for
from .shownight.commands import timeline

if TYPE_CHECKING:
    from click import Command
    from flask import Blueprint

    from config import Settings

BLUEPRINTS: tuple[Blueprint, ...] = (
    accounts.bp,
    after.bp,
    cover.bp,
    door.bp,
    kiosk.bp,
    lineup.bp,
    me.bp,
    messaging.bp,
    my_cover.bp,
    poster.bp,
    prints.bp,
    start.bp,  # the overview's own blueprint, with the pages of starting a show
    public.bp,
    rules.bp,
    sheet.bp,
    show.bp,
    company.bp,  # signing up, with the pages for those who come along
    texting.bp,
    texts.bp,
    helping.bp,
)
COMMANDS: tuple[Command, ...] = (doctor, event, flyer, people, rehearse, sample, timeline, user)


def create_app(settings: Settings) -> Flask:
    """The composition root: one app with its database, phone network, pages and commands."""
    app = Flask(__name__, instance_path=str(settings.instance_path.resolve()))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},  # they hold phone numbers, and errors are logged
        MAX_CONTENT_LENGTH=4_000_000,
        MAX_FORM_MEMORY_SIZE=4_000_000,  # a flyer that is too long is refused by its own page, which keeps it
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        REMEMBER_COOKIE_SECURE=settings.https,
    )
    db.init_app(app)
    migrate.init_app(app, db)
    web.init_app(app, settings)
    accounts.init_app(app)
    app.extensions["callboard"] = House(settings, gateway_for(settings), answer_text, create_app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
    return app
