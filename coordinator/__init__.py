"""Callboard: everyone in a show is told the right thing at the right minute, once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flask import Flask

from . import web
from .collector import safe_point
from .core.personal_links import PersonalLinks
from .db import db, migrate
from .features.account import views as account
from .features.afterwards import views as afterwards
from .features.audit_log import views as audit_log
from .features.boards import views as boards
from .features.changeover import views as changeover
from .features.check_in import views as check_in
from .features.counting import views as counting
from .features.cover import views as cover
from .features.dead_air import views as dead_air
from .features.event_document.commands import event
from .features.event_facts import views as event_facts
from .features.members import views as members
from .features.my_page import views as my_page
from .features.operations import views as operations
from .features.operations.commands.backup import backup, restore
from .features.operations.commands.doctor import doctor
from .features.operations.commands.email import email
from .features.operations.commands.texts import texts as texts_group
from .features.organisation import views as organisation
from .features.overview import views as overview
from .features.people_list import views as people_list
from .features.people_list.commands import people
from .features.performers import views as performers
from .features.phones import views as phones
from .features.printouts import views as printouts
from .features.privacy import views as privacy
from .features.public_lineup import views as public_lineup
from .features.rehearsal import views as rehearsal
from .features.rehearsal.commands.rehearse import rehearse
from .features.rehearsal.commands.timeline import timeline
from .features.reminder_rules import views as reminder_rules
from .features.report import views as report
from .features.running_order import views as running_order
from .features.sample.commands import sample
from .features.sheets.commands import sheet
from .features.shift_plan import views as shift_plan
from .features.show_night import views as show_night
from .features.sign_in import views as sign_in
from .features.sign_in.commands import user
from .features.sign_up import views as sign_up
from .features.start_show import views as start_show
from .features.start_show.commands import flyer
from .features.text_replies.commands import reply
from .features.text_replies.routing import answer_text
from .features.text_setup import views as text_setup
from .features.texts import views as texts
from .features.twilio_webhooks import views as twilio_webhooks
from .features.unsubscribe import views as unsubscribe
from .messaging.mail import mailer_for
from .messaging.mail_line import mail_line_for
from .messaging.network import gateway_for
from .services import AppServices
from .web import sessions
from .web.bodies import FROM_COORDINATORS

if TYPE_CHECKING:
    from click import Command
    from flask import Blueprint

    from config import Settings

BLUEPRINTS: tuple[Blueprint, ...] = (
    account.bp,
    afterwards.bp,
    audit_log.bp,
    boards.bp,
    changeover.bp,
    check_in.bp,
    counting.bp,
    cover.bp,
    dead_air.bp,
    event_facts.bp,
    members.bp,
    my_page.bp,
    operations.bp,
    organisation.bp,
    overview.bp,
    people_list.bp,
    performers.bp,
    phones.bp,
    printouts.bp,
    privacy.bp,
    unsubscribe.bp,
    public_lineup.bp,
    rehearsal.bp,
    reminder_rules.bp,
    report.bp,
    running_order.bp,
    shift_plan.bp,
    show_night.bp,
    sign_in.bp,
    sign_up.bp,
    start_show.bp,
    text_setup.bp,
    texts.bp,
    twilio_webhooks.bp,
)
COMMANDS: tuple[Command, ...] = (
    backup,
    doctor,
    email,
    event,
    flyer,
    people,
    rehearse,
    reply,
    restore,
    sample,
    sheet,
    texts_group,
    timeline,
    user,
)


def create_app(settings: Settings) -> Flask:
    """The composition root: one app with its database, phone network, pages and commands."""
    app = Flask(__name__, instance_path=str(settings.instance_path.resolve()))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},  # they hold phone numbers, and errors are logged
        MAX_FORM_MEMORY_SIZE=FROM_COORDINATORS,  # one field may be as large as the whole form
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
    )
    app.teardown_appcontext(lambda _failure: safe_point())  # last: the session is gone by then
    db.init_app(app)
    migrate.init_app(app, db)
    web.init_app(app, settings)
    sessions.init_app(app)
    links = PersonalLinks(settings.public_url, settings.secret_key)
    answer = partial(answer_text, public_url=settings.public_url)
    app.extensions["callboard"] = AppServices(
        settings,
        gateway_for(settings, links),
        mail_line_for(settings, links),
        mailer_for(settings),
        links,
        answer,
        create_app,
    )
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
    return app
