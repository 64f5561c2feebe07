"""The list of all shows of an organization."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from tests.builders import a_coordinator, a_night, sign_in


def test_one_show_is_opened_at_once_and_several_are_listed(app: Flask, client: FlaskClient) -> None:
    night = a_night()
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    only = alice.get("/coordinate/")
    a_night(organisation=night.organisation, slug="another", title="Another night", on=night.on + timedelta(days=7))

    several = alice.get("/coordinate/")

    assert only.location == "/coordinate/justice-in-motion"
    assert "Another night" in several.text
