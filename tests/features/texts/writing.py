"""Writes a text as a coordinator does: preview the recipients, then press Send."""

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.db import db
from coordinator.messaging.models import Message
from tests.reading import read_page

TEXTS = "/coordinate/justice-in-motion/texts"


def form_of(page: TestResponse) -> dict[str, str]:
    """The hidden fields of the page's form, as a browser sends them."""
    inputs = read_page(page.text).every("input")
    return {each.attributes.get("name", ""): each.attributes.get("value", "") for each in inputs}


def looked_at(client: FlaskClient, body: str, to: str) -> dict[str, str]:
    """What pressing Send would post after the preview."""
    page = client.post(f"{TEXTS}/write", data={"to": to, "body": body, "preview": "1"})
    hidden = form_of(page)
    return {"to": to, "body": body, "send": "1", "batch": hidden["batch"], "fingerprint": hidden["fingerprint"]}


def written(client: FlaskClient, body: str, to: str = "unconfirmed") -> TestResponse:
    return client.post(f"{TEXTS}/write", data=looked_at(client, body, to))


def notes() -> list[tuple[str, str, str]]:
    """Texts sent by hand: recipient, words, state."""
    rows = db.session.scalars(select(Message).where(Message.kind == "note").order_by(Message.id))
    return [(row.person.first_name if row.person else "", row.body, row.state) for row in rows]
