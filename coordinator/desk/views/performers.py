"""Who plays, how to reach them, and who may run the night; what the show is."""

from __future__ import annotations

from datetime import time
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...clock import now
from ...core.show_time import AmbiguousLocalTime, MissingLocalTime, QuietHours
from ...events.actions import edit_event, mark_stage_manager, set_doors
from ...events.models import Event
from ...house import house
from ...lineup.actions import add_member, remove_member
from ...lineup.models import Act
from ...lineup.queries import act_with_key
from ...people.actions import NoName, NotAPhone, add_person, agree_to_texts, edit_person, notices_about, parse_phone
from ...people.models import Person
from ...people.queries import link_tokens, people_with_phone
from ...web.guard import coordinator_required, the_coordinator
from ..forms import FactsForm, MemberForm
from ..queries.cast import Cast, cast_page, person_in
from ..queries.order import instant_on
from .order import bp
from .overview import our_event
from .sign_up import region_of

__all__ = ["bp"]

FACTS = (
    *("title", "date", "venue_name", "venue_address", "beneficiary"),
    *("donation_suggested", "donation_currency", "donation_url", "about", "notes", "quiet_from", "quiet_to"),
)
CONSENT = "The coordinator says that the person agreed to texts about this show."


@bp.get("/coordinate/<slug>/performers")
@coordinator_required
def performers(slug: str) -> ResponseReturnValue:
    return _page(our_event(slug))


@bp.post("/coordinate/<slug>/performers/<key>/people")
@coordinator_required
def join(slug: str, key: str) -> ResponseReturnValue:
    """Somebody more in an act."""
    event, form = our_event(slug), MemberForm()
    act = act_with_key(event.id, key) or abort(404)
    person = _added(event, form)
    if person is None:
        return _page(event, joining=(act, form)), 422
    add_member(act, person, by=the_coordinator(), now=now())
    flash(_("%(name)s plays in %(act)s.", name=person.name, act=act.name))
    return _back(slug, person)


@bp.post("/coordinate/<slug>/performers/crew")
@coordinator_required
def join_crew(slug: str) -> ResponseReturnValue:
    """Somebody who may run the night by text."""
    event, form = our_event(slug), MemberForm()
    person = _added(event, form)
    if person is None:
        return _page(event, crewing=form), 422
    mark_stage_manager(event.id, person, runs=True)
    flash(_("%(name)s may run the night by text.", name=person.name))
    return _back(slug, person)


@bp.post("/coordinate/<slug>/people/<int:person_id>")
@coordinator_required
def change(slug: str, person_id: int) -> ResponseReturnValue:
    """Another name, number or language; agreed or not."""
    event, form = our_event(slug), MemberForm()
    person = person_in(event, person_id) or abort(404)
    if form.validate_on_submit():
        try:
            phone = (
                parse_phone(form.phone.data or "", region_of(event.zone)) if (form.phone.data or "").strip() else None
            )
            edit_person(person, name=form.name.data, phone=phone, language=form.language.data)
        except NotAPhone as refusal:
            form.phone.errors = [str(refusal)]
        except NoName as refusal:
            form.name.errors = [str(refusal)]
        else:
            if form.agreed.data and person.agreed_at is None:
                agree_to_texts(person, "coordinator", CONSENT, now())
            _notice(person)
            flash(_("%(name)s is changed.", name=person.name))
            return _back(slug, person)
    return _page(event, changing=(person, form)), 422


@bp.post("/coordinate/<slug>/performers/<key>/people/<int:person_id>/leaving")
@coordinator_required
def leave(slug: str, key: str, person_id: int) -> ResponseReturnValue:
    event = our_event(slug)
    act = act_with_key(event.id, key) or abort(404)
    person = person_in(event, person_id) or abort(404)
    remove_member(act, person, by=the_coordinator(), now=now())
    flash(_("%(name)s no longer plays in %(act)s.", name=person.name, act=act.name))
    return _back(slug)


@bp.post("/coordinate/<slug>/people/<int:person_id>/running")
@coordinator_required
def running(slug: str, person_id: int) -> ResponseReturnValue:
    """May this person run the night by text?"""
    event = our_event(slug)
    person = person_in(event, person_id) or abort(404)
    part = next((part for part in cast_page(event).parts if part.person_id == person.id), None)
    runs = not (part and part.stage_manager)
    mark_stage_manager(event.id, person, runs=runs)
    words = _("%(name)s may run the night by text.") if runs else _("%(name)s no longer runs the night by text.")
    flash(words % {"name": person.name})
    return _back(slug, person)


