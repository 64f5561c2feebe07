"""The form with someone's details: what it asks, and what was entered."""

from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _

from coordinator.core.cover import Obstacle
from coordinator.core.json_values import JsonObject
from coordinator.core.show_time import show_day, zone_named
from coordinator.features.public_lineup.queries.summaries import EventSummary
from coordinator.people.actions.persons import one_line
from coordinator.people.models import Channel, Person
from coordinator.services import services
from coordinator.shifts.models import ProofCode
from coordinator.shifts.queries.prospects import Newcomer
from coordinator.web.labels import called

from ..draft import SignUpRequest
from ..forms import AboutYouForm
from ..queries import Choices, choices
from .page import kept_request, promised_code

OF_AGE = {Obstacle.TOO_YOUNG, Obstacle.NIGHT, Obstacle.AGE_UNKNOWN}


def about_you(summary: EventSummary, found: Choices, person: Person | None) -> AboutYouForm:
    """The form with the required fields, and what was just typed in this browser."""
    sent, kept = promised_code(summary), kept_request()
    typed = _typed(sent) if sent and sent.used_at is None and not person else {}
    born_on = kept.born_on.isoformat() if kept.born_on else None
    about = {"skills": kept.skills, "born_on": born_on, "friend": kept.friend}
    form = AboutYouForm(data=typed | about, can_mail=services().can_mail)
    form.skills.choices = found.skills
    if person is not None:
        del form.name, form.by, form.phone, form.email
    if not found.skills:
        del form.skills
    if found.age is None:
        del form.born_on
    if found.skills or found.age or not found.taking:
        del form.friend
    return form


def _typed(sent: ProofCode) -> JsonObject:
    """What was typed to get this code."""
    field = "email" if sent.channel is Channel.EMAIL else "phone"
    return {"name": sent.name, "by": sent.channel.value, field: sent.sent_to}


def read_details(
    summary: EventSummary,
    form: AboutYouForm,
    found: Choices,
    requested: SignUpRequest,
    person: Person | None,
    at: datetime,
) -> SignUpRequest:
    """The details they entered, with an error at each field that still prevents the sign-up."""
    born_on = form.read_birthday(show_day(at, zone_named(summary.zone))) if form.born_on else None
    skills = tuple(skill for skill in form.skills.data or () if skill in found.skills) if form.skills else ()
    friend = one_line(form.friend.data or "") if form.friend else ""
    requested = replace(requested, skills=skills, born_on=born_on, friend=friend)
    taking, queueing, said = requested.taking, requested.queueing, Newcomer(skills, born_on)
    after = choices(summary.event_id, at, person=person, taking=taking, queueing=queueing, said=said)
    for objection, sentence in (*after.unsaid, *after.wrongs):
        of_age = objection.obstacle in OF_AGE
        place = form.born_on if of_age and form.born_on else form.skills if form.skills and not of_age else None
        if place is not None and not place.errors:
            place.errors = [sentence]
        elif place is None:
            form.form_errors.append(sentence)
    if friend and (alone := next((each for each in found.taking if each.places_free < 2), None)):
        words = _("%(role)s has one spot left, not two. Leave this empty to come alone.", role=called(alone.shift.role))
        form.friend.errors = [words]
    return requested
