"""Buttons of the Show night page: preview, press, undo."""

import re
from typing import Any

import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from coordinator.accounts.models import Actor
from tests.builders import ANight

PAGE = "/coordinate/justice-in-motion/show"
SAM = Actor("Sam Stage")


def shown(page: TestResponse, slot: str, verb: str) -> str:
    """The text beside a button, first of the sheet: what it was said to do."""
    button = re.compile(rf'action="[^"]*/show/{slot}/{verb}".*?name="shown" value="([^"]*)"', re.DOTALL)
    found = button.search(page.text.partition('id="sheet"')[2]) or button.search(page.text)
    assert found is not None
    return found[1]


def look(client: FlaskClient, slot: str, verb: str, number: str = "", page: str = PAGE) -> dict[str, str]:
    """Preview a press, by so many minutes from what now stands; returns the fields of its form."""
    seen = client.get(f"{page}?verb={verb}&slot={slot}" + (f"&by={number}" if number else ""))
    form = {"shown": shown(seen, slot, verb)}
    stands = re.search(r'name="stands" value="(\d+)"', seen.text)
    return form | {"by": number, "looked": number, "stands": stands[1] if stands else ""} if number else form


def press(client: FlaskClient, slot: str, verb: str, number: str = "", page: str = PAGE) -> TestResponse:
    """Preview a press, and press it."""
    return client.post(f"{page}/{slot}/{verb}", data=look(client, slot, verb, number, page))


def at_time(night: ANight, wall: str) -> Any:
    return time_machine.travel(night.at(wall), tick=False)


def undo_form(page: TestResponse, what: str) -> tuple[str, dict[str, str]]:
    """The address and fields of the form with this button."""
    forms = [form for form in re.findall(r"<form.*?</form>", page.text, re.DOTALL) if what in form]
    assert len(forms) == 1, forms
    address = re.search(r'action="([^"]*)"', forms[0])
    assert address is not None
    return address[1], dict(re.findall(r'name="(\w+)" value="([^"]*)"', forms[0]))
