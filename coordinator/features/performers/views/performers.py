"""Who plays, how to reach them, and who may run the night."""

from datetime import datetime

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.actions.personal_links import replace_link
from coordinator.accounts.actions.pins import NotAPin, set_pin
from coordinator.accounts.permissions import Permission
from coordinator.accounts.queries import account_of
from coordinator.clock import now
from coordinator.events.actions.cast import mark_artist_liaison, mark_stage_manager
from coordinator.events.models import Event
from coordinator.features.running_order.forms import ActForm, MemberForm
from coordinator.features.running_order.views.asking import asked, what_it_does
from coordinator.lineup.actions.members import add_member, edit_act, remove_member
from coordinator.lineup.models import Act
from coordinator.lineup.queries import act_with_key
from coordinator.people.models import Channel, Person
from coordinator.web.form_parts import NOT_A_PERSON
from coordinator.web.guard import current_actor, needs, our_event

from ..actions import PerformerFacts, change_person, known_or_new, notices_of
from ..queries import cast_page, person_in
from .blueprint import bp
from .page import member_form, performers_page


@bp.get("/coordinate/<slug>/performers")
@needs(Permission.SEE_PLAN)
def performers(slug: str) -> ResponseReturnValue:
    return performers_page(our_event(slug))


@bp.post("/coordinate/<slug>/performers/<key>")
@needs(Permission.EDIT_PLAN)
def change_act(slug: str, key: str) -> ResponseReturnValue:
    """Change an act's name, or its line on the public page."""
    event = our_event(slug)
    act = _act(event, key)
    form = ActForm(prefix=f"act-{act.id}")
    if not form.validate_on_submit():
        return performers_page(event, naming=(act, form)), 422
    about = (form.about.data or "").strip() or None
    edit_act(act, name=form.name.data or "", about=about, actor=current_actor(), now=now())
    flash(_("%(name)s was changed.", name=act.name), "ok")
    return redirect(_at_act(slug, act), 303)


@bp.post("/coordinate/<slug>/performers/<key>/people")
@needs(Permission.EDIT_PLAN)
def join(slug: str, key: str) -> ResponseReturnValue:
    """Add someone to an act; shown first if they could not do something else that they do."""
    event, at = our_event(slug), now()
    act = _act(event, key)
    form = member_form(f"join-{act.id}")
    person = _added(event, form)
    if person is None:
        return performers_page(event, joining=(act, form)), 422
    if page := _joins_with_clash(event, act, person, at):
        return page
    add_member(act, person, actor=current_actor(), now=at)
    return _done(slug, person, _("%(name)s plays in %(act)s.", name=person.name, act=act.name))


@bp.post("/coordinate/<slug>/performers/crew")
@needs(Permission.EDIT_PLAN)
def join_crew(slug: str) -> ResponseReturnValue:
    """Add someone who may run the night by text."""
    event, form = our_event(slug), member_form("crew")
    person = _added(event, form)
    if person is None:
        return performers_page(event, crewing=form), 422
    mark_stage_manager(event, person, runs=True, actor=current_actor(), now=now())
    return _done(slug, person, _("%(name)s can run the night by text.", name=person.name))


@bp.post("/coordinate/<slug>/people/<int:person_id>")
@needs(Permission.EDIT_PLAN)
def change(slug: str, person_id: int) -> ResponseReturnValue:
    """Change a name, number, address, language or agreement."""
    event = our_event(slug)
    person = _person(event, person_id)
    form = member_form(f"person-{person.id}")
    if form.validate_on_submit():
        try:
            change_person(event, person, _facts(form), actor=current_actor(), now=now())
        except NOT_A_PERSON as refusal:
            form.refuse(refusal)
        else:
            return _done(slug, person, _("%(name)s was changed.", name=person.name))
    return performers_page(event, changing=(person, form)), 422


@bp.post("/coordinate/<slug>/performers/<key>/people/<int:person_id>/leaving")
@needs(Permission.EDIT_PLAN)
def leave(slug: str, key: str, person_id: int) -> ResponseReturnValue:
    """Remove someone from an act."""
    event = our_event(slug)
    act, person = _act(event, key), _person(event, person_id)
    remove_member(act, person, actor=current_actor(), now=now())
    flash(_("%(name)s no longer plays in %(act)s.", name=person.name, act=act.name), "ok")
    return redirect(_at_act(slug, act), 303)


