"""Passkeys against the real server: nothing that was signed elsewhere, before, or by somebody else opens an account."""

from __future__ import annotations

from urllib.parse import urlencode

from tests.attacks.server import Answer, Browser, Server
from tests.passkeys import Device

ACCOUNT = "/coordinate/account"


def a_device(server: Server, **more: object) -> Device:
    known = {"origin": f"http://127.0.0.1:{server.port}", "host": "127.0.0.1"}
    return Device(**{**known, **more})  # type: ignore[arg-type]


def asked(browser: Browser, page: str, options: str) -> str:
    """What the server wants signed, as the script of the page asks for it."""
    answer = browser.ask(options, "", method="POST", X_CSRFToken=browser.token(page))
    assert answer.status == 200
    return answer.text


def alices_passkey(server: Server) -> Device:
    """A passkey that Alice added on her account page."""
    alice, device = Browser(server), a_device(server)
    alice.sign_in()
    words = device.create(asked(alice, ACCOUNT, f"{ACCOUNT}/passkeys/options"))
    alice.press(f"{ACCOUNT}/passkeys", on=ACCOUNT, name="Her phone", credential=words)
    return device


def signs_in(server: Server, device: Device) -> bool:
    browser = Browser(server)
    words = device.sign(asked(browser, "/sign-in", "/sign-in/passkey/options"))
    return opened(browser.press("/sign-in/passkey", on="/sign-in", credential=words))


def opened(answer: Answer) -> bool:
    return "All shows" in answer.text


def test_only_what_alices_device_signed_here_and_now_opens_her_account(server: Server) -> None:
    device = alices_passkey(server)
    same = {"key": device.key, "id": device.id, "owner": device.owner, "counts": 100}

    assert signs_in(server, device)
    assert not signs_in(server, a_device(server, **same, host="evil.example"))
    assert not signs_in(server, Device(**{**same, "host": "127.0.0.1", "origin": "https://evil.example"}))  # type: ignore[arg-type]
    assert not signs_in(server, a_device(server, id=device.id, owner=device.owner))
    assert not signs_in(server, a_device(server, **{**same, "counts": 0}))
    assert signs_in(server, device)


def test_a_request_that_was_overheard_opens_nothing_a_second_time(server: Server) -> None:
    device, alice, thief = alices_passkey(server), Browser(server), Browser(server)
    device.counts = None
    words = device.sign(asked(alice, "/sign-in", "/sign-in/passkey/options"))
    body = urlencode({"csrf_token": alice.token("/sign-in"), "credential": words})
    thief.cookies.load(alice.cookies.output(header="", sep=";"))

    first = alice.ask("/sign-in/passkey", body, method="POST")
    second = thief.ask("/sign-in/passkey", body, method="POST")

    assert (opened(first), opened(second)) == (True, False)


def test_a_page_of_somebody_else_asks_and_answers_nothing(server: Server) -> None:
    assert server.ask("/sign-in/passkey/options", "", method="POST").status == 400
    assert server.ask("/sign-in/passkey", "credential=x", method="POST").status == 400
