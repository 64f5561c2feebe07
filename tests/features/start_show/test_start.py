"""Starting a show from a flyer: what is read, fixed, created. Alice, Bob and Charlie may each start their own."""

import io
import re
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from coordinator.core.flyer import UnreadableFlyer, decode_flyer
from coordinator.core.show_days import ShowDay
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.lineup.models import Act, Slot
from coordinator.lineup.queries import slots_of
from coordinator.shownight.queries import Night, plan_night
from tests.builders import a_coordinator, sign_in
from tests.night import curfew_local, doors_local
from tests.reading import words

NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
PASTE, CREATE = "/coordinate/new", "/coordinate/new/show"
FLYER = """Songs for Justice in Motion
Friday 4 December
Alder Street Hall
Doors 7:30 pm
8:00 pm Josh Granowski (solo)
8:30 pm Carlos Lumbi (solo)
9:30 pm The Poor Nobodys
Curfew 11 pm
Suggested donation $10
Justice in Motion helps families who were torn apart at the border.
"""


class Desk:
    """Alice in front of the page."""

    def __init__(self, client: FlaskClient) -> None:
        self.alice = a_coordinator("Alice")
        self.client = client.application.test_client()

    def post(self, path: str, fields: dict[str, Any]) -> TestResponse:
        boundary, body = encode_multipart(fields)
        kind = f'multipart/form-data; boundary="{boundary}"'
        with time_machine.travel(NOW, tick=False):
            return sign_in(self.client, self.alice).post(path, data=body, content_type=kind)

    def look(self, path: str) -> TestResponse:
        with time_machine.travel(NOW, tick=False):
            return sign_in(self.client, self.alice).get(path)

    def paste(self, text: str, zone: str = "America/New_York", **more: Any) -> TestResponse:
        return self.post(PASTE, {"flyer": text, "zone": zone, **more})

    def create(self, fields: dict[str, str], **changed: str) -> TestResponse:
        return self.post(CREATE, fields | changed)


@pytest.fixture
def desk(client: FlaskClient) -> Desk:
    return Desk(client)


