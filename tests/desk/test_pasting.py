"""People and shifts from a spreadsheet. Alice owns the event, Charlie must not see it."""

from datetime import date

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from coordinator.accounts.models import AuditEntry
from coordinator.db import db
from coordinator.desk.pasting import Pasted, look_at_people, look_at_shifts, paste_people, paste_shifts
from coordinator.desk.pasting.lines import CannotPaste
from coordinator.events.queries import cast_of
from coordinator.people.models import Person
from coordinator.shifts.models import Role, Shift, SignUp
from coordinator.shownight.actions import By
from tests.builders import ANight, a_coordinator, a_night, a_person, a_shift, minutes
from tests.desk.test_volunteers import Desk, people_on, words

ALICE = By("Alice")


@pytest.fixture
def bare(app: Flask) -> ANight:
    return a_night([])


def said(pasted: Pasted) -> list[tuple[int, str, str, str]]:
    return [(line.number, line.about, line.does, line.words) for line in pasted.lines]


def people(night: ANight, text: str) -> list[tuple[int, str, str, str]]:
    return said(look_at_people(night.event, text))


def shifts(night: ANight, text: str) -> list[tuple[int, str, str, str]]:
    return said(look_at_shifts(night.event, text, by=ALICE, now=night.at("12:00")))


def test_people_are_put_in_with_all_that_is_said_of_them_and_once(bare: ANight) -> None:
    text = (
        "Mobile;Name;Texts in;Skills;Agreed\n"
        "(212) 555-0101;Ana Ruiz;Spanish;First Aid, till;yes\n"
        ";Бо Чен;;;\n"
        "(212) 555-0101;Luz Ruiz;español;;no\n"
    )

    first = paste_people(bare.event, text, by=ALICE, now=bare.at("12:00"))
    again = paste_people(bare.event, text, by=ALICE, now=bare.at("12:01"))

    assert said(first) == [
        (2, "Ana Ruiz", "adds", ""),
        (3, "Бо Чен", "adds", ""),
        (4, "Luz Ruiz", "adds", "Shares the number with Ana Ruiz."),
    ]
    assert [does for _, _, does, _ in said(again)] == ["nothing"] * 3
    kept = db.session.scalars(select(Person).order_by(Person.id)).all()
    assert [(each.name, each.phone, each.language, each.skills, each.can_be_texted) for each in kept] == [
        ("Ana Ruiz", "+12125550101", "es", ["first aid", "till"], True),
        ("Бо Чен", None, "en", [], False),
        ("Luz Ruiz", "+12125550101", "es", [], False),
    ]
    assert [part.key for part in cast_of(bare.event)] == ["ana-ruiz", "person", "luz-ruiz"]
    recorded = db.session.scalars(select(AuditEntry.after).order_by(AuditEntry.id)).all()
    assert recorded[0] == {"adds": 3, "changes": 0, "nothing": 0, "wrong": 0}


def test_somebody_known_is_known_again_and_gets_only_what_is_new(bare: ANight) -> None:
    ana = a_person("Ana Ruiz", organisation=bare.organisation, phone="+12125550101", skills=["till"])
    a_person("Bo", organisation=bare.organisation, phone=None, agreed=False)
    text = "name,mobile,skills,language,agreed\nana ruiz,212 555 0101,sound desk,,\nBo,2125550102,,,yes\n"

    looked = people(bare, text)
    paste_people(bare.event, text, by=ALICE, now=bare.at("12:00"))

    assert looked == [
        (2, "ana ruiz", "changes", "more skills, joins this show"),
        (3, "Bo", "changes", "gets a number, has agreed to texts, joins this show"),
    ]
    assert (ana.name, ana.skills, ana.language) == ("Ana Ruiz", ["till", "sound desk"], "en")
    assert bare.person("Bo").can_be_texted


