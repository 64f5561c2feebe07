"""The effect of accepting what a performer said about being late."""

from dataclasses import replace
from datetime import datetime

from coordinator.core.consequences import TextGoes
from coordinator.core.rules import UNDO
from coordinator.messaging.models import MessageKind
from coordinator.messaging.queries.silence import never_texted
from coordinator.people.models import Person
from coordinator.reminders.previews.outlook import Outlook
from coordinator.reminders.queries.lateness import LateWord, acceptance
from coordinator.shownight.models import Verb

from .previewing import Asked, PressPreview, preview_press


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
