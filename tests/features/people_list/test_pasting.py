"""People and shifts from a spreadsheet. Alice owns the event, Charlie must not see it."""

from datetime import date

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from coordinator.accounts.models import Actor, AuditEntry
from coordinator.db import db
from coordinator.events.queries import cast_of
from coordinator.features.people_list.pasting.lines import CannotPaste, Pasted
from coordinator.features.people_list.pasting.people import paste_people, preview_people
from coordinator.features.people_list.pasting.shifts import paste_shifts, preview_shifts
from coordinator.people.models import Person
from coordinator.shifts.models import Role, Shift, SignUp
from tests.builders import ANight, a_coordinator, a_night, a_person, a_shift, minutes
from tests.features.shift_plan.test_plan import Desk, people_on
from tests.queries import counted
from tests.reading import words

ALICE = Actor("Alice")


@pytest.fixture
def bare(app: Flask) -> ANight:
    return a_night([])


def said(pasted: Pasted) -> list[tuple[int, str, str, str]]:
    return [(line.number, line.about, line.does, line.words) for line in pasted.lines]


def people(night: ANight, text: str) -> list[tuple[int, str, str, str]]:
    return said(preview_people(night.event, text))


def shifts(night: ANight, text: str) -> list[tuple[int, str, str, str]]:
    return said(preview_shifts(night.event, text, actor=ALICE, now=night.at("12:00")))


def test_people_are_put_in_with_all_that_is_said_of_them_and_once(bare: ANight) -> None:
    text = (
        "Mobile;Name;Texts in;Skills;Agreed\n"
        "(212) 555-0101;Ana Ruiz;Spanish;First Aid, till;yes\n"
        ";Бо Чен;;;\n"
        "(212) 555-0101;Luz Ruiz;español;;no\n"
    )

    first = paste_people(bare.event, text, actor=ALICE, now=bare.at("12:00"))
    again = paste_people(bare.event, text, actor=ALICE, now=bare.at("12:01"))

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

    chosen = {3: f"person-{bare.person('Bo').id}"}

    looked = said(preview_people(bare.event, text, chosen))
    paste_people(bare.event, text, actor=ALICE, now=bare.at("12:00"), chosen=chosen)

    assert looked == [
        (2, "ana ruiz", "changes", "more skills, joins this show"),
        (3, "Bo", "changes", "gets a number, has agreed to texts, joins this show"),
    ]
    assert (ana.name, ana.skills, ana.language) == ("Ana Ruiz", ["till", "sound desk"], "en")
    assert bare.person("Bo").can_be_texted


def test_people_without_a_phone_are_put_in_by_their_address_once(bare: ANight) -> None:
    text = (
        "Nombre;Correo;Celular;Prefiere;Acepta;Acepta correos\n"
        "Ana Ruiz;Ana@Show.Example;;;si;\n"
        "Bo Chen;bo@show.example;212 555 0102;correo;si;si\n"
        "Eve;eve@show.example;;;;\n"
        "Luz Ruiz;ana@show.example;;;;\n"
    )

    first = paste_people(bare.event, text, actor=ALICE, now=bare.at("12:00"))
    again = paste_people(bare.event, text, actor=ALICE, now=bare.at("12:01"))

    assert [(does, words) for _, _, does, words in said(first)] == [
        ("adds", ""),
        ("adds", ""),
        ("adds", ""),
        ("adds", "Shares the address with Ana Ruiz."),
    ]
    assert [does for _, _, does, _ in said(again)] == ["nothing"] * 4
    kept = db.session.scalars(select(Person).order_by(Person.id)).all()
    assert [(each.name, each.email, each.can_be_texted, each.can_be_mailed, each.channel) for each in kept] == [
        ("Ana Ruiz", "ana@show.example", False, True, "email"),
        ("Bo Chen", "bo@show.example", True, True, "email"),
        ("Eve", "eve@show.example", False, False, "text"),
        ("Luz Ruiz", "ana@show.example", False, False, "text"),
    ]
    assert (kept[0].email_agreed_how, kept[0].agreed_at) == ("told Alice", None)


