"""Visits every address in the app's URL map, so that a new page is tested from its first day.

A parameter without a value here fails the test with a sentence that says where to add it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from secrets import token_urlsafe
from typing import Any

from flask import Flask, current_app
from sqlalchemy import select
from werkzeug.routing import Rule

from coordinator import clock
from coordinator.accounts.actions.invitations import Invitee, invite
from coordinator.accounts.actions.sessions import SeenBrowser, begin_session
from coordinator.accounts.actions.sign_in_links import sign_in_link
from coordinator.accounts.models import Actor, Passkey
from coordinator.accounts.queries import open_invitation, open_session
from coordinator.core.board_links import BoardLinks
from coordinator.core.cover import door_token
from coordinator.core.mail_links import MailLinks
from coordinator.core.printed import line
from coordinator.db import db, transaction
from coordinator.events.models import PrintKind
from coordinator.features.printouts.actions import keep_print
from coordinator.features.report.actions import open_link
from coordinator.lineup.models import OfferKind, SlotOffer, StandIn
from coordinator.messaging.actions.calls import owe_call
from coordinator.messaging.models import Direction, Message
from coordinator.money.actions import Money, count_money
from coordinator.money.models import MoneyCount, MoneyKind
from coordinator.shifts.actions.covering import look_for_somebody
from coordinator.shifts.actions.friends import bring_friend
from coordinator.shifts.actions.kiosks import open_kiosk
from coordinator.shifts.models import AcceptedClash, CoverOffer, CoverSearch, Kiosk, Shift, SignUp, SignUpSource, Swap
from coordinator.shifts.queries.attendance import open_kiosks
from coordinator.shownight.actions.boards import make_board_key, write_message
from coordinator.shownight.actions.screens import Report, report_screen
from coordinator.shownight.models import BoardKind, BoardScreen, DeskMessage, Press
from coordinator.web.signed import sign
from tests.builders import a_person, a_sign_up, key_of
from tests.full_night import FullNight

FOR_COORDINATORS = ("/coordinate/", "/phones")
FOR_MACHINES = ("/twilio/",)

Fill = Callable[[FullNight], object]


def _held(full: FullNight) -> str:
    """The key of a spot that someone's friend is asked to accept."""
    found = select(SignUp.friends_key).where(
        SignUp.event_id == full.night.event.id, SignUp.source == SignUpSource.FRIEND
    )
    if (key := db.session.scalars(found).first()) is None:
        host = a_person("Hana Bring", organisation=full.night.organisation)
        shift_id = db.session.scalars(select(Shift.id).where(Shift.event_id == full.night.event.id)).all()[-2]
        key = bring_friend([shift_id], host, "Bo", now=datetime.now(UTC), source=SignUpSource.LINK)[0].friends_key
    return key or ""


def _a_print(full: FullNight) -> str:
    """The key on a door list that was printed before somebody's name was corrected."""
    state = {"person:1:2026-12-04": line(full.now, "Ana")}
    return keep_print(full.night.event, PrintKind.DOOR, state, made_by_id=full.alice.id, now=full.now).key


def _a_roomy_shift(full: FullNight) -> str:
    """The key of the last of the shifts with the most spots; nobody of the walk takes one of them."""
    found = select(Shift.key).where(Shift.event_id == full.night.event.id)
    return db.session.scalars(found.order_by(Shift.max.desc(), Shift.id.desc())).first() or ""


