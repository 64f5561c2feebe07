"""From what a text means to what it changes. Free text never changes anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ...core import replies
from ...core.replies import read_reply
from ...db import transaction
from ...messaging.models import Message
from ..texting import is_a_try
from . import arrivals, choices, performers, questions, running, volunteers
from .echoes import Echo
from .standing import Standing, standing_of

Answer = Callable[["Heard"], bool]
MOST_NAMES = 3


class Heard:
    """One inbound text with all that is needed to answer it."""

    def __init__(self, message: Message, now: datetime) -> None:
        self.message, self.now = message, now
        self.reply: Any = read_reply(message.body)
        self.standing: Standing = standing_of(message, now)
        person = self.standing.first_person
        self.echo = Echo(message, self.reply.language or (person.language if person else "en"), now)

    @property
    def first_name(self) -> str:
        """What to call whoever wrote: all of them, where two or three share the phone."""
        names = list(dict.fromkeys(person.first_name for person in self.standing.people))
        return " & ".join(names) if len(names) <= MOST_NAMES else ""


def answer_text(message: Message, now: datetime) -> None:
    """Do what the text asks for and echo it in words; what nobody can do by rule waits for a coordinator to read."""
    with transaction():
        heard = Heard(message, now)
        message.event_id = message.event_id or heard.standing.event_id
        if not any(answer(heard) for answer in _ways(heard)):
            _pass_on(heard)


def _ways(heard: Heard) -> list[Answer]:
    """Who may take this kind of answer, in turn: each says whether it did."""
    match heard.reply:
        case replies.Confirm() | replies.Yes():
            return [answers_a_test, *_agreeing(heard.reply)]
        case replies.Cannot():
            return [questions.cannot, performers.cannot, volunteers.cover]
        case replies.Late():
            return [running.late, performers.late, volunteers.late]
        case replies.Here():
            return [arrivals.here, nothing_coming]
        case replies.When():
            return [when]
        case replies.Cover():
            return [volunteers.cover, performers.cannot]
        case replies.Undo():
            return [undo]
        case replies.Go() | replies.Done() | replies.Status():
            return [running.run]
        case replies.Choice():
            return [choose]
        case _:
            return []


def _agreeing(reply: replies.Confirm | replies.Yes) -> list[Answer]:
    """C also takes back a no and says where one stands; YES may be about anything that somebody wrote."""
    return [questions.yes] if isinstance(reply, replies.Yes) else [questions.confirm, performers.confirm]


def answers_a_test(heard: Heard) -> bool:
    """The answer to a test text, which asks for the same letter as a question does: it confirms nothing."""
    if not is_a_try(heard.standing.phone, heard.now):
        return False
    heard.echo.say("tried")
    return True


def when(heard: Heard) -> bool:
    """All that is coming up for the people on this phone, by time."""
    told = [*performers.times(heard), *volunteers.times(heard)]
    if not told:
        return nothing_coming(heard)
    heard.echo.say("when", first_name=heard.first_name, choices="; ".join(text for _, text in sorted(told)[:4]))
    return True


def nothing_coming(heard: Heard) -> bool:
    if not heard.standing.people:
        return False
    heard.echo.say("nothing-coming", first_name=heard.first_name)
    return True


def choose(heard: Heard) -> bool:
    """A number that was offered, and means what it was offered for."""
    means = choices.take(heard.standing.phone, heard.reply.number, heard.now)
    if means is None:
        return False
    chosen: dict[str, Callable[[Heard, dict[str, Any]], bool]] = {
        "confirm": performers.chosen,
        "cannot": performers.chosen,
        "late": performers.chosen,
        "cover": volunteers.chosen,
        "here": arrivals.chosen,
        "late_shift": volunteers.late_chosen,
        "offer": questions.offer_chosen,
        "swap": questions.swap_chosen,
        "coming": questions.coming_chosen,
        "run": running.chosen,
    }
    return chosen[means["do"]](heard, means)


def undo(heard: Heard) -> bool:
    """Take back the last change made from this phone in the last 10 minutes."""
    done = choices.last_done(heard.standing.phone, heard.now)
    if done is None:
        heard.echo.say("nothing-to-undo")
        return True
    done.taken_at = heard.now
    undone: dict[str, Callable[[Heard, dict[str, Any]], str]] = {
        "answer": performers.undo_answer,
        "late": performers.undo_late,
        "here": arrivals.undo,
        "cover": volunteers.undo_cover,
        "offer_yes": questions.undo_offer_yes,
        "offer_no": questions.undo_offer_no,
        "coming": questions.undo_coming,
        "shift_late": volunteers.undo_late,
        "press": running.undo_press_by_text,
    }
    heard.echo.say("undone", what=undone[done.means["undo"]](heard, done.means))
    return True


def _pass_on(heard: Heard) -> None:
    """To the coordinators' inbox, with the person's slot beside it; and the person is told so."""
    heard.message.needs_answer = True
    heard.echo.say("read")