def test_somebody_known_gets_an_address_and_is_never_merged_with_another_who_has_it(bare: ANight) -> None:
    ana = a_person("Ana Ruiz", organisation=bare.organisation, phone="+12125550101")
    a_person("Bo", organisation=bare.organisation, phone=None, email="bo@show.example", agreed=False)
    text = (
        "name,mobile,e-mail,may be emailed,prefers\n"
        "Ana Ruiz,2125550101,ana@show.example,yes,email\n"
        "Bo,2125550102,,,\n"
        "Ana Ruiz,,other@show.example,,\n"
    )

    looked = people(bare, text)
    paste_people(bare.event, text, actor=ALICE, now=bare.at("12:00"), chosen={3: "new", 4: "new"})

    assert looked[0][2:] == (
        "changes",
        "gets an email address, has agreed to emails, told first by email, joins this show",
    )
    assert [does for _, _, does, _ in looked[1:]] == ["asks", "asks"]
    assert (ana.email, ana.can_be_mailed, ana.channel) == ("ana@show.example", True, "email")


def test_what_is_no_address_is_wrong_and_what_is_no_way_is_pointed_out(bare: ANight) -> None:
    pasted = preview_people(bare.event, "name,email,prefers\nBo,bo at show,\nEve,eve@show.example,pigeon\n")

    assert [(line.does, line.words, line.notices) for line in pasted.lines] == [
        ("wrong", "bo at show isn't an email address. Write it like ana@show.example.", ()),
        ("adds", "", ('People are told first by text or by email, not by "pigeon".',)),
    ]


def test_each_wrong_line_says_what_would_be_right(bare: ANight) -> None:
    for phone in ("+12125550101", "+12125550102"):
        a_person("Twin", organisation=bare.organisation, phone=phone)
    a_person("Ana Ruiz", organisation=bare.organisation, phone="+12125550103")
    text = (
        "name,mobile,language,skills,agreed\n"
        ",2125550104,,,\n"
        f"{'x' * 201},,,,\n"
        "Bo,12,,,\n"
        "Eve,,French,,\n"
        "Fay,,,,perhaps\n"
        f"Bo,,,{'y' * 61},\n"
        "Gus,,,,,more\n"
        "Twin,,,,\n"
        "Ana Ruiz,2125550199,,,\n"
        "Bo,212 555 0104 / 212 555 0105,,,\n"
        "Bo,2125550104,,,\n"
        "bo,2125550104,,,\n"
        "Bo,2125550105,,,\n"
    )

    pasted = preview_people(bare.event, text)
    looked = said(pasted)

    assert [notice for line in pasted.lines for notice in line.notices] == [
        'We write English and Spanish, not "French": English it is.',
        'We take "perhaps" as no: only a clear yes lets us text someone.',
        'This stands under no heading and is left out: "more".',
    ]
    wrong = {number: sentence for number, _, does, sentence in looked if does == "wrong"}
    assert {number: does for number, _, does, _ in looked if number not in wrong} == {
        **dict.fromkeys((5, 6, 8, 12), "adds"),
        **dict.fromkeys((9, 10, 14), "asks"),
        13: "nothing",
    }
    for number, beginning in {
        2: "Enter a name.",
        3: "Names are limited to 200 characters.",
        4: "12 is too short.",
        7: "List up to 20 skills",
        11: "212 555 0104 / 212 555 0105 is",
    }.items():
        assert wrong[number].startswith(beginning)


