"""Who plays as one table: one press saves all of it or nothing, and a pasted list is typed into it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coordinator.accounts.models import AuditEntry
from coordinator.db import db, transaction
from coordinator.lineup.models import Act
from coordinator.people.models import Person
from coordinator.people.queries import past_agreements
from tests.builders import ANight, a_coordinator, a_night, a_person, a_slot, sign_in
from tests.queries import counted
from tests.reading import read_page, words

PAGE = "/coordinate/justice-in-motion/performers"


@pytest.fixture
def night(app: Flask) -> ANight:
    return a_night([a_slot("Josh Granowski"), a_slot("The Poor Nobodys", people=("Wren Okada", "Tomas Ide"))])


@pytest.fixture
def alice(night: ANight, client: FlaskClient) -> FlaskClient:
    return sign_in(client, a_coordinator("Alice", organisation=night.organisation))


def table_in(page: TestResponse) -> dict[str, str]:
    """What the table's form would send as it stands."""
    form = next(each for each in read_page(page.text).every("form") if each.attributes.get("id") == "table")
    inputs = [each.attributes for each in form.every("input")]
    sent = [each for each in inputs if each.get("type") != "checkbox" or "checked" in each]
    return {each["name"]: each.get("value", "") for each in sent if "name" in each}


def saved(client: FlaskClient, changed: dict[str, str], *unticked: str) -> TestResponse:
    """The answer to the table after these cells were typed into."""
    typed = table_in(client.get(PAGE)) | changed
    return client.post(PAGE, data={key: value for key, value in typed.items() if key not in unticked})


def people_of(act: str) -> list[str]:
    row = db.session.scalars(select(Act).where(Act.key == act).execution_options(populate_existing=True)).one()
    return [person.name for person in row.people]


def test_one_press_saves_every_change_and_adds_the_new(night: ANight, alice: FlaskClient) -> None:
    josh, wren, tomas = (night.person(name) for name in ("Josh Granowski", "Wren Okada", "Tomas Ide"))
    with transaction():
        wren.agreed_at = None
    new = {"act-new0": "josh granowski", "name-new0": "Lucía  Paz", "phone-new0": "(212) 555-0142", "agreed-new0": "1"}
    changed = {f"name-{josh.id}": "Josh G.", f"agreed-{wren.id}": "1", "how": "in writing"} | new

    answer = saved(alice, changed, f"agreed-{tomas.id}")

    lucia = night.person("Lucía Paz")
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert (josh.name, josh.can_be_texted, wren.agreed_how, tomas.can_be_texted) == (
        "Josh G.",
        True,
        "told a coordinator in writing",
        False,
    )
    assert (people_of("josh-granowski"), lucia.phone, lucia.agreed_how) == (
        ["Josh G.", "Lucía Paz"],
        "+12125550142",
        "told a coordinator in writing",
    )
    whats = db.session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)).all()
    assert whats == ["person.changed"] * 3 + ["person.added", "member.added"]
    assert "4 rows were saved." in words(alice.get(PAGE))


def test_when_one_row_is_wrong_nothing_is_saved_and_everything_typed_stays(night: ANight, alice: FlaskClient) -> None:
    josh, wren = night.person("Josh Granowski"), night.person("Wren Okada")
    typed = {
        f"name-{josh.id}": "Josh G.",
        f"phone-{wren.id}": "12",
        "act-new0": "Nobody's Band",
        "name-new0": "Lucía Paz",
        "phone-new1": "(212) 555-0142",
        "act-new1": "Josh Granowski",
    }

    answer = saved(alice, typed)

    said = words(answer)
    assert answer.status_code == 422
    assert "3 rows are wrong. Nothing was saved." in said
    for sentence in ("12 is too short.", "No act has this name.", "Enter a name."):
        assert sentence in said
    again = table_in(answer)
    assert {key: again[key] for key in typed} == typed
    db.session.refresh(josh)
    assert (josh.name, db.session.scalars(select(AuditEntry)).all()) == ("Josh Granowski", [])


def test_another_number_has_not_agreed_whatever_the_old_tick_says(night: ANight, alice: FlaskClient) -> None:
    josh = night.person("Josh Granowski")

    saved(alice, {f"phone-{josh.id}": "(212) 555-0188"})

    assert (josh.phone, josh.can_be_texted, len(past_agreements([josh.id]))) == ("+12125550188", False, 1)
    assert "Josh Granowski agreed to texts for the old number." in words(alice.get(PAGE))


