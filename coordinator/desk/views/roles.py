"""Roles: what kinds of work there are, and what each asks of people."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...clock import now
from ...events.models import Event
from ...shifts.actions import RoleFacts, edit_role, make_role, remove_role
from ...shifts.models import Role
from ...shifts.queries import role_of, roles_of
from ...shifts.refusals import ImpossibleShift
from ...web.guard import coordinator_required
from ..forms import RoleForm
from .overview import our_event
from .signing import by_whoever
from .volunteers import bp


@bp.get("/coordinate/<slug>/volunteers/roles")
@coordinator_required
def roles(slug: str) -> ResponseReturnValue:
    """Every kind of work there is."""
    return _all_roles(our_event(slug), RoleForm(formdata=None))


@bp.post("/coordinate/<slug>/volunteers/roles")
@coordinator_required
def add_role(slug: str) -> ResponseReturnValue:
    """One more kind of work."""
    event, form = our_event(slug), RoleForm()
    if form.validate_on_submit():
        try:
            role = make_role(event, _facts(form), by=by_whoever(), now=now())
        except ImpossibleShift as refusal:
            form.name.errors = [str(refusal)]
        else:
            return _done(slug, role, _("%(role)s was added.", role=role.name))
    return _all_roles(event, form), 422


@bp.get("/coordinate/<slug>/volunteers/roles/<key>")
@coordinator_required
def role(slug: str, key: str) -> ResponseReturnValue:
    """One kind of work, to be changed."""
    known = _role(slug, key)
    values = {name: getattr(known, name) for name in RoleFacts.__slots__} | {"skills": ", ".join(known.skills)}
    return _one_role(known, RoleForm(formdata=None, data=values))


@bp.post("/coordinate/<slug>/volunteers/roles/<key>")
@coordinator_required
def change_role(slug: str, key: str) -> ResponseReturnValue:
    """Say anew what a kind of work is, and asks."""
    known, form = _role(slug, key), RoleForm()
    if form.validate_on_submit():
        try:
            edit_role(known, _facts(form), by=by_whoever(), now=now())
        except ImpossibleShift as refusal:
            form.name.errors = [str(refusal)]
        else:
            return _done(slug, known, _("%(role)s was changed.", role=known.name))
    return _one_role(known, form), 422


@bp.post("/coordinate/<slug>/volunteers/roles/<key>/removal")
@coordinator_required
def forget_role(slug: str, key: str) -> ResponseReturnValue:
    """Take out a kind of work that is nowhere in the plan."""
    known = _role(slug, key)
    name = known.name
    try:
        remove_role(known, by=by_whoever(), now=now())
    except ImpossibleShift as refusal:
        flash(str(refusal), "bad")
        return redirect(url_for(".role", slug=slug, key=key), 303)
    flash(_("%(role)s was removed.", role=name), "ok")
    return redirect(url_for(".roles", slug=slug), 303)


def _all_roles(event: Event, form: RoleForm) -> str:
    return render_template("volunteers/roles.html", event=event, roles=roles_of(event), form=form)


def _one_role(known: Role, form: RoleForm) -> str:
    return render_template("volunteers/role.html", event=known.event, role=known, form=form)


def _facts(form: RoleForm) -> RoleFacts:
    return RoleFacts(
        name=form.name.data or "",
        note=(form.note.data or "").strip() or None,
        works_changeovers=bool(form.works_changeovers.data),
        skills=form.words,
        minimum_age=form.minimum_age.data,
        never_alone=bool(form.never_alone.data),
        instructions_en=(form.instructions_en.data or "").strip() or None,
        instructions_es=(form.instructions_es.data or "").strip() or None,
    )


def _role(slug: str, key: str) -> Role:
    return role_of(our_event(slug).id, key) or abort(404)


def _done(slug: str, known: Role, words: str) -> ResponseReturnValue:
    flash(words, "ok")
    return redirect(url_for(".roles", slug=slug, _anchor=f"role-{known.key}"), 303)
