"""Passkeys in a real browser, with a device that Chromium plays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import CDPSession, Page, expect

from coordinator.accounts.models import Coordinator
from coordinator.accounts.queries import passkeys_of
from coordinator.db import db
from coordinator.services import services
from tests.browser.conftest import PageAt
from tests.browser.live import seen_by, wrongs
from tests.builders import a_coordinator, sign_in

ACCOUNT = "/coordinate/account"


@pytest.fixture
def alice(sqlite_app: Flask) -> Coordinator:
    return a_coordinator("Alice")


@pytest.fixture
def named(sqlite_app: Flask, address: str) -> str:
    """The same address with a name, as passkeys need one: links and passkeys are made for it."""
    named = address.replace("127.0.0.1", "localhost")
    settings = replace(services().settings, public_url=named)
    sqlite_app.extensions["callboard"] = replace(services(), settings=settings)
    return named


def with_device(page: Page, *, proves_person: bool = True) -> tuple[CDPSession, str]:
    """Give the browser a device that holds passkeys and knows its person."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": proves_person,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    return devtools, made["authenticatorId"]


def add(page: Page, name: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Add a passkey").click()


def test_a_passkey_is_added_signs_in_and_is_gone_when_it_is_removed(
    sqlite_app: Flask, named: str, page_at: PageAt, alice: Coordinator
) -> None:
    page = page_at(390)
    devtools, device = with_device(page)
    seen_by(page, sign_in(sqlite_app.test_client(), alice), named, ACCOUNT)

    add(page, "My phone")
    expect(page.get_by_text("My phone signs you in from now on.")).to_be_visible()
    add(page, "Again")
    expect(page.get_by_role("alert")).to_have_text("This device has a passkey for you already.")
    assert wrongs(page, 390) == []

    page.context.clear_cookies()
    page.goto(f"{named}/sign-in?next={ACCOUNT}")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    page.get_by_role("button", name="Remove: My phone").click()
    expect(page.get_by_text("My phone was removed.")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{named}/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("That passkey didn't work here. Try again, or sign in with your password.")).to_be_visible()
    assert len(devtools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1
    db.session.rollback()
    assert passkeys_of(alice.account) == []


def test_a_device_that_does_not_know_its_person_adds_nothing(
    sqlite_app: Flask, named: str, page_at: PageAt, alice: Coordinator
) -> None:
    page = page_at(1280, "dark")
    with_device(page, proves_person=False)
    seen_by(page, sign_in(sqlite_app.test_client(), alice), named, ACCOUNT)

    add(page, "Somebody's")

    expect(page.get_by_role("alert")).to_have_text("That didn't work. Please try again.")
    assert passkeys_of(alice.account) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_page_offers_a_passkey_to_everyones_eyes_and_thumbs(
    named: str, page_at: PageAt, alice: Coordinator, scheme: str
) -> None:
    page = page_at(390, "dark" if scheme == "dark" else "light")

    page.goto(f"{named}/sign-in")

    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_visible()
    assert wrongs(page, 390) == []


def test_without_a_script_or_a_browser_that_can_there_is_no_button(
    address: str, named: str, page_at: PageAt, alice: Coordinator
) -> None:
    without_script, unable = page_at(390, java_script=False), page_at(390)
    unable.add_init_script("delete window.PublicKeyCredential")

    for page in (without_script, unable):
        page.goto(f"{named}/sign-in")

        expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
