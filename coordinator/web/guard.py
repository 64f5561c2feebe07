"""Who may see a page and press its buttons: members of one organisation, as far as their role goes."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn, ParamSpec, cast

from flask import Flask, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from coordinator.accounts import labels
from coordinator.accounts.models import Actor, Coordinator, Via
from coordinator.accounts.permissions import Permission, may, may_run, roles_with
from coordinator.accounts.queries import members_with
from coordinator.events.models import Event
from coordinator.events.queries import event_for

from .addresses import this_page
from .errors import wants_json
from .proof import AsksAgain, ask_again

P = ParamSpec("P")

SIGN_IN = "sign_in.sign_in"
FOR_MEMBERS = ("/coordinate", "/phones")  # what stands elsewhere takes no permission


def init_app(app: Flask) -> None:
    """Let the templates ask what whoever is signed in may do, so that nobody sees a button that is refused to them.

    ``may("edit_plan")`` asks for a permission, ``may_open("overview.publication")`` for an endpoint,
    ``may_reach(url, "POST")`` for an address, ``may_run(stage_id)`` for a stage.
    """
    app.jinja_env.globals.update(may=we_may, may_open=may_open, may_reach=may_reach, may_run=we_may_run)


def needs(
    permission: Permission, *, asks_again: AsksAgain | None = None
) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Let in who has the permission; others get 403, strangers sign in and come back, or get 401 as JSON.

    ``asks_again`` says when somebody whose browser proved nothing for 30 minutes types their password first. A view
    that texts many counts its people itself, and calls ``ask_again_to_text``.
    """

    def guard(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if not signed_in():
                return _ask_who_it_is()
            if not may(the_coordinator(), permission):
                _offer_the_other(str(kwargs.get("slug", "")))
                refuse(permission)
            if asks_again is AsksAgain.ALWAYS and (asked := ask_again()) is not None:
                return asked
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.asks_again = asks_again  # type: ignore[attr-defined]
        return guarded

    return guard


def refuse(permission: Permission) -> NoReturn:
    """403, with what the person is here, who may do this, and whom to ask."""
    me = the_coordinator()
    roles = ", ".join(str(labels.ROLES_OF_MANY[role]) for role in roles_with(permission))
    names = ", ".join(each.person.name for each in members_with(me.organisation_id, roles_with(permission)[:1]))
    abort(
        403,
        _(
            "Your role at %(organisation)s is: %(role)s. This is for %(roles)s. Ask %(names)s.",
            organisation=me.organisation.name,
            role=labels.ROLES[me.role],
            roles=roles,
            names=names,
        ),
    )


def must_run(stage_id: int) -> None:
    """Refuse (403) a press for a stage that is not the stage manager's."""
    if not may_run(the_coordinator(), stage_id):
        abort(403, _("You run other stages of this show. Ask an owner to add this one to yours."))


def we_may(permission: str) -> bool:
    """Whether somebody is signed in who has the permission."""
    return signed_in() and may(the_coordinator(), Permission(permission))


def may_open(endpoint: str) -> bool:
    """Whether the page or button of this endpoint is not refused to whoever asks; everybody's are open to all."""
    permission: Permission | None = getattr(current_app.view_functions.get(endpoint), "permission", None)
    return permission is None or we_may(permission)


def we_may_run(stage_id: int) -> bool:
    """Whether somebody is signed in who presses for this stage."""
    return signed_in() and may_run(the_coordinator(), stage_id)


def may_reach(url: str, method: str = "GET") -> bool:
    """The same of an address of this app, and of a number to call; what leads elsewhere is open to all.

    A stage manager calls people from the pages of the night alone.
    """
    if url.startswith("tel:"):
        on_the_night = request.blueprint == "show_night" and we_may(Permission.RUN_NIGHT)
        return not signed_in() or on_the_night or we_may(Permission.SEE_NUMBERS)
    path = url.partition("?")[0].partition("#")[0]
    adapter = current_app.create_url_adapter(request)
    if not path.startswith(FOR_MEMBERS) or adapter is None or not signed_in() or the_coordinator().role == "owner":
        return True
    try:
        endpoint, _values = adapter.match(path, method=method)
    except (HTTPException, RequestRedirect):
        return True
    return may_open(endpoint)


def must_be_ours(organisation_id: int) -> None:
    """Abort with 403 unless the organization is the coordinator's own."""
    if our_organisation_id() != organisation_id:
        abort(403)


def our_organisation_id() -> int:
    """The organization of the signed-in coordinator; aborts with 401 if nobody is signed in."""
    return the_coordinator().organisation_id


def signed_in() -> bool:
    """Whether a coordinator is signed in."""
    return bool(_whoever().is_authenticated)


def the_coordinator() -> Coordinator:
    """The signed-in coordinator: the row itself, not Flask-Login's proxy. Aborts with 401 if nobody is signed in."""
    if not signed_in():
        abort(401)
    return cast("Coordinator", _whoever()._get_current_object())  # noqa: SLF001 - the proxy's documented way out


def current_actor(via: Via = Via.COORDINATOR) -> Actor:
    """The signed-in coordinator, as an actor for the audit log. Aborts with 401 if nobody is signed in."""
    return Actor.of(the_coordinator(), via)


def our_event(slug: str) -> Event:
    """The event with this slug if it belongs to the coordinator's organization; otherwise aborts with 404."""
    event = event_for(the_coordinator(), slug)
    if event is None:
        _offer_the_other(slug)
        abort(404)
    return event


def _offer_the_other(slug: str) -> None:
    """Answer a page of a show of another organization of the same account with the switch to it; else do nothing."""
    if request.method not in {"GET", "HEAD"} or wants_json():
        return
    others = [each for each in the_coordinator().account.active_memberships if each.id != the_coordinator().id]
    found = next(((each, event) for each in others if (event := event_for(each, slug)) is not None), None)
    if found is not None:
        page = render_template("account/elsewhere.html", member=found[0], event=found[1], back=this_page())
        abort(make_response(page, 404))


def _ask_who_it_is() -> ResponseReturnValue:
    if wants_json():
        abort(401)
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for(SIGN_IN, next=back), 303)


def _whoever() -> Any:
    return current_user
