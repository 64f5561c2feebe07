"""Whole conversations in both languages: what people do and say, and every text and email they get, as they read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from coordinator.db import transaction
from coordinator.features.my_page.actions import stop_on_own_page
from coordinator.lineup.actions.answers import answer_slot
from coordinator.lineup.actions.slots import SlotFacts, edit_slot
from coordinator.people.actions.persons import edit_person
from coordinator.people.models import Channel
from coordinator.reminders.actions.plan_changes import change_plan
from coordinator.shifts.actions.assigning import put_on_shift, take_off_shift
from coordinator.shifts.actions.coming import say_will_come, stand_by
from coordinator.shifts.actions.covering import ask_for_cover, come_after_all
from coordinator.shifts.actions.planning import cancel_shift, edit_shift
from tests.builders import (
    AShift,
    ASlot,
    a_coordinator,
    a_night,
    a_phone,
    a_shift,
    a_slot,
    a_stage_manager,
    an_organisation,
    key_of,
    minutes,
)
from tests.playing import Playing
from tests.snapshots import Snapshot
from tests.telling import ALICE, Mailboxes, Story, everyone_speaks, joins, takes_emails

EXPECTED = Path(__file__)


@dataclass(frozen=True)
class Words:
    """How a show of this language calls its things."""

    organisation: str
    title: str
    venue: str
    door: str
    bar: str
    place: str
    other_place: str

    def key(self, role: str, number: int = 1) -> str:
        return f"{key_of(role)}-{number}"


WORDS = {
    "en": Words(
        "Benefit Nights",
        "Songs for Justice",
        "The Old Chapel",
        "Front door",
        "Bar",
        "Main entrance",
        "Side door",
    ),
    "es": Words(
        "Noches Solidarias",
        "Canciones por la Justicia",
        "La Capilla",
        "Puerta",
        "Barra",
        "Entrada principal",
        "Puerta lateral",
    ),
}


def a_story(language: str, *, slots: Sequence[ASlot] = (), shifts: list[AShift], days: int) -> Story:
    """It begins at noon so many days before the show."""
    words = WORDS[language]
    night = a_night(
        list(slots),
        shifts=shifts,
        organisation=an_organisation(words.organisation),
        title=words.title,
        venue_name=words.venue,
    )
    everyone_speaks(language)
    return Story(night, language, Playing(night.at("12:00") - timedelta(days=days), mail_line=Mailboxes()))


def door(words: Words, *people: str, places: int = 2, **columns: Any) -> AShift:
    return a_shift(words.door, "19:15", "21:30", people=people, max=places, place=words.place, **columns)


def signed_up_reminded_canceled(language: str) -> Story:
    """Two strangers sign up; one cannot come after all, and the other's shift is called off."""
    words = WORDS[language]
    key = words.key(words.door)
    story = a_story(language, shifts=[door(words)], days=9)
    story.signs_up("Ana Ruiz", key, phone=a_phone())
    story.signs_up("Eli Wood", key, phone=a_phone())
    story.says("Ana Ruiz", "WHEN" if language == "en" else "CUANDO")
    story.says("Ana Ruiz", "X")
    story.says("Ana Ruiz", "UNDO" if language == "en" else "DESHACER")
    story.says("Ana Ruiz", "can my sister come too?" if language == "en" else "¿puede venir mi hermana?")
    story.until("20:00", -1)
    story.says("Ana Ruiz", "X")
    story.says("Eli Wood", "C")
    story.until("15:00")
    shift = story.night.shift(key)
    story.does("Alice calls the shift off", lambda: cancel_shift(shift, actor=ALICE, now=story.playing.now))
    story.says("Eli Wood", "ok")
    story.until("23:00")
    return story


