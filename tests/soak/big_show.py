"""A show of 200 acts and 200 shifts, two of them on, and its longest pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from flask.testing import FlaskClient

from config import Settings
from coordinator import create_app
from coordinator.accounts.models import Coordinator
from coordinator.db import db
from coordinator.web.session_cookie import COOKIE
from tests.builders import sign_in
from tests.full_night import a_long_night

SIZE: Final = 200
OF_COORDINATORS: Final = ("", "/show", "/order", "/volunteers", "/volunteers/grid", "/volunteers/risk", "/texts/people")


@dataclass(frozen=True)
class BigShow:
    """Its settings, the paths of its longest pages, and the cookie of Alice, who may open all of them.

    ``public_paths`` need no cookie; they read the most rows in the least time.
    """

    settings: Settings
    public_paths: Sequence[str]
    paths: Sequence[str]
    cookie: str


def a_big_show(settings: Settings, size: int = SIZE) -> BigShow:
    """Saved in this database, which must be migrated and empty."""
    app = create_app(settings)
    with app.app_context():
        full = a_long_night(datetime.now(UTC), size)
        slug, token = full.night.event.slug, full.token(full.performer)
        cookie = _cookie(app.test_client(), full.alice)
        for engine in db.engines.values():
            engine.dispose()
    public = [f"/e/{slug}", f"/e/{slug}/volunteer"]
    others = [f"/me/{token}", *(f"/coordinate/{slug}{path}" for path in OF_COORDINATORS)]
    return BigShow(settings, public, [path for other in others for path in (*public, other)], cookie)


def _cookie(client: FlaskClient, coordinator: Coordinator) -> str:
    """The cookie header of a browser in which this coordinator is signed in."""
    sign_in(client, coordinator)
    kept = client.get_cookie(COOKIE)
    assert kept is not None
    return f"{kept.key}={kept.value}"
