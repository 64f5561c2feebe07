"""Showing again whose browser this is."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coordinator.web.addresses import local
from coordinator.web.guard import signed_in
from coordinator.web.proof import ask_again

from .blueprint import bp


@bp.route("/sign-in/again", methods=["GET", "POST"])
def again() -> ResponseReturnValue:
    """Ask, then go on to the page that made us ask; a file is offered, as it opens no page."""
    going = local(request.args.get("next"), otherwise="")
    if not signed_in():
        return redirect(url_for(".sign_in", next=going or None), 303)
    asked = ask_again()
    if asked is not None:
        return asked
    if going and not going.partition("?")[0].endswith(".csv"):
        return redirect(going, 303)
    return render_template("sign_in/proved.html", file=going)
