"""Everybody of a show: the list, and one person."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.people.models import Channel, Person
from coordinator.services import services
from coordinator.web.form_parts import NOT_A_PERSON
from coordinator.web.guard import current_actor, needs, our_event, we_may

from .. import labels
from ..actions import PersonFacts, change_facts
from ..forms import PersonForm
from ..queries import PersonOfShow, Sought, people_page, person_of_show
from .blueprint import bp

LONGEST_SEARCH = 200


@bp.get("/coordinate/<slug>/people-list", endpoint="people")
@needs(Permission.SEE_PLAN)
def show_people(slug: str) -> ResponseReturnValue:
    """Everybody of the show, or those who are looked for."""
    event, sought = our_event(slug), _sought()
    found = people_page(event, sought, services().gateway.sender, now(), sees_numbers=we_may(Permission.SEE_NUMBERS))
    return render_template("people_list/people.html", event=event, found=found, sought=sought, labels=labels)


@bp.get("/coordinate/<slug>/people-list/<int:person_id>")
@needs(Permission.EDIT_PLAN)
def person(slug: str, person_id: int) -> ResponseReturnValue:
    """One of them: what they do, how to reach them, what they agreed to, notes."""
    event = our_event(slug)
    each = _person(event, person_id)
    return _page(event, each, _form(each.person))


@bp.post("/coordinate/<slug>/people-list/<int:person_id>")
@needs(Permission.EDIT_PLAN)
def change_person(slug: str, person_id: int) -> ResponseReturnValue:
    """Change a name, number, address, language or notes."""
    event, form = our_event(slug), _asking_for_what_is_used(PersonForm())
    each = _person(event, person_id)
    ended = _changed(event, each.person, form)
    if ended is None:
        return _page(event, each, form), 422
    flash(_("%(name)s was changed.", name=each.person.name), "ok")
    for channel in ended:
        flash(_ended(each.person, channel), "wait")
    return redirect(url_for(".person", slug=slug, person_id=person_id), 303)


def _changed(event: Event, person: Person, form: PersonForm) -> list[Channel] | None:
    """The ways whose agreement ended; None when the form is refused, and nothing has changed."""
    if not form.validate_on_submit():
        return None
    try:
        return list(change_facts(event, person, _facts(form), actor=current_actor(), now=now()))
    except NOT_A_PERSON as refusal:
        form.refuse(refusal)
    return None


def _ended(person: Person, channel: Channel) -> str:
    if channel is Channel.EMAIL:
        return _("The agreement to emails was for the old address. Ask %(name)s again.", name=person.first_name)
    return _("The agreement to texts was for the old number. Ask %(name)s again.", name=person.first_name)


def _facts(form: PersonForm) -> PersonFacts:
    asks = form.email is not None
    return PersonFacts(
        name=form.name.data or "",
        phone=form.phone.data or "",
        language=form.language.data or "en",
        notes=form.notes.data or "",
        email=(form.email.data or "") if asks else None,
        prefers=Channel(form.prefers.data) if asks else None,
    )


def _form(person: Person) -> PersonForm:
    values = PersonForm.values_of(person) | {"notes": person.notes or ""}
    return _asking_for_what_is_used(PersonForm(formdata=None, data=values))


def _asking_for_what_is_used(form: PersonForm) -> PersonForm:
    """Where no emails are sent, it asks for no address."""
    if not services().can_mail:
        del form.email, form.prefers
    return form


def _person(event: Event, person_id: int) -> PersonOfShow:
    return person_of_show(event, person_id, services().gateway.sender, now()) or abort(404)


def _page(event: Event, each: PersonOfShow, form: PersonForm) -> str:
    link = services().links.address(each.person)
    return render_template("people_list/person.html", event=event, each=each, form=form, link=link)


def _sought() -> Sought:
    asked, number = request.args, request.args.get("page", "1")
    does, told = asked.get("does", ""), asked.get("told", "")
    return Sought(
        words=asked.get("q", "").strip()[:LONGEST_SEARCH],
        does=does if does in labels.DOES else "",
        told=told if told in labels.TOLD else "",
        page=max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 7 else 1,
    )