def assigned_declined_replaced(language: str) -> Story:
    """A coordinator puts Dan on a shift; he says no; of those who are asked the first to say yes has it."""
    words = WORDS[language]
    key = words.key(words.door)
    story = a_story(language, shifts=[door(words, places=1)], days=4)
    night, now = story.night, story.playing.now
    alice = a_coordinator("Alice Reyes", organisation=night.organisation)
    for name in ("Dan Elm", "Cleo Cedar", "Eva Fox"):
        joins(night, name, language=language)
    edit_person(alice.person, language=language)
    for name in ("Cleo Cedar", "Eva Fox"):
        stand_by(night.event, night.person(name), actor=ALICE, now=now)
    story.does(
        "Alice puts Dan on", lambda: put_on_shift(night.shift(key).id, night.person("Dan Elm"), actor=ALICE, now=now)
    )
    story.says("Dan Elm", "who is this?" if language == "en" else "¿quién es?")
    story.says("Dan Elm", "X")
    story.until("20:45", -4)
    story.says("Cleo Cedar", "C" if language == "en" else "sí")
    story.says("Eva Fox", "C")
    story.says("Eva Fox", "thanks!" if language == "en" else "¡gracias!")
    story.until("23:00")
    return story


def a_band_disagrees(language: str) -> Story:
    """One of them says yes and one no: each hears of the other, and the coordinator who has talked to them decides."""
    band = a_slot("The Poor Nobodys", "21:30", minutes=40, people=("Mara Lind", "Theo Park"))
    story = a_story(language, slots=[band], shifts=[], days=8)
    night = story.night
    edit_person(a_stage_manager(night, "Sam Stage"), language=language)
    story.until("10:00", -6)
    story.says("Mara Lind", "C")
    story.says("Theo Park", "X")
    story.until("10:30", -6)
    slot = night.slot("The Poor Nobodys")
    story.does(
        "Alice has talked to them: they play",
        lambda: answer_slot(slot, "confirmed", actor=ALICE, now=story.playing.now),
    )
    story.until("12:00", -5)
    story.says("Theo Park", "X")
    story.says("Theo Park", "C")
    story.until("20:45")
    story.says("Mara Lind", "LATE" if language == "en" else "TARDE")
    story.says("Mara Lind", "10")
    story.until("23:30")
    return story


def two_share_a_phone(language: str) -> Story:
    """Rosa helps at two things and Theo plays: a reply says for whom it is by its number or by the name."""
    words = WORDS[language]
    story = a_story(
        language,
        slots=[a_slot("Theo Lind", "20:30", minutes=30)],
        shifts=[door(words, "Rosa Lind"), a_shift(words.bar, "21:45", "23:00", people=("Rosa Lind",))],
        days=8,
    )
    with transaction():
        story.night.person("Theo Lind").phone = story.night.person("Rosa Lind").phone
    story.until("10:00", -6)
    story.says("Rosa Lind", "X")
    story.says("Rosa Lind", "UNDO" if language == "en" else "DESHACER")
    story.says("Rosa Lind", "C")
    story.until("20:00", -1)
    story.says("Rosa Lind", "X")
    story.says("Rosa Lind", words.bar.lower())
    story.says("Rosa Lind", "WHEN" if language == "en" else "CUANDO")
    story.until("19:00")
    story.says("Rosa Lind", "HERE" if language == "en" else "AQUI")
    story.says("Rosa Lind", "rosa")
    story.until("23:30")
    return story


def the_plan_moves(language: str) -> Story:
    """An act plays earlier, and a shift gets another place, call time and hours."""
    words = WORDS[language]
    slots = [a_slot("Carlos Lumbi", "20:30", minutes=40, changeover=10, answer="confirmed")]
    story = a_story(language, slots=slots, shifts=[door(words)], days=3)
    night = story.night
    joins(night, "Ana Ruiz", language=language)
    story.takes("Ana Ruiz", words.key(words.door))
    shift, slot = night.shift(words.key(words.door)), night.slot("Carlos Lumbi")

    def moved(starts: str) -> None:
        facts = SlotFacts(slot.name, night.at(starts), slot.length, slot.changeover, slot.changeover_min)
        change_plan(night.event, lambda: edit_slot(slot, facts, actor=ALICE, now=story.playing.now))

    def edited(**changes: Any) -> Callable[[], object]:
        return lambda: change_plan(
            night.event, lambda: edit_shift(shift, actor=ALICE, now=story.playing.now, **changes)
        )

    story.until("20:45", -1)
    story.does("Alice moves Carlos to 8:15", partial(moved, "20:15"))
    story.until("10:00")
    story.does("Alice gives the shift another place", edited(place=words.other_place))
    story.until("11:00")
    story.does("Alice gives the shift a call time of 20 minutes before", edited(call=minutes(20)))
    story.until("12:00")
    story.does(
        "Alice makes the shift earlier, at the first place",
        edited(place=words.place, starts_at=night.at("18:45"), ends_at=night.at("21:00")),
    )
    story.says("Ana Ruiz", "ok")
    story.until("19:30")
    story.does("Alice moves Carlos to 8:05", partial(moved, "20:05"))
    story.until("22:00")
    return story