@bp.route("/coordinate/<slug>/facts", methods=["GET", "POST"])
@coordinator_required
def facts(slug: str) -> ResponseReturnValue:
    """What the show is, where, for whom, and when texts rest."""
    event = our_event(slug)
    form = FactsForm(data=_facts_of(event))
    if form.validate_on_submit() and _quiet_fits(form):
        try:
            doors_at = instant_on(event, form.doors.data) if form.doors.data else None
        except (AmbiguousLocalTime, MissingLocalTime) as refusal:
            form.doors.errors = [str(refusal)]
        else:
            edit_event(event, **_changes(form))
            set_doors(event, doors_at)
            flash(_("Saved."))
            return redirect(url_for("lineup.facts", slug=slug), 303)
    return render_template("lineup/facts.html", event=event, form=form), 422 if form.errors else 200


def _added(event: Event, form: MemberForm) -> Person | None:
    """The person of the form: one of that name and number that we know, or somebody new; None when it is refused."""
    if not form.validate_on_submit():
        return None
    name, at = " ".join((form.name.data or "").split()), now()
    try:
        phone = parse_phone(form.phone.data or "", region_of(event.zone)) if (form.phone.data or "").strip() else None
    except NotAPhone as refusal:
        form.phone.errors = [str(refusal)]
        return None
    sharing = people_with_phone(phone, event.organisation_id) if phone else []
    known = next((person for person in sharing if person.name.casefold() == name.casefold()), None)
    person = known or add_person(
        organisation_id=event.organisation_id, name=name, phone=phone, language=form.language.data or "en", now=at
    )
    if form.agreed.data and person.agreed_at is None:
        agree_to_texts(person, "coordinator", CONSENT, at)
    others = [other.name for other in sharing if other is not person]
    if others:
        flash(_("This number is shared with %(names)s. An answer is asked whose it is.", names=", ".join(others)))
    _notice(person)
    return person


def _notice(person: Person) -> None:
    for notice in notices_about(person.phone) if person.phone else []:
        flash(notice.message, "wait")


def _page(event: Event, **forms: Any) -> str:
    """The page; ``forms`` are those that came back with mistakes."""
    cast = cast_page(event)
    tokens = link_tokens(person.id for person in cast.people)
    links = {person_id: f"{house().settings.public_url}/me/{token}" for person_id, token in tokens.items()}
    return render_template("lineup/performers.html", event=event, cast=cast, links=links, **_forms(cast, **forms))


def _forms(
    cast: Cast,
    joining: tuple[Act, MemberForm] | None = None,
    changing: tuple[Person, MemberForm] | None = None,
    crewing: MemberForm | None = None,
) -> dict[str, Any]:
    joins = {act.key: MemberForm(formdata=None) for act in cast.acts}
    changes = {person.id: MemberForm(formdata=None, data=_values(person)) for person in cast.people}
    if joining:
        joins[joining[0].key] = joining[1]
    if changing:
        changes[changing[0].id] = changing[1]
    return {"joins": joins, "changes": changes, "crew_form": crewing or MemberForm(formdata=None)}


def _values(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "phone": person.phone or "",
        "language": person.language,
        "agreed": person.agreed_at is not None,
    }


def _facts_of(event: Event) -> dict[str, Any]:
    values = {name: getattr(event, name) for name in FACTS}
    clock = event.doors_local.partition("T")[2].removesuffix("b") if event.doors_local else None
    return values | {"doors": time.fromisoformat(clock) if clock else None, "quiet": event.quiet_from is not None}


def _quiet_fits(form: FactsForm) -> bool:
    if form.quiet.data and (form.quiet_from.data is None or form.quiet_from.data == form.quiet_to.data):
        form.quiet_from.errors = [_("Write from when to when, two different times.")]
        return False
    return True


def _changes(form: FactsForm) -> Any:
    texts = ("venue_name", "venue_address", "beneficiary", "donation_url", "about", "notes")
    changed = {name: (form[name].data or "").strip() or None for name in texts}
    begins, ends = form.quiet_from.data, form.quiet_to.data
    return changed | {
        "title": form.title.data,
        "donation_suggested": form.donation_suggested.data,
        "donation_currency": (form.donation_currency.data or "").upper() or None,
        "quiet": QuietHours(begins, ends) if form.quiet.data and begins and ends else None,
    }


def _back(slug: str, person: Person | None = None) -> ResponseReturnValue:
    anchor = f"person-{person.id}" if person else None
    return redirect(url_for("lineup.performers", slug=slug, _anchor=anchor), 303)
