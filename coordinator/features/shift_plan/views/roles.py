"""Roles: which kinds of work there are, and what each requires."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.shifts.actions.roles import RoleFacts, edit_role, make_role, remove_role
from coordinator.shifts.models import Role
from coordinator.shifts.queries.planned import role_of, roles_of
from coordinator.shifts.refusals.planning import ImpossibleShift
from coordinator.web.guard import current_actor, needs, our_event
from coordinator.web.labels import called

from ..forms.shifts import RoleForm
from .blueprint import bp


@bp.get("/coordinate/<slug>/volunteers/roles")
@needs(Permission.EDIT_PLAN)
def roles(slug: str) -> ResponseReturnValue:
    """Every kind of work there is."""
    return _all_roles(our_event(slug), RoleForm(formdata=None))


@bp.post("/coordinate/<slug>/volunteers/roles")
@needs(Permission.EDIT_PLAN)
def add_role(slug: str) -> ResponseReturnValue:
    """One more kind of work."""
    event, form = our_event(slug), RoleForm()
    if form.validate_on_submit():
        try:
            role = make_role(event, _facts(form), actor=current_actor(), now=now())
        except ImpossibleShift as refusal:
            form.name.errors = [str(refusal)]
        else:
            return _done(slug, role, _("%(role)s was added.", role=called(role)))
    return _all_roles(event, form), 422


@bp.get("/coordinate/<slug>/volunteers/roles/<key>")
@needs(Permission.EDIT_PLAN)
def role(slug: str, key: str) -> ResponseReturnValue:
    """One kind of work, to be changed."""
    known = _role(slug, key)
    values = {name: getattr(known, name) for name in RoleFacts.__slots__} | {"skills": ", ".join(known.skills)}
    return _one_role(known, RoleForm(formdata=None, data=values))


@bp.post("/coordinate/<slug>/volunteers/roles/<key>")
@needs(Permission.EDIT_PLAN)
def change_role(slug: str, key: str) -> ResponseReturnValue:
    """Change what a role is and requires."""
    known, form = _role(slug, key), RoleForm()
    if form.validate_on_submit():
        try:
            edit_role(known, _facts(form), actor=current_actor(), now=now())
        except ImpossibleShift as refusal:
            form.name.errors = [str(refusal)]
        else:
            return _done(slug, known, _("%(role)s was changed.", role=known.name))
    return _one_role(known, form), 422


@bp.post("/coordinate/<slug>/volunteers/roles/<key>/removal")
@needs(Permission.EDIT_PLAN)
def forget_role(slug: str, key: str) -> ResponseReturnValue:
    """Delete a role without shifts."""
    known = _role(slug, key)
    name = known.name
    try:
        remove_role(known, actor=current_actor(), now=now())
    except ImpossibleShift as refusal:
        flash(str(refusal), "bad")
        return redirect(url_for(".role", slug=slug, key=key), 303)
    flash(_("%(role)s was removed.", role=name), "ok")
    return redirect(url_for(".roles", slug=slug), 303)


def _all_roles(event: Event, form: RoleForm) -> str:
    return render_template("shift_plan/roles.html", event=event, roles=roles_of(event), form=form)


def _one_role(known: Role, form: RoleForm) -> str:
    return render_template("shift_plan/role.html", event=known.event, role=known, form=form)


def _facts(form: RoleForm) -> RoleFacts:
    return RoleFacts(
        name=form.name.data or "",
        note=(form.note.data or "").strip() or None,
        works_changeovers=bool(form.works_changeovers.data),
        skills=form.words,
        minimum_age=form.minimum_age.data,
        never_alone=bool(form.never_alone.data),
        instructions=(form.instructions.data or "").strip() or None,
        name_es=form.name_es.data,
        note_es=(form.note_es.data or "").strip() or None,
        instructions_es=(form.instructions_es.data or "").strip() or None,
    )


def _role(slug: str, key: str) -> Role:
    return role_of(our_event(slug).id, key) or abort(404)


def _done(slug: str, known: Role, words: str) -> ResponseReturnValue:
    flash(words, "ok")
    return redirect(url_for(".roles", slug=slug, _anchor=f"role-{known.key}"), 303)
