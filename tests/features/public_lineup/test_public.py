"""The line-up as everyone sees it."""

import re
from decimal import Decimal

import icalendar
import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from coordinator.accounts.models import Actor
from coordinator.db import db, transaction
from coordinator.features.public_lineup.queries.about import about_in_two
from coordinator.shownight.actions.pressing import cancel_slot, declare_late, end_set, start_set
from tests.builders import ANight, a_coordinator, a_night, a_shift, a_slot, a_stage, sign_in
from tests.queries import counted
from tests.reading import words

SAM = Actor("Sam Stage")
SLUG = "/e/justice-in-motion"


def seen_at(night: ANight, wall: str, client: FlaskClient, path: str = SLUG, **headers: str) -> TestResponse:
    with time_machine.travel(night.at(wall), tick=False):
        return client.get(path, headers=headers)


def test_the_line_up_says_what_when_where_why_and_how_to_help(client: FlaskClient) -> None:
    night = a_night(
        shifts=[a_shift("Front door", "19:15", "20:45", max=3), a_shift("Clear up", "22:15", "23:15", max=4)],
        donation_suggested=Decimal(10),
        donation_currency="USD",
        donation_url="https://give.example/",
        venue_address="214 Alder Street",
    )

    page = seen_at(night, "12:00", client)

    said = words(page)
    assert page.status_code == 200
    for expected in (
        "A benefit concert Songs for Justice in Motion Friday, December 4 Doors 7:30, first set 8:00 PM The Old Chapel",
        "8:00 PM Josh Granowski 20 minutes 8:30 PM Carlos Lumbi 40 minutes 9:30 PM The Poor Nobodys 45 minutes",
        "Suggested donation $10 Your donation is for Justice in Motion. Donate now",
        "The Old Chapel 214 Alder Street Directions",
        "7 open spots: from front door to clear up.",
        "Times are in Eastern Time",
    ):
        assert expected in said
    assert 'href="https://give.example/"' in page.text
    assert 'href="https://www.openstreetmap.org/search?query=The+Old+Chapel%2C+214+Alder+Street"' in page.text


def test_the_line_up_speaks_spanish(client: FlaskClient) -> None:
    page = seen_at(a_night(), "12:00", client, **{"Accept-Language": "es"})

    assert '<html lang="es"' in page.text
    assert "viernes 4 de diciembre" in page.text
    assert "8:30 p. m. Carlos Lumbi 40 minutos" in words(page)


def test_what_organizers_gave_in_both_languages_is_read_in_the_language_of_the_page(client: FlaskClient) -> None:
    night = a_night(
        shifts=[a_shift("Front door", "19:15", "20:45", max=3), a_shift("Clear up", "22:15", "23:15", max=4)],
        title_es="Canciones <por> Justicia",
        about="Families <together>.",
        about_es="Familias <unidas>.",
    )
    night.shift("front-door-1").role.name_es = "Puerta"
    night.shift("front-door-1").role.note_es = "Se trabaja sentado"
    night.shift("front-door-1").role.note = "Seated"
    db.session.commit()

    spanish, english = (
        words(seen_at(night, "12:00", client, **{"Accept-Language": language})) for language in ("es", "en")
    )
    choosing = words(seen_at(night, "12:00", client, f"{SLUG}/volunteer", **{"Accept-Language": "es"}))
    calendar = seen_at(night, "12:00", client, f"{SLUG}.ics", **{"Accept-Language": "es"}).text

    for expected in ("Canciones <por> Justicia", "Familias <unidas>.", "puerta", "clear up"):
        assert expected in spanish
    for expected in ("Songs for Justice in Motion", "Families <together>.", "from front door to clear up"):
        assert expected in english
    assert "Front door" not in choosing
    assert "Puerta" in choosing
    assert "Se trabaja sentado" in choosing
    assert "SUMMARY:Canciones <por> Justicia" in calendar
    assert "DESCRIPTION:Familias <unidas>." in calendar


def test_no_phone_and_no_name_of_a_helper_is_on_the_page(client: FlaskClient) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Dana Door",))])
    phones = [night.person(name).phone or "" for name in ("Josh Granowski", "Carlos Lumbi", "Dana Door")]

    page = seen_at(night, "20:10", client)

    assert not [phone for phone in phones if phone[-7:] in page.text or phone in page.text]
    assert "Dana" not in page.text


