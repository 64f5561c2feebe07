"""Events: made, changed, shown, found, and counted."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from flask import Flask

from coordinator.accounts.models import Actor
from coordinator.accounts.queries import last_record
from coordinator.core.show_time import QuietHours, UnknownZone
from coordinator.db import transaction
from coordinator.events.actions.events import (
    CannotPublish,
    NoTitle,
    SlugIsTaken,
    create_event,
    edit_event,
    pause_texts,
    publish,
    resume_texts,
    unpublish,
)
from coordinator.events.actions.names import free_key, free_slug, key_from
from coordinator.events.actions.stages import add_stage, edit_stage
from coordinator.events.models import Event, Stage
from coordinator.events.queries import cast_of, event_by_slug, event_for, events_of, front_event, public_event
from tests.builders import SHOW_ON, a_coordinator, a_night, an_event, an_organisation, at
from tests.night import curfew_local, doors_local

ALICE = Actor("Alice")


def set_curfew(stage: Stage, curfew_at: datetime | None) -> None:
    edit_stage(stage, name=stage.name, curfews={stage.event.date: curfew_at}, actor=ALICE, now=at("12:00"))


def made(now: datetime, title: str = "Songs for Justice in Motion", **details: str) -> Event:
    organisation = an_organisation()
    return create_event(
        organisation_id=organisation.id,
        title=title,
        zone="America/New_York",
        date=SHOW_ON,
        actor=ALICE,
        now=now,
        **details,
    )


def test_a_new_event_is_unpublished_quiet_at_night_and_planned_until_five_the_next_morning(
    app: Flask, now: datetime
) -> None:
    event = made(now)

    assert (event.slug, event.title, event.published) == (
        "songs-for-justice-in-motion",
        "Songs for Justice in Motion",
        False,
    )
    assert (event.quiet_from, event.quiet_to) == (time(21), time(8))
    assert event.plan_until_at == datetime(2026, 12, 5, 10, 0, tzinfo=UTC)


def test_a_second_event_of_the_same_title_gets_a_slug_of_its_own(app: Flask, now: datetime) -> None:
    slugs = [made(now).slug, made(now).slug, made(now).slug]

    assert slugs == ["songs-for-justice-in-motion", "songs-for-justice-in-motion-2", "songs-for-justice-in-motion-3"]


@pytest.mark.parametrize(
    ("name", "key"),
    [("Señor Lumbi!", "senor-lumbi"), ("Josh's Band", "joshs-band"), ("Straße & Øl", "strasse-ol"), ("夜", "show")],
)
def test_a_key_is_the_name_in_plain_letters(name: str, key: str) -> None:
    assert key_from(name) == key


def test_a_free_key_is_none_of_those_taken() -> None:
    assert free_key("Josh", {"josh", "josh-2"}) == "josh-3"


def test_a_slug_with_a_wild_card_in_it_is_a_slug(app: Flask) -> None:
    assert free_slug("100 % music_now") == "100-music-now"


def test_a_slug_that_is_taken_is_refused(app: Flask, now: datetime) -> None:
    an_event(slug="spring")

    with pytest.raises(SlugIsTaken) as refused:
        made(now, slug="spring")

    assert str(refused.value) == "There's already a show called spring. Please choose another name."


@pytest.mark.parametrize(
    ("title", "sentence"),
    [(" \n", "Please give the show a title."), ("a" * 201, "Titles are limited to 200 characters.")],
)
def test_an_event_needs_a_title(app: Flask, now: datetime, title: str, sentence: str) -> None:
    with pytest.raises(NoTitle) as refused:
        made(now, title)

    assert str(refused.value) == sentence


def test_an_event_needs_a_zone_that_exists(app: Flask, now: datetime) -> None:
    organisation = an_organisation()

    with pytest.raises(UnknownZone) as refused:
        create_event(
            organisation_id=organisation.id, title="A", zone="America/New_Yrok", date=SHOW_ON, actor=ALICE, now=now
        )

    assert str(refused.value) == "There is no time zone called 'America/New_Yrok'; did you mean America/New_York?"


def test_only_what_is_given_changes(app: Flask) -> None:
    event = an_event(venue_name="The Old Chapel")

    edit_event(event, actor=ALICE, now=at("12:00"), title=" A  new\ttitle ", donation_suggested=Decimal(10), quiet=None)

    assert (event.title, event.venue_name, event.donation_suggested) == ("A new title", "The Old Chapel", Decimal(10))
    assert (event.quiet_from, event.quiet_to) == (None, None)


def test_quiet_hours_are_kept_as_they_begin_and_end(app: Flask) -> None:
    event = an_event()

    edit_event(event, actor=ALICE, now=at("12:00"), quiet=QuietHours(time(22), time(7)))

    assert (event.quiet_from, event.quiet_to) == (time(22), time(7))


def test_doors_and_curfew_are_kept_as_wall_time_and_instant_together(app: Flask) -> None:
    night = a_night([])

    edit_event(night.event, actor=ALICE, now=at("12:00"), doors={night.on: at("19:00")})
    set_curfew(night.stage, at("00:30+1"))

    assert (doors_local(night.event), night.event.days[0].doors_at) == ("2026-12-04T19:00", at("19:00"))
    assert (curfew_local(night.stage), night.event.days[0].curfew_at(night.stage.key)) == (
        "2026-12-05T00:30",
        at("00:30+1"),
    )


def test_there_may_be_no_doors_and_no_curfew(app: Flask) -> None:
    night = a_night([])

    edit_event(night.event, actor=ALICE, now=at("12:00"), doors={night.on: None})
    set_curfew(night.stage, None)

    assert (doors_local(night.event), night.event.days[0].doors_at) == (None, None)
    assert (curfew_local(night.stage), night.event.days[0].curfew_at(night.stage.key)) == (None, None)


def test_stages_stand_in_the_order_they_were_added(app: Flask, now: datetime) -> None:
    event = made(now)

    first, second = (add_stage(event, "Main stage", actor=ALICE, now=now) for _ in range(2))
    third = add_stage(event, "夜", key="night", actor=ALICE, now=now)
    edit_stage(second, name="The yard", curfews={second.event.date: None}, actor=ALICE, now=now)

    found = event_by_slug(event.slug)
    assert found is not None
    assert [(stage.key, stage.name) for stage in found.stages] == [
        ("main-stage", "Main stage"),
        ("main-stage-2", "The yard"),
        ("night", "夜"),
    ]
    assert [first.position, second.position, third.position] == [0, 1, 2]


def test_an_event_without_a_stage_is_not_published(app: Flask, now: datetime) -> None:
    event = made(now)

    with pytest.raises(CannotPublish) as refused:
        publish(event, actor=ALICE, now=now)

    assert str(refused.value) == "There's no stage yet. Add one before you publish the show."
    add_stage(event, "Main stage", actor=ALICE, now=now)
    publish(event, actor=ALICE, now=now)
    assert public_event(event.slug) == event
    unpublish(event, actor=ALICE, now=now)
    assert public_event(event.slug) is None


def test_texts_are_paused_from_the_first_word_and_resumed(app: Flask, now: datetime) -> None:
    event = an_event()
    alice, bob = (a_coordinator(name, organisation=event.organisation) for name in ("Alice", "Bob"))

    pause_texts(event, actor=Actor.of(alice), now=now)
    pause_texts(event, actor=Actor.of(bob), now=at("20:00"))
    paused_at = event.texts_paused_at
    resume_texts(event, actor=Actor.of(bob), now=at("20:05"))

    assert (paused_at, event.texts_paused_at) == (now, None)
    paused = last_record(event.organisation_id, "texts.paused", event.id)
    assert paused is not None
    assert (paused.by, paused.at) == ("Alice", now)
    assert last_record(event.organisation_id, "texts.paused") is None


def test_alice_and_bob_find_their_event_and_charlie_does_not(app: Flask) -> None:
    ours = an_organisation("Ours")
    event = an_event(organisation=ours)
    alice, bob = a_coordinator("Alice", organisation=ours), a_coordinator("Bob", organisation=ours, role="coordinator")
    charlie = a_coordinator("Charlie", organisation=an_organisation("Theirs"))

    assert [event_for(who, event.slug) for who in (alice, bob, charlie)] == [event, event, None]
    assert (events_of(ours.id), events_of(charlie.organisation_id)) == ([event], [])


def test_the_front_page_shows_the_event_that_is_on_or_else_the_next_published_one(app: Flask) -> None:
    today = a_night([], slug="today").event
    a_night([], slug="secret", on=date(2026, 12, 5), published=False)
    later = a_night([], slug="later", on=date(2026, 12, 6)).event

    assert front_event(at("04:59+1")) == today
    assert front_event(at("05:00+1")) == later
    assert front_event(at("05:00+3")) is None


def test_events_are_listed_latest_first(app: Flask) -> None:
    ours = an_organisation()
    early = an_event(organisation=ours, slug="early", on=date(2026, 5, 1))
    late = an_event(organisation=ours, slug="late", on=date(2026, 12, 1))

    assert events_of(ours.id) == [late, early]


def test_the_cast_is_everybody_in_the_order_they_joined(app: Flask) -> None:
    night = a_night()

    assert [part.person.name for part in cast_of(night.event)] == ["Josh Granowski", "Carlos Lumbi", "The Poor Nobodys"]


def test_every_change_of_a_part_is_counted_on_its_event(app: Flask) -> None:
    night = a_night([])
    before = _revision(night.event)

    set_curfew(night.stage, at("22:00"))

    assert _revision(night.event) > before


def _revision(event: Event) -> int:
    with transaction():
        return event.revision
