"""Which of the due texts go out, and what becomes of those that must not."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import pytest
from flask import Flask

from coordinator.accounts.models import Actor, AuditEntry
from coordinator.core.personal_links import LinkOwner
from coordinator.db import db, transaction
from coordinator.messaging.actions.alarms import raise_alarm
from coordinator.messaging.actions.consent import stop_texts
from coordinator.messaging.actions.dispositions import Hold
from coordinator.messaging.actions.holding import pause_all_texts, release_held, release_paused, resume_all_texts
from coordinator.messaging.gateway import OutgoingText, RecordingGateway
from coordinator.messaging.models import AlarmKind, Message
from tests.builders import a_coordinator, a_night, a_person, minutes
from tests.messaging.posting import a_text, bodies, send_due, state, story


def test_what_is_due_leaves_and_what_is_not_waits(app: Flask) -> None:
    night = a_night()
    josh, carlos = night.person("Josh Granowski"), night.person("Carlos Lumbi")
    now = night.at("19:45")
    due = a_text(night, josh, "Josh", due_at=now, useful_until=night.at("20:00"))
    later = a_text(night, carlos, "Carlos", due_at=now + minutes(0.1))
    gateway = RecordingGateway()

    tried = send_due(gateway, now)

    assert tried == 1
    assert gateway.texts == [OutgoingText(due.id, josh.phone or "", "Josh", 900, LinkOwner(josh.id, 1))]
    assert (state(due), state(later)) == ("accepted", "waiting")


def test_the_text_that_loses_its_use_first_leaves_first_and_those_that_never_do_last(app: Flask) -> None:
    night = a_night()
    now = night.at("19:00")
    for name, until in (("Josh Granowski", None), ("Carlos Lumbi", "20:30"), ("The Poor Nobodys", "20:00")):
        a_text(night, night.person(name), name, due_at=now, useful_until=until and night.at(until))
    gateway = RecordingGateway()

    send_due(gateway, now)

    assert bodies(gateway) == ["The Poor Nobodys", "Carlos Lumbi", "Josh Granowski"]


@pytest.mark.parametrize(
    ("kind", "at", "goes"),
    [
        ("reminder", "19:59:00", True),
        ("reminder", "19:59:01", False),
        ("new_time", "20:00", True),
        ("new_time", "20:00:01", False),
    ],
)
def test_a_text_past_its_use_expires_and_a_reminder_a_minute_before(
    app: Flask, kind: str, at: str, *, goes: bool
) -> None:
    night = a_night()
    message = a_text(
        night, night.person("Josh Granowski"), kind=kind, due_at=night.at("19:30"), useful_until=night.at("20:00")
    )
    gateway = RecordingGateway()

    send_due(gateway, night.at(at))

    assert len(gateway.texts) == goes
    assert (state(message), message.error) == (("accepted", None) if goes else ("expired", "too_late"))


@pytest.mark.parametrize(
    ("kind", "columns", "fate"),
    [
        ("reminder", {"phone": None}, ("stopped", "no_phone")),
        ("reminder", {"agreed": False}, ("stopped", "not_agreed")),
        ("digest", {"agreed": False}, ("stopped", "not_agreed")),
        ("code", {"agreed": False}, ("accepted", None)),
        ("echo", {"agreed": False}, ("accepted", None)),
        ("reply", {"agreed": False}, ("accepted", None)),
    ],
)
def test_nobody_is_texted_who_has_not_agreed_but_everybody_is_answered(
    app: Flask, kind: str, columns: dict[str, object], fate: tuple[str, str | None]
) -> None:
    night = a_night()
    ana = a_person(organisation=night.organisation, **columns)  # type: ignore[arg-type]
    message = a_text(night, ana, kind=kind, due_at=night.at("12:00"))

    send_due(RecordingGateway(), night.at("12:00"))

    assert (state(message), message.error) == fate


def test_a_number_that_wants_no_texts_gets_none_of_any_kind(app: Flask) -> None:
    night = a_night()
    josh = night.person("Josh Granowski")
    messages = [a_text(night, josh, kind=kind, due_at=night.at("12:00")) for kind in ("reminder", "code", "echo")]
    gateway = RecordingGateway()
    stop_texts(josh.phone or "", sender=gateway.sender, cause="STOP", now=night.at("11:00"))

    send_due(gateway, night.at("12:00"))

    assert gateway.texts == []
    assert [state(message) for message in messages] == ["stopped", "stopped", "stopped"]


def test_an_opt_out_from_another_sender_does_not_count(app: Flask) -> None:
    night = a_night()
    josh = night.person("Josh Granowski")
    a_text(night, josh, due_at=night.at("12:00"))
    stop_texts(josh.phone or "", sender="+12125550199", cause="STOP", now=night.at("11:00"))
    gateway = RecordingGateway()

    send_due(gateway, night.at("12:00"))

    assert len(gateway.texts) == 1


def test_a_text_follows_the_person_to_a_new_number_but_a_code_does_not(app: Flask) -> None:
    night = a_night()
    josh = night.person("Josh Granowski")
    a_text(night, josh, "reminder", due_at=night.at("12:00"))
    a_text(night, josh, "code", kind="code", phone="+12125550177", due_at=night.at("12:00"))
    with transaction():
        josh.phone = "+12125550188"
    gateway = RecordingGateway()

    send_due(gateway, night.at("12:00"))

    assert {text.body: text.to for text in gateway.texts} == {"reminder": "+12125550188", "code": "+12125550177"}


class HoldAll:
    """Holds every text, and remembers which it was asked about."""

    def __init__(self, reason: str, until: datetime | None) -> None:
        self.why = Hold(reason, until)
        self.asked: list[list[str]] = []

    def __call__(self, messages: Sequence[Message], now: datetime) -> Mapping[int, Hold]:
        self.asked.append([message.body for message in messages])
        return {message.id: self.why for message in messages}


def test_a_text_in_quiet_hours_is_held_until_they_end(app: Flask) -> None:
    night = a_night()
    message = a_text(night, night.person("Josh Granowski"), due_at=night.at("02:00"))
    gateway, wakes_at = RecordingGateway(), night.at("08:00")

    send_due(gateway, night.at("02:00"), hold=HoldAll("quiet hours", wakes_at))
    held = (state(message), message.held_until)
    released = [release_held(wakes_at - minutes(1)), release_held(wakes_at)]
    send_due(gateway, wakes_at)

    assert held == ("held", wakes_at)
    assert released == [0, 1]
    assert [after for after, _ in story(message)] == ["waiting", "held", "waiting", "sending", "accepted"]


def test_a_text_that_would_be_held_beyond_its_use_expires_at_once(app: Flask) -> None:
    night = a_night()
    message = a_text(
        night, night.person("Josh Granowski"), due_at=night.at("02:00"), useful_until=night.at("08:00") + minutes(0.5)
    )

    send_due(RecordingGateway(), night.at("02:00"), hold=HoldAll("quiet hours", night.at("08:00")))

    assert (state(message), message.error) == ("expired", "held_too_long")


def test_a_paused_text_waits_until_the_pause_is_lifted(app: Flask) -> None:
    night, other = a_night(), a_night(slug="another")
    message = a_text(night, night.person("Josh Granowski"), due_at=night.at("12:00"))
    send_due(RecordingGateway(), night.at("12:00"), hold=HoldAll("paused", None))

    released = [
        release_held(night.at("23:00")),
        release_paused(event_id=other.event.id, now=night.at("13:00")),
        release_paused(event_id=night.event.id, now=night.at("13:00")),
    ]

    assert released == [0, 0, 1]
    assert state(message) == "waiting"


def test_a_pause_of_everything_holds_all_texts_of_one_organisation_codes_too(app: Flask) -> None:
    night, other = a_night(), a_night(slug="elsewhere")
    now, josh = night.at("12:00"), night.person("Josh Granowski")
    held = a_text(night, josh, kind="note", due_at=now)
    code = a_text(night, josh, kind="code", due_at=now)
    without_a_show = a_text(night, josh, kind="echo", due_at=now)
    with transaction():
        without_a_show.event_id = None
    elsewhere = a_text(other, other.person("Josh Granowski"), kind="note", due_at=now)

    alice = a_coordinator("Alice", organisation=night.organisation)

    pause_all_texts(night.organisation.id, actor=Actor.of(alice), now=now)
    send_due(RecordingGateway(), now)
    paused = [state(message) for message in (held, without_a_show, code, elsewhere)]
    released = resume_all_texts(night.organisation.id, actor=Actor.of(alice), now=now + minutes(5))
    send_due(RecordingGateway(), now + minutes(5))

    assert paused == ["held", "held", "held", "accepted"]
    assert (released, state(held), state(without_a_show)) == (3, "accepted", "accepted")


def test_pausing_everything_twice_keeps_its_first_instant(app: Flask) -> None:
    night = a_night()
    alice, bob = (a_coordinator(name, organisation=night.organisation) for name in ("Alice", "Bob"))

    pause_all_texts(night.organisation.id, actor=Actor.of(alice), now=night.at("12:00"))
    pause_all_texts(night.organisation.id, actor=Actor.of(bob), now=night.at("13:00"))
    paused_at = night.organisation.texts_paused_at
    for _ in range(2):
        resume_all_texts(night.organisation.id, actor=Actor.of(bob), now=night.at("14:00"))

    assert (paused_at, night.organisation.texts_paused_at) == (night.at("12:00"), None)
    record = [(entry.what, entry.by, entry.at) for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert record == [
        ("all_texts.paused", "Alice", night.at("12:00")),
        ("all_texts.resumed", "Bob", night.at("14:00")),
    ]


def test_a_text_that_is_paused_beyond_its_use_expires_and_is_reported(app: Flask) -> None:
    night = a_night()
    message = a_text(night, night.person("Josh Granowski"), due_at=night.at("12:00"), useful_until=night.at("20:00"))
    send_due(RecordingGateway(), night.at("12:00"), hold=HoldAll("paused", None))

    release_held(night.at("20:00"))
    before = state(message)
    release_held(night.at("20:01"))

    assert before == "held"
    assert (state(message), message.error) == ("expired", "held_too_long")


def test_the_pause_of_an_organisation_is_lifted_for_all_its_texts(app: Flask) -> None:
    night = a_night()
    message = a_text(night, night.person("Josh Granowski"), due_at=night.at("12:00"))
    send_due(RecordingGateway(), night.at("12:00"), hold=HoldAll("paused", None))

    released = release_paused(organisation_id=night.organisation.id, now=night.at("13:00"))

    assert (released, state(message)) == (1, "waiting")


def test_holding_is_asked_once_a_round_and_only_about_what_could_leave(app: Flask) -> None:
    night = a_night()
    a_text(night, night.person("Josh Granowski"), "good", due_at=night.at("12:00"))
    a_text(night, night.person("Carlos Lumbi"), "good too", due_at=night.at("12:00"))
    a_text(night, a_person(organisation=night.organisation, agreed=False), "unwanted", due_at=night.at("12:00"))
    hold = HoldAll("paused", None)

    send_due(RecordingGateway(), night.at("12:00"), hold=hold)

    assert hold.asked == [["good", "good too"]]


def test_while_the_account_is_refused_nothing_leaves_but_what_is_too_late_expires(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    late = a_text(night, night.person("Josh Granowski"), due_at=now, useful_until=now + minutes(0.5))
    good = a_text(night, night.person("Carlos Lumbi"), due_at=now, useful_until=night.at("20:30"))
    raise_alarm(AlarmKind.ACCOUNT, code=20003, reason="no", now=now - minutes(0.25))
    gateway = RecordingGateway()

    send_due(gateway, now)
    rested = (state(late), state(good), len(gateway.texts))
    send_due(gateway, now + minutes(0.25))

    assert rested == ("expired", "waiting", 0)
    assert (state(good), len(gateway.texts)) == ("accepted", 1)


@pytest.mark.parametrize("count", [5, 7])
def test_rounds_follow_each_other_until_nothing_is_due(app: Flask, count: int) -> None:
    night = a_night()
    for number in range(count):
        a_text(night, night.person("Josh Granowski"), f"{number}", kind="note", due_at=night.at("12:00"))
    gateway = RecordingGateway()

    tried = send_due(gateway, night.at("12:00"), limit=5)

    assert (tried, len(gateway.texts)) == (count, count)