@bp.post("/coordinate/<slug>/people/<int:person_id>/running")
@needs(Permission.EDIT_PLAN)
def running(slug: str, person_id: int) -> ResponseReturnValue:
    """Let this person run the night by text, or stop letting them."""
    event = our_event(slug)
    person = _person(event, person_id)
    runs = not cast_page(event).runs(person)
    mark_stage_manager(event, person, runs=runs, actor=current_actor(), now=now())
    words = _("%(name)s can run the night by text.") if runs else _("%(name)s no longer runs the night by text.")
    return _marked(event, person, words)


@bp.post("/coordinate/<slug>/people/<int:person_id>/liaison")
@needs(Permission.EDIT_PLAN)
def liaison(slug: str, person_id: int) -> ResponseReturnValue:
    """Make this person artist liaison, or no longer."""
    event = our_event(slug)
    person = _person(event, person_id)
    liaises = not cast_page(event).liaises(person)
    mark_artist_liaison(event, person, liaises=liaises, actor=current_actor(), now=now())
    words = _("%(name)s is artist liaison.") if liaises else _("%(name)s is no longer artist liaison.")
    return _marked(event, person, words)


@bp.post("/coordinate/<slug>/people/<int:person_id>/pin")
@needs(Permission.EDIT_PLAN)
def pin(slug: str, person_id: int) -> ResponseReturnValue:
    """Set the PIN that this person's GO and DONE need; whoever has an account sets their own."""
    event = our_event(slug)
    person, typed = _person(event, person_id), request.form.get("pin", "").strip()
    if account_of(person.id) is not None:
        abort(403, _("%(name)s has an account and sets their own PIN there.", name=person.name))
    try:
        set_pin(person, typed or None, actor=current_actor(), now=now())
    except NotAPin as refusal:
        flash(str(refusal), "bad")
    else:
        words = _("The PIN of %(name)s is set. Tell only them.") if typed else _("The PIN of %(name)s is removed.")
        flash(words % {"name": person.name}, "ok")
    return redirect(_at_person(slug, person), 303)


@bp.post("/coordinate/<slug>/people/<int:person_id>/link")
@needs(Permission.EDIT_PLAN)
def link(slug: str, person_id: int) -> ResponseReturnValue:
    """A new link to the person's own page; the one before opens nothing any more."""
    event = our_event(slug)
    person = _person(event, person_id)
    replace_link(person, actor=current_actor(), now=now())
    flash(_("%(name)s has a new link. Their next message will carry it.", name=person.name), "ok")
    return redirect(_at_person(slug, person), 303)


def _added(event: Event, form: MemberForm) -> Person | None:
    """The person of the form, known or new; None when it is refused."""
    if not form.validate_on_submit():
        return None
    try:
        return known_or_new(event, _facts(form), actor=current_actor(), now=now())
    except NOT_A_PERSON as refusal:
        form.refuse(refusal)
    return None


def _joins_with_clash(event: Event, act: Act, person: Person, at: datetime) -> str | None:
    """The page that asks, unless nothing clashes or it was answered."""
    if request.form.get("sure") == "1":
        return None
    found = what_it_does(event, lambda: add_member(act, person, actor=current_actor(), now=at), at)
    question = _("Add %(name)s to %(act)s?", name=person.name, act=act.name)
    back = _at_act(event.slug, act)
    return asked(event, question, found, back=back) if found.clashes else None


def _at_act(slug: str, act: Act) -> str:
    """The page, where this act is."""
    return url_for(".performers", slug=slug, act=act.key, _anchor=f"act-{act.key}")


def _at_person(slug: str, person: Person) -> str:
    """The page, where this person is."""
    return url_for(".performers", slug=slug, person=person.id, _anchor=f"person-{person.id}")


def _marked(event: Event, person: Person, words: str) -> ResponseReturnValue:
    """Back to the page, where this person is if they still are there."""
    flash(words % {"name": person.name}, "ok")
    is_there = person_in(event, person.id) is not None
    return redirect(_at_person(event.slug, person) if is_there else url_for(".performers", slug=event.slug), 303)


def _facts(form: MemberForm) -> PerformerFacts:
    asks = form.email is not None
    how_emails = form.agreed_how.data if asks and form.agreed_to_emails.data else None
    return PerformerFacts(
        email=form.email.data or "" if asks else None,
        emails_agreed_how=how_emails,
        email_words=str(form.agreed_to_emails.label.text) if asks else "",
        prefers=Channel(form.prefers.data) if asks else None,
        name=form.name.data or "",
        phone=form.phone.data or "",
        language=form.language.data or "en",
        agreed_how=form.agreed_how.data if form.agreed.data else None,
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
    return redirect(_at_person(slug, person), 303)
