"""``flask user add``, as typed."""

import re

import pytest
from click.testing import Result
from flask import Flask

from coordinator import clock
from coordinator.accounts.queries import coordinator_by_email, first_organisation, open_sign_in_link
from tests.builders import a_coordinator, an_organisation


def add(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["user", "add", *arguments])


def test_an_account_is_made_with_a_link_that_sets_its_password(app: Flask) -> None:
    result = add(app, "Ana@show.example", "--name", "Ana Ruiz", "--phone", "212 555 0101", "--role", "owner")

    said, address = result.stdout.splitlines()
    found = re.fullmatch(r"http://localhost/sign-in/(\S+)", address)
    ana = coordinator_by_email("ana@show.example")
    assert (result.exit_code, said) == (0, "Ana Ruiz coordinates for My organisation. Set a password within a day:")
    assert found is not None
    assert ana is not None
    link = open_sign_in_link(found[1], clock.now())
    assert link is not None
    assert (link.coordinator, link.sets_password) == (ana, True)
    assert (ana.role, ana.person.phone, ana.person.can_be_texted) == ("owner", "+12125550101", True)


def test_without_a_phone_nobody_is_texted(app: Flask) -> None:
    organisation = an_organisation("Kitchen Concerts")

    add(app, "ana@show.example", "--name", "Ana")

    ana = coordinator_by_email("ana@show.example")
    assert ana is not None
    assert (ana.organisation, ana.role, ana.person.can_be_texted) == (organisation, "coordinator", False)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ana", "--name", "Ana"], "ana is not an e-mail address. Write it like ana@show.example."),
        (["alice@show.example", "--name", "Ana"], "There is an account with alice@show.example already."),
        (["ana@show.example", "--name", " "], "Please give a name."),
        (
            ["ana@show.example", "--name", "Ana", "--phone", "911"],
            "911 is too short. Write it like (212) 555-0101 or +44 7700 900123.",
        ),
    ],
)
def test_what_cannot_be_an_account_is_one_sentence(app: Flask, arguments: list[str], sentence: str) -> None:
    a_coordinator("Alice", email="alice@show.example")

    result = add(app, *arguments)

    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"Error: {sentence}\n")
    assert coordinator_by_email("ana@show.example") is None


def test_a_refused_account_leaves_no_organisation_behind(app: Flask) -> None:
    add(app, "ana", "--name", "Ana")

    assert first_organisation() is None
