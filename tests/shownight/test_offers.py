"""Acts that are asked to start earlier or to step in: what they hear, and what a yes, a no and silence do."""

from datetime import timedelta

import pytest
from flask import Flask

from coordinator.db import db
from coordinator.lineup.actions.slots import SlotFacts, add_slot
from coordinator.lineup.models import SlotKind
from coordinator.lineup.queries import slot_offers_of, stand_ins_of
from coordinator.shownight.actions.offers import answer_slot_offer, ask_to_come_forward, withdraw_slot_offer
from coordinator.shownight.actions.pressing import cancel_slot, start_set
from coordinator.shownight.queries import night as night_at
from coordinator.shownight.refusals import CannotPress, NoLongerOffered, NotEarlier, OfferIsAnswered, StartsInThePast
from tests.builders import minutes
from tests.shownight.offering import ALICE, a_stand_in, a_story, asks_forward, asks_them, says_yes, starts, the_next


def test_a_yes_moves_the_slot_and_is_told_once(app: Flask) -> None:
    story = a_story()
    story.does("Alice asks The Poor Nobodys to start at 8:45", lambda: asks_forward(story))
    before = starts(story)

    story.says("The Poor Nobodys", "C")
    story.until("20:40")

    assert (before, starts(story)) == ("21:30", "20:45")
    assert story.lines == [
        "Fri 04 20:31  (Alice asks The Poor Nobodys to start at 8:45)",
        "Fri 04 20:31  > The Poor Nobodys: The Poor Nobodys, could you start earlier: 8:45pm instead of "
        "9:30pm, tonight? Reply C for yes, X for no.",
        "Fri 04 20:32  The Poor Nobodys: C",
        "Fri 04 20:32  > The Poor Nobodys: OK The Poor Nobodys, you're on at 8:45pm, tonight, The Old Chapel. "
        "Thank you!",
        "Fri 04 20:33  > The Poor Nobodys: The Poor Nobodys, please head to the stage. You're on at 8:45pm, "
        "Songs for Justice in Motion.",
    ]
    assert night_at(story.night.event.id, story.playing.now).told(the_next(story).id).starts_at == story.night.at(
        "20:45"
    )


def test_a_no_moves_nothing_and_can_be_taken_back(app: Flask) -> None:
    story = a_story()
    story.does("Alice asks", lambda: asks_forward(story, "20:50"))
    story.lines.clear()

    story.says("The Poor Nobodys", "X")
    after_no = starts(story)
    story.says("The Poor Nobodys", "UNDO")
    story.says("The Poor Nobodys", "yes")

    assert (after_no, starts(story)) == ("21:30", "20:50")
    assert [line.partition("  ")[2] for line in story.lines] == [
        "The Poor Nobodys: X",
        "> The Poor Nobodys: OK, The Poor Nobodys, thanks for telling us. You stay on at 9:30pm.",
        "The Poor Nobodys: UNDO",
        "> The Poor Nobodys: Undone. We're waiting for your answer again: C for yes, X for no.",
        "The Poor Nobodys: yes",
        "> The Poor Nobodys: OK The Poor Nobodys, you're on at 8:50pm, tonight, The Old Chapel. Thank you!",
    ]


def test_a_yes_that_is_taken_back_puts_the_slot_where_it_was_and_says_so(app: Flask) -> None:
    story = a_story()
    story.does("Alice asks", lambda: asks_forward(story))
    story.says("The Poor Nobodys", "C")
    story.lines.clear()

    story.says("The Poor Nobodys", "UNDO")
    story.until("20:36")

    assert starts(story) == "21:30"
    assert "new time: you're on at 9:30pm, was 8:45pm" in story.lines[-1]


def test_a_question_that_is_withdrawn_in_time_asks_nobody(app: Flask) -> None:
    story = a_story()
    offer = asks_forward(story)

    withdraw_slot_offer(offer.id, actor=ALICE, now=story.playing.now + timedelta(seconds=20))
    story.soon()

    assert story.lines == []


