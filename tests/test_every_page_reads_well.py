"""What is on every page: its bones, its words in both languages, its times, its links, and no phone number."""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from coordinator import create_app
from coordinator.db import db
from coordinator.people.models import Person
from coordinator.web.headers import ALWAYS, CONTENT_SECURITY_POLICY
from tests.builders import sign_in
from tests.conftest import Visitor
from tests.databases import settings_for, sqlite_url
from tests.full_night import FullNight, a_full_night
from tests.reading import Element, bare_bones, forbidden_by_policy, phones_in, read_page, repeated_ids, untold_times
from tests.walking import Stop, stops

TWICE = re.compile(r"[^<>]{0,60}\w\.(?:\s*</?\w+>)*\.(?![\w./])")
ENGLISH = frozenset("the and your you are was with from this that not will nobody who what they have".split())

Problem = tuple[str, object]


@dataclass(frozen=True)
class Seen:
    """A page as the person saw it whom it is for."""

    stop: Stop
    headers: Mapping[str, str]
    source: str
    page: Element


@dataclass(frozen=True)
class Walk:
    """Every page in each language, all phones of the organization, and the links and forms that lead nowhere."""

    english: list[Seen]
    spanish: list[Seen]
    phones: set[str]
    dead_ends: list[Problem]


@pytest.fixture(scope="module")
def walk(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """Two nights, the one of people who speak English and the other of people who speak Spanish."""
    with _house(sqlite_template, tmp_path_factory.mktemp("english")) as app:
        full = a_full_night(datetime.now(UTC))
        english = _seen(app, full, "en")
        phones = {person.phone for person in db.session.scalars(select(Person)) if person.phone}
        dead_ends = _dead_ends(app, full, english)
    with _house(sqlite_template, tmp_path_factory.mktemp("spanish")) as app:
        full = a_full_night(datetime.now(UTC), language="es")
        spanish = _seen(app, full, "es")
        phones |= {person.phone for person in db.session.scalars(select(Person)) if person.phone}
    return Walk(english, spanish, phones, dead_ends)


@contextmanager
def _house(template: Path, folder: Path) -> Iterator[Flask]:
    shutil.copy(template, folder / "callboard.sqlite3")
    app = create_app(settings_for(sqlite_url(folder / "callboard.sqlite3"), folder))
    app.test_client_class = Visitor
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _doors(app: Flask, full: FullNight, language: str) -> dict[bool, FlaskClient]:
    """Alice's browser for the pages of coordinators, someone's for all others; that one was promised a code."""
    alice, somebody = sign_in(app.test_client(), full.alice), app.test_client()
    for client in (alice, somebody):
        client.set_cookie("lang", language)
    _ask_for_code(somebody, full)
    return {True: alice, False: somebody}


def _ask_for_code(client: FlaskClient, full: FullNight) -> None:
    details = f"/e/{full.night.event.slug}/volunteer/details?shift={full.shift}"
    inputs = read_page(client.get(details).text).every("input")
    fields = {each.attributes.get("name", ""): each.attributes.get("value", "") for each in inputs}
    client.post(details, data=fields | {"name": "Noor", "by": "text", "phone": "(202) 555-0199"})


def _seen(app: Flask, full: FullNight, language: str) -> list[Seen]:
    doors = _doors(app, full, language)
    seen = []
    for stop in stops(app, full):
        answer = doors[stop.for_coordinators].get(stop.path, buffered=True)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            seen.append(Seen(stop, dict(answer.headers), answer.text, read_page(answer.text)))
    return seen


def _dead_ends(app: Flask, full: FullNight, pages: list[Seen]) -> list[Problem]:
    doors = _doors(app, full, "en")
    known: dict[tuple[bool, str], bool] = {}
    dead: list[Problem] = []
    for seen in pages:
        base = "http://localhost" + seen.stop.path
        for link in seen.page.every("a"):
            address, fragment = urldefrag(urljoin(base, link.attributes.get("href", "")))
            key = (seen.stop.for_coordinators, address)
            if address == base and fragment and fragment not in _ids(seen.page):
                dead.append((str(seen.stop), str(link)))
            elif urlsplit(address).hostname == "localhost" and address != base:
                if key not in known:
                    path = address.removeprefix("http://localhost")
                    known[key] = doors[key[0]].get(path, buffered=True).status_code < 400
                dead += [] if known[key] else [(str(seen.stop), str(link))]
        dead += [(str(seen.stop), str(form)) for form in seen.page.every("form") if not _answered(app, base, form)]
    return dead


def _ids(page: Element) -> set[str]:
    return {each.attributes["id"] for each in page.elements if "id" in each.attributes}


def _answered(app: Flask, base: str, form: Element) -> bool:
    """Whether an address of ours takes this form by its method."""
    path = urlsplit(urljoin(base, form.attributes.get("action", ""))).path
    try:
        app.url_map.bind("localhost").match(path, method=form.attributes.get("method", "get").upper())
    except HTTPException:
        return False
    return True


def test_every_kind_of_page_was_seen(walk: Walk) -> None:
    assert {seen.stop.endpoint for seen in walk.english} == {seen.stop.endpoint for seen in walk.spanish}
    assert {
        "public_lineup.lineup",
        "my_page.page",
        "sign_up.code",
        "overview.overview",
        "show_night.show",
        "phones.phones",
    } <= {seen.stop.endpoint for seen in walk.english}


def test_a_page_says_its_language_its_title_and_where_one_is(walk: Walk) -> None:
    wrong = [(str(seen.stop), problem) for seen in walk.english for problem in bare_bones(seen.page, "en")]
    wrong += [(str(seen.stop), problem) for seen in walk.spanish for problem in bare_bones(seen.page, "es")]

    assert wrong == []


def test_no_two_pages_bear_the_same_title(walk: Walk) -> None:
    titles: dict[str, set[str]] = {}
    for seen in walk.english:
        words = "".join(each for each in seen.page.every("title")[0].children if isinstance(each, str))
        titles.setdefault(words, set()).add(seen.stop.rule)

    shared = {words: rules for words, rules in titles.items() if len(rules) > 1}
    assert [rules for rules in shared.values() if rules != {"/", "/e/<slug>"}] == []


def test_a_page_holds_nothing_that_its_own_policy_forbids(walk: Walk) -> None:
    assert [(str(seen.stop), each) for seen in walk.english for each in forbidden_by_policy(seen.page)] == []


def test_every_answer_carries_the_headers(walk: Walk) -> None:
    expected = ALWAYS | {"Content-Security-Policy": CONTENT_SECURITY_POLICY}

    wrong = [
        (str(seen.stop), name)
        for seen in walk.english
        for name, value in expected.items()
        if seen.headers.get(name) != value
    ]

    assert wrong == []


def test_no_id_is_given_twice_on_a_page(walk: Walk) -> None:
    assert [(str(seen.stop), each) for seen in walk.english for each in repeated_ids(seen.page)] == []


def test_every_time_can_be_read_by_a_machine(walk: Walk) -> None:
    loose = {(seen.stop.rule, each) for seen in walk.english for each in untold_times(seen.page)}

    assert sorted(loose) == []


def test_a_page_that_others_may_see_tells_nobodys_number(walk: Walk) -> None:
    told = [
        (str(seen.stop), phone)
        for seen in walk.english + walk.spanish
        if not seen.stop.for_coordinators
        for phone in phones_in(seen.source, walk.phones)
    ]

    assert told == []


def test_no_number_stands_in_an_address(walk: Walk) -> None:
    addresses = [
        (str(seen.stop), each.attributes[name])
        for seen in walk.english
        for each in seen.page.elements
        for name in ("href", "action", "src")
        if name in each.attributes and not each.attributes[name].startswith(("tel:", "sms:"))
    ]

    wrong = [(stop, address) for stop, address in addresses if phones_in(address, walk.phones)]
    assert wrong == []


def test_every_link_leads_somewhere_and_every_form_is_taken(walk: Walk) -> None:
    assert walk.dead_ends == []


def test_every_form_that_changes_something_proves_where_it_came_from(walk: Walk) -> None:
    bare = [
        (str(seen.stop), str(form))
        for seen in walk.english
        for form in seen.page.every("form")
        if form.attributes.get("method", "get").lower() == "post" and not _token(form)
    ]

    assert bare == []


def test_a_spanish_page_speaks_spanish(walk: Walk) -> None:
    left = {(seen.stop.rule, words) for seen in walk.spanish for words in _english_words(seen.page)}

    assert sorted(left) == []


def test_no_sentence_ends_twice(walk: Walk) -> None:
    twice = {(seen.stop.rule, found) for seen in walk.english + walk.spanish for found in TWICE.findall(seen.source)}

    assert sorted(twice) == []


def _token(form: Element) -> bool:
    return any(each.attributes.get("name", "").endswith("csrf_token") for each in form.every("input"))


def _english_words(page: Element) -> list[str]:
    """What is plainly English and not marked as such."""
    return [
        words.strip()
        for element, words in page.texts
        if ENGLISH & set(words.lower().split())
        and not any(each.attributes.get("lang") == "en" for each in element.ancestors)
    ]
