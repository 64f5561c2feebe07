"""What follows when somebody has shown who they are."""

from flask import make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from coordinator.accounts.actions.sessions import prove
from coordinator.accounts.models import Account
from coordinator.accounts.queries import authenticator_of, member_as
from coordinator.clock import now
from coordinator.web import sessions
from coordinator.web.account_mail import tell_of_new_browser
from coordinator.web.addresses import local
from coordinator.web.browsers import is_new_to, remember_account
from coordinator.web.guard import signed_in
from coordinator.web.second_step import await_code


def let_in(account: Account) -> ResponseReturnValue:
    """After a password or a link: sign in, or ask for a code where the account has one."""
    if authenticator_of(account) is None:
        return begin(account)
    response = make_response(redirect(url_for("sign_in.code", next=request.values.get("next")), 303))
    await_code(response, account.id, now())
    return response


def begin(account: Account) -> Response:
    """Sign in: nothing more is asked. In a browser that is in already it is proof, and pages open there go on."""
    back, kept = where_to(), sessions.current_session() if signed_in() else None
    if kept is not None and kept.ended_at is None and kept.account_id == account.id:
        prove(kept, now())
        return make_response(redirect(back, 303))
    is_new = is_new_to(account, now())
    session.clear()  # a session from before signing in is not carried over
    response = make_response(redirect(back, 303))
    sessions.begin(response, member_as(account), is_new=is_new)
    if is_new:
        tell_of_new_browser(member_as(account), sessions.seen_browser(), now())
    remember_account(response, account.id, now())
    return response


def where_to() -> str:
    """Where the person was going, only within this site; else all shows."""
    return local(request.values.get("next"), otherwise=url_for("organisation.shows"))