# Values of parameters: by name, or by "endpoint:name" where a name has several meanings.
PARAMETERS: Mapping[str, Fill] = {
    "slug": lambda full: full.night.event.slug,
    "static:filename": lambda full: "icons.svg",
    "sign_in.sign_in_by_token:token": lambda full: sign_in_link(full.alice.account, full.now),
    "sign_in.use_link:token": lambda full: sign_in_link(full.alice.account, full.now, sets_password=True),
    "token": lambda full: full.token(full.performer),
    "my_page.on_shift:token": lambda full: full.token(full.helper),
    "my_page.leave:token": lambda full: full.token(full.helper),
    "my_page.ask_for_cover:token": lambda full: full.token(full.helper),
    "my_page.coming:token": lambda full: full.token(full.helper),
    "my_page.swap:token": lambda full: full.token(full.helper),
    "my_page.ask_to_swap:token": lambda full: full.token(full.helper),
    "my_page.answer_swap:token": lambda full: full.token(full.helper),
    "my_page.answer_offer:token": lambda full: full.token(full.helper),
    "my_page.standby:token": lambda full: full.token(full.helper),
    "event_facts.remove_day:on": lambda full: full.night.on.isoformat(),
    "count_id": lambda full: _a_count(full),  # noqa: PLW0108
    "part": lambda full: "slots",
    "changeover.tick:part": lambda full: "stage",
    "report.shared:key": lambda full: open_link(full.night.event, actor=Actor("Alice"), now=full.now),
    "event_id": lambda full: full.night.event.id,
    "offer_id": lambda full: _an_offer(full),  # noqa: PLW0108
    "acceptance_id": lambda full: _an_acceptance(full),  # noqa: PLW0108
    "search_id": lambda full: _a_search(full).id,
    "swap_id": lambda full: _a_swap(full),  # noqa: PLW0108
    "cover.search:key": lambda full: full.shift,
    "performers.unask:key": lambda full: full.night.slot(full.act).key,
    "my_page.change:token": lambda full: full.token(full.helper),
    "my_page.alone:token": lambda full: full.token(full.helper),
    "sign_up.friend:key": _held,
    "printouts.check:key": lambda full: _a_print(full),  # noqa: PLW0108
    "asked_id": lambda full: _a_question(full),  # noqa: PLW0108
    "stand_in_id": lambda full: _a_stand_in(full),  # noqa: PLW0108
    "answer": lambda full: "withdraw",
    "slot_id": lambda full: full.night.slot(full.act).id,
    "slot_key": lambda full: full.night.slot(full.act).key,
    "stage_key": lambda full: full.night.stage.key,
    "progress": lambda full: "on",
    "place": lambda full: "side-stage",
    "overview.answer:key": lambda full: full.night.slot(full.act).key,
    "person_id": lambda full: full.night.person(full.performer).id,
    "sign_up_id": lambda full: _first(full, SignUp, SignUp.person_id == full.night.person(full.helper).id),
    **{
        f"shift_plan.{name}:key": lambda full: full.shift
        for name in ("shift", "edit", "take_back", "remove", "call_off", "put_on", "choose")
    },
    "shift_plan.free:key": _a_roomy_shift,
    **{
        f"shift_plan.{name}:key": lambda full: full.shift.rpartition("-")[0]
        for name in ("role", "change_role", "forget_role")
    },
    "way": lambda full: "small-benefit",
    "reminder_rules.change:key": lambda full: "call",
    "running_order.add:key": lambda full: full.night.stage.key,
    "event_facts.change_stage:key": lambda full: full.night.stage.key,
    **{
        f"{name}:key": lambda full: full.night.slot(full.act).key
        for name in (
            *("running_order.edit", "running_order.move", "running_order.remove", "running_order.cancel"),
            *("performers.change_act", "performers.join", "performers.leave"),
        )
    },
    "no_show_id": lambda full: _a_no_show(full),  # noqa: PLW0108 - it is defined below
    "press_id": lambda full: _first(full, Press),
    "verb": lambda full: "extend",
    "mark": lambda full: "here",
    "check_in.scan:token": lambda full: door_token(current_app.config["SECRET_KEY"], full.night.event.id, clock.now()),
    "boards.wall:key": lambda full: BoardLinks(current_app.config["SECRET_KEY"]).key(_a_board_key(full)),
    "desk_message_id": lambda full: _a_desk_message(full),  # noqa: PLW0108 - it is defined below
    "screen_id": lambda full: _a_screen(full),  # noqa: PLW0108
    "kiosk_id": lambda full: _a_kiosk(full).id,
    "check_in.start:key": lambda full: _kiosk_key(full, timedelta(hours=1)),
    "check_in.step:key": lambda full: _kiosk_key(full, timedelta(hours=1)),
    "message_id": lambda full: _first(full, Message, Message.direction == Direction.IN),
    "batch": lambda full: "no-batch",
    "session_id": lambda full: _a_session(full),  # noqa: PLW0108
    "passkey_id": lambda full: _a_passkey(full),  # noqa: PLW0108
    "account.switch:member_id": lambda full: full.alice.id,
    "member_id": lambda full: full.bob.id,
    "invitation_id": lambda full: _an_invitation(full)[0],
    "members.invitation:token": lambda full: _an_invitation(full)[1],
    "members.accept:token": lambda full: _an_invitation(full)[1],
    "call_id": lambda full: _a_call(full),  # noqa: PLW0108
    "unsubscribe.page:token": lambda full: _a_way_to_stop_emails(full),  # noqa: PLW0108
}


def _a_way_to_stop_emails(full: FullNight) -> str:
    """The end of the link in an email to someone."""
    mailed = a_person("Mia Post", organisation=full.night.organisation, email="mia@show.example")
    links = MailLinks("", current_app.config["SECRET_KEY"])
    return links.stop_address(mailed.id, "mia@show.example").rpartition("/")[2]


