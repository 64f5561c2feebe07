"""Collects from the database the context that reading a text needs."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from coordinator.accounts.queries import coordinators_of
from coordinator.core.replies import Last, Meaning, OpenQuestion, Question, ReplyContext, read_reply
from coordinator.core.show_time import show_day, zone_named
from coordinator.features.text_setup.actions import was_just_tested
from coordinator.messaging.models import Message, MessageKind
from coordinator.messaging.queries.outbox import opted_out
from coordinator.messaging.queries.phones import last_gone_to

from . import choices
from .open import Open, declined_questions
from .sender_context import SenderContext

ASKS_MINUTES = "echo-late-how-long"
ASKS_AGAIN = ("echo-which", "echo-who", "echo-read-open", "echo-asked-again")
MINUTES_FOR = timedelta(hours=1)  # how long after our question a number counts as minutes


def context_of(
    message: Message, sender_context: SenderContext, questions: Sequence[Open], now: datetime
) -> ReplyContext:
    person, last = sender_context.first_person, last_gone_to(sender_context.phone)
    tries, stopped = was_just_tested(sender_context.phone, now), bool(opted_out([sender_context.phone]))
    waiting, offered = [each.as_read() for each in questions], choices.offered(sender_context.phone, now)
    if tries and last:
        waiting = [OpenQuestion(Question.ASK, last[0].body)]
    if last and _is(last, ASKS_MINUTES) and now - _left_at(last[0]) <= MINUTES_FOR:
        waiting.append(OpenQuestion(Question.MINUTES))
    if declined_questions(sender_context):
        waiting.append(OpenQuestion(Question.DECLINED))
    return ReplyContext(
        media=message.num_media,
        open=tuple(waiting),
        last=Last.QUESTION if tries else Last.NOTICE if stopped else _last(last, questions),
        choices=offered,
        today=_is_today(sender_context, questions, now),
        names=without(_names(message, sender_context), offered.values()),
        stage_manager=bool(sender_context.runs),
        speaks="es" if person is not None and person.language == "es" else "en",
    )


def which_are_meant(body: str, context: ReplyContext, questions: Sequence[Open]) -> tuple[list[Open], bool]:
    """The questions that the text can answer when each is read as the only one; and whether the answer is yes."""
    said = [_alone(body, context, each) for each in questions]
    yes = Meaning.YES in said
    meant = [each for each, means in zip(questions, said, strict=True) if means is (Meaning.YES if yes else Meaning.NO)]
    return meant or list(questions), yes


def the_one_meant(body: str, context: ReplyContext, questions: Sequence[Open], meaning: Meaning) -> list[Open]:
    """Of several questions, those that the text itself names, as a reaction quotes the text it is about."""
    unasked = replace(context, last=Last.NOTICE, open=())
    if len(questions) < 2 or read_reply(body, unasked).meaning is meaning:
        return list(questions)
    named = [each for each in questions if _alone(body, replace(context, last=Last.NOTICE), each) is meaning]
    return named or list(questions)


def _alone(body: str, context: ReplyContext, question: Open) -> Meaning:
    last = context.last if context.last is Last.NOTICE else Last.QUESTION
    return read_reply(body, replace(context, open=(question.as_read(),), last=last)).meaning


def _last(last: Sequence[Message], questions: Sequence[Open]) -> Last:
    if not last:
        return Last.NOTICE
    if any(_is_typed(text) for text in last):
        return Last.PERSON
    asking = {each.asked.id for each in questions if each.asked}
    again = bool(questions) and any(_is(last, words) for words in ASKS_AGAIN)
    return Last.QUESTION if again or any(text.id in asking for text in last) else Last.NOTICE


def _is_typed(text: Message) -> bool:
    """Whether a coordinator wrote it by hand."""
    return text.kind == MessageKind.REPLY or (
        text.kind == MessageKind.NOTE and (text.dedupe_key or "").startswith("note:")
    )


def _is(last: Sequence[Message], words: str) -> bool:
    return any((text.dedupe_key or "").startswith(f"{words}:") for text in last)


def _left_at(text: Message) -> datetime:
    return text.claimed_at or text.created_at


def _is_today(sender_context: SenderContext, questions: Sequence[Open], now: datetime) -> bool:
    """Whether the open question, or else what comes next, is today."""
    first = [(each.at, each.about.event.zone) for each in questions]
    first = first or [(mine.slot.starts_at, mine.slot.event.zone) for mine in sender_context.slots]
    first += [] if questions else [(mine.starts_at, mine.sign_up.shift.event.zone) for mine in sender_context.shifts]
    if not first:
        return False
    at, zone = min(first)
    return show_day(at, zone_named(zone)) == show_day(now, zone_named(zone))


def without(names: Iterable[str], offered: Iterable[str]) -> tuple[str, ...]:
    """The names that no choice has: a name that one has is an answer and not courtesy."""
    words = {word.strip(",.;") for each in offered for word in each.casefold().split()}
    return tuple(name for name in names if not words.intersection(name.casefold().split()))


def _names(message: Message, sender_context: SenderContext) -> tuple[str, ...]:
    """Full and first names of the coordinators and of everyone who shares the phone."""
    organisations = {person.organisation_id for person in sender_context.people}
    organisations |= {message.organisation_id} - {None} if message.organisation_id else set()
    people = [*sender_context.people, *(each.person for id_ in sorted(organisations) for each in coordinators_of(id_))]
    return tuple(dict.fromkeys(name for person in people for name in (person.first_name, person.name) if name))
