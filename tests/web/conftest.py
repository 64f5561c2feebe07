"""A small app with the ``web`` package alone: no database, and a page for each feature of ``web``."""

from pathlib import Path
from typing import NoReturn

import pytest
from flask import Blueprint, Flask, Response, abort, flash, make_response, render_template_string, request
from flask.testing import FlaskClient
from flask_login import LoginManager, UserMixin
from sqlalchemy.exc import OperationalError

from config import Settings
from coordinator import web
from coordinator.accounts.permissions import Permission
from coordinator.web.csrf import webhook
from coordinator.web.guard import SIGN_IN, must_be_ours, needs
from coordinator.web.languages import speak
from coordinator.web.live import live_page
from coordinator.web.navigation import NIGHT_PLACES, ORGANISATION_PLACES, PLACES
from coordinator.web.session_cookie import keep_session, session_token

PAGE = "{% extends 'layouts/page.html' %}{% block content %}{{ words }}{% endblock %}"
pages = Blueprint("pages", __name__)


class Ines(UserMixin):
    """A coordinator of organization 1."""

    id = "7"
    organisation_id = 1
    role = "coordinator"


def a_small_app(public_url: str = "http://127.0.0.1:8000") -> Flask:
    app = Flask("coordinator", root_path=str(Path(web.__file__).parent.parent))
    app.secret_key = "for tests"
    app.login_manager = LoginManager(app)  # type: ignore[attr-defined]
    app.login_manager.request_loader(lambda asked: Ines() if session_token(app, asked) else None)  # type: ignore[attr-defined]
    settings = Settings("sqlite://", "for tests", Path("instance"), public_url=public_url)
    web.init_app(app, settings)
    app.register_blueprint(pages)
    app.add_url_rule("/sign-in", SIGN_IN, lambda: "who are you?")
    add_places(app)
    return app


def add_places(app: Flask) -> None:
    """An address for each target of the menus, so that the layouts can link to it."""
    for endpoint in {place.endpoint for place in PLACES + NIGHT_PLACES}:
        app.add_url_rule(f"/coordinate/<slug>/{endpoint}", endpoint, lambda slug: slug)
    for place in ORGANISATION_PLACES:
        app.add_url_rule(f"/coordinate/{place.endpoint}", place.endpoint, lambda: "everything")


@pytest.fixture
def visitor() -> FlaskClient:
    """A browser without a session, over http."""
    return a_small_app().test_client()


@pytest.fixture
def coordinator() -> FlaskClient:
    """The browser of Ines, who is signed in."""
    client = a_small_app().test_client()
    client.get("/walk-in")
    return client


@pages.get("/")
def line_up() -> str:
    return render_template_string(PAGE, words="Carlos Lumbi")


@pages.get("/now")
def now() -> Response:
    return live_page(request.args.get("revision", "1"), lambda: render_template_string(PAGE, words="On now"))


@pages.get("/news")
def news() -> str:
    flash("Moved by 10 minutes.", "ok")
    return "kept for the next page"


@pages.get("/me/<token>")
def own_page(token: str) -> str:
    speak("es")
    return render_template_string(PAGE, words=token[:0])


@pages.get("/walk-in")
def walk_in() -> Response:
    response = make_response("in")
    keep_session(response, "the token of Ines")
    return response


@pages.get("/coordinate/")
@needs(Permission.SEE_PLAN)
def overview() -> str:
    return "everything"


@pages.get("/coordinate/of/<int:organisation_id>")
@needs(Permission.SEE_PLAN)
def of_organisation(organisation_id: int) -> str:
    must_be_ours(organisation_id)
    return "ours"


@pages.post("/sign-up")
def sign_up() -> str:
    return "signed up"


@pages.post("/hook")
@webhook
def hook() -> str:
    return "heard"


@pages.get("/fail/<int:code>")
def fail(code: int) -> NoReturn:
    abort(code)


@pages.get("/used")
def used() -> NoReturn:
    abort(410, "This link was used on Tuesday.")


@pages.get("/broken")
def broken() -> NoReturn:
    raise RuntimeError("secret of the house")


@pages.get("/database")
def database() -> NoReturn:
    raise OperationalError("SELECT phone", {}, Exception("secret of the house"))