def test_each_wrong_line_says_what_would_be_right(bare: ANight) -> None:
    for phone in ("+12125550101", "+12125550102"):
        a_person("Twin", organisation=bare.organisation, phone=phone)
    a_person("Ana Ruiz", organisation=bare.organisation, phone="+12125550103")
    text = (
        "name,mobile,language,skills,agreed\n"
        ",2125550104,,,\n"
        f"{'x' * 201},,,,\n"
        "Bo,12,,,\n"
        "Bo,,French,,\n"
        "Bo,,,,perhaps\n"
        f"Bo,,,{'y' * 61},\n"
        "Bo,,,,,more\n"
        "Twin,,,,\n"
        "Ana Ruiz,2125550199,,,\n"
        "Bo,212 555 0104 / 212 555 0105,,,\n"
        "Bo,2125550104,,,\n"
        "bo,2125550104,,,\n"
        "Bo,2125550105,,,\n"
    )

    looked = people(bare, text)

    wrong = {number: sentence for number, _, does, sentence in looked if does == "wrong"}
    assert {number: does for number, _, does, _ in looked if number not in wrong} == {12: "adds", 13: "nothing"}
    for number, beginning in {
        2: "There is no name.",
        3: "A name can have 200 letters at most.",
        4: "12 is too short.",
        5: "Texts are in English or Spanish; French is neither.",
        6: "Say yes or no under agreed; perhaps is neither.",
        7: "Name 20 skills at most",
        8: "There are more cells than columns.",
        9: "More than one person is called Twin. Add the mobile number.",
        10: "Ana Ruiz is known with another number (•••-0103).",
        11: "212 555 0104 / 212 555 0105 is",
        14: "Bo is known with another number (•••-0104).",
    }.items():
        assert wrong[number].startswith(beginning)


def test_with_a_wrong_line_all_is_nothing_and_the_good_ones_can_be_meant(bare: ANight) -> None:
    text = "name,mobile\nAna,2125550101\nBo,12\n"

    with pytest.raises(CannotPaste):
        paste_people(bare.event, text, by=ALICE, now=bare.at("12:00"))
    before = db.session.scalar(select(func.count()).select_from(Person))
    pasted = paste_people(bare.event, text, by=ALICE, now=bare.at("12:00"), despite_wrong=True)

    assert before == 0
    assert db.session.scalars(select(Person.name)).all() == ["Ana"]
    assert pasted.left == "name\tmobile\nBo\t12\n"


def test_nobody_of_another_house_is_known(bare: ANight) -> None:
    a_person("Ana Ruiz", phone="+12125550101")

    assert people(bare, "name,mobile\nAna Ruiz,2125550101\n") == [(2, "Ana Ruiz", "adds", "")]


def test_two_thousand_lines_with_mistakes_are_all_read(bare: ANight) -> None:
    lines = [f"Person {number},{'12' if number % 10 == 0 else ''},en,till,yes" for number in range(2000)]

    pasted = paste_people(
        bare.event,
        "\n".join(["name,mobile,language,skills,agreed", *lines]),
        by=ALICE,
        now=bare.at("12:00"),
        despite_wrong=True,
    )

    assert (pasted.count("adds"), pasted.count("wrong")) == (1800, 200)
    assert len(cast_of(bare.event)) == 1800


def test_shifts_are_put_in_with_the_people_on_them_and_once(bare: ANight) -> None:
    for name in ("Ana Ruiz", "Bo"):
        a_person(name, organisation=bare.organisation)
    text = (
        "Role\tDate\tStarts\tEnds\tPlace\tMin\tMax\tCall\tPerson\n"
        "Front door\t12/4/2026\t7:15 pm\t8:45 pm\tStreet\t1\t2\t15\tAna Ruiz\n"
        "Front door\t12/4/2026\t7:15 pm\t8:45 pm\tStreet\t1\t2\t15\tbo\n"
        "Watch\t\t23:00\t01:00\t\t\t\t\t\n"
        "Clear up\t\t00:30\t02:00\t\t2\t\t\t\n"
    )

    looked = shifts(bare, text)
    nothing_yet = db.session.scalars(select(Shift.key)).all()
    paste_shifts(bare.event, text, by=ALICE, now=bare.at("12:00"))
    again = paste_shifts(bare.event, text, by=ALICE, now=bare.at("12:01"))

    assert looked == [
        (2, "Front door: Ana Ruiz", "adds", ""),
        (3, "Front door: Bo", "adds", ""),
        (4, "Watch", "adds", ""),
        (5, "Clear up", "adds", ""),
    ]
    assert nothing_yet == []
    assert [does for _, _, does, _ in said(again)] == ["nothing"] * 4
    planned = db.session.scalars(select(Shift).order_by(Shift.id)).all()
    assert [
        (each.key, each.starts_at, each.ends_at, each.min, each.max, each.place, each.call) for each in planned
    ] == [
        ("front-door-1", bare.at("19:15"), bare.at("20:45"), 1, 2, "Street", minutes(15)),
        ("watch-1", bare.at("23:00"), bare.at("01:00+1"), 1, 1, None, minutes(0)),
        ("clear-up-1", bare.at("00:30+1"), bare.at("02:00+1"), 2, 2, None, minutes(0)),
    ]
    assert people_on(bare, "front-door-1") == [("Ana Ruiz", "confirmed"), ("Bo", "confirmed")]