def fields_of(response: TestResponse) -> dict[str, str]:
    """What a browser would send back from the form of what was read, untouched."""
    main = response.text.partition("<main")[2]
    found: dict[str, str] = {}
    for tag in re.findall(r"<input\b[^>]*>", main):
        had = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if had.get("type") in ("checkbox", "radio") and not re.search(r"\bchecked\b", tag):
            continue
        if "name" in had and had["name"] != "csrf_token":
            found[had["name"]] = unescaped(had.get("value", ""))
    for name, said in re.findall(r'<textarea\b[^>]*\bname="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', main, re.DOTALL):
        found[name] = unescaped(said)
    for name, options in re.findall(r'<select\b[^>]*\bname="([^"]+)"[^>]*>(.*?)</select>', main, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        found[name] = chosen[1] if chosen else ""
    return found


def unescaped(said: str) -> str:
    for code, letter in {"&#39;": "'", "&#34;": '"', "&lt;": "<", "&gt;": ">", "&amp;": "&"}.items():
        said = said.replace(code, letter)
    return said


def test_what_was_read_is_created_as_it_stands(desk: Desk) -> None:
    read = desk.paste(FLYER)
    answer = desk.create(fields_of(read))

    event = db.session.scalars(select(Event)).one()
    assert (read.status_code, answer.status_code) == (200, 303)
    assert (event.title, event.date.isoformat(), event.zone, event.venue_name, event.published) == (
        "Songs for Justice in Motion",
        "2026-12-04",
        "America/New_York",
        "Alder Street Hall",
        False,
    )
    assert (doors_local(event), curfew_local(event.stages[0])) == ("2026-12-04T19:30", "2026-12-04T23:00")
    assert (event.donation_suggested, event.donation_currency) == (Decimal(10), "USD")
    assert event.organisation_id == desk.alice.organisation_id
    assert [
        (slot.name, slot.kind, slot.starts_local[11:], slot.length.seconds // 60, slot.changeover.seconds // 60)
        for slot in slots_of(event)
    ] == [
        ("Josh Granowski", "set", "20:00", 20, 10),
        ("Carlos Lumbi", "set", "20:30", 45, 10),
        ("The Poor Nobodys", "set", "21:30", 30, 15),
    ]
    assert all(slot.length_inferred and slot.changeover_inferred for slot in slots_of(event))


def test_title_and_cause_can_be_given_in_spanish_too(desk: Desk) -> None:
    desk.create(fields_of(desk.paste(FLYER)), title_es="Canciones", about="For families.", about_es="Por las familias.")

    event = db.session.scalars(select(Event)).one()
    assert (event.title, event.title_es) == ("Songs for Justice in Motion", "Canciones")
    assert (event.about, event.about_es) == ("For families.", "Por las familias.")


def test_a_line_that_was_put_right_is_no_longer_inferred(desk: Desk) -> None:
    fields = fields_of(desk.paste(FLYER))

    desk.create(fields | {"rows-2-length": "45", "rows-1-starts": "20:40", "rows-1-name": "Carlos Lumbi Trío"})

    slots = slots_of(db.session.scalars(select(Event)).one())
    assert [(slot.name, slot.starts_local[11:], slot.length.seconds // 60, slot.length_inferred) for slot in slots] == [
        ("Josh Granowski", "20:00", 20, True),
        ("Carlos Lumbi Trío", "20:40", 45, True),
        ("The Poor Nobodys", "21:30", 45, False),
    ]


def test_a_line_that_is_not_taken_is_left_out(desk: Desk) -> None:
    fields = fields_of(desk.paste(FLYER))
    del fields["rows-1-take"]

    desk.create(fields)

    assert [slot.name for slot in slots_of(db.session.scalars(select(Event)).one())] == [
        "Josh Granowski",
        "The Poor Nobodys",
    ]


def test_an_act_without_a_time_must_be_given_one(desk: Desk) -> None:
    fields = fields_of(desk.paste("Benefit\nFriday 4 December\nDoors 7 pm\nJosh Granowski\nCarlos Lumbi\n"))
    named = {key: said for key, said in fields.items() if key.startswith("rows-")}

    refused = desk.create(fields)

    if named:
        assert refused.status_code == 422
        assert "Choose when it starts." in words(refused)
    assert db.session.scalars(select(Event)).all() == ([] if named else db.session.scalars(select(Event)).all())


def test_a_set_after_midnight_belongs_to_the_night_before(desk: Desk) -> None:
    desk.create(fields_of(desk.paste("Late Benefit\nFriday 4 December\n11 pm Josh\n12:15 am Carlos\n")))

    slots = slots_of(db.session.scalars(select(Event)).one())
    assert [slot.starts_local for slot in slots] == ["2026-12-04T23:00", "2026-12-05T00:15"]


def test_a_flyer_of_two_days_makes_one_show_of_two_days(desk: Desk) -> None:
    text = "Two Day Fest\nSaturday 5 December\n8:00 pm Josh\n9:00 pm Carlos\nSunday 6 December\n8:00 pm Wren\n"

    read = desk.paste(text)
    answer = desk.create(fields_of(read), title_es="Fiesta")

    event = db.session.scalars(select(Event)).one()
    assert (
        "This flyer covers Saturday, December 5, 2026 and Sunday, December 6, 2026. They become one show, with a "
        "running order for each day."
    ) in words(read)
    assert answer.location == f"/coordinate/{event.slug}/performers"
    assert (event.title, event.title_es) == ("Two Day Fest", "Fiesta")
    assert [(day.on.isoformat(), [slot.name for slot in night.slots]) for day, night in nights_of(event)] == [
        ("2026-12-05", ["Josh", "Carlos"]),
        ("2026-12-06", ["Wren"]),
    ]


def test_doors_of_a_flyer_are_those_of_every_day_that_begins_after_them(desk: Desk) -> None:
    text = "Two Day Fest\nDoors 7 pm\nSaturday 5 December\n8:00 pm Josh\nSunday 6 December\n3:00 pm Wren\n"

    desk.create(fields_of(desk.paste(text)), curfew="23:00")

    event = db.session.scalars(select(Event)).one()
    assert [(day.doors_at and day.doors_at.isoformat(), len(day.curfews)) for day in event.days] == [
        ("2026-12-05T19:00:00-05:00", 1),
        (None, 1),
    ]


def nights_of(event: Event) -> list[tuple[ShowDay, Night]]:
    planned = plan_night(event.id)
    return [(day, planned.on_day(day)) for day in event.days]


@pytest.mark.parametrize("data", [b"", b"\0" * 9, b"x" * 1_000_001])
def test_whoever_reads_spanish_is_refused_in_spanish(desk: Desk, data: bytes) -> None:
    desk.client.set_cookie("lang", "es")
    with pytest.raises(UnreadableFlyer) as refusal:
        decode_flyer(data)

    answer = desk.paste(data.decode())

    assert answer.status_code == 422
    assert str(refusal.value) not in words(answer)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "This flyer is empty; paste the text of the flyer."),
        (" \n\t ", "This flyer is empty; paste the text of the flyer."),
        ("\x00\x01\x02PNG" * 50, "This isn't text, maybe a picture; paste the words from the flyer."),
        ("é" * 600_000, "This flyer is over 1 MB; paste only its text."),
    ],
)
def test_what_is_no_flyer_is_refused_in_a_sentence(desk: Desk, text: str, sentence: str) -> None:
    answer = desk.paste(text)

    assert answer.status_code == 422
    assert sentence in words(answer)


