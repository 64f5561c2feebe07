"""An inbound text: stored first, then obeyed or answered. Once, however often the network delivers it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from flask_babel import force_locale, ngettext
from sqlalchemy.exc import IntegrityError

from coordinator.core.clean_text import without_hidden
from coordinator.core.pins import part_pin
from coordinator.core.replies import Meaning, Reply, ReplyContext, read_reply
from coordinator.core.wording import fill
from coordinator.db import transaction
from coordinator.people.queries import people_with_phone

from ..log_traceback import log_traceback
from ..models import GOODBYE, Direction, Message, MessageChange, MessageKind, MessageState
from ..queries.default_texts import default_text
from ..queries.outbox import message_of_sid, was_answered
from ..queries.phones import caller_with
from .consent import start_texts, stop_texts
from .outbox import queue_text

Answer = Callable[[Message, datetime], None]

STOPS: Final = (Meaning.STOP, Meaning.WRONG_NUMBER)
WISHES: Final = (*STOPS, Meaning.START)
WRONG_NUMBER: Final = "wrong number"
LONGEST_CAUSE: Final = 40
HELP_FOR_MANAGERS: Final = "echo-commands"  # says all that the words of ``help`` say, and what else can be texted
NETWORK_WORDS: Final = ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class InboundText:
    """One text as the network reports it.

    ``to`` is the sender, as opt-outs know it; ``sent_at`` is when the phone sent it, if known and not just now.
    ``overruled``: a later STOP or START is known, so this one is only stored.
    """

    phone: str
    to: str
    body: str
    sid: str
    num_media: int = 0
    sent_at: datetime | None = None
    overruled: bool = False


def receive_text(text: InboundText, *, now: datetime, answer: Answer) -> Message:
    """Take in one text from a phone and do what it asks for; the same ``sid`` again changes nothing.

    STOP, START and similar words are obeyed before anything else; the rest goes to ``answer``. Until that succeeds, the
    text is in the coordinators' inbox. HELP is always answered: by ``answer`` for those who can do more than others.
    """
    text = replace(text, body=without_hidden(text.body))
    try:
        with transaction() as session:
            if (known := message_of_sid(text.sid)) is not None:
                return known
            message = _taken_in(text, now)
            session.add(message)
            session.flush()
            context = ReplyContext(media=text.num_media, names=_names(message), speaks=_speaks(message))
            reply = read_reply(text.body, context)
            if text.overruled and reply.meaning in WISHES:
                message.needs_answer = _needs_attention(reply)
                return message
            obeyed = _obey(message, reply, text.to, now)
    except IntegrityError:
        known = message_of_sid(text.sid)
        if known is None:
            raise
        return known
    if not obeyed:
        _answered(message, answer, now)
    if reply.meaning is Meaning.HELP:
        _helped(message, reply, now)
    if text.num_media and message.needs_answer and reply.meaning is Meaning.UNKNOWN:
        with transaction():
            message.body = _with_media(message, text.num_media)
    return message


def _taken_in(text: InboundText, now: datetime) -> Message:
    caller, at = caller_with(text.phone), min(now, text.sent_at or now)
    person, (body, pin) = caller.person, _without_pin(text)
    message = Message(
        organisation_id=caller.organisation_id,
        event_id=caller.event_id,
        person=person,
        direction=Direction.IN,
        phone=text.phone[:20],
        kind=MessageKind.REPLY,
        language=person.language if person else "en",
        body=body.replace("\x00", ""),
        state=MessageState.RECEIVED,
        created_at=at,
        provider_sid=text.sid,
        num_media=text.num_media,
        needs_answer=True,
        changes=[MessageChange(at=at, before=None, after=MessageState.RECEIVED, cause="came in")],
    )
    message.said_pin = pin
    return message


def _without_pin(text: InboundText) -> tuple[str, str | None]:
    """The text as it is stored, and the PIN in it where somebody on this phone has one: a PIN is never stored."""
    has_pin = any(person.pin_hash for person in people_with_phone(text.phone))
    return part_pin(text.body) if has_pin else (text.body, None)


def _with_media(message: Message, number: int) -> str:
    """The words, with a note of the media; otherwise a picture alone would be read as an empty line."""
    with force_locale(message.language):
        came = ngettext("[%(num)s attachment]", "[%(num)s attachments]", number)
    return f"{message.body} {came}".strip()


def _obey(message: Message, reply: Reply, sender: str, now: datetime) -> bool:
    """Whether the text was one of those that are obeyed before anything else.

    The network itself confirms the words it knows, so we do not; it knows nothing of other requests to stop.
    """
    if reply.meaning not in WISHES:
        return False
    message.language = reply.language or message.language
    if reply.meaning in STOPS:
        alone = "".join(character for character in message.body.upper() if character.isalpha())
        cause = alone if alone in NETWORK_WORDS else reply.word if reply.meaning is Meaning.STOP else WRONG_NUMBER
        stop_texts(message.phone, sender=sender, cause=cause[:LONGEST_CAUSE], now=message.created_at)
        message.needs_answer = _needs_attention(reply)
        if alone not in NETWORK_WORDS:
            _echo(message, GOODBYE, now)
        return True
    start_texts(message.phone, sender=sender, now=message.created_at)
    _echo(message, "started", now)
    message.needs_answer = False
    return True


def _helped(message: Message, reply: Reply, now: datetime) -> None:
    """Tell who writes and how to stop, unless the answer has told that among more."""
    with transaction():
        message.needs_answer = False
        if not was_answered(message.id, HELP_FOR_MANAGERS):
            message.language = reply.language or message.language
            _echo(message, "help", now)


def _needs_attention(reply: Reply) -> bool:
    """Perhaps the slot is given up too, or the number belongs to someone else: a person must ask."""
    return reply.may_give_up or reply.meaning is Meaning.WRONG_NUMBER


def _names(message: Message) -> tuple[str, ...]:
    """The names of everyone with this phone, so that "I am not Ana" is understood."""
    people = people_with_phone(message.phone)
    return tuple(dict.fromkeys(name for person in people for name in (person.first_name, person.name) if name))


def _speaks(message: Message) -> Literal["en", "es"]:
    return "es" if message.language == "es" else "en"


def _echo(message: Message, name: str, now: datetime) -> None:
    organisation = message.organisation
    queue_text(
        organisation_id=message.organisation_id,
        event_id=message.event_id,
        person=message.person,
        phone=message.phone,
        language=message.language,
        kind=MessageKind.ECHO,
        body=fill(default_text(name, message.language), {"org": organisation.name if organisation else "Callboard"}),
        now=now,
        any_hour=True,
        answers_id=message.id,
        dedupe_key=f"{name}:{message.id}",
    )


def _answered(message: Message, answer: Answer, now: datetime) -> None:
    try:
        with transaction():
            message.needs_answer = False
            answer(message, now)
    except Exception as failure:  # the text is kept, and stays in the inbox for a person to read
        log_traceback(log, failure, f"message {message.id}: it could not be answered")


def leave_to_people(message: Message, now: datetime) -> None:
    """An ``answer`` that changes nothing: a coordinator reads the text."""
    message.needs_answer = True