def by_email_alone(language: str) -> Story:
    """Rosa has no phone: she signs up, is reminded, answers on her page, and hears of changes by email."""
    words = WORDS[language]
    key = words.key(words.door)
    bar = a_shift(words.bar, "21:45", "23:00", max=1)
    story = a_story(language, shifts=[door(words), bar], days=9)
    night = story.night
    joins(night, "Ben Ode", language=language)
    story.signs_up("Rosa Lind", key, email="rosa@show.example")
    rosa = night.person("Rosa Lind")
    stand_by(night.event, night.person("Ben Ode"), actor=ALICE, now=story.playing.now)
    shift = night.shift(key)
    story.does(
        "Alice gives the shift another place and a call time",
        lambda: edit_shift(shift, actor=ALICE, now=story.playing.now, place=words.other_place, call=minutes(15)),
    )
    late = night.shift(words.key(words.bar, 2))
    story.does(
        "Alice puts Rosa on the bar too", lambda: put_on_shift(late.id, rosa, actor=ALICE, now=story.playing.now)
    )
    place = story.sign_up("Rosa Lind", late.key)
    story.does("Rosa says on her page that she comes", lambda: say_will_come(place, now=story.playing.now))
    story.until("20:00", -1)
    story.does("Rosa asks on her page for cover", lambda: ask_for_cover(place, now=story.playing.now))
    story.does("Rosa comes after all, she says on her page", lambda: come_after_all(place, now=story.playing.now))
    story.until("14:00")
    story.does("Alice removes Rosa from the bar", lambda: take_off_shift(place, actor=ALICE, now=story.playing.now))
    story.until("23:30")
    return story


def the_other_way_takes_over(language: str) -> Story:
    """A text comes back, a phone has said STOP, an address does not exist: each notice goes on by the other way."""
    words = WORDS[language]
    people = ("Ana Ruiz", "Ben Ode", "Cleo Cedar", "Dan Elm")
    story = a_story(language, shifts=[door(words, *people, places=4)], days=3)
    night, mailboxes = story.night, story.playing.mail_line
    assert isinstance(mailboxes, Mailboxes)
    for name in people:
        takes_emails(night, name, first=name in ("Cleo Cedar", "Dan Elm"))
    story.says("Ben Ode", "STOP")
    mailboxes.closed.add("cleo@show.example")
    story.until("19:15", -1)
    story.does("The network says that Ana's text was not delivered", lambda: story.comes_back("Ana Ruiz"))
    story.until("20:00", -1)
    dan = night.person("Dan Elm")
    story.does(
        "Dan stops emails on his page",
        lambda: stop_on_own_page(dan, Channel.EMAIL, night.event, story.playing.now),
    )
    story.until("12:00")
    shift = night.shift(words.key(words.door))
    story.does("Alice calls the shift off", lambda: cancel_shift(shift, actor=ALICE, now=story.playing.now))
    story.until("22:00")
    return story


STORIES: list[Callable[[str], Story]] = [
    signed_up_reminded_canceled,
    assigned_declined_replaced,
    a_band_disagrees,
    two_share_a_phone,
    the_plan_moves,
    by_email_alone,
    the_other_way_takes_over,
]


@pytest.mark.parametrize("tell", STORIES, ids=lambda tell: tell.__name__)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_conversation_reads_as_it_should(
    app: Flask, language: str, tell: Callable[[str], Story], snapshot: Snapshot
) -> None:
    story = tell(language)

    heading = tell.__name__.replace("_", " ").capitalize()
    snapshot.check_part(EXPECTED.with_suffix(f".{language}.txt"), heading, "\n".join(story.lines) + "\n")