def _a_session(full: FullNight) -> int:
    """Another browser in which Alice is signed in."""
    token = begin_session(full.alice, SeenBrowser("127.0.0.1", "Another"), clock.now())
    found = open_session(token, clock.now())
    assert found is not None
    return found.id


def _a_passkey(full: FullNight) -> int:
    """One that signs Alice in."""
    with transaction() as session:
        passkey = Passkey(account_id=full.alice.account_id, name="Her phone", credential_id=token_urlsafe(16))
        passkey.public_key, passkey.sign_count, passkey.backed_up = "", 0, True
        passkey.created_at = passkey.last_used_at = clock.now()
        session.add(passkey)
    return passkey.id


def _an_invitation(full: FullNight) -> tuple[int, str]:
    """Ivy is invited by Alice."""
    token = invite(Invitee("ivy@show.example", "Ivy", "viewer"), full.alice, clock.now())
    found = open_invitation(token, clock.now())
    assert found is not None
    return found.id, token


def _a_call(full: FullNight) -> int:
    """Someone must call Lucía to tell her when she is on."""
    slot = full.night.slot(full.act)
    call = owe_call(
        organisation_id=full.night.organisation.id,
        event_id=full.night.event.id,
        person=full.night.person(full.performer),
        kind="new_time",
        why="too_late",
        about=slot.name,
        dedupe_key=f"walked:{slot.id}",
        now=full.now,
        useful_until=slot.starts_at,
        says_at=slot.starts_at,
        slot_id=slot.id,
    )
    db.session.flush()
    return call.id


# Queries of pages with several variants; forms are posted with the last one.
QUERIES: Mapping[str, tuple[str, ...]] = {
    "organisation.shows": ("all",),
    "show_night.show": (
        "",
        "stage=courtyard",
        "verb=late&slot={act}&by=15",
        "verb=late&slot={act}&by=other&other=7",
        "verb=cancel&slot={act}",
        "verb=extend&slot={on}&minutes=10",
        "verb=start&slot={on}&corrects=1",
        "verb=start&slot={act}&clock=25:00",
    ),
    "texts.planned": ("", "what=call&to=performers&state=waiting"),
    "texts.failed": ("", "page=2"),
    "texts.people": ("", "state=unconfirmed&to=everybody"),
    "texts.write": ("", "to=everybody", "to=volunteers"),
    "check_in.tonight": ("", "name=ana"),
    "boards.board": ("", "screen=new"),
    "sign_up.choose": ("", "shift={shift}"),
    "sign_up.details": ("shift={shift}",),
}


@dataclass(frozen=True)
class Stop:
    """One address to visit, and its method."""

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

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def stops(app: Flask, full: FullNight, method: str = "GET") -> list[Stop]:
    """Every address that accepts this method."""
    return [stop for rule in app.url_map.iter_rules() for stop in _stops_of(app, rule, full, method)]


def lost_stops(app: Flask, full: FullNight, method: str) -> Iterator[tuple[Stop, str]]:
    """Every address with one of its parameters naming nothing that exists, and the name of that parameter."""
    for rule in app.url_map.iter_rules():
        for name in sorted(rule.arguments if method in (rule.methods or ()) else ()):
            for nothing in ("no-such-thing", 2_000_000_000):
                with suppress(ValueError):  # the parameter's converter rejects it
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


def _a_board_key(full: FullNight) -> int:
    return make_board_key(full.night.event, actor=Actor("Alice"), now=full.now).id


def _a_desk_message(full: FullNight) -> int:
    """The desk says something on all boards."""
    event, until_at = full.night.event, full.now + timedelta(hours=1)
    known = db.session.scalars(select(DeskMessage.id).where(DeskMessage.event_id == event.id)).first()
    words = "Wait for the raffle"
    actor = Actor("Alice")
    return known or write_message(event, words, stage=None, until_at=until_at, actor=actor, now=full.now).id


def _a_screen(full: FullNight) -> int:
    """A television in the foyer."""
    event_id = full.night.event.id
    report_screen(event_id, Report("foyer", BoardKind.NOW_NEXT, None, "Samsung TV"), full.now)
    return _first(full, BoardScreen)


def _a_kiosk(full: FullNight) -> Kiosk:
    opened = open_kiosks(full.night.event.id)
    return opened[0] if opened else open_kiosk(full.night.event, actor=Actor("Alice"), now=full.now)