def test_on_the_night_a_moved_time_stands_beside_the_one_that_was_advertised(client: FlaskClient) -> None:
    night = a_night()
    start_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:15"))
    cancel_slot(night.slot("The Poor Nobodys").id, actor=SAM, now=night.at("20:16"))

    said = words(seen_at(night, "20:20", client))

    assert "was 8:00 now 8:15 PM Josh Granowski 20 minutes On now" in said
    assert "was 8:30 now 8:40 PM Carlos Lumbi 40 minutes" in said
    assert "9:30 PM The Poor Nobodys 45 minutes Canceled" in said


def test_a_set_that_ended_is_finished_and_a_small_delay_is_not_worth_a_word(client: FlaskClient) -> None:
    night = a_night()
    start_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:04"))
    end_set(night.slot("Josh Granowski").id, actor=SAM, now=night.at("20:28"))

    said = words(seen_at(night, "20:29", client))

    assert "8:00 PM Josh Granowski 20 minutes Finished" in said
    assert "8:30 PM Carlos Lumbi 40 minutes" in said


def test_stages_stand_under_their_names(client: FlaskClient) -> None:
    night = a_night(stages=[a_stage("Garden", [a_slot("Josh", "20:00")]), a_stage("Cellar", [a_slot("Ana", "20:00")])])

    said = words(seen_at(night, "12:00", client))

    assert "Garden 8:00 PM Josh 30 minutes Cellar 8:00 PM Ana 30 minutes" in said


def test_a_long_cause_is_folded_and_a_hostile_one_is_only_words(client: FlaskClient) -> None:
    night = a_night(about=f"First <b>paragraph</b>.\r\n\r\n{'Long. ' * 120}\n\nLast one.")

    page = seen_at(night, "12:00", client)

    assert "First &lt;b&gt;paragraph&lt;/b&gt;." in page.text
    shown, folded = page.text.split("<details>", 1)
    assert "First" in shown
    assert "Last one." in folded


def test_an_unpublished_show_is_there_for_its_own_coordinators_only(client: FlaskClient) -> None:
    night = a_night(published=False)
    alice = a_coordinator("Alice", organisation=night.organisation)
    charlie = a_coordinator("Charlie")

    nobody = seen_at(night, "12:00", client)
    theirs = seen_at(night, "12:00", sign_in(client.application.test_client(), charlie))
    ours = seen_at(night, "12:00", sign_in(client.application.test_client(), alice))

    assert (nobody.status_code, theirs.status_code, ours.status_code) == (404, 404, 200)
    assert "Only you and your colleagues see this page." in ours.text
    assert seen_at(night, "12:00", client, f"{SLUG}.ics").status_code == 404
    assert seen_at(night, "12:00", client, f"{SLUG}/volunteer").status_code == 404


def test_the_front_page_is_the_one_show_to_come(client: FlaskClient) -> None:
    page = seen_at(a_night(), "12:00", client, "/")

    assert "8:30 PM Carlos Lumbi" in words(page)


def test_the_front_page_lists_several_shows_the_soonest_first(client: FlaskClient) -> None:
    night = a_night(slug="second", title="The second night")
    a_night(organisation=night.organisation, slug="first", title="The first night", on=night.on.replace(day=3))
    a_night(organisation=night.organisation, slug="past", title="Long ago", on=night.on.replace(day=1))
    a_night(organisation=night.organisation, slug="hidden", title="Not yet", published=False)

    with time_machine.travel(night.at("12:00-2"), tick=False):
        page = client.get("/")

    titles = re.findall(r'href="/e/([a-z]+)"', page.text)
    assert titles == ["first", "second"]


def test_the_front_page_of_an_empty_house_leads_a_coordinator_in(client: FlaskClient) -> None:
    page = client.get("/")

    assert page.status_code == 200
    assert "The callboard is empty" in page.text
    assert 'href="/sign-in"' in page.text
    assert 'href="/coordinate/new"' in page.text


