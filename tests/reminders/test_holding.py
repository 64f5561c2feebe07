"""What a pause held leaves when it is over, also what was being held back while it was lifted."""

from flask import Flask

from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.events.actions.events import pause_texts
from coordinator.messaging.actions.holding import pause_all_texts
from coordinator.messaging.models import Message
from coordinator.reminders.actions.holding import release_unpaused
from tests.builders import ANight, a_coordinator, a_message, a_night
from tests.messaging.posting import state, story


def held(night: ANight, *, until: str | None = None) -> Message:
    held_until = night.at(until) if until else None
    return a_message(night, night.person("Josh Granowski"), state="held", held_until=held_until)


def test_a_text_that_no_pause_holds_any_more_waits_again(app: Flask) -> None:
    night = a_night()
    message, without_a_show, asleep = held(night), held(night), held(night, until="08:00")
    with transaction():
        without_a_show.event_id = None

    released = [release_unpaused(night.at("19:00")) for _ in range(2)]

    assert released == [2, 0]
    assert (state(message), state(without_a_show), state(asleep)) == ("waiting", "waiting", "held")
    assert story(message)[-1] == ("waiting", "texts are no longer paused")


def test_a_text_of_a_paused_show_stays(app: Flask) -> None:
    night = a_night()
    alice, message = a_coordinator("Alice", organisation=night.organisation), held(night)
    pause_texts(night.event, actor=Actor.of(alice), now=night.at("18:00"))

    assert (release_unpaused(night.at("19:00")), state(message)) == (0, "held")


def test_a_text_of_a_paused_organisation_stays(app: Flask) -> None:
    night = a_night()
    alice, message = a_coordinator("Alice", organisation=night.organisation), held(night)
    pause_all_texts(night.organisation.id, actor=Actor.of(alice), now=night.at("18:00"))

    assert (release_unpaused(night.at("19:00")), state(message)) == (0, "held")
