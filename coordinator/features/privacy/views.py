"""The privacy and terms pages of this installation, made of its own settings and readable by everybody."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from coordinator.services import services

from .queries import hosts

bp = Blueprint("privacy", __name__)


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    """What is kept about performers and volunteers, why, for how long, and what they can do about it."""
    return _page("privacy/privacy.html")


@bp.get("/terms")
def terms() -> ResponseReturnValue:
    """What texts people agree to get: from whom, what for, how often, and how they end."""
    return _page("privacy/terms.html")


def _page(template: str) -> str:
    return render_template(template, hosts=hosts(), contact=services().settings.security_contact)
