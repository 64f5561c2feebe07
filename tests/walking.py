"""A walk over every address of the app, taken from its own map, so that a new page is walked the day it is written.

A parameter that the walk cannot fill in fails the test with a sentence that says where to teach it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import select
from werkzeug.routing import Rule

from coordinator import clock
from coordinator.accounts.actions import sign_in_link
from coordinator.core.cover import door_token
from coordinator.db import db, transaction
from coordinator.messaging.models import Message
from coordinator.shifts.actions import bring_friend, look_for_somebody, open_kiosk
from coordinator.shifts.models import CoverOffer, CoverSearch, Kiosk, Shift, SignUp, Swap
from coordinator.shifts.queries import open_kiosks
from coordinator.shownight.actions import By
from coordinator.shownight.models import Press
from coordinator.web.sealed import seal
from tests.builders import a_person, a_sign_up, key_of
from tests.full_night import FullNight

FOR_COORDINATORS = ("/coordinate/", "/phones")
FOR_MACHINES = ("/twilio/",)
FOR_ONE_PERSON = ("/me/",)

Fill = Callable[[FullNight], object]


def _held(full: FullNight) -> str:
    """The key of a place that somebody's friend is asked to say yes to."""
    found = select(SignUp.friends).where(SignUp.event_id == full.night.event.id, SignUp.how == "friend")
    if (key := db.session.scalars(found).first()) is None:
        host = a_person("Hana Bring", organisation=full.night.organisation)
        shift_id = db.session.scalars(select(Shift.id).where(Shift.event_id == full.night.event.id)).all()[-2]
        key = bring_friend([shift_id], host, "Bo", now=datetime.now(UTC), how="link")[0].friends
    return key or ""


# What stands for a parameter: by its name, or by "endpoint:name" where one name means different things.
PARAMETERS: Mapping[str, Fill] = {
    "slug": lambda full: full.night.event.slug,
    "static:filename": lambda full: "icons.svg",
    "accounts.sign_in_by_token:token": lambda full: sign_in_link(full.alice, full.now, sets_password=True),
    "accounts.choose_password:token": lambda full: sign_in_link(full.alice, full.now, sets_password=True),
    "token": lambda full: full.token(full.performer),
    "me.on_shift:token": lambda full: full.token(full.helper),
    "me.leave:token": lambda full: full.token(full.helper),
    "my_cover.ask:token": lambda full: full.token(full.helper),
    "my_cover.coming:token": lambda full: full.token(full.helper),
    "my_cover.swap:token": lambda full: full.token(full.helper),
    "my_cover.ask_to_swap:token": lambda full: full.token(full.helper),
    "my_cover.answer_swap:token": lambda full: full.token(full.helper),
    "my_cover.answer:token": lambda full: full.token(full.helper),
    "my_cover.standby:token": lambda full: full.token(full.helper),
    "event_id": lambda full: full.night.event.id,
    "offer_id": lambda full: _an_offer(full),  # noqa: PLW0108
    "search_id": lambda full: _a_search(full).id,
    "swap_id": lambda full: _a_swap(full),  # noqa: PLW0108
    "cover.search:key": lambda full: full.shift,
    "me.change:token": lambda full: full.token(full.helper),
    "me.alone:token": lambda full: full.token(full.helper),
    "sign_up.friend:key": _held,
    "slot_id": lambda full: full.night.slot(full.act).id,
    "slot_key": lambda full: full.night.slot(full.act).key,
    "desk.answer:key": lambda full: full.night.slot(full.act).key,
    "person_id": lambda full: full.night.person(full.performer).id,
    "sign_up_id": lambda full: _first(full, SignUp, SignUp.person_id == full.night.person(full.helper).id),
    **{f"volunteers.{name}:key": lambda full: full.shift for name in ("shift", "edit", "remove", "call_off", "put_on")},
    **{
        f"volunteers.{name}:key": lambda full: full.shift.rpartition("-")[0]
        for name in ("role", "change_role", "forget_role")
    },
    "way": lambda full: "small-benefit",
    "rules.change:key": lambda full: "call",
    "lineup.add:key": lambda full: full.night.stage.key,
    "lineup.change_stage:key": lambda full: full.night.stage.key,
    **{
        f"lineup.{name}:key": lambda full: full.night.slot(full.act).key
        for name in ("edit", "move", "remove", "cancel", "change_act", "join", "leave")
    },
    "no_show_id": lambda full: _a_no_show(full),  # noqa: PLW0108 - it stands below
    "press_id": lambda full: _first(full, Press),
    "verb": lambda full: "extend",
    "mark": lambda full: "here",
    "door.scan:token": lambda full: door_token(current_app.config["SECRET_KEY"], full.night.event.id, clock.now()),
    "kiosk_id": lambda full: _a_kiosk(full).id,
    "kiosk.start:key": lambda full: _kiosk_key(full, timedelta(hours=1)),
    "kiosk.step:key": lambda full: _kiosk_key(full, timedelta(hours=1)),
    "message_id": lambda full: _first(full, Message, Message.direction == "in"),
    "batch": lambda full: "no-batch",
}

# What is asked after the path, where a page has more than one face; a form is posted to the last of them.
QUERIES: Mapping[str, tuple[str, ...]] = {
    "desk.shows": ("all",),
    "show.show": (
        "",
        "stage=courtyard",
        "verb=late&slot={act}&minutes=15",
        "verb=late&slot={act}&minutes=other&other=7",
        "verb=cancel&slot={act}",
        "verb=extend&slot={on}&minutes=10",
    ),
    "texts.planned": ("", "what=call&to=performers&state=waiting"),
    "texts.failed": ("", "page=2"),
    "texts.people": ("", "state=unconfirmed&to=everybody"),
    "texts.write": ("", "to=everybody", "to=volunteers"),
    "sheet.tonight": ("", "name=ana"),
    "sign_up.choose": ("", "shift={shift}"),
    "sign_up.details": ("shift={shift}",),
}


