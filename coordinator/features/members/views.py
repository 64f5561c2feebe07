"""The members of an organization: who they are, what they may do; inviting, changing and removing them."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, flash, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.actions.accounts import AlreadyAMember
from coordinator.accounts.actions.invitations import (
    Acceptance,
    Invitee,
    SignInFirst,
    accept_invitation,
    invite,
    withdraw_invitation,
)
from coordinator.accounts.actions.members import LastOwner, change_role, remove_member
from coordinator.accounts.actions.passwords import PasswordTooCommon
from coordinator.accounts.actions.sign_in_links import LinkIsOver
from coordinator.accounts.models import AccountRole, Coordinator, Invitation
from coordinator.accounts.permissions import Permission
from coordinator.accounts.queries import account_by_email, coordinators_of, open_invitation, open_invitations
from coordinator.clock import now
from coordinator.events.queries import events_of
from coordinator.messaging.mail import NotMailed
from coordinator.people.actions.consent import agree_to_texts
from coordinator.people.actions.emails import NotAnEmail
from coordinator.people.actions.phones import NotAPhone, parse_phone
from coordinator.services import services
from coordinator.web import sessions
from coordinator.web.account_mail import tell_of_removal, tell_of_role
from coordinator.web.browsers import remember_account
from coordinator.web.guard import current_actor, needs, our_organisation_id, signed_in, the_coordinator
from coordinator.web.proof import AsksAgain

from .forms import AGREED, AcceptForm, InviteForm, NewAccountForm, RoleForm

bp = Blueprint("members", __name__)


@bp.get("/coordinate/organisation/members")
@needs(Permission.MANAGE_MEMBERS)
def members() -> ResponseReturnValue:
    """All members, open invitations, and the form that invites."""
    return _page(InviteForm(_stages(), formdata=None))


@bp.post("/coordinate/organisation/invitations")
@needs(Permission.MANAGE_MEMBERS, asks_again=AsksAgain.ALWAYS)
def send_invitation() -> ResponseReturnValue:
    """Invite someone: by email where emails are sent, else by a link that the owner hands on."""
    form = InviteForm(_stages())
    if form.validate_on_submit():
        me, email = the_coordinator(), (form.email.data or "").strip()
        invitee = Invitee(email, form.name.data or "", form.role.data, form.stage_ids)
        try:
            token = invite(invitee, me, now())
        except (AlreadyAMember, NotAnEmail) as refusal:
            form.email.errors = [str(refusal)]
        else:
            link = f"{services().settings.public_url}{url_for('members.invitation', token=token)}"
            if _mailed(email, link, me):
                flash(_("The invitation was sent to %(email)s.", email=email), "ok")
                return redirect(url_for(".members"), 303)
            return _page(InviteForm(_stages(), formdata=None), link=link, invited=invitee.name)
    return _page(form), 422


@bp.post("/coordinate/organisation/invitations/<int:invitation_id>/withdrawal")
@needs(Permission.MANAGE_MEMBERS, asks_again=AsksAgain.ALWAYS)
def withdraw(invitation_id: int) -> ResponseReturnValue:
    """Its link works no more."""
    found = next((each for each in open_invitations(our_organisation_id(), now()) if each.id == invitation_id), None)
    withdraw_invitation(found or abort(404), now(), actor=current_actor())
    flash(_("The invitation was withdrawn."), "ok")
    return redirect(url_for(".members"), 303)


@bp.post("/coordinate/organisation/members/<int:member_id>")
@needs(Permission.MANAGE_MEMBERS, asks_again=AsksAgain.ALWAYS)
def change(member_id: int) -> ResponseReturnValue:
    """Give a member another role."""
    member, form = _member(member_id), RoleForm(_stages(), prefix=f"m{member_id}")
    if not form.validate_on_submit():
        abort(400)
    try:
        change_role(member, form.role.data, form.stage_ids, now(), actor=current_actor())
    except LastOwner as refusal:
        flash(str(refusal), "bad")
    else:
        flash(_("%(name)s has a new role.", name=member.person.name), "ok")
        if member.id != the_coordinator().id:
            tell_of_role(member)
    return redirect(url_for("organisation.shows" if member.id == the_coordinator().id else ".members"), 303)


@bp.post("/coordinate/organisation/members/<int:member_id>/removal")
@needs(Permission.MANAGE_MEMBERS, asks_again=AsksAgain.ALWAYS)
def remove(member_id: int) -> ResponseReturnValue:
    """Remove a member, who is signed out at once."""
    member = _member(member_id)
    try:
        remove_member(member, now(), actor=current_actor())
    except LastOwner as refusal:
        flash(str(refusal), "bad")
    else:
        flash(_("%(name)s was removed.", name=member.person.name), "ok")
        tell_of_removal(member)
    return redirect(url_for(".members"), 303)


@bp.get("/invitations/<token>")
def invitation(token: str) -> ResponseReturnValue:
    """What is offered, by whom, and the form that accepts it."""
    found = open_invitation(token, now())
    if found is None:
        return render_template("members/link_is_over.html"), 410
    return _offer(found, _form_for(found))


@bp.post("/invitations/<token>")
def accept(token: str) -> ResponseReturnValue:
    """Become a member, and sign in."""
    found = open_invitation(token, now())
    if found is None:
        return render_template("members/link_is_over.html"), 410
    form = _form_for(found)
    if form.validate_on_submit():
        account = the_coordinator().account if signed_in() else None
        try:
            phone = parse_phone(form.phone.data) if form.phone.data else None
            password = form.password.data if isinstance(form, NewAccountForm) else None
            member = accept_invitation(token, account, Acceptance(form.name.data or "", phone, password), now())
        except NotAPhone as refusal:
            form.phone.errors = [str(refusal)]
        except PasswordTooCommon as refusal:
            form["password"].errors = [str(refusal)]
        except SignInFirst:
            return redirect(url_for("sign_in.sign_in", next=url_for(".invitation", token=token)), 303)
        except LinkIsOver:
            return render_template("members/link_is_over.html"), 410
        else:
            return _welcome(member, agreed=bool(phone and form.agreed.data), is_new=account is None)
    return _offer(found, form), 422


def _welcome(member: Coordinator, *, agreed: bool, is_new: bool) -> ResponseReturnValue:
    if agreed:
        agree_to_texts(member.person, "invitation", str(AGREED), now())
    session.clear()
    flash(_("Welcome to %(name)s.", name=member.organisation.name), "ok")
    response = make_response(redirect(url_for("organisation.shows"), 303))
    sessions.begin(response, member, proves=is_new)
    remember_account(response, member.account_id, now())
    return response


def _form_for(found: Invitation) -> AcceptForm:
    form = AcceptForm if account_by_email(found.email) is not None else NewAccountForm
    return form(name=found.name)


def _offer(found: Invitation, form: AcceptForm) -> str:
    known = account_by_email(found.email)
    is_here = signed_in() and known is not None and the_coordinator().account_id == known.id
    return render_template("members/invitation.html", invitation=found, form=form, must_sign_in=known and not is_here)


def _mailed(email: str, link: str, by: Coordinator) -> bool:
    """Whether the invitation went by email; the owner hands the link on if it didn't."""
    mailer = services().mailer
    if not mailer.is_set_up:
        return False
    names = {"name": by.person.name, "organisation": by.organisation.name}
    subject = _("%(name)s invites you to %(organisation)s", **names)
    words = _("%(name)s invites you to help run the shows of %(organisation)s. Open this link within a week:", **names)
    try:
        mailer.send(email, subject, f"{words}\n\n{link}\n")
    except NotMailed as fault:
        current_app.logger.warning("an invitation was not mailed: %s", fault)
        flash(_("The email couldn't be sent. Hand the link on yourself."), "bad")
        return False
    return True


def _stages() -> list[tuple[int, str]]:
    """The stages of all shows that are not over, each with its show's name."""
    shows = [event for event in events_of(our_organisation_id()) if event.plan_until_at and event.plan_until_at > now()]
    return [(stage.id, f"{event.title}: {stage.name}") for event in shows for stage in event.stages]


def _member(member_id: int) -> Coordinator:
    return next((each for each in coordinators_of(our_organisation_id()) if each.id == member_id), None) or abort(404)


def _page(form: InviteForm, *, link: str = "", invited: str = "") -> str:
    everyone, stages = coordinators_of(our_organisation_id()), _stages()
    roles = {
        each.id: RoleForm(stages, formdata=None, prefix=f"m{each.id}", role=each.role, stages=each.stage_ids or [])
        for each in everyone
    }
    return render_template(
        "members/members.html",
        me=the_coordinator(),
        members=everyone,
        roles=roles,
        invitations=open_invitations(our_organisation_id(), now()),
        form=form,
        link=link,
        invited=invited,
        stages=dict(stages),
        all_roles=list(AccountRole),
        lonely=[each.role for each in everyone].count("owner") == 1,
    )