def test_with_a_wrong_line_all_is_nothing_and_the_good_ones_can_be_meant(bare: ANight) -> None:
    text = "name,mobile\nAna,2125550101\nBo,12\n"

    with pytest.raises(CannotPaste):
        paste_people(bare.event, text, actor=ALICE, now=bare.at("12:00"))
    before = db.session.scalar(select(func.count()).select_from(Person))
    pasted = paste_people(bare.event, text, actor=ALICE, now=bare.at("12:00"), skip_wrong=True)

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
        actor=ALICE,
        now=bare.at("12:00"),
        skip_wrong=True,
    )

    assert (pasted.count("adds"), pasted.count("wrong")) == (1800, 200)
    assert len(cast_of(bare.event)) == 1800


def test_shifts_are_put_in_with_the_people_on_them_and_once(bare: ANight) -> None:
    a_person("Ana Ruiz", organisation=bare.organisation)
    a_person("Bo", organisation=bare.organisation, phone=None)
    text = (
        "Role\tDate\tStarts\tEnds\tPlace\tMin\tMax\tCall\tPerson\n"
        "Front door\t12/4/2026\t7:15 pm\t8:45 pm\tStreet\t1\t2\t15\tAna Ruiz\n"
        "Front door\t12/4/2026\t7:15 pm\t8:45 pm\tStreet\t1\t2\t15\tbo\n"
        "Watch\t\t23:00\t01:00\t\t\t\t\t\n"
        "Clear up\t\t00:30\t02:00\t\t2\t\t\t\n"
    )

    looked = shifts(bare, text)
    shown = [line.shown for line in preview_shifts(bare.event, text, actor=ALICE, now=bare.at("12:00")).lines]
    nothing_yet = db.session.scalars(select(Shift.key)).all()
    paste_shifts(bare.event, text, actor=ALICE, now=bare.at("12:00"))
    again = paste_shifts(bare.event, text, actor=ALICE, now=bare.at("12:01"))

    assert shown[0].split(" · ") == [
        "Front door",
        "Fri, Dec 4",
        "7:15 PM to 8:45 PM",
        "2 spots",
        "at least 1",
        "call time 15 min before",
        "Street",
        "Ana Ruiz",
    ]
    assert looked == [
        (2, "Front door: Ana Ruiz", "adds", "We'll ask Ana in 30 seconds."),
        (3, "Front door: Bo", "adds", "Nothing reaches Bo. You'll have to call; it goes on your call list."),
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


def test_a_pasted_role_is_known_by_its_name_in_either_language(app: Flask) -> None:
    night = a_night([], shifts=[a_shift("Front door", "19:15", "20:45", max=3)])
    night.shift("front-door-1").role.name_es = "Puerta"
    db.session.commit()
    text = "Role\tFrom\tTo\nPuerta\t7:15 pm\t8:45 pm\npuerta\t9 pm\t10 pm\nFRONT DOOR\t9 pm\t10 pm\n"

    pasted = paste_shifts(night.event, text, actor=ALICE, now=night.at("12:00"))

    assert [(about, does) for _, about, does, _ in said(pasted)] == [
        ("Puerta", "nothing"),
        ("puerta", "adds"),
        ("FRONT DOOR", "nothing"),
    ]
    assert db.session.scalars(select(Role.name)).all() == ["Front door"]
    assert db.session.scalar(select(func.count()).select_from(Shift)) == 2


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
    pasted = paste_shifts(night.event, text, actor=ALICE, now=night.at("12:00"), skip_wrong=True)

    assert said(pasted) == looked
    assert [(number, does) for number, _, does, _ in looked] == [
        (2, "wrong"),
        (3, "adds"),
        (4, "wrong"),
        (5, "wrong"),
        (6, "wrong"),
        (7, "nothing"),
    ]
    assert looked[0][3] == (
        "Ana Ruiz is on Bar at that time. If it's right anyway, add them by hand and give a reason."
    )
    assert looked[2][3] == "Tea is full, so there's no spot for Cy."
    assert looked[4][3] == "Nobody here is named Dee. Paste the people first."
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
        (2, "Say what the work is."),
        (3, "Say what the work is, in 120 characters or fewer."),
        (4, 'We couldn\'t read the time "soon". Write it like 7:15 PM or 19:15.'),
        (5, "Say when it ends, like 9:15 PM or 21:15."),
        (6, 'We couldn\'t read the date "30/30/2026". Write it like 2026-12-04.'),
        (7, "Min and max must be whole numbers, with max from 1 to 500 and no less than min."),
        (8, "Min and max must be whole numbers, with max from 1 to 500 and no less than min."),
        (9, '"two" isn\'t a whole number.'),
        (10, "Call time must be 0 to 1440 minutes before."),
        (
            11,
            (
                "01:30 happens twice that night because the clocks go back. "
                "Write 01:30a for the first or 01:30b for the second."
            ),
        ),
        (12, "02:30 doesn't exist that night because the clocks go forward."),
    ]
    assert db.session.scalars(select(Role.key)).all() == []