def test_a_tick_without_a_number_is_refused(night: ANight, alice: FlaskClient) -> None:
    answer = saved(alice, {"act-new0": "Josh Granowski", "name-new0": "Lucía Paz", "agreed-new0": "1"})

    assert (answer.status_code, "Enter the number that agreed to texts." in words(answer)) == (422, True)


def test_what_others_did_meanwhile_is_not_undone(night: ANight, alice: FlaskClient) -> None:
    wren = night.person("Wren Okada")
    with transaction():
        agreed_at, wren.agreed_at = wren.agreed_at, None
    typed = table_in(alice.get(PAGE)) | {f"name-{night.person('Josh Granowski').id}": "Josh G."}
    with transaction():
        wren.agreed_at, wren.phone = agreed_at, "+12125550155"

    alice.post(PAGE, data=typed)

    db.session.refresh(wren)
    assert (wren.agreed_at, wren.phone) == (agreed_at, "+12125550155")


def test_a_second_person_of_a_name_is_added_beside_and_pointed_out(night: ANight, alice: FlaskClient) -> None:
    a_person("Lucía Paz", organisation=night.organisation)

    saved(alice, {"act-new0": "Josh Granowski", "name-new0": "Lucía Paz", "phone-new0": "(212) 555-0142"})

    named = db.session.scalars(select(Person).where(Person.name == "Lucía Paz")).all()
    assert len(named) == 2
    assert "You know several people named Lucía Paz now." in words(alice.get(PAGE))


@pytest.mark.parametrize(
    "text",
    [
        "Josh Granowski,Lucía Paz,(212) 555-0142\nThe Poor Nobodys,Wren Okada,(212) 555-0143\n"
        ",Ben Adler,\nNobody,Eve,12\n",
        "Band\tName\tCell\nJosh Granowski\tLucía Paz\t(212) 555-0142\nthe poor nobodys\tWren Okada\t(212) 555-0143\n"
        "\tBen Adler\t\nNobody\tEve\t12\n",
    ],
)
def test_a_pasted_list_is_typed_into_the_table_and_saved_there(night: ANight, alice: FlaskClient, text: str) -> None:
    wren = night.person("Wren Okada")

    page = alice.post(f"{PAGE}/list", data={"list": text})
    typed = table_in(page)

    said = words(page)
    assert "No act has this name." in said
    assert "12 is too short." in said
    assert typed[f"phone-{wren.id}"] == "(212) 555-0143"
    assert [typed[key] for key in typed if key.startswith(("act-new", "name-new", "phone-new")) and typed[key]] == [
        *("Josh Granowski", "Lucía Paz", "(212) 555-0142"),
        *("The Poor Nobodys" if "Band" not in text else "the poor nobodys", "Ben Adler"),
        *("Nobody", "Eve", "12"),
    ]
    assert db.session.scalars(select(AuditEntry)).all() == []
    without_eve = {key: value for key, value in typed.items() if value not in {"Nobody", "Eve", "12"}}
    assert alice.post(PAGE, data=without_eve).status_code == 303
    assert people_of("the-poor-nobodys") == ["Wren Okada", "Tomas Ide", "Ben Adler"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" ", "Paste a list of up to 100000 characters."),
        ("only words", "No column says this: act."),
        ('act,person\n"Josh', "a quotation mark isn't closed"),
    ],
)
def test_a_list_that_nobody_can_read_says_why_and_stays(alice: FlaskClient, text: str, sentence: str) -> None:
    page = alice.post(f"{PAGE}/list", data={"list": text})

    assert page.status_code == 422
    assert sentence in words(page)
    assert "Josh" in page.text


def test_a_viewer_sees_no_table(night: ANight, client: FlaskClient) -> None:
    vera = sign_in(client, a_coordinator("Vera", organisation=night.organisation, role="viewer"))

    page = vera.get(PAGE)

    assert (page.status_code, 'id="table"' in page.text) == (200, False)


def test_the_table_asks_the_same_number_of_questions_for_few_and_for_many(app: Flask, client: FlaskClient) -> None:
    small, big = (a_night([a_slot(f"Act {place}") for place in range(many)], slug=f"night-{many}") for many in (2, 30))
    counts = []
    for night in (small, big):
        alice = sign_in(
            client, a_coordinator("Alice", organisation=night.organisation, email=f"{night.event.slug}@a.example")
        )
        with counted() as asked:
            alice.get(f"/coordinate/{night.event.slug}/performers")
        counts.append(len(asked))

    assert counts[0] == counts[1]