def _kiosk_key(full: FullNight, lasts: timedelta) -> str:
    kept = {"event": full.night.event.id, "kiosk": _a_kiosk(full).id}
    return sign("kiosk", kept, clock.now() + lasts)


def _first(full: FullNight, table: type[Any], *which: Any) -> int:
    """The id of the event's first row in this table."""
    own = select(table.id).where(table.event_id == full.night.event.id, *which).order_by(table.id)
    found: int | None = db.session.scalars(own).first()
    assert found is not None, f"the full night has no such {table.__name__}"
    return found


def _a_no_show(full: FullNight) -> int:
    """Creates a no-show."""
    shift = full.night.shift(full.shift)
    missed = next((each for each in shift.sign_ups if each.state == "no_show"), None)
    return (missed or a_sign_up(full.night, shift, "Nadia Quiet", state="no_show")).id


def _an_acceptance(full: FullNight) -> int:
    """Says that it is fine how the performer is on a shift too."""
    event_id = full.night.event.id
    known = db.session.scalars(select(AcceptedClash.id).where(AcceptedClash.event_id == event_id)).first()
    if known is not None:
        return known
    with transaction() as session:
        accepted = AcceptedClash(event_id=event_id, person_id=full.night.person(full.performer).id, by="Alice")
        accepted.shift_id, accepted.other_slot_id = full.night.shift(full.shift).id, full.night.slot(full.act).id
        accepted.kind, accepted.minutes, accepted.accepted_at = "same_time", 20, full.now
        session.add(accepted)
    return accepted.id


def _a_search(full: FullNight) -> CoverSearch:
    """Creates a search for a replacement."""
    known = db.session.scalars(select(CoverSearch).where(CoverSearch.event_id == full.night.event.id)).first()
    return known or look_for_somebody(full.night.shift("clean-up-4"), None, actor=Actor("Alice"), now=full.now)


def _an_offer(full: FullNight) -> int:
    """Creates an offer of a spot to the helper."""
    search, person = _a_search(full), full.night.person(full.helper)
    known = next((each for each in search.offers if each.person_id == person.id), None)
    if known is None:
        with transaction() as session:
            known = CoverOffer(event_id=search.event_id, search_id=search.id, person_id=person.id, source="standby")
            known.wave, known.offered_at, known.expires_at = 1, full.now, full.now + timedelta(hours=3)
            session.add(known)
    return known.id


def _a_question(full: FullNight) -> int:
    """Asks the act of the walk to start earlier."""
    slot = full.night.slot(full.act)
    known = db.session.scalars(select(SlotOffer).where(SlotOffer.slot_id == slot.id)).first()
    if known is None and slot.act is not None:
        with transaction() as session:
            known = SlotOffer(event_id=slot.event_id, kind=OfferKind.FORWARD, slot=slot, act=slot.act, asked_by="Alice")
            known.starts_at, known.length, known.asked_at = slot.starts_at - timedelta(hours=1), slot.length, full.now
            session.add(known)
    assert known is not None
    return known.id


def _a_stand_in(full: FullNight) -> int:
    """Puts the act of the walk on the list of stand-ins."""
    act = full.night.slot(full.act).act
    assert act is not None
    known = db.session.scalars(select(StandIn).where(StandIn.act_id == act.id)).first()
    if known is None:
        with transaction() as session:
            length = timedelta(minutes=20)
            known = StandIn(event_id=act.event_id, act=act, minutes_away=15, length=length, gear="One mic, one DI")
            session.add(known)
    return known.id


def _a_count(full: FullNight) -> int:
    """A sum that waits for its second count."""
    found = select(MoneyCount.id).where(MoneyCount.event_id == full.night.event.id, MoneyCount.confirmed_at.is_(None))
    if (known := db.session.scalars(found).first()) is not None:
        return known
    bob, note = Actor("Bob", full.bob.id), "Front door, 8:30"
    return count_money(
        full.night.event, Money(MoneyKind.CASH, note=note), Decimal(120), "BO", actor=bob, now=full.now
    ).id


def _a_swap(full: FullNight) -> int:
    """Creates a proposal to trade shifts with the helper."""
    known = db.session.scalars(select(Swap).where(Swap.event_id == full.night.event.id)).first()
    if known is None:
        theirs = next(each for each in full.night.shift(full.shift).sign_ups if each.person.name == full.helper)
        with transaction() as session:
            mine = full.night.shift("stage-help-3").sign_ups[0]
            known = Swap(event_id=mine.event_id, mine_id=mine.id, theirs_id=theirs.id, asked_at=full.now)
            session.add(known)
    return known.id