def test_either_passing_of_an_hour_that_comes_twice_can_be_meant(app: Flask) -> None:
    night = a_night([], on=date(2026, 10, 31), doors=None)
    text = "role,starts,ends\nWatch,23:00,01:30a\nWatch,01:30b,03:00\n"

    paste_shifts(night.event, text, actor=ALICE, now=night.at("12:00"))

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
    assert "We don't know these columns, so they're left out: shoe size." in words(looked)
    assert "Line 3 Bo 12 is too short." in words(looked)
    assert "&lt;b&gt;" in looked.text
    assert "Some lines are wrong. Nothing was added." in words(all_of_it)
    assert "1 line was added." in words(good)
    assert "Bo\t12\t40" in good.text
    assert "Ruiz" not in good.text.partition("<textarea")[2]
    names = db.session.scalars(select(Person.name).order_by(Person.id)).all()
    assert names == ["Alice", "Ana <b>Ruiz</b>", "Bo"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Paste the table here."),
        (
            "Ana,2125550101",
            "No line names the columns. Write them first, like: name, mobile,",
        ),
        ("name,mobile", "There's nothing below the headings."),
        ('name\n"Ana', "We can't read anything from line 2 on: a quotation mark isn't closed."),
        ("mobile\n2125550101", "No column says this: name."),
    ],
)
def test_what_is_no_table_is_refused_and_nothing_is_lost(alice: Desk, text: str, sentence: str) -> None:
    answer = alice.press("import", kind="people", text=text)

    assert answer.status_code == 422
    assert sentence in words(answer)


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        ("people", "name\n" + "x\n" * 2001, "That's more than 2000 lines. Paste them in batches."),
        (
            "shifts",
            "role,starts,ends\n" + "Tea,20:00,21:00\n" * 501,
            "That's more than 500 lines. Paste them in batches.",
        ),
        (
            "shifts",
            "role,starts,ends\n" + "".join(f"Role {number},20:00,21:00\n" for number in range(101)),
            "That's more than 100 different roles. Paste them in batches.",
        ),
        (
            "shifts",
            "role,starts,ends,person\n" + "Tea,20:00,21:00,Ana\n" * 301,
            "At most 300 lines can name a person. Paste them in batches.",
        ),
    ],
)
@pytest.mark.parametrize("wanted", ["look", "all", "good"])
def test_more_than_fits_in_one_paste_is_refused_and_stays(
    alice: Desk, kind: str, text: str, sentence: str, wanted: str
) -> None:
    before = [db.session.scalar(select(func.count()).select_from(model)) for model in (Person, Shift, Role)]

    answer = alice.press("import", kind=kind, text=text, do=wanted)

    assert (answer.status_code, sentence in words(answer), text.strip() in answer.text) == (422, True, True)
    db.session.rollback()
    assert [db.session.scalar(select(func.count()).select_from(model)) for model in (Person, Shift, Role)] == before


