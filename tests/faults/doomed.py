"""A process that is killed at a moment it is told: just before a commit, or on either side of a call of the network."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import Engine, event, select

from config import Settings, TwilioSettings
from coordinator import clock, create_app
from coordinator.db import db
from coordinator.messaging.actions import (
    apply_receipts,
    dispatch_due,
    follow_to_the_end,
    leave_to_people,
    look_up_unknown,
    recover_inbound,
)
from coordinator.messaging.gateway import Gateway, Outcome, OutgoingText
from coordinator.messaging.listing import CameIn, LookedUp, SenderSetUp, Sought, Unreachable
from coordinator.messaging.models import Message
from coordinator.messaging.twilio_gateway import TwilioGateway
from tests.faults.stand_in.calls import signature

_T = TypeVar("_T")
PAUSE = timedelta(seconds=60)


@dataclass
class Doom:
    """Kills this process at its ``at``-th moment."""

    at: int
    moments: int = field(default=0, init=False)

    def pass_a_moment(self, *_: object) -> None:
        self.moments += 1
        if self.moments == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, call: Callable[[], _T]) -> _T:
        self.pass_a_moment()
        answer = call()
        self.pass_a_moment()
        return answer


@dataclass(frozen=True)
class DoomedGateway:
    """The real way out, with a moment before and after each call."""

    real: Gateway
    doom: Doom

    @property
    def sender(self) -> str:
        return self.real.sender

    def send(self, text: OutgoingText) -> Outcome:
        return self.doom.around(lambda: self.real.send(text))

    def look_up(self, sought: Sought) -> LookedUp:
        return self.doom.around(lambda: self.real.look_up(sought))

    def fetch(self, sid: str) -> LookedUp:
        return self.doom.around(lambda: self.real.fetch(sid))

    def came_in(self, since: datetime) -> Sequence[CameIn] | Unreachable:
        return self.doom.around(lambda: self.real.came_in(since))

    def check(self) -> str | None:
        return self.real.check()

    def sender_set_up(self) -> SenderSetUp | Unreachable:
        return self.real.sender_set_up()


def walk(settings: Settings, inbound: Mapping[str, str], at: int) -> None:
    """Send what is due, be called back and texted, look up and follow; dead at moment ``at``, if there are so many."""
    doom = Doom(at)
    event.listen(Engine, "commit", doom.pass_a_moment)
    app = create_app(settings)
    gateway = DoomedGateway(TwilioGateway(the_network(settings), settings.public_url), doom)
    with app.app_context():
        dispatch_due(gateway, now=clock.now, worker="doomed")
        told = [(text.id, str(text.provider_sid)) for text in db.session.scalars(select(Message)) if text.provider_sid]
        db.session.remove()
    for message_id, sid in told:
        fields = {"MessageSid": sid, "MessageStatus": "sent"}
        called(app, settings, f"/twilio/status/{message_id}", fields)
    called(app, settings, "/twilio/inbound", inbound)
    with app.app_context():
        look_after(gateway, clock.now())


def look_after(gateway: Gateway, at: datetime) -> None:
    """One round of everything that is asked of the network, at this instant."""
    apply_receipts(at)
    look_up_unknown(gateway, now=lambda: at, pause=PAUSE)
    follow_to_the_end(gateway, now=lambda: at, after=timedelta(0))
    recover_inbound(gateway, now=lambda: at, every=PAUSE, answer=leave_to_people)
    apply_receipts(at)


def called(app: Flask, settings: Settings, path: str, fields: Mapping[str, str]) -> None:
    """The app is called as the network calls it, in this process."""
    whole: dict[str, Any] = {"AccountSid": the_network(settings).account_sid, **fields}
    signed = signature(settings.public_url + path, whole, the_network(settings).auth_token)
    host = urlsplit(settings.public_url).netloc
    app.test_client().post(path, data=whole, headers={"X-Twilio-Signature": signed, "Host": host})


def the_network(settings: Settings) -> TwilioSettings:
    assert settings.twilio is not None
    return settings.twilio