def test_a_flyer_with_more_lines_than_a_new_show_may_have_is_refused_and_stays(desk: Desk) -> None:
    flyer = "Long night\n4 December 2026\n" + "\n".join(f"{10 + n // 60}:{n % 60:02} Band {n}" for n in range(401))

    answer = desk.paste(flyer)

    assert answer.status_code == 422
    assert "more than 400 acts and breaks" in words(answer)
    assert fields_of(answer)["flyer"] == flyer


def test_what_was_pasted_stays_when_it_is_refused(desk: Desk) -> None:
    long = "Songs & more\n" + "é" * 600_000

    answer = desk.paste(long, zone="America/Chicago")

    fields = fields_of(answer)
    assert (fields["flyer"], fields["zone"]) == (long, "America/Chicago")


def test_a_zone_that_is_none_is_refused(desk: Desk) -> None:
    answer = desk.paste(FLYER, zone="Mars/Olympus")

    assert answer.status_code == 422
    assert "There's no such time zone. Write it like America/New_York." in words(answer)
    assert fields_of(answer)["flyer"] == FLYER


def test_a_picture_that_is_uploaded_is_refused(desk: Desk) -> None:
    picture = io.BytesIO(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20)

    answer = desk.paste("", file=FileStorage(picture, "flyer.png"))

    assert answer.status_code == 422
    assert "This isn't text, maybe a picture; paste the words from the flyer." in words(answer)


def test_a_text_file_is_read(desk: Desk) -> None:
    text = io.BytesIO("Día\n4 December\n8:00 pm Señor Lumbi\n".encode("cp1252"))

    answer = desk.paste("", file=FileStorage(text, "flyer.txt"))

    assert answer.status_code == 200
    assert fields_of(answer)["rows-0-name"] == "Señor Lumbi"


def test_another_alphabet_is_kept(desk: Desk) -> None:
    answer = desk.paste("Благотворительный вечер\n4 December\n20:00 Оркестр\n21:00 Хор\n")

    fields = fields_of(answer)
    assert answer.status_code == 200
    assert [fields[f"rows-{row}-name"] for row in range(2)] == ["Оркестр", "Хор"]


