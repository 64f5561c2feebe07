"""A night on which acts are asked to start earlier or to step in."""

from coordinator.accounts.models import Actor
from coordinator.db import transaction
from coordinator.lineup.models import Act, ActMember, Slot, SlotOffer, StandIn
from coordinator.shownight.actions.offers import answer_slot_offer, ask_stand_ins, ask_to_come_forward
from coordinator.shownight.actions.pressing import cancel_slot, end_set, start_set
from tests.builders import MADE_AT, AShift, a_night, minutes
from tests.night import ANight, in_the_cast, key_of
from tests.playing import Playing, knows_us
from tests.telling import Story

ALICE = Actor("Alice Reyes")


def a_story(*shifts: AShift) -> Story:
    """8:31 pm: Josh has played until 8:20, Carlos, who would be on from 8:30 to 9:10, has fallen out."""
    night = a_night(shifts=list(shifts))
    knows_us(*(night.person(name) for name in ("Josh Granowski", "Carlos Lumbi", "The Poor Nobodys")))
    story = Story(night, "en", Playing(night.at("19:45")))
    story.until("20:00")
    start_set(night.slot("Josh Granowski").id, actor=ALICE, now=night.at("20:00"))
    end_set(night.slot("Josh Granowski").id, actor=ALICE, now=night.at("20:20"), at=night.at("20:20"))
    story.until("20:21")
    cancel_slot(night.slot("Carlos Lumbi").id, actor=ALICE, now=story.playing.now)
    story.until("20:31")
    story.lines.clear()
    return story


def the_next(story: Story) -> Slot:
    return story.night.slot("The Poor Nobodys")


def starts(story: Story) -> str:
    return the_next(story).starts_local[11:]


def asks_forward(story: Story, wall: str = "20:45") -> SlotOffer:
    return ask_to_come_forward(the_next(story).id, story.night.at(wall), actor=ALICE, now=story.playing.now)


def a_stand_in(night: ANight, name: str, away: int = 15, length: int = 30) -> StandIn:
    with transaction() as session:
        person = in_the_cast(night, name)
        act = Act(event_id=night.event.id, key=key_of(name), name=name)
        act.members.append(ActMember(event_id=night.event.id, person=person, joined_at=MADE_AT))
        stand_in = StandIn(event_id=night.event.id, act=act, minutes_away=away, length=minutes(length))
        session.add(stand_in)
    knows_us(person)
    return stand_in


def a_mate(story: Story, act: Act | None, name: str) -> None:
    """One more person of the act, whom texts reach."""
    assert act is not None
    with transaction():
        person = in_the_cast(story.night, name)
        act.members.append(ActMember(event_id=story.night.event.id, person=person, joined_at=MADE_AT))
    knows_us(person)


def asks_them(story: Story, *stand_ins: StandIn, wall: str = "20:50", length: int = 40) -> list[SlotOffer]:
    chosen = [each.id for each in stand_ins]
    at = story.night.at(wall)
    return list(ask_stand_ins(the_next(story).id, chosen, at, minutes(length), actor=ALICE, now=story.playing.now))


def says_yes(offer: SlotOffer, story: Story) -> None:
    answer_slot_offer(offer.id, yes=True, actor=ALICE, now=story.playing.now, people=[])
