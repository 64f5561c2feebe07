"""A server with a full night, and every address of its app."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from coordinator import create_app
from coordinator.accounts.actions.passwords import set_password
from coordinator.accounts.models import Actor
from coordinator.db import db
from tests.attacks.server import PASSWORD, SECRET, Browser, Server, web
from tests.databases import copy_of, settings_for
from tests.full_night import a_full_night
from tests.reading import PageForm, forms_of
from tests.walking import Stop, stops


@dataclass(frozen=True)
class Attacked:
    """The server, its addresses by method, and the token of one performer's page."""

    server: Server
    gets: list[Stop]
    posts: list[Stop]
    token: str

    def forms(self, alice: Browser) -> Iterator[tuple[Stop, PageForm]]:
        """Every form that Alice, signed in, finds on any page, with its page; equal forms once."""
        seen: set[tuple[str, ...]] = set()
        for stop in self.gets:
            if stop.endpoint.startswith(("static", "web.", "operations.", "sign_in.")):
                continue
            page = alice.ask(stop.path).text
            for form in forms_of(page):
                shape = (stop.rule.split("/")[1], form.action.rpartition("/")[2], *form.fields)
                if form.method == "post" and not form.action.endswith("/sign-out") and shape not in seen:
                    seen.add(shape)
                    yield stop, form
                    if form.action.endswith("/this-device"):  # this form ends the session
                        alice.cookies.clear()
                        alice.sign_in()


@contextmanager
def a_night_attacked(template: Path, folder: Path) -> Iterator[Attacked]:
    """The full night, with a database and a web process of its own."""
    with copy_of(template) as url:
        app = create_app(replace(settings_for(url, folder), secret_key=SECRET))
        with app.app_context():
            full = a_full_night(datetime.now(UTC))
            set_password(full.alice.account, PASSWORD, full.now, actor=Actor.of(full.alice))
            walk = {method: stops(app, full, method) for method in ("GET", "POST")}
            token, email = full.token(full.performer), full.alice.email
            db.engine.dispose()
        with web(url, folder) as server:
            server.email = email
            yield Attacked(server, walk["GET"], walk["POST"], token)