def test_an_answer_after_the_time_or_after_the_withdrawal_is_told_so(app: Flask) -> None:
    story = a_story()
    offer = asks_forward(story)
    story.soon()
    withdraw_slot_offer(offer.id, actor=ALICE, now=story.playing.now)
    story.soon()
    story.lines.clear()

    asks_forward(story, "20:40")
    story.until("20:41")
    story.lines.clear()
    story.says("The Poor Nobodys", "C")

    assert starts(story) == "21:30"
    assert not slot_offers_of(story.night.event)[0].is_open(story.playing.now)
    with pytest.raises(OfferIsAnswered):
        withdraw_slot_offer(offer.id, actor=ALICE, now=story.playing.now)


def test_the_first_stand_in_who_says_yes_has_the_spot_and_the_others_hear_so(app: Flask) -> None:
    story = a_story()
    ben, cleo = a_stand_in(story.night, "Ben Ode"), a_stand_in(story.night, "Cleo Cedar")
    story.does("Alice asks both", lambda: asks_them(story, ben, cleo))
    asked = [line.partition("  ")[2] for line in story.lines]
    story.lines.clear()

    story.says("Cleo Cedar", "C")
    made = story.night.slot("Cleo Cedar")
    story.says("Ben Ode", "C")

    assert asked == [
        "(Alice asks both)",
        "> Ben Ode: Ben, can you step in at The Old Chapel for Songs for Justice in Motion? 8:50-9:20pm, "
        "tonight. The first yes gets it. Reply C for yes, X for no.",
        "> Cleo Cedar: Cleo, can you step in at The Old Chapel for Songs for Justice in Motion? 8:50-9:20pm, "
        "tonight. The first yes gets it. Reply C for yes, X for no.",
    ]
    assert [line.partition("  ")[2] for line in story.lines] == [
        "Cleo Cedar: C",
        "> Cleo Cedar: OK Cleo, you're on at 8:50pm, tonight, The Old Chapel. Thank you!",
        "> Ben Ode: Ben, that spot is filled: 8:50pm, tonight. Thanks anyway!",
        "Ben Ode: C",
        "> Ben Ode: Thanks, Ben. That spot at 8:50pm is no longer open.",
    ]
    assert (made.starts_local[11:], made.length, made.answer) == ("20:50", minutes(30), "confirmed")
    assert [slot.name for slot in night_at(story.night.event.id, story.playing.now).slots][-2:] == [
        "Cleo Cedar",
        "The Poor Nobodys",
    ]


def test_a_stand_in_who_did_not_answer_in_time_can_be_asked_again(app: Flask) -> None:
    story = a_story()
    ben = a_stand_in(story.night, "Ben Ode")
    (first,) = asks_them(story, ben)
    story.until("20:51")

    (again,) = asks_them(story, ben, wall="21:00")

    assert (first.state, again.state) == ("withdrawn", "open")
    assert again.is_open(story.playing.now)


def test_an_act_that_is_no_longer_asked_hears_once_that_it_stays_where_it_was(app: Flask) -> None:
    story = a_story()
    asks_forward(story)
    story.soon()
    again = asks_forward(story, wall="20:50")
    story.soon()
    story.lines.clear()

    withdraw_slot_offer(again.id, actor=ALICE, now=story.playing.now)
    story.soon()

    assert [line.partition("Nobodys, ")[2] for line in story.lines if "filled" in line] == [
        "that spot is filled: 8:50pm, tonight. You stay on at 9:30pm. Thanks anyway!"
    ]


@pytest.mark.parametrize("is_last", [True, False])
def test_when_the_slot_behind_a_hole_is_canceled_stand_ins_are_asked_about_what_it_has_become(
    app: Flask, is_last: bool
) -> None:
    story = a_story()
    nobodys, now = the_next(story), story.playing.now
    if not is_last:
        facts = SlotFacts(
            "Raffle", story.night.at("22:30"), minutes(10), changeover=minutes(0), changeover_min=minutes(0)
        )
        add_slot(nobodys.stage, facts, actor=ALICE, now=now)
    (stand_in,) = asks_them(story, a_stand_in(story.night, "Ben Ode"))
    forward = asks_forward(story)

    cancel_slot(nobodys.id, actor=ALICE, now=now)
    story.soon()

    assert forward.state == "withdrawn"
    assert [line for line in story.lines if "start earlier" in line] == []
    assert (stand_in.state, stand_in.slot.name) == (("withdrawn", nobodys.name) if is_last else ("open", "Raffle"))