def test_a_day_that_is_past_is_created_only_when_it_is_meant(desk: Desk) -> None:
    fields = fields_of(desk.paste(FLYER)) | {"on": "2020-12-04"}

    refused = desk.create(fields)
    kept = fields_of(refused)
    meant = desk.create(kept, allow_past="y")

    assert refused.status_code == 422
    assert "That day is in the past. Choose another, or check the box below to use it anyway." in words(refused)
    assert kept["on"] == "2020-12-04"
    assert meant.status_code == 303
    assert db.session.scalars(select(Event.date)).one().isoformat() == "2020-12-04"


def test_a_time_that_comes_twice_is_asked_about(desk: Desk) -> None:
    text = "Clocks\nSaturday 6 November 2027\n11 pm Josh\n1:30 am Carlos\n"
    fields = fields_of(desk.paste(text, zone="America/New_York"))

    refused = desk.create(fields)
    again = fields_of(refused)
    answer = desk.create(again, **{"rows-1-dst_fold": "1"})

    assert refused.status_code == 422
    assert "That time happens twice that night" in words(refused)
    assert again["rows-1-starts"] == "01:30"
    assert answer.status_code == 303
    starts = db.session.scalars(select(Slot.starts_local).order_by(Slot.position)).all()
    assert starts == ["2027-11-06T23:00", "2027-11-07T01:30b"]


@pytest.mark.parametrize("field", ["doors", "curfew"])
def test_doors_or_a_curfew_at_a_time_that_comes_twice_are_asked_about(desk: Desk, field: str) -> None:
    fields = fields_of(desk.paste("Clocks\nSaturday 6 November 2027\n11 pm Josh\n", zone="America/New_York"))

    refused = desk.create(fields | {field: "01:30"})
    kept = fields_of(refused)
    answer = desk.create(kept | {f"{field}_dst_fold": "1"})

    event = db.session.scalars(select(Event)).one()
    assert (refused.status_code, kept[field], answer.status_code) == (422, "01:30", 303)
    assert "That time happens twice that night" in words(refused)
    assert {"doors": doors_local(event), "curfew": curfew_local(event.stages[0])}[field] == "2027-11-07T01:30b"


def test_wrong_lines_say_what_would_be_right_and_keep_what_was_typed(desk: Desk) -> None:
    fields = fields_of(desk.paste(FLYER)) | {"title": "", "rows-0-length": "0", "rows-1-changeover_min": "99"}

    refused = desk.create(fields)

    assert refused.status_code == 422
    for sentence in (
        "Give the show a title.",
        "Enter a length in minutes, from 1 to 1440.",
        "Must be at least 0 and no longer than the changeover itself.",
    ):
        assert sentence in words(refused)
    assert fields_of(refused) == fields
    assert db.session.scalars(select(Event)).all() == []


def test_doubts_are_still_said_after_a_mistake(desk: Desk) -> None:
    read = desk.paste("Benefit\n4 December\n8:00 Josh\n9:00 Carlos\n")
    doubt = "Times without AM or PM were read as afternoon or evening."

    refused = desk.create(fields_of(read) | {"title": ""})

    assert doubt in words(read)
    assert doubt in words(refused)


def test_a_line_can_be_added(desk: Desk) -> None:
    fields = fields_of(desk.paste(FLYER))

    longer = fields_of(desk.create(fields, add="1"))
    desk.create(longer, **{"rows-3-name": "Encore", "rows-3-starts": "22:10", "rows-3-length": "10"})

    assert db.session.scalars(select(Act.name).order_by(Act.id)).all()[-1] == "Encore"
    assert db.session.scalars(select(Slot.starts_local).order_by(Slot.position)).all()[-1] == "2026-12-04T22:10"


