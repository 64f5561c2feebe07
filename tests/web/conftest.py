"""A small app with the web room alone: no database, a page for each thing that every page needs."""

from pathlib import Path
from typing import NoReturn

import pytest
from flask import Blueprint, Flask, Response, abort, flash, render_template_string, request, session
from flask.testing import FlaskClient
from flask_login import LoginManager, UserMixin
from sqlalchemy.exc import OperationalError

from config import Settings
from coordinator import web
from coordinator.web.csrf import webhook
from coordinator.web.guard import SIGN_IN, coordinator_required, must_be_ours
from coordinator.web.languages import speak
from coordinator.web.live import live_page

PAGE = "{% extends 'layouts/page.html' %}{% block content %}{{ words }}{% endblock %}"
pages = Blueprint("pages", __name__)


class Ines(UserMixin):
    """A coordinator of organisation 1."""

    id = "7"
    organisation_id = 1


def a_house(public_url: str = "http://127.0.0.1:8000") -> Flask:
    app = Flask("coordinator", root_path=str(Path(web.__file__).parent.parent))
    app.secret_key = "for tests"
    app.login_manager = LoginManager(app)  # type: ignore[attr-defined]
    app.login_manager.user_loader(lambda _: Ines())  # type: ignore[attr-defined]
    settings = Settings("sqlite://", "for tests", Path("instance"), public_url=public_url)
    web.init_app(app, settings)
    app.register_blueprint(pages)
    app.add_url_rule("/sign-in", SIGN_IN, lambda: "who are you?")
    return app


@pytest.fixture
def visitor() -> FlaskClient:
    """A browser at the house, over http."""
    return a_house().test_client()


@pytest.fixture
def coordinator() -> FlaskClient:
    """The browser of Ines, who is signed in."""
    client = a_house().test_client()
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
def walk_in() -> str:
    session["_user_id"], session["_fresh"] = "7", True
    return "in"


@pages.get("/coordinate/")
@coordinator_required
def overview() -> str:
    return "everything"


@pages.get("/coordinate/of/<int:organisation_id>")
@coordinator_required
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
