"""Who may see a page: coordinators, and of one organisation only."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, cast

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from .errors import wants_json

if TYPE_CHECKING:
    from ..accounts.models import Coordinator

P = ParamSpec("P")

SIGN_IN = "accounts.sign_in"


def coordinator_required(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Let coordinators in; send others to sign in and back, or answer 401 to who asked for JSON."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if signed_in():
            return view(*args, **kwargs)
        if wants_json():
            abort(401)
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for(SIGN_IN, next=back), 303)

    guarded.coordinators_only = True  # type: ignore[attr-defined]
    return guarded


def must_be_ours(organisation_id: int) -> None:
    """Refuse (403) what belongs to another organisation than the coordinator's."""
    if our_organisation_id() != organisation_id:
        abort(403)


def our_organisation_id() -> int:
    """The organisation of the coordinator who is signed in; 401 when nobody is."""
    return the_coordinator().organisation_id


def signed_in() -> bool:
    """Whether a coordinator is signed in."""
    return bool(_whoever().is_authenticated)


def the_coordinator() -> Coordinator:
    """Who is signed in: the row itself, not Flask-Login's stand-in for it. 401 when nobody is."""
    if not signed_in():
        abort(401)
    return cast("Coordinator", _whoever()._get_current_object())  # noqa: SLF001 - the proxy's documented way out


def _whoever() -> Any:
    return current_user
