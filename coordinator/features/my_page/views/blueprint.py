"""The blueprint of these pages, and whose page is asked for."""

from typing import Any

from flask import Blueprint, abort, g
from flask_babel import gettext as _

from coordinator.clock import now
from coordinator.people.queries import person_by_link, was_a_link
from coordinator.services import services
from coordinator.shifts.queries.past import person_on_page
from coordinator.web.languages import speak

bp = Blueprint("my_page", __name__)


@bp.url_value_preprocessor
def find_person(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Find the person before any view runs: a link that opens nobody's page goes no further."""
    if values is None or "token" not in values:
        return
    token, links = str(values["token"]), services().links
    g.me = person_on_page(links, token, now())
    if g.me is None and (was_a_link(links, token) or person_by_link(links, token)):
        abort(410, _("This link was replaced or ended. Check our latest message, or ask whoever runs the show."))
    if g.me is None:
        abort(404, _("This link is incomplete. Open it from our message again, or ask whoever runs the show."))
    speak(g.me.language)
