"""From the meaning of a text to its effect. A text that is not understood as a whole never changes anything."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from coordinator.core.replies import Last, Meaning, puts_off, read_reply
from coordinator.db import transaction
from coordinator.features.text_setup.actions import was_just_tested
from coordinator.messaging.actions.settling import settle_older
from coordinator.messaging.models import Message
from coordinator.messaging.queries.phones import was_sent_lately

from . import (
    arrivals,
    choices,
    lateness,
    performers,
    questions,
    running,
    slot_offers,
    times,
    undoing,
    volunteers,
    writing_to,
)
from .asking import ask
from .choices import Means
from .inbound import InboundContext
from .pins import may_press
from .reading import without

Answer = Callable[[InboundContext], bool]
NOT_AGAIN_FOR = timedelta(hours=1)  # so that two automatic systems do not answer each other forever


def answer_text(message: Message, now: datetime, *, public_url: str) -> None:
    """Do what the text asks for and confirm it by text; otherwise leave it for a coordinator to read.

    ``public_url``: where people's own pages are.
    """
    with transaction():
        inbound = InboundContext(message, now, public_url)
        message.event_id = message.event_id or inbound.sender_context.event_id
        if not any(answer(inbound) for answer in _ACTIONS.get(inbound.reply.meaning, ())):
            _pass_on(inbound)
        elif inbound.reply.meaning in _ANSWERS:
            settle_older(message, puts_off, now)


def answers_a_test(inbound: InboundContext) -> bool:
    """Answer to a test text, which asks for the same letter as a question does: it confirms nothing."""
    if not was_just_tested(inbound.sender_context.phone, inbound.now):
        return False
    inbound.echo.say("tried")
    return True


def nothing_coming(inbound: InboundContext) -> bool:
    if not inbound.sender_context.people:
        return False
    inbound.echo.say("nothing-coming", first_name=inbound.first_name)
    return True


def choose(inbound: InboundContext) -> bool:
    """A number that was offered, or the name of its choice."""
    means = choices.take(inbound.sender_context.phone, inbound.reply.number or 0, inbound.now)
    return means is not None and _CHOSEN[means["do"]](inbound, means)


def choose_by_words(inbound: InboundContext) -> bool:
    """Not a name of one thing that was offered, but words of some: of one alone, that is meant; else which of them?"""
    phone, now = inbound.sender_context.phone, inbound.now
    meant = {number: means for number, means in choices.standing(phone, now).items() if _says(inbound, number, means)}
    if len(meant) > 1:
        return ask(inbound, "which", [(means, means["said"], means["name"]) for means in meant.values()])
    taken = [choices.take(phone, number, now) for number in meant]
    return any(means is not None and _CHOSEN[means["do"]](inbound, means) for means in taken)


def _says(inbound: InboundContext, number: int, means: Means) -> bool:
    """Whether the text would mean this, were it the only thing that was offered."""
    words = f"{means['name']} {means['said']}"
    alone = replace(inbound.context, choices={number: words}, names=without(inbound.context.names, [words]))
    return read_reply(inbound.body, alone).meaning is Meaning.CHOICE


def undo(inbound: InboundContext) -> bool:
    """Undo the sender's last change of the last 10 minutes, by text or on the page; with a stage, the last there."""
    if inbound.stage_id is None:
        done = choices.last_done(inbound.sender_context.phone, inbound.now)
    else:
        done = running.last_press_on(inbound, inbound.stage_id)
    if undoing.undo_on_page(inbound, done):
        return True
    if done is None:
        inbound.echo.say("nothing-to-undo")
        return True
    if done.means["undo"] == "press" and not may_press(inbound):
        return True
    done.taken_at = inbound.now
    what = _UNDONE[done.means["undo"]](inbound, done.means)
    if not what:  # they have been told why it cannot be
        return True
    asks_again = what == inbound.echo.part("part-answer-open")
    inbound.echo.say("asked-again" if asks_again else "undone", what=what)
    return True


def chatter(inbound: InboundContext) -> bool:
    """Nothing was asked or answered: nobody needs to read it, and no reply is sent."""
    return True


def _pass_on(inbound: InboundContext) -> None:
    """Put it in the coordinators' inbox; tell the person so at most once an hour, with the replies we understand."""
    inbound.message.needs_answer = True
    if was_sent_lately(inbound.sender_context.phone, "echo-read", inbound.now - NOT_AGAIN_FOR):
        return
    if inbound.context.last is Last.PERSON:
        inbound.echo.say("read-person")
    elif inbound.open:
        inbound.echo.say("read-open")
    else:
        inbound.echo.say("read", when=inbound.echo.part("part-when") if inbound.sender_context.is_expected else "")


_ACTIONS: Mapping[Meaning, tuple[Answer, ...]] = MappingProxyType(
    {
        Meaning.YES: (answers_a_test, questions.yes),
        Meaning.NO: (answers_a_test, questions.no),
        Meaning.WHICH: (questions.which,),
        Meaning.LATE: (running.late, lateness.late),
        Meaning.HERE: (arrivals.here, nothing_coming),
        Meaning.WHEN: (times.when, nothing_coming),
        Meaning.WHO: (writing_to.who,),
        Meaning.COVER: (volunteers.cover, questions.no),
        Meaning.UNDO: (undo,),
        Meaning.GO: (running.run,),
        Meaning.DONE: (running.run,),
        Meaning.STATUS: (running.run,),
        Meaning.HELP: (running.commands,),
        Meaning.CHOICE: (choose,),
        Meaning.CHATTER: (chatter,),
        Meaning.UNKNOWN: (choose_by_words, running.no_show_today),
    }
)
_ANSWERS = frozenset({Meaning.YES, Meaning.NO, Meaning.CHOICE})  # after one of these, an older "maybe" needs nobody
_CHOSEN: Mapping[str, Callable[[InboundContext, Means], bool]] = MappingProxyType(
    {
        "confirm": performers.chosen,
        "cannot": performers.chosen,
        "late": performers.late_chosen,
        "cover": volunteers.chosen,
        "leave": volunteers.leave_chosen,
        "here": arrivals.chosen,
        "late_shift": volunteers.late_chosen,
        "offer": questions.offer_chosen,
        "swap": questions.swap_chosen,
        "slot-offer": slot_offers.chosen,
        "coming": questions.coming_chosen,
        "run": running.chosen,
        "undo": undoing.chosen,
    }
)
_UNDONE: Mapping[str, Callable[[InboundContext, Means], str]] = MappingProxyType(
    {
        "answer": performers.undo_answer,
        "late": performers.undo_late,
        "here": arrivals.undo,
        "cover": volunteers.undo_cover,
        "left": volunteers.undo_left,
        "offer_yes": questions.undo_offer_yes,
        "offer_no": questions.undo_offer_no,
        "coming": questions.undo_coming,
        "shift_late": volunteers.undo_late,
        "press": running.undo_press_by_text,
        "slot_offer": slot_offers.undo,
    }
)
