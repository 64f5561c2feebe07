"""``flask sample``: what ``make run`` prints, and the night it makes."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from config import Settings
from coordinator import clock, create_app
from coordinator.accounts.actions.sign_in_links import sign_in_by_link
from coordinator.db import db, transaction
from coordinator.events.models import Event
from coordinator.events.queries import event_by_slug
from coordinator.features.event_document.apply import load
from coordinator.features.event_document.dump import dump
from coordinator.features.sample.night import SLUG, add_sample, sample_document, sample_owner
from coordinator.lineup.queries import slots_of
from coordinator.messaging.models import Message
from coordinator.people.models import Person
from coordinator.reminders.actions.plan import plan
from coordinator.shifts.queries.planned import shifts_of
from coordinator.shifts.queries.roster import objections_to
from coordinator.web.qr_codes import square_of
from tests.builders import an_event
from tests.documents import read
from tests.night import curfew_local, doors_local
from tests.reading import words


def printed(app: Flask) -> list[str]:
    result = app.test_cli_runner().invoke(args=["sample"])
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout.splitlines()


def made(now: datetime) -> Event:
    add_sample(now)
    event = event_by_slug(SLUG)
    assert event is not None
    return event


def test_the_first_start_makes_the_night_and_prints_a_link_that_signs_in_once(app: Flask) -> None:
    address, link = printed(app)

    found = re.fullmatch(r"Sign in: http://localhost/sign-in/(\S+)", link)
    assert (address, event_by_slug(SLUG) is not None) == ("Callboard: http://localhost", True)
    assert found is not None
    owner = sample_owner()
    assert owner is not None
    assert sign_in_by_link(found[1], clock.now()) == owner.account


def test_each_start_prints_another_link_and_makes_no_second_night(app: Flask) -> None:
    first, second = printed(app), printed(app)

    assert first[1] != second[1]
    assert db.session.scalar(select(func.count(Event.id))) == 1


def test_a_database_with_a_show_gets_no_sample(app: Flask) -> None:
    an_event(slug="ours")

    assert printed(app) == ["Callboard: http://localhost"]


def test_sample_0_makes_nothing(settings: Settings) -> None:
    app = create_app(replace(settings, sample=False))
    with app.app_context():
        assert printed(app) == ["Callboard: http://localhost"]
        assert db.session.scalar(select(func.count(Event.id))) == 0
        db.session.remove()
        db.engine.dispose()


def test_the_three_acts_play_at_the_flyers_times_five_days_ahead(app: Flask, now: datetime) -> None:
    event = made(now)

    assert [(slot.name, slot.starts_local, slot.state) for slot in slots_of(event)] == [
        ("Josh Granowski", "2026-12-04T20:00", "invited"),
        ("Carlos Lumbi", "2026-12-04T20:30", "invited"),
        ("The Poor Nobodys", "2026-12-04T21:30", "invited"),
    ]
    assert (event.quiet_from, event.quiet_to, event.published) == (None, None, True)
    assert (doors_local(event), curfew_local(event.stages[0])) == ("2026-12-04T19:30", "2026-12-04T23:00")
    assert (event.donation_suggested, event.beneficiary) == (Decimal(10), "Justice in Motion")
    assert (event.donation_goal, event.donation_url) == (Decimal(2500), "https://example.org/give")


def test_a_newcomer_sees_the_goal_and_a_code_to_give(app: Flask, client: FlaskClient, now: datetime) -> None:
    made(now)
    page = client.get("/e/justice-in-motion/goal")

    assert "$0 of $2,500" in words(page)
    assert square_of("https://example.org/give", on_screen=True).path in page.text


def test_five_days_are_counted_in_the_zone_of_the_show(app: Flask) -> None:
    still_sunday_there = datetime(2026, 11, 30, 4, 59, tzinfo=UTC)

    assert made(still_sunday_there).date.isoformat() == "2026-12-04"


def test_everybody_has_a_fictional_number_and_agreed_to_texts_but_for_one_with_an_address(
    app: Flask, now: datetime
) -> None:
    made(now)

    *people, iris = db.session.scalars(select(Person).order_by(Person.phone.is_(None), Person.id)).all()

    assert (len(people), iris.phone, iris.email, iris.channel) == (12, None, "iris@show.example", "email")
    assert all(
        person.can_be_texted and re.fullmatch(r"\+1212555010\d|\+1212555011\d", person.phone or "") for person in people
    )


def test_there_are_places_left_and_crews_that_follow_the_changeovers(app: Flask, now: datetime) -> None:
    event = made(now)

    assert [
        (shift.key, len(shift.holding), shift.max, shift.follows.key if shift.follows else None)
        for shift in shifts_of(event)
    ] == [
        ("set-up-1", 3, 4, None),
        ("door-1", 1, 2, None),
        ("table-1", 1, 2, None),
        ("stage-carlos", 2, 2, "carlos"),
        ("stage-nobodys", 2, 2, "nobodys"),
        ("clear-up-1", 1, 4, "nobodys"),
    ]


def test_no_text_is_made_until_the_ordinary_planner_asks_the_performers(app: Flask, now: datetime) -> None:
    made(now)
    before = db.session.scalars(select(Message)).all()

    plan(now, public_url="http://localhost")

    due = db.session.scalars(select(Message).where(Message.due_at <= now)).all()
    asked = sorted(message.person.name for message in due if message.person)
    assert (before, asked) == ([], ["Carlos Lumbi", "Josh Granowski", "Tomas Ide", "Wren Okada"])
    assert {message.rule for message in due} == {"ask-1"}


@pytest.mark.parametrize("on", ["2026-03-08", "2026-11-01", "2027-02-28"])
def test_the_sample_is_a_document_like_any_other_on_every_day(app: Flask, on: str) -> None:
    day = datetime.fromisoformat(on).date()
    now = datetime.combine(day, datetime.min.time(), UTC) - timedelta(days=5)

    document = read(sample_document(day, now), now)

    assert (document.warnings, len(document.slots), len(document.shifts)) == ((), 3, 6)


def test_the_dumped_sample_loads_without_a_change(app: Flask, now: datetime) -> None:
    event = made(now)

    document = read(dump(event), now)

    assert load(document, event.organisation, now=now).comparison.changes == ()


def test_whoever_sets_up_may_greet_people_at_the_door_afterwards(app: Flask) -> None:
    now = datetime(2026, 11, 29, 12, tzinfo=UTC)
    night = made(now)
    with transaction():
        shifts = {shift.key: shift for shift in shifts_of(night)}
        shifts["door-1"].max = 3

    assert objections_to(shifts["door-1"], shifts["set-up-1"].sign_ups[0].person, now) == []