def test_an_unchanged_page_is_answered_304_after_one_read(client: FlaskClient) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45")])
    first = seen_at(night, "20:10", client)

    for path in (SLUG, "/", f"{SLUG}/volunteer"):
        etag = seen_at(night, "20:10", client, path).headers["ETag"]
        with counted() as said:
            again = seen_at(night, "20:10", client, path, **{"If-None-Match": etag})
        assert (path, again.status_code, again.data) == (path, 304, b"")
        assert len(said) == 1, said
    assert first.status_code == 200


def test_a_press_and_a_minute_of_the_show_make_a_new_page(client: FlaskClient) -> None:
    night = a_night()
    etag = seen_at(night, "20:10", client).headers["ETag"]

    a_minute_later = seen_at(night, "20:11", client, **{"If-None-Match": etag})
    declare_late(night.slot("Josh Granowski").id, 10, actor=SAM, now=night.at("20:10"))
    after_a_press = seen_at(night, "20:10", client, **{"If-None-Match": etag})

    assert (a_minute_later.status_code, after_a_press.status_code) == (200, 200)


def test_days_before_the_show_minutes_do_not_make_a_new_page(client: FlaskClient) -> None:
    night = a_night()
    etag = seen_at(night, "12:05-3", client).headers["ETag"]

    assert seen_at(night, "12:55-3", client, **{"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("path", [SLUG, "/", f"{SLUG}/volunteer"])
def test_a_page_takes_no_more_reads_for_sixty_slots_than_for_three(client: FlaskClient, path: str) -> None:
    reads = {}
    for number in (3, 60):
        slots = [a_slot(f"Act {each}", minutes=5, changeover=2, changeover_min=1) for each in range(number)]
        shifts = [a_shift(f"Work {each}", "19:00", "20:00", people=(f"H{each}",)) for each in range(number)]
        night = a_night(slots, shifts=shifts, slug="justice-in-motion")
        with counted() as said:
            page = seen_at(night, "12:00", client, path)
        assert page.status_code == 200
        reads[number] = len(said)
        with transaction() as session:
            session.delete(night.event)

    assert reads[3] == reads[60]
    assert reads[60] <= 8


def test_the_calendar_entry_keeps_its_key_and_counts_up(client: FlaskClient) -> None:
    night = a_night(venue_address="214 Alder Street")
    first = icalendar.Calendar.from_ical(seen_at(night, "12:00", client, f"{SLUG}.ics").data)
    declare_late(night.slot("The Poor Nobodys").id, 30, actor=SAM, now=night.at("12:01"))
    response = seen_at(night, "12:02", client, f"{SLUG}.ics")
    second = icalendar.Calendar.from_ical(response.data)

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    [before], [after] = first.walk("VEVENT"), second.walk("VEVENT")
    assert before["UID"] == after["UID"] == f"show-{night.event.id}@localhost"
    assert int(str(after["SEQUENCE"])) > int(str(before["SEQUENCE"]))
    assert before.to_ical().decode().count("TZID=America/New_York:20261204T193000") == 1
    assert (before.decoded("dtend"), after.decoded("dtend")) == (night.at("22:15"), night.at("22:45"))
    assert str(after["LOCATION"]) == "The Old Chapel, 214 Alder Street"
    assert second.walk("VTIMEZONE")


def test_a_show_without_any_time_is_an_empty_calendar(client: FlaskClient) -> None:
    night = a_night([], doors=None)

    calendar = icalendar.Calendar.from_ical(seen_at(night, "12:00", client, f"{SLUG}.ics").data)

    assert calendar.walk("VEVENT") == []


def test_nothing_is_announced_yet_says_so(client: FlaskClient) -> None:
    page = seen_at(a_night([]), "12:00", client)

    assert "The lineup isn't out yet. Come back soon." in words(page)


def test_a_pasted_cause_reads_in_paragraphs_with_its_broken_lines_mended() -> None:
    told = "It helps. " * 80
    pasted = f"What we do now does matter!\nJustice is portable: the\nright of all\n\nLegal Action:\n{told}"

    shown, folded = about_in_two(pasted)

    assert shown == ["What we do now does matter!", "Justice is portable: the right of all", "Legal Action:"]
    assert folded == [told.strip()]
