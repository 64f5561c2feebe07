"""What the composition root gives to every view: the settings, the phone network, the handler of inbound texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from flask import Flask, current_app

from coordinator.accounts.ceremonies import Site
from coordinator.accounts.time_codes import TimeCodes

if TYPE_CHECKING:
    from config import Settings
    from coordinator.core.personal_links import PersonalLinks
    from coordinator.messaging.gateway import Gateway, Line
    from coordinator.messaging.mail import Mailer
    from coordinator.messaging.models import Message


@dataclass(frozen=True)
class AppServices:
    """What one running Callboard is made of."""

    settings: Settings
    gateway: Gateway
    mail_line: Line
    mailer: Mailer
    links: PersonalLinks
    answer: Callable[[Message, datetime], None]  # does what an inbound text asks for, and replies
    twin: Callable[[Settings], Flask]  # creates another app with other settings: for rehearsals in memory

    @property
    def can_mail(self) -> bool:
        """Whether emails reach people: over a mail server, or a simulated mailbox beside the simulated phones."""
        return self.mailer.is_set_up or self.settings.twilio is None

    @property
    def time_codes(self) -> TimeCodes:
        """What checks the codes of authenticator apps."""
        return TimeCodes(self.settings.secret_key)

    @property
    def site(self) -> Site:
        """Whom passkeys are made for."""
        return Site.of(self.settings.public_url)


def services() -> AppServices:
    """The services of the current app."""
    return cast("AppServices", current_app.extensions["callboard"])
