"""What a phone keeps for when it has no network: the pages of a night, and what was tapped, which it sends later.

``static/js/worker/night.js`` keeps the pages, ``static/js/waiting.js`` the taps.
"""

import json
from datetime import datetime, timedelta
from typing import Any, TypeGuard

from flask import Flask, Response, abort, request

from coordinator.core.clean_text import cleaned
from coordinator.core.json_values import JsonObject
from coordinator.events.models import Event
from coordinator.events.queries import end_of_day

from .errors import JSON, wants_json
from .guard import the_coordinator

LONGEST_KEY = 64
LONGEST_AGO = 10**10  # ms


def init_app(app: Flask) -> None:
    """Tell a script that sends a form itself where the answer leads: a browser does not let it see that.

    And let templates say until when what they show may be kept.
    """
    app.jinja_env.globals.update(kept_until=kept_until)

    @app.after_request
    def lead_there(response: Response) -> Response:
        if request.method == "POST" and response.status_code == 303 and wants_json():
            response.status_code, response.mimetype = 200, JSON
            response.set_data(json.dumps({"to": response.headers.pop("Location")}))
        return response


def may_be_kept(response: Response, event: Event, now: datetime) -> Response:
    """The page, which a phone may keep until the show's day is over, and no longer."""
    response.headers["X-Keep-Until"] = str(kept_until(event, now))
    return response


def kept_until(event: Event, now: datetime) -> int:
    """When the show's day is over, in ms since 1970, as a browser counts."""
    return int(end_of_day(event, now).timestamp() * 1000)


def kept_in_request(name: str, most: int) -> list[JsonObject]:
    """What a phone kept and now sends as JSON in a list of this name; aborts with 400 if there are more than that.

    Aborts with 401 if it is ``by`` somebody else than who is signed in on that phone by now.
    """
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        abort(400)
    listed = sent.get(name)
    if not isinstance(listed, list) or len(listed) > most:
        abort(400)
    if sent.get("by", str(the_coordinator().id)) != str(the_coordinator().id):
        abort(401)
    return [each for each in listed if isinstance(each, dict)]


def is_key(written: Any, longest: int = LONGEST_KEY) -> TypeGuard[str]:
    """Whether this can be the name that a device gave to what it sends, or another key of this length."""
    return isinstance(written, str) and 0 < len(written) <= longest and cleaned(written) == written


def was_at(ago: int, now: datetime) -> datetime:
    """The instant so many ms before ``now``; never after it, and never so long before that it is no date."""
    return now - timedelta(milliseconds=min(max(ago, 0), LONGEST_AGO))
