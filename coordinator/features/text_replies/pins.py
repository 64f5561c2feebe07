"""A stage manager who has a PIN must include it, because the sender of a text can be forged."""

from datetime import timedelta

from coordinator.accounts.actions.limits import TooManyTries
from coordinator.accounts.actions.pins import WrongPin, check_pin
from coordinator.core.replies import Meaning

from .inbound import InboundContext

MINUTE = timedelta(minutes=1)
GO = ("GO 1234", "GO 1234")
EXAMPLES = {  # in English and in Spanish
    Meaning.DONE: ("DONE 1234", "DONE 1234"),
    Meaning.LATE: ("LATE 10 1234", "TARDE 10 1234"),
    Meaning.UNDO: ("UNDO 1234", "DESHACER 1234"),
}


def may_press(inbound: InboundContext) -> bool:
    """Whether this text may press buttons. If not, the reply says why."""
    sender, now = inbound.sender_context, inbound.now
    people = [person for person in sender.people if person.pin_hash]
    if not people:
        return True
    if inbound.message.said_pin is None:
        english, spanish = EXAMPLES.get(inbound.reply.meaning, GO)
        inbound.echo.say("pin-needed", example=spanish if inbound.echo.language == "es" else english)
        return False
    try:
        check_pin(people, inbound.message.said_pin, phone=sender.phone, now=now)
    except TooManyTries as refusal:
        inbound.echo.say("pin-locked", minutes=str(max(1, -((now - refusal.again_at) // MINUTE))))
        return False
    except WrongPin:
        inbound.echo.say("pin-wrong")
        return False
    return True
