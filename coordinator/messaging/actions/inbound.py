"""A text comes in: stored first, then obeyed or answered. Once, however often the network calls with it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from flask_babel import force_locale, ngettext
from sqlalchemy.exc import IntegrityError

from coordinator.core.replies import FreeText, Help, OptIn, OptOut, Reply, read_reply
from coordinator.core.wording import fill
from coordinator.db import transaction

from ..models import Message, MessageChange
from ..queries import caller_with, house_words, message_of_sid
from ..tracks import log_tracks
from .consent import start_texts, stop_texts
from .outbox import queue_text

Answer = Callable[[Message, datetime], None]

log = logging.getLogger(__name__)


def receive_text(  # noqa: PLR0913 - every one is a fact about the text
    *,
    phone: str,
    to: str,
    body: str,
    sid: str,
    num_media: int,
    now: datetime,
    answer: Callable[[Message, datetime], None],
    sent_at: datetime | None = None,
    overruled: bool = False,
) -> Message:
    """Take in one text from a phone and do what it asks for; the same ``sid`` again changes nothing.

    ``to`` is the sender, as opt-outs know it; ``sent_at`` is when the phone sent it, where that is known and was not
    just now. ``overruled``: a later word for or against texts is known, so that a STOP or START of then is only kept.
    STOP, START, HELP and their kin are obeyed before all else; the rest goes to ``answer``. Until it has been dealt
    with, or when that fails, it stands in the coordinators' inbox.
    """
    try:
        with transaction() as session:
            if (known := message_of_sid(sid)) is not None:
                return known
            message = _taken_in(phone, body, sid, min(now, sent_at or now))
            session.add(message)
            session.flush()
            reply = read_reply(body, num_media=num_media)
            if overruled and isinstance(reply, OptOut | OptIn):
                message.needs_answer = isinstance(reply, OptOut) and reply.may_give_up
                return message
            if num_media and isinstance(reply, FreeText):
                message.body = _with_media(message, num_media)
            obeyed = _obey(message, reply, to, now)
    except IntegrityError:
        known = message_of_sid(sid)
        if known is None:
            raise
        return known
    if not obeyed:
        _answered(message, answer, now)
    return message


def _taken_in(phone: str, body: str, sid: str, at: datetime) -> Message:
    caller = caller_with(phone)
    person = caller.person
    return Message(
        organisation_id=caller.organisation_id,
        event_id=caller.event_id,
        person=person,
        direction="in",
        phone=phone[:20],
        kind="reply",
        language=person.language if person else "en",
        body=body.replace("\x00", ""),
        state="received",
        created_at=at,
        provider_sid=sid,
        needs_answer=True,
        changes=[MessageChange(at=at, before=None, after="received", cause="came in")],
    )


def _with_media(message: Message, number: int) -> str:
    """The words, and that something came with them; a picture alone would be read as an empty line."""
    with force_locale(message.language):
        came = ngettext("[%(num)s attachment]", "[%(num)s attachments]", number)
    return f"{message.body} {came}".strip()


def _obey(message: Message, reply: Reply, sender: str, now: datetime) -> bool:
    """Whether the text was one of the words that are obeyed. The network itself confirms a STOP, so we do not."""
    if isinstance(reply, OptOut):
        stop_texts(message.phone, sender=sender, how=reply.word, now=message.created_at)
        message.needs_answer = reply.may_give_up  # perhaps the slot is given up as well; a person must ask
        return True
    if not isinstance(reply, OptIn | Help):
        return False
    if isinstance(reply, OptIn):
        start_texts(message.phone, sender=sender, now=message.created_at)
    message.language = reply.language or message.language
    _echo(message, "started" if isinstance(reply, OptIn) else "help", now)
    message.needs_answer = False
    return True


def _echo(message: Message, name: str, now: datetime) -> None:
    organisation = message.organisation
    queue_text(
        organisation_id=message.organisation_id,
        event_id=message.event_id,
        person=message.person,
        phone=message.phone,
        language=message.language,
        kind="echo",
        body=fill(house_words(name, message.language), {"org": organisation.name if organisation else "Callboard"}),
        now=now,
        any_hour=True,
        answers_id=message.id,
    )


def _answered(message: Message, answer: Answer, now: datetime) -> None:
    try:
        with transaction():
            message.needs_answer = False
            answer(message, now)
    except Exception as failure:  # the text is kept, and stays in the inbox for a person to read
        log_tracks(log, failure, f"message {message.id}: it could not be answered")


def leave_to_people(message: Message, now: datetime) -> None:
    """The answer that changes nothing: a coordinator reads the text."""
    message.needs_answer = True
