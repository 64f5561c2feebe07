"""Whom no text and no email reaches, and why."""

from collections.abc import Collection

from coordinator.people.models import Person

from ..models import CallReason


def never_texted(person: Person, stopped: Collection[str]) -> CallReason | None:
    """Why neither texts nor emails are sent to the person; None when either is.

    ``stopped`` are the numbers that want no texts.
    """
    if person.can_be_mailed:
        return None
    if person.phone is None:
        return CallReason.NO_PHONE
    if person.phone in stopped:
        return CallReason.OPTED_OUT
    return None if person.can_be_texted else CallReason.NOT_AGREED


def silence_of(person: Person, stopped: Collection[str]) -> CallReason | None:
    """Why nothing reaches the person: neither text nor email is sent, or arrives; None when one does."""
    if why := never_texted(person, stopped):
        return why
    if (person.can_be_mailed and not person.email_trouble) or _is_texted(person, stopped):
        return None
    return CallReason.PHONE_TROUBLE if person.can_be_texted else CallReason.EMAIL_TROUBLE


def _is_texted(person: Person, stopped: Collection[str]) -> bool:
    return person.can_be_texted and person.phone not in stopped and not person.phone_trouble
