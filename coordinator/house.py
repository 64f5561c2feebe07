"""What the composition root gives to every view: the settings, the phone network, who answers inbound texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from flask import Flask, current_app

if TYPE_CHECKING:
    from config import Settings

    from .messaging.gateway import Gateway
    from .messaging.models import Message


@dataclass(frozen=True)
class House:
    """One running Callboard."""

    settings: Settings
    gateway: Gateway
    answer: Callable[[Message, datetime], None]  # changes what an inbound text asks for, and echoes it
    twin: Callable[[Settings], Flask]  # another app like this one, on other settings: for rehearsals in memory


def house() -> House:
    """The house that the present request or job runs in."""
    return cast("House", current_app.extensions["callboard"])