def test_the_rules_hold_for_those_who_are_pasted_onto_shifts(app: Flask) -> None:
    night = a_night(shifts=[a_shift("Bar", "20:00", "21:00", people=("Ana Ruiz",), max=1)])
    for name in ("Bo", "Cy"):
        a_person(name, organisation=night.organisation)
    text = (
        "role,starts,ends,max,person\n"
        "Tea,20:30,21:30,1,Ana Ruiz\n"
        "Tea,20:30,21:30,1,Bo\n"
        "Tea,20:30,21:30,1,Cy\n"
        "Bar,20:00,21:00,,Cy\n"
        "Tea,20:30,21:30,1,Dee\n"
        "Tea,20:30,21:30,1,Bo\n"
    )

    looked = shifts(night, text)
    pasted = paste_shifts(night.event, text, by=ALICE, now=night.at("12:00"), despite_wrong=True)

    assert said(pasted) == looked
    assert [(number, does) for number, _, does, _ in looked] == [
        (2, "wrong"),
        (3, "adds"),
        (4, "wrong"),
        (5, "wrong"),
        (6, "wrong"),
        (7, "nothing"),
    ]
    assert looked[0][3] == ("Ana Ruiz is on Bar then. If it should be so, put them on by hand and say why.")
    assert looked[2][3] == "Tea is full, without Cy."
    assert looked[4][3] == "Nobody here is called Dee. Paste the people first."
    assert people_on(night, "tea-1") == [("Bo", "confirmed")]
    assert people_on(night, "bar-1") == [("Ana Ruiz", "confirmed")]


def test_each_wrong_shift_says_what_would_be_right(bare: ANight) -> None:
    text = (
        "role,date,starts,ends,min,max,call\n"
        ",,20:00,21:00,,,\n"
        f"{'x' * 121},,20:00,21:00,,,\n"
        "Tea,,soon,21:00,,,\n"
        "Tea,,20:00,,,,\n"
        "Tea,30/30/2026,20:00,21:00,,,\n"
        "Tea,,20:00,21:00,3,2,\n"
        "Tea,,20:00,21:00,1,501,\n"
        "Tea,,20:00,21:00,1,two,\n"
        "Tea,,20:00,21:00,,,1441\n"
        "Tea,2026-11-01,01:30,03:00,,,\n"
        "Tea,2027-03-14,02:30,04:00,,,\n"
    )

    looked = shifts(bare, text)

    assert [(number, sentence) for number, _, does, sentence in looked if does == "wrong"] == [
        (2, "Please say what the work is, in 120 letters at most."),
        (3, "Please say what the work is, in 120 letters at most."),
        (4, "soon is no time. Write it like 19:15 or 7:15 pm."),
        (5, "– is no time. Write it like 19:15 or 7:15 pm."),
        (6, "30/30/2026 is no day. Write it like 2026-12-04."),
        (7, "Min and max are whole numbers, max from 1 to 500 and not below min."),
        (8, "Min and max are whole numbers, max from 1 to 500 and not below min."),
        (9, "Min and max are whole numbers, max from 1 to 500 and not below min."),
        (10, "Call time is minutes before, from 0 to 1440."),
        (
            11,
            "01:30 comes twice that night, because the clocks go back. "
            "Write 01:30a for the first or 01:30b for the second.",
        ),
        (12, "02:30 does not exist that night, because the clocks go forward."),
    ]
    assert db.session.scalars(select(Role.key)).all() == []


def test_either_passing_of_an_hour_that_comes_twice_can_be_meant(app: Flask) -> None:
    night = a_night([], on=date(2026, 10, 31), doors=None)
    text = "role,starts,ends\nWatch,23:00,01:30a\nWatch,01:30b,03:00\n"

    paste_shifts(night.event, text, by=ALICE, now=night.at("12:00"))

    times = db.session.execute(select(Shift.starts_at, Shift.ends_at).order_by(Shift.id)).all()
    assert [tuple(each) for each in times] == [
        (night.at("23:00"), night.at("01:30+1")),
        (night.at("01:30+1b"), night.at("03:00+1")),
    ]


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    return a_night([])


