"""Who plays, how to reach them, and who may run the night."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...clock import now
from ...events.actions import mark_stage_manager
from ...events.models import Event
from ...lineup.actions import add_member, edit_act, remove_member
from ...lineup.models import Act
from ...lineup.queries import act_with_key
from ...people.actions import NoName, NotAPhone, personal_link
from ...people.models import Person
from ...web.guard import coordinator_required, the_coordinator
from ..casting import Facts, change_person, known_or_new, notices_of
from ..forms import ActForm, MemberForm
from ..queries.cast import cast_page, person_in
from .order import bp
from .overview import our_event
from .performers_page import performers_page


@bp.get("/coordinate/<slug>/performers")
@coordinator_required
def performers(slug: str) -> ResponseReturnValue:
    return performers_page(our_event(slug))


@bp.post("/coordinate/<slug>/performers/<key>")
@coordinator_required
def change_act(slug: str, key: str) -> ResponseReturnValue:
    """Another name for an act, or another line about it."""
    event = our_event(slug)
    act = _act(event, key)
    form = ActForm(prefix=f"act-{act.id}")
    if not form.validate_on_submit():
        return performers_page(event, naming=(act, form)), 422
    about = (form.about.data or "").strip() or None
    edit_act(act, name=form.name.data or "", about=about, by=the_coordinator(), now=now())
    flash(_("%(name)s is changed.", name=act.name), "ok")
    return redirect(url_for("lineup.performers", slug=slug, _anchor=f"act-{act.key}"), 303)


@bp.post("/coordinate/<slug>/performers/<key>/people")
@coordinator_required
def join(slug: str, key: str) -> ResponseReturnValue:
    """Somebody more in an act."""
    event = our_event(slug)
    act = _act(event, key)
    form = MemberForm(prefix=f"join-{act.id}")
    person = _added(event, form)
    if person is None:
        return performers_page(event, joining=(act, form)), 422
    add_member(act, person, by=the_coordinator(), now=now())
    return _done(slug, person, _("%(name)s plays in %(act)s.", name=person.name, act=act.name))


@bp.post("/coordinate/<slug>/performers/crew")
@coordinator_required
def join_crew(slug: str) -> ResponseReturnValue:
    """Somebody who may run the night by text."""
    event, form = our_event(slug), MemberForm(prefix="crew")
    person = _added(event, form)
    if person is None:
        return performers_page(event, crewing=form), 422
    mark_stage_manager(event.id, person, runs=True)
    return _done(slug, person, _("%(name)s may run the night by text.", name=person.name))


@bp.post("/coordinate/<slug>/people/<int:person_id>")
@coordinator_required
def change(slug: str, person_id: int) -> ResponseReturnValue:
    """Another name, number or language; agreed or not."""
    event = our_event(slug)
    person = _person(event, person_id)
    form = MemberForm(prefix=f"person-{person.id}")
    if form.validate_on_submit():
        try:
            change_person(event, person, _facts(form), by=the_coordinator(), now=now())
        except NotAPhone as refusal:
            form.phone.errors = [str(refusal)]
        except NoName as refusal:
            form.name.errors = [str(refusal)]
        else:
            return _done(slug, person, _("%(name)s is changed.", name=person.name))
    return performers_page(event, changing=(person, form)), 422


@bp.post("/coordinate/<slug>/performers/<key>/people/<int:person_id>/leaving")
@coordinator_required
def leave(slug: str, key: str, person_id: int) -> ResponseReturnValue:
    """Somebody no longer plays in an act."""
    event = our_event(slug)
    act, person = _act(event, key), _person(event, person_id)
    remove_member(act, person, by=the_coordinator(), now=now())
    flash(_("%(name)s no longer plays in %(act)s.", name=person.name, act=act.name), "ok")
    return redirect(url_for("lineup.performers", slug=slug, _anchor=f"act-{act.key}"), 303)


@bp.post("/coordinate/<slug>/people/<int:person_id>/running")
@coordinator_required
def running(slug: str, person_id: int) -> ResponseReturnValue:
    """May this person run the night by text?"""
    event = our_event(slug)
    person = _person(event, person_id)
    runs = not cast_page(event).runs(person)
    mark_stage_manager(event.id, person, runs=runs)
    words = _("%(name)s may run the night by text.") if runs else _("%(name)s no longer runs the night by text.")
    flash(words % {"name": person.name}, "ok")
    anchor = f"person-{person.id}" if person_in(event, person.id) else None
    return redirect(url_for("lineup.performers", slug=slug, _anchor=anchor), 303)


@bp.post("/coordinate/<slug>/people/<int:person_id>/link")
@coordinator_required
def link(slug: str, person_id: int) -> ResponseReturnValue:
    """The address of the person's own page, made where there was none yet."""
    event = our_event(slug)
    person = _person(event, person_id)
    personal_link(person, now())
    return redirect(url_for("lineup.performers", slug=slug, _anchor=f"person-{person.id}"), 303)


def _added(event: Event, form: MemberForm) -> Person | None:
    """The person of the form, known or new; None when it is refused."""
    if not form.validate_on_submit():
        return None
    try:
        return known_or_new(event, _facts(form), by=the_coordinator(), now=now())
    except NotAPhone as refusal:
        form.phone.errors = [str(refusal)]
    except NoName as refusal:
        form.name.errors = [str(refusal)]
    return None


def _facts(form: MemberForm) -> Facts:
    return Facts(
        name=form.name.data or "",
        phone=form.phone.data or "",
        language=form.language.data or "en",
        agreed_how=form.how.data if form.agreed.data else None,
        words=str(form.agreed.label.text),
    )


def _act(event: Event, key: str) -> Act:
    return act_with_key(event.id, key) or abort(404)


def _person(event: Event, person_id: int) -> Person:
    return person_in(event, person_id) or abort(404)


def _done(slug: str, person: Person, words: str) -> ResponseReturnValue:
    flash(words, "ok")
    for sentence in notices_of(our_event(slug), person):
        flash(sentence, "wait")
    return redirect(url_for("lineup.performers", slug=slug, _anchor=f"person-{person.id}"), 303)