def test_nobody_is_asked_twice_about_the_same_hole_and_the_nearest_stand_first(app: Flask) -> None:
    story = a_story()
    ben, cleo = a_stand_in(story.night, "Ben Ode", away=40), a_stand_in(story.night, "Cleo Cedar", away=5)

    first, again = asks_them(story, ben), asks_them(story, ben, cleo)

    assert [[offer.act.name for offer in offers] for offers in (first, again)] == [["Ben Ode"], ["Cleo Cedar"]]
    assert [each.act.name for each in stand_ins_of(story.night.event)] == ["Cleo Cedar", "Ben Ode"]


def test_a_yes_by_phone_is_written_down_by_whoever_called(app: Flask) -> None:
    story = a_story()
    story.night.person("The Poor Nobodys").agreed_at = None
    db.session.commit()
    offer = asks_forward(story)

    answer_slot_offer(offer.id, yes=True, actor=ALICE, now=story.playing.now, people=[])
    story.soon()

    assert (starts(story), offer.answered_by, story.lines) == ("20:45", "Alice Reyes", [])


def test_what_cannot_be_asked_is_refused_in_words(app: Flask) -> None:
    story = a_story()
    later, past = the_next(story).starts_at, story.playing.now - minutes(1)

    for at, refusal in ((later, NotEarlier), (past, StartsInThePast)):
        with pytest.raises(refusal):
            ask_to_come_forward(the_next(story).id, at, actor=ALICE, now=story.playing.now)
    offer = asks_forward(story)
    start_set(the_next(story).id, actor=ALICE, now=story.playing.now)
    with pytest.raises(NoLongerOffered):
        answer_slot_offer(offer.id, yes=True, actor=ALICE, now=story.playing.now, people=[])
    with pytest.raises(CannotPress):
        asks_forward(story)


@pytest.mark.parametrize("first", ["forward", "stand-in"])
def test_a_hole_is_given_once_whoever_was_asked_how(sqlite_app: Flask, first: str) -> None:
    story = a_story()
    forward, (stand_in,) = asks_forward(story), asks_them(story, a_stand_in(story.night, "Cleo Cedar"))
    story.soon()
    story.lines.clear()
    winner, loser = (forward, stand_in) if first == "forward" else (stand_in, forward)

    says_yes(winner, story)
    story.soon()

    with pytest.raises(NoLongerOffered):
        says_yes(loser, story)
    assert loser.state == "filled"
    assert any(f"> {loser.act.name}: " in line and "that spot is filled" in line for line in story.lines)
    assert starts(story) == ("20:45" if first == "forward" else "21:30")


def test_a_yes_comes_too_late_once_something_else_stands_there(sqlite_app: Flask) -> None:
    story = a_story()
    (offer,) = asks_them(story, a_stand_in(story.night, "Cleo Cedar"))
    speech = SlotFacts("A speech", story.night.at("20:55"), minutes(10), minutes(0), minutes(0), kind=SlotKind.SPEECH)
    add_slot(the_next(story).stage, speech, actor=ALICE, now=story.playing.now)

    with pytest.raises(NoLongerOffered):
        says_yes(offer, story)


def test_a_stand_in_who_takes_the_yes_back_leaves_nothing_in_the_order_and_others_can_be_asked_again(
    sqlite_app: Flask,
) -> None:
    story = a_story()
    ben, cleo = a_stand_in(story.night, "Ben Ode"), a_stand_in(story.night, "Cleo Cedar")
    asks_them(story, ben, cleo)
    story.soon()
    story.says("Cleo Cedar", "C")
    before = [slot.name for slot in night_at(story.night.event.id, story.playing.now).slots]

    story.says("Cleo Cedar", "UNDO")
    after = [slot.name for slot in night_at(story.night.event.id, story.playing.now).slots]

    assert "Cleo Cedar" in before
    assert "Cleo Cedar" not in after
    assert [offer.act.name for offer in asks_them(story, ben, cleo)] == ["Ben Ode"]