@pytest.fixture
def alice(client: FlaskClient, night: ANight) -> Desk:
    return Desk(client, night, a_coordinator("Alice", organisation=night.organisation))


def test_a_coordinator_looks_puts_in_what_is_good_and_puts_the_rest_right(alice: Desk, night: ANight) -> None:
    text = "name,mobile,shoe size\nAna <b>Ruiz</b>,2125550101,38\nBo,12,40\n"

    looked = alice.press("import", kind="people", text=text, do="look")
    all_of_it = alice.press("import", kind="people", text=text, do="all")
    good = alice.press("import", kind="people", text=text, do="good")
    right = alice.press("import", kind="people", text="name,mobile\nBo,2125550102\n", do="all")

    assert [answer.status_code for answer in (looked, all_of_it, good, right)] == [200, 422, 200, 303]
    assert "These columns are not known and are left out: shoe size." in words(looked)
    assert "Line 3 Bo 12 is too short." in words(looked)
    assert "&lt;b&gt;" in looked.text
    assert "Some lines are wrong. Nothing was put in." in words(all_of_it)
    assert "1 line was put in." in words(good)
    assert "Bo\t12\t40" in good.text
    assert "Ruiz" not in good.text.partition("<textarea")[2]
    names = db.session.scalars(select(Person.name).order_by(Person.id)).all()
    assert names == ["Alice", "Ana <b>Ruiz</b>", "Bo"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Paste the table here."),
        ("Ana,2125550101", "The first line must name the columns; this one is missing: name."),
        ("name,mobile", "There is nothing under the first line."),
        ('name\n"Ana', "From line 2 on it cannot be read: a quotation mark is not closed."),
        ("name,nombre\nAna,Ana", "Two columns are called name."),
        ("name\n" + "\n".join("x" * 2501), "These are more than 2500 lines."),
    ],
)
def test_what_is_no_table_is_refused_and_nothing_is_lost(alice: Desk, text: str, sentence: str) -> None:
    answer = alice.press("import", kind="people", text=text)

    assert answer.status_code == 422
    assert sentence in words(answer)


def test_more_people_on_shifts_than_are_judged_in_one_go_are_refused(bare: ANight) -> None:
    text = "role,starts,ends,person\n" + "Tea,20:00,21:00,Ana\n" * 301

    with pytest.raises(CannotPaste, match="At most 300 lines can name a person"):
        look_at_shifts(bare.event, text, by=ALICE, now=bare.at("12:00"))


def test_another_house_pastes_nothing_here(client: FlaskClient, night: ANight) -> None:
    with time_machine.travel(night.at("12:00"), tick=False):
        charlie = Desk(client, night, a_coordinator("Charlie"))

    answers = [charlie.open("import"), charlie.press("import", kind="people", text="name\nAna", do="all")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert db.session.scalars(select(SignUp.id)).all() == []
    assert db.session.scalars(select(Person.name)).all() == ["Charlie"]


@pytest.mark.parametrize("kind", ["people", "shifts"])
def test_two_thousand_lines_with_mistakes_go_through_the_page_and_the_wrong_ones_come_back(
    alice: Desk, kind: str
) -> None:
    head, right, wrong, model = {
        "people": ("name,mobile", "Person {},", "Person {},12", Person),
        "shifts": ("role,starts,ends,place", "Tea,20:00,21:00,Table {}", "Tea,soon,21:00,Table {}", Shift),
    }[kind]
    lines = [(wrong if number % 10 == 0 else right).format(number) for number in range(2000)]
    before = db.session.scalar(select(func.count()).select_from(model)) or 0

    answer = alice.press("import", kind=kind, text="\n".join([head, *lines]), do="good")

    left = answer.text.partition("<textarea")[2].partition("</textarea>")[0].partition(">")[2].split("\n")
    assert answer.status_code == 200
    assert "1800 lines were put in." in words(answer)
    assert [line.replace("\t", ",").strip() for line in left if line.strip()] == [head, *lines[::10]]
    assert db.session.scalar(select(func.count()).select_from(model)) == before + 1800