@pytest.mark.parametrize("kind", ["people", "shifts"])
def test_adding_ten_times_as_many_asks_the_database_no_more(app: Flask, kind: str) -> None:
    """What is written grows with the lines; what is read before does not."""
    asked = []
    for number in (3, 30):
        night = a_night([], slug=f"night-{number}")
        for n in range(number if kind == "shifts" else 0):
            a_person(f"Person {n}", organisation=night.organisation)
        head, line = {
            "people": ("name,mobile,skills,agreed", "Person {0},(212) 555-{0:04},till,yes"),
            "shifts": ("role,starts,ends,person", "Role {0},20:00,21:00,Person {0}"),
        }[kind]
        paste = paste_people if kind == "people" else paste_shifts
        with counted() as statements:
            pasted = paste(
                night.event, "\n".join([head, *map(line.format, range(number))]), actor=ALICE, now=night.at("12:00")
            )
        assert [line.does for line in pasted.lines] == ["adds"] * number
        asked.append(len([each for each in statements if not each.startswith("INSERT")]))

    assert asked[0] == asked[1]


def test_another_house_pastes_nothing_here(client: FlaskClient, night: ANight) -> None:
    with time_machine.travel(night.at("12:00"), tick=False):
        charlie = Desk(client, night, a_coordinator("Charlie"))

    answers = [charlie.open("import"), charlie.press("import", kind="people", text="name\nAna", do="all")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert db.session.scalars(select(SignUp.id)).all() == []
    assert db.session.scalars(select(Person.name)).all() == ["Charlie"]


@pytest.mark.parametrize(("kind", "number"), [("people", 2000), ("shifts", 500)])
def test_as_many_lines_as_fit_go_through_the_page_and_the_wrong_ones_come_back(
    alice: Desk, kind: str, number: int
) -> None:
    head, right, wrong, model = {
        "people": ("name,mobile", "Person {},", "Person {},12", Person),
        "shifts": ("role,starts,ends,place", "Tea,20:00,21:00,Table {}", "Tea,soon,21:00,Table {}", Shift),
    }[kind]
    lines = [(wrong if line % 10 == 0 else right).format(line) for line in range(number)]
    before = db.session.scalar(select(func.count()).select_from(model)) or 0

    answer = alice.press("import", kind=kind, text="\n".join([head, *lines]), do="good")

    left = answer.text.partition("<textarea")[2].partition("</textarea>")[0].partition(">")[2].split("\n")
    assert answer.status_code == 200
    assert f"{number * 9 // 10} lines were added." in words(answer)
    assert [line.replace("\t", ",").strip() for line in left if line.strip()] == [head, *lines[::10]]
    assert db.session.scalar(select(func.count()).select_from(model)) == before + number * 9 // 10


def test_a_list_from_another_tool_goes_in_with_its_days_words_and_consent(bare: ANight) -> None:
    text = (
        "Volunteers for the benefit,,,\n"
        "First Name,Last Name,Cell #,OK to text?\n"
        'Ana,Ruiz,(212) 555-0101,"Yes, please"\n'
        "TOTAL,1,,\n"
    )

    pasted = paste_people(bare.event, text, actor=ALICE, now=bare.at("12:00"))

    assert said(pasted) == [(3, "Ana Ruiz", "adds", ""), (4, "", "nothing", "A line of totals.")]
    assert pasted.lines[0].shown == "Ana Ruiz · (212) 555-0101 · OK to text"
    ana = bare.person("Ana Ruiz")
    assert (ana.agreed_how, ana.agreed_words) == ("told Alice", "OK to text?: Yes, please")


def test_a_shift_of_last_years_list_is_refused(bare: ANight) -> None:
    looked = shifts(bare, "Job,Date,Start,End\nDoor,12/5/2025,6pm,8pm\n")

    assert looked == [
        (2, "Door", "wrong", "That's more than 31 days from the show. If it's right, add the shift by hand.")
    ]
