"""``flask user``, as typed."""

import re

import pytest
from click.testing import Result
from flask import Flask

from coordinator import clock
from coordinator.accounts.actions.passwords import set_password
from coordinator.accounts.models import Actor
from coordinator.accounts.queries import account_by_email, first_organisation, member_as, open_sign_in_link
from tests.builders import MADE_AT, a_coordinator, an_organisation


def add(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["user", "add", *arguments])


def test_an_account_is_made_with_a_link_that_sets_its_password(app: Flask) -> None:
    result = add(app, "Ana@show.example", "--name", "Ana Ruiz", "--phone", "212 555 0101", "--role", "owner")

    said, address = result.stdout.splitlines()
    found = re.fullmatch(r"http://localhost/sign-in/(\S+)", address)
    account = account_by_email("ana@show.example")
    assert (result.exit_code, said) == (0, "Ana Ruiz is a coordinator of My organization. Set a password within a day:")
    assert found is not None
    assert account is not None
    ana = member_as(account)
    link = open_sign_in_link(found[1], clock.now())
    assert link is not None
    assert (link.account, link.sets_password) == (account, True)
    assert (ana.role, ana.person.phone, ana.person.can_be_texted) == ("owner", "+12125550101", True)


def test_without_a_phone_nobody_is_texted(app: Flask) -> None:
    organisation = an_organisation("Kitchen Concerts")

    add(app, "ana@show.example", "--name", "Ana")

    account = account_by_email("ana@show.example")
    assert account is not None
    ana = member_as(account)
    assert (ana.organisation, ana.role, ana.person.can_be_texted) == (organisation, "coordinator", False)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ana", "--name", "Ana"], "ana isn't an email address. Write it like ana@show.example."),
        (["alice@show.example", "--name", "Ana"], "alice@show.example is already a member of Benefit Nights."),
        (["ana@show.example", "--name", " "], "Enter a name."),
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
    assert account_by_email("ana@show.example") is None


def test_a_refused_account_leaves_no_organisation_behind(app: Flask) -> None:
    add(app, "ana", "--name", "Ana")

    assert first_organisation() is None


@pytest.mark.parametrize("sets_password", [False, True])
def test_a_link_lets_somebody_in_who_is_kept_out(app: Flask, sets_password: bool) -> None:
    alice = a_coordinator("Alice", email="alice@show.example")
    args = ["user", "link", "ALICE@show.example", *(["--password"] if sets_password else [])]

    result = app.test_cli_runner().invoke(args=args)

    said, address = result.stdout.splitlines()
    link = open_sign_in_link(address.removeprefix("http://localhost/sign-in/"), clock.now())
    assert (result.exit_code, said) == (0, "Alice can sign in with this link, once, within a day:")
    assert link is not None
    assert (link.account, link.sets_password) == (alice.account, sets_password)


def test_there_is_no_link_for_nobody(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["user", "link", "nobody@show.example"])

    assert (result.exit_code, result.stderr) == (1, "Error: There is no account for nobody@show.example.\n")


def user(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["user", *arguments])
    return result.exit_code, result.stdout or result.stderr


def test_members_are_listed_get_another_role_and_are_removed(app: Flask) -> None:
    alice = a_coordinator("Alice", email="alice@show.example")
    bob = a_coordinator("Bob", organisation=alice.organisation, email="bob@show.example", role="viewer")

    assert user(app, "list") == (
        0,
        "Benefit Nights\towner\talice@show.example\tAlice\nBenefit Nights\tviewer\tbob@show.example\tBob\n",
    )
    assert user(app, "role", "BOB@show.example", "check_in") == (0, "Bob is check_in of Benefit Nights.\n")
    assert user(app, "remove", "bob@show.example") == (0, "Bob is no longer a member of Benefit Nights.\n")
    assert (bob.role, bob.is_active) == ("check_in", False)


def test_the_last_owner_and_whoever_is_nobody_are_refused_in_one_sentence(app: Flask) -> None:
    a_coordinator("Alice", email="alice@show.example")

    assert user(app, "remove", "alice@show.example") == (
        1,
        "Error: This is the only owner. Make someone else an owner first.\n",
    )
    assert user(app, "role", "nobody@show.example", "owner") == (
        1,
        "Error: nobody@show.example is not a member of any organization.\n",
    )


def test_of_several_organizations_one_must_be_named(app: Flask) -> None:
    a_coordinator("Alice", email="alice@show.example")
    a_coordinator("Alice", organisation=an_organisation("Kitchen Concerts"), email="alice@show.example", role="viewer")

    refused = user(app, "role", "alice@show.example", "owner")
    named = user(app, "role", "alice@show.example", "owner", "--organisation", "Kitchen Concerts")

    assert "Say which one with --organisation." in refused[1]
    assert named == (0, "Alice is owner of Kitchen Concerts.\n")


def test_an_account_that_is_there_already_joins_without_a_new_password(app: Flask) -> None:
    alice = a_coordinator("Alice", email="alice@show.example")
    set_password(alice.account, "correct horse battery", MADE_AT, actor=Actor.of(alice))

    result = add(app, "alice@show.example", "--name", "Alice", "--organisation", "Kitchen Concerts")

    said, address = result.stdout.splitlines()
    link = open_sign_in_link(address.removeprefix("http://localhost/sign-in/"), clock.now())
    assert said == "Alice is a coordinator of Kitchen Concerts. Sign in within a day:"
    assert link is not None
    assert (link.account, link.sets_password) == (alice.account, False)