@dataclass(frozen=True)
class Stop:
    """One address on the walk, with the method it is asked by."""

    endpoint: str
    method: str
    path: str
    rule: str
    parameters: tuple[str, ...]

    @property
    def for_coordinators(self) -> bool:
        return self.rule.startswith(FOR_COORDINATORS)

    @property
    def for_machines(self) -> bool:
        return self.rule.startswith(FOR_MACHINES)

    @property
    def for_one_person(self) -> bool:
        return self.rule.startswith(FOR_ONE_PERSON)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def stops(app: Flask, full: FullNight, method: str = "GET") -> list[Stop]:
    """Every address that answers this method."""
    return [stop for rule in app.url_map.iter_rules() for stop in _stops_of(app, rule, full, method)]


def lost_stops(app: Flask, full: FullNight, method: str) -> Iterator[tuple[Stop, str]]:
    """Every address with one of its parameters naming nothing that exists, and the name of that parameter."""
    for rule in app.url_map.iter_rules():
        for name in sorted(rule.arguments if method in (rule.methods or ()) else ()):
            for nothing in ("no-such-thing", 2_000_000_000):
                with suppress(ValueError):  # this parameter cannot even be written so
                    yield _stop(app, rule, _filled(rule, full) | {name: nothing}, method, ""), name
                    break


def _stops_of(app: Flask, rule: Rule, full: FullNight, method: str) -> list[Stop]:
    if method not in (rule.methods or ()):
        return []
    queries = QUERIES.get(rule.endpoint, ("",)) if method == "GET" else QUERIES.get(rule.endpoint, ("",))[-1:]
    keys = {"act": key_of(full.act), "on": key_of(full.on), "shift": full.shift}
    return [_stop(app, rule, _filled(rule, full), method, query.format(**keys)) for query in queries]


def _stop(app: Flask, rule: Rule, values: Mapping[str, object], method: str, query: str) -> Stop:
    with app.test_request_context():
        path = app.url_map.bind("localhost").build(rule.endpoint, values, method)
    asked = f"{path}?{query}" if query else path
    return Stop(rule.endpoint, method, asked, rule.rule, tuple(sorted(rule.arguments)))


def _filled(rule: Rule, full: FullNight) -> dict[str, object]:
    return {name: _fill(rule.endpoint, name)(full) for name in rule.arguments}


def _fill(endpoint: str, name: str) -> Fill:
    fill = PARAMETERS.get(f"{endpoint}:{name}") or PARAMETERS.get(name)
    assert fill, (
        f"No test walks over {endpoint}: say in PARAMETERS of tests/walking.py what stands for its <{name}>, "
        f'as "{name}" or "{endpoint}:{name}".'
    )
    return fill


def _a_kiosk(full: FullNight) -> Kiosk:
    opened = open_kiosks(full.night.event.id)
    return opened[0] if opened else open_kiosk(full.night.event, by=By("Alice"), now=full.now)


def _kiosk_key(full: FullNight, lasts: timedelta) -> str:
    kept = {"event": full.night.event.id, "kiosk": _a_kiosk(full).id}
    return seal("kiosk", kept, clock.now() + lasts)


def _first(full: FullNight, table: type[Any], *which: Any) -> int:
    """The id of the event's first row of this table."""
    own = select(table.id).where(table.event_id == full.night.event.id, *which).order_by(table.id)
    found: int | None = db.session.scalars(own).first()
    assert found is not None, f"the full night has no such {table.__name__}"
    return found


def _a_no_show(full: FullNight) -> int:
    """Somebody who did not come, made on the way."""
    shift = full.night.shift(full.shift)
    missed = next((each for each in shift.sign_ups if each.state == "no_show"), None)
    return (missed or a_sign_up(full.night, shift, "Nadia Quiet", state="no_show")).id


def _a_search(full: FullNight) -> CoverSearch:
    """Somebody is looked for, made on the way."""
    known = db.session.scalars(select(CoverSearch).where(CoverSearch.event_id == full.night.event.id)).first()
    return known or look_for_somebody(full.night.shift("clean-up-4"), None, by=By("Alice"), now=full.now)


def _an_offer(full: FullNight) -> int:
    """A place is offered to the helper, made on the way."""
    search, person = _a_search(full), full.night.person(full.helper)
    known = next((each for each in search.offers if each.person_id == person.id), None)
    if known is None:
        with transaction() as session:
            known = CoverOffer(event_id=search.event_id, search_id=search.id, person_id=person.id, source="standby")
            known.wave, known.offered_at, known.expires_at = 1, full.now, full.now + timedelta(hours=3)
            session.add(known)
    return known.id


def _a_swap(full: FullNight) -> int:
    """Somebody would swap with the helper, made on the way."""
    known = db.session.scalars(select(Swap).where(Swap.event_id == full.night.event.id)).first()
    if known is None:
        theirs = next(each for each in full.night.shift(full.shift).sign_ups if each.person.name == full.helper)
        with transaction() as session:
            mine = full.night.shift("stage-help-3").sign_ups[0]
            known = Swap(event_id=mine.event_id, mine_id=mine.id, theirs_id=theirs.id, asked_at=full.now)
            session.add(known)
    return known.id
