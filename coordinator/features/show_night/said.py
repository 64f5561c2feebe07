"""What performers said that waits for a decision: at the top of Show night."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from coordinator.core.consequences import TextGoes
from coordinator.core.rules import UNDO
from coordinator.lineup.models import ActAnswer, Slot
from coordinator.messaging.models import MessageKind
from coordinator.messaging.queries.silence import never_texted
from coordinator.people.models import Person
from coordinator.reminders.previews.outlook import Outlook
from coordinator.reminders.queries.lateness import LateWord, acceptance, late_word_of
from coordinator.shownight.models import Verb
from coordinator.shownight.queries import StageNight

from .previewing import Asked, PressPreview, preview_press


@dataclass(frozen=True, slots=True)
class PerformerWord:
    """Something a performer said: ``disputed``, ``declined`` or ``late``, the last with the effect of accepting it."""

    kind: str
    slot: Slot
    word: LateWord | None = None
    accept: PressPreview | None = None


def said_on(outlook: Outlook, stage: StageNight) -> tuple[PerformerWord, ...]:
    """What was said about the stage's slots to come, most urgent first."""
    coming = [slot for slot in stage.slots if not (slot.cancelled_at or slot.started_at or slot.ended_at)]
    disputed = [PerformerWord("disputed", slot) for slot in coming if slot.disputed_at is not None]
    declined = [PerformerWord("declined", slot) for slot in coming if slot.act and slot.answer == ActAnswer.DECLINED]
    return (*disputed, *_late(outlook, coming), *declined)


def accepting(outlook: Outlook, word: LateWord) -> PressPreview:
    """The effect of accepting exactly what the performer said: they are told that, and no new time as well."""
    look = preview_press(outlook, Asked(Verb.LATE, word.slot, str(word.declares)))
    if look.effect is None or word.person is None:
        return look
    told = _acceptance(word, word.person, outlook.night.now) if _is_told(outlook, word.person) else None
    others = [text for text in look.effect.texts if not (told and _is_told_anew(text, word, word.person))]
    return replace(look, effect=replace(look.effect, texts=(*([told] if told else []), *others)))


def _is_told(outlook: Outlook, person: Person) -> bool:
    return never_texted(person, outlook.beholder.silent) is None


def _is_told_anew(text: TextGoes[Person], word: LateWord, person: Person) -> bool:
    return (text.person.id, text.about, text.kind) == (person.id, word.slot.name, MessageKind.NEW_TIME)


def _acceptance(word: LateWord, person: Person, now: datetime) -> TextGoes[Person]:
    body = acceptance(word.slot, person, word.at)
    return TextGoes(person, MessageKind.ACCEPTED, word.slot.name, word.at, None, now + UNDO, False, body)


def _late(outlook: Outlook, coming: list[Slot]) -> Iterator[PerformerWord]:
    for slot in coming:
        word = late_word_of(slot)
        if word is not None:
            yield PerformerWord(Verb.LATE, slot, word, accepting(outlook, word))
