"""A process that is killed at a chosen moment: just before a commit, or before or after a call of the network."""

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
from coordinator.messaging.actions.dispatch import dispatch_due
from coordinator.messaging.actions.inbound import leave_to_people
from coordinator.messaging.actions.looking import follow_to_the_end, look_up_unknown
from coordinator.messaging.actions.receipts import apply_receipts
from coordinator.messaging.actions.recovering import recover_inbound
from coordinator.messaging.gateway import Gateway, Outcome, OutgoingText
from coordinator.messaging.listing import CameIn, LookedUp, SenderSetUp, Sought, Unreachable
from coordinator.messaging.models import Message
from coordinator.messaging.twilio_gateway import TwilioGateway
from coordinator.people.models import Channel
from tests.faults.stand_in.calls import signature

_T = TypeVar("_T")
PAUSE = timedelta(seconds=60)


@dataclass
class Killer:
    """Kills this process at its ``at``-th moment."""

    at: int
    moments: int = field(default=0, init=False)

    def count_moment(self, *_: object) -> None:
        self.moments += 1
        if self.moments == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, call: Callable[[], _T]) -> _T:
        self.count_moment()
        answer = call()
        self.count_moment()
        return answer


@dataclass(frozen=True)
class DoomedGateway:
    """The real gateway, with a moment before and after each call."""

    real: Gateway
    killer: Killer

    @property
    def channel(self) -> Channel:
        return self.real.channel

    @property
    def sender(self) -> str:
        return self.real.sender

    def send(self, text: OutgoingText) -> Outcome:
        return self.killer.around(lambda: self.real.send(text))

    def look_up(self, sought: Sought) -> LookedUp:
        return self.killer.around(lambda: self.real.look_up(sought))

    def fetch(self, sid: str) -> LookedUp:
        return self.killer.around(lambda: self.real.fetch(sid))

    def came_in(self, since: datetime) -> Sequence[CameIn] | Unreachable:
        return self.killer.around(lambda: self.real.came_in(since))

    def check(self) -> str | None:
        return self.real.check()

    def sender_set_up(self) -> SenderSetUp | Unreachable:
        return self.real.sender_set_up()


def walk(settings: Settings, inbound: Mapping[str, str], at: int) -> None:
    """Send, receive callbacks and texts, look up and follow up; killed at moment ``at``, if it is reached."""
    killer = Killer(at)
    event.listen(Engine, "commit", killer.count_moment)
    app = create_app(settings)
    gateway = DoomedGateway(TwilioGateway(the_network(settings), settings.public_url), killer)
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
    """One round of all network jobs, at this instant."""
    apply_receipts(at)
    look_up_unknown(gateway, now=lambda: at, pause=PAUSE)
    follow_to_the_end(gateway, now=lambda: at, after=timedelta(0))
    recover_inbound(gateway, now=lambda: at, every=PAUSE, answer=leave_to_people)
    apply_receipts(at)


def called(app: Flask, settings: Settings, path: str, fields: Mapping[str, str]) -> None:
    """Call the app as the network does, in this process."""
    whole: dict[str, Any] = {"AccountSid": the_network(settings).account_sid, **fields}
    signed = signature(settings.public_url + path, whole, the_network(settings).auth_token)
    host = urlsplit(settings.public_url).netloc
    app.test_client().post(path, data=whole, headers={"X-Twilio-Signature": signed, "Host": host})


def the_network(settings: Settings) -> TwilioSettings:
    assert settings.twilio is not None
    return settings.twilio