@pytest.mark.parametrize(("lines", "more"), [(401, {}), (400, {"add": "1"})])
def test_more_lines_than_a_new_show_may_have_are_refused_and_none_is_lost(
    desk: Desk, lines: int, more: dict[str, str]
) -> None:
    fields = {"title": "Long night", "on": "2026-12-04", "zone": "America/New_York"}
    for n in range(lines):
        said = {"take": "y", "name": f"Act {n}", "starts": f"{12 + n // 60}:{n % 60:02}", "kind": "set", "length": "1"}
        minutes = {"changeover": "0", "changeover_min": "0"}
        fields |= {f"rows-{n}-{name}": value for name, value in (said | minutes).items()}

    with time_machine.travel(NOW, tick=False):
        answer = sign_in(desk.client, desk.alice).post(CREATE, data=fields | more)

    kept = [value for name, value in fields_of(answer).items() if name.endswith("-name")]
    assert (answer.status_code, len(kept), kept[-1]) == (422, lines, f"Act {lines - 1}")
    assert "A new show can have at most 400 lines. Add the rest to its running order later." in words(answer)
    assert db.session.scalars(select(Event.id)).all() == []


def test_a_show_called_new_can_be_opened(desk: Desk) -> None:
    desk.create(fields_of(desk.paste(FLYER)), title="New")

    slug = db.session.scalars(select(Event.slug)).one()
    assert desk.look(f"/coordinate/{slug}").status_code == 200
    assert slug != "new"


def test_everybody_with_an_account_starts_shows_of_their_own(client: FlaskClient, desk: Desk) -> None:
    desk.create(fields_of(desk.paste(FLYER)))
    charlie = sign_in(client.application.test_client(), a_coordinator("Charlie"))
    nobody = client.application.test_client()
    slug = db.session.scalars(select(Event.slug)).one()

    assert charlie.get(PASTE).status_code == 200
    assert charlie.get(f"/coordinate/{slug}").status_code == 404
    assert [nobody.get(PASTE).status_code, nobody.post(PASTE, data={"flyer": FLYER}).status_code] == [303, 303]


def test_times_are_asked_for_on_the_wall_clock_of_the_show(desk: Desk) -> None:
    fields = fields_of(desk.paste(FLYER, zone="Pacific/Auckland"))

    desk.create(fields)

    event = db.session.scalars(select(Event)).one()
    assert event.zone == "Pacific/Auckland"
    assert slots_of(event)[0].starts_at == datetime(2026, 12, 4, 7, tzinfo=UTC)
    assert time.fromisoformat(fields["rows-0-starts"]) == time(20)


TWO_STAGES = """Street party, Saturday 12 December
Doors 1pm
MAIN STAGE
2pm Ada Foss
4pm Bo Tandy
GARDEN
3pm Cy Lark
Doors 6pm
"""


def test_the_flyer_stands_beside_its_rows_with_each_line_marked(desk: Desk) -> None:
    page = desk.paste(TWO_STAGES).text

    assert re.findall(r'<li id="flyer-(\d)" value="\d" class="(\w*)">', page) == [
        ("0", ""),
        ("1", ""),
        ("2", ""),
        ("3", "told"),
        ("4", "told"),
        ("5", ""),
        ("6", "told"),
        ("7", "lost"),
    ]
    assert '<a href="#line-2">Bo Tandy</a>' in page
    assert '<a href="#flyer-4">Line 5</a>' in page


def test_rows_stand_together_by_stage(desk: Desk) -> None:
    said = words(desk.paste(TWO_STAGES))

    heads = [said.index(name) for name in ("MAIN STAGE", "Ada Foss", "Bo Tandy", "Cy Lark")]
    assert heads == sorted(heads)
    assert "We couldn't place these lines, though they have a time. They're in the notes. Doors 6pm" in said


def test_which_line_a_row_came_from_is_still_known_after_a_mistake(desk: Desk) -> None:
    fields = fields_of(desk.paste(TWO_STAGES)) | {"title": ""}

    page = desk.create(fields)

    assert page.status_code == 422
    assert '<a href="#flyer-4">Line 5</a>' in page.text
