"""The form for putting someone on a shift by name."""

from dataclasses import replace
from typing import Any

from coordinator.events.models import Event
from coordinator.events.regions import region_of
from coordinator.features.sign_up.forms import PersonForm
from coordinator.people.actions.emails import parse_email
from coordinator.people.actions.phones import parse_phone
from coordinator.services import services

from ..actions import NamedPerson


def person_form(shift_id: int, **values: Any) -> PersonForm:
    """The form of this shift; where no emails are sent, it asks for no address."""
    return PersonForm(prefix=f"on-{shift_id}", can_mail=services().can_mail, **values)


def named(event: Event, form: PersonForm) -> NamedPerson:
    """What was typed about someone. Raises NotAPhone, NotAnEmail."""
    phone = parse_phone(form.phone.data, region_of(event.zone)) if (form.phone.data or "").strip() else None
    said = NamedPerson(form.called, phone, str(form.agreed.label.text) if form.agreed.data else None)
    if form.email is None or not (form.email.data or "").strip():
        return said
    agreed = str(form.agreed_to_emails.label.text) if form.agreed_to_emails.data else None
    return replace(said, email=parse_email(form.email.data or ""), agreed_to_emails=agreed)
